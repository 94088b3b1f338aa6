//! The `landlord` command: one file a command in `commands`, and what they share.

mod commands;
mod options;
mod server;
mod shutdown;
mod telemetry;

use std::process::ExitCode;

use clap::Parser;

use commands::Command;
use options::Options;

/// Why a command did not succeed, as it is told to the person who typed it.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Property management for short-term rentals.
#[derive(Debug, Parser)]
#[command(name = "landlord", version, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    options: Options,

    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.command.run(&cli.options) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("landlord: {}", causes(failure.as_ref()));
            ExitCode::FAILURE
        }
    }
}

/// An error with its causes, on one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(": ");
        line.push_str(&error.to_string());
        cause = error.source();
    }
    line
}
