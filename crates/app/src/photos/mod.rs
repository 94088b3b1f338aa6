//! Photos of properties.
//!
//! A property has its photos in an order; the first is the main one, which lists and the property's own page show. A photo's picture never
//! changes: another picture is another photo, so that browsers may keep what they have seen. The bytes are the feature `files`'s affair.
//!
//! Whoever sees a property sees its photos, and whoever may change it may change them: `properties.view` and `properties.edit`.

mod api;
mod input;
mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::permissions::{PropertiesEdit, PropertiesView};
use webkit::{ApiDoc, BodyClass, CacheClass, LimitClass, Routes, allow};

use crate::App;

pub use model::{Cover, Move, NewFacts, PhotoForm, PhotoView, Size};
pub use service::{PhotoError, add, change, covers, list, main_photo, place, put_in_order, remove};

/// The largest file that is taken as one photo.
const MOST_BYTES: usize = 30_000_000;
/// The largest form: ten of the largest photos, and some words.
const MOST_FORM_BYTES: usize = 10 * MOST_BYTES + 64 * 1024;

/// The routes of photos.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get("/properties/{id}/photos", allow::<PropertiesView>(), pages::list)
        .post("/properties/{id}/photos", allow::<PropertiesEdit>(), pages::upload)
        .body(BodyClass::Upload(MOST_FORM_BYTES))
        .audit("photos.photo.add")
        .post("/properties/{id}/photos/order", allow::<PropertiesEdit>(), pages::put_in_order)
        .audit("photos.photo.order")
        .get("/photos/{id}/edit", allow::<PropertiesEdit>(), pages::edit)
        .post("/photos/{id}/edit", allow::<PropertiesEdit>(), pages::update)
        .audit("photos.photo.change")
        .post("/photos/{id}/move", allow::<PropertiesEdit>(), pages::place)
        .audit("photos.photo.order")
        .get("/photos/{id}/delete", allow::<PropertiesEdit>(), pages::ask_delete)
        .post("/photos/{id}/delete", allow::<PropertiesEdit>(), pages::delete)
        .audit("photos.photo.delete")
        .get("/photos/{id}/{width}", allow::<PropertiesView>(), pages::picture)
        .limit(LimitClass::Assets)
        .cache(CacheClass::OwnFiles)
        .api_get(
            "/api/v1/properties/{id}/photos",
            allow::<PropertiesView>(),
            api::list,
            ApiDoc::new("List a property's photos, in their order").answer::<Vec<api::PhotoBody>>(200),
        )
        .api_post(
            "/api/v1/properties/{id}/photos",
            allow::<PropertiesEdit>(),
            api::create,
            ApiDoc::new(
                "Add a photo: a JPEG, PNG, WebP or GIF picture as the body, or a form with the file `photo` and before it the fields \
                 `caption` and `room`",
            )
            .answer::<api::PhotoBody>(201)
            .status(413),
        )
        .body(BodyClass::Upload(MOST_BYTES + 64 * 1024))
        .audit("photos.photo.add")
        .api_put(
            "/api/v1/properties/{id}/photos/order",
            allow::<PropertiesEdit>(),
            api::put_in_order,
            ApiDoc::new("Put a property's photos in order").request::<api::OrderInput>().answer::<Vec<api::PhotoBody>>(200),
        )
        .audit("photos.photo.order")
        .api_patch(
            "/api/v1/photos/{id}",
            allow::<PropertiesEdit>(),
            api::change,
            ApiDoc::new("Change what is said of a photo").request::<api::PhotoInput>().answer::<api::PhotoBody>(200),
        )
        .audit("photos.photo.change")
        .api_delete(
            "/api/v1/photos/{id}",
            allow::<PropertiesEdit>(),
            api::delete,
            ApiDoc::new("Delete a photo").status(204),
        )
        .audit("photos.photo.delete")
        .api_get(
            "/api/v1/photos/{id}/{width}",
            allow::<PropertiesView>(),
            api::picture,
            ApiDoc::new("Read a photo in one of its widths, as JPEG").status(200),
        )
}
