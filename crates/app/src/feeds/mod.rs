//! Feeds: calendars that channels publish for a unit, read into stays.
//!
//! - What an answer means is decided by the pure engine (`ical`, `events`, `plan`); `service::sync` asks for it, and writes what follows in
//!   one transaction with the stays, their turnovers, the lines that say why, and the mails.
//! - Nothing that goes wrong outside changes a stay: no answer, an incomplete one and a suspicious one are only noted.
//! - A feed is fetched by one worker at a time. An answer to an address that was replaced meanwhile is discarded.
//! - The address is a secret: stored sealed, shown only to who may change feeds; its host is not.
//! - The kept answers and their lines are few (`feeds.kept_bodies`), and the last complete one is always among them: a site that says
//!   "not modified" has it planned again.
//!
//! Permissions: `feeds.view`; `feeds.edit` to add, change, remove, sync and decide, and to see addresses and answers.

mod api;
mod classify;
mod decision;
mod events;
pub mod exports;
pub mod ical;
mod input;
mod jobs;
mod model;
mod pages;
mod plan;
mod record;
mod recurrence;
mod service;
mod store;

use kernel::{
    Page,
    permissions::{FeedsEdit, FeedsView},
};
use webkit::{ApiDoc, PageQuery, Routes, allow};

use crate::App;

pub use decision::{Decision, Outcome, Reason};
pub use input::{ChangeFeed, FeedForm, FeedSettings, NewFeed, channel_of, channel_of_author};
pub use jobs::handle_jobs;
pub use model::{
    Change, Class, Decided, EndMeaning, FeedChannel, FeedFacts, Kind, Known, KnownState, LONGEST_UNSURE_STAY, Seen,
};
pub(crate) use pages::{AboutStay, about_stay};
pub use pages::{CalendarsSection, calendars_of};
pub use plan::{Action, Step, Suspicion, SyncPlan, Told, leave_out_reflections, plan};
pub use record::{
    Counts, FeedState, FeedView, FutureStays, Held, Lines, StayDecision, SyncCause, SyncOutcome, SyncView,
};
pub(crate) use recurrence::{Refused as RuleError, dates_of_rule};
pub(crate) use service::instance_id;
pub use service::{
    FeedError, add, address, apply_again, body, change, confirm, decisions_about, find, find_sync, ignore, list,
    list_syncs, of_property, remove, replay, stale, stale_after, suspicious, sync_now,
};

/// The routes of feeds, their syncs and what these decided.
pub fn routes() -> Routes<App> {
    page_routes().merge(api_routes()).merge(exports::routes())
}

fn page_routes() -> Routes<App> {
    Routes::new()
        .get("/properties/{id}/feeds/new", allow::<FeedsEdit>(), pages::new)
        .post("/properties/{id}/feeds/new", allow::<FeedsEdit>(), pages::create)
        .audit("feeds.feed.add")
        .get("/feeds/{id}", allow::<FeedsView>(), pages::show)
        .get("/feeds/{id}/edit", allow::<FeedsEdit>(), pages::edit)
        .post("/feeds/{id}/edit", allow::<FeedsEdit>(), pages::update)
        .audit("feeds.feed.change")
        .get("/feeds/{id}/remove", allow::<FeedsEdit>(), pages::ask_remove)
        .post("/feeds/{id}/remove", allow::<FeedsEdit>(), pages::remove)
        .audit("feeds.feed.remove")
        .post("/feeds/{id}/sync", allow::<FeedsEdit>(), pages::sync)
        .audit("feeds.feed.sync")
        .post("/feeds/{id}/confirm", allow::<FeedsEdit>(), pages::confirm)
        .audit("feeds.answer.confirm")
        .post("/feeds/{id}/ignore", allow::<FeedsEdit>(), pages::ignore)
        .audit("feeds.answer.ignore")
        .get("/feeds/{id}/syncs/{sync_id}", allow::<FeedsView>(), pages::show_sync)
        .get("/feeds/{id}/syncs/{sync_id}/answer", allow::<FeedsEdit>(), pages::answer)
        .get("/feeds/{id}/syncs/{sync_id}/replay", allow::<FeedsView>(), pages::replay)
        .post("/feeds/{id}/syncs/{sync_id}/replay", allow::<FeedsEdit>(), pages::apply_again)
        .audit("feeds.answer.apply")
}

