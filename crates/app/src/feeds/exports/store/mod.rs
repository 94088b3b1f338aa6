//! Storage of exports. Their fetches are in `fetches`, what knows no organization yet in `across`.

pub(super) mod across;
pub(super) mod fetches;

use db::{Constraint, DbError, Read, Row, Tx, sql};
use kernel::{ExportId, Instant, Limit, OrganizationId, PropertyId, Scope, UnitId};

use super::model::{ExportView, NewExport};
use crate::secrets::StoredToken;

/// A unit has one export for each known channel.
pub(super) const CHANNEL_KEY: Constraint =
    Constraint::unique("feed_export_channel_key", "feed_export", &["organization_id", "unit_id", "channel"]);

/// What every statement that answers exports begins with; [`export`] reads it. Binds the scope.
macro_rules! select_exports {
    () => {
        concat!(
            "SELECT e.id, e.unit_id, un.name AS unit_name, un.property_id, p.name AS property_name, p.name_folded, p.zone, \
             e.channel, e.name, e.feed_id, e.token_sealed, e.fetches, e.fetched_at, e.fetched_by, e.served_etag, e.created_at, \
             e.updated_at FROM feed_export e JOIN unit un ON un.organization_id = $1 AND un.id = e.unit_id \
             JOIN property p ON p.organization_id = $1 AND p.id = un.property_id \
             WHERE e.organization_id = $1 AND e.removed_at IS NULL AND ",
            $crate::access::property_scope!("un.property_id")
        )
    };
}

fn export(row: &Row) -> Result<ExportView, DbError> {
    Ok(ExportView {
        id: row.get("id")?,
        unit_id: row.get("unit_id")?,
        unit_name: row.get("unit_name")?,
        property_id: row.get("property_id")?,
        property_name: row.get("property_name")?,
        zone: row.get("zone")?,
        channel: row.get("channel")?,
        name: row.get("name")?,
        feed_id: row.get("feed_id")?,
        fetches: row.get("fetches")?,
        fetched_at: row.get("fetched_at")?,
        fetched_by: row.get("fetched_by")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        token_sealed: row.get("token_sealed")?,
        served_etag: row.get("served_etag")?,
    })
}

/// One export within the scope.
pub(super) async fn find(read: &mut Read, scope: &Scope, id: ExportId) -> Result<Option<ExportView>, DbError> {
    sql!(select_exports!(), " AND e.id = $4").query().bind_scope(scope).bind(id).fetch_optional(read, export).await
}

/// A page of exports by property, with one row more; after the folded property name and id of the last one seen.
pub(super) async fn list(
    read: &mut Read,
    scope: &Scope,
    property: Option<PropertyId>,
    unit: Option<UnitId>,
    after: Option<(String, uuid::Uuid)>,
    limit: Limit,
) -> Result<Vec<(String, ExportView)>, DbError> {
    let (name, id) = after.unwrap_or_default();
    sql!(
        select_exports!(),
        " AND (un.property_id = $4 OR $4 IS NULL) AND (e.unit_id = $5 OR $5 IS NULL) AND (p.name_folded, e.id) > ($6, $7) \
         ORDER BY p.name_folded, e.id LIMIT $8"
    )
    .query()
    .bind_scope(scope)
    .bind(property)
    .bind(unit)
    .bind(name)
    .bind(id)
    .bind(limit.with_one_more())
    .fetch_all(read, |row| Ok((row.get("name_folded")?, export(row)?)))
    .await
}

/// The exports of a property in the order in which they were made.
pub(super) async fn of_property(
    read: &mut Read,
    scope: &Scope,
    property: PropertyId,
) -> Result<Vec<ExportView>, DbError> {
    sql!(select_exports!(), " AND un.property_id = $4 ORDER BY e.created_at, e.id")
        .query()
        .bind_scope(scope)
        .bind(property)
        .fetch_all(read, export)
        .await
}

pub(super) async fn insert(
    tx: &mut Tx,
    organization: OrganizationId,
    id: ExportId,
    new: &NewExport,
    token: &StoredToken,
    now: Instant,
) -> Result<(), DbError> {
    sql!(
        "INSERT INTO feed_export (organization_id, id, unit_id, channel, name, feed_id, token_sealed, token_hash, created_at, \
         updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)"
    )
    .bind(organization)
    .bind(id)
    .bind(new.unit_id)
    .bind(new.channel)
    .bind(&new.name)
    .bind(new.feed_id)
    .bind(&token.sealed)
    .bind(token.hash.as_slice())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Gives an export another secret.
pub(super) async fn set_token(
    tx: &mut Tx,
    organization: OrganizationId,
    id: ExportId,
    token: &StoredToken,
    now: Instant,
) -> Result<(), DbError> {
    sql!(
        "UPDATE feed_export SET token_sealed = $3, token_hash = $4, updated_at = $5 WHERE organization_id = $1 AND id = $2"
    )
    .bind(organization)
    .bind(id)
    .bind(&token.sealed)
    .bind(token.hash.as_slice())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes an export out of use: forgets its secret and who fetched it, but not what its channel was told.
pub(super) async fn remove(
    tx: &mut Tx,
    organization: OrganizationId,
    id: ExportId,
    now: Instant,
) -> Result<(), DbError> {
    sql!(
        "UPDATE feed_export SET removed_at = $3, updated_at = $3, token_sealed = $4, token_hash = $4, fetched_by = NULL \
         WHERE organization_id = $1 AND id = $2"
    )
    .bind(organization)
    .bind(id)
    .bind(now)
    .bind(Vec::<u8>::new())
    .execute(tx)
    .await?;
    sql!("DELETE FROM feed_export_fetch WHERE organization_id = $1 AND export_id = $2")
        .bind(organization)
        .bind(id)
        .execute(tx)
        .await?;
    Ok(())
}
