//! Storage of accounts with suppliers.

use db::{DbError, Read, Tx, sql};
use kernel::{OrganizationId, PropertyId, Scope, UtilityId};

use super::model::{NewUtility, UtilityView};
use crate::access::property_scope;

/// The accounts of a property within the scope, by kind.
pub(super) async fn list(read: &mut Read, scope: &Scope, property: PropertyId) -> Result<Vec<UtilityView>, DbError> {
    sql!(
        "SELECT id, kind, provider, account_number, meter_number, phone, website, notes FROM property_utility \
         WHERE organization_id = $1 AND property_id = $4 AND ",
        property_scope!("property_utility.property_id"),
        " ORDER BY id"
    )
    .query()
    .bind_scope(scope)
    .bind(property)
    .fetch_all(read, |row| {
        let facts = NewUtility {
            kind: row.get("kind")?,
            provider: row.get("provider")?,
            account_number: row.get("account_number")?,
            meter_number: row.get("meter_number")?,
            phone: row.get("phone")?,
            website: row.get("website")?,
            notes: row.get("notes")?,
        };
        Ok(UtilityView { id: row.get("id")?, facts })
    })
    .await
}

/// Adds an account.
pub(super) async fn insert(
    tx: &mut Tx,
    organization: OrganizationId,
    property: PropertyId,
    utility: &UtilityView,
) -> Result<(), DbError> {
    let facts = &utility.facts;
    sql!(
        "INSERT INTO property_utility (organization_id, id, property_id, kind, provider, account_number, meter_number, phone, website, \
         notes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    )
    .bind(organization)
    .bind(utility.id)
    .bind(property)
    .bind(facts.kind)
    .bind(&facts.provider)
    .bind(&facts.account_number)
    .bind(&facts.meter_number)
    .bind(&facts.phone)
    .bind(&facts.website)
    .bind(&facts.notes)
    .execute(tx)
    .await?;
    Ok(())
}

/// Replaces what is known of an account.
pub(super) async fn update(
    tx: &mut Tx,
    organization: OrganizationId,
    id: UtilityId,
    facts: &NewUtility,
) -> Result<(), DbError> {
    sql!(
        "UPDATE property_utility SET kind = $3, provider = $4, account_number = $5, meter_number = $6, phone = $7, website = $8, \
         notes = $9 WHERE organization_id = $1 AND id = $2"
    )
    .bind(organization)
    .bind(id)
    .bind(facts.kind)
    .bind(&facts.provider)
    .bind(&facts.account_number)
    .bind(&facts.meter_number)
    .bind(&facts.phone)
    .bind(&facts.website)
    .bind(&facts.notes)
    .execute(tx)
    .await?;
    Ok(())
}

/// Removes an account.
pub(super) async fn remove(tx: &mut Tx, organization: OrganizationId, id: UtilityId) -> Result<(), DbError> {
    sql!("DELETE FROM property_utility WHERE organization_id = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .execute(tx)
        .await?;
    Ok(())
}
