//! Storage of access facts: sealed values only.

use db::{DbError, Read, Tx, sql};
use kernel::{Instant, OrganizationId, PropertyId};

use super::AccessFact;

/// A stored fact.
pub(super) struct Stored {
    pub(super) fact: AccessFact,
    pub(super) sealed: Vec<u8>,
    pub(super) updated_at: Instant,
}

pub(super) async fn of_property(
    read: &mut Read,
    organization: OrganizationId,
    property: PropertyId,
) -> Result<Vec<Stored>, DbError> {
    sql!("SELECT fact, value_sealed, updated_at FROM property_access WHERE organization_id = $1 AND property_id = $2")
        .bind(organization)
        .bind(property)
        .fetch_all(read, |row| {
            Ok(Stored { fact: row.get("fact")?, sealed: row.get("value_sealed")?, updated_at: row.get("updated_at")? })
        })
        .await
}

pub(super) async fn set(
    tx: &mut Tx,
    organization: OrganizationId,
    property: PropertyId,
    fact: AccessFact,
    sealed: &[u8],
    now: Instant,
) -> Result<(), DbError> {
    sql!(
        "INSERT INTO property_access (organization_id, property_id, fact, value_sealed, updated_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (organization_id, property_id, fact) \
         DO UPDATE SET value_sealed = excluded.value_sealed, updated_at = excluded.updated_at"
    )
    .bind(organization)
    .bind(property)
    .bind(fact)
    .bind(sealed)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn clear(
    tx: &mut Tx,
    organization: OrganizationId,
    property: PropertyId,
    fact: AccessFact,
) -> Result<(), DbError> {
    sql!("DELETE FROM property_access WHERE organization_id = $1 AND property_id = $2 AND fact = $3")
        .bind(organization)
        .bind(property)
        .bind(fact)
        .execute(tx)
        .await?;
    Ok(())
}
