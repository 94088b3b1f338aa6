//! Feeds and their syncs as they are stored and shown.

use chrono::TimeDelta;
use db::stored_as_text;
use kernel::{FeedId, Instant, PropertyId, StayId, SyncId, UnitId, Zone, text_enum};
use serde::{Deserialize, Serialize};

use super::{Class, Decision, EndMeaning, FeedChannel, Kind, Outcome, SyncPlan, ical::Warning};

stored_as_text!(FeedChannel, Kind, EndMeaning, Class);

text_enum! {
    /// Why a sync was made.
    pub enum SyncCause {
        /// It was time.
        Schedule = "schedule",
        /// A person asked for it.
        Person = "person",
        /// A person had a kept answer applied again.
        Replay = "replay",
        /// A person confirmed what a suspicious answer left out.
        Confirm = "confirm",
    }
}

text_enum! {
    /// What came of a sync.
    pub enum SyncOutcome {
        /// A complete answer, decided and applied.
        Good = "good",
        /// The site says that nothing changed; its last answer was decided and applied again.
        NotModified = "not_modified",
        /// A complete answer that would take away too much: nothing was changed.
        Suspicious = "suspicious",
        /// An answer that is no complete calendar: nothing was changed.
        Refused = "refused",
        /// No answer: nothing was changed.
        Failed = "failed",
    }
}

text_enum! {
    /// What becomes of the future stays of a feed that is removed.
    pub enum FutureStays {
        /// They stay.
        Keep = "keep",
        /// They are cancelled.
        Cancel = "cancel",
    }
}

text_enum! {
    /// How a feed is doing.
    pub enum FeedState {
        /// It has not been fetched yet.
        New = "new",
        /// The last fetch was good.
        Good = "good",
        /// The last fetch was not; the last good one is not long ago.
        Failing = "failing",
        /// No good fetch for too long.
        Stale = "stale",
        /// An answer waits for a person.
        Suspicious = "suspicious",
        /// Its property is archived: it is not fetched.
        Paused = "paused",
    }
}

stored_as_text!(SyncCause, SyncOutcome);

/// A feed, with the names that every page shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedView {
    /// Its id.
    pub id: FeedId,
    /// The unit whose stays it lists.
    pub unit_id: UnitId,
    /// The unit's name; none for the whole property.
    pub unit_name: Option<String>,
    /// The unit's property.
    pub property_id: PropertyId,
    /// The property's name.
    pub property_name: String,
    /// The property's zone.
    pub zone: Zone,
    /// Whether the property is archived, and the feed at rest.
    pub archived: bool,
    /// Where it comes from.
    pub channel: FeedChannel,
    /// What a person calls it.
    pub name: Option<String>,
    /// What its unsure events are, for [`FeedChannel::Other`].
    pub default_kind: Kind,
    /// What its last dates mean.
    pub end: EndMeaning,
    /// The site that its address leads to. The rest of the address is a secret.
    pub address_host: String,
    /// When it is fetched next.
    pub next_sync_at: Instant,
    /// Since when a person waits for a sync.
    pub requested_at: Option<Instant>,
    /// Until when the sync that is under way may take.
    pub running_until: Option<Instant>,
    /// Fetches since the last good one.
    pub failures: u32,
    /// What was wrong with the last one; see [`SyncView::error`].
    pub last_error: Option<String>,
    /// The last good fetch.
    pub last_good_at: Option<Instant>,
    /// What a suspicious answer would take away.
    pub held: Option<Held>,
    /// When it was added.
    pub created_at: Instant,
    /// When its settings were last changed.
    pub updated_at: Instant,
    pub(super) channel_open: bool,
    pub(super) address_sealed: Vec<u8>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) running_sync_id: Option<SyncId>,
    pub(super) syncs: u32,
}

/// An answer that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The first sync that brought it: names it where a person decides.
    pub sync: SyncId,
    /// The stays that would be gone, oldest first.
    pub stays: Vec<StayId>,
    /// Whether a person said to ignore it.
    pub ignored: bool,
}

impl Held {
    /// Whether it says nothing that was not in this one already.
    #[must_use]
    pub fn covers(&self, gone: &[StayId]) -> bool {
        gone.iter().all(|stay| self.stays.contains(stay))
    }
}

