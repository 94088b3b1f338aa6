//! Properties and their units.
//!
//! Every property has exactly one unit for the whole, made with it; units below it describe a house that is also let by the room. Stays,
//! feeds and tasks refer to units. A property is never deleted: it is archived, and can be brought back. It cannot be archived while
//! guests are still to come.
//!
//! What describes a property is in folders of its own: `rooms` (and beds), `amenities`, `rules` (of the house), `waste` (when it is
//! collected), `utilities` (accounts with suppliers). Each has a page that saves on its own.
//!
//! Permissions: `properties.view`, `.create`, `.edit`, `.delete` (archive and bring back). Owners and staff reach the properties they own
//! or work at; a property that an owner adds is theirs.

pub mod amenities;
mod api;
mod input;
mod model;
mod pages;
pub mod rooms;
pub mod rules;
mod sections;
mod service;
mod store;
#[cfg(test)]
mod tests;
pub mod utilities;
pub mod waste;

use kernel::{
    Page,
    permissions::{PropertiesCreate, PropertiesDelete, PropertiesEdit, PropertiesView},
};
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub use api::UnitBody;
pub use model::{
    Area, AreaUnit, Bathrooms, NewProperty, Part, Position, PropertyFilter, PropertyForm, PropertyStatus, PropertyType,
    PropertyView, UnitView, place_name, proposed_zones,
};
pub use pages::setup::Step;
pub use rooms::MOST_ROOMS;
pub(crate) use rooms::{room_beds, room_name};
pub use sections::Section;
pub(crate) use service::today;
pub use service::{PropertyError, archive, change, create, find, list, restore, unit, units, units_of, units_of_ids};

/// The routes of properties, their parts and units.
pub fn routes() -> Routes<App> {
    own_routes()
        .merge(rooms::routes())
        .merge(amenities::routes())
        .merge(rules::routes())
        .merge(waste::routes())
        .merge(utilities::routes())
}

fn own_routes() -> Routes<App> {
    Routes::new()
        .get("/properties", allow::<PropertiesView>(), pages::list)
        .get("/properties/new", allow::<PropertiesCreate>(), pages::setup::new)
        .post("/properties/new", allow::<PropertiesCreate>(), pages::setup::create)
        .audit("properties.property.create")
        .get("/properties/{id}/setup/{step}", allow::<PropertiesEdit>(), pages::setup::show)
        .post("/properties/{id}/setup/{step}", allow::<PropertiesEdit>(), pages::setup::update)
        .audit("properties.property.change")
        .get("/properties/{id}", allow::<PropertiesView>(), pages::show)
        .get("/properties/{id}/edit", allow::<PropertiesEdit>(), pages::edit::first)
        .get("/properties/{id}/edit/{part}", allow::<PropertiesEdit>(), pages::edit::show)
        .post("/properties/{id}/edit/{part}", allow::<PropertiesEdit>(), pages::edit::update)
        .audit("properties.property.change")
        .get("/properties/{id}/archive", allow::<PropertiesDelete>(), pages::ask_archive)
        .post("/properties/{id}/archive", allow::<PropertiesDelete>(), pages::archive)
        .audit("properties.property.archive")
        .post("/properties/{id}/restore", allow::<PropertiesDelete>(), pages::restore)
        .audit("properties.property.restore")
        .api_get(
            "/api/v1/properties",
            allow::<PropertiesView>(),
            api::list,
            ApiDoc::new("List properties, by name").query::<api::ListQuery>().answer::<Page<api::PropertyBody>>(200),
        )
        .api_post(
            "/api/v1/properties",
            allow::<PropertiesCreate>(),
            api::create,
            ApiDoc::new("Add a property").request::<api::PropertyInput>().answer::<api::PropertyBody>(201),
        )
        .audit("properties.property.create")
        .api_get(
            "/api/v1/properties/{id}",
            allow::<PropertiesView>(),
            api::get,
            ApiDoc::new("Read a property").answer::<api::PropertyBody>(200),
        )
        .api_patch(
            "/api/v1/properties/{id}",
            allow::<PropertiesEdit>(),
            api::change,
            ApiDoc::new("Change some of a property").request::<api::PropertyInput>().answer::<api::PropertyBody>(200),
        )
        .audit("properties.property.change")
        .api_post(
            "/api/v1/properties/{id}/archive",
            allow::<PropertiesDelete>(),
            api::archive,
            ApiDoc::new("Put a property away").answer::<api::PropertyBody>(200).status(409),
        )
        .audit("properties.property.archive")
        .api_post(
            "/api/v1/properties/{id}/restore",
            allow::<PropertiesDelete>(),
            api::restore,
            ApiDoc::new("Bring an archived property back").answer::<api::PropertyBody>(200),
        )
        .audit("properties.property.restore")
        .api_get(
            "/api/v1/properties/{id}/units",
            allow::<PropertiesView>(),
            api::units,
            ApiDoc::new("List a property's units, the whole first").answer::<Vec<api::UnitBody>>(200),
        )
}
