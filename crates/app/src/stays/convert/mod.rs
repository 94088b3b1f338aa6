//! A block becomes a reservation, and a reservation a block. The nights stay claimed by the same stay throughout, so nobody can take them
//! in between. What a person decided of an imported stay is never undone by a sync.

mod api;
mod pages;
mod service;
#[cfg(test)]
mod tests;

use kernel::permissions::StaysEdit;
use webkit::{ApiDoc, Routes, allow};

use crate::{
    App,
    stays::api::{StayBody, StayInput},
};

/// The routes of turning stays into the other kind.
pub(super) fn routes() -> Routes<App> {
    Routes::new()
        .get("/stays/{id}/convert", allow::<StaysEdit>(), pages::ask)
        .post("/stays/{id}/convert", allow::<StaysEdit>(), pages::convert)
        .audit("stays.stay.convert")
        .api_post(
            "/api/v1/stays/{id}/convert",
            allow::<StaysEdit>(),
            api::convert,
            ApiDoc::new("Turn a block into a reservation, or a reservation into a block; place and nights stay")
                .request::<StayInput>()
                .answer::<StayBody>(200)
                .status(409),
        )
        .audit("stays.stay.convert")
}
