//! Amenities as JSON.

use axum::{Json, extract::State};
use kernel::{
    Fault, PropertyId,
    permissions::{PropertiesEdit, PropertiesView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, Path, WebError};

use super::{Amenities, AmenitiesForm, Amenity, service};
use crate::App;

/// What guests find at a property.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AmenitiesBody {
    amenities: Vec<Amenity>,
    /// What is not among them, in words.
    others: Option<String>,
}

impl From<Amenities> for AmenitiesBody {
    fn from(amenities: Amenities) -> Self {
        Self { amenities: amenities.known.into_iter().collect(), others: amenities.others }
    }
}

/// All that guests find at a property.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct AmenitiesInput {
    amenities: Vec<String>,
    #[serde(default)]
    others: Option<String>,
}

pub(super) async fn get(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesView>,
    Path(id): Path<PropertyId>,
) -> Result<Json<AmenitiesBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(Json(service::find(&mut read, &grant, id).await?.into()))
}

pub(super) async fn replace(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    ApiJson(input): ApiJson<AmenitiesInput>,
) -> Result<Json<AmenitiesBody>, WebError> {
    let form = AmenitiesForm { amenities: input.amenities, others: input.others.unwrap_or_default() };
    let new = Amenities::parse(&form)?;
    service::replace(&app, &grant, id, &new).await?;
    Ok(Json(new.into()))
}
