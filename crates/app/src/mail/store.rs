//! Storage of mails.

use db::{DbError, Read, Row, Tx, sql};
use kernel::{Instant, MailId, OrganizationId};

use super::{MailState, model::StoredMail};

/// Writes a mail; `false` when its dedupe key was used before.
pub(super) async fn insert(tx: &mut Tx, mail: &StoredMail) -> Result<bool, DbError> {
    let written = sql!(
        "INSERT INTO mail (organization_id, id, recipient, language, kind, dedupe_key, subject, body_text, body_html, state, \
         created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (organization_id, dedupe_key) DO NOTHING"
    )
    .bind(mail.organization)
    .bind(mail.id)
    .bind(&mail.recipient)
    .bind(mail.language)
    .bind(&mail.kind)
    .bind(&mail.dedupe_key)
    .bind(&mail.subject)
    .bind(&mail.text)
    .bind(&mail.html)
    .bind(mail.state)
    .bind(mail.created_at)
    .execute(tx)
    .await?;
    Ok(written > 0)
}

macro_rules! columns {
    () => {
        "organization_id, id, recipient, language, kind, dedupe_key, subject, body_text, body_html, state, attempts, last_error, \
         created_at"
    };
}

fn stored(row: &Row) -> Result<StoredMail, DbError> {
    Ok(StoredMail {
        organization: row.get("organization_id")?,
        id: row.get("id")?,
        recipient: row.get("recipient")?,
        language: row.get("language")?,
        kind: row.get("kind")?,
        dedupe_key: row.get("dedupe_key")?,
        subject: row.get("subject")?,
        text: row.get("body_text")?,
        html: row.get("body_html")?,
        state: row.get("state")?,
        attempts: row.get("attempts")?,
        last_error: row.get("last_error")?,
        created_at: row.get("created_at")?,
    })
}

pub(super) async fn find(
    read: &mut Read,
    organization: OrganizationId,
    id: MailId,
) -> Result<Option<StoredMail>, DbError> {
    sql!("SELECT ", columns!(), " FROM mail WHERE organization_id = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .fetch_optional(read, stored)
        .await
}

/// Ends a queued mail. `keep`: with its bodies. `attempts`: the failed ones so far.
pub(super) async fn settle(
    tx: &mut Tx,
    mail: &StoredMail,
    state: MailState,
    keep: bool,
    sent_at: Option<Instant>,
) -> Result<(), DbError> {
    sql!(
        "UPDATE mail SET state = $3, attempts = $4, last_error = $5, sent_at = $6, body_text = CASE WHEN $7 THEN body_text END, \
         body_html = CASE WHEN $7 THEN body_html END WHERE organization_id = $1 AND id = $2"
    )
    .bind(mail.organization)
    .bind(mail.id)
    .bind(state)
    .bind(mail.attempts)
    .bind(&mail.last_error)
    .bind(sent_at)
    .bind(keep)
    .execute(tx)
    .await
    .map(drop)
}

/// Deletes what was written before, of all organizations, but what still waits to be sent; answers how many.
pub(super) async fn forget(tx: &mut Tx, before: Instant) -> Result<u64, DbError> {
    sql!("DELETE FROM mail WHERE created_at < $1 AND state <> 'queued'").bind(before).execute(tx).await
}

/// The latest mails of all organizations, newest first: for the development mailbox.
pub(super) async fn recent(read: &mut Read, most: u32) -> Result<Vec<StoredMail>, DbError> {
    sql!("SELECT ", columns!(), " FROM mail ORDER BY id DESC LIMIT $1").bind(most).fetch_all(read, stored).await
}

/// A mail of whatever organization: for the development mailbox.
pub(super) async fn find_anywhere(read: &mut Read, id: MailId) -> Result<Option<StoredMail>, DbError> {
    sql!("SELECT ", columns!(), " FROM mail WHERE id = $1").bind(id).fetch_optional(read, stored).await
}
