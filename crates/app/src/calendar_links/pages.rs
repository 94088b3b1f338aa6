//! The page of a member's own calendar, and the calendar itself.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{Fault, Membership, Role};
use webkit::{Csrf, Flash, Identity, NoFields, Path, SignedIn, Web, WebError};

use super::{CalendarLink, service};
use crate::{
    App,
    feeds::exports::calendar,
    ui::{Ago, Page, html},
};

#[derive(Template)]
#[template(path = "calendar_links/templates/show.html")]
struct ShowPage {
    page: Page,
    link: Option<CalendarLink>,
    read: Option<Ago>,
    /// Whether it shows turnovers instead of stays.
    of_staff: bool,
}

#[derive(Template)]
#[template(path = "calendar_links/templates/ask.html")]
struct AskPage {
    page: Page,
    question: &'static str,
    /// Whether the address is to go, not to be replaced.
    removing: bool,
}

fn membership(identity: &Identity) -> Result<Membership, WebError> {
    identity.actor.membership.ok_or_else(WebError::not_found)
}

pub(super) async fn show(State(app): State<App>, web: Web, SignedIn(identity): SignedIn) -> Result<Response, WebError> {
    let membership = membership(&identity)?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let link = service::find(&app, &mut read, identity.actor.user_id, membership).await?;
    let fetched_at = link.as_ref().and_then(|link| link.fetched_at);
    html(&ShowPage {
        page: Page::of(&web),
        read: fetched_at.map(|at| Ago::of(at, app.env.now())),
        link,
        of_staff: membership.role == Role::Staff,
    })
}

/// Asks before an address is replaced.
pub(super) async fn ask_replace(web: Web, SignedIn(identity): SignedIn) -> Result<Response, WebError> {
    membership(&identity)?;
    html(&AskPage { page: Page::of(&web), question: "calendar-links-replace-question", removing: false })
}

/// Asks before an address is removed.
pub(super) async fn ask_remove(web: Web, SignedIn(identity): SignedIn) -> Result<Response, WebError> {
    membership(&identity)?;
    html(&AskPage { page: Page::of(&web), question: "calendar-links-remove-question", removing: true })
}

pub(super) async fn make(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::make(&app, identity.actor.user_id, membership(&identity)?).await?;
    web.flash(&Flash::success("calendar-links-flash-made"));
    Ok(web.redirect("/profile/calendar"))
}

pub(super) async fn remove(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::remove(&app, identity.actor.user_id, membership(&identity)?).await?;
    web.flash(&Flash::success("calendar-links-flash-removed"));
    Ok(web.redirect("/profile/calendar"))
}

/// The calendar itself, for whoever has its address.
pub(super) async fn serve(State(app): State<App>, Path(file): Path<String>) -> Result<Response, WebError> {
    let text = match file.strip_suffix(".ics") {
        Some(token) => service::serve(&app, token).await?,
        None => None,
    };
    let Some(text) = text else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let mut response = text.into_response();
    calendar::headers(response.headers_mut());
    Ok(response)
}
