//! The calendar's pages, and the windows that the timeline's script asks for.

use askama::Template;
use axum::{Json, extract::State, response::Response};
use chrono::TimeDelta;
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

/// How many days the list shows.
const LIST_DAYS: i64 = 14;

#[derive(Template)]
#[template(path = "calendar/templates/show.html")]
struct TimelinePage {
    page: Page,
    today: Date,
    has_rows: bool,
}

#[derive(Template)]
#[template(path = "calendar/templates/list.html")]
struct ListPage {
    page: Page,
    has_rows: bool,
    window: Window,
    last: Date,
    earlier_href: String,
    later_href: String,
    first_href: String,
    next_href: String,
}

pub(super) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let (today, has_rows) = service::begin(&mut read, &grant, app.env.now()).await.map_err(Fault::from)?;
    html(&TimelinePage { page: Page::of(&web), today, has_rows })
}

/// Which days of the list, and of which properties.
#[derive(Debug, Deserialize)]
pub(super) struct ListAsk {
    /// The first day; empty, as the form sends it, for today.
    #[serde(default)]
    from: String,
    #[serde(default)]
    after: Option<Cursor>,
}

pub(super) async fn list(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
    Query(query): Query<ListAsk>,
) -> Result<Response, WebError> {
    let now = app.env.now();
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let (today, has_rows) = service::begin(&mut read, &grant, now).await.map_err(Fault::from)?;
    let from = query.from.trim().parse().unwrap_or(today);
    let first_href = query.after.as_ref().map(|_| format!("/calendar/list?from={from}")).unwrap_or_default();
    let ask = Ask::new(from, LIST_DAYS, query.after, Ask::MOST_ROWS);
    let window = service::window(&mut read, &grant, web.language(), now, &ask).await.map_err(Fault::from)?;
    let next = window.next.as_ref();
    let next_href = next.map(|next| format!("/calendar/list?from={from}&after={}", next.as_str())).unwrap_or_default();
    let earlier = from.checked_sub_signed(TimeDelta::days(LIST_DAYS)).unwrap_or(from);
    html(&ListPage {
        page: Page::of(&web),
        has_rows,
        last: ask.until().pred_opt().unwrap_or(from),
        earlier_href: format!("/calendar/list?from={earlier}"),
        later_href: format!("/calendar/list?from={}", ask.until()),
        window,
        first_href,
        next_href,
    })
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
