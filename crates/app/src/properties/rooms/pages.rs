//! The pages of rooms.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{
    Fault, PropertyId, RoomId,
    permissions::{PropertiesEdit, PropertiesView},
};
use serde::Deserialize;
use webkit::{Allowed, Csrf, Flash, NoFields, Path, Query, Web, WebError};

use super::{
    super::{PropertyError, PropertyView, pages::Mode, service::find},
    BedType, NewRoom, RoomForm, RoomType, RoomView, Sleeping, service,
};
use crate::{
    App,
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "properties/rooms/templates/list.html")]
struct ListPage {
    page: Page,
    property: PropertyView,
    rooms: Vec<RoomView>,
    sleeping: Sleeping,
    mode: Mode,
}

#[derive(Template)]
#[template(path = "properties/rooms/templates/form.html")]
struct FormPage {
    page: Page,
    property: PropertyView,
    /// The room that is changed; `None` for a new one.
    room: Option<RoomId>,
    form: Form,
    types: Vec<Choice>,
    mode: Mode,
}

#[derive(Template)]
#[template(path = "properties/rooms/templates/remove.html")]
struct RemovePage {
    page: Page,
    property: PropertyView,
    room: RoomView,
    mode: Mode,
}

/// What a room is called: its own name, or what it is.
pub(crate) fn room_name(page: &Page, room: &NewRoom) -> String {
    room.name.clone().unwrap_or_else(|| page.t_of("room-type", room.room_type.as_str()))
}

/// The beds of a room in words: `1 queen bed, 2 single beds`.
pub(crate) fn room_beds(page: &Page, room: &NewRoom) -> String {
    let words = room.beds.iter().map(|(bed, count)| page.tn(&format!("bed-name-count-{bed}"), *count));
    words.collect::<Vec<_>>().join(", ")
}

pub(super) async fn list(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesView>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = find(&mut read, &grant, id).await?;
    let rooms = service::list(&mut read, &grant, id).await.map_err(Fault::from)?;
    let sleeping = Sleeping::of(&rooms);
    html(&ListPage { page: Page::of(&web), property, rooms, sleeping, mode: Mode::default() })
}

pub(super) async fn add_usual(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    Query(mode): Query<Mode>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::add_usual(&app, &grant, id).await?;
    Ok(web.redirect(&mode.rooms(id)))
}

fn form_page(web: &Web, property: PropertyView, room: Option<RoomId>, form: Form, mode: Mode) -> FormPage {
    let page = Page::of(web);
    let types = page.choices("room-type", RoomType::ALL.iter().map(|case| case.as_str()));
    FormPage { page, property, room, form, types, mode }
}

pub(super) async fn new(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    Query(mode): Query<Mode>,
) -> Result<Response, WebError> {
    let property = find(&mut app.db.read().await.map_err(Fault::from)?, &grant, id).await?;
    let form = Form::new().with("room_type", RoomType::Bedroom);
    html(&form_page(&web, property, None, form, mode))
}

pub(super) async fn create(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    Query(mode): Query<Mode>,
    Csrf(form): Csrf<RoomForm>,
) -> Result<Response, WebError> {
    let added = match NewRoom::parse(&form) {
        Ok(new) => service::add(&app, &grant, id, new).await.map(|_| ()),
        Err(errors) => Err(errors.into()),
    };
    saved(&app, &web, &grant, (id, None), (form, mode), added).await
}

pub(super) async fn edit(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, room)): Path<(PropertyId, RoomId)>,
    Query(mode): Query<Mode>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = find(&mut read, &grant, id).await?;
    let known = service::find_room(&mut read, &grant, id, room).await?;
    html(&form_page(&web, property, Some(room), Form::of(&known.facts.to_form()), mode))
}

pub(super) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, room)): Path<(PropertyId, RoomId)>,
    Query(mode): Query<Mode>,
    Csrf(form): Csrf<RoomForm>,
) -> Result<Response, WebError> {
    let changed = match NewRoom::parse(&form) {
        Ok(new) => service::change(&app, &grant, id, room, &new).await,
        Err(errors) => Err(errors.into()),
    };
    saved(&app, &web, &grant, (id, Some(room)), (form, mode), changed).await
}

/// Back to the rooms, or the form once more with what is wrong.
async fn saved(
    app: &App,
    web: &Web,
    grant: &kernel::Grant<PropertiesEdit>,
    (id, room): (PropertyId, Option<RoomId>),
    (form, mode): (RoomForm, Mode),
    done: Result<(), PropertyError>,
) -> Result<Response, WebError> {
    match done {
        Ok(()) => {
            web.flash(&Flash::success("properties-flash-saved"));
            Ok(web.redirect(&mode.rooms(id)))
        }
        Err(PropertyError::Invalid(errors)) => {
            let property = find(&mut app.db.read().await.map_err(Fault::from)?, grant, id).await?;
            let page = form_page(web, property, room, Form::of(&form).with_errors(errors), mode);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Where to.
#[derive(Debug, Deserialize)]
pub(super) struct MoveForm {
    /// The place among the rooms, counted from 1.
    place: usize,
}

pub(super) async fn move_to(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, room)): Path<(PropertyId, RoomId)>,
    Query(mode): Query<Mode>,
    Csrf(form): Csrf<MoveForm>,
) -> Result<Response, WebError> {
    service::move_to(&app, &grant, id, room, form.place).await?;
    Ok(web.redirect(&mode.rooms(id)))
}

pub(super) async fn ask_remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, room)): Path<(PropertyId, RoomId)>,
    Query(mode): Query<Mode>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = find(&mut read, &grant, id).await?;
    let room = service::find_room(&mut read, &grant, id, room).await?;
    html(&RemovePage { page: Page::of(&web), property, room, mode })
}

pub(super) async fn remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, room)): Path<(PropertyId, RoomId)>,
    Query(mode): Query<Mode>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::remove(&app, &grant, id, room).await?;
    web.flash(&Flash::success("rooms-flash-removed"));
    Ok(web.redirect(&mode.rooms(id)))
}
