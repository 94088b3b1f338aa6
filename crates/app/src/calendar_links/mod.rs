//! A member's own calendar, for the calendar program on their telephone: the stays that they may see, or for staff their turnovers.
//!
//! - Its address holds 256 random bits, found by their keyed hash and kept sealed, since a person must be able to copy it again. Another
//!   address, or none, ends the old one at once.
//! - It shows what the member may see now: nothing once they are disabled or no longer a member, and other properties when these change.
//! - It tells no more of guests than a first name, and that to managers only.

mod api;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use webkit::{Access, ApiDoc, CacheClass, LimitClass, Routes, public};

use crate::App;

pub use service::{CalendarLink, end_in, find, make, remove, serve};

/// The routes of calendar links.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get("/profile/calendar", Access::SignedIn, pages::show)
        .post("/profile/calendar", Access::SignedIn, pages::make)
        .audit("calendar_links.link.make")
        .get("/profile/calendar/replace", Access::SignedIn, pages::ask_replace)
        .get("/profile/calendar/remove", Access::SignedIn, pages::ask_remove)
        .post("/profile/calendar/remove", Access::SignedIn, pages::remove)
        .audit("calendar_links.link.remove")
        .api_get(
            "/api/v1/calendar-link",
            Access::SignedIn,
            api::get,
            ApiDoc::new("Read the address of one's own calendar").answer::<api::LinkBody>(200),
        )
        .api_post(
            "/api/v1/calendar-link",
            Access::SignedIn,
            api::make,
            ApiDoc::new("Make an address for one's own calendar; an earlier one stops").answer::<api::LinkBody>(201),
        )
        .audit("calendar_links.link.make")
        .api_delete(
            "/api/v1/calendar-link",
            Access::SignedIn,
            api::remove,
            ApiDoc::new("End the address of one's own calendar").status(204),
        )
        .audit("calendar_links.link.remove")
        .get(
            "/calendars/mine/{file}",
            public("its address holds a secret of the member whose calendar it is"),
            pages::serve,
        )
        .limit(LimitClass::Feeds)
        .cache(CacheClass::Private)
}
