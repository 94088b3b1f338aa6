//! Syncing feeds in the background.

use std::time::Duration;

use ::jobs::{Job, JobError, NewJob, Registry, Schedule};
use db::Tx;
use kernel::{Env, Fault, FeedId, OrganizationId};
use serde::{Deserialize, Serialize};

use super::{exports, service};
use crate::App;

/// A feed to be synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SyncFeed {
    pub(super) organization: OrganizationId,
    pub(super) feed: FeedId,
}

impl Job for SyncFeed {
    const KIND: &'static str = "feeds.sync";
    /// The feed is due again by itself.
    const MAX_ATTEMPTS: u32 = 3;
}

impl SyncFeed {
    /// Queues it, once for each feed; before others when a person waits for it.
    pub(super) async fn enqueue(self, tx: &mut Tx, env: &Env, urgent: bool) -> Result<(), Fault> {
        let job = NewJob::of(&self).dedupe(self.feed).priority(if urgent { -5 } else { 5 });
        ::jobs::enqueue(tx, env, job).await.map(drop)
    }
}

/// Queues what is due and tells what is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reconcile {}

impl Job for Reconcile {
    const KIND: &'static str = "feeds.reconcile";
    /// The schedule brings the next one.
    const MAX_ATTEMPTS: u32 = 1;
}

/// Forgets old fetches of exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ForgetFetches {}

impl Job for ForgetFetches {
    const KIND: &'static str = "feeds.forget_fetches";
}

/// Feeds are synced when they are due, which is looked at twice a minute. Who fetched what is forgotten in time.
pub fn handle_jobs(registry: &mut Registry<App>) {
    registry.handle(|app: App, job: SyncFeed| async move {
        service::run(&app, job.organization, job.feed).await.map_err(JobError::from)
    });
    registry.handle(|app: App, Reconcile {}: Reconcile| async move {
        service::reconcile(&app).await.map_err(JobError::from)
    });
    let schedule = Schedule { name: "feeds.reconcile", every: Duration::from_secs(30), jitter: Duration::from_secs(5) };
    registry.schedule(schedule, Reconcile {});
    registry.handle(|app: App, ForgetFetches {}: ForgetFetches| async move {
        exports::forget_fetches(&app).await.map_err(JobError::from)
    });
    const DAY: Duration = Duration::from_secs(24 * 3_600);
    let schedule = Schedule { name: "feeds.forget_fetches", every: DAY, jitter: Duration::from_secs(3_600) };
    registry.schedule(schedule, ForgetFetches {});
}
