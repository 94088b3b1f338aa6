//! Tasks: the work that stays cause.
//!
//! For now they are turnovers: one for each check-out of a reservation, whatever is resynced (a unique index on the stay). A turnover moves
//! and is cancelled with its stay until somebody begins it; then it is only marked. What depends on other stays (the window, who comes
//! next, whether on the same day) is derived when it is shown.
//!
//! Permissions: `tasks.view`; `tasks.complete` to start, complete and undo; `tasks.create` to dismiss a provisional turnover.

mod api;
mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;
pub mod turnovers;

use kernel::{
    Page,
    permissions::{TasksComplete, TasksCreate, TasksView},
};
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub use model::{DayTurnover, NextGuests, TaskCounts, TaskStatus, TaskTab, TaskView, Window, first_name};
pub use service::{
    TaskError, begun_by, complete, counts, dismiss, find, hand_back_in, list, of_stay, on_days, restore, start, undo,
};
pub(crate) use service::{counts_on, due};

/// The routes of tasks.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get("/tasks", allow::<TasksView>(), pages::list)
        .get("/tasks/{id}", allow::<TasksView>(), pages::show)
        .post("/tasks/{id}/start", allow::<TasksComplete>(), pages::start)
        .audit("tasks.task.start")
        .post("/tasks/{id}/complete", allow::<TasksComplete>(), pages::complete)
        .audit("tasks.task.complete")
        .post("/tasks/{id}/undo", allow::<TasksComplete>(), pages::undo)
        .audit("tasks.task.undo")
        .post("/tasks/{id}/dismiss", allow::<TasksCreate>(), pages::dismiss)
        .audit("tasks.task.dismiss")
        .post("/tasks/{id}/restore", allow::<TasksCreate>(), pages::restore)
        .audit("tasks.task.restore")
        .api_get(
            "/api/v1/tasks",
            allow::<TasksView>(),
            api::list,
            ApiDoc::new("List tasks, by day").query::<api::ListQuery>().answer::<Page<api::TaskBody>>(200),
        )
        .api_get(
            "/api/v1/tasks/{id}",
            allow::<TasksView>(),
            api::get,
            ApiDoc::new("Read a task").answer::<api::TaskBody>(200),
        )
        .api_post(
            "/api/v1/tasks/{id}/start",
            allow::<TasksComplete>(),
            api::start,
            ApiDoc::new("Start a task").answer::<api::TaskBody>(200).status(409),
        )
        .audit("tasks.task.start")
        .api_post(
            "/api/v1/tasks/{id}/complete",
            allow::<TasksComplete>(),
            api::complete,
            ApiDoc::new("Complete a task that was started").answer::<api::TaskBody>(200).status(409),
        )
        .audit("tasks.task.complete")
}
