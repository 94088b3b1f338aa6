//! Log lines: text for people or JSON for machines, on standard error. Whoever writes one names ids and never persons,
//! addresses of private calendars, tokens or parameters of statements.

use std::io::{IsTerminal as _, stderr};
use std::panic;

use app::config::{Log, LogFormat};
use tracing_subscriber::filter::{EnvFilter, ParseError};
use tracing_subscriber::fmt;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::Failure;

/// Our own crates; everything else logs warnings only.
const OURS: &[&str] = &["app", "db", "jobs", "kernel", "landlord", "webkit"];

/// Starts logging, for the life of the process.
///
/// # Errors
/// When it was started before.
pub(crate) fn start(config: &Log) -> Result<(), Failure> {
    let lines = fmt().with_writer(stderr).with_ansi(stderr().is_terminal()).with_env_filter(filter(config)?);
    match config.format {
        LogFormat::Text => lines.finish().try_init()?,
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).finish().try_init()?,
    }
    // The message of a panic may quote data; where it happened is enough to find it.
    panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string);
        tracing::error!(location, "panicked");
    }));
    Ok(())
}

fn filter(config: &Log) -> Result<EnvFilter, ParseError> {
    let level = config.level.as_str();
    let ours: String = OURS.iter().map(|name| format!(",{name}={level}")).collect();
    EnvFilter::builder().parse(format!("warn{ours}"))
}
