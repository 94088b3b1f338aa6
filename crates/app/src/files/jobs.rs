//! Deleting objects that nothing refers to.

use std::time::Duration;

use ::jobs::{Job, JobError, Registry, Schedule};
use serde::{Deserialize, Serialize};

use super::service;
use crate::App;

/// Deletes what was given up, and what a crash left half written.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Tidy {}

impl Job for Tidy {
    const KIND: &'static str = "files.tidy";
    const PRIORITY: i64 = 10;
}

/// What is given up is deleted soon; what a crash left, within two hours.
pub fn handle_jobs(registry: &mut Registry<App>) {
    registry.handle(|app: App, Tidy {}: Tidy| async move { service::tidy(&app).await.map_err(JobError::from) });
    let schedule = Schedule { name: "files.tidy", every: Duration::from_secs(3_600), jitter: Duration::from_secs(600) };
    registry.schedule(schedule, Tidy {});
}
