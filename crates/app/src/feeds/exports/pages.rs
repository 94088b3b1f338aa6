//! The pages of exports, and the calendars themselves.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use db::{DbError, Read};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use kernel::{
    ExportId, Fault, Grant, Instant, PropertyId,
    permissions::{FeedsEdit, FeedsView},
};
use serde::Deserialize;
use webkit::{Allowed, Csrf, Flash, NoFields, Path, Query, Web, WebError};

use super::{ExportFetch, ExportForm, ExportState, ExportView, NewExport, Visit, service};
use crate::{
    App,
    feeds::{self, FeedChannel, FeedError},
    properties::{self, PropertyView},
    ui::{Ago, Choice, Form, Page, html},
};

/// Fetches on a page.
const MOST_FETCHES: i64 = 20;

/// An export in a list.
pub(crate) struct ExportRow {
    pub(crate) export: ExportView,
    pub(crate) state: ExportState,
    /// How long ago it was read.
    pub(crate) read: Option<Ago>,
}

impl ExportRow {
    fn of(export: ExportView, now: Instant) -> Self {
        Self { state: export.state(now), read: export.read_at().map(|at| Ago::of(at, now)), export }
    }
}

/// The exports of a property, for its page.
pub(in crate::feeds) async fn rows_of(
    app: &App,
    read: &mut Read,
    grant: &Grant<FeedsView>,
    property: PropertyId,
) -> Result<Vec<ExportRow>, DbError> {
    let exports = service::of_property(read, grant, property).await?;
    Ok(exports.into_iter().map(|export| ExportRow::of(export, app.env.now())).collect())
}

#[derive(Template)]
#[template(path = "feeds/exports/templates/new.html")]
struct NewPage {
    page: Page,
    form: Form,
    property: PropertyView,
    /// Where the property has more than one.
    units: Vec<Choice>,
    channels: Vec<Choice>,
    /// Imported calendars that may be of the same place.
    sources: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "feeds/exports/templates/show.html")]
struct ShowPage {
    page: Page,
    row: ExportRow,
    title: String,
    place: String,
    /// Empty for who may not see it.
    address: String,
    fetches: Vec<ExportFetch>,
    first_href: String,
    next_href: String,
}

#[derive(Template)]
#[template(path = "feeds/exports/templates/ask.html")]
struct AskPage {
    page: Page,
    export: ExportView,
    export_name: String,
    /// `rotate` or `remove`.
    what: &'static str,
}

/// The export's name, or who it is for.
fn title(page: &Page, export: &ExportView) -> String {
    let channel = page.t_of("channel", export.channel.as_str());
    export.name.clone().unwrap_or_else(|| page.t1("exports-for", "channel", channel))
}

/// The calendar itself, for whoever has its address.
pub(super) async fn serve(
    State(app): State<App>,
    web: Web,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let sent = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let visit = Visit {
        address: web.client(),
        user_agent: web.user_agent(),
        // Browsers say by themselves how an address was opened; programs have no reason to.
        by_browser: headers.contains_key("sec-fetch-mode"),
        known: sent(header::IF_NONE_MATCH),
        head_only: *web.method() == Method::HEAD,
    };
    let served = match file.strip_suffix(".ics") {
        Some(token) => service::serve(&app, token, &visit).await?,
        None => None,
    };
    // Programs ask: an empty answer says as much as a page, and sets no cookie.
    let Some(served) = served else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let tag = HeaderValue::from_str(&served.etag).map_err(|error| Fault::new("writing a tag", error))?;
    let mut response =
        if served.is_known { StatusCode::NOT_MODIFIED.into_response() } else { served.text.into_response() };
    response.headers_mut().insert(header::ETAG, tag);
    super::calendar::headers(response.headers_mut());
    Ok(response)
}

