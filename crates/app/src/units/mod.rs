//! Units below a property's whole: rooms, floors, beds, whatever is also let by itself.
//!
//! - Every property has one unit for the whole, which is made with it, has no name, and stays. Others hang below it at any depth. A stay
//!   of a unit takes those below it too; a new unit belongs to the live stays of the units above it from its first moment.
//! - A unit is never deleted. It is retired, when nothing live is ahead at it and no calendar comes in or goes out, and can be brought
//!   back. A retired unit is offered nowhere; its stays stay what they were.
//! - A property with one unit does not speak of units elsewhere.
//!
//! Permissions: `properties.view`, `properties.edit`.

mod api;
mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::permissions::{PropertiesEdit, PropertiesView};
use webkit::{ApiDoc, Routes, allow};

use crate::{App, properties::UnitBody};

pub use model::{InTheWay, NewUnit, StayAhead, UnitFacts, UnitForm, tree};
pub use service::{UnitError, add, change, find, in_the_way, restore, retire};

/// The routes of units.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get("/properties/{id}/units", allow::<PropertiesView>(), pages::list)
        .get("/properties/{id}/units/new", allow::<PropertiesEdit>(), pages::new)
        .post("/properties/{id}/units/new", allow::<PropertiesEdit>(), pages::create)
        .audit("units.unit.add")
        .get("/units/{id}/edit", allow::<PropertiesEdit>(), pages::edit)
        .post("/units/{id}/edit", allow::<PropertiesEdit>(), pages::update)
        .audit("units.unit.change")
        .get("/units/{id}/retire", allow::<PropertiesEdit>(), pages::ask_retire)
        .post("/units/{id}/retire", allow::<PropertiesEdit>(), pages::retire)
        .audit("units.unit.retire")
        .post("/units/{id}/restore", allow::<PropertiesEdit>(), pages::restore)
        .audit("units.unit.restore")
        .api_post(
            "/api/v1/properties/{id}/units",
            allow::<PropertiesEdit>(),
            api::create,
            ApiDoc::new("Add a unit below another; it belongs to the live stays above it at once")
                .request::<api::UnitInput>()
                .answer::<UnitBody>(201)
                .status(409),
        )
        .audit("units.unit.add")
        .api_patch(
            "/api/v1/units/{id}",
            allow::<PropertiesEdit>(),
            api::change,
            ApiDoc::new("Change a unit's name or how many it takes")
                .request::<api::UnitChange>()
                .answer::<UnitBody>(200)
                .status(409),
        )
        .audit("units.unit.change")
        .api_post(
            "/api/v1/units/{id}/retire",
            allow::<PropertiesEdit>(),
            api::retire,
            ApiDoc::new("Take a unit out of use").answer::<UnitBody>(200).status(409),
        )
        .audit("units.unit.retire")
        .api_post(
            "/api/v1/units/{id}/restore",
            allow::<PropertiesEdit>(),
            api::restore,
            ApiDoc::new("Bring a retired unit back").answer::<UnitBody>(200).status(409),
        )
        .audit("units.unit.restore")
}
