//! Availability: whether a unit is free for some nights, and if not, why.
//!
//! One function decides ([`Facts::check`], without I/O): the stays in the way, the notice, the booking window, days on which nobody arrives or
//! leaves, the shortest and the longest stay, nights that stay free for preparing, gaps, and cleaning between two stays on one day. Nothing of it
//! is stored as an event; quotes, search, bookings and calendars of days all ask it. Bookings by hand may break rules when that is said to be meant,
//! never take nights of another stay. Blocks and imported stays follow no rules.
//!
//! Rules are said on four levels; more decisive ones first: dates, seasons, one property, all properties. Where nothing is said nothing is
//! restricted. Five groups of rules are decided on their own, and each is taken whole from the first level that says it: one that leaves
//! the longest stay open has none, whatever a level below says. Among seasons on one date the greater priority wins, then the shorter,
//! then the property's own, then the one made last; among dates the same without a priority. Which date asks:
//!
//! | Group | Asked for | Settled here |
//! |---|---|---|
//! | `length` | the day of arrival; with "stay through" every night that says so | in a gap between two stays that is shorter than the shortest stay, stays may be as short as the gap rule allows |
//! | `length` (gaps) | the first day on which the gap could be booked | a gap between two stays must be none, or long enough for the shortest stay there, after its own preparation; one that began before today is lost anyway |
//! | `days` | the days of arrival and departure themselves | |
//! | `notice` | the day of arrival | arrival on today + days; from the cut-off on, in the property's zone, today counts as over |
//! | `window` | the day of arrival | the last arrival is today + days; the departure may be later, or the last week could not be sold |
//! | `turnover` | the day on which the earlier of two stays leaves | nights are kept free once, not for each of the two; before and after blocks only when the owner stays |
//!
//! Permissions: `availability.view` for managers and owners; `availability.edit` for managers alone: owners look at the calendar of what is theirs, and
//! whoever books for them decides how it is let.

mod api;
mod input;
mod model;
mod pages;
mod rules;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::permissions::{AvailabilityEdit, AvailabilityView};
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub use input::{NewRule, RuleForm};
pub use model::{Day, DayState, Facts, Reason};
pub(crate) use pages::words::{as_errors, words};
pub use rules::{
    Contradiction, Days, Length, Level, Notice, Rule, RuleSet, Rules, Span, Tight, Turnover, Weekday, Weekdays, Window,
};
pub(crate) use service::broken_by;
pub use service::{AvailabilityError, add, change, facts, find, free_units, reasons, remove, rules, say};

/// The routes of availability.
pub fn routes() -> Routes<App> {
    page_routes().merge(api_routes())
}

fn page_routes() -> Routes<App> {
    use pages::forms;
    Routes::new()
        .get("/availability", allow::<AvailabilityView>(), pages::shared)
        .get("/properties/{id}/availability", allow::<AvailabilityView>(), pages::of_property)
        .get("/availability/edit", allow::<AvailabilityEdit>(), forms::edit_shared)
        .post("/availability/edit", allow::<AvailabilityEdit>(), forms::say_shared)
        .audit("availability.rule.change")
        .get("/properties/{id}/availability/edit", allow::<AvailabilityEdit>(), forms::edit_property)
        .post("/properties/{id}/availability/edit", allow::<AvailabilityEdit>(), forms::say_property)
        .audit("availability.rule.change")
        .get("/availability/new", allow::<AvailabilityEdit>(), forms::new)
        .post("/availability/new", allow::<AvailabilityEdit>(), forms::create)
        .audit("availability.rule.add")
        .get("/availability/{id}/edit", allow::<AvailabilityEdit>(), forms::edit)
        .post("/availability/{id}/edit", allow::<AvailabilityEdit>(), forms::update)
        .audit("availability.rule.change")
        .get("/availability/{id}/remove", allow::<AvailabilityEdit>(), forms::ask_remove)
        .post("/availability/{id}/remove", allow::<AvailabilityEdit>(), forms::remove)
        .audit("availability.rule.remove")
}

fn api_routes() -> Routes<App> {
    Routes::new()
        .api_get(
            "/api/v1/units/{id}/availability",
            allow::<AvailabilityView>(),
            api::answer,
            ApiDoc::new("Read whether a unit is free for some nights, and if not why")
                .query::<api::NightsQuery>()
                .answer::<api::AnswerBody>(200),
        )
        .api_get(
            "/api/v1/units/{id}/days",
            allow::<AvailabilityView>(),
            api::days,
            ApiDoc::new("Read what each day of a unit is like for whoever would like to arrive on it")
                .query::<api::DaysQuery>()
                .answer::<Vec<api::DayBody>>(200),
        )
        .api_get(
            "/api/v1/availability",
            allow::<AvailabilityView>(),
            api::list,
            ApiDoc::new("List the rules of all properties that are not over, and with a property its own; the most decisive first")
                .query::<api::ListQuery>()
                .answer::<Vec<api::RuleBody>>(200),
        )
        .api_post(
            "/api/v1/availability",
            allow::<AvailabilityEdit>(),
            api::create,
            ApiDoc::new("Add a rule").request::<api::RuleInput>().answer::<api::RuleBody>(201),
        )
        .audit("availability.rule.add")
        .api_get(
            "/api/v1/availability/{id}",
            allow::<AvailabilityView>(),
            api::get,
            ApiDoc::new("Read a rule").answer::<api::RuleBody>(200),
        )
        .api_put(
            "/api/v1/availability/{id}",
            allow::<AvailabilityEdit>(),
            api::change,
            ApiDoc::new("Write a rule anew; it stays on its level").request::<api::RuleInput>().answer::<api::RuleBody>(200),
        )
        .audit("availability.rule.change")
        .api_delete(
            "/api/v1/availability/{id}",
            allow::<AvailabilityEdit>(),
            api::remove,
            ApiDoc::new("Take a rule away").status(204),
        )
        .audit("availability.rule.remove")
}
