//! What no use case writes yet: members who did not register themselves, and what they own or work at.

use db::{DbError, Read, Tx, sql};
use kernel::{Instant, Language, MembershipId, OrganizationId, PartyId, PropertyId, Role, UserId, fold};

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

pub(super) async fn insert_member(
    tx: &mut Tx,
    organization: OrganizationId,
    id: MembershipId,
    user: UserId,
    role: Role,
    now: Instant,
) -> Result<(), DbError> {
    sql!("INSERT INTO membership (organization_id, id, user_id, role, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(organization)
        .bind(id)
        .bind(user)
        .bind(role)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

pub(super) async fn insert_party(
    tx: &mut Tx,
    organization: OrganizationId,
    id: PartyId,
    name: &str,
    user: UserId,
    now: Instant,
) -> Result<(), DbError> {
    sql!("INSERT INTO party (organization_id, id, name, user_id, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(organization)
        .bind(id)
        .bind(name)
        .bind(user)
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
