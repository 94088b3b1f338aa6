//! When waste and recycling are collected at a property, and when to put them out.
//!
//! Each stream has a schedule (`schedule.rs`): weekly, every other week, monthly by day of the week or of the month, or a rule of its own.
//! The next date follows from the schedule and from the date at the property; nothing of it is stored.

mod api;
mod model;
mod pages;
mod schedule;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::permissions::{PropertiesEdit, PropertiesView};
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub use model::{MOST_WASTE, NewWaste, WasteForm, WasteStream, WasteView};
pub use schedule::{Day, Ordinal, Repeats, Schedule, Upcoming};
pub use service::{add, change, find, list, remove};

/// The routes of waste.
pub(super) fn routes() -> Routes<App> {
    Routes::new()
        .get("/properties/{id}/waste", allow::<PropertiesView>(), pages::list)
        .get("/properties/{id}/waste/new", allow::<PropertiesEdit>(), pages::new)
        .post("/properties/{id}/waste/new", allow::<PropertiesEdit>(), pages::create)
        .audit("properties.waste.add")
        .get("/properties/{id}/waste/{waste}/edit", allow::<PropertiesEdit>(), pages::edit)
        .post("/properties/{id}/waste/{waste}/edit", allow::<PropertiesEdit>(), pages::update)
        .audit("properties.waste.change")
        .get("/properties/{id}/waste/{waste}/remove", allow::<PropertiesEdit>(), pages::ask_remove)
        .post("/properties/{id}/waste/{waste}/remove", allow::<PropertiesEdit>(), pages::remove)
        .audit("properties.waste.remove")
        .merge(api_routes())
}

fn api_routes() -> Routes<App> {
    Routes::new()
        .api_get(
            "/api/v1/properties/{id}/waste",
            allow::<PropertiesView>(),
            api::list,
            ApiDoc::new("List when waste is collected at a property").answer::<Vec<api::WasteBody>>(200),
        )
        .api_post(
            "/api/v1/properties/{id}/waste",
            allow::<PropertiesEdit>(),
            api::create,
            ApiDoc::new("Add a collection of waste").request::<api::WasteInput>().answer::<api::WasteBody>(201),
        )
        .audit("properties.waste.add")
        .api_patch(
            "/api/v1/properties/{id}/waste/{waste}",
            allow::<PropertiesEdit>(),
            api::change,
            ApiDoc::new("Change some of a collection of waste")
                .request::<api::WasteInput>()
                .answer::<api::WasteBody>(200),
        )
        .audit("properties.waste.change")
        .api_delete(
            "/api/v1/properties/{id}/waste/{waste}",
            allow::<PropertiesEdit>(),
            api::remove,
            ApiDoc::new("Remove a collection of waste").status(204),
        )
        .audit("properties.waste.remove")
}
