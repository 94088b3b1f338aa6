//! Storage of units below a whole.

use db::{DbError, Read, Tx, sql};
use kernel::{Date, Instant, PropertyId, Scope, UnitId};

use super::{StayAhead, UnitFacts};

/// As many stays are named of those in the way.
const MOST_STAYS: i64 = 10;

/// Makes the writers of a property's units and claims take turns: the row that claims lock too.
pub(super) async fn lock(tx: &mut Tx, scope: &Scope, property: PropertyId) -> Result<(), DbError> {
    sql!(
        "UPDATE unit SET created_at = created_at WHERE organization_id = $1 AND property_id = $2 AND parent_id IS NULL"
    )
    .bind(scope.organization_id())
    .bind(property)
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn insert(
    tx: &mut Tx,
    scope: &Scope,
    (id, property, parent): (UnitId, PropertyId, UnitId),
    facts: &UnitFacts,
    now: Instant,
) -> Result<(), DbError> {
    sql!(
        "INSERT INTO unit (organization_id, id, property_id, parent_id, name, capacity, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    )
    .bind(scope.organization_id())
    .bind(id)
    .bind(property)
    .bind(parent)
    .bind(&facts.name)
    .bind(facts.capacity)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn update(tx: &mut Tx, scope: &Scope, id: UnitId, facts: &UnitFacts) -> Result<(), DbError> {
    sql!("UPDATE unit SET name = $3, capacity = $4 WHERE organization_id = $1 AND id = $2 AND parent_id IS NOT NULL")
        .bind(scope.organization_id())
        .bind(id)
        .bind(&facts.name)
        .bind(facts.capacity)
        .execute(tx)
        .await?;
    Ok(())
}

/// Retires (`Some`) or brings back (`None`).
pub(super) async fn set_retired(tx: &mut Tx, scope: &Scope, id: UnitId, at: Option<Instant>) -> Result<(), DbError> {
    sql!("UPDATE unit SET retired_at = $3 WHERE organization_id = $1 AND id = $2 AND parent_id IS NOT NULL")
        .bind(scope.organization_id())
        .bind(id)
        .bind(at)
        .execute(tx)
        .await?;
    Ok(())
}

/// The next live stays at a unit itself that end after a day.
pub(super) async fn stays_ahead(
    read: &mut Read,
    scope: &Scope,
    unit: UnitId,
    day: Date,
) -> Result<Vec<StayAhead>, DbError> {
    sql!(
        "SELECT s.id, s.check_in, s.check_out FROM stay s WHERE s.organization_id = $1 AND s.unit_id = $2 AND s.check_out > $3 \
         AND s.status IN ('hold', 'pending', 'confirmed', 'checked_in') ORDER BY s.check_in, s.id LIMIT $4"
    )
    .bind(scope.organization_id())
    .bind(unit)
    .bind(day)
    .bind(MOST_STAYS)
    .fetch_all(read, |row| {
        Ok(StayAhead { id: row.get("id")?, check_in: row.get("check_in")?, check_out: row.get("check_out")? })
    })
    .await
}
