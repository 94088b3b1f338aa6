//! Feeds: calendars that channels publish for a unit, read into stays.
//!
//! The engine is pure. [`ical::read`] turns the bytes of an answer into a calendar or refuses them; [`plan`] compares the
//! calendar with the stays that came from the feed and says what to write and why. It decides so:
//!
//! | Case | Decision | Source |
//! |---|---|---|
//! | Not a calendar, unbalanced, too large | [`ical::Refusal`]: nothing changes | domain rules 1, 7, 9 |
//! | One unreadable event | left out; the stay of its `UID` is kept | rule 7, ADR 7 |
//! | DATE values | half-open, the end is the departure; a switch for feeds whose end is the last night | rule 1 |
//! | Timed values | the date in the property's zone; floating times are local to it | rule 2 |
//! | No end | `DURATION`, else one night | rule 2 |
//! | No night, end before start | left out with a line | rule 2 |
//! | Repeats | within -1/+3 years, at most 10,000 occurrences; within a day: refused | security case 7 |
//! | No `UID` | id from feed, start, end and title | rule 3 |
//! | One `UID` twice | overlapping: one stay, the latest; apart: both | ADR 7 |
//! | Airbnb, Vrbo titles, in many languages | reservation, block or tentative | rule 4 |
//! | `CLOSED - Not available`, channel `other` | reservation to review; over 30 nights a block | settled |
//! | `STATUS:TENTATIVE` | pending, no turnover; a block stays a block | settled |
//! | `STATUS:CANCELLED` | cancels a future stay at once; unknown ones are left out | ADR 7 |
//! | `TRANSP:TRANSPARENT` | occupied all the same | ADR 7 |
//! | Check-in and check-out reminders | left out | rule 4 |
//! | `<stay>@<instance>` of ours | left out | rule 10, settled |
//! | Same code; else same `UID` and occurrence | the same stay, with all that belongs to it, moves | rule 6 |
//! | New id, missing stay on overlapping nights | reissue: most shared nights, same departure, oldest | rule 6, settled |
//! | Another code, guest name or kind | never a reissue | ADR 7 |
//! | Running stay whose event begins later | its arrival stays | table of channels, ADR 7 |
//! | Missing, future | cancelled in the second consecutive good answer; comes back when listed | rule 7, settled |
//! | Missing, begun or over | kept | rule 8 |
//! | Empty, or more than half of four or more future stays gone at once | nothing changes; a manager confirms or ignores | settled |
//! | A person set dates or kind, or ended the stay | stays so | rule 5, settled |
//! | Airbnb's blocks | follow their event; vanish without a trace | rule 4, 6 |
//! | More than 1,100 nights | cut, with a line | design, "Units, nights" |

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
