//! Reading users and organizations of the whole platform.

use db::{DbError, Read, Row, sql};
use kernel::{Limit, UserId};
use uuid::Uuid;

use super::model::{Counts, OrganizationRow, Place, UserRow};

/// Newest first; ids are in the order of time.
pub(super) async fn users(
    read: &mut Read,
    pattern: &str,
    before: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<UserRow>, DbError> {
    sql!(
        "SELECT id, name, email, status, is_admin, email_verified_at, last_signed_in_at, created_at FROM app_user \
         WHERE (name_folded LIKE $1 ESCAPE '!' OR email_folded LIKE $1 ESCAPE '!') AND (id < $2 OR $2 IS NULL) \
         ORDER BY id DESC LIMIT $3"
    )
    .bind(pattern)
    .bind(before)
    .bind(limit.with_one_more())
    .fetch_all(read, user_row)
    .await
}

pub(super) async fn user(read: &mut Read, id: UserId) -> Result<Option<UserRow>, DbError> {
    sql!(
        "SELECT id, name, email, status, is_admin, email_verified_at, last_signed_in_at, created_at FROM app_user \
         WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(read, user_row)
    .await
}

fn user_row(row: &Row) -> Result<UserRow, DbError> {
    Ok(UserRow {
        id: row.get("id")?,
        name: row.get("name")?,
        email: row.get("email")?,
        status: row.get("status")?,
        is_admin: row.get("is_admin")?,
        email_verified_at: row.get("email_verified_at")?,
        last_signed_in_at: row.get("last_signed_in_at")?,
        created_at: row.get("created_at")?,
    })
}

pub(super) async fn places(read: &mut Read, user: UserId) -> Result<Vec<Place>, DbError> {
    sql!(
        "SELECT o.id, o.name, m.role FROM membership m JOIN organization o ON o.id = m.organization_id \
         WHERE m.user_id = $1 ORDER BY m.created_at, m.id"
    )
    .bind(user)
    .fetch_all(read, |row| Ok(Place { id: row.get("id")?, name: row.get("name")?, role: row.get("role")? }))
    .await
}

/// Newest first; ids are in the order of time.
pub(super) async fn organizations(
    read: &mut Read,
    pattern: &str,
    before: Option<Uuid>,
    limit: Limit,
) -> Result<Vec<OrganizationRow>, DbError> {
    sql!(
        "SELECT o.id, o.name, o.country, o.created_at, \
         (SELECT COUNT(*) FROM membership m WHERE m.organization_id = o.id) AS members, \
         (SELECT COUNT(*) FROM property p WHERE p.organization_id = o.id AND p.archived_at IS NULL) AS properties \
         FROM organization o WHERE o.name_folded LIKE $1 ESCAPE '!' AND (o.id < $2 OR $2 IS NULL) ORDER BY o.id DESC LIMIT $3"
    )
    .bind(pattern)
    .bind(before)
    .bind(limit.with_one_more())
    .fetch_all(read, |row| {
        Ok(OrganizationRow {
            id: row.get("id")?,
            name: row.get("name")?,
            country: row.get("country")?,
            members: row.get("members")?,
            properties: row.get("properties")?,
            created_at: row.get("created_at")?,
        })
    })
    .await
}

pub(super) async fn counts(read: &mut Read) -> Result<Counts, DbError> {
    sql!(
        "SELECT (SELECT COUNT(*) FROM app_user) AS users, \
         (SELECT COUNT(*) FROM app_user WHERE status = 'disabled') AS disabled, \
         (SELECT COUNT(*) FROM organization) AS organizations, \
         (SELECT COUNT(*) FROM property WHERE archived_at IS NULL) AS properties"
    )
    .query()
    .fetch_one(read, |row| {
        Ok(Counts {
            users: row.get("users")?,
            disabled: row.get("disabled")?,
            organizations: row.get("organizations")?,
            properties: row.get("properties")?,
        })
    })
    .await
}
