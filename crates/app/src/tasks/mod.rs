//! Tasks: the work that stays cause.
//!
//! For now they are turnovers: one for each check-out of a reservation, whatever is resynced (a unique index on the stay). A turnover moves
//! and is cancelled with its stay until somebody begins it; then it is only marked. What depends on other stays (the window, who comes
//! next, whether on the same day) is derived when it is shown.
//!
//! Permissions: `tasks.view`; `tasks.complete` to start, complete and undo; `tasks.create` to dismiss a provisional turnover.

mod model;
mod service;
mod store;
#[cfg(test)]
mod tests;
pub mod turnovers;

pub use model::{DayTurnover, NextGuests, TaskCounts, TaskStatus, TaskTab, TaskView, Window, first_name};
pub use service::{TaskError, complete, counts, dismiss, find, list, of_stay, on_days, restore, start, undo};
