//! What guests find at a property: well known amenities, by group, and others in words.

mod api;
mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::permissions::{PropertiesEdit, PropertiesView};
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub use model::{Amenities, AmenitiesForm, Amenity, AmenityGroup};
pub use service::{find, replace};

/// The routes of amenities.
pub(super) fn routes() -> Routes<App> {
    Routes::new()
        .get("/properties/{id}/amenities", allow::<PropertiesView>(), pages::show)
        .post("/properties/{id}/amenities", allow::<PropertiesEdit>(), pages::update)
        .audit("properties.amenities.change")
        .api_get(
            "/api/v1/properties/{id}/amenities",
            allow::<PropertiesView>(),
            api::get,
            ApiDoc::new("Read a property's amenities").answer::<api::AmenitiesBody>(200),
        )
        .api_put(
            "/api/v1/properties/{id}/amenities",
            allow::<PropertiesEdit>(),
            api::replace,
            ApiDoc::new("Replace a property's amenities")
                .request::<api::AmenitiesInput>()
                .answer::<api::AmenitiesBody>(200),
        )
        .audit("properties.amenities.change")
}
