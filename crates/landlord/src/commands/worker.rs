//! `landlord worker`: runs jobs only, beside servers that share its database.

use std::process::ExitCode;

use app::App;
use clap::Args;
use jobs::Worker;

use super::{say, serve};
use crate::options::Options;
use crate::shutdown::Shutdown;
use crate::{Failure, telemetry};

/// How to work.
#[derive(Debug, Args)]
pub(crate) struct Work {
    /// Refuse to start when migrations are pending, instead of applying them
    #[arg(long)]
    no_migrate: bool,
}

pub(super) async fn run(args: &Work, options: &Options) -> Result<ExitCode, Failure> {
    let config = options.load()?.config;
    telemetry::start(&config.log)?;
    let listen = config.server.listen;
    let app = serve::open(config, listen, !args.no_migrate).await?;
    let shutdown = Shutdown::on_signals(app.draining.clone())?;
    say("working: until SIGTERM");
    work(&app, &shutdown).await;
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Runs jobs until the shutdown.
pub(super) async fn work(app: &App, shutdown: &Shutdown) {
    let config = &app.config.jobs;
    let options = jobs::Options {
        workers: config.workers.get(),
        lease: config.lease,
        poll: config.poll,
        drain: app.config.server.drain_timeout,
    };
    let worker = Worker::new(app.db.clone(), app.env.clone(), app.clone(), app::jobs::registry(), options);
    tokio::select! {
        () = worker.run(shutdown.draining.clone()) => {}
        () = shutdown.hard.cancelled() => {}
    }
}
