//! Writing mails, sending them, and looking at them.

use chrono::TimeDelta;
use db::Tx;
use jobs::enqueue;
use kernel::{Fault, MailId, OrganizationId};
use uuid::Uuid;

use super::{
    Handover, Mail, MailMessage, MailState, Outgoing, SendError, Writer, jobs::SendMail, model::StoredMail, store,
};
use crate::App;

/// How often the mail server is asked: over about three hours.
pub(super) const MOST_ATTEMPTS: u32 = 12;

/// Writes a mail and queues its sending, both in the caller's transaction. Answers its id, or `None` when a mail with this dedupe key was
/// written before.
///
/// # Errors
/// When the database fails.
pub async fn queue<M: MailMessage + Sync>(app: &App, tx: &mut Tx, mail: &Mail<M>) -> Result<Option<MailId>, Fault> {
    let letter = mail.message.letter(&Writer::new(mail.language, app.public_url.clone()));
    let drawn = |body: Result<String, _>| body.map_err(|error| Fault::new("writing a mail", error));
    let written = StoredMail {
        organization: mail.organization.unwrap_or(OrganizationId::from_uuid(Uuid::nil())),
        id: MailId::new(&app.env),
        recipient: mail.to.clone(),
        language: mail.language,
        kind: M::KIND.to_owned(),
        dedupe_key: mail.dedupe_key.clone(),
        subject: letter.subject().to_owned(),
        text: Some(drawn(letter.to_text())?),
        html: Some(drawn(letter.to_html())?),
        state: MailState::Queued,
        attempts: 0,
        last_error: None,
        created_at: app.env.now(),
    };
    if !store::insert(tx, &written).await? {
        return Ok(None);
    }
    enqueue(tx, &app.env, &SendMail { organization: written.organization, mail: written.id }).await?;
    Ok(Some(written.id))
}

/// How an attempt to send a mail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delivery {
    /// There is nothing more to do.
    Settled,
    /// It is to be tried again.
    Later,
    /// It was given up.
    Refused,
}

/// Tries to send a queued mail and writes down what came of it. The mail server is asked outside any transaction.
pub(super) async fn deliver(app: &App, organization: OrganizationId, id: MailId) -> Result<Delivery, Fault> {
    let found = store::find(&mut app.db.read().await?, organization, id).await?;
    let Some(mut mail) = found.filter(|mail| mail.state == MailState::Queued) else { return Ok(Delivery::Settled) };
    let outgoing = Outgoing {
        id,
        written_at: mail.created_at,
        to: mail.recipient.clone(),
        subject: mail.subject.clone(),
        text: mail.text.clone().unwrap_or_default(),
        html: mail.html.clone().unwrap_or_default(),
    };
    let (delivery, state) = match app.mailer.send(&outgoing).await {
        Ok(Handover::Sent) => (Delivery::Settled, MailState::Sent),
        Ok(Handover::Kept) => (Delivery::Settled, MailState::Kept),
        Err(error) => {
            mail.attempts += 1;
            let final_answer = matches!(error, SendError::Refused(_)) || mail.attempts >= MOST_ATTEMPTS;
            let (SendError::Later(reason) | SendError::Refused(reason)) = error;
            tracing::warn!(target: "mail", mail_id = %id, kind = mail.kind, attempts = mail.attempts, reason, "mail not sent");
            mail.last_error = Some(reason);
            if final_answer { (Delivery::Refused, MailState::Failed) } else { (Delivery::Later, MailState::Queued) }
        }
    };
    let keep = state == MailState::Queued || is_shown(app);
    let sent_at = (state == MailState::Sent).then(|| app.env.now());
    db::retrying(|| async {
        let mut tx = app.db.begin().await?;
        store::settle(&mut tx, &mail, state, keep, sent_at).await?;
        tx.commit().await
    })
    .await?;
    Ok(delivery)
}

/// How long a mail is remembered.
const REMEMBERED: TimeDelta = TimeDelta::days(90);

/// Forgets old mails.
pub(super) async fn forget(app: &App) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    let forgotten = store::forget(&mut tx, app.env.now() - REMEMBERED).await?;
    tx.commit().await?;
    tracing::info!(target: "mail", forgotten, "old mails forgotten");
    Ok(())
}

/// Whether mails are kept and may be looked at: in development and demo.
pub(super) fn is_shown(app: &App) -> bool {
    !app.config.is_production()
}

/// How many mails the development mailbox lists.
const MOST_LISTED: u32 = 200;

/// The latest mails, newest first.
pub(super) async fn recent(app: &App) -> Result<Vec<StoredMail>, Fault> {
    Ok(store::recent(&mut app.db.read().await?, MOST_LISTED).await?)
}

/// One mail.
pub(super) async fn find(app: &App, id: MailId) -> Result<Option<StoredMail>, Fault> {
    Ok(store::find_anywhere(&mut app.db.read().await?, id).await?)
}
