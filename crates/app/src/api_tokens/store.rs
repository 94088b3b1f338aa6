//! Storage of API tokens.

use std::collections::BTreeSet;

use db::{DbError, Read, Row, Tx, sql};
use kernel::{ApiTokenId, Instant, Membership, OrganizationId, PermissionName, UserId};
use webkit::{MembershipFacts, UserFacts};

use super::ApiToken;

pub(super) async fn insert(
    tx: &mut Tx,
    organization: OrganizationId,
    user: UserId,
    token: &ApiToken,
    token_hash: &[u8],
) -> Result<(), DbError> {
    let permissions: Vec<&str> = token.permissions.iter().map(|permission| permission.as_str()).collect();
    sql!(
        "INSERT INTO api_token (organization_id, id, user_id, name, token_hash, permissions, expires_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    )
    .bind(organization)
    .bind(token.id)
    .bind(user)
    .bind(&token.name)
    .bind(token_hash)
    .bind(permissions.join(","))
    .bind(token.expires_at)
    .bind(token.created_at)
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn list(
    read: &mut Read,
    organization: OrganizationId,
    user: UserId,
) -> Result<Vec<ApiToken>, DbError> {
    sql!(
        "SELECT id, name, permissions, expires_at, last_used_at, created_at FROM api_token \
         WHERE organization_id = $1 AND user_id = $2 ORDER BY id DESC"
    )
    .bind(organization)
    .bind(user)
    .fetch_all(read, token)
    .await
}

pub(super) async fn delete(
    tx: &mut Tx,
    organization: OrganizationId,
    user: UserId,
    id: ApiTokenId,
) -> Result<bool, DbError> {
    let deleted = sql!("DELETE FROM api_token WHERE organization_id = $1 AND user_id = $2 AND id = $3")
        .bind(organization)
        .bind(user)
        .bind(id)
        .execute(tx)
        .await?;
    Ok(deleted > 0)
}

/// Deletes every token of a user in an organization.
pub(super) async fn delete_all(tx: &mut Tx, organization: OrganizationId, user: UserId) -> Result<(), DbError> {
    sql!("DELETE FROM api_token WHERE organization_id = $1 AND user_id = $2")
        .bind(organization)
        .bind(user)
        .execute(tx)
        .await?;
    Ok(())
}

/// A token with whom it stands for.
pub(super) struct Found {
    pub(super) id: ApiTokenId,
    pub(super) user_id: UserId,
    pub(super) permissions: BTreeSet<PermissionName>,
    pub(super) last_used_at: Option<Instant>,
    pub(super) membership: Membership,
    pub(super) user: UserFacts,
    pub(super) organization: MembershipFacts,
}

/// The living token with this hash, of an active user who is still a member.
pub(super) async fn by_hash(read: &mut Read, token_hash: &[u8], now: Instant) -> Result<Option<Found>, DbError> {
    sql!(
        "SELECT t.id, t.user_id, t.permissions, t.last_used_at, t.organization_id, m.id AS membership_id, m.role, \
         u.name, u.email, u.language, u.theme, COALESCE(u.zone, o.zone) AS zone, o.name AS organization \
         FROM api_token t JOIN app_user u ON u.id = t.user_id \
         JOIN membership m ON m.organization_id = t.organization_id AND m.user_id = t.user_id AND m.suspended_at IS NULL \
         JOIN organization o ON o.id = t.organization_id \
         WHERE t.token_hash = $1 AND t.expires_at > $2 AND u.status = 'active'"
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(read, |row| {
        let organization_id = row.get("organization_id")?;
        let role = row.get("role")?;
        Ok(Found {
            id: row.get("id")?,
            user_id: row.get("user_id")?,
            permissions: permissions(row)?,
            last_used_at: row.get("last_used_at")?,
            membership: Membership { id: row.get("membership_id")?, organization_id, role },
            user: UserFacts {
                name: row.get("name")?,
                email: row.get("email")?,
                language: row.get("language")?,
                zone: row.get("zone")?,
                theme: row.get("theme")?,
            },
            organization: MembershipFacts { organization_id, organization: row.get("organization")?, role },
        })
    })
    .await
}

pub(super) async fn used(
    tx: &mut Tx,
    organization: OrganizationId,
    id: ApiTokenId,
    now: Instant,
) -> Result<(), DbError> {
    sql!("UPDATE api_token SET last_used_at = $3 WHERE organization_id = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

fn permissions(row: &Row) -> Result<BTreeSet<PermissionName>, DbError> {
    // A permission that no longer exists gives nothing.
    Ok(row.get::<String>("permissions")?.split(',').filter_map(|name| name.parse().ok()).collect())
}

fn token(row: &Row) -> Result<ApiToken, DbError> {
    Ok(ApiToken {
        id: row.get("id")?,
        name: row.get("name")?,
        permissions: permissions(row)?,
        expires_at: row.get("expires_at")?,
        last_used_at: row.get("last_used_at")?,
        created_at: row.get("created_at")?,
    })
}
