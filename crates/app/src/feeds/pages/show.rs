//! A feed, its syncs and what they decided.

use askama::Template;
use axum::{extract::State, response::Response};
use http::{HeaderValue, header};
use kernel::{
    Fault, FeedId, SyncId,
    permissions::{FeedsEdit, FeedsView},
};
use serde::Deserialize;
use webkit::{Allowed, Csrf, Flash, NoFields, Path, Query, Web, WebError};

use super::{Line, SyncRow, problem, title, warning};
use crate::{
    App,
    feeds::{FeedError, FeedState, FeedView, Lines, SyncView, service},
    properties,
    ui::{Page, html},
};

/// Syncs on a page.
const MOST_SYNCS: i64 = 20;

/// A feed as its page shows it.
struct Shown {
    feed: FeedView,
    title: String,
    place: String,
    state: FeedState,
    syncing: bool,
    problem: String,
    /// Nights and title of the stays that a suspicious answer leaves out.
    gone: Vec<(String, Box<str>)>,
    last: Option<SyncRow>,
    lines: Vec<Line>,
    warnings: Vec<String>,
    syncs: Vec<SyncRow>,
    first_href: String,
    next_href: String,
}

#[derive(Template)]
#[template(path = "feeds/templates/show.html")]
struct ShowPage {
    page: Page,
    shown: Shown,
}

#[derive(Template)]
#[template(path = "feeds/templates/body.html")]
struct Body {
    page: Page,
    shown: Shown,
}

#[derive(Template)]
#[template(path = "feeds/templates/sync.html")]
struct SyncPage {
    page: Page,
    feed: FeedView,
    feed_name: String,
    row: SyncRow,
    lines: Vec<Line>,
    warnings: Vec<String>,
    more: usize,
    /// What it would decide now, rather than what it decided.
    replay: bool,
    /// Whether its answer is the last complete one, and may be applied again.
    is_last: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ShowQuery {
    /// The page begins after this sync's number.
    #[serde(default)]
    before: Option<u32>,
}

pub(crate) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsView>,
    Path(id): Path<FeedId>,
    Query(query): Query<ShowQuery>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let page = Page::of(&web);
    let feed = service::find(&mut read, &grant, id).await?;
    let mut syncs = service::list_syncs(&mut read, &grant, id, query.before, MOST_SYNCS + 1).await?;
    let more = i64::try_from(syncs.len()).is_ok_and(|count| count > MOST_SYNCS);
    if more {
        syncs.pop();
    }
    let next_href = syncs.last().filter(|_| more).map(|last| format!("/feeds/{id}?before={}", last.number));
    let last = match syncs.first().filter(|_| query.before.is_none()) {
        Some(last) => Some(service::find_sync(&mut read, &grant, id, last.id).await?),
        None => None,
    };
    let gone = service::gone(&mut read, &grant, &feed).await?;
    let mut shown = shown(&app, &page, feed, last);
    let nights = |nights: kernel::Nights| page.date_range(nights.check_in(), nights.check_out());
    shown.gone = gone.into_iter().map(|known| (nights(known.nights), known.seen.summary)).collect();
    shown.syncs = syncs.into_iter().map(|sync| SyncRow::of(&page, sync)).collect();
    shown.first_href = query.before.map(|_| format!("/feeds/{id}")).unwrap_or_default();
    shown.next_href = next_href.unwrap_or_default();
    if web.htmx().targets("feed") { html(&Body { page, shown }) } else { html(&ShowPage { page, shown }) }
}

