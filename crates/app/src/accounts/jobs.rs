//! Letters are written, and what has ended is forgotten, outside requests.

use jobs::{Job, JobError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::service::{housekeeping, letters};
use crate::App;

/// Writes one letter that was asked for. It makes the secret that the letter carries, so that no secret waits in the queue.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct WriteLetter {
    /// The letter.
    pub letter: Uuid,
}

impl Job for WriteLetter {
    const KIND: &'static str = "accounts.write_letter";
    const PRIORITY: i64 = -1;
}

/// Forgets sessions, secrets and counters that are over.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "accounts.sweep";
}

pub(super) async fn write_letter(app: App, job: WriteLetter) -> Result<(), JobError> {
    Ok(letters::write(&app, job.letter).await?)
}

pub(super) async fn sweep(app: App, _: Sweep) -> Result<(), JobError> {
    Ok(housekeeping::sweep(&app).await?)
}
