//! Letters: asked for in a transaction, written by a job.

use chrono::TimeDelta;
use db::Tx;
use kernel::{Env, Fault, OneTimeTokenId, UserId, Zone};
use uuid::Uuid;

use super::super::{
    jobs::WriteLetter,
    model::{Account, Email, Letter, LetterKind, TokenPurpose, UserStatus, new_secret},
    store,
};
use crate::{
    App,
    mail::{self, Mail, MailMessage, Writer},
};

/// Asks for a letter.
pub(in crate::accounts) async fn ask(
    tx: &mut Tx,
    env: &Env,
    kind: LetterKind,
    email: &Email,
    user_id: Option<UserId>,
) -> Result<(), Fault> {
    let letter = Letter { id: env.new_uuid(), kind, email: email.clone(), user_id };
    store::tokens::insert_letter(tx, &letter, env.now()).await?;
    jobs::enqueue(tx, env, &WriteLetter { letter: letter.id }).await?;
    Ok(())
}

/// Where a forgotten password is replaced.
const FORGOT_PASSWORD: &str = "/forgot-password";
/// At most so many letters with a secret of one kind are written to a user in an hour, whoever asks for them.
const MOST_AN_HOUR: i64 = 3;

/// Writes a letter that was asked for, if there is still somebody to write to.
///
/// # Errors
/// When the database fails; then the letter still waits.
pub(in crate::accounts) async fn write(app: &App, id: Uuid) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    let Some(letter) = store::tokens::take_letter(&mut tx, id).await? else { return Ok(()) };
    let account = match letter.user_id {
        Some(user) => store::by_id(&mut tx, user).await?,
        None => store::by_email(&mut tx, &letter.email.folded()).await?,
    };
    if let Some(account) = account.filter(|account| account.status == UserStatus::Active) {
        compose(app, &mut tx, &letter, &account).await?;
    }
    Ok(tx.commit().await?)
}

async fn compose(app: &App, tx: &mut Tx, letter: &Letter, account: &Account) -> Result<(), Fault> {
    let (name, at) = (account.name.clone(), app.env.now());
    let zone = account.zone.unwrap_or(Zone::UTC);
    match letter.kind {
        LetterKind::VerifyEmail => match link(app, tx, letter, account, TokenPurpose::VerifyEmail).await? {
            Some((path, valid_for)) => {
                send(app, tx, letter, account, mail::VerifyEmail { name, path, valid_for }).await
            }
            None => Ok(()),
        },
        LetterKind::ResetPassword => match link(app, tx, letter, account, TokenPurpose::ResetPassword).await? {
            Some((path, valid_for)) => {
                send(app, tx, letter, account, mail::PasswordReset { name, path, valid_for }).await
            }
            None => Ok(()),
        },
        LetterKind::ChangeEmail => match link(app, tx, letter, account, TokenPurpose::ChangeEmail).await? {
            Some((path, valid_for)) => {
                send(app, tx, letter, account, mail::EmailChange { name, path, valid_for }).await
            }
            None => Ok(()),
        },
        LetterKind::AlreadyRegistered => send(app, tx, letter, account, AlreadyRegistered { name }).await,
        LetterKind::EmailChanged => send(app, tx, letter, account, mail::EmailChanged { name, at, zone }).await,
        LetterKind::PasswordChanged => {
            let path = FORGOT_PASSWORD.to_owned();
            send(app, tx, letter, account, mail::PasswordChanged { name, at, zone, path }).await
        }
    }
}

async fn send<M: MailMessage + Sync>(
    app: &App,
    tx: &mut Tx,
    letter: &Letter,
    account: &Account,
    message: M,
) -> Result<(), Fault> {
    let to = address_of(letter, account).to_owned();
    let dedupe_key = format!("letter {}", letter.id);
    mail::queue(app, tx, &Mail { organization: None, to, language: account.language, message, dedupe_key }).await?;
    Ok(())
}

/// A letter that was asked for by an address goes to the address that is stored, however whoever asked for it wrote it.
fn address_of<'a>(letter: &'a Letter, account: &'a Account) -> &'a str {
    if letter.user_id.is_some() { letter.email.as_str() } else { account.email.as_str() }
}

/// Tells the owner of an account that somebody registered with its address, which changed nothing.
struct AlreadyRegistered {
    name: String,
}

impl MailMessage for AlreadyRegistered {
    const KIND: &'static str = "already_registered";
    fn letter(&self, writer: &Writer) -> mail::Letter {
        writer
            .letter(writer.t("accounts-mail-registered-subject"))
            .paragraph(writer.t1("mail-greeting", "name", &self.name))
            .paragraph(writer.t("accounts-mail-registered-text"))
            .button(writer.t("accounts-mail-registered-button"), writer.link(FORGOT_PASSWORD))
            .note(writer.t("accounts-mail-registered-note"))
            .why(writer.t("mail-why-account"))
    }
}

/// The path of a page with a new secret in it, and how long it works; `None` when enough were written lately.
async fn link(
    app: &App,
    tx: &mut Tx,
    letter: &Letter,
    account: &Account,
    purpose: TokenPurpose,
) -> Result<Option<(String, TimeDelta)>, Fault> {
    let now = app.env.now();
    let lately = store::tokens::count_since(tx, account.id, purpose, now - TimeDelta::hours(1)).await?;
    if lately >= MOST_AN_HOUR {
        tracing::info!(target: "security", event = "letters_limited", user = %account.id, %purpose, "enough letters were written");
        return Ok(None);
    }
    let (secret, hash) = new_secret(&app.env);
    let valid_for = TimeDelta::from_std(purpose.lifetime()).unwrap_or_default();
    let (id, email) = (OneTimeTokenId::new(&app.env), address_of(letter, account));
    store::tokens::insert(tx, id, account.id, purpose, (&hash, email), (now, now + valid_for)).await?;
    let page = match purpose {
        TokenPurpose::VerifyEmail => "verify-email",
        TokenPurpose::ResetPassword => "reset-password",
        TokenPurpose::ChangeEmail => "confirm-email",
    };
    Ok(Some((format!("/{page}/{secret}"), valid_for)))
}
