//! Guests: the people who stay, known to the organization.
//!
//! - A stay has a name and contact data as it was booked; whose it is, is a person here. They are recognised by their e-mail address or
//!   telephone number, never by a name alone: two people may have one. What a calendar tells of a guest makes no person.
//! - A person is never deleted: two who turn out to be one are merged, and can be taken apart again.
//!
//! Permissions: `guests.view`, `guests.edit`; `guests.contact` and `money.view` say what is shown.

mod api;
mod jobs;
mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::{
    Page,
    permissions::{GuestsEdit, GuestsView},
};
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub use jobs::handle_jobs;
pub(crate) use model::parse_contact;
pub use model::{Guest, GuestDetails, GuestFacts, GuestForm, GuestRow, GuestStay, MergePreview, StayGuest, dialled};
pub(crate) use pages::Chooser;
pub use service::{
    Companion, GuestError, add, add_companion, change, details, find, list, merge, of_stay, preview_merge,
    remove_companion, separate,
};
pub(crate) use service::{as_booked, link_lead, stays_of};

/// The routes of guests, and of those of a stay.
pub fn routes() -> Routes<App> {
    page_routes().merge(api_routes())
}

fn page_routes() -> Routes<App> {
    Routes::new()
        .get("/guests", allow::<GuestsView>(), pages::list)
        .get("/guests/options", allow::<GuestsView>(), pages::options)
        .get("/guests/new", allow::<GuestsEdit>(), pages::new)
        .post("/guests/new", allow::<GuestsEdit>(), pages::create)
        .audit("guests.guest.add")
        .get("/guests/{id}", allow::<GuestsView>(), pages::show)
        .get("/guests/{id}/edit", allow::<GuestsEdit>(), pages::edit)
        .post("/guests/{id}/edit", allow::<GuestsEdit>(), pages::update)
        .audit("guests.guest.change")
        .get("/guests/{id}/merge", allow::<GuestsEdit>(), pages::ask_merge)
        .post("/guests/{id}/merge", allow::<GuestsEdit>(), pages::merge)
        .audit("guests.guest.merge")
        .post("/guests/{id}/separate", allow::<GuestsEdit>(), pages::separate)
        .audit("guests.guest.separate")
        .get("/stays/{id}/guests", allow::<GuestsEdit>(), pages::ask_companion)
        .post("/stays/{id}/guests", allow::<GuestsEdit>(), pages::add_companion)
        .audit("stays.stay.change")
        .post("/stays/{id}/guests/remove", allow::<GuestsEdit>(), pages::remove_companion)
        .audit("stays.stay.change")
}

fn api_routes() -> Routes<App> {
    Routes::new()
        .api_get(
            "/api/v1/guests",
            allow::<GuestsView>(),
            api::list,
            ApiDoc::new("List guests, by name").query::<api::ListQuery>().answer::<Page<api::GuestRowBody>>(200),
        )
        .api_post(
            "/api/v1/guests",
            allow::<GuestsEdit>(),
            api::create,
            ApiDoc::new("Add a guest").request::<api::GuestInput>().answer::<api::GuestBody>(201),
        )
        .audit("guests.guest.add")
        .api_get(
            "/api/v1/guests/{id}",
            allow::<GuestsView>(),
            api::get,
            ApiDoc::new("Read a guest with their stays").answer::<api::GuestDetailsBody>(200).status(409),
        )
        .api_patch(
            "/api/v1/guests/{id}",
            allow::<GuestsEdit>(),
            api::change,
            ApiDoc::new("Change some of a guest")
                .request::<api::GuestInput>()
                .answer::<api::GuestBody>(200)
                .status(409),
        )
        .audit("guests.guest.change")
        .api_post(
            "/api/v1/guests/{id}/merge",
            allow::<GuestsEdit>(),
            api::merge,
            ApiDoc::new("Merge another guest into this one, with their stays")
                .request::<api::MergeInput>()
                .answer::<api::GuestBody>(200)
                .status(409),
        )
        .audit("guests.guest.merge")
        .api_post(
            "/api/v1/guests/{id}/separate",
            allow::<GuestsEdit>(),
            api::separate,
            ApiDoc::new("Make a merged guest a person of their own again").answer::<api::GuestBody>(200),
        )
        .audit("guests.guest.separate")
        .api_get(
            "/api/v1/stays/{id}/guests",
            allow::<GuestsView>(),
            api::of_stay,
            ApiDoc::new("List the guests of a stay, who booked it first").answer::<Vec<api::StayGuestBody>>(200),
        )
        .api_post(
            "/api/v1/stays/{id}/guests",
            allow::<GuestsEdit>(),
            api::add_companion,
            ApiDoc::new("Add somebody who comes along").request::<api::CompanionInput>().answer::<api::GuestBody>(201),
        )
        .audit("stays.stay.change")
        .api_delete(
            "/api/v1/stays/{id}/guests/{guest_id}",
            allow::<GuestsEdit>(),
            api::remove_companion,
            ApiDoc::new("Take somebody who comes along out of a stay").status(204),
        )
        .audit("stays.stay.change")
}
