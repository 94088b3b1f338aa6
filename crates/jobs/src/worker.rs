//! The worker: claims, runs, renews, records.

use std::{pin::pin, sync::Arc, time::Duration};

use chrono::TimeDelta;
use db::{Db, DbError};
use kernel::{Env, Instant};
use tokio::{
    task::JoinSet,
    time::{self, MissedTickBehavior},
};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};
use tracing::Instrument;

use crate::{
    JobError, Registry, enqueue,
    job::{Verdict, delta, jittered, pause},
    registry::Kind,
    store::{self, Claimed},
};

/// How a worker works.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Jobs run at the same time.
    pub workers: usize,
    /// How long a claim holds unless renewed; it is renewed three times in this time while the job runs.
    pub lease: Duration,
    /// How often the queue is looked at unasked; between half of it and all of it, at random.
    pub poll: Duration,
    /// How long running jobs may take to finish after the stop.
    pub drain: Duration,
}

/// How the run of a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// It succeeded, and is gone.
    Done,
    /// It is to be tried again.
    Retried,
    /// It was set aside.
    Failed,
    /// It was put back unfinished, because the worker stopped.
    Released,
    /// The lease was lost meanwhile: what came of it is the next worker's.
    Lost,
}

impl Ending {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Retried => "retried",
            Self::Failed => "failed",
            Self::Released => "released",
            Self::Lost => "lost",
        }
    }
}

/// How many runs ended well, and how many did not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Endings {
    /// Succeeded.
    pub done: usize,
    /// To be tried again.
    pub retried: usize,
    /// Set aside.
    pub failed: usize,
}

/// Runs jobs of a [`Registry`]. Any number of workers, in any number of processes, share a queue.
pub struct Worker<S> {
    inner: Arc<Inner<S>>,
}

struct Inner<S> {
    db: Db,
    env: Env,
    state: S,
    registry: Registry<S>,
    kinds: String,
    options: Options,
}

impl<S> Clone for Worker<S> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone() }
    }
}

/// How often due jobs of kinds that nobody here knows are reported.
const REPORT: TimeDelta = TimeDelta::minutes(5);

impl<S: Clone + Send + Sync + 'static> Worker<S> {
    /// A worker that does nothing yet.
    #[must_use]
    pub fn new(db: Db, env: Env, state: S, registry: Registry<S>, options: Options) -> Self {
        let kinds = registry.kinds_text();
        Self { inner: Arc::new(Inner { db, env, state, registry, kinds, options }) }
    }

    /// Works until the stop: then claims nothing more, waits for what runs, and puts back what did not finish in time.
    pub async fn run(&self, stop: CancellationToken) {
        let inner = &self.inner;
        inner.patiently("preparing the schedules", inner.prepare_schedules(), ()).await;
        let cut = CancellationToken::new();
        let mut running = JoinSet::new();
        let mut reported: Option<Instant> = None;
        while !stop.is_cancelled() {
            // Listening begins before looking, so that a job committed in between is not slept through.
            let mut signal = pin!(inner.db.signal().notified());
            signal.as_mut().enable();
            inner.patiently("running the schedules", inner.take_turns(), ()).await;
            let free = inner.options.workers.saturating_sub(running.len());
            for job in inner.patiently("claiming jobs", inner.claim(free), Vec::new()).await {
                let (worker, cut) = (self.clone(), cut.clone());
                running.spawn(async move { worker.inner.execute(job, &cut).await });
            }
            let now = inner.env.now();
            if reported.is_none_or(|at| now - at >= REPORT) {
                inner.patiently("looking for unknown jobs", inner.report_unknown(now), ()).await;
                reported = Some(now);
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = signal => {}
                Some(_) = running.join_next() => {}
                () = time::sleep(jittered(&inner.env, inner.options.poll)) => {}
            }
        }
        let finished = async { while running.join_next().await.is_some() {} };
        if time::timeout(inner.options.drain, finished).await.is_err() {
            cut.cancel();
            while running.join_next().await.is_some() {}
        }
    }

    /// Runs everything that is due by the clock, one after the other, also what that causes; answers how it ended. For tests and commands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn run_until_empty(&self) -> Result<Endings, DbError> {
        let mut endings = Endings::default();
        let cut = CancellationToken::new();
        while let Some(job) = self.inner.claim(1).await?.pop() {
            match self.inner.execute(job, &cut).await {
                Ending::Done => endings.done += 1,
                Ending::Retried => endings.retried += 1,
                Ending::Failed => endings.failed += 1,
                Ending::Released | Ending::Lost => {}
            }
        }
        Ok(endings)
    }

    /// Queues the jobs of the schedules that are due, as [`Worker::run`] does by itself. For tests and commands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn run_schedules(&self) -> Result<(), DbError> {
        self.inner.prepare_schedules().await?;
        self.inner.take_turns().await
    }
}

