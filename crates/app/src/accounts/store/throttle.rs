//! Counters of failed attempts to sign in.

use db::{DbError, Read, Tx, sql};
use kernel::Instant;

use crate::accounts::model::Hash;

/// Counts an attempt, unless its key must wait. Failures older than `forgotten_before` do not count. `None`: it must wait.
pub(in crate::accounts) async fn count(
    tx: &mut Tx,
    key: &Hash,
    now: Instant,
    forgotten_before: Instant,
) -> Result<Option<i64>, DbError> {
    let counted = sql!(
        "INSERT INTO sign_in_throttle (key_hash, failures, last_failed_at, blocked_until) VALUES ($1, 1, $2, $2) \
         ON CONFLICT (key_hash) DO UPDATE SET failures = CASE WHEN sign_in_throttle.last_failed_at < $3 THEN 1 \
         ELSE sign_in_throttle.failures + 1 END, last_failed_at = $2 WHERE sign_in_throttle.blocked_until <= $2 \
         RETURNING failures"
    )
    .bind(key)
    .bind(now)
    .bind(forgotten_before)
    .returning(tx, |row| row.get("failures"))
    .await?;
    Ok(counted.into_iter().next())
}

pub(in crate::accounts) async fn block(tx: &mut Tx, key: &Hash, until: Instant) -> Result<(), DbError> {
    sql!("UPDATE sign_in_throttle SET blocked_until = $2 WHERE key_hash = $1")
        .bind(key)
        .bind(until)
        .execute(tx)
        .await?;
    Ok(())
}

pub(in crate::accounts) async fn blocked_until(read: &mut Read, key: &Hash) -> Result<Option<Instant>, DbError> {
    sql!("SELECT blocked_until FROM sign_in_throttle WHERE key_hash = $1")
        .bind(key)
        .fetch_optional(read, |row| row.get("blocked_until"))
        .await
}

/// Takes one attempt back: it was none of a guesser.
pub(in crate::accounts) async fn forgive(tx: &mut Tx, key: &Hash, now: Instant) -> Result<(), DbError> {
    sql!(
        "UPDATE sign_in_throttle SET failures = failures - 1, blocked_until = $2 WHERE key_hash = $1 AND failures > 0"
    )
    .bind(key)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

pub(in crate::accounts) async fn forget(tx: &mut Tx, key: &Hash) -> Result<(), DbError> {
    sql!("DELETE FROM sign_in_throttle WHERE key_hash = $1").bind(key).execute(tx).await?;
    Ok(())
}

/// Forgets counters without a failure since.
pub(in crate::accounts) async fn purge(tx: &mut Tx, before: Instant) -> Result<u64, DbError> {
    sql!("DELETE FROM sign_in_throttle WHERE last_failed_at < $1").bind(before).execute(tx).await
}
