//! Exports: the calendars that we publish, one for each unit and channel.
//!
//! - An export tells which nights are taken, and nothing of whoever stays: each stay of the unit, of the units above it and of those below
//!   it has an event with an id that never changes. The channel's own stays at the unit are left out: it knows them.
//! - Its address holds 256 random bits. It is found by their keyed hash, and kept sealed, since a person must be able to copy it again.
//!   Another address ends the old one at once; an address that is unknown, replaced or removed answers the same as one that never was.
//! - Each fetch is noted: it tells people whether the channel reads the calendar, and the engine what the channel was told
//!   (`plan::leave_out_reflections`). What a person opens in a browser is noted too, and tells nothing of the channel.
//!
//! Permissions: `feeds.view`; `feeds.edit` to make, change and remove exports, and to see their addresses.

mod api;
pub(crate) mod calendar;
mod model;
mod pages;
mod service;
mod store;

use kernel::{
    Page,
    permissions::{FeedsEdit, FeedsView},
};
use webkit::{ApiDoc, CacheClass, LimitClass, PageQuery, Routes, allow, public};

use super::api::ListQuery;
use crate::App;

pub use model::{ExportFetch, ExportForm, ExportState, ExportView, NewExport};
pub(crate) use pages::ExportRow;
pub(super) use pages::rows_of;
pub use service::{Served, Visit, add, address, fetches, find, list, of_property, remove, rotate, serve};
pub(super) use service::{forget_fetches, told_to};

/// The routes of exports.
pub(super) fn routes() -> Routes<App> {
    page_routes().merge(api_routes())
}

fn page_routes() -> Routes<App> {
    Routes::new()
        .get("/calendars/{file}", public("its address holds a secret that a channel was given"), pages::serve)
        .limit(LimitClass::Feeds)
        .cache(CacheClass::Private)
        .get("/properties/{id}/exports/new", allow::<FeedsEdit>(), pages::new)
        .post("/properties/{id}/exports/new", allow::<FeedsEdit>(), pages::create)
        .audit("feeds.export.add")
        .get("/exports/{id}", allow::<FeedsView>(), pages::show)
        .get("/exports/{id}/rotate", allow::<FeedsEdit>(), pages::ask_rotate)
        .post("/exports/{id}/rotate", allow::<FeedsEdit>(), pages::rotate)
        .audit("feeds.export.rotate")
        .get("/exports/{id}/remove", allow::<FeedsEdit>(), pages::ask_remove)
        .post("/exports/{id}/remove", allow::<FeedsEdit>(), pages::remove)
        .audit("feeds.export.remove")
}

fn api_routes() -> Routes<App> {
    Routes::new()
        .api_get(
            "/api/v1/exports",
            allow::<FeedsView>(),
            api::list,
            ApiDoc::new("List the calendars that are published for channels, by property")
                .query::<ListQuery>()
                .answer::<Page<api::ExportBody>>(200),
        )
        .api_post(
            "/api/v1/exports",
            allow::<FeedsEdit>(),
            api::create,
            ApiDoc::new("Publish a calendar of a unit for a channel")
                .request::<api::ExportInput>()
                .answer::<api::ExportBody>(201),
        )
        .audit("feeds.export.add")
        .api_get(
            "/api/v1/exports/{id}",
            allow::<FeedsView>(),
            api::get,
            ApiDoc::new("Read how a published calendar is doing").answer::<api::ExportBody>(200),
        )
        .api_delete(
            "/api/v1/exports/{id}",
            allow::<FeedsEdit>(),
            api::remove,
            ApiDoc::new("Stop publishing a calendar; its address answers 404 from then on").status(204),
        )
        .audit("feeds.export.remove")
        .api_get(
            "/api/v1/exports/{id}/address",
            allow::<FeedsEdit>(),
            api::address,
            ApiDoc::new("Read the address to give to the channel").answer::<api::AddressBody>(200),
        )
        .api_post(
            "/api/v1/exports/{id}/rotate",
            allow::<FeedsEdit>(),
            api::rotate,
            ApiDoc::new("Give a published calendar another address; the old one stops at once")
                .answer::<api::ExportBody>(200),
        )
        .audit("feeds.export.rotate")
        .api_get(
            "/api/v1/exports/{id}/fetches",
            allow::<FeedsView>(),
            api::fetches,
            ApiDoc::new("List who fetched a published calendar, the last first")
                .query::<PageQuery>()
                .answer::<Page<api::FetchBody>>(200),
        )
}

#[cfg(test)]
mod tests;
