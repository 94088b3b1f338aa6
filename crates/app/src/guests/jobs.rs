//! Finding the people of stays from before there were people.

use std::time::Duration;

use ::jobs::{Job, JobError, Registry, Schedule};
use serde::{Deserialize, Serialize};

use super::service;
use crate::App;

/// Links stays with contact data to their people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LinkStays {}

impl Job for LinkStays {
    const KIND: &'static str = "guests.link_stays";
    /// The schedule brings the next one.
    const MAX_ATTEMPTS: u32 = 1;
}

/// Stays that are booked are linked at once; this is for those that were booked before, or in another way.
pub fn handle_jobs(registry: &mut Registry<App>) {
    registry.handle(|app: App, LinkStays {}: LinkStays| async move {
        service::link_stays(&app).await.map_err(JobError::from)
    });
    const HOUR: Duration = Duration::from_secs(3_600);
    registry
        .schedule(Schedule { name: "guests.link_stays", every: HOUR, jitter: Duration::from_secs(60) }, LinkStays {});
}
