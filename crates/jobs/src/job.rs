//! What a job is, how one is put on the queue, and how it says that it did not succeed.

use std::time::Duration;

use chrono::TimeDelta;
use db::Tx;
use kernel::{Env, Fault, Instant, JobId};
use serde::{Serialize, de::DeserializeOwned};

use crate::store;

/// A kind of job; the type is its payload, which holds ids only.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// The stored name, `feature.verb`. The queue may hold it for long: never reuse one, [retire](crate::Registry::retire) it.
    const KIND: &'static str;
    /// How often it is tried, the first time included, before it is set aside as failed.
    const MAX_ATTEMPTS: u32 = 10;
    /// Lower runs first.
    const PRIORITY: i64 = 0;
}

/// A job about to be queued.
#[derive(Debug)]
#[must_use = "it is queued by `enqueue`"]
pub struct NewJob {
    pub(crate) kind: &'static str,
    pub(crate) payload: Result<String, serde_json::Error>,
    pub(crate) priority: i64,
    pub(crate) run_at: Option<Instant>,
    pub(crate) dedupe_key: Option<String>,
}

impl NewJob {
    /// A job that runs as soon as it can.
    pub fn of<J: Job>(job: &J) -> Self {
        Self {
            kind: J::KIND,
            payload: serde_json::to_string(job),
            priority: J::PRIORITY,
            run_at: None,
            dedupe_key: None,
        }
    }

    /// Not before this moment.
    pub const fn at(mut self, run_at: Instant) -> Self {
        self.run_at = Some(run_at);
        self
    }

    /// At most one waiting job, and one running, of this kind with this key. Queueing it again moves the waiting one forward, never back.
    pub fn dedupe(mut self, key: impl ToString) -> Self {
        self.dedupe_key = Some(key.to_string());
        self
    }

    /// Another priority than the kind's; lower runs first.
    pub const fn priority(mut self, priority: i64) -> Self {
        self.priority = priority;
        self
    }
}

impl<J: Job> From<&J> for NewJob {
    fn from(job: &J) -> Self {
        Self::of(job)
    }
}

/// Queues a job in the caller's transaction: it exists when the transaction commits, and then wakes the workers of this process.
/// Answers the id of the waiting job, which is an older one's when its dedupe key was waiting already.
///
/// # Errors
/// When the payload has no JSON form or the database fails.
pub async fn enqueue(tx: &mut Tx, env: &Env, job: impl Into<NewJob> + Send) -> Result<JobId, Fault> {
    let job = job.into();
    let payload = job.payload.map_err(|error| Fault::new("writing the payload of a job", error))?;
    let now = env.now();
    let row = store::NewRow {
        id: JobId::new(env),
        kind: job.kind,
        payload,
        priority: job.priority,
        run_at: job.run_at.unwrap_or(now),
        dedupe_key: job.dedupe_key,
        created_at: now,
    };
    let id = store::insert(tx, &row).await?;
    tx.signal_on_commit();
    Ok(id)
}

/// Why a job did not succeed. `?` on a [`Fault`] or a [`db::DbError`] asks for another try.
#[derive(Debug)]
pub struct JobError {
    pub(crate) reason: &'static str,
    pub(crate) cause: Option<Fault>,
    pub(crate) verdict: Verdict,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Retry { after: Option<Duration> },
    Fail,
}

impl JobError {
    /// Try again later, at growing intervals. The reason is kept with the job, so it is a text of the program and never of a person.
    #[must_use]
    pub const fn retry(reason: &'static str) -> Self {
        Self { reason, cause: None, verdict: Verdict::Retry { after: None } }
    }

    /// Trying again cannot help: set the job aside.
    #[must_use]
    pub const fn fail(reason: &'static str) -> Self {
        Self { reason, cause: None, verdict: Verdict::Fail }
    }

    /// Try again after this pause rather than the usual one.
    #[must_use]
    pub const fn after(mut self, pause: Duration) -> Self {
        self.verdict = Verdict::Retry { after: Some(pause) };
        self
    }

    /// The fault behind it, for the log.
    #[must_use]
    pub fn because(mut self, cause: Fault) -> Self {
        self.cause = Some(cause);
        self
    }
}

impl From<Fault> for JobError {
    fn from(fault: Fault) -> Self {
        Self::retry(fault.context()).because(fault)
    }
}

impl From<db::DbError> for JobError {
    fn from(error: db::DbError) -> Self {
        Fault::from(error).into()
    }
}

/// The first pause, which doubles with each attempt up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(3_600);

/// How long to wait after that many attempts (1 or more): between half and the whole of the doubled pause, so that jobs that failed together
/// do not come back together.
pub(crate) fn pause(env: &Env, attempts: u32) -> TimeDelta {
    let doublings = attempts.saturating_sub(1).min(16);
    let whole = FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE);
    delta(jittered(env, whole))
}

/// Between half and the whole of a duration.
pub(crate) fn jittered(env: &Env, whole: Duration) -> Duration {
    let half = whole / 2;
    half + Duration::from_millis(env.random_below(u64::try_from(half.as_millis()).unwrap_or(u64::MAX)))
}

/// A duration as a difference of instants; the longest there is where it would overflow.
pub(crate) fn delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}
