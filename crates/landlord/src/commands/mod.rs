//! The commands, one file each.

mod config;
mod demo;
mod doctor;
mod healthcheck;
mod migrate;
mod serve;
mod user;
mod worker;

use std::fs::DirBuilder;
use std::future::Future;
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;

use crate::Failure;
use crate::options::Options;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Explain the configuration
    #[command(subcommand)]
    Config(config::Command),
    /// Try everything out, with the data of a made-up landlord
    Demo(demo::Demo),
    /// Look at everything this installation needs and say what is wrong
    Doctor,
    /// Ask a running server on this machine whether it lives; for containers
    Healthcheck,
    /// Bring the database's tables up to date
    Migrate,
    /// Answer requests, and run jobs
    Serve(serve::Serve),
    /// Manage accounts
    #[command(subcommand)]
    User(user::Command),
    /// Run jobs only, beside servers that share the database
    Worker(worker::Work),
}

impl Command {
    /// Does it.
    pub(crate) fn run(&self, options: &Options) -> Result<ExitCode, Failure> {
        match self {
            Self::Config(command) => command.run(options),
            Self::Doctor => block_on(doctor::run(options)),
            Self::Healthcheck => block_on(healthcheck::run(options)),
            Self::Migrate => block_on(migrate::run(options)),
            Self::Demo(args) => block_on(demo::run(args, options)),
            Self::Serve(args) => block_on(serve::run(args, options)),
            Self::User(command) => block_on(command.run(options)),
            Self::Worker(args) => block_on(worker::run(args, options)),
        }
    }
}

fn block_on(command: impl Future<Output = Result<ExitCode, Failure>>) -> Result<ExitCode, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(command)
}

/// Makes the data folder, when it is not there, for this user only.
fn make_folder(dir: &Path) -> io::Result<()> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.map_err(|error| io::Error::new(error.kind(), format!("{} cannot be made: {error}", dir.display())))
}

/// Writes a line for the person or program that called, who may have gone: that is no failure of the command.
fn say(line: &str) {
    let _ = writeln!(io::stdout().lock(), "{line}");
}
