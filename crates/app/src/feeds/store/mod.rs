//! Storage of feeds. What they said of stays is in `links`, their syncs in `syncs`, what spans organizations in `across`.

pub(super) mod across;
pub(super) mod links;
pub(super) mod syncs;

use db::{Constraint, DbError, Read, Row, Tx, sql};
use kernel::{FeedId, Instant, Limit, OrganizationId, PropertyId, Scope, StayId, SyncId, UnitId};

use super::{
    FeedChannel,
    input::{FeedSettings, NewFeed},
    record::{FeedView, Held},
};

/// An address is used once at a unit.
pub(super) const ADDRESS_KEY: Constraint =
    Constraint::unique("feed_address_key", "feed", &["organization_id", "unit_id", "address_hash"]);

/// What every statement that answers feeds begins with; [`feed`] reads it. Binds the scope.
macro_rules! select_feeds {
    () => {
        concat!(
            "SELECT f.id, f.unit_id, un.name AS unit_name, un.property_id, p.name AS property_name, p.name_folded, p.zone, \
             p.archived_at, f.channel, f.channel_open, f.name, f.default_kind, f.end_meaning, f.address_sealed, f.address_host, f.etag, \
             f.last_modified, f.next_sync_at, f.requested_at, f.running_sync_id, f.running_until, f.syncs, f.failures, \
             f.last_error, f.last_good_at, f.held_stays, f.held_sync_id, f.held_ignored, f.created_at, f.updated_at \
             FROM feed f JOIN unit un ON un.organization_id = $1 AND un.id = f.unit_id \
             JOIN property p ON p.organization_id = $1 AND p.id = un.property_id \
             WHERE f.organization_id = $1 AND f.removed_at IS NULL AND ",
            $crate::access::property_scope!("un.property_id")
        )
    };
}

fn feed(row: &Row) -> Result<FeedView, DbError> {
    Ok(FeedView {
        id: row.get("id")?,
        unit_id: row.get("unit_id")?,
        unit_name: row.get("unit_name")?,
        property_id: row.get("property_id")?,
        property_name: row.get("property_name")?,
        zone: row.get("zone")?,
        archived: row.get::<Option<Instant>>("archived_at")?.is_some(),
        channel: row.get("channel")?,
        channel_open: row.get("channel_open")?,
        name: row.get("name")?,
        default_kind: row.get("default_kind")?,
        end: row.get("end_meaning")?,
        address_host: row.get("address_host")?,
        next_sync_at: row.get("next_sync_at")?,
        requested_at: row.get("requested_at")?,
        running_until: row.get("running_until")?,
        failures: row.get("failures")?,
        last_error: row.get("last_error")?,
        last_good_at: row.get("last_good_at")?,
        held: held(row)?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        address_sealed: row.get("address_sealed")?,
        etag: row.get("etag")?,
        last_modified: row.get("last_modified")?,
        running_sync_id: row.get("running_sync_id")?,
        syncs: row.get("syncs")?,
    })
}

fn held(row: &Row) -> Result<Option<Held>, DbError> {
    let (Some(stays), Some(sync)) = (row.get::<Option<String>>("held_stays")?, row.get("held_sync_id")?) else {
        return Ok(None);
    };
    let stays: Vec<StayId> =
        serde_json::from_str(&stays).map_err(|error| DbError::Column(format!("held_stays: {error}")))?;
    Ok(Some(Held { sync, stays, ignored: row.get("held_ignored")? }))
}

/// One feed within the scope.
pub(super) async fn find(read: &mut Read, scope: &Scope, id: FeedId) -> Result<Option<FeedView>, DbError> {
    sql!(select_feeds!(), " AND f.id = $4").query().bind_scope(scope).bind(id).fetch_optional(read, feed).await
}

