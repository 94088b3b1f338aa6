//! Storage of syncs: what came of each, its lines, and the answer itself.

use db::{DbError, Read, Row, Tx, sql};
use kernel::{FeedId, Instant, OrganizationId, SyncId};

use crate::feeds::record::{Counts, SyncView};

/// What every statement that answers syncs begins with; [`sync`] reads it.
macro_rules! select_syncs {
    ($($more:literal)?) => {
        concat!(
            "SELECT id, feed_id, number, cause, outcome, error, http_status, started_at, finished_at, notable, events, created, \
             changed, cancelled, missing, left_out, size, body IS NOT NULL AS has_body",
            $($more,)?
            " FROM feed_sync WHERE organization_id = $1 AND feed_id = $2"
        )
    };
}

fn sync(row: &Row) -> Result<SyncView, DbError> {
    Ok(SyncView {
        id: row.get("id")?,
        feed_id: row.get("feed_id")?,
        number: row.get("number")?,
        cause: row.get("cause")?,
        outcome: row.get("outcome")?,
        error: row.get("error")?,
        http_status: row.get("http_status")?,
        started_at: row.get("started_at")?,
        finished_at: row.get("finished_at")?,
        notable: row.get("notable")?,
        counts: Counts {
            events: row.get("events")?,
            created: row.get("created")?,
            changed: row.get("changed")?,
            cancelled: row.get("cancelled")?,
            missing: row.get("missing")?,
            left_out: row.get("left_out")?,
        },
        size: row.get("size")?,
        has_body: row.get("has_body")?,
    })
}

/// A feed's syncs, the last first: those before a number, at most so many.
pub(crate) async fn list(
    read: &mut Read,
    organization: OrganizationId,
    feed: FeedId,
    before: u32,
    most: i64,
) -> Result<Vec<SyncView>, DbError> {
    sql!(select_syncs!(), " AND number < $3 ORDER BY number DESC LIMIT $4")
        .bind(organization)
        .bind(feed)
        .bind(before)
        .bind(most)
        .fetch_all(read, sync)
        .await
}

/// One sync with its lines, gzipped JSON.
pub(crate) async fn find(
    read: &mut Read,
    organization: OrganizationId,
    feed: FeedId,
    id: SyncId,
) -> Result<Option<(SyncView, Vec<u8>)>, DbError> {
    sql!(select_syncs!(", lines"), " AND id = $3")
        .bind(organization)
        .bind(feed)
        .bind(id)
        .fetch_optional(read, |row| Ok((sync(row)?, row.get("lines")?)))
        .await
}

/// The gzipped answer of a sync.
pub(crate) async fn body(
    read: &mut Read,
    organization: OrganizationId,
    feed: FeedId,
    id: SyncId,
) -> Result<Option<Vec<u8>>, DbError> {
    sql!("SELECT body FROM feed_sync WHERE organization_id = $1 AND feed_id = $2 AND id = $3 AND body IS NOT NULL")
        .bind(organization)
        .bind(feed)
        .bind(id)
        .fetch_optional(read, |row| row.get("body"))
        .await
}

macro_rules! of_complete {
    () => {
        " WHERE organization_id = $1 AND feed_id = $2 AND outcome IN ('good', 'not_modified', 'suspicious') \
         AND body IS NOT NULL ORDER BY number DESC LIMIT 1"
    };
}

/// The last complete answer, gzipped, and the sync that has it.
pub(crate) async fn last_body(
    read: &mut Read,
    organization: OrganizationId,
    feed: FeedId,
) -> Result<Option<(SyncId, Vec<u8>)>, DbError> {
    sql!("SELECT id, body FROM feed_sync", of_complete!())
        .bind(organization)
        .bind(feed)
        .fetch_optional(read, |row| Ok((row.get("id")?, row.get("body")?)))
        .await
}

/// The sync that has the last complete answer.
pub(crate) async fn last_id(
    read: &mut Read,
    organization: OrganizationId,
    feed: FeedId,
) -> Result<Option<SyncId>, DbError> {
    sql!("SELECT id FROM feed_sync", of_complete!())
        .bind(organization)
        .bind(feed)
        .fetch_optional(read, |row| row.get("id"))
        .await
}

/// When the last syncs of a feed that changed something ended, with their lines, gzipped JSON; the last first, at most so many.
pub(crate) async fn notable_lines(
    read: &mut Read,
    organization: OrganizationId,
    feed: FeedId,
    most: i64,
) -> Result<Vec<(SyncId, Instant, Vec<u8>)>, DbError> {
    sql!(
        "SELECT id, finished_at, lines FROM feed_sync WHERE organization_id = $1 AND feed_id = $2 AND notable \
         ORDER BY number DESC LIMIT $3"
    )
    .bind(organization)
    .bind(feed)
    .bind(most)
    .fetch_all(read, |row| Ok((row.get("id")?, row.get("finished_at")?, row.get("lines")?)))
    .await
}

/// Writes a sync that ended.
pub(crate) async fn insert(
    tx: &mut Tx,
    organization: OrganizationId,
    sync: &SyncView,
    lines: &[u8],
    body: Option<&[u8]>,
) -> Result<(), DbError> {
    sql!(
        "INSERT INTO feed_sync (organization_id, id, feed_id, number, cause, outcome, error, http_status, started_at, finished_at, \
         notable, events, created, changed, cancelled, missing, left_out, size, lines, body) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"
    )
    .bind(organization)
    .bind(sync.id)
    .bind(sync.feed_id)
    .bind(sync.number)
    .bind(sync.cause)
    .bind(sync.outcome)
    .bind(&sync.error)
    .bind(sync.http_status)
    .bind(sync.started_at)
    .bind(sync.finished_at)
    .bind(sync.notable)
    .bind(sync.counts.events)
    .bind(sync.counts.created)
    .bind(sync.counts.changed)
    .bind(sync.counts.cancelled)
    .bind(sync.counts.missing)
    .bind(sync.counts.left_out)
    .bind(sync.size)
    .bind(lines)
    .bind(body)
    .execute(tx)
    .await?;
    Ok(())
}

/// Deletes all but the newest syncs of a feed: so many of those that changed something, of the other good ones, and of those without an
/// answer, each. So the last complete answer is always there.
pub(crate) async fn prune(tx: &mut Tx, organization: OrganizationId, feed: FeedId, kept: u32) -> Result<(), DbError> {
    sql!(
        "DELETE FROM feed_sync WHERE organization_id = $1 AND feed_id = $2 AND id IN (SELECT id FROM (SELECT id, ROW_NUMBER() OVER \
         (PARTITION BY notable, CASE WHEN outcome IN ('refused', 'failed') THEN 1 ELSE 0 END ORDER BY number DESC) AS place \
         FROM feed_sync WHERE organization_id = $1 AND feed_id = $2) ranked WHERE place > $3)"
    )
    .bind(organization)
    .bind(feed)
    .bind(kept)
    .execute(tx)
    .await?;
    Ok(())
}
