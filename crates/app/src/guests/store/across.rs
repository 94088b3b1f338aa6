//! What the job asks of all organizations.

use db::{DbError, Read, sql};
use kernel::{OrganizationId, StayId};
use uuid::Uuid;

use crate::stays;

/// A stay with contact data and no person.
pub(crate) type Unlinked = (OrganizationId, StayId, stays::Guest);

/// Reservations with contact data whose person is not known yet, in the order of organizations, after one of them,
/// at most so many.
pub(crate) async fn unlinked(read: &mut Read, after: (Uuid, Uuid), most: i64) -> Result<Vec<Unlinked>, DbError> {
    sql!(
        "SELECT s.organization_id, s.id, s.guest_name, s.guest_email, s.guest_phone FROM stay s WHERE (s.organization_id, s.id) > ($1, $2) \
         AND s.kind = 'reservation' \
         AND (s.guest_email IS NOT NULL OR s.guest_phone IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM stay_guest sg \
         WHERE sg.organization_id = s.organization_id AND sg.stay_id = s.id AND sg.is_lead) ORDER BY s.organization_id, s.id LIMIT $3"
    )
    .bind(after.0)
    .bind(after.1)
    .bind(most)
    .fetch_all(read, |row| {
        let guest = stays::Guest {
            name: row.get("guest_name")?,
            email: row.get("guest_email")?,
            phone: row.get("guest_phone")?,
        };
        Ok((row.get("organization_id")?, row.get("id")?, guest))
    })
    .await
}
