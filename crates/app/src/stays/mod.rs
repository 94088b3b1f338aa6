//! Stays: the one entity for time at a unit, by hand and imported, reservations and blocks.
//!
//! Invariants, each kept by every use case here:
//! - A unit's night belongs to at most one stay: the primary key of `unit_night` decides.
//! - A live stay wants each of its nights at its unit and at every unit below it; what it wants is what it claims and what it waits for.
//!   Only imported stays ever wait.
//! - Nobody waits for a night that is free: what is released goes to the oldest that waits, in the same transaction.
//! - `stay_night` has one row for each night of a stay, whatever became of it, and its prices sum to the stay's amount.
//!
//! Permissions: `stays.view`, `stays.create`, `stays.edit`, `stays.cancel`; `guests.contact` and `money.view` say what is shown.

mod api;
mod bulk;
mod conflicts;
mod convert;
mod import;
mod input;
mod model;
mod moves;
mod pages;
mod published;
mod series;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::{
    Page,
    permissions::{StaysCancel, StaysCreate, StaysEdit, StaysView},
};
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub use import::{Applied, ImportChange, ImportCreate, ImportOutcome, ImportUpdate, apply as apply_import};
pub use input::{ChangeStay, FilterForm, NewStay, StayForm};
pub use model::{
    BlockKind, Channel, Decided, Decision, Guest, GuestCounts, Holds, InTheWay, Stay, StayDetails, StayFilter,
    StayKind, StayStatus, StayTab, WindowStay,
};
pub use moves::{Join, MovePreview, MoveTo, Split, SplitPreview, join, move_to, preview, preview_split, split};
pub use published::{Occupant, TakenNights, occupants, taken};
pub use service::{
    StayError, book, cancel, change, check_in, check_out, claim_for_new_unit, counts, currency, decide_review, details,
    find, list, mark_no_show, reinstate, window,
};

/// The routes of stays.
pub fn routes() -> Routes<App> {
    page_routes()
        .merge(api_routes())
        .merge(bulk::routes())
        .merge(conflicts::routes())
        .merge(convert::routes())
        .merge(series::routes())
}

fn page_routes() -> Routes<App> {
    use pages::{forms, moves, steps};
    Routes::new()
        .get("/stays", allow::<StaysView>(), pages::lists::list)
        .get("/stays.csv", allow::<StaysView>(), pages::lists::file)
        .get("/stays/new", allow::<StaysCreate>(), forms::new)
        .post("/stays/new", allow::<StaysCreate>(), forms::create)
        .audit("stays.stay.book")
        .get("/stays/{id}", allow::<StaysView>(), pages::show)
        .get("/stays/{id}/edit", allow::<StaysEdit>(), forms::edit)
        .post("/stays/{id}/edit", allow::<StaysEdit>(), forms::update)
        .audit("stays.stay.change")
        .get("/stays/{id}/move", allow::<StaysEdit>(), moves::ask_move)
        .post("/stays/{id}/move", allow::<StaysEdit>(), moves::do_move)
        .audit("stays.stay.change")
        .get("/stays/{id}/split", allow::<StaysEdit>(), moves::ask_split)
        .post("/stays/{id}/split", allow::<StaysEdit>(), moves::do_split)
        .audit("stays.stay.split")
        .get("/stays/{id}/join", allow::<StaysEdit>(), moves::ask_join)
        .post("/stays/{id}/join", allow::<StaysEdit>(), moves::do_join)
        .audit("stays.stay.join")
        .get("/stays/{id}/cancel", allow::<StaysCancel>(), steps::ask_cancel)
        .post("/stays/{id}/cancel", allow::<StaysCancel>(), steps::cancel)
        .audit("stays.stay.cancel")
        .post("/stays/{id}/check-in", allow::<StaysEdit>(), steps::check_in)
        .audit("stays.stay.check_in")
        .get("/stays/{id}/check-out", allow::<StaysEdit>(), steps::ask_check_out)
        .post("/stays/{id}/check-out", allow::<StaysEdit>(), steps::check_out)
        .audit("stays.stay.check_out")
        .get("/stays/{id}/no-show", allow::<StaysEdit>(), steps::ask_no_show)
        .post("/stays/{id}/no-show", allow::<StaysEdit>(), steps::no_show)
        .audit("stays.stay.no_show")
        .post("/stays/{id}/reinstate", allow::<StaysEdit>(), steps::reinstate)
        .audit("stays.stay.reinstate")
        .post("/stays/{id}/review", allow::<StaysEdit>(), steps::review)
        .audit("stays.stay.review")
}

