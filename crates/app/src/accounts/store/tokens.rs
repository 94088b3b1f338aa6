//! Secrets that are sent by mail, and the letters that were asked for.

use db::{DbError, Read, Row, Tx, sql};
use kernel::{Instant, OneTimeTokenId, UserId};
use uuid::Uuid;

use crate::accounts::model::{Email, Hash, Letter, Redeemed, TokenPurpose};

pub(in crate::accounts) async fn insert(
    tx: &mut Tx,
    id: OneTimeTokenId,
    user: UserId,
    purpose: TokenPurpose,
    (hash, email): (&Hash, &str),
    (now, expires_at): (Instant, Instant),
) -> Result<(), DbError> {
    sql!(
        "INSERT INTO one_time_token (id, user_id, purpose, token_hash, email, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    )
    .bind(id)
    .bind(user)
    .bind(purpose)
    .bind(hash)
    .bind(email)
    .bind(now)
    .bind(expires_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// Whom a secret belongs to, while it is good.
pub(in crate::accounts) async fn find(
    read: &mut Read,
    purpose: TokenPurpose,
    hash: &Hash,
    now: Instant,
) -> Result<Option<Redeemed>, DbError> {
    sql!("SELECT user_id, email FROM one_time_token WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3")
        .bind(hash)
        .bind(purpose)
        .bind(now)
        .fetch_optional(read, redeemed)
        .await
}

/// Uses a secret up: of two that use it at once one gets it.
pub(in crate::accounts) async fn take(
    tx: &mut Tx,
    purpose: TokenPurpose,
    hash: &Hash,
    now: Instant,
) -> Result<Option<Redeemed>, DbError> {
    let taken = sql!(
        "DELETE FROM one_time_token WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3 RETURNING user_id, email"
    )
    .bind(hash)
    .bind(purpose)
    .bind(now)
    .returning(tx, redeemed)
    .await?;
    Ok(taken.into_iter().next())
}

fn redeemed(row: &Row) -> Result<Redeemed, DbError> {
    Ok(Redeemed { user_id: row.get("user_id")?, email: row.get("email")? })
}

/// How many secrets of a kind were made for a user since.
pub(in crate::accounts) async fn count_since(
    read: &mut Read,
    user: UserId,
    purpose: TokenPurpose,
    since: Instant,
) -> Result<i64, DbError> {
    sql!("SELECT COUNT(*) AS n FROM one_time_token WHERE user_id = $1 AND purpose = $2 AND created_at > $3")
        .bind(user)
        .bind(purpose)
        .bind(since)
        .fetch_one(read, |row| row.get("n"))
        .await
}

pub(in crate::accounts) async fn delete_of(tx: &mut Tx, user: UserId, purpose: TokenPurpose) -> Result<(), DbError> {
    sql!("DELETE FROM one_time_token WHERE user_id = $1 AND purpose = $2").bind(user).bind(purpose).execute(tx).await?;
    Ok(())
}

/// Forgets secrets that are no longer good. The last hour is kept: [`count_since`] counts it.
pub(in crate::accounts) async fn purge(tx: &mut Tx, expired_before: Instant) -> Result<u64, DbError> {
    sql!("DELETE FROM one_time_token WHERE expires_at < $1").bind(expired_before).execute(tx).await
}

pub(in crate::accounts) async fn insert_letter(tx: &mut Tx, letter: &Letter, now: Instant) -> Result<(), DbError> {
    sql!("INSERT INTO account_letter (id, kind, email, user_id, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(letter.id)
        .bind(letter.kind)
        .bind(letter.email.as_str())
        .bind(letter.user_id)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes a letter to write it, once.
pub(in crate::accounts) async fn take_letter(tx: &mut Tx, id: Uuid) -> Result<Option<Letter>, DbError> {
    let taken = sql!("DELETE FROM account_letter WHERE id = $1 RETURNING id, kind, email, user_id")
        .bind(id)
        .returning(tx, |row| {
            Ok(Letter {
                id: row.get("id")?,
                kind: row.get("kind")?,
                email: row.get::<Email>("email")?,
                user_id: row.get("user_id")?,
            })
        })
        .await?;
    Ok(taken.into_iter().next())
}
