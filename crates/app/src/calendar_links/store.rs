//! Storage of calendar links.

use db::{DbError, Read, Tx, sql};
use kernel::{Instant, Language, Membership, OrganizationId, UserId};

use crate::secrets::StoredToken;

/// A member's link as it is stored.
pub(super) struct Stored {
    pub(super) token_sealed: Vec<u8>,
    pub(super) fetched_at: Option<Instant>,
    pub(super) created_at: Instant,
}

pub(super) async fn find(
    read: &mut Read,
    organization: OrganizationId,
    user: UserId,
) -> Result<Option<Stored>, DbError> {
    sql!("SELECT token_sealed, fetched_at, created_at FROM calendar_link WHERE organization_id = $1 AND user_id = $2")
        .bind(organization)
        .bind(user)
        .fetch_optional(read, |row| {
            Ok(Stored {
                token_sealed: row.get("token_sealed")?,
                fetched_at: row.get("fetched_at")?,
                created_at: row.get("created_at")?,
            })
        })
        .await
}

/// Writes a member's link, in place of the one before.
pub(super) async fn put(
    tx: &mut Tx,
    organization: OrganizationId,
    user: UserId,
    token: &StoredToken,
    now: Instant,
) -> Result<(), DbError> {
    sql!(
        "INSERT INTO calendar_link (organization_id, user_id, token_sealed, token_hash, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (organization_id, user_id) DO UPDATE SET token_sealed = excluded.token_sealed, \
         token_hash = excluded.token_hash, created_at = excluded.created_at, fetched_at = NULL"
    )
    .bind(organization)
    .bind(user)
    .bind(&token.sealed)
    .bind(token.hash.as_slice())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Deletes a member's link; whether there was one.
pub(super) async fn delete(tx: &mut Tx, organization: OrganizationId, user: UserId) -> Result<bool, DbError> {
    let deleted = sql!("DELETE FROM calendar_link WHERE organization_id = $1 AND user_id = $2")
        .bind(organization)
        .bind(user)
        .execute(tx)
        .await?;
    Ok(deleted > 0)
}

/// Whose link it is.
pub(super) struct Holder {
    pub(super) user: UserId,
    pub(super) membership: Membership,
    pub(super) language: Language,
    pub(super) organization_name: String,
    pub(super) fetched_at: Option<Instant>,
}

/// The holder of the link with this secret: an active user who is still a member.
pub(super) async fn by_token(read: &mut Read, token_hash: &[u8]) -> Result<Option<Holder>, DbError> {
    sql!(
        "SELECT l.organization_id, l.user_id, l.fetched_at, m.id AS membership_id, m.role, u.language, o.name AS organization \
         FROM calendar_link l JOIN app_user u ON u.id = l.user_id \
         JOIN membership m ON m.organization_id = l.organization_id AND m.user_id = l.user_id AND m.suspended_at IS NULL \
         JOIN organization o ON o.id = l.organization_id WHERE l.token_hash = $1 AND u.status = 'active'"
    )
    .bind(token_hash)
    .fetch_optional(read, |row| {
        Ok(Holder {
            user: row.get("user_id")?,
            membership: Membership {
                id: row.get("membership_id")?,
                organization_id: row.get("organization_id")?,
                role: row.get("role")?,
            },
            language: row.get("language")?,
            organization_name: row.get("organization")?,
            fetched_at: row.get("fetched_at")?,
        })
    })
    .await
}

/// Notes that a link was fetched.
pub(super) async fn fetched(
    tx: &mut Tx,
    organization: OrganizationId,
    user: UserId,
    now: Instant,
) -> Result<(), DbError> {
    sql!("UPDATE calendar_link SET fetched_at = $3 WHERE organization_id = $1 AND user_id = $2")
        .bind(organization)
        .bind(user)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}
