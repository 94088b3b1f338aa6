//! `landlord serve`: answers requests and, unless told otherwise, runs jobs.

use std::net::SocketAddr;
use std::process::ExitCode;

use app::App;
use app::config::Config;
use clap::Args;
use kernel::Env;
use tokio::net::TcpListener;

use super::{make_folder, say, worker};
use crate::options::Options;
use crate::shutdown::Shutdown;
use crate::{Failure, server, telemetry};

/// How to serve.
#[derive(Debug, Default, Args)]
pub(crate) struct Serve {
    /// Refuse to start when migrations are pending, instead of applying them
    #[arg(long)]
    no_migrate: bool,

    /// Leave the jobs to `landlord worker`
    #[arg(long)]
    no_worker: bool,
}

pub(super) async fn run(args: &Serve, options: &Options) -> Result<ExitCode, Failure> {
    let config = options.load()?.config;
    telemetry::start(&config.log)?;
    let running = Running::open(config, !args.no_migrate).await?;
    running.serve(!args.no_worker).await
}

/// A process that is ready to answer.
pub(super) struct Running {
    pub(super) app: App,
    listener: TcpListener,
    address: SocketAddr,
}

impl Running {
    /// Takes the address, so that a second process on it fails before it touches anything, and opens the application.
    pub(super) async fn open(config: Config, migrate: bool) -> Result<Self, Failure> {
        let listen = config.server.listen;
        let listener =
            TcpListener::bind(listen).await.map_err(|error| format!("cannot listen on {listen}: {error}"))?;
        let address = listener.local_addr()?;
        let app = open(config, address, migrate).await?;
        Ok(Self { app, listener, address })
    }

    /// Answers until the process is asked to end, and ends in order.
    pub(super) async fn serve(self, with_worker: bool) -> Result<ExitCode, Failure> {
        let Self { app, listener, address } = self;
        let public_url = app.config.public_url(address)?;
        let shutdown = Shutdown::on_signals(app.draining.clone())?;
        let router = app::routes::router(&app, public_url.clone());
        say(&format!("listening: {}", public_url.origin()));
        let work = async {
            if with_worker {
                worker::work(&app, &shutdown).await;
            }
        };
        tokio::join!(server::serve(listener, router, &app.config.server, &shutdown), work);
        app.db.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// The application with a database that is up to date.
pub(super) async fn open(config: Config, address: SocketAddr, migrate: bool) -> Result<App, Failure> {
    make_folder(&config.data.dir)?;
    let public_url = config.public_url(address)?;
    let app = App::open(config, Env::system(), &public_url).await?;
    let version = env!("CARGO_PKG_VERSION");
    if migrate {
        app.db.migrate(&app.env, version).await?;
    } else if let [first, ..] = app.db.pending_migrations(version).await?.as_slice() {
        return Err(format!("the database is not up to date ({first}): run `landlord migrate`").into());
    }
    Ok(app)
}
