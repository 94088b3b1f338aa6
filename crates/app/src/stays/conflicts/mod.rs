//! Nights that were sold twice, and the ways out. A conflict is derived: a live stay that waits for nights of another. It is gone as soon
//! as nobody waits, whoever brought that about, so nothing here marks one as solved.
//!
//! Each way out is one transaction. What would follow from it is found out by doing it in a transaction that is dropped, so that the
//! preview and the deed cannot differ.

mod api;
mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::{
    Page,
    permissions::{StaysCancel, StaysEdit, StaysView},
};
use webkit::{ApiDoc, PageQuery, Routes, allow};

use crate::App;

/// The routes of conflicts.
pub(super) fn routes() -> Routes<App> {
    page_routes().merge(api_routes())
}

fn page_routes() -> Routes<App> {
    Routes::new()
        .get("/conflicts", allow::<StaysView>(), pages::list)
        .get("/conflicts/{id}", allow::<StaysView>(), pages::show)
        .get("/conflicts/{id}/move", allow::<StaysEdit>(), pages::places)
        .post("/conflicts/{id}/move", allow::<StaysEdit>(), pages::relocate)
        .audit("stays.stay.change")
        .get("/conflicts/{id}/cancel", allow::<StaysCancel>(), pages::ask_cancel)
        .post("/conflicts/{id}/cancel", allow::<StaysCancel>(), pages::cancel)
        .audit("stays.stay.cancel")
        .get("/conflicts/{id}/dismiss", allow::<StaysEdit>(), pages::ask_dismiss)
        .post("/conflicts/{id}/dismiss", allow::<StaysEdit>(), pages::dismiss)
        .audit("stays.stay.review")
        .post("/conflicts/{id}/asked", allow::<StaysEdit>(), pages::asked)
        .audit("stays.stay.ask")
}

fn api_routes() -> Routes<App> {
    Routes::new()
        .api_get(
            "/api/v1/conflicts",
            allow::<StaysView>(),
            api::list,
            ApiDoc::new("List stays that wait for nights of another, by arrival").query::<PageQuery>().answer::<Page<
                api::ConflictBody,
            >>(
                200
            ),
        )
        .api_get(
            "/api/v1/conflicts/{id}",
            allow::<StaysView>(),
            api::get,
            ApiDoc::new("Read a conflict by the id of the stay that waits").answer::<api::ConflictBody>(200),
        )
        .api_get(
            "/api/v1/conflicts/{id}/places",
            allow::<StaysEdit>(),
            api::places,
            ApiDoc::new("List the places that are free and large enough for a stay of a conflict, the nearest first")
                .query::<api::PlacesQuery>()
                .answer::<Vec<api::PlaceBody>>(200),
        )
        .api_post(
            "/api/v1/conflicts/{id}/move",
            allow::<StaysEdit>(),
            api::relocate,
            ApiDoc::new("Move a stay of a conflict to a free place, or see what would follow")
                .request::<api::MoveInput>()
                .answer::<api::OutcomeBody>(200)
                .status(409),
        )
        .audit("stays.stay.change")
        .api_post(
            "/api/v1/conflicts/{id}/cancel",
            allow::<StaysCancel>(),
            api::cancel,
            ApiDoc::new("Cancel a stay of a conflict, or see what would follow")
                .request::<api::ChoiceInput>()
                .answer::<api::OutcomeBody>(200)
                .status(409),
        )
        .audit("stays.stay.cancel")
        .api_post(
            "/api/v1/conflicts/{id}/dismiss",
            allow::<StaysEdit>(),
            api::dismiss,
            ApiDoc::new("Say that an imported stay of a conflict is not a second sale, or see what would follow")
                .request::<api::ChoiceInput>()
                .answer::<api::OutcomeBody>(200)
                .status(409),
        )
        .audit("stays.stay.review")
        .api_post(
            "/api/v1/conflicts/{id}/asks",
            allow::<StaysEdit>(),
            api::ask,
            ApiDoc::new("Note that the channel of a stay was asked for help").request::<api::AskInput>().status(204),
        )
        .audit("stays.stay.ask")
}