/// A page of feeds by property, with one row more; after the folded property name and id of the last one seen.
pub(super) async fn list(
    read: &mut Read,
    scope: &Scope,
    property: Option<PropertyId>,
    unit: Option<UnitId>,
    after: Option<(String, uuid::Uuid)>,
    limit: Limit,
) -> Result<Vec<(String, FeedView)>, DbError> {
    let (name, id) = after.unwrap_or_default();
    sql!(
        select_feeds!(),
        " AND (un.property_id = $4 OR $4 IS NULL) AND (f.unit_id = $5 OR $5 IS NULL) AND (p.name_folded, f.id) > ($6, $7) \
         ORDER BY p.name_folded, f.id LIMIT $8"
    )
    .query()
    .bind_scope(scope)
    .bind(property)
    .bind(unit)
    .bind(name)
    .bind(id)
    .bind(limit.with_one_more())
    .fetch_all(read, |row| Ok((row.get("name_folded")?, feed(row)?)))
    .await
}

/// The feeds of a property in the order in which they were added.
pub(super) async fn of_property(
    read: &mut Read,
    scope: &Scope,
    property: PropertyId,
) -> Result<Vec<FeedView>, DbError> {
    sql!(select_feeds!(), " AND un.property_id = $4 ORDER BY f.created_at, f.id")
        .query()
        .bind_scope(scope)
        .bind(property)
        .fetch_all(read, feed)
        .await
}

/// Feeds in use without a good fetch since a moment, at most 100.
pub(super) async fn stale(read: &mut Read, scope: &Scope, since: Instant) -> Result<Vec<FeedView>, DbError> {
    sql!(
        select_feeds!(),
        " AND p.archived_at IS NULL AND COALESCE(f.last_good_at, f.created_at) < $4 \
         ORDER BY COALESCE(f.last_good_at, f.created_at), f.id LIMIT 100"
    )
    .query()
    .bind_scope(scope)
    .bind(since)
    .fetch_all(read, feed)
    .await
}

/// Feeds with an answer that waits for a person, at most 100.
pub(super) async fn suspicious(read: &mut Read, scope: &Scope) -> Result<Vec<FeedView>, DbError> {
    sql!(
        select_feeds!(),
        " AND p.archived_at IS NULL AND f.held_sync_id IS NOT NULL AND NOT f.held_ignored ORDER BY f.id LIMIT 100"
    )
    .query()
    .bind_scope(scope)
    .fetch_all(read, feed)
    .await
}

/// Holds a feed until the transaction ends, and reads it as it then is.
pub(super) async fn lock(tx: &mut Tx, scope: &Scope, id: FeedId) -> Result<Option<FeedView>, DbError> {
    sql!("UPDATE feed SET created_at = created_at WHERE organization_id = $1 AND id = $2")
        .bind(scope.organization_id())
        .bind(id)
        .execute(tx)
        .await?;
    find(tx, scope, id).await
}

/// An address as it is stored.
pub(super) struct StoredAddress {
    pub(super) sealed: Vec<u8>,
    pub(super) hash: [u8; 32],
    pub(super) host: String,
}

