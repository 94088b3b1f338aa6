//! Which nights of a unit are taken.

use db::{DbError, Read, Row, sql};
use kernel::{Date, Nights, OrganizationId, UnitId};

use super::nights;
use crate::stays::{StayStatus, published::TakenNights};

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

fn taken_nights(row: &Row) -> Result<TakenNights, DbError> {
    let mut nights = nights(row)?;
    if row.get::<StayStatus>("status")? == StayStatus::NoShow {
        let next = nights.check_in().succ_opt().unwrap_or_else(|| nights.check_out());
        nights = Nights::new(nights.check_in(), next).unwrap_or(nights);
    }
    Ok(TakenNights {
        stay: row.get("id")?,
        unit_id: row.get("unit_id")?,
        channel: row.get("channel")?,
        feed_id: row.get("feed_id")?,
        nights,
        updated_at: row.get("updated_at")?,
    })
}