fn shown(app: &App, page: &Page, feed: FeedView, last: Option<(SyncView, Lines)>) -> Shown {
    let now = app.env.now();
    let (last, lines) = last.map(|(sync, lines)| (SyncRow::of(page, sync), lines)).unzip();
    let lines: Lines = lines.unwrap_or_default();
    Shown {
        title: title(page, &feed),
        place: properties::place_name(&feed.property_name, feed.unit_name.as_deref()),
        state: feed.state(now, service::stale_after(app)),
        syncing: feed.is_syncing(now),
        problem: problem(page, feed.last_error.as_deref(), last.as_ref().and_then(|row| row.sync.http_status)),
        gone: Vec::new(),
        last,
        lines: lines.decisions.into_iter().map(|decision| Line::of(page, decision)).collect(),
        warnings: lines.warnings.iter().map(|found| warning(page, found)).collect(),
        syncs: Vec::new(),
        first_href: String::new(),
        next_href: String::new(),
        feed,
    }
}

pub(crate) async fn show_sync(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsView>,
    Path((id, sync)): Path<(FeedId, SyncId)>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let feed = service::find(&mut read, &grant, id).await?;
    let (sync, lines) = service::find_sync(&mut read, &grant, id, sync).await?;
    html(&sync_page(&web, feed, sync, lines, None))
}

pub(crate) async fn replay(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsView>,
    Path((id, sync)): Path<(FeedId, SyncId)>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let feed = service::find(&mut read, &grant, id).await?;
    let (view, _) = service::find_sync(&mut read, &grant, id, sync).await?;
    let (lines, is_last) = service::replay(&app, &mut read, &grant, id, sync).await?;
    html(&sync_page(&web, feed, view, lines, Some(is_last)))
}

fn sync_page(web: &Web, feed: FeedView, sync: SyncView, lines: Lines, replay: Option<bool>) -> SyncPage {
    let page = Page::of(web);
    SyncPage {
        feed_name: title(&page, &feed),
        row: SyncRow::of(&page, sync),
        lines: lines.decisions.into_iter().map(|decision| Line::of(&page, decision)).collect(),
        warnings: lines.warnings.iter().map(|found| warning(&page, found)).collect(),
        more: lines.more,
        replay: replay.is_some(),
        is_last: replay.unwrap_or_default(),
        page,
        feed,
    }
}

/// The answer as it came: as plain text and never shown by a browser, since anybody may have written it.
pub(crate) async fn answer(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsEdit>,
    Path((id, sync)): Path<(FeedId, SyncId)>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let mut response = Response::new(service::body(&mut read, &grant, id, sync).await?.into());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"calendar.ics.txt\""));
    Ok(response)
}

pub(crate) async fn sync(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<FeedId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::sync_now(&app, &grant, id).await?;
    Ok(web.redirect(&format!("/feeds/{id}")))
}

/// Which suspicious answer a person saw.
#[derive(Debug, Deserialize)]
pub(crate) struct HeldForm {
    held: SyncId,
}

/// Back to the feed's page, with what came of it.
fn back(web: &Web, id: FeedId, done: Result<(), FeedError>, success: &str) -> Result<Response, WebError> {
    match done {
        Ok(()) => web.flash(&Flash::success(success)),
        Err(FeedError::Changed) => web.flash(&Flash::error("feeds-flash-changed")),
        Err(error) => return Err(error.into()),
    }
    Ok(web.redirect(&format!("/feeds/{id}")))
}

pub(crate) async fn confirm(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<FeedId>,
    Csrf(form): Csrf<HeldForm>,
) -> Result<Response, WebError> {
    let done = service::confirm(&app, &grant, id, form.held).await.map(drop);
    back(&web, id, done, "feeds-flash-confirmed")
}

pub(crate) async fn ignore(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<FeedId>,
    Csrf(form): Csrf<HeldForm>,
) -> Result<Response, WebError> {
    let done = service::ignore(&app, &grant, id, form.held).await;
    back(&web, id, done, "feeds-flash-ignored")
}

pub(crate) async fn apply_again(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path((id, sync)): Path<(FeedId, SyncId)>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    let done = service::apply_again(&app, &grant, id, sync).await.map(drop);
    back(&web, id, done, "feeds-flash-applied")
}