fn api_routes() -> Routes<App> {
    api_of_feeds()
        .api_post(
            "/api/v1/feeds/{id}/confirm",
            allow::<FeedsEdit>(),
            api::confirm,
            ApiDoc::new("Say that a suspicious answer is right: what it leaves out is cancelled")
                .request::<api::HeldInput>()
                .answer::<api::FeedBody>(200)
                .status(409),
        )
        .audit("feeds.answer.confirm")
        .api_post(
            "/api/v1/feeds/{id}/ignore",
            allow::<FeedsEdit>(),
            api::ignore,
            ApiDoc::new("Say that a suspicious answer is wrong: it changes nothing for as long as it says the same")
                .request::<api::HeldInput>()
                .answer::<api::FeedBody>(200)
                .status(409),
        )
        .audit("feeds.answer.ignore")
        .api_get(
            "/api/v1/feeds/{id}/syncs",
            allow::<FeedsView>(),
            api::syncs,
            ApiDoc::new("List a feed's kept syncs, the last first")
                .query::<PageQuery>()
                .answer::<Page<api::SyncBody>>(200),
        )
        .api_get(
            "/api/v1/feeds/{id}/syncs/{sync_id}",
            allow::<FeedsView>(),
            api::get_sync,
            ApiDoc::new("Read a sync with each decision and its reason").answer::<api::SyncDetailsBody>(200),
        )
        .api_get(
            "/api/v1/feeds/{id}/syncs/{sync_id}/replay",
            allow::<FeedsView>(),
            api::replay,
            ApiDoc::new("Read what a kept answer would decide now; nothing is written")
                .answer::<api::DecisionsBody>(200),
        )
        .api_post(
            "/api/v1/feeds/{id}/syncs/{sync_id}/replay",
            allow::<FeedsEdit>(),
            api::apply_again,
            ApiDoc::new("Apply the last complete answer again; it takes nothing away")
                .answer::<api::FeedBody>(200)
                .status(409),
        )
        .audit("feeds.answer.apply")
}

fn api_of_feeds() -> Routes<App> {
    Routes::new()
        .api_get(
            "/api/v1/feeds",
            allow::<FeedsView>(),
            api::list,
            ApiDoc::new("List feeds, by property").query::<api::ListQuery>().answer::<Page<api::FeedBody>>(200),
        )
        .api_post(
            "/api/v1/feeds",
            allow::<FeedsEdit>(),
            api::create,
            ApiDoc::new("Add a feed to a unit; it is fetched at once")
                .request::<api::FeedInput>()
                .answer::<api::FeedBody>(201),
        )
        .audit("feeds.feed.add")
        .api_get(
            "/api/v1/feeds/{id}",
            allow::<FeedsView>(),
            api::get,
            ApiDoc::new("Read a feed").answer::<api::FeedBody>(200),
        )
        .api_patch(
            "/api/v1/feeds/{id}",
            allow::<FeedsEdit>(),
            api::change,
            ApiDoc::new("Change some of a feed; with another address it keeps its stays")
                .request::<api::FeedInput>()
                .answer::<api::FeedBody>(200),
        )
        .audit("feeds.feed.change")
        .api_delete(
            "/api/v1/feeds/{id}",
            allow::<FeedsEdit>(),
            api::remove,
            ApiDoc::new("Remove a feed; its future stays are kept or cancelled")
                .query::<api::RemoveQuery>()
                .status(204),
        )
        .audit("feeds.feed.remove")
        .api_get(
            "/api/v1/feeds/{id}/address",
            allow::<FeedsEdit>(),
            api::address,
            ApiDoc::new("Read a feed's address").answer::<api::AddressBody>(200),
        )
        .api_post(
            "/api/v1/feeds/{id}/sync",
            allow::<FeedsEdit>(),
            api::sync,
            ApiDoc::new("Have a feed fetched now").answer::<api::FeedBody>(202).status(409),
        )
        .audit("feeds.feed.sync")
        .api_get(
            "/api/v1/stays/{id}/feed-decisions",
            allow::<FeedsView>(),
            api::about_stay,
            ApiDoc::new("List what the kept syncs of its calendar decided about a stay, the last first").answer::<Vec<
                api::StayDecisionBody,
            >>(
                200
            ),
        )
}

#[cfg(test)]
mod tests;
