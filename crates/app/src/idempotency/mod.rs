//! Answers for repeated API requests: the same `Idempotency-Key` is done once.
//!
//! A key belongs to a user, an organization and a route. It is noted as running before the request is carried out, and its answer is
//! kept for 24 hours. A process that dies in between leaves a running key, which is free again after five minutes.

mod jobs;
mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use ::jobs::{Registry, Schedule};
use async_trait::async_trait;
use chrono::TimeDelta;
use kernel::Fault;
use webkit::{Begin, IdempotencyKey, IdempotencyStore, StoredAnswer, WebError};

use crate::App;

const RUNNING_AT_MOST: TimeDelta = TimeDelta::minutes(5);
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// Keeps keys and answers in the database.
#[derive(Clone)]
pub struct KeptAnswers(App);

impl KeptAnswers {
    /// The answers of this application.
    #[must_use]
    pub const fn new(app: App) -> Self {
        Self(app)
    }

    async fn begin(&self, key: &IdempotencyKey) -> Result<Begin, Fault> {
        let now = self.0.env.now();
        let mut tx = self.0.db.begin().await?;
        store::forget(&mut tx, key, now - KEPT_FOR, now - RUNNING_AT_MOST).await?;
        if store::insert(&mut tx, key, now).await? {
            tx.commit().await?;
            return Ok(Begin::New);
        }
        let Some(kept) = store::find(&mut tx, key).await? else {
            // Its first request was refused between our two looks.
            return Ok(Begin::Running);
        };
        Ok(match kept {
            kept if kept.request_hash != key.request_hash => Begin::Mismatch,
            store::Kept { answer: Some(answer), .. } => Begin::Replay(answer),
            _ => Begin::Running,
        })
    }
}

#[async_trait]
impl IdempotencyStore for KeptAnswers {
    async fn begin(&self, key: &IdempotencyKey) -> Result<Begin, WebError> {
        Ok(Self::begin(self, key).await?)
    }

    async fn finish(&self, key: &IdempotencyKey, answer: &StoredAnswer) -> Result<(), WebError> {
        let mut tx = self.0.db.begin().await.map_err(Fault::from)?;
        store::finish(&mut tx, key, answer).await.map_err(Fault::from)?;
        tx.commit().await.map_err(Fault::from)?;
        Ok(())
    }

    async fn abandon(&self, key: &IdempotencyKey) -> Result<(), WebError> {
        let mut tx = self.0.db.begin().await.map_err(Fault::from)?;
        store::delete_running(&mut tx, key).await.map_err(Fault::from)?;
        tx.commit().await.map_err(Fault::from)?;
        Ok(())
    }
}

/// Forgetting is a job.
pub fn handle_jobs(registry: &mut Registry<App>) {
    const DAY: Duration = Duration::from_secs(24 * 3_600);
    registry.handle(jobs::run);
    let schedule = Schedule { name: "idempotency.sweep", every: DAY, jitter: Duration::from_secs(3_600) };
    registry.schedule(schedule, jobs::Sweep {});
}

/// Forgets every answer that is older than 24 hours; answers how many.
///
/// # Errors
/// When the database fails.
pub async fn sweep(app: &App) -> Result<u64, Fault> {
    let mut tx = app.db.begin().await?;
    let swept = store::sweep(&mut tx, app.env.now() - KEPT_FOR).await?;
    tx.commit().await?;
    Ok(swept)
}
