//! The calendar of all properties: the timeline, the windows that its script asks for, and who comes and leaves as a list of days;
//! and the month of one property.
//!
//! It owns no rows: stays and turnovers come from their features. Permission: `stays.view`.

mod model;
mod month;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::permissions::StaysView;
use webkit::{Routes, allow};

use crate::App;

/// The routes of the calendar.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get("/calendar", allow::<StaysView>(), pages::show)
        .get("/calendar/list", allow::<StaysView>(), pages::list)
        .get("/calendar/window", allow::<StaysView>(), pages::window)
        .get("/properties/{id}/calendar", allow::<StaysView>(), pages::month::show)
}
