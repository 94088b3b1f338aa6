//! Storage of conflicts: free places, and which channels were asked. Who waits for whom is in the stays' own store.

use db::{DbError, Ids, Insert, Read, Tx, sql, sql_of_ids};
use kernel::{Instant, OrganizationId, Scope, StayId, UserId};

use super::model::{Ask, FreePlace, Nearness};
use crate::{access::property_scope, stays::Stay};

/// The most places that are offered.
const PLACES: i64 = 50;

/// The units that are free for all nights of a stay and large enough, the nearest first. A unit is taken when it or any unit below it
/// has one of the nights: found from the units that have one, upwards.
pub(super) async fn free_places(read: &mut Read, scope: &Scope, stay: &Stay) -> Result<Vec<FreePlace>, DbError> {
    sql!(
        "WITH RECURSIVE taken (id) AS (SELECT u.id FROM unit u WHERE u.organization_id = $1 AND EXISTS (SELECT 1 FROM unit_night n \
         WHERE n.organization_id = $1 AND n.unit_id = u.id AND n.night >= $4 AND n.night < $5 AND n.stay_id <> $6) \
         UNION SELECT u.parent_id FROM taken t JOIN unit u ON u.organization_id = $1 AND u.id = t.id WHERE u.parent_id IS NOT NULL) \
         SELECT un.id, un.name, un.property_id, p.name AS property_name, p.colour, p.city, \
         COALESCE(un.capacity, p.capacity) AS capacity, \
         CAST(CASE WHEN p.id = here.id THEN 0 WHEN p.city = here.city AND p.country = here.country THEN 1 ELSE 2 END AS BIGINT) \
         AS nearness \
         FROM unit un JOIN property p ON p.organization_id = $1 AND p.id = un.property_id \
         JOIN property here ON here.organization_id = $1 AND here.id = $7 \
         WHERE un.organization_id = $1 AND un.id <> $8 AND p.archived_at IS NULL AND un.retired_at IS NULL \
         AND COALESCE(un.capacity, p.capacity) >= $9 \
         AND un.id NOT IN (SELECT id FROM taken) AND ",
        property_scope!("p.id"),
        " ORDER BY nearness, p.name_folded, COALESCE(un.name, ''), un.id LIMIT $10"
    )
    .query()
    .bind_scope(scope)
    .bind(stay.nights.check_in())
    .bind(stay.nights.check_out())
    .bind(stay.id)
    .bind(stay.property_id)
    .bind(stay.unit_id)
    .bind(stay.counts.beds())
    .bind(PLACES)
    .fetch_all(read, |row| {
        Ok(FreePlace {
            unit_id: row.get("id")?,
            property_id: row.get("property_id")?,
            property_name: row.get("property_name")?,
            unit_name: row.get("name")?,
            colour: row.get("colour")?,
            city: row.get("city")?,
            capacity: row.get("capacity")?,
            nearness: match row.get::<i64>("nearness")? {
                0 => Nearness::SameProperty,
                1 => Nearness::SameCity,
                _ => Nearness::Elsewhere,
            },
        })
    })
    .await
}

/// Notes that a stay's channel was asked.
pub(super) async fn ask(
    tx: &mut Tx,
    organization: OrganizationId,
    stay: StayId,
    by: Option<UserId>,
    at: Instant,
    note: Option<&str>,
) -> Result<(), DbError> {
    Insert::into("stay_channel_ask", ["organization_id", "stay_id", "asked_at", "asked_by", "note"])
        .skip_taken()
        .rows([db::row![organization, stay, at, by, note.map(str::to_owned)]])
        .execute(tx)
        .await?;
    Ok(())
}

/// Which channels were asked about these stays, the last first.
pub(super) async fn asks(read: &mut Read, organization: OrganizationId, stays: &[StayId]) -> Result<Vec<Ask>, DbError> {
    sql_of_ids!(
        ["SELECT a.stay_id, a.asked_at, a.note, u.name FROM stay_channel_ask a LEFT JOIN app_user u ON u.id = a.asked_by \
          WHERE a.organization_id = $1 AND a.stay_id IN "] "$2" [" ORDER BY a.asked_at DESC, a.stay_id"]
    )
    .bind(organization)
    .bind(stays.iter().copied().collect::<Ids>())
    .fetch_all(read, |row| {
        Ok(Ask { stay: row.get("stay_id")?, by: row.get("name")?, at: row.get("asked_at")?, note: row.get("note")? })
    })
    .await
}
