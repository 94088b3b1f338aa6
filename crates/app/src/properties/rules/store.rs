//! Storage of house rules.

use chrono::NaiveTime;
use db::{DbError, Read, Tx, sql};
use kernel::{OrganizationId, PropertyId, Scope};

use super::model::HouseRules;
use crate::access::property_scope;

/// The house rules of a property; `None` outside the scope.
pub(super) async fn find(read: &mut Read, scope: &Scope, id: PropertyId) -> Result<Option<HouseRules>, DbError> {
    sql!(
        "SELECT pets, smoking, parties, children, minimum_age, quiet_from, quiet_until, house_rules FROM property \
         WHERE organization_id = $1 AND id = $4 AND ",
        property_scope!("property.id")
    )
    .query()
    .bind_scope(scope)
    .bind(id)
    .fetch_optional(read, |row| {
        let (from, until): (Option<NaiveTime>, Option<NaiveTime>) = (row.get("quiet_from")?, row.get("quiet_until")?);
        Ok(HouseRules {
            pets: row.get("pets")?,
            smoking: row.get("smoking")?,
            parties: row.get("parties")?,
            children: row.get("children")?,
            minimum_age: row.get("minimum_age")?,
            quiet: from.zip(until),
            text: row.get("house_rules")?,
        })
    })
    .await
}

/// Replaces the house rules of a property.
pub(super) async fn replace(
    tx: &mut Tx,
    organization: OrganizationId,
    id: PropertyId,
    rules: &HouseRules,
) -> Result<(), DbError> {
    sql!(
        "UPDATE property SET pets = $3, smoking = $4, parties = $5, children = $6, minimum_age = $7, quiet_from = $8, \
         quiet_until = $9, house_rules = $10 WHERE organization_id = $1 AND id = $2"
    )
    .bind(organization)
    .bind(id)
    .bind(rules.pets)
    .bind(rules.smoking)
    .bind(rules.parties)
    .bind(rules.children)
    .bind(rules.minimum_age)
    .bind(rules.quiet.map(|(from, _)| from))
    .bind(rules.quiet.map(|(_, until)| until))
    .bind(&rules.text)
    .execute(tx)
    .await?;
    Ok(())
}
