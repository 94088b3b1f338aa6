//! What no use case writes yet: users who did not register themselves, and what they own or work at.

use db::{DbError, Read, Tx, sql};
use kernel::{Instant, Language, OrganizationId, PartyId, PropertyId, UserId, fold};

/// The addresses of the first accounts, in order.
pub(super) async fn users(read: &mut Read) -> Result<Vec<String>, DbError> {
    sql!("SELECT email FROM app_user ORDER BY email_folded LIMIT 100")
        .query()
        .fetch_all(read, |row| row.get("email"))
        .await
}

pub(super) async fn insert_user(
    tx: &mut Tx,
    id: UserId,
    (email, name): (&str, &str),
    password_hash: &str,
    language: Language,
    now: Instant,
) -> Result<(), DbError> {
    sql!(
        "INSERT INTO app_user (id, email, email_folded, name, name_folded, password_hash, language, email_verified_at, \
         password_changed_at, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8, $8)"
    )
    .bind(id)
    .bind(email)
    .bind(fold(email))
    .bind(name)
    .bind(fold(name))
    .bind(password_hash)
    .bind(language)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn insert_owner(
    tx: &mut Tx,
    organization: OrganizationId,
    property: PropertyId,
    party: PartyId,
) -> Result<(), DbError> {
    sql!("INSERT INTO property_owner (organization_id, property_id, party_id, share) VALUES ($1, $2, $3, 10000)")
        .bind(organization)
        .bind(property)
        .bind(party)
        .execute(tx)
        .await?;
    Ok(())
}

pub(super) async fn insert_staff(
    tx: &mut Tx,
    organization: OrganizationId,
    property: PropertyId,
    user: UserId,
) -> Result<(), DbError> {
    sql!("INSERT INTO property_staff (organization_id, property_id, user_id) VALUES ($1, $2, $3)")
        .bind(organization)
        .bind(property)
        .bind(user)
        .execute(tx)
        .await?;
    Ok(())
}
