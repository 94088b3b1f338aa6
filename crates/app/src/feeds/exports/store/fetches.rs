//! Storage of who fetched an export, and what its channel was told.

use db::{DbError, Insert, Read, Row, Tx, sql};
use kernel::{Date, ExportId, Instant, Nights, OrganizationId, StayId};

use crate::{
    feeds::{FeedView, exports::model::ExportFetch},
    stays::TakenNights,
};

/// Counts a fetch of the export that still has this secret, and holds the export until the transaction ends; the fetch's number.
pub(in crate::feeds::exports) async fn begin(
    tx: &mut Tx,
    organization: OrganizationId,
    id: ExportId,
    token_hash: &[u8],
) -> Result<Option<u32>, DbError> {
    let numbers = sql!(
        "UPDATE feed_export SET fetches = fetches + 1 WHERE organization_id = $1 AND id = $2 AND token_hash = $3 \
         AND removed_at IS NULL RETURNING fetches"
    )
    .bind(organization)
    .bind(id)
    .bind(token_hash)
    .returning(tx, |row| row.get("fetches"))
    .await?;
    Ok(numbers.into_iter().next())
}

/// Writes a fetch, and forgets all but the newest ones.
pub(in crate::feeds::exports) async fn insert(
    tx: &mut Tx,
    organization: OrganizationId,
    id: ExportId,
    fetch: &ExportFetch,
    kept: u32,
) -> Result<(), DbError> {
    sql!(
        "INSERT INTO feed_export_fetch (organization_id, export_id, number, at, status, by_browser, user_agent, address, events) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    )
    .bind(organization)
    .bind(id)
    .bind(fetch.number)
    .bind(fetch.at)
    .bind(fetch.status)
    .bind(fetch.by_browser)
    .bind(&fetch.user_agent)
    .bind(&fetch.address)
    .bind(fetch.events)
    .execute(tx)
    .await?;
    sql!("DELETE FROM feed_export_fetch WHERE organization_id = $1 AND export_id = $2 AND number <= $3")
        .bind(organization)
        .bind(id)
        .bind(fetch.number.saturating_sub(kept))
        .execute(tx)
        .await?;
    Ok(())
}

/// Notes that the channel has read the export.
pub(in crate::feeds::exports) async fn read_by_channel(
    tx: &mut Tx,
    organization: OrganizationId,
    id: ExportId,
    fetch: &ExportFetch,
    etag: &str,
) -> Result<(), DbError> {
    sql!(
        "UPDATE feed_export SET fetched_at = $3, fetched_by = $4, served_etag = $5 WHERE organization_id = $1 AND id = $2"
    )
    .bind(organization)
    .bind(id)
    .bind(fetch.at)
    .bind(&fetch.user_agent)
    .bind(etag)
    .execute(tx)
    .await?;
    Ok(())
}

/// Remembers what the channel was told, in place of what it was told before.
pub(in crate::feeds::exports) async fn remember_told(
    tx: &mut Tx,
    organization: OrganizationId,
    id: ExportId,
    stays: &[TakenNights],
) -> Result<(), DbError> {
    sql!("DELETE FROM feed_export_stay WHERE organization_id = $1 AND export_id = $2")
        .bind(organization)
        .bind(id)
        .execute(tx)
        .await?;
    Insert::into("feed_export_stay", ["organization_id", "export_id", "stay_id", "check_in", "check_out"])
        .rows(
            stays
                .iter()
                .map(|told| db::row![organization, id, told.stay, told.nights.check_in(), told.nights.check_out()]),
        )
        .execute(tx)
        .await?;
    Ok(())
}

/// What the channel of a feed was told of the feed's unit when it last read it, if that was not before a moment. What was told by an
/// export that was removed meanwhile is told all the same.
pub(in crate::feeds::exports) async fn told_to(
    read: &mut Read,
    organization: OrganizationId,
    feed: &FeedView,
    since: Instant,
) -> Result<Vec<(StayId, Nights)>, DbError> {
    sql!(
        "SELECT t.stay_id, t.check_in, t.check_out FROM feed_export e JOIN feed_export_stay t ON t.organization_id = $1 \
         AND t.export_id = e.id WHERE e.organization_id = $1 AND e.unit_id = $2 AND e.fetched_at >= $5 \
         AND (e.feed_id = $4 OR (e.channel = $3 AND e.channel <> 'other')) ORDER BY t.check_in, t.stay_id"
    )
    .bind(organization)
    .bind(feed.unit_id)
    .bind(feed.channel)
    .bind(feed.id)
    .bind(since)
    .fetch_all(read, |row| {
        let (check_in, check_out): (Date, Date) = (row.get("check_in")?, row.get("check_out")?);
        let nights = Nights::new(check_in, check_out).map_err(|error| DbError::Column(format!("check_out: {error}")))?;
        Ok((row.get("stay_id")?, nights))
    })
    .await
}

fn fetch(row: &Row) -> Result<ExportFetch, DbError> {
    Ok(ExportFetch {
        number: row.get("number")?,
        at: row.get("at")?,
        status: row.get("status")?,
        by_browser: row.get("by_browser")?,
        user_agent: row.get("user_agent")?,
        address: row.get("address")?,
        events: row.get("events")?,
    })
}

/// An export's fetches, the last first: those before a number, at most so many.
pub(in crate::feeds::exports) async fn list(
    read: &mut Read,
    organization: OrganizationId,
    id: ExportId,
    before: u32,
    most: i64,
) -> Result<Vec<ExportFetch>, DbError> {
    sql!(
        "SELECT number, at, status, by_browser, user_agent, address, events FROM feed_export_fetch \
         WHERE organization_id = $1 AND export_id = $2 AND number < $3 ORDER BY number DESC LIMIT $4"
    )
    .bind(organization)
    .bind(id)
    .bind(before)
    .bind(most)
    .fetch_all(read, fetch)
    .await
}
