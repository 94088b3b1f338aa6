//! Old answers are forgotten once a day.

use jobs::{Job, JobError};
use serde::{Deserialize, Serialize};

use super::sweep;
use crate::App;

/// Forgets the answers that are no longer kept.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "idempotency.sweep";
}

pub(super) async fn run(app: App, _: Sweep) -> Result<(), JobError> {
    sweep(&app).await?;
    Ok(())
}
