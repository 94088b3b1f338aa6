//! Feeds: calendars that channels publish for a unit, read into stays.

mod classify;
mod decision;
mod events;
pub mod ical;
mod model;
mod plan;
mod recurrence;

pub use decision::{Decision, Outcome, Reason};
pub use model::{
    Change, Class, Decided, EndMeaning, FeedChannel, FeedFacts, Kind, Known, KnownState, LONGEST_UNSURE_STAY, Seen,
};
pub use plan::{Action, Step, Suspicion, SyncPlan, plan};

#[cfg(test)]
mod tests;
