//! Storage of users and of what lets them in.

pub(super) mod sessions;
pub(super) mod throttle;
pub(super) mod tokens;

use db::{Constraint, DbError, Read, Row, Tx, sql};
use kernel::{Instant, Language, OrganizationId, UserId, Zone, fold};

use super::model::{Account, Email, NewUser, UserStatus};
use crate::ui::Theme;

/// Two accounts with one address.
pub(super) const EMAIL_TAKEN: Constraint = Constraint::unique("app_user_email_key", "app_user", &["email_folded"]);

pub(super) async fn insert(tx: &mut Tx, user: &NewUser, now: Instant) -> Result<(), DbError> {
    sql!(
        "INSERT INTO app_user (id, email, email_folded, name, name_folded, password_hash, language, zone, is_admin, \
         email_verified_at, password_changed_at, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $11)"
    )
    .bind(user.id)
    .bind(user.email.as_str())
    .bind(user.email.folded())
    .bind(&user.name)
    .bind(fold(&user.name))
    .bind(&user.password_hash)
    .bind(user.language)
    .bind(user.zone)
    .bind(user.is_admin)
    .bind(user.email_verified_at)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn by_email(read: &mut Read, email_folded: &str) -> Result<Option<Account>, DbError> {
    sql!(
        "SELECT id, email, name, password_hash, language, zone, is_admin, status, email_verified_at \
         FROM app_user WHERE email_folded = $1"
    )
    .bind(email_folded)
    .fetch_optional(read, account)
    .await
}

pub(super) async fn by_id(read: &mut Read, id: UserId) -> Result<Option<Account>, DbError> {
    sql!(
        "SELECT id, email, name, password_hash, language, zone, is_admin, status, email_verified_at \
         FROM app_user WHERE id = $1"
    )
    .bind(id)
    .fetch_optional(read, account)
    .await
}

fn account(row: &Row) -> Result<Account, DbError> {
    Ok(Account {
        id: row.get("id")?,
        email: row.get("email")?,
        name: row.get("name")?,
        password_hash: row.get("password_hash")?,
        language: row.get("language")?,
        zone: row.get("zone")?,
        is_admin: row.get("is_admin")?,
        status: row.get("status")?,
        email_verified_at: row.get("email_verified_at")?,
    })
}

/// Notes a sign-in, and that the account still is as it was when the password was checked: whoever disables it or changes its
/// password at the same moment comes before or after.
pub(super) async fn note_sign_in(tx: &mut Tx, id: UserId, password_hash: &str, now: Instant) -> Result<bool, DbError> {
    let rows =
        sql!("UPDATE app_user SET last_signed_in_at = $3 WHERE id = $1 AND password_hash = $2 AND status = 'active'")
            .bind(id)
            .bind(password_hash)
            .bind(now)
            .execute(tx)
            .await?;
    Ok(rows == 1)
}

/// Sets a password, if the account is active and the one that was checked is still in force (`None`: whatever is in force).
pub(super) async fn set_password(
    tx: &mut Tx,
    id: UserId,
    checked: Option<&str>,
    hash: &str,
    now: Instant,
) -> Result<bool, DbError> {
    let rows = sql!(
        "UPDATE app_user SET password_hash = $3, password_changed_at = $4, updated_at = $4 \
         WHERE id = $1 AND (CAST($2 AS TEXT) IS NULL OR password_hash = $2) AND status = 'active'"
    )
    .bind(id)
    .bind(checked)
    .bind(hash)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(rows == 1)
}

/// Confirms an address, if it is still the account's.
pub(super) async fn verify_email(tx: &mut Tx, id: UserId, email: &Email, now: Instant) -> Result<bool, DbError> {
    let rows = sql!(
        "UPDATE app_user SET email_verified_at = COALESCE(email_verified_at, $3), updated_at = $3 \
         WHERE id = $1 AND email_folded = $2 AND status = 'active'"
    )
    .bind(id)
    .bind(email.folded())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(rows == 1)
}

/// Sets a confirmed address; [`EMAIL_TAKEN`] when another account has it.
pub(super) async fn set_email(tx: &mut Tx, id: UserId, email: &Email, now: Instant) -> Result<bool, DbError> {
    let rows = sql!(
        "UPDATE app_user SET email = $2, email_folded = $3, email_verified_at = $4, updated_at = $4 \
         WHERE id = $1 AND status = 'active'"
    )
    .bind(id)
    .bind(email.as_str())
    .bind(email.folded())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(rows == 1)
}

pub(super) async fn set_profile(
    tx: &mut Tx,
    id: UserId,
    name: &str,
    language: Language,
    zone: Option<Zone>,
    now: Instant,
) -> Result<(), DbError> {
    sql!("UPDATE app_user SET name = $2, name_folded = $3, language = $4, zone = $5, updated_at = $6 WHERE id = $1")
        .bind(id)
        .bind(name)
        .bind(fold(name))
        .bind(language)
        .bind(zone)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

pub(super) async fn set_theme(tx: &mut Tx, id: UserId, theme: Theme, now: Instant) -> Result<(), DbError> {
    sql!("UPDATE app_user SET theme = $2, updated_at = $3 WHERE id = $1")
        .bind(id)
        .bind(theme)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// Disables or enables; whether that changed anything.
pub(super) async fn set_status(tx: &mut Tx, id: UserId, status: UserStatus, now: Instant) -> Result<bool, DbError> {
    let rows = sql!("UPDATE app_user SET status = $2, updated_at = $3 WHERE id = $1 AND status <> $2")
        .bind(id)
        .bind(status)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(rows == 1)
}

/// Holds the organizations that a user manages until the transaction ends, against another change of their managers.
pub(super) async fn lock_managed(tx: &mut Tx, id: UserId) -> Result<(), DbError> {
    sql!(
        "UPDATE organization SET updated_at = updated_at WHERE id IN \
         (SELECT organization_id FROM membership WHERE user_id = $1 AND role = 'manager')"
    )
    .bind(id)
    .execute(tx)
    .await?;
    Ok(())
}

/// An organization that a user manages and that has no other active manager.
pub(super) async fn left_without_manager(read: &mut Read, id: UserId) -> Result<Option<OrganizationId>, DbError> {
    sql!(
        "SELECT m.organization_id FROM membership m WHERE m.user_id = $1 AND m.role = 'manager' AND m.suspended_at IS NULL AND NOT EXISTS ( \
         SELECT 1 FROM membership o JOIN app_user u ON u.id = o.user_id WHERE o.organization_id = m.organization_id \
         AND o.role = 'manager' AND o.suspended_at IS NULL AND o.user_id <> $1 AND u.status = 'active')"
    )
    .bind(id)
    .fetch_optional(read, |row| row.get("organization_id"))
    .await
}
