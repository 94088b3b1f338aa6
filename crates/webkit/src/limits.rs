//! Rate limits in this process: a bucket for each class of route and each client address, user, token or account name.

use std::{
    hash::{BuildHasher, Hash, RandomState},
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::NoOpMiddleware,
    state::keyed::DashMapStateStore,
};
use kernel::{ApiTokenId, UserId};

kernel::text_enum! {
    /// Which buckets a route takes from.
    pub enum LimitClass {
        /// Pages and their parts.
        Pages = "pages",
        /// The JSON interface.
        Api = "api",
        /// Whatever checks a password or a secret, or sends a mail to whoever asks.
        Credentials = "credentials",
        /// Calendars that others fetch.
        Feeds = "feeds",
        /// Built files.
        Assets = "assets",
        /// Never limited: health checks.
        Unlimited = "unlimited",
    }
}

/// How fast a bucket fills and how much it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Requests a minute, evenly; 0 switches the limit off.
    pub per_minute: u32,
    /// Requests at once.
    pub burst: u32,
}

/// The rate of each class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitSettings {
    /// For [`LimitClass::Pages`].
    pub pages: Rate,
    /// For [`LimitClass::Api`].
    pub api: Rate,
    /// For [`LimitClass::Credentials`].
    pub credentials: Rate,
    /// For [`LimitClass::Feeds`].
    pub feeds: Rate,
    /// For [`LimitClass::Assets`].
    pub assets: Rate,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            pages: Rate { per_minute: 1200, burst: 120 },
            api: Rate { per_minute: 600, burst: 20 },
            credentials: Rate { per_minute: 5, burst: 5 },
            feeds: Rate { per_minute: 60, burst: 30 },
            assets: Rate { per_minute: 6000, burst: 600 },
        }
    }
}

impl LimitSettings {
    /// No limit at all, for tests and measurements.
    #[must_use]
    pub const fn off() -> Self {
        let off = Rate { per_minute: 0, burst: 0 };
        Self { pages: off, api: off, credentials: off, feeds: off, assets: off }
    }
}

/// Whose bucket.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LimitKey {
    /// A client address; of IPv6 the network of 64 bits that one customer holds. Made by [`LimitKey::address`].
    Network(u128),
    /// A signed-in user.
    User(UserId),
    /// An API token.
    Token(ApiTokenId),
    /// An account as somebody named it, whether or not it exists.
    Account(String),
    /// One of a fixed number of shared buckets, when there are too many keys to keep one for each.
    Shared(u64),
}

impl LimitKey {
    /// The bucket of a client address.
    #[must_use]
    pub fn address(address: IpAddr) -> Self {
        Self::Network(match address.to_canonical() {
            IpAddr::V4(v4) => u128::from(v4.to_bits()),
            IpAddr::V6(v6) => v6.to_bits() >> 64 << 64,
        })
    }
}

type Bucket<C> = RateLimiter<LimitKey, DashMapStateStore<LimitKey>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// The buckets of all classes.
pub struct Limits<C: Clock = DefaultClock> {
    classes: Vec<(LimitClass, Bucket<C>)>,
    clock: C,
    hasher: RandomState,
    checks: AtomicU32,
}

/// Full buckets are forgotten once in so many checks.
const SWEEP_EVERY: u32 = 4096;
/// Above so many buckets of a class, new keys share [`SHARED`] buckets: memory stays bounded under a flood of addresses.
const MOST_KEYS: usize = 100_000;
const SHARED: u64 = 65_536;

impl Limits {
    /// Empty buckets with the process's monotonic clock.
    #[must_use]
    pub fn new(settings: &LimitSettings) -> Self {
        Self::with_clock(settings, DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with_clock(settings: &LimitSettings, clock: C) -> Self {
        let classes = [
            (LimitClass::Pages, settings.pages),
            (LimitClass::Api, settings.api),
            (LimitClass::Credentials, settings.credentials),
            (LimitClass::Feeds, settings.feeds),
            (LimitClass::Assets, settings.assets),
        ];
        let classes = classes.into_iter().filter_map(|(class, rate)| {
            let period = Duration::from_secs(60).checked_div(rate.per_minute)?;
            let burst = NonZeroU32::new(rate.burst).unwrap_or(NonZeroU32::MIN);
            let quota = Quota::with_period(period)?.allow_burst(burst);
            Some((class, RateLimiter::new(quota, DashMapStateStore::default(), clock.clone())))
        });
        Self { classes: classes.collect(), clock, hasher: RandomState::new(), checks: AtomicU32::new(0) }
    }

    /// Takes one from a bucket.
    ///
    /// # Errors
    /// The whole seconds, at least 1, after which there is one again.
    pub fn check(&self, class: LimitClass, key: LimitKey) -> Result<(), u32> {
        let Some((_, bucket)) = self.classes.iter().find(|(c, _)| *c == class) else { return Ok(()) };
        if self.checks.fetch_add(1, Ordering::Relaxed).is_multiple_of(SWEEP_EVERY) {
            self.sweep();
        }
        let key = if bucket.len() < MOST_KEYS { key } else { LimitKey::Shared(self.hasher.hash_one(&key) % SHARED) };
        bucket.check_key(&key).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
        })
    }

    fn sweep(&self) {
        for (_, bucket) in &self.classes {
            bucket.retain_recent();
            bucket.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn limits() -> (Limits<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (Limits::with_clock(&LimitSettings::default(), clock.clone()), clock)
    }

    fn from(address: &str) -> LimitKey {
        LimitKey::address(address.parse().unwrap())
    }

    #[test]
    fn after_the_burst_one_request_each_period() {
        let (limits, clock) = limits();
        for _ in 0..5 {
            limits.check(LimitClass::Credentials, from("192.0.2.1")).unwrap();
        }
        assert_eq!(limits.check(LimitClass::Credentials, from("192.0.2.1")), Err(13));
        limits.check(LimitClass::Credentials, from("192.0.2.2")).unwrap();
        limits.check(LimitClass::Pages, from("192.0.2.1")).unwrap();
        clock.advance(Duration::from_secs(12));
        limits.check(LimitClass::Credentials, from("192.0.2.1")).unwrap();
        assert!(limits.check(LimitClass::Credentials, from("192.0.2.1")).is_err());
    }

    #[test]
    fn an_ipv6_customer_has_one_bucket_and_a_mapped_address_is_the_ipv4_one() {
        assert_eq!(from("2001:db8:1:2:aaaa::1"), from("2001:db8:1:2:bbbb::2"));
        assert_ne!(from("2001:db8:1:2::1"), from("2001:db8:1:3::1"));
        assert_eq!(from("::ffff:192.0.2.1"), from("192.0.2.1"));
    }

    #[test]
    fn a_flood_of_addresses_does_not_grow_without_bound_and_full_buckets_are_forgotten() {
        let (limits, clock) = limits();
        for n in 0..120_000_u128 {
            let _ = limits.check(LimitClass::Pages, LimitKey::Network(n << 64));
        }
        let bucket = &limits.classes[0].1;
        assert!(bucket.len() <= MOST_KEYS + usize::try_from(SHARED).unwrap());
        clock.advance(Duration::from_secs(60));
        limits.sweep();
        assert_eq!(bucket.len(), 0);
    }

    #[test]
    fn a_rate_of_nothing_is_no_limit() {
        let limits = Limits::with_clock(&LimitSettings::off(), FakeRelativeClock::default());
        for _ in 0..10_000 {
            limits.check(LimitClass::Credentials, from("192.0.2.1")).unwrap();
        }
    }
}
