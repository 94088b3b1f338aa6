//! Storage of organizations and memberships.

use db::{DbError, Read, Tx, sql};
use kernel::{Instant, MembershipId, OrganizationId, PartyId, Role, Scope, UserId, fold};

use super::model::{NewOrganization, Organization};

pub(super) async fn insert(
    tx: &mut Tx,
    id: OrganizationId,
    facts: &NewOrganization,
    now: Instant,
) -> Result<(), DbError> {
    sql!(
        "INSERT INTO organization (id, name, name_folded, country, zone, currency, language, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)"
    )
    .bind(id)
    .bind(&facts.name)
    .bind(fold(&facts.name))
    .bind(&facts.country)
    .bind(facts.zone)
    .bind(facts.currency)
    .bind(facts.language)
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

pub(super) async fn find(read: &mut Read, scope: &Scope) -> Result<Option<Organization>, DbError> {
    sql!("SELECT id, name, country, zone, currency, language FROM organization WHERE id = $1")
        .bind(scope.organization_id())
        .fetch_optional(read, |row| {
            Ok(Organization {
                id: row.get("id")?,
                facts: NewOrganization {
                    name: row.get("name")?,
                    country: row.get("country")?,
                    zone: row.get("zone")?,
                    currency: row.get("currency")?,
                    language: row.get("language")?,
                },
            })
        })
        .await
}

pub(super) async fn update(tx: &mut Tx, scope: &Scope, facts: &NewOrganization, now: Instant) -> Result<(), DbError> {
    sql!(
        "UPDATE organization SET name = $2, name_folded = $3, country = $4, zone = $5, currency = $6, language = $7, \
         updated_at = $8 WHERE id = $1"
    )
    .bind(scope.organization_id())
    .bind(&facts.name)
    .bind(fold(&facts.name))
    .bind(&facts.country)
    .bind(facts.zone)
    .bind(facts.currency)
    .bind(facts.language)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Whether an amount was written anywhere in the organization. A feature that stores amounts adds its table here.
pub(super) async fn has_amounts(read: &mut Read, scope: &Scope) -> Result<bool, DbError> {
    let found = sql!("SELECT 1 AS one FROM stay WHERE organization_id = $1 AND currency IS NOT NULL LIMIT 1")
        .bind(scope.organization_id())
        .fetch_optional(read, |_| Ok(()))
        .await?;
    Ok(found.is_some())
}

pub(super) async fn is_member(read: &mut Read, id: OrganizationId, user: UserId) -> Result<bool, DbError> {
    let found = sql!("SELECT id FROM membership WHERE organization_id = $1 AND user_id = $2 AND suspended_at IS NULL")
        .bind(id)
        .bind(user)
        .fetch_optional(read, |_| Ok(()))
        .await?;
    Ok(found.is_some())
}

/// Whether an organization is there, for whoever may enter any.
pub(super) async fn exists(read: &mut Read, id: OrganizationId) -> Result<bool, DbError> {
    let found = sql!("SELECT id FROM organization WHERE id = $1").bind(id).fetch_optional(read, |_| Ok(())).await?;
    Ok(found.is_some())
}
