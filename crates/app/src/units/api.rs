//! Units as JSON.

use axum::{Json, extract::State};
use http::StatusCode;
use kernel::{Fault, PropertyId, UnitId, permissions::PropertiesEdit};
use schemars::JsonSchema;
use serde::Deserialize;
use webkit::{Allowed, ApiJson, Path, WebError};

use super::{NewUnit, UnitFacts, UnitForm, service};
use crate::{
    App,
    properties::{self, UnitBody},
};

/// A unit to be added.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct UnitInput {
    /// 1 to 80 characters; another than those of the property's other units.
    name: String,
    /// The unit above it; the whole when it is not given.
    #[serde(default)]
    parent_id: Option<String>,
    /// Guests at most; as many as the property when it is not given.
    #[serde(default)]
    capacity: Option<u32>,
}

/// What to change of a unit. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct UnitChange {
    /// 1 to 80 characters; another than those of the property's other units.
    #[serde(default)]
    name: Option<String>,
    /// Guests at most, as text; an empty text: as many as the property.
    #[serde(default)]
    capacity: Option<String>,
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(property): Path<PropertyId>,
    ApiJson(input): ApiJson<UnitInput>,
) -> Result<(StatusCode, Json<UnitBody>), WebError> {
    let form = UnitForm {
        name: input.name,
        parent_id: input.parent_id.unwrap_or_default(),
        capacity: input.capacity.map(|guests| guests.to_string()).unwrap_or_default(),
    };
    let id = service::add(&app, &grant, property, &NewUnit::parse(&form)?).await?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok((StatusCode::CREATED, Json(service::find(&mut read, &grant, id).await?.into())))
}

pub(super) async fn change(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<UnitId>,
    ApiJson(input): ApiJson<UnitChange>,
) -> Result<Json<UnitBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let before = properties::unit(&mut read, &grant, id).await.map_err(Fault::from)?.ok_or_else(WebError::not_found)?;
    drop(read);
    let form = UnitForm {
        name: input.name.or(before.name).unwrap_or_default(),
        capacity: input
            .capacity
            .unwrap_or_else(|| before.own_capacity.map(|guests| guests.to_string()).unwrap_or_default()),
        ..UnitForm::default()
    };
    Ok(Json(service::change(&app, &grant, id, &UnitFacts::parse(&form)?).await?.into()))
}

pub(super) async fn retire(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<UnitId>,
) -> Result<Json<UnitBody>, WebError> {
    Ok(Json(service::retire(&app, &grant, id).await?.into()))
}

pub(super) async fn restore(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<UnitId>,
) -> Result<Json<UnitBody>, WebError> {
    Ok(Json(service::restore(&app, &grant, id).await?.into()))
}
