//! Storage of members and invitations.

pub(super) mod by_secret;
pub(super) mod invitations;

use db::{DbError, Ids, Read, Row, Tx, sql, sql_of_ids};
use kernel::{Instant, Limit, MembershipId, OrganizationId, PropertyId, Role, Scope, UserId};

use super::model::Member;

macro_rules! members {
    () => {
        "SELECT m.id, m.user_id, m.role, m.suspended_at, m.created_at, u.name, u.name_folded, u.email, \
         CASE m.role WHEN 'staff' THEN (SELECT COUNT(*) FROM property_staff s JOIN property p ON p.organization_id = $1 \
         AND p.id = s.property_id AND p.archived_at IS NULL WHERE s.organization_id = $1 AND s.user_id = m.user_id) \
         WHEN 'owner' THEN (SELECT COUNT(*) FROM party t JOIN property_owner o ON o.organization_id = $1 AND o.party_id = t.id \
         JOIN property p ON p.organization_id = $1 AND p.id = o.property_id AND p.archived_at IS NULL \
         WHERE t.organization_id = $1 AND t.user_id = m.user_id) ELSE 0 END AS properties \
         FROM membership m JOIN app_user u ON u.id = m.user_id WHERE m.organization_id = $1"
    };
}

fn member(row: &Row) -> Result<Member, DbError> {
    Ok(Member {
        id: row.get("id")?,
        user_id: row.get("user_id")?,
        name: row.get("name")?,
        name_folded: row.get("name_folded")?,
        email: row.get("email")?,
        role: row.get("role")?,
        suspended_at: row.get("suspended_at")?,
        properties: row.get("properties")?,
        since: row.get("created_at")?,
    })
}

/// Members by name, one more than the limit.
pub(super) async fn list(
    read: &mut Read,
    scope: &Scope,
    after: Option<(String, MembershipId)>,
    limit: Limit,
) -> Result<Vec<Member>, DbError> {
    let (name, id) = after.unwrap_or((String::new(), MembershipId::from_uuid(uuid::Uuid::nil())));
    sql!(members!(), " AND (u.name_folded, m.id) > ($2, $3) ORDER BY u.name_folded, m.id LIMIT $4")
        .bind(scope.organization_id())
        .bind(name)
        .bind(id)
        .bind(limit.with_one_more())
        .fetch_all(read, member)
        .await
}

pub(super) async fn find(read: &mut Read, scope: &Scope, id: MembershipId) -> Result<Option<Member>, DbError> {
    sql!(members!(), " AND m.id = $2").bind(scope.organization_id()).bind(id).fetch_optional(read, member).await
}

/// Holds the organization until the transaction ends, against another change of its managers.
pub(super) async fn lock(tx: &mut Tx, organization: OrganizationId) -> Result<(), DbError> {
    sql!("UPDATE organization SET updated_at = updated_at WHERE id = $1").bind(organization).execute(tx).await?;
    Ok(())
}

/// Whether another manager than this one may act.
pub(super) async fn has_other_manager(read: &mut Read, scope: &Scope, id: MembershipId) -> Result<bool, DbError> {
    let found = sql!(
        "SELECT m.id FROM membership m JOIN app_user u ON u.id = m.user_id AND u.status = 'active' \
         WHERE m.organization_id = $1 AND m.role = 'manager' AND m.suspended_at IS NULL AND m.id <> $2 LIMIT 1"
    )
    .bind(scope.organization_id())
    .bind(id)
    .fetch_optional(read, |_| Ok(()))
    .await?;
    Ok(found.is_some())
}

pub(super) async fn set_role(tx: &mut Tx, scope: &Scope, id: MembershipId, role: Role) -> Result<(), DbError> {
    sql!("UPDATE membership SET role = $3 WHERE organization_id = $1 AND id = $2")
        .bind(scope.organization_id())
        .bind(id)
        .bind(role)
        .execute(tx)
        .await?;
    Ok(())
}

pub(super) async fn set_suspended(
    tx: &mut Tx,
    scope: &Scope,
    id: MembershipId,
    since: Option<Instant>,
) -> Result<(), DbError> {
    sql!("UPDATE membership SET suspended_at = $3 WHERE organization_id = $1 AND id = $2")
        .bind(scope.organization_id())
        .bind(id)
        .bind(since)
        .execute(tx)
        .await?;
    Ok(())
}

pub(super) async fn delete(tx: &mut Tx, scope: &Scope, id: MembershipId) -> Result<(), DbError> {
    sql!("DELETE FROM membership WHERE organization_id = $1 AND id = $2")
        .bind(scope.organization_id())
        .bind(id)
        .execute(tx)
        .await?;
    Ok(())
}

/// Where a user works, in no order.
pub(super) async fn properties_of(read: &mut Read, scope: &Scope, user: UserId) -> Result<Vec<PropertyId>, DbError> {
    sql!("SELECT property_id FROM property_staff WHERE organization_id = $1 AND user_id = $2")
        .bind(scope.organization_id())
        .bind(user)
        .fetch_all(read, |row| row.get("property_id"))
        .await
}

/// Makes a user work at these of the organization's properties, and nowhere else.
pub(super) async fn set_properties(
    tx: &mut Tx,
    organization: OrganizationId,
    user: UserId,
    properties: &[PropertyId],
) -> Result<(), DbError> {
    sql!("DELETE FROM property_staff WHERE organization_id = $1 AND user_id = $2")
        .bind(organization)
        .bind(user)
        .execute(tx)
        .await?;
    if properties.is_empty() {
        return Ok(());
    }
    sql_of_ids!(
        ["INSERT INTO property_staff (organization_id, property_id, user_id) SELECT organization_id, id, $2 FROM property \
          WHERE organization_id = $1 AND id IN "] "$3" []
    )
    .bind(organization)
    .bind(user)
    .bind(properties.iter().copied().collect::<Ids>())
    .execute(tx)
    .await?;
    Ok(())
}

/// How many of these are the organization's properties.
pub(super) async fn count_properties(
    read: &mut Read,
    scope: &Scope,
    properties: &[PropertyId],
) -> Result<usize, DbError> {
    let found = sql_of_ids!(["SELECT id FROM property WHERE organization_id = $1 AND id IN "] "$2" [])
        .bind(scope.organization_id())
        .bind(properties.iter().copied().collect::<Ids>())
        .fetch_all(read, |_| Ok(()))
        .await?;
    Ok(found.len())
}
