//! Storage of amenities.

use db::{DbError, Insert, Read, Tx, row, sql};
use kernel::{OrganizationId, PropertyId, Scope};

use super::model::Amenities;
use crate::access::property_scope;

/// The amenities of a property; `None` outside the scope.
pub(super) async fn find(read: &mut Read, scope: &Scope, id: PropertyId) -> Result<Option<Amenities>, DbError> {
    let rows = sql!(
        "SELECT p.other_amenities, a.amenity FROM property p LEFT JOIN property_amenity a \
         ON a.organization_id = p.organization_id AND a.property_id = p.id WHERE p.organization_id = $1 AND p.id = $4 AND ",
        property_scope!("p.id")
    )
    .query()
    .bind_scope(scope)
    .bind(id)
    .fetch_all(read, |row| Ok((row.get("other_amenities")?, row.get("amenity")?)))
    .await?;
    let Some((others, _)) = rows.first() else { return Ok(None) };
    let others: Option<String> = Option::clone(others);
    Ok(Some(Amenities { others, known: rows.into_iter().filter_map(|(_, amenity)| amenity).collect() }))
}

/// Replaces the amenities of a property.
pub(super) async fn replace(
    tx: &mut Tx,
    organization: OrganizationId,
    id: PropertyId,
    amenities: &Amenities,
) -> Result<(), DbError> {
    sql!("UPDATE property SET other_amenities = $3 WHERE organization_id = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .bind(&amenities.others)
        .execute(tx)
        .await?;
    sql!("DELETE FROM property_amenity WHERE organization_id = $1 AND property_id = $2")
        .bind(organization)
        .bind(id)
        .execute(tx)
        .await?;
    Insert::into("property_amenity", ["organization_id", "property_id", "amenity"])
        .rows(amenities.known.iter().map(|amenity| row![organization, id, *amenity]))
        .execute(tx)
        .await?;
    Ok(())
}
