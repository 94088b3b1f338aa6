//! What moves a stay on: checking in and out, no-show, cancelling, bringing back, answering a review.

use askama::Template;
use axum::{extract::State, response::Response};
use kernel::{
    Fault, Grant, Permission, StayId,
    permissions::{StaysCancel, StaysEdit},
};
use serde::Deserialize;
use webkit::{Allowed, Csrf, Flash, Path, Web, WebError};

use super::who_of;
use crate::{
    App,
    stays::{Decision, Stay, StayError, service},
    ui::{Page, html},
};

/// A question before something that cannot simply be undone: the page behind a dialog, where there is no script.
#[derive(Template)]
#[template(path = "stays/templates/ask.html")]
struct AskPage {
    page: Page,
    stay: Stay,
    who: String,
    /// `cancel`, `check-out` or `no-show`: the end of the address.
    step: &'static str,
}

/// What every button of a stay sends.
#[derive(Debug, Deserialize)]
pub(in crate::stays) struct StepForm {
    version: i64,
    #[serde(default)]
    free_first_night: String,
    #[serde(default)]
    decision: Option<Decision>,
}

async fn ask<P: Permission>(
    app: &App,
    web: &Web,
    grant: &Grant<P>,
    id: StayId,
    step: &'static str,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let stay = service::find(&mut read, grant, id).await?;
    let page = Page::of(web);
    html(&AskPage { who: who_of(&page, &stay), page, stay, step })
}

/// Why a step was not taken, for the next page; what is nobody's doing is passed on.
pub(in crate::stays) fn refusal(page: &Page, error: StayError) -> Result<Flash, WebError> {
    Ok(match error {
        StayError::Taken(taken) => Flash::error("stays-flash-taken")
            .with("date", page.date(taken.first_night))
            .with("who", super::who(page, taken.kind, None, taken.guest_name.as_deref(), taken.channel)),
        StayError::Stale => Flash::error("stays-flash-stale"),
        StayError::NotNow(status) => {
            Flash::error("stays-flash-not-now").with("status", page.t_of("stay-status", status.as_str()))
        }
        error => return Err(error.into()),
    })
}

/// Back to the stay, with what was done or why it was not.
pub(super) fn answer(
    web: &Web,
    id: StayId,
    done: &'static str,
    result: Result<Stay, StayError>,
) -> Result<Response, WebError> {
    match result {
        Ok(_) => web.flash(&Flash::success(done)),
        Err(error) => web.flash(&refusal(&Page::of(web), error)?),
    }
    Ok(web.redirect(&format!("/stays/{id}")))
}

pub(in crate::stays) async fn ask_cancel(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysCancel>,
    Path(id): Path<StayId>,
) -> Result<Response, WebError> {
    ask(&app, &web, &grant, id, "cancel").await
}

pub(in crate::stays) async fn cancel(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysCancel>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<StepForm>,
) -> Result<Response, WebError> {
    let result = service::cancel(&app, &grant, id, Some(form.version)).await;
    answer(&web, id, "stays-flash-cancelled", result)
}

pub(in crate::stays) async fn check_in(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<StepForm>,
) -> Result<Response, WebError> {
    let result = service::check_in(&app, &grant, id, Some(form.version)).await;
    answer(&web, id, "stays-flash-checked-in", result)
}

pub(in crate::stays) async fn ask_check_out(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
) -> Result<Response, WebError> {
    ask(&app, &web, &grant, id, "check-out").await
}

pub(in crate::stays) async fn check_out(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<StepForm>,
) -> Result<Response, WebError> {
    let result = service::check_out(&app, &grant, id, Some(form.version)).await;
    answer(&web, id, "stays-flash-checked-out", result)
}

pub(in crate::stays) async fn ask_no_show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
) -> Result<Response, WebError> {
    ask(&app, &web, &grant, id, "no-show").await
}

pub(in crate::stays) async fn no_show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<StepForm>,
) -> Result<Response, WebError> {
    let keep = form.free_first_night.is_empty();
    let result = service::mark_no_show(&app, &grant, id, Some(form.version), keep).await;
    answer(&web, id, "stays-flash-no-show", result)
}

pub(in crate::stays) async fn reinstate(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<StepForm>,
) -> Result<Response, WebError> {
    let result = service::reinstate(&app, &grant, id, Some(form.version)).await;
    answer(&web, id, "stays-flash-reinstated", result)
}

pub(in crate::stays) async fn review(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Csrf(form): Csrf<StepForm>,
) -> Result<Response, WebError> {
    let decision = form.decision.ok_or_else(|| WebError::bad_request("invalid"))?;
    let result = service::decide_review(&app, &grant, id, Some(form.version), decision).await;
    answer(&web, id, "stays-flash-decided", result)
}
