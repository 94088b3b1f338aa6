//! Storage: the rows of the calendar.

use std::collections::BTreeMap;

use db::{DbError, Ids, Read, sql, sql_of_ids};
use kernel::{Date, Nights, PropertyId, Scope, UnitId, Zone};

use super::model::{After, RowFilter, WindowRow};
use crate::access::property_scope;

/// The zone of the organization, whose date is the calendar's "today".
pub(super) async fn zone(read: &mut Read, scope: &Scope) -> Result<Zone, DbError> {
    sql!("SELECT zone FROM organization WHERE id = $1")
        .bind(scope.organization_id())
        .fetch_one(read, |row| row.get("zone"))
        .await
}

/// The cities of properties in use, each once.
pub(super) async fn cities(read: &mut Read, scope: &Scope) -> Result<Vec<String>, DbError> {
    sql!(
        "SELECT DISTINCT p.city FROM property p WHERE p.organization_id = $1 AND p.archived_at IS NULL AND p.city IS NOT NULL AND ",
        property_scope!("p.id"),
        " ORDER BY p.city LIMIT 500"
    )
    .query()
    .bind_scope(scope)
    .fetch_all(read, |row| row.get("city"))
    .await
}

/// The rows after another, in the order of `$order`, whose columns are compared by `$after`.
macro_rules! rows {
    ($after:literal, $order:literal) => {
        sql!(
            "WITH RECURSIVE taken (id) AS (SELECT un.id FROM unit un WHERE un.organization_id = $1 AND EXISTS (SELECT 1 \
             FROM unit_night n WHERE n.organization_id = $1 AND n.unit_id = un.id AND n.night >= $12 AND n.night < $13) \
             UNION SELECT un.parent_id FROM taken t JOIN unit un ON un.organization_id = $1 AND un.id = t.id \
             WHERE un.parent_id IS NOT NULL) \
             SELECT u.id, u.property_id, u.parent_id, p.name AS property_name, u.name AS unit_name, p.colour, p.name_folded, \
             COALESCE(p.city, '') AS city FROM property p JOIN unit u ON u.organization_id = $1 AND u.property_id = p.id \
             WHERE p.organization_id = $1 AND p.archived_at IS NULL AND u.retired_at IS NULL AND ",
            $after,
            " AND (p.name_folded LIKE $9 ESCAPE '!' OR $9 IS NULL) AND (p.city = $10 OR $10 IS NULL) \
             AND (EXISTS (SELECT 1 FROM unit_night_wait w WHERE w.organization_id = $1 AND w.unit_id = u.id AND w.night >= $11) \
             OR $11 IS NULL) AND ($12 IS NULL OR u.id NOT IN (SELECT id FROM taken)) AND ",
            property_scope!("p.id"),
            " ORDER BY ",
            $order,
            "p.name_folded, p.id, COALESCE(u.name, ''), u.id LIMIT $8"
        )
    };
}

/// Units of properties in use, one more than the limit: by property name, the whole before its parts; by city before that if wanted.
pub(super) async fn rows(
    read: &mut Read,
    scope: &Scope,
    filter: &RowFilter,
    today: Date,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<WindowRow>, DbError> {
    let after = after.unwrap_or_else(|| After {
        group: String::new(),
        name_folded: String::new(),
        property_id: PropertyId::from_uuid(uuid::Uuid::nil()),
        unit_name: String::new(),
        unit_id: UnitId::from_uuid(uuid::Uuid::nil()),
    });
    let statement = if filter.by_city {
        rows!(
            "(COALESCE(p.city, ''), p.name_folded, p.id, COALESCE(u.name, ''), u.id) > ($14, $4, $5, $6, $7)",
            "COALESCE(p.city, ''), "
        )
    } else {
        rows!(
            "(p.name_folded, p.id) >= ($4, $5) AND (p.name_folded, p.id, COALESCE(u.name, ''), u.id) > ($4, $5, $6, $7)",
            ""
        )
    };
    let mut query = statement
        .query()
        .bind_scope(scope)
        .bind(after.name_folded)
        .bind(after.property_id)
        .bind(after.unit_name)
        .bind(after.unit_id)
        .bind(limit.saturating_add(1))
        .bind(filter.search.as_deref().map(db::containing))
        .bind(filter.city.as_deref())
        .bind(filter.conflicts.then_some(today))
        .bind(filter.free.map(Nights::check_in))
        .bind(filter.free.map(Nights::check_out));
    if filter.by_city {
        query = query.bind(after.group);
    }
    query
        .fetch_all(read, |row| {
            Ok(WindowRow {
                unit_id: row.get("id")?,
                property_id: row.get("property_id")?,
                parent_id: row.get("parent_id")?,
                property_name: row.get("property_name")?,
                unit_name: row.get("unit_name")?,
                colour: row.get("colour")?,
                group: if filter.by_city { Some(row.get("city")?) } else { None },
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