impl<S: Clone + Send + Sync + 'static> Inner<S> {
    /// What a worker does must not end it: a failure is logged, and tried again with the next look at the queue.
    async fn patiently<T>(
        &self,
        what: &'static str,
        work: impl Future<Output = Result<T, DbError>>,
        otherwise: T,
    ) -> T {
        work.await.unwrap_or_else(|error| {
            tracing::error!(target: "jobs", %error, "{what} failed");
            otherwise
        })
    }

    async fn claim(&self, most: usize) -> Result<Vec<Claimed>, DbError> {
        if most == 0 || !store::is_due(&mut self.db.read().await?, &self.kinds, self.env.now()).await? {
            return Ok(Vec::new());
        }
        db::retrying(|| async {
            let mut tx = self.db.begin().await?;
            let lease = delta(self.options.lease);
            let jobs = store::claim(&mut tx, &self.kinds, self.env.now(), lease, most).await?;
            tx.commit().await?;
            Ok(jobs)
        })
        .await
    }

    async fn execute(&self, job: Claimed, cut: &CancellationToken) -> Ending {
        let span = tracing::info_span!(target: "jobs", "job", id = %job.id, kind = job.kind, attempt = job.attempts);
        async {
            let begun = time::Instant::now();
            let ending = self.run_and_record(&job, cut).await;
            let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            tracing::info!(target: "jobs", ending = ending.as_str(), millis, "job ended");
            ending
        }
        .instrument(span)
        .await
    }

    async fn run_and_record(&self, job: &Claimed, cut: &CancellationToken) -> Ending {
        let (handler, max_attempts) = match self.registry.kinds.get(job.kind.as_str()) {
            Some(Kind::Handled { handler, max_attempts }) => (handler, *max_attempts),
            // Retired; the claim takes known kinds only.
            Some(Kind::Retired) | None => return self.record(job, Ok(()), 0).await,
        };
        if job.attempts > max_attempts {
            // The last try did not even get to say how it ended.
            return self.record(job, Err(JobError::fail("the worker died in every attempt")), max_attempts).await;
        }
        let run = handler(self.state.clone(), &job.payload).in_current_span();
        let mut run = AbortOnDropHandle::new(tokio::spawn(run));
        let result = tokio::select! {
            result = &mut run => {
                result.unwrap_or_else(|panic| Err(JobError::retry("the handler panicked").because(kernel::Fault::new("job", panic))))
            }
            () = self.keep_lease(job) => return Ending::Lost,
            () = cut.cancelled() => {
                drop(run);
                return self.put_back(job).await;
            }
        };
        self.record(job, result, max_attempts).await
    }

    /// Renews the lease for as long as it is ours; ends when it is lost.
    async fn keep_lease(&self, job: &Claimed) {
        let lease = delta(self.options.lease);
        let mut lasts_until = self.env.now() + lease;
        let every = (self.options.lease / 3).max(Duration::from_millis(1));
        let mut beat = time::interval_at(time::Instant::now() + every, every);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            beat.tick().await;
            let until = self.env.now() + lease;
            let renewed = async {
                let mut tx = self.db.begin().await?;
                let held = store::renew(&mut tx, job, until).await?;
                tx.commit().await?;
                Ok::<_, DbError>(held)
            };
            match renewed.await {
                Ok(true) => lasts_until = until,
                Ok(false) => return,
                Err(error) if self.env.now() >= lasts_until => {
                    tracing::error!(target: "jobs", %error, "the lease ran out");
                    return;
                }
                Err(error) => tracing::warn!(target: "jobs", %error, "renewing the lease failed"),
            }
        }
    }

    /// Writes down how a run ended. When the database fails for longer, the lease ends and the job runs again.
    async fn record(&self, job: &Claimed, result: Result<(), JobError>, max_attempts: u32) -> Ending {
        let (ending, reason, run_at) = match result {
            Ok(()) => (Ending::Done, "", None),
            Err(error) => {
                let JobError { reason, cause, verdict } = error;
                let again = match verdict {
                    Verdict::Retry { after } if job.attempts < max_attempts => {
                        Some(after.map_or_else(|| pause(&self.env, job.attempts), delta))
                    }
                    Verdict::Retry { .. } | Verdict::Fail => None,
                };
                match again {
                    Some(pause) => {
                        tracing::warn!(target: "jobs", reason, ?cause, seconds = pause.num_seconds(), "job to be tried again");
                        (Ending::Retried, reason, Some(self.env.now() + pause))
                    }
                    None => {
                        tracing::error!(target: "jobs", reason, ?cause, "job failed");
                        (Ending::Failed, reason, None)
                    }
                }
            }
        };
        let recorded = db::retrying(|| async {
            let mut tx = self.db.begin().await?;
            let held = match (ending, run_at) {
                (Ending::Retried, Some(run_at)) => store::retry(&mut tx, job, run_at, reason).await?,
                (Ending::Failed, _) => Some(store::fail(&mut tx, job, reason).await?),
                _ => Some(store::delete(&mut tx, job).await?),
            };
            self.end(tx, job, held).await
        });
        self.held_or_lost(recorded.await, ending)
    }

    async fn put_back(&self, job: &Claimed) -> Ending {
        let released = db::retrying(|| async {
            let mut tx = self.db.begin().await?;
            let held = store::release(&mut tx, job).await?;
            self.end(tx, job, held).await
        });
        self.held_or_lost(released.await, Ending::Released)
    }

    /// Commits; a job whose twin waits already leaves its work to that one.
    async fn end(&self, tx: db::Tx, job: &Claimed, held: Option<bool>) -> Result<bool, DbError> {
        let Some(held) = held else {
            drop(tx);
            let mut tx = self.db.begin().await?;
            let held = store::delete(&mut tx, job).await?;
            tx.commit().await?;
            return Ok(held);
        };
        tx.commit().await?;
        Ok(held)
    }

    fn held_or_lost(&self, held: Result<bool, DbError>, ending: Ending) -> Ending {
        match held {
            Ok(true) => ending,
            Ok(false) => Ending::Lost,
            Err(error) => {
                tracing::error!(target: "jobs", %error, "recording how a job ended failed: it will run again");
                Ending::Lost
            }
        }
    }

    async fn prepare_schedules(&self) -> Result<(), DbError> {
        let mut tx = self.db.begin().await?;
        let now = self.env.now();
        for scheduled in &self.registry.schedules {
            let schedule = scheduled.schedule;
            let latest = now + delta(schedule.every.saturating_add(schedule.jitter));
            store::prepare_schedule(&mut tx, schedule.name, now, latest).await?;
        }
        tx.commit().await
    }

    /// Queues the jobs of due schedules. Taking the turn and queueing commit together, so that no instance repeats it and none loses it.
    async fn take_turns(&self) -> Result<(), DbError> {
        if self.registry.schedules.is_empty() {
            return Ok(());
        }
        let now = self.env.now();
        let due = store::due_schedules(&mut self.db.read().await?, now).await?;
        for scheduled in self.registry.schedules.iter().filter(|s| due.iter().any(|name| name == s.schedule.name)) {
            let schedule = scheduled.schedule;
            let millis = u64::try_from(schedule.jitter.as_millis()).unwrap_or(u64::MAX);
            let jitter = Duration::from_millis(self.env.random_below(millis));
            let mut tx = self.db.begin().await?;
            if store::take_turn(&mut tx, schedule.name, now, now + delta(schedule.every.saturating_add(jitter))).await?
            {
                if let Err(error) = enqueue(&mut tx, &self.env, (scheduled.job)()).await {
                    tracing::error!(target: "jobs", schedule = schedule.name, ?error, "queueing a scheduled job failed");
                    continue;
                }
                tx.commit().await?;
            }
        }
        Ok(())
    }

    async fn report_unknown(&self, now: Instant) -> Result<(), DbError> {
        for (kind, jobs) in store::due_kinds(&mut self.db.read().await?, now).await? {
            if !self.registry.kinds.contains_key(kind.as_str()) {
                tracing::warn!(target: "jobs", kind, jobs, "jobs of a kind that this release does not know stay queued");
            }
        }
        Ok(())
    }
}
