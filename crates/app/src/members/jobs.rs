//! Forgetting invitations that are over.

use std::time::Duration;

use ::jobs::{Job, JobError, Registry, Schedule};
use serde::{Deserialize, Serialize};

use super::service;
use crate::App;

/// Forgets invitations that were answered or have expired long ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct ForgetInvitations {}

impl Job for ForgetInvitations {
    const KIND: &'static str = "members.forget_invitations";
}

async fn forget(app: App, _: ForgetInvitations) -> Result<(), JobError> {
    Ok(service::forget(&app).await?)
}

/// Forgetting, once a day.
pub fn handle_jobs(registry: &mut Registry<App>) {
    let day = Duration::from_secs(86_400);
    registry.handle(forget);
    registry
        .schedule(Schedule { name: "members.forget_invitations", every: day, jitter: day / 24 }, ForgetInvitations {});
}
