//! Which handler runs which kind, and what is queued again and again.

use std::{collections::BTreeMap, fmt, pin::Pin, sync::Arc, time::Duration};

use crate::{Job, JobError, NewJob};

pub(crate) type Run = Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>>;
type Handler<S> = Arc<dyn Fn(S, &str) -> Run + Send + Sync>;

/// How a kind is run.
pub(crate) enum Kind<S> {
    Handled { handler: Handler<S>, max_attempts: u32 },
    Retired,
}

impl<S> Clone for Kind<S> {
    fn clone(&self) -> Self {
        match self {
            Self::Handled { handler, max_attempts } => {
                Self::Handled { handler: handler.clone(), max_attempts: *max_attempts }
            }
            Self::Retired => Self::Retired,
        }
    }
}

/// When something is queued again and again. The row of that name is shared by all instances: each time is taken by one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// The stored name; also the dedupe key of its jobs, so that they do not pile up.
    pub name: &'static str,
    /// From one time to the next.
    pub every: Duration,
    /// At most so much later, at random.
    pub jitter: Duration,
}

pub(crate) struct Scheduled {
    pub(crate) schedule: Schedule,
    pub(crate) job: Box<dyn Fn() -> NewJob + Send + Sync>,
}

/// The handlers of every kind of job, and the schedules. `S` is what handlers get besides the payload: the application's state.
pub struct Registry<S> {
    pub(crate) kinds: BTreeMap<&'static str, Kind<S>>,
    pub(crate) schedules: Vec<Scheduled>,
}

impl<S> Default for Registry<S> {
    fn default() -> Self {
        Self { kinds: BTreeMap::new(), schedules: Vec::new() }
    }
}

impl<S> fmt::Debug for Registry<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.kinds.keys()).finish()
    }
}

impl<S: Send + 'static> Registry<S> {
    /// No kind yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs jobs of a kind with an `async fn(S, J) -> Result<(), JobError>`.
    pub fn handle<J, F>(&mut self, handler: impl Fn(S, J) -> F + Send + Sync + 'static)
    where
        J: Job,
        F: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let handler = move |state: S, payload: &str| -> Run {
            match serde_json::from_str(payload) {
                Ok(job) => Box::pin(handler(state, job)),
                Err(error) => {
                    let cause = kernel::Fault::new("reading the payload of a job", error);
                    Box::pin(std::future::ready(Err(JobError::fail("the payload is not of this kind").because(cause))))
                }
            }
        };
        self.add(J::KIND, Kind::Handled { handler: Arc::new(handler), max_attempts: J::MAX_ATTEMPTS });
    }

    /// Takes jobs of a kind that no longer exists off the queue without running them.
    pub fn retire(&mut self, kind: &'static str) {
        self.add(kind, Kind::Retired);
    }

    /// Queues a job each time a schedule is due.
    pub fn schedule<J: Job + Sync>(&mut self, schedule: Schedule, job: J) {
        let job = Box::new(move || NewJob::of(&job).dedupe(schedule.name));
        self.schedules.push(Scheduled { schedule, job });
    }

    fn add(&mut self, kind: &'static str, how: Kind<S>) {
        let before = self.kinds.insert(kind, how);
        debug_assert!(before.is_none(), "two handlers of {kind}");
    }

    /// Every kind as the statements take them: `,a,b,`.
    pub(crate) fn kinds_text(&self) -> String {
        self.kinds.keys().fold(",".to_owned(), |text, kind| text + kind + ",")
    }
}
