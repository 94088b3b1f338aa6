//! Storage of idempotency keys.

use db::{DbError, Query, Read, Statement, Tx, sql};
use kernel::{Instant, OrganizationId};
use uuid::Uuid;
use webkit::{IdempotencyKey, StoredAnswer};

/// A key as it is kept.
pub(super) struct Kept {
    pub(super) request_hash: Vec<u8>,
    pub(super) answer: Option<StoredAnswer>,
}

/// Starts a query with what identifies a key: `$1` organization, `$2` user, `$3` route, `$4` key.
fn by_key(statement: &'static Statement, key: &IdempotencyKey) -> Query {
    let organization = key.organization_id.unwrap_or(OrganizationId::from_uuid(Uuid::nil()));
    statement.bind(organization).bind(key.user_id).bind(key.route).bind(&key.key)
}

/// Notes a key as running; false when it is known.
pub(super) async fn insert(tx: &mut Tx, key: &IdempotencyKey, now: Instant) -> Result<bool, DbError> {
    let statement = sql!(
        "INSERT INTO idempotency_key (organization_id, user_id, route, key, request_hash, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
    );
    let written = by_key(statement, key).bind(&key.request_hash[..]).bind(now).execute(tx).await?;
    Ok(written > 0)
}

pub(super) async fn find(read: &mut Read, key: &IdempotencyKey) -> Result<Option<Kept>, DbError> {
    let statement = sql!(
        "SELECT request_hash, status, content_type, location, body FROM idempotency_key \
         WHERE organization_id = $1 AND user_id = $2 AND route = $3 AND key = $4"
    );
    by_key(statement, key)
        .fetch_optional(read, |row| {
            let status: Option<i64> = row.get("status")?;
            let answer = match status {
                Some(status) => Some(StoredAnswer {
                    status: u16::try_from(status).map_err(|_| DbError::Column(format!("status: {status}")))?,
                    content_type: row.get("content_type")?,
                    location: row.get("location")?,
                    body: row.get::<Option<Vec<u8>>>("body")?.unwrap_or_default(),
                }),
                None => None,
            };
            Ok(Kept { request_hash: row.get("request_hash")?, answer })
        })
        .await
}

pub(super) async fn finish(tx: &mut Tx, key: &IdempotencyKey, answer: &StoredAnswer) -> Result<(), DbError> {
    let statement = sql!(
        "UPDATE idempotency_key SET status = $5, content_type = $6, location = $7, body = $8 \
         WHERE organization_id = $1 AND user_id = $2 AND route = $3 AND key = $4"
    );
    by_key(statement, key)
        .bind(i64::from(answer.status))
        .bind(&answer.content_type)
        .bind(&answer.location)
        .bind(&answer.body)
        .execute(tx)
        .await?;
    Ok(())
}

pub(super) async fn delete_running(tx: &mut Tx, key: &IdempotencyKey) -> Result<(), DbError> {
    let statement = sql!(
        "DELETE FROM idempotency_key WHERE organization_id = $1 AND user_id = $2 AND route = $3 AND key = $4 AND status IS NULL"
    );
    by_key(statement, key).execute(tx).await?;
    Ok(())
}

/// Forgets a key that was answered, or began to run, too long ago.
pub(super) async fn forget(
    tx: &mut Tx,
    key: &IdempotencyKey,
    answered_before: Instant,
    begun_before: Instant,
) -> Result<(), DbError> {
    let statement = sql!(
        "DELETE FROM idempotency_key WHERE organization_id = $1 AND user_id = $2 AND route = $3 AND key = $4 \
         AND (created_at <= $5 OR (status IS NULL AND created_at <= $6))"
    );
    by_key(statement, key).bind(answered_before).bind(begun_before).execute(tx).await?;
    Ok(())
}

pub(super) async fn sweep(tx: &mut Tx, before: Instant) -> Result<u64, DbError> {
    sql!("DELETE FROM idempotency_key WHERE created_at <= $1").bind(before).execute(tx).await
}
