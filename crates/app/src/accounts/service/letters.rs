//! Letters: asked for in a transaction, written by a job.

use chrono::TimeDelta;
use db::Tx;
use kernel::{Env, Fault, OneTimeTokenId, UserId};
use uuid::Uuid;

use super::super::{
    jobs::WriteLetter,
    model::{Account, Email, Letter, LetterKind, TokenPurpose, UserStatus, new_secret},
    store,
};
use crate::App;

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
    let link = match letter.kind {
        LetterKind::VerifyEmail => link(app, tx, letter, account, TokenPurpose::VerifyEmail, "verify-email").await?,
        LetterKind::ResetPassword => {
            link(app, tx, letter, account, TokenPurpose::ResetPassword, "reset-password").await?
        }
        LetterKind::ChangeEmail => link(app, tx, letter, account, TokenPurpose::ChangeEmail, "confirm-email").await?,
        LetterKind::AlreadyRegistered | LetterKind::EmailChanged | LetterKind::PasswordChanged => {
            Some(address(app, "/forgot-password"))
        }
    };
    let Some(link) = link else { return Ok(()) };
    let _ = link;
    Ok(())
}

/// An address with a new secret in it; `None` when enough were written lately.
async fn link(
    app: &App,
    tx: &mut Tx,
    letter: &Letter,
    account: &Account,
    purpose: TokenPurpose,
    path: &str,
) -> Result<Option<String>, Fault> {
    let now = app.env.now();
    let lately = store::tokens::count_since(tx, account.id, purpose, now - TimeDelta::hours(1)).await?;
    if lately >= MOST_AN_HOUR {
        tracing::info!(target: "security", event = "letters_limited", user = %account.id, %purpose, "enough letters were written");
        return Ok(None);
    }
    let (secret, hash) = new_secret(&app.env);
    let expires_at = now + TimeDelta::from_std(purpose.lifetime()).unwrap_or_default();
    // A letter goes to the address that is stored, however whoever asked for it wrote it.
    let email = if letter.user_id.is_some() { letter.email.as_str() } else { account.email.as_str() };
    let id = OneTimeTokenId::new(&app.env);
    store::tokens::insert(tx, id, account.id, purpose, (&hash, email), (now, expires_at)).await?;
    Ok(Some(address(app, &format!("/{path}/{secret}"))))
}

fn address(app: &App, path: &str) -> String {
    format!("{}{path}", app.public_url.as_str().trim_end_matches('/'))
}
