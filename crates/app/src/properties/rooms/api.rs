//! Rooms as JSON.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use http::StatusCode;
use kernel::{
    Fault, PropertyId, RoomId,
    permissions::{PropertiesEdit, PropertiesView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, Path, WebError};

use super::{super::service::find, BedType, NewRoom, RoomForm, RoomType, RoomView, service};
use crate::App;

/// A room.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RoomBody {
    id: RoomId,
    room_type: RoomType,
    name: Option<String>,
    /// Furniture and whatever else there is to say.
    notes: Option<String>,
    /// How many beds of each type; types of which there is none are left out.
    beds: BTreeMap<BedType, u32>,
    /// How many guests sleep in it, as follows from the beds.
    sleeps: u32,
}

impl From<RoomView> for RoomBody {
    fn from(view: RoomView) -> Self {
        let (sleeps, facts) = (view.facts.sleeps(), view.facts);
        Self { id: view.id, room_type: facts.room_type, name: facts.name, notes: facts.notes, beds: facts.beds, sleeps }
    }
}

/// What to change of a room, or what a new one is like. Fields that are left out keep their value.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct RoomInput {
    /// `bedroom` for a new room when it is not given.
    #[serde(default)]
    room_type: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    notes: Option<String>,
    /// How many beds of each type, 0 to 20; all that there are.
    #[serde(default)]
    beds: Option<BTreeMap<String, i64>>,
    /// The place among the rooms, counted from 1; the last for a new room when it is not given.
    #[serde(default)]
    position: Option<u32>,
}

impl RoomInput {
    /// The input laid over what is known.
    fn over(self, form: RoomForm) -> RoomForm {
        let beds =
            |beds: BTreeMap<String, i64>| beds.into_iter().map(|(bed, count)| (bed, count.to_string())).collect();
        RoomForm {
            room_type: self.room_type.unwrap_or(form.room_type),
            name: self.name.unwrap_or(form.name),
            notes: self.notes.unwrap_or(form.notes),
            beds: self.beds.map_or(form.beds, beds),
        }
    }
}

/// A place as a number of rooms.
fn place(position: u32) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesView>,
    Path(id): Path<PropertyId>,
) -> Result<Json<Vec<RoomBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    find(&mut read, &grant, id).await?;
    let rooms = service::list(&mut read, &grant, id).await.map_err(Fault::from)?;
    Ok(Json(rooms.into_iter().map(RoomBody::from).collect()))
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    ApiJson(input): ApiJson<RoomInput>,
) -> Result<(StatusCode, Json<RoomBody>), WebError> {
    let usual = RoomForm { room_type: RoomType::Bedroom.to_string(), ..RoomForm::default() };
    let position = input.position;
    let room = service::add(&app, &grant, id, NewRoom::parse(&input.over(usual))?).await?;
    if let Some(position) = position {
        service::move_to(&app, &grant, id, room.id, place(position)).await?;
    }
    Ok((StatusCode::CREATED, Json(room.into())))
}

pub(super) async fn change(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, room)): Path<(PropertyId, RoomId)>,
    ApiJson(input): ApiJson<RoomInput>,
) -> Result<Json<RoomBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let known = service::find_room(&mut read, &grant, id, room).await?;
    drop(read);
    let position = input.position;
    let facts = NewRoom::parse(&input.over(known.facts.to_form()))?;
    service::change(&app, &grant, id, room, &facts).await?;
    if let Some(position) = position {
        service::move_to(&app, &grant, id, room, place(position)).await?;
    }
    Ok(Json(RoomView { id: room, facts }.into()))
}

pub(super) async fn remove(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, room)): Path<(PropertyId, RoomId)>,
) -> Result<StatusCode, WebError> {
    service::remove(&app, &grant, id, room).await?;
    Ok(StatusCode::NO_CONTENT)
}
