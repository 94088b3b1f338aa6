//! Conflicts as JSON.

use axum::{Json, extract::State};
use http::StatusCode;
use kernel::{
    Fault, Instant, Page, PropertyId, StayId, UnitId,
    permissions::{StaysCancel, StaysEdit, StaysView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, PageQuery, Path, Query, WebError};

use super::{
    model::{Ask, Chosen, Conflict, FreePlace, Outcome, Really},
    service,
};
use crate::{
    App,
    stays::api::{OtherBody, StayBody},
};

/// A channel was asked for help.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AskBody {
    stay_id: StayId,
    /// Who asked; null when a program did.
    asked_by: Option<String>,
    asked_at: Instant,
    note: Option<String>,
}

impl From<Ask> for AskBody {
    fn from(ask: Ask) -> Self {
        Self { stay_id: ask.stay, asked_by: ask.by, asked_at: ask.at, note: ask.note }
    }
}

/// A stay that waits for nights of others.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ConflictBody {
    /// The stay that waits; its id is the conflict's.
    stay: StayBody,
    /// Who has the nights; empty once the conflict is solved.
    in_the_way: Vec<OtherBody>,
    asks: Vec<AskBody>,
}

impl From<Conflict> for ConflictBody {
    fn from(conflict: Conflict) -> Self {
        Self {
            stay: conflict.stay.into(),
            in_the_way: conflict.in_the_way.into_iter().map(OtherBody::from).collect(),
            asks: conflict.asks.into_iter().map(AskBody::from).collect(),
        }
    }
}

/// Which stay is to find another place.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct PlacesQuery {
    /// The stay that waits, or one in its way; the one that waits when it is not given.
    #[serde(default)]
    stay_id: Option<StayId>,
}

/// A unit that is free for all nights of a stay and large enough.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PlaceBody {
    unit_id: UnitId,
    property_id: PropertyId,
    property_name: String,
    /// Null for the whole property.
    unit_name: Option<String>,
    city: Option<String>,
    capacity: u32,
    /// `property` for another unit of the same property, `city` for the same town, or `elsewhere`.
    nearness: &'static str,
}

impl From<FreePlace> for PlaceBody {
    fn from(place: FreePlace) -> Self {
        Self {
            unit_id: place.unit_id,
            property_id: place.property_id,
            property_name: place.property_name,
            unit_name: place.unit_name,
            city: place.city,
            capacity: place.capacity,
            nearness: place.nearness.as_str(),
        }
    }
}

/// Which stay of a conflict.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ChoiceInput {
    /// The stay that waits, or one in its way.
    stay_id: StayId,
    /// The version that was read; whatever the present one is, when it is not given.
    #[serde(default)]
    version: Option<i64>,
    /// Answer what would follow, and do nothing.
    #[serde(default)]
    preview: bool,
}

/// Which stay of a conflict goes where.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct MoveInput {
    /// The stay that waits, or one in its way.
    stay_id: StayId,
    /// Where it goes.
    unit_id: UnitId,
    /// The version that was read; whatever the present one is, when it is not given.
    #[serde(default)]
    version: Option<i64>,
    /// Answer what would follow, and do nothing.
    #[serde(default)]
    preview: bool,
}

/// What follows.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OutcomeBody {
    /// Whether nobody waits any more.
    solved: bool,
    /// The stay that something was done with.
    stay: StayBody,
    /// The stay that waited.
    waiting: StayBody,
    /// Who is still in its way.
    in_the_way: Vec<OtherBody>,
}

impl From<Outcome> for OutcomeBody {
    fn from(outcome: Outcome) -> Self {
        Self {
            solved: outcome.is_solved(),
            stay: outcome.stay.into(),
            waiting: outcome.waiting.into(),
            in_the_way: outcome.left.into_iter().map(OtherBody::from).collect(),
        }
    }
}

/// A stay's channel was asked for help.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct AskInput {
    /// The stay that waits, or one in its way.
    stay_id: StayId,
    /// What was said; at most 500 characters.
    #[serde(default)]
    note: String,
}

const fn really(preview: bool) -> Really {
    if preview { Really::Preview } else { Really::Do }
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysView>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<ConflictBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let page = service::list(&mut read, &grant, query.cursor.as_ref(), query.limit(), app.env.now()).await?;
    Ok(Json(page.map(ConflictBody::from)))
}

pub(super) async fn get(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysView>,
    Path(id): Path<StayId>,
) -> Result<Json<ConflictBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(Json(service::details(&mut read, &grant, id).await?.conflict.into()))
}

pub(super) async fn places(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Query(query): Query<PlacesQuery>,
) -> Result<Json<Vec<PlaceBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let (_, places) = service::free_places(&mut read, &grant, id, query.stay_id.unwrap_or(id)).await?;
    Ok(Json(places.into_iter().map(PlaceBody::from).collect()))
}

pub(super) async fn relocate(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(conflict): Path<StayId>,
    ApiJson(input): ApiJson<MoveInput>,
) -> Result<Json<OutcomeBody>, WebError> {
    let chosen = Chosen { conflict, stay: input.stay_id, version: input.version };
    Ok(Json(service::relocate(&app, &grant, chosen, input.unit_id, really(input.preview)).await?.into()))
}

pub(super) async fn cancel(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysCancel>,
    Path(conflict): Path<StayId>,
    ApiJson(input): ApiJson<ChoiceInput>,
) -> Result<Json<OutcomeBody>, WebError> {
    let chosen = Chosen { conflict, stay: input.stay_id, version: input.version };
    Ok(Json(service::cancel(&app, &grant, chosen, really(input.preview)).await?.into()))
}

pub(super) async fn dismiss(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(conflict): Path<StayId>,
    ApiJson(input): ApiJson<ChoiceInput>,
) -> Result<Json<OutcomeBody>, WebError> {
    let chosen = Chosen { conflict, stay: input.stay_id, version: input.version };
    Ok(Json(service::dismiss(&app, &grant, chosen, really(input.preview)).await?.into()))
}

pub(super) async fn ask(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(conflict): Path<StayId>,
    ApiJson(input): ApiJson<AskInput>,
) -> Result<StatusCode, WebError> {
    service::ask(&app, &grant, conflict, input.stay_id, &input.note).await?;
    Ok(StatusCode::NO_CONTENT)
}
