//! Photos as JSON.

use axum::{Json, extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use kernel::{
    Fault, FieldErrors, Instant, PhotoId, PropertyId,
    permissions::{PropertiesEdit, PropertiesView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, Path, Upload, WebError};

use super::{NewFacts, PhotoForm, PhotoView, input, service};
use crate::{App, files, properties};

/// A size in which a photo is kept.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SizeBody {
    width: u32,
    height: u32,
    /// Where the JPEG file is, for the same token.
    path: String,
}

/// A photo. The first of a property is its main one.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PhotoBody {
    id: PhotoId,
    property_id: PropertyId,
    caption: String,
    room: String,
    /// The smallest first.
    sizes: Vec<SizeBody>,
    created_at: Instant,
}

impl From<PhotoView> for PhotoBody {
    fn from(view: PhotoView) -> Self {
        let size = |size: &super::Size| SizeBody {
            width: size.width,
            height: size.height,
            path: format!("/api/v1/photos/{}/{}", view.id, size.width),
        };
        Self {
            id: view.id,
            property_id: view.property_id,
            sizes: view.sizes.iter().map(size).collect(),
            caption: view.caption,
            room: view.room,
            created_at: view.created_at,
        }
    }
}

/// What to say of a photo. Fields that are left out keep their value.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct PhotoInput {
    /// At most 200 characters.
    #[serde(default)]
    caption: Option<String>,
    /// At most 80 characters.
    #[serde(default)]
    room: Option<String>,
}

/// Photos in the order in which they are to be. Those that are not named come after the others.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct OrderInput {
    order: Vec<PhotoId>,
}

fn bodies(photos: Vec<PhotoView>) -> Json<Vec<PhotoBody>> {
    Json(photos.into_iter().map(PhotoBody::from).collect())
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesView>,
    Path(property): Path<PropertyId>,
) -> Result<Json<Vec<PhotoBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    properties::find(&mut read, &grant, property).await?;
    Ok(bodies(service::list(&mut read, &grant, property).await.map_err(Fault::from)?))
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(property): Path<PropertyId>,
    upload: Upload,
) -> Result<(StatusCode, Json<PhotoBody>), WebError> {
    {
        let mut read = app.db.read().await.map_err(Fault::from)?;
        properties::find(&mut read, &grant, property).await?;
    }
    let outcomes = input::take(&app, &grant, property, upload, 1).await?;
    let first = outcomes.into_iter().next().ok_or_else(|| FieldErrors::one("photo", "required"))?;
    let id = first.result?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok((StatusCode::CREATED, Json(service::find(&mut read, &grant, id).await?.into())))
}

pub(super) async fn put_in_order(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(property): Path<PropertyId>,
    ApiJson(body): ApiJson<OrderInput>,
) -> Result<Json<Vec<PhotoBody>>, WebError> {
    Ok(bodies(service::put_in_order(&app, &grant, property, &body.order).await?))
}

pub(super) async fn change(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PhotoId>,
    ApiJson(body): ApiJson<PhotoInput>,
) -> Result<Json<PhotoBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let before = service::find(&mut read, &grant, id).await?;
    drop(read);
    let form = PhotoForm { caption: body.caption.unwrap_or(before.caption), room: body.room.unwrap_or(before.room) };
    Ok(Json(service::change(&app, &grant, id, &NewFacts::parse(&form)?).await?.into()))
}

pub(super) async fn delete(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PhotoId>,
) -> Result<StatusCode, WebError> {
    service::remove(&app, &grant, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn picture(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesView>,
    Path((id, width)): Path<(PhotoId, u32)>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let file = service::file(&mut read, &grant, id, width).await?;
    drop(read);
    files::answer(&app, &file, &headers).await
}
