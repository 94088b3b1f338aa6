//! Stays: the one entity for time at a unit, by hand and imported, reservations and blocks.
//!
//! Invariants, each kept by every use case here:
//! - A unit's night belongs to at most one stay: the primary key of `unit_night` decides.
//! - A live stay wants each of its nights at its unit and at every unit below it; what it wants is what it claims and what it waits for.
//!   Only imported stays ever wait.
//! - Nobody waits for a night that is free: what is released goes to the oldest that waits, in the same transaction.
//! - `stay_night` has one row for each night of a stay, whatever became of it, and its prices sum to the stay's amount.
//!
//! Permissions: `stays.view`, `stays.create`, `stays.edit`, `stays.cancel`; `guests.contact` and `money.view` say what is shown.

mod import;
mod input;
mod model;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use import::{Applied, ImportChange, ImportCreate, ImportOutcome, ImportUpdate, apply as apply_import};
pub use input::{ChangeStay, NewStay, StayForm};
pub use model::{
    BlockKind, Channel, Conflict, DayStays, Decided, Decision, Guest, GuestCounts, Holds, InTheWay, Stay, StayDetails,
    StayFilter, StayKind, StayStatus, StayTab, WindowStay,
};
pub use service::{
    StayError, book, cancel, change, check_in, check_out, claim_for_new_unit, conflicts, counts, currency, day,
    decide_review, details, find, list, mark_no_show, reinstate, window,
};
