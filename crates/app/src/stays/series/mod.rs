//! Blocks that repeat: every Monday, the first week of each month. A series is a rule and the blocks that were made of it, each a stay
//! like any other, which claims its nights. Which blocks can be made is shown before; afterwards the rule makes no more of them, so
//! that nothing is blocked that nobody looked at.

mod api;
mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::permissions::{StaysCancel, StaysCreate, StaysEdit, StaysView};
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub(super) use service::of_stay;

/// The routes of series.
pub(super) fn routes() -> Routes<App> {
    Routes::new()
        .get("/block-series/new", allow::<StaysCreate>(), pages::new)
        .get("/block-series/preview", allow::<StaysCreate>(), pages::preview)
        .post("/block-series", allow::<StaysCreate>(), pages::create)
        .audit("stays.series.add")
        .get("/block-series/{id}", allow::<StaysView>(), pages::show)
        .get("/block-series/{id}/edit", allow::<StaysEdit>(), pages::edit)
        .post("/block-series/{id}/edit", allow::<StaysEdit>(), pages::update)
        .audit("stays.series.change")
        .get("/block-series/{id}/remove", allow::<StaysCancel>(), pages::ask_remove)
        .post("/block-series/{id}/remove", allow::<StaysCancel>(), pages::remove)
        .audit("stays.series.remove")
        .api_post(
            "/api/v1/block-series",
            allow::<StaysCreate>(),
            api::create,
            ApiDoc::new("Block nights again and again, or see which could be blocked")
                .request::<api::SeriesInput>()
                .answer::<api::MadeBody>(200)
                .status(409),
        )
        .audit("stays.series.add")
        .api_get(
            "/api/v1/block-series/{id}",
            allow::<StaysView>(),
            api::get,
            ApiDoc::new("Read a series of blocks").answer::<api::SeriesBody>(200),
        )
        .api_patch(
            "/api/v1/block-series/{id}",
            allow::<StaysEdit>(),
            api::change,
            ApiDoc::new("Change the blocks of a series that are still to come")
                .request::<api::ChangeInput>()
                .answer::<api::SeriesBody>(200)
                .status(409),
        )
        .audit("stays.series.change")
        .api_post(
            "/api/v1/block-series/{id}/remove",
            allow::<StaysCancel>(),
            api::remove,
            ApiDoc::new("Remove the blocks of a series that are still to come")
                .request::<api::RemoveInput>()
                .answer::<api::SeriesBody>(200),
        )
        .audit("stays.series.remove")
}
