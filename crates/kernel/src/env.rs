//! Time and randomness, injected. Everything that needs "now", a new id or a secret takes an [`Env`].

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta};
use rand::{Rng, SeedableRng, rngs::StdRng};
use uuid::{Builder, Uuid};

use crate::Instant;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present moment in UTC, cut to microseconds.
    fn now(&self) -> Instant;
}

/// Gives random bytes fit for secrets.
pub trait Randomness: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The host's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the host's clock")]
        let now = chrono::Utc::now();
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }
}

/// A clock that stands still until it is moved. For tests.
#[derive(Debug, Clone)]
pub struct FixedClock(Arc<Mutex<Instant>>);

impl FixedClock {
    /// A clock at this moment.
    #[must_use]
    pub fn at(instant: Instant) -> Self {
        Self(Arc::new(Mutex::new(instant)))
    }
    /// Moves the clock to another moment.
    pub fn set(&self, instant: Instant) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = instant;
    }
    /// Moves the clock on.
    pub fn advance(&self, by: TimeDelta) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now += by;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The operating system's randomness, through a cryptographic generator for each thread.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, buffer: &mut [u8]) {
        #[expect(clippy::disallowed_methods, reason = "the one place that takes ambient randomness")]
        rand::rng().fill_bytes(buffer);
    }
}

/// Repeatable bytes from a seed. For tests.
pub struct SeededRandomness(Mutex<StdRng>);

impl SeededRandomness {
    /// The sequence that belongs to this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Randomness for SeededRandomness {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(buffer);
    }
}

/// The clock and the randomness of this process, cheap to clone.
#[derive(Clone)]
pub struct Env {
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
}

impl Env {
    /// An environment from its two sources.
    pub fn new(clock: impl Clock + 'static, randomness: impl Randomness + 'static) -> Self {
        Self { clock: Arc::new(clock), randomness: Arc::new(randomness) }
    }

    /// The host's clock and randomness.
    #[must_use]
    pub fn system() -> Self {
        Self::new(SystemClock, SystemRandomness)
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// `N` random bytes fit for secrets.
    #[must_use]
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.randomness.fill(&mut bytes);
        bytes
    }

    /// A number in `0..bound`, for jitter and sampling; 0 when `bound` is 0.
    #[must_use]
    pub fn random_below(&self, bound: u64) -> u64 {
        u64::from_le_bytes(self.random_bytes()).checked_rem(bound).unwrap_or(0)
    }

    /// A UUID version 7 of this moment.
    #[must_use]
    pub fn new_uuid(&self) -> Uuid {
        let millis = u64::try_from(self.now().timestamp_millis()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &self.random_bytes()).into_uuid()
    }
}

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Env")
    }
}
