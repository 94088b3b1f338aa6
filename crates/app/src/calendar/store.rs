//! Storage: the rows of the calendar.

use std::collections::BTreeMap;

use db::{DbError, Ids, Read, sql, sql_of_ids};
use kernel::{PropertyId, Scope, UnitId, Zone};

use super::model::{After, WindowRow};
use crate::access::property_scope;

/// The zone of the organization, whose date is the calendar's "today".
pub(super) async fn zone(read: &mut Read, scope: &Scope) -> Result<Zone, DbError> {
    sql!("SELECT zone FROM organization WHERE id = $1")
        .bind(scope.organization_id())
        .fetch_one(read, |row| row.get("zone"))
        .await
}

/// Units of properties in use, one more than the limit: by property name, the whole before its parts.
pub(super) async fn rows(
    read: &mut Read,
    scope: &Scope,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<WindowRow>, DbError> {
    let after = after.unwrap_or_else(|| After {
        name_folded: String::new(),
        property_id: PropertyId::from_uuid(uuid::Uuid::nil()),
        unit_name: String::new(),
        unit_id: UnitId::from_uuid(uuid::Uuid::nil()),
    });
    sql!(
        "SELECT u.id, u.property_id, u.parent_id, p.name AS property_name, u.name AS unit_name, p.colour, p.name_folded \
         FROM property p JOIN unit u ON u.organization_id = $1 AND u.property_id = p.id WHERE p.organization_id = $1 \
         AND p.archived_at IS NULL AND (p.name_folded, p.id) >= ($4, $5) \
         AND (p.name_folded, p.id, COALESCE(u.name, ''), u.id) > ($4, $5, $6, $7) AND ",
        property_scope!("p.id"),
        " ORDER BY p.name_folded, p.id, COALESCE(u.name, ''), u.id LIMIT $8"
    )
    .query()
    .bind_scope(scope)
    .bind(after.name_folded)
    .bind(after.property_id)
    .bind(after.unit_name)
    .bind(after.unit_id)
    .bind(limit.saturating_add(1))
    .fetch_all(read, |row| {
        Ok(WindowRow {
            unit_id: row.get("id")?,
            property_id: row.get("property_id")?,
            parent_id: row.get("parent_id")?,
            property_name: row.get("property_name")?,
            unit_name: row.get("unit_name")?,
            colour: row.get("colour")?,
            name_folded: row.get("name_folded")?,
        })
    })
    .await
}

/// The unit above each unit of these properties that has one.
pub(super) async fn parents(
    read: &mut Read,
    scope: &Scope,
    properties: impl Iterator<Item = PropertyId>,
) -> Result<BTreeMap<UnitId, UnitId>, DbError> {
    let pairs = sql_of_ids!(
        ["SELECT id, parent_id FROM unit WHERE organization_id = $1 AND parent_id IS NOT NULL AND ",
         property_scope!("unit.property_id"), " AND property_id IN "] "$4" []
    )
    .query()
    .bind_scope(scope)
    .bind(properties.collect::<Ids>())
    .fetch_all(read, |row| Ok((row.get("id")?, row.get("parent_id")?)))
    .await?;
    Ok(pairs.into_iter().collect())
}