fn api_routes() -> Routes<App> {
    let step = |summary| ApiDoc::new(summary).request::<api::StepInput>().answer::<api::StayBody>(200).status(409);
    Routes::new()
        .api_get(
            "/api/v1/stays",
            allow::<StaysView>(),
            api::list,
            ApiDoc::new("List stays, by arrival").query::<api::ListQuery>().answer::<Page<api::StayBody>>(200),
        )
        .api_post(
            "/api/v1/stays",
            allow::<StaysCreate>(),
            api::create,
            ApiDoc::new("Book or block nights").request::<api::StayInput>().answer::<api::StayBody>(201).status(409),
        )
        .audit("stays.stay.book")
        .api_get(
            "/api/v1/stays/{id}",
            allow::<StaysView>(),
            api::get,
            ApiDoc::new("Read a stay with its nights and conflicts").answer::<api::StayDetailsBody>(200),
        )
        .api_patch(
            "/api/v1/stays/{id}",
            allow::<StaysEdit>(),
            api::change,
            ApiDoc::new("Change some of a stay").request::<api::StayInput>().answer::<api::StayBody>(200).status(409),
        )
        .audit("stays.stay.change")
        .api_get(
            "/api/v1/stays/{id}/move",
            allow::<StaysEdit>(),
            api::preview_move,
            ApiDoc::new("What moving a stay would do")
                .query::<api::PlaceQuery>()
                .answer::<api::MovePreviewBody>(200)
                .status(409),
        )
        .api_post(
            "/api/v1/stays/{id}/move",
            allow::<StaysEdit>(),
            api::do_move,
            ApiDoc::new("Move a stay to other nights or another unit")
                .request::<api::MoveInput>()
                .answer::<api::StayBody>(200)
                .status(409),
        )
        .audit("stays.stay.change")
        .api_post(
            "/api/v1/stays/{id}/split",
            allow::<StaysEdit>(),
            api::do_split,
            ApiDoc::new("Make two stays of one").request::<api::SplitInput>().answer::<api::SplitBody>(200).status(409),
        )
        .audit("stays.stay.split")
        .api_post(
            "/api/v1/stays/{id}/join",
            allow::<StaysEdit>(),
            api::do_join,
            ApiDoc::new("Take a split back").request::<api::JoinInput>().answer::<api::StayBody>(200).status(409),
        )
        .audit("stays.stay.join")
        .api_post("/api/v1/stays/{id}/cancel", allow::<StaysCancel>(), api::cancel, step("Call a stay off"))
        .audit("stays.stay.cancel")
        .api_post(
            "/api/v1/stays/{id}/check-in",
            allow::<StaysEdit>(),
            api::check_in,
            step("Note that the guests have come"),
        )
        .audit("stays.stay.check_in")
        .api_post(
            "/api/v1/stays/{id}/check-out",
            allow::<StaysEdit>(),
            api::check_out,
            step("Note that the guests have left"),
        )
        .audit("stays.stay.check_out")
        .api_post(
            "/api/v1/stays/{id}/no-show",
            allow::<StaysEdit>(),
            api::no_show,
            ApiDoc::new("Note that nobody came").request::<api::NoShowInput>().answer::<api::StayBody>(200).status(409),
        )
        .audit("stays.stay.no_show")
        .api_post(
            "/api/v1/stays/{id}/reinstate",
            allow::<StaysEdit>(),
            api::reinstate,
            step("Bring an ended stay back"),
        )
        .audit("stays.stay.reinstate")
        .api_post(
            "/api/v1/stays/{id}/review",
            allow::<StaysEdit>(),
            api::review,
            ApiDoc::new("Say what an imported event is")
                .request::<api::ReviewInput>()
                .answer::<api::StayBody>(200)
                .status(409),
        )
        .audit("stays.stay.review")
}
