//! Forgetting what has ended by itself.

use kernel::Fault;

use super::{super::store, session::alive_after, sign_in::FORGOTTEN_AFTER};
use crate::state::App;

/// Deletes sessions, secrets of letters and counters of failures that are over. Safe to run at any time.
///
/// # Errors
/// When the database fails.
pub async fn sweep(app: &App) -> Result<(), Fault> {
    let now = app.env.now();
    let mut tx = app.db.begin().await?;
    let sessions = store::sessions::purge(&mut tx, alive_after(app)).await?;
    let secrets = store::tokens::purge(&mut tx, now - chrono::TimeDelta::hours(1)).await?;
    let counters = store::throttle::purge(&mut tx, now - FORGOTTEN_AFTER).await?;
    tx.commit().await?;
    tracing::debug!(sessions, secrets, counters, "swept accounts");
    Ok(())
}