async fn new_page(
    app: &App,
    web: &Web,
    grant: &Grant<FeedsEdit>,
    id: PropertyId,
    mut form: Form,
) -> Result<NewPage, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, grant, id).await?;
    let units = properties::units_of(&mut read, grant, id).await.map_err(Fault::from)?;
    let imported = feeds::of_property(&mut read, &grant.also()?, id).await.map_err(Fault::from)?;
    let page = Page::of(web);
    if form.value("unit_id").is_empty() {
        form = form.with("unit_id", property.whole_unit);
    }
    let of_others = imported.into_iter().filter(|feed| feed.channel == FeedChannel::Other);
    let source = |feed: feeds::FeedView| Choice::new(feed.id.to_string(), feed.name.unwrap_or(feed.address_host));
    Ok(NewPage {
        units: feeds::pages::unit_choices(&page, units),
        channels: page.choices("channel", FeedChannel::ALL.iter().map(|case| case.as_str())),
        sources: of_others.map(source).collect(),
        page,
        form,
        property,
    })
}

pub(super) async fn new(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    html(&new_page(&app, &web, &grant, id, Form::new()).await?)
}

pub(super) async fn create(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<PropertyId>,
    Csrf(form): Csrf<ExportForm>,
) -> Result<Response, WebError> {
    let added = match NewExport::parse(&form) {
        Ok(new) => service::add(&app, &grant, &new).await,
        Err(errors) => Err(errors.into()),
    };
    match added {
        Ok(export) => {
            web.flash(&Flash::success("exports-flash-added"));
            Ok(web.redirect(&format!("/exports/{export}")))
        }
        Err(FeedError::Invalid(errors)) => {
            let page = new_page(&app, &web, &grant, id, Form::of(&form).with_errors(errors)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct ShowQuery {
    /// The page begins after this fetch's number.
    #[serde(default)]
    before: Option<u32>,
}

pub(super) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsView>,
    Path(id): Path<ExportId>,
    Query(query): Query<ShowQuery>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let export = service::find(&mut read, &grant, id).await?;
    let mut fetches = service::fetches(&mut read, &grant, id, query.before, MOST_FETCHES + 1).await?;
    let more = i64::try_from(fetches.len()).is_ok_and(|count| count > MOST_FETCHES);
    if more {
        fetches.pop();
    }
    let next_href = fetches.last().filter(|_| more).map(|last| format!("/exports/{id}?before={}", last.number));
    let address = match grant.also::<FeedsEdit>() {
        Ok(grant) => service::address(&app, &grant, &export)?,
        Err(_) => String::new(),
    };
    let page = Page::of(&web);
    html(&ShowPage {
        title: title(&page, &export),
        place: properties::place_name(&export.property_name, export.unit_name.as_deref()),
        row: ExportRow::of(export, app.env.now()),
        page,
        address,
        fetches,
        first_href: query.before.map(|_| format!("/exports/{id}")).unwrap_or_default(),
        next_href: next_href.unwrap_or_default(),
    })
}

async fn ask(
    app: &App,
    web: &Web,
    grant: &Grant<FeedsEdit>,
    id: ExportId,
    what: &'static str,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let export = service::find(&mut read, grant, id).await?;
    let page = Page::of(web);
    html(&AskPage { export_name: title(&page, &export), page, export, what })
}

pub(super) async fn ask_rotate(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<ExportId>,
) -> Result<Response, WebError> {
    ask(&app, &web, &grant, id, "rotate").await
}

pub(super) async fn rotate(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<ExportId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::rotate(&app, &grant, id).await?;
    web.flash(&Flash::success("exports-flash-rotated"));
    Ok(web.redirect(&format!("/exports/{id}")))
}

pub(super) async fn ask_remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<ExportId>,
) -> Result<Response, WebError> {
    ask(&app, &web, &grant, id, "remove").await
}

pub(super) async fn remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<ExportId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    let removed = service::remove(&app, &grant, id).await?;
    web.flash(&Flash::success("exports-flash-removed"));
    Ok(web.redirect(&format!("/properties/{}", removed.property_id)))
}
