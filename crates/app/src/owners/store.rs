//! Storage of parties and of what they own.

use db::{DbError, Read, Row, Tx, sql};
use kernel::{Instant, PartyId, PropertyId, Rows, Scope, UserId};

use super::{OwnerView, PartyKind, PartyView, Share};

/// Makes whoever changes the owners of a property take turns.
pub(super) async fn lock(tx: &mut Tx, scope: &Scope, property: PropertyId) -> Result<(), DbError> {
    sql!("UPDATE property SET updated_at = updated_at WHERE organization_id = $1 AND id = $2")
        .bind(scope.organization_id())
        .bind(property)
        .execute(tx)
        .await?;
    Ok(())
}

/// The owners of a property, the largest share first; only their own for an owner.
pub(super) async fn of_property(
    read: &mut Read,
    scope: &Scope,
    property: PropertyId,
) -> Result<Vec<OwnerView>, DbError> {
    sql!(
        "SELECT a.id, a.name, a.kind, a.user_id, o.share FROM property_owner o JOIN party a ON a.organization_id = $1 \
         AND a.id = o.party_id WHERE o.organization_id = $1 AND o.property_id = $2 AND ($3 OR a.user_id = $4) \
         ORDER BY o.share DESC, a.name, a.id"
    )
    .bind(scope.organization_id())
    .bind(property)
    .bind(scope.rows() == Rows::All)
    .bind(scope.rows().user_id())
    .fetch_all(read, |row| {
        let points: u32 = row.get("share")?;
        let share = Share::from_basis_points(points);
        let share = share.ok_or_else(|| DbError::Column(format!("share: {points} is out of range")))?;
        let PartyView { name, kind, user_id, .. } = party(row)?;
        Ok(OwnerView { party_id: row.get("id")?, name, kind, user_id, share })
    })
    .await
}

fn party(row: &Row) -> Result<PartyView, DbError> {
    Ok(PartyView { id: row.get("id")?, name: row.get("name")?, kind: row.get("kind")?, user_id: row.get("user_id")? })
}

/// The parties of the organization.
pub(super) async fn parties(read: &mut Read, scope: &Scope) -> Result<Vec<PartyView>, DbError> {
    sql!("SELECT id, name, kind, user_id FROM party WHERE organization_id = $1 ORDER BY name, id LIMIT 2000")
        .bind(scope.organization_id())
        .fetch_all(read, party)
        .await
}

/// The managers and owners among the members who are no party yet.
pub(super) async fn members_without_party(read: &mut Read, scope: &Scope) -> Result<Vec<PartyView>, DbError> {
    sql!(
        "SELECT u.id AS user_id, u.name FROM membership m JOIN app_user u ON u.id = m.user_id WHERE m.organization_id = $1 \
         AND m.role IN ('manager', 'owner') AND NOT EXISTS (SELECT 1 FROM party a WHERE a.organization_id = $1 \
         AND a.user_id = m.user_id) ORDER BY u.name, u.id LIMIT 2000"
    )
    .bind(scope.organization_id())
    .fetch_all(read, |row| {
        Ok(PartyView { id: None, name: row.get("name")?, kind: PartyKind::Person, user_id: row.get("user_id")? })
    })
    .await
}

pub(super) async fn insert_party(
    tx: &mut Tx,
    scope: &Scope,
    id: PartyId,
    (name, kind, user): (&str, PartyKind, Option<UserId>),
    now: Instant,
) -> Result<(), DbError> {
    sql!("INSERT INTO party (organization_id, id, name, kind, user_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(scope.organization_id())
        .bind(id)
        .bind(name)
        .bind(kind)
        .bind(user)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// Gives a party without a user another name.
pub(super) async fn rename(tx: &mut Tx, scope: &Scope, id: PartyId, name: &str) -> Result<(), DbError> {
    sql!("UPDATE party SET name = $3 WHERE organization_id = $1 AND id = $2 AND user_id IS NULL")
        .bind(scope.organization_id())
        .bind(id)
        .bind(name)
        .execute(tx)
        .await?;
    Ok(())
}

/// Replaces the owners of a property.
pub(super) async fn replace(
    tx: &mut Tx,
    scope: &Scope,
    property: PropertyId,
    owners: &[(PartyId, Share)],
) -> Result<(), DbError> {
    sql!("DELETE FROM property_owner WHERE organization_id = $1 AND property_id = $2")
        .bind(scope.organization_id())
        .bind(property)
        .execute(tx)
        .await?;
    for (party, share) in owners {
        sql!("INSERT INTO property_owner (organization_id, property_id, party_id, share) VALUES ($1, $2, $3, $4)")
            .bind(scope.organization_id())
            .bind(property)
            .bind(*party)
            .bind(share.basis_points())
            .execute(tx)
            .await?;
    }
    Ok(())
}
