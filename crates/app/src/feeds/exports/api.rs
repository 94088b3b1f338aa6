//! Exports as JSON.

use axum::{Json, extract::State};
use http::StatusCode;
use kernel::{
    ExportId, Fault, FeedId, Grant, Instant, Limit, Page, Permission, PropertyId, UnitId,
    permissions::{FeedsEdit, FeedsView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use webkit::{Allowed, ApiJson, PageQuery, Path, Query, WebError};

use super::{ExportFetch, ExportForm, ExportState, ExportView, NewExport, service};
use crate::{
    App,
    feeds::{FeedChannel, api::ListQuery},
};

/// A calendar of a unit that is published for a channel.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ExportBody {
    id: ExportId,
    unit_id: UnitId,
    property_id: PropertyId,
    channel: FeedChannel,
    name: Option<String>,
    /// The imported calendar of the same place, whose stays are left out; only for the channel `other`.
    feed_id: Option<FeedId>,
    state: ExportState,
    /// How often it was fetched.
    fetches: u32,
    /// When its present address was last fetched by anything but a person's browser.
    fetched_at: Option<Instant>,
    /// The program that did, as it names itself.
    fetched_by: Option<String>,
    created_at: Instant,
    /// When its address was made.
    updated_at: Instant,
}

impl ExportBody {
    fn of(app: &App, view: ExportView) -> Self {
        let read_at = view.read_at();
        Self {
            state: view.state(app.env.now()),
            id: view.id,
            unit_id: view.unit_id,
            property_id: view.property_id,
            channel: view.channel,
            name: view.name,
            feed_id: view.feed_id,
            fetches: view.fetches,
            fetched_at: read_at,
            fetched_by: view.fetched_by.filter(|_| read_at.is_some()),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

/// A calendar to be published.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ExportInput {
    /// The unit whose nights it tells of.
    #[serde(default)]
    unit_id: String,
    /// `airbnb`, `vrbo`, `booking_com` (one of each for a unit) or `other`.
    #[serde(default)]
    channel: String,
    /// At most 80 characters.
    #[serde(default)]
    name: Option<String>,
    /// The imported calendar of the same place, whose stays are left out; only for the channel `other`.
    #[serde(default)]
    feed_id: Option<String>,
}

impl From<ExportInput> for ExportForm {
    fn from(input: ExportInput) -> Self {
        Self {
            unit_id: input.unit_id,
            channel: input.channel,
            name: input.name.unwrap_or_default(),
            feed_id: input.feed_id.unwrap_or_default(),
        }
    }
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsView>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<ExportBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let limit = query.limit.map_or_else(Limit::default, Limit::new);
    let after = query.cursor.as_ref();
    let page = service::list(&mut read, &grant, query.property_id, query.unit_id, after, limit).await?;
    Ok(Json(page.map(|export| ExportBody::of(&app, export))))
}

async fn body<P: Permission>(app: &App, grant: &Grant<P>, id: ExportId) -> Result<Json<ExportBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(Json(ExportBody::of(app, service::find(&mut read, grant, id).await?)))
}

pub(super) async fn get(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsView>,
    Path(id): Path<ExportId>,
) -> Result<Json<ExportBody>, WebError> {
    body(&app, &grant, id).await
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsEdit>,
    ApiJson(input): ApiJson<ExportInput>,
) -> Result<(StatusCode, Json<ExportBody>), WebError> {
    let id = service::add(&app, &grant, &NewExport::parse(&input.into())?).await?;
    Ok((StatusCode::CREATED, body(&app, &grant, id).await?))
}

pub(super) async fn remove(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<ExportId>,
) -> Result<StatusCode, WebError> {
    service::remove(&app, &grant, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The address of a published calendar.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AddressBody {
    address: String,
}

pub(super) async fn address(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<ExportId>,
) -> Result<Json<AddressBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let export = service::find(&mut read, &grant, id).await?;
    Ok(Json(AddressBody { address: service::address(&app, &grant, &export)? }))
}

pub(super) async fn rotate(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<ExportId>,
) -> Result<Json<ExportBody>, WebError> {
    let export = service::rotate(&app, &grant, id).await?;
    Ok(Json(ExportBody::of(&app, export)))
}

/// One fetch of a published calendar.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FetchBody {
    /// The calendar's first fetch is 1.
    number: u32,
    at: Instant,
    /// 200 with the calendar, or 304 when it was the same as before.
    status: u32,
    /// Whether a person looked, with a browser.
    by_browser: bool,
    /// The program, as it names itself.
    user_agent: String,
    /// The network address that it came from; empty for who may not change exports.
    address: String,
    /// How many stays it listed.
    events: u32,
}

impl From<ExportFetch> for FetchBody {
    fn from(fetch: ExportFetch) -> Self {
        Self {
            number: fetch.number,
            at: fetch.at,
            status: fetch.status,
            by_browser: fetch.by_browser,
            user_agent: fetch.user_agent,
            address: fetch.address,
            events: fetch.events,
        }
    }
}

pub(super) async fn fetches(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsView>,
    Path(id): Path<ExportId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<FetchBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let before = match &query.cursor {
        Some(cursor) => {
            let number = cursor.open().and_then(|(number, _)| number.parse().ok());
            Some(number.ok_or_else(|| kernel::FieldErrors::one("cursor", "invalid"))?)
        }
        None => None,
    };
    let rows = service::fetches(&mut read, &grant, id, before, query.limit().with_one_more()).await?;
    let page = Page::from_rows(rows, query.limit(), |fetch| (fetch.number.to_string(), Uuid::nil()));
    Ok(Json(page.map(FetchBody::from)))
}
