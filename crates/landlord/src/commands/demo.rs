//! `landlord demo`: the whole program on data of a made-up landlord, for trying things out on one's own machine.

use std::process::ExitCode;

use clap::Args;

use super::{say, serve::Running};
use crate::options::Options;
use crate::{Failure, telemetry};

/// What the demo sets, unless something else is given.
const PRESETS: &[(&str, &str)] = &[
    ("server.environment", "demo"),
    ("data.dir", "data/demo"),
    ("accounts.registration", "open"),
    ("log.level", "warn"),
];

/// How to run it.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Also answer to other machines. Whoever reaches the address and sees the sign-ins may do everything here
    #[arg(long)]
    allow_remote: bool,
}

pub(super) async fn run(args: &Demo, options: &Options) -> Result<ExitCode, Failure> {
    let config = options.load_over(PRESETS)?.config;
    if config.server.environment != app::config::Environment::Demo {
        return Err("the demo runs with server.environment = \"demo\" only".into());
    }
    let listen = config.server.listen;
    if !listen.ip().is_loopback() && !args.allow_remote {
        return Err(format!("{listen} can be reached by other machines: add --allow-remote if that is meant").into());
    }
    telemetry::start(&config.log)?;
    let running = Running::open(config, true).await?;
    for sign_in in app::demo::prepare(&running.app).await? {
        say(&format!("sign-in: {} {} {}", sign_in.role, sign_in.email, sign_in.password.expose()));
    }
    running.serve(true).await
}
