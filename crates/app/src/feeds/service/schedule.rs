//! What happens by itself: due feeds are queued, and people are told what they have to know, once.

use db::{DbError, Read};
use kernel::{Fault, Grant, Permission};

use super::{alerts, stale_since};
use crate::{
    App,
    feeds::{
        jobs::SyncFeed,
        record::FeedView,
        store::{self, across},
    },
};

/// The most feeds that one run takes; the next one follows soon.
const MOST: i64 = 500;

/// Queues the feeds that are due, and tells managers of stale feeds and of conflicts. Safe to run at any time.
pub(crate) async fn reconcile(app: &App) -> Result<(), Fault> {
    let mut read = app.db.read().await?;
    let due = across::due(&mut read, app.env.now(), MOST).await?;
    let stale = across::untold_stale(&mut read, stale_since(app), MOST).await?;
    let conflicts = across::with_conflicts(&mut read).await?;
    drop(read);
    if !due.is_empty() {
        let mut tx = app.db.begin().await?;
        for (organization, feed) in due {
            SyncFeed { organization, feed }.enqueue(&mut tx, &app.env, false).await?;
        }
        tx.commit().await?;
    }
    for (organization, feed) in stale {
        let mut tx = app.db.begin().await?;
        alerts::stale(&mut tx, app, organization, feed).await?;
        tx.commit().await?;
    }
    for organization in conflicts {
        let mut tx = app.db.begin().await?;
        alerts::conflicts(&mut tx, app, organization).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Feeds within the scope without a good fetch for too long, the longest first, at most 100.
///
/// # Errors
/// When the database fails.
pub async fn stale<P: Permission>(app: &App, read: &mut Read, grant: &Grant<P>) -> Result<Vec<FeedView>, DbError> {
    store::stale(read, grant.scope(), stale_since(app)).await
}

/// Feeds within the scope with an answer that waits for a person, at most 100.
///
/// # Errors
/// When the database fails.
pub async fn suspicious<P: Permission>(read: &mut Read, grant: &Grant<P>) -> Result<Vec<FeedView>, DbError> {
    store::suspicious(read, grant.scope()).await
}
