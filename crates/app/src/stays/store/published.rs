//! Which nights of a unit are taken.

use db::{DbError, Ids, Read, Row, sql, sql_of_ids};
use kernel::{Date, Nights, OrganizationId, UnitId};

use super::nights;
use crate::stays::{
    StayStatus,
    published::{Occupant, TakenNights},
};

/// Stays at a unit, above it and below it that end after a date and take nights.
pub(crate) async fn taken(
    read: &mut Read,
    organization: OrganizationId,
    unit: UnitId,
    after: Date,
) -> Result<Vec<TakenNights>, DbError> {
    sql!(
        "WITH RECURSIVE above (id, parent_id) AS (SELECT id, parent_id FROM unit WHERE organization_id = $1 AND id = $2 \
         UNION SELECT un.id, un.parent_id FROM unit un JOIN above a ON un.id = a.parent_id WHERE un.organization_id = $1), \
         below (id) AS (SELECT id FROM unit WHERE organization_id = $1 AND id = $2 \
         UNION SELECT un.id FROM unit un JOIN below b ON un.parent_id = b.id WHERE un.organization_id = $1), \
         related (id) AS (SELECT id FROM above UNION SELECT id FROM below) \
         SELECT s.id, s.unit_id, s.channel, s.feed_id, s.status, s.check_in, s.check_out, s.updated_at \
         FROM related r JOIN stay s ON s.organization_id = $1 AND s.unit_id = r.id AND s.check_out > $3 \
         WHERE s.status IN ('hold', 'pending', 'confirmed', 'checked_in', 'checked_out') OR (s.status = 'no_show' \
         AND EXISTS (SELECT 1 FROM unit_night n WHERE n.organization_id = $1 AND n.stay_id = s.id)) ORDER BY s.check_in, s.id"
    )
    .bind(organization)
    .bind(unit)
    .bind(after)
    .fetch_all(read, taken_nights)
    .await
}

/// The nights that a stay takes: only the first of a no-show.
fn kept(row: &Row) -> Result<Nights, DbError> {
    let nights = nights(row)?;
    if row.get::<StayStatus>("status")? == StayStatus::NoShow {
        let next = nights.check_in().succ_opt().unwrap_or_else(|| nights.check_out());
        return Ok(Nights::new(nights.check_in(), next).unwrap_or(nights));
    }
    Ok(nights)
}

fn taken_nights(row: &Row) -> Result<TakenNights, DbError> {
    Ok(TakenNights {
        stay: row.get("id")?,
        unit_id: row.get("unit_id")?,
        channel: row.get("channel")?,
        feed_id: row.get("feed_id")?,
        nights: kept(row)?,
        updated_at: row.get("updated_at")?,
    })
}

/// Stays at these units, above them and below them that take nights between two dates or touch them, each with the unit that was asked for.
pub(crate) async fn occupants(
    read: &mut Read,
    organization: OrganizationId,
    units: &[UnitId],
    from: Date,
    until: Date,
) -> Result<Vec<(UnitId, Occupant)>, DbError> {
    sql_of_ids!(
        ["WITH RECURSIVE wanted (id, parent_id) AS (SELECT id, parent_id FROM unit WHERE organization_id = $1 AND id IN "]
        "$4"
        ["), above (asked, id, parent_id) AS (SELECT id, id, parent_id FROM wanted \
          UNION SELECT a.asked, un.id, un.parent_id FROM unit un JOIN above a ON un.id = a.parent_id WHERE un.organization_id = $1), \
          below (asked, id) AS (SELECT id, id FROM wanted \
          UNION SELECT b.asked, un.id FROM unit un JOIN below b ON un.parent_id = b.id WHERE un.organization_id = $1), \
          related (asked, id) AS (SELECT asked, id FROM above UNION SELECT asked, id FROM below) \
          SELECT r.asked, s.id, s.kind, s.block_kind, s.channel, s.guest_name, s.status, s.check_in, s.check_out \
          FROM related r JOIN stay s ON s.organization_id = $1 AND s.unit_id = r.id AND s.check_out >= $2 AND s.check_in <= $3 \
          WHERE s.status IN ('hold', 'pending', 'confirmed', 'checked_in', 'checked_out') OR (s.status = 'no_show' \
          AND EXISTS (SELECT 1 FROM unit_night n WHERE n.organization_id = $1 AND n.stay_id = s.id)) ORDER BY s.check_in, s.id"]
    )
    .bind(organization)
    .bind(from)
    .bind(until)
    .bind(units.iter().copied().collect::<Ids>())
    .fetch_all(read, |row| {
        let occupant = Occupant {
            stay: row.get("id")?,
            kind: row.get("kind")?,
            block_kind: row.get("block_kind")?,
            channel: row.get("channel")?,
            guest_name: row.get("guest_name")?,
            nights: kept(row)?,
        };
        Ok((row.get("asked")?, occupant))
    })
    .await
}
