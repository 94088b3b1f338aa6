//! Use cases of rooms.

use db::{DbError, Read, Tx};
use kernel::{FieldErrors, Grant, OrganizationId, Permission, PropertyId, RoomId, permissions::PropertiesEdit};

use super::{
    super::{
        PropertyError,
        service::{begin_change, end_change, find},
    },
    model::{MOST_ROOMS, NewRoom, RoomView, usual_rooms},
    store,
};
use crate::App;

/// The rooms of a property within the scope, in their order; empty outside it.
///
/// # Errors
/// When the database fails.
pub async fn list<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    property: PropertyId,
) -> Result<Vec<RoomView>, DbError> {
    store::list(read, grant.scope(), property).await
}

/// A room of a property within the scope.
///
/// # Errors
/// [`PropertyError::NotFound`] outside it.
pub async fn find_room<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    property: PropertyId,
    room: RoomId,
) -> Result<RoomView, PropertyError> {
    let rooms = list(read, grant, property).await?;
    rooms.into_iter().find(|known| known.id == room).ok_or(PropertyError::NotFound)
}

/// A place behind so many rooms.
fn position(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

/// Adds a room behind the others.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope, [`PropertyError::Invalid`] when the property has as many as it may.
pub async fn add(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    new: NewRoom,
) -> Result<RoomView, PropertyError> {
    let room = RoomView { id: RoomId::new(&app.env), facts: new };
    let mut tx = begin_change(app, grant, property).await?;
    let rooms = store::list(&mut tx, grant.scope(), property).await?;
    if rooms.len() >= MOST_ROOMS {
        let mut errors = FieldErrors::new();
        errors.add_bound("", "too_many", MOST_ROOMS);
        return Err(errors.into());
    }
    let behind = position(rooms.len());
    store::insert(&mut tx, grant.organization_id(), property, behind, std::slice::from_ref(&room)).await?;
    end_change(app, grant, tx, "properties.room.add", property, &["rooms"]).await?;
    Ok(room)
}

/// Adds the usual rooms to a property that has none: what its bedrooms and bathrooms say, a kitchen and a living room.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn add_usual(app: &App, grant: &Grant<PropertiesEdit>, property: PropertyId) -> Result<(), PropertyError> {
    let mut tx = begin_change(app, grant, property).await?;
    let facts = find(&mut tx, grant, property).await?.facts;
    if !store::list(&mut tx, grant.scope(), property).await?.is_empty() {
        return Ok(());
    }
    let usual = usual_rooms(facts.bedrooms, facts.bathrooms.halves());
    let rooms: Vec<_> = usual.into_iter().map(|facts| RoomView { id: RoomId::new(&app.env), facts }).collect();
    store::insert(&mut tx, grant.organization_id(), property, position(0), &rooms).await?;
    end_change(app, grant, tx, "properties.room.add", property, &["rooms"]).await
}

/// Replaces what is known of a room.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn change(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    room: RoomId,
    new: &NewRoom,
) -> Result<(), PropertyError> {
    let mut tx = begin_change(app, grant, property).await?;
    let fields = find_room(&mut tx, grant, property, room).await?.facts.changed_fields(new);
    if fields.is_empty() {
        return Ok(());
    }
    store::update(&mut tx, grant.organization_id(), room, new).await?;
    end_change(app, grant, tx, "properties.room.change", property, &fields).await
}

/// Removes a room with its beds.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn remove(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    room: RoomId,
) -> Result<(), PropertyError> {
    let mut tx = begin_change(app, grant, property).await?;
    let mut rooms = store::list(&mut tx, grant.scope(), property).await?;
    let at = rooms.iter().position(|known| known.id == room).ok_or(PropertyError::NotFound)?;
    rooms.remove(at);
    store::remove(&mut tx, grant.organization_id(), room).await?;
    number(&mut tx, grant.organization_id(), &rooms).await?;
    end_change(app, grant, tx, "properties.room.remove", property, &["rooms"]).await
}

/// Puts a room at a place among the others, counted from 1; beyond the end is the end.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn move_to(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    room: RoomId,
    place: usize,
) -> Result<(), PropertyError> {
    let mut tx = begin_change(app, grant, property).await?;
    let mut rooms = store::list(&mut tx, grant.scope(), property).await?;
    let at = rooms.iter().position(|known| known.id == room).ok_or(PropertyError::NotFound)?;
    let moved = rooms.remove(at);
    rooms.insert(place.saturating_sub(1).min(rooms.len()), moved);
    number(&mut tx, grant.organization_id(), &rooms).await?;
    end_change(app, grant, tx, "properties.room.move", property, &["rooms"]).await
}

/// Gives rooms their places in this order.
async fn number(tx: &mut Tx, organization: OrganizationId, rooms: &[RoomView]) -> Result<(), DbError> {
    for (before, room) in rooms.iter().enumerate() {
        store::set_position(tx, organization, room.id, position(before)).await?;
    }
    Ok(())
}
