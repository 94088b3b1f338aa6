//! Feeds: calendars that channels publish for a unit, read into stays.
//!
//! - What an answer means is decided by the pure engine (`ical`, `events`, `plan`); `service::sync` asks for it, and writes what follows in
//!   one transaction with the stays, their turnovers, the lines that say why, and the mails.
//! - Nothing that goes wrong outside changes a stay: no answer, an incomplete one and a suspicious one are only noted.
//! - A feed is fetched by one worker at a time. An answer to an address that was replaced meanwhile is discarded.
//! - The address is a secret: stored sealed, shown only to who may change feeds; its host is not.
//! - The kept answers and their lines are few (`feeds.kept_bodies`), and the last complete one is always among them: a site that says
//!   "not modified" has it planned again.
//!
//! Permissions: `feeds.view`; `feeds.edit` to add, change, remove, sync and decide, and to see addresses and answers.

mod classify;
mod decision;
mod events;
pub mod ical;
mod input;
mod jobs;
mod model;
mod plan;
mod record;
mod recurrence;
mod service;
mod store;

pub use decision::{Decision, Outcome, Reason};
pub use input::{ChangeFeed, FeedForm, FeedSettings, NewFeed, channel_of};
pub use jobs::handle_jobs;
pub use model::{
    Change, Class, Decided, EndMeaning, FeedChannel, FeedFacts, Kind, Known, KnownState, LONGEST_UNSURE_STAY, Seen,
};
pub use plan::{Action, Step, Suspicion, SyncPlan, plan};
pub use record::{Counts, FeedState, FeedView, FutureStays, Held, Lines, SyncCause, SyncOutcome, SyncView};
pub use service::{
    FeedError, add, address, apply_again, body, change, confirm, find, find_sync, ignore, list, list_syncs,
    of_property, remove, replay, stale, stale_after, suspicious, sync_now,
};

#[cfg(test)]
mod tests;
