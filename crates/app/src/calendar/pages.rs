//! The calendar's page, and the windows that its script asks for.

use askama::Template;
use axum::{Json, extract::State, response::Response};
use kernel::{Cursor, Date, Fault, permissions::StaysView};
use serde::Deserialize;
use webkit::{Allowed, Query, Web, WebError};

use super::{
    model::{Ask, Window},
    service,
};
use crate::{
    App,
    ui::{Page, html},
};

/// How many days the plain list shows.
const AGENDA_DAYS: i64 = 14;

#[derive(Template)]
#[template(path = "calendar/templates/show.html")]
struct CalendarPage {
    page: Page,
    window: Window,
    first_href: &'static str,
    next_href: String,
}

/// Which part of the plain list; `from` is also where the timeline begins.
#[derive(Debug, Deserialize)]
pub(super) struct PageAsk {
    #[serde(default)]
    from: Option<Date>,
    #[serde(default)]
    after: Option<Cursor>,
}

pub(super) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
    Query(query): Query<PageAsk>,
) -> Result<Response, WebError> {
    let now = app.env.now();
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let first_href = if query.after.is_some() { "/calendar" } else { "" };
    let from = query.from.unwrap_or_else(|| now.date_naive());
    let ask = Ask::new(from, AGENDA_DAYS, query.after, Ask::MOST_ROWS);
    let window = service::window(&mut read, &grant, web.language(), now, &ask).await.map_err(Fault::from)?;
    let next_href =
        window.next.as_ref().map(|next| format!("/calendar?from={from}&after={}", next.as_str())).unwrap_or_default();
    html(&CalendarPage { page: Page::of(&web), window, first_href, next_href })
}

/// A window as the timeline asks for it.
#[derive(Debug, Deserialize)]
pub(super) struct WindowAsk {
    from: Date,
    #[serde(default = "most_days")]
    days: i64,
    #[serde(default)]
    after: Option<Cursor>,
    #[serde(default = "most_rows")]
    limit: i64,
}

const fn most_days() -> i64 {
    Ask::MOST_DAYS
}

const fn most_rows() -> i64 {
    Ask::MOST_ROWS
}

pub(super) async fn window(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
    Query(query): Query<WindowAsk>,
) -> Result<Json<Window>, WebError> {
    let ask = Ask::new(query.from, query.days, query.after, query.limit);
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let window = service::window(&mut read, &grant, web.language(), app.env.now(), &ask).await;
    Ok(Json(window.map_err(Fault::from)?))
}
