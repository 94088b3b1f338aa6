//! One action on many stays. What would be done, and with which stays it is not possible and why, is shown before. Each stay is a step of
//! its own, as if it were taken by hand: what cannot be done with one keeps none of the others.

mod api;
mod model;
mod pages;
mod service;
#[cfg(test)]
mod tests;

use kernel::permissions::{StaysCancel, StaysEdit, StaysView};
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub(super) use model::BulkAction;

/// The routes of actions on many stays.
pub(super) fn routes() -> Routes<App> {
    Routes::new()
        .get("/stays/bulk", allow::<StaysEdit>(), pages::preview)
        .post("/stays/bulk", allow::<StaysEdit>(), pages::apply)
        .audit("stays.stay.change")
        .post("/stays/bulk/cancel", allow::<StaysCancel>(), pages::cancel)
        .audit("stays.stay.cancel")
        .get("/stays/selection.csv", allow::<StaysView>(), pages::file)
        .api_post(
            "/api/v1/stays/bulk",
            allow::<StaysEdit>(),
            api::apply,
            ApiDoc::new("Check many stays in or out, review them or bring them back, or see what would be done")
                .request::<api::BulkInput>()
                .answer::<api::BulkBody>(200),
        )
        .audit("stays.stay.change")
        .api_post(
            "/api/v1/stays/bulk/cancel",
            allow::<StaysCancel>(),
            api::cancel,
            ApiDoc::new("Cancel many stays, or see what would be done")
                .request::<api::CancelInput>()
                .answer::<api::BulkBody>(200),
        )
        .audit("stays.stay.cancel")
}