/// How long a page waits for a sync that a person asked for.
const PATIENCE: TimeDelta = TimeDelta::minutes(2);

impl FeedView {
    /// How it is doing. `stale_after` is how old the last good fetch may be.
    #[must_use]
    pub fn state(&self, now: Instant, stale_after: TimeDelta) -> FeedState {
        if self.archived {
            FeedState::Paused
        } else if self.held.as_ref().is_some_and(|held| !held.ignored) {
            FeedState::Suspicious
        } else if now - self.last_good_at.unwrap_or(self.created_at) > stale_after {
            FeedState::Stale
        } else if self.failures > 0 {
            FeedState::Failing
        } else if self.last_good_at.is_none() {
            FeedState::New
        } else {
            FeedState::Good
        }
    }

    /// Whether a sync is under way or about to begin.
    #[must_use]
    pub fn is_syncing(&self, now: Instant) -> bool {
        self.running_until.is_some_and(|until| until > now) || self.requested_at.is_some_and(|at| now - at < PATIENCE)
    }
}

/// What a sync did, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Counts {
    /// Events in the answer.
    pub events: u32,
    /// Stays made.
    pub created: u32,
    /// Stays changed, reissued or brought back.
    pub changed: u32,
    /// Stays cancelled or removed.
    pub cancelled: u32,
    /// Stays that were missing for the first time.
    pub missing: u32,
    /// Events that are no stays, or none of ours to take.
    pub left_out: u32,
}

impl Counts {
    /// The numbers of a plan.
    #[must_use]
    pub fn of(plan: &SyncPlan) -> Self {
        let mut counts = Self { events: u32::try_from(plan.events).unwrap_or(u32::MAX), ..Self::default() };
        for step in &plan.steps {
            let count = match step.decision.outcome {
                Outcome::Created => &mut counts.created,
                Outcome::Updated | Outcome::Reissued | Outcome::Revived => &mut counts.changed,
                Outcome::Cancelled | Outcome::Removed => &mut counts.cancelled,
                Outcome::Missing => &mut counts.missing,
                Outcome::Ignored => &mut counts.left_out,
                Outcome::Kept | Outcome::Noted | Outcome::Held => continue,
            };
            *count = count.saturating_add(1);
        }
        counts
    }
}

/// One sync.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncView {
    /// Its id.
    pub id: SyncId,
    /// Its feed.
    pub feed_id: FeedId,
    /// The feed's first sync is 1.
    pub number: u32,
    /// Why it was made.
    pub cause: SyncCause,
    /// What came of it.
    pub outcome: SyncOutcome,
    /// Why it failed or was refused: the code of a `FetchError`, of an `AddressError` after `address_`, or a `Refusal`.
    pub error: Option<String>,
    /// The HTTP status, when that is why it failed.
    pub http_status: Option<u32>,
    /// When it began.
    pub started_at: Instant,
    /// When it ended.
    pub finished_at: Instant,
    /// Whether it changed anything or was the first of its kind; such ones are kept longer.
    pub notable: bool,
    /// What it did.
    pub counts: Counts,
    /// Bytes of the answer.
    pub size: u32,
    /// Whether the answer is kept.
    pub has_body: bool,
}

/// What a sync decided about a stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StayDecision {
    /// The calendar.
    pub feed: FeedId,
    /// The sync.
    pub sync: SyncId,
    /// When.
    pub at: Instant,
    /// What, and why.
    pub decision: Decision,
}

/// The most lines that are kept of a sync; those that only say that all is as before go first.
const MOST_LINES: usize = 5_000;

/// What a sync decided.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    /// One for each event and stay it decided about.
    pub decisions: Vec<Decision>,
    /// What could not be read.
    pub warnings: Vec<Warning>,
    /// How many more lines there were.
    pub more: usize,
}

impl Lines {
    /// The lines of a plan.
    #[must_use]
    pub fn of(plan: SyncPlan) -> Self {
        let mut decisions: Vec<Decision> = plan.steps.into_iter().map(|step| step.decision).collect();
        let more = decisions.len().saturating_sub(MOST_LINES);
        if more > 0 {
            decisions.sort_by_key(|decision| decision.outcome == Outcome::Kept);
            decisions.truncate(MOST_LINES);
        }
        Self { decisions, warnings: plan.warnings, more }
    }
}