pub(super) async fn insert(
    tx: &mut Tx,
    organization: OrganizationId,
    id: FeedId,
    new: &NewFeed,
    address: &StoredAddress,
    now: Instant,
) -> Result<(), DbError> {
    sql!(
        "INSERT INTO feed (organization_id, id, unit_id, channel, name, default_kind, end_meaning, address_sealed, address_hash, \
         address_host, next_sync_at, requested_at, created_at, updated_at, channel_open) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $11, $11, $12)"
    )
    .bind(organization)
    .bind(id)
    .bind(new.unit_id)
    .bind(new.channel)
    .bind(&new.settings.name)
    .bind(new.settings.default_kind)
    .bind(new.settings.end)
    .bind(&address.sealed)
    .bind(address.hash.as_slice())
    .bind(&address.host)
    .bind(now)
    .bind(new.channel_open)
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes which channel a feed turned out to be of.
pub(super) async fn settle_channel(
    tx: &mut Tx,
    organization: OrganizationId,
    id: FeedId,
    channel: FeedChannel,
) -> Result<(), DbError> {
    sql!("UPDATE feed SET channel = $3, channel_open = FALSE WHERE organization_id = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .bind(channel)
        .execute(tx)
        .await?;
    Ok(())
}

/// The feed that had this address at the unit, was of this channel if one is known, and was removed last.
pub(super) async fn removed_with(
    read: &mut Read,
    organization: OrganizationId,
    new: &NewFeed,
    address: &StoredAddress,
) -> Result<Option<FeedId>, DbError> {
    sql!(
        "SELECT id FROM feed WHERE organization_id = $1 AND unit_id = $2 AND (channel = $3 OR $5) AND address_hash = $4 \
         AND removed_at IS NOT NULL ORDER BY removed_at DESC LIMIT 1"
    )
    .bind(organization)
    .bind(new.unit_id)
    .bind(new.channel)
    .bind(address.hash.as_slice())
    .bind(new.channel_open)
    .fetch_optional(read, |row| row.get("id"))
    .await
}

/// Takes a removed feed into use again.
pub(super) async fn bring_back(
    tx: &mut Tx,
    organization: OrganizationId,
    id: FeedId,
    now: Instant,
) -> Result<(), DbError> {
    sql!("UPDATE feed SET removed_at = NULL, updated_at = $3 WHERE organization_id = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

pub(super) async fn update(
    tx: &mut Tx,
    organization: OrganizationId,
    id: FeedId,
    settings: &FeedSettings,
    now: Instant,
) -> Result<(), DbError> {
    sql!(
        "UPDATE feed SET name = $3, default_kind = $4, end_meaning = $5, updated_at = $6 \
         WHERE organization_id = $1 AND id = $2"
    )
    .bind(organization)
    .bind(id)
    .bind(&settings.name)
    .bind(settings.default_kind)
    .bind(settings.end)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Gives a feed another address: what is known of the old one's answers no longer counts, a sync that is under way included.
pub(super) async fn set_address(
    tx: &mut Tx,
    organization: OrganizationId,
    id: FeedId,
    address: &StoredAddress,
    now: Instant,
) -> Result<(), DbError> {
    sql!(
        "UPDATE feed SET address_sealed = $3, address_hash = $4, address_host = $5, etag = NULL, last_modified = NULL, \
         running_sync_id = NULL, running_until = NULL, failures = 0, last_error = NULL, held_stays = NULL, held_sync_id = NULL, \
         held_ignored = FALSE, updated_at = $6 WHERE organization_id = $1 AND id = $2"
    )
    .bind(organization)
    .bind(id)
    .bind(&address.sealed)
    .bind(address.hash.as_slice())
    .bind(&address.host)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes a feed out of use and forgets its secret, but not the hash by which it would be recognised.
pub(super) async fn remove(tx: &mut Tx, organization: OrganizationId, id: FeedId, now: Instant) -> Result<(), DbError> {
    sql!(
        "UPDATE feed SET removed_at = $3, updated_at = $3, address_sealed = $4, etag = NULL, last_modified = NULL, \
         running_sync_id = NULL, running_until = NULL, requested_at = NULL, held_stays = NULL, held_sync_id = NULL, \
         held_ignored = FALSE WHERE organization_id = $1 AND id = $2"
    )
    .bind(organization)
    .bind(id)
    .bind(now)
    .bind(Vec::<u8>::new())
    .execute(tx)
    .await?;
    sql!("DELETE FROM feed_sync WHERE organization_id = $1 AND feed_id = $2")
        .bind(organization)
        .bind(id)
        .execute(tx)
        .await?;
    Ok(())
}

/// Notes that a person waits for a sync.
pub(super) async fn request(
    tx: &mut Tx,
    organization: OrganizationId,
    id: FeedId,
    now: Instant,
) -> Result<(), DbError> {
    sql!("UPDATE feed SET requested_at = $3, next_sync_at = $3 WHERE organization_id = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// Begins a sync, unless one is under way, none is due or asked for, the feed was removed or its property archived. A job that was queued
/// while another one already fetched finds nothing due: one answer must not count as two.
pub(super) async fn begin(
    tx: &mut Tx,
    scope: &Scope,
    id: FeedId,
    sync: SyncId,
    now: Instant,
    until: Instant,
) -> Result<Option<FeedView>, DbError> {
    let begun = sql!(
        "UPDATE feed SET running_sync_id = $3, running_until = $4 WHERE organization_id = $1 AND id = $2 AND removed_at IS NULL \
         AND (running_until IS NULL OR running_until < $5) AND (next_sync_at <= $5 OR requested_at IS NOT NULL) \
         AND EXISTS (SELECT 1 FROM unit un JOIN property p ON p.organization_id = $1 AND p.id = un.property_id \
         WHERE un.organization_id = $1 AND un.id = feed.unit_id AND p.archived_at IS NULL)"
    )
    .bind(scope.organization_id())
    .bind(id)
    .bind(sync)
    .bind(until)
    .bind(now)
    .execute(tx)
    .await?;
    if begun == 0 { Ok(None) } else { find(tx, scope, id).await }
}

/// What a sync leaves behind at its feed.
pub(super) struct Aftermath<'a> {
    pub(super) syncs: u32,
    pub(super) failures: u32,
    pub(super) error: Option<&'a str>,
    /// Of this answer, when it was complete.
    pub(super) good_at: Option<Instant>,
    pub(super) etag: Option<&'a str>,
    pub(super) last_modified: Option<&'a str>,
    pub(super) held: Option<&'a Held>,
    pub(super) next_sync_at: Instant,
    /// When the sync began: who asked for one later still waits.
    pub(super) started_at: Instant,
    /// It applied a kept answer: a fetch that is under way goes on.
    pub(super) by_person: bool,
}

/// Ends a sync at its feed.
pub(super) async fn end(
    tx: &mut Tx,
    organization: OrganizationId,
    id: FeedId,
    aftermath: &Aftermath<'_>,
) -> Result<(), DbError> {
    sql!(
        "UPDATE feed SET syncs = $3, failures = $4, last_error = $5, last_good_at = COALESCE($6, last_good_at), \
         stale_told_at = CASE WHEN $6 IS NULL THEN stale_told_at ELSE NULL END, etag = $7, last_modified = $8, \
         held_stays = $9, held_sync_id = $10, held_ignored = $11, next_sync_at = $12, \
         running_sync_id = CASE WHEN $14 THEN running_sync_id ELSE NULL END, running_until = CASE WHEN $14 THEN running_until ELSE NULL END, \
         requested_at = CASE WHEN $14 OR requested_at > $13 THEN requested_at ELSE NULL END \
         WHERE organization_id = $1 AND id = $2"
    )
    .bind(organization)
    .bind(id)
    .bind(aftermath.syncs)
    .bind(aftermath.failures)
    .bind(aftermath.error)
    .bind(aftermath.good_at)
    .bind(aftermath.etag)
    .bind(aftermath.last_modified)
    .bind(aftermath.held.map(|held| serde_json::json!(held.stays).to_string()))
    .bind(aftermath.held.map(|held| held.sync))
    .bind(aftermath.held.is_some_and(|held| held.ignored))
    .bind(aftermath.next_sync_at)
    .bind(aftermath.started_at)
    .bind(aftermath.by_person)
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that a suspicious answer is to be ignored.
pub(super) async fn ignore_held(tx: &mut Tx, organization: OrganizationId, id: FeedId) -> Result<(), DbError> {
    sql!("UPDATE feed SET held_ignored = TRUE WHERE organization_id = $1 AND id = $2 AND held_sync_id IS NOT NULL")
        .bind(organization)
        .bind(id)
        .execute(tx)
        .await?;
    Ok(())
}
