//! What the schedule asks of all organizations, and whom an organization tells.

use db::{DbError, Read, Tx, sql};
use kernel::{FeedId, Instant, Language, OrganizationId, UserId};

/// The condition that a feed is in use: neither removed nor of an archived property.
macro_rules! in_use {
    () => {
        "f.removed_at IS NULL AND EXISTS (SELECT 1 FROM unit un JOIN property p ON p.organization_id = un.organization_id \
         AND p.id = un.property_id WHERE un.organization_id = f.organization_id AND un.id = f.unit_id AND p.archived_at IS NULL)"
    };
}

/// Feeds that are due, the longest due first, at most so many.
pub(crate) async fn due(read: &mut Read, now: Instant, most: i64) -> Result<Vec<(OrganizationId, FeedId)>, DbError> {
    sql!(
        "SELECT f.organization_id, f.id FROM feed f WHERE f.next_sync_at <= $1 AND ",
        in_use!(),
        " ORDER BY f.next_sync_at LIMIT $2"
    )
    .bind(now)
    .bind(most)
    .fetch_all(read, |row| Ok((row.get("organization_id")?, row.get("id")?)))
    .await
}

/// Feeds that fail, without a good fetch since a moment, of which nobody was told; at most so many. (One that was merely not asked, while
/// this program or the property was at rest, is asked first.)
pub(crate) async fn untold_stale(
    read: &mut Read,
    since: Instant,
    most: i64,
) -> Result<Vec<(OrganizationId, FeedId)>, DbError> {
    sql!(
        "SELECT f.organization_id, f.id FROM feed f WHERE f.stale_told_at IS NULL AND f.failures > 0 \
         AND COALESCE(f.last_good_at, f.created_at) < $1 AND ",
        in_use!(),
        " ORDER BY f.organization_id, f.id LIMIT $2"
    )
    .bind(since)
    .bind(most)
    .fetch_all(read, |row| Ok((row.get("organization_id")?, row.get("id")?)))
    .await
}

/// Notes that people were told that a feed is stale; `false` when they were before, or it no longer is.
pub(crate) async fn tell_stale(
    tx: &mut Tx,
    organization: OrganizationId,
    feed: FeedId,
    since: Instant,
    now: Instant,
) -> Result<bool, DbError> {
    let told = sql!(
        "UPDATE feed SET stale_told_at = $4 WHERE organization_id = $1 AND id = $2 AND stale_told_at IS NULL AND failures > 0 \
         AND removed_at IS NULL AND COALESCE(last_good_at, created_at) < $3"
    )
    .bind(organization)
    .bind(feed)
    .bind(since)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(told == 1)
}

/// Organizations with a stay that waits for nights of another.
pub(crate) async fn with_conflicts(read: &mut Read) -> Result<Vec<OrganizationId>, DbError> {
    sql!("SELECT DISTINCT organization_id FROM unit_night_wait ORDER BY organization_id")
        .query()
        .fetch_all(read, |row| row.get("organization_id"))
        .await
}

/// A manager to tell.
pub(crate) struct Manager {
    pub(crate) user: UserId,
    pub(crate) email: String,
    pub(crate) language: Language,
}

/// The active managers of an organization.
pub(crate) async fn managers(read: &mut Read, organization: OrganizationId) -> Result<Vec<Manager>, DbError> {
    sql!(
        "SELECT u.id, u.email, u.language FROM membership m JOIN app_user u ON u.id = m.user_id \
         WHERE m.organization_id = $1 AND m.role = 'manager' AND m.suspended_at IS NULL AND u.status = 'active' ORDER BY u.id"
    )
    .bind(organization)
    .fetch_all(read, |row| {
        Ok(Manager { user: row.get("id")?, email: row.get("email")?, language: row.get("language")? })
    })
    .await
}
