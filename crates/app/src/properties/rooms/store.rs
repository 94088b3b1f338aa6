//! Storage of rooms and beds.

use std::collections::BTreeMap;

use db::{DbError, Insert, Read, Tx, row, sql};
use kernel::{OrganizationId, PropertyId, RoomId, Scope};

use super::model::{BedType, NewRoom, RoomView};
use crate::access::property_scope;

/// The rooms of a property within the scope, in their order.
pub(super) async fn list(read: &mut Read, scope: &Scope, property: PropertyId) -> Result<Vec<RoomView>, DbError> {
    let rows = sql!(
        "SELECT r.id, r.room_type, r.name, r.notes, b.bed_type, b.beds FROM property_room r \
         LEFT JOIN property_bed b ON b.organization_id = r.organization_id AND b.room_id = r.id \
         WHERE r.organization_id = $1 AND r.property_id = $4 AND ",
        property_scope!("r.property_id"),
        " ORDER BY r.position, r.id"
    )
    .query()
    .bind_scope(scope)
    .bind(property)
    .fetch_all(read, |row| {
        let facts = NewRoom {
            room_type: row.get("room_type")?,
            name: row.get("name")?,
            notes: row.get("notes")?,
            beds: BTreeMap::new(),
        };
        let bed: Option<BedType> = row.get("bed_type")?;
        let count: Option<u32> = row.get("beds")?;
        Ok((RoomView { id: row.get("id")?, facts }, bed.zip(count)))
    })
    .await?;
    let mut rooms: Vec<RoomView> = Vec::new();
    for (room, beds) in rows {
        if rooms.last().is_none_or(|last| last.id != room.id) {
            rooms.push(room);
        }
        if let Some(room) = rooms.last_mut() {
            room.facts.beds.extend(beds);
        }
    }
    Ok(rooms)
}

/// Adds rooms behind the others; `position` is that of the first.
pub(super) async fn insert(
    tx: &mut Tx,
    organization: OrganizationId,
    property: PropertyId,
    mut position: u32,
    rooms: &[RoomView],
) -> Result<(), DbError> {
    let columns = ["organization_id", "id", "property_id", "position", "room_type", "name", "notes"];
    let mut insert = Insert::into("property_room", columns);
    for room in rooms {
        let facts = &room.facts;
        insert.push(row![organization, room.id, property, position, facts.room_type, &facts.name, &facts.notes]);
        position += 1;
    }
    insert.execute(tx).await?;
    for room in rooms {
        insert_beds(tx, organization, room.id, &room.facts).await?;
    }
    Ok(())
}

async fn insert_beds(tx: &mut Tx, organization: OrganizationId, room: RoomId, facts: &NewRoom) -> Result<(), DbError> {
    Insert::into("property_bed", ["organization_id", "room_id", "bed_type", "beds"])
        .rows(facts.beds.iter().map(|(bed, count)| row![organization, room, *bed, *count]))
        .execute(tx)
        .await?;
    Ok(())
}

/// Replaces what is known of a room.
pub(super) async fn update(
    tx: &mut Tx,
    organization: OrganizationId,
    room: RoomId,
    facts: &NewRoom,
) -> Result<(), DbError> {
    sql!("UPDATE property_room SET room_type = $3, name = $4, notes = $5 WHERE organization_id = $1 AND id = $2")
        .bind(organization)
        .bind(room)
        .bind(facts.room_type)
        .bind(&facts.name)
        .bind(&facts.notes)
        .execute(tx)
        .await?;
    remove_beds(tx, organization, room).await?;
    insert_beds(tx, organization, room, facts).await
}

async fn remove_beds(tx: &mut Tx, organization: OrganizationId, room: RoomId) -> Result<(), DbError> {
    sql!("DELETE FROM property_bed WHERE organization_id = $1 AND room_id = $2")
        .bind(organization)
        .bind(room)
        .execute(tx)
        .await?;
    Ok(())
}

/// Removes a room with its beds.
pub(super) async fn remove(tx: &mut Tx, organization: OrganizationId, room: RoomId) -> Result<(), DbError> {
    remove_beds(tx, organization, room).await?;
    sql!("DELETE FROM property_room WHERE organization_id = $1 AND id = $2")
        .bind(organization)
        .bind(room)
        .execute(tx)
        .await?;
    Ok(())
}

/// Gives a room its place among the others.
pub(super) async fn set_position(
    tx: &mut Tx,
    organization: OrganizationId,
    room: RoomId,
    position: u32,
) -> Result<(), DbError> {
    sql!("UPDATE property_room SET position = $3 WHERE organization_id = $1 AND id = $2 AND position <> $3")
        .bind(organization)
        .bind(room)
        .bind(position)
        .execute(tx)
        .await?;
    Ok(())
}
