//! What a letter's link does: choosing another password, confirming an address.

use kernel::{Fault, FieldErrors, UserId};

use super::{
    super::{
        model::{Email, Hash, LetterKind, TokenPurpose, check_password},
        store,
    },
    letters,
    sign_in::account_key,
};
use crate::{
    audit::{self, By, Subject},
    config::Secret,
    state::App,
};

/// Why a link did nothing.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// It was used, is too old, or never was one.
    #[error("the link is no longer good")]
    Dead,
    /// Another account has the address by now.
    #[error("the address is taken")]
    EmailTaken,
    /// Fields are wrong; the link is still good.
    #[error("invalid")]
    Invalid(FieldErrors),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<db::DbError> for LinkError {
    fn from(error: db::DbError) -> Self {
        Self::Fault(error.into())
    }
}

/// Asks for a letter to choose another password. The answer and the work are the same whether or not the address has an account.
///
/// # Errors
/// When the database fails.
pub async fn ask_reset(app: &App, email: &Email) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    letters::ask(&mut tx, &app.env, LetterKind::ResetPassword, email, None).await?;
    Ok(tx.commit().await?)
}

/// Asks for another letter to confirm the user's present address.
///
/// # Errors
/// When the database fails.
pub async fn ask_verification(app: &App, user: UserId) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    let account = store::by_id(&mut tx, user).await?.ok_or(Fault::invariant("a session without a user"))?;
    if account.email_verified_at.is_none() {
        letters::ask(&mut tx, &app.env, LetterKind::VerifyEmail, &account.email, Some(user)).await?;
        let subject = Subject::new("app_user", user.uuid());
        audit::record_by(&mut tx, &app.env, None, By::User(user), "accounts.email.ask_verification", subject, &[])
            .await?;
    }
    Ok(tx.commit().await?)
}

/// The address that a link is about, while the link is good. Looking does not use it up: mail scanners look.
///
/// # Errors
/// When the database fails.
pub async fn look(app: &App, purpose: TokenPurpose, secret: &str) -> Result<Option<Email>, Fault> {
    let mut read = app.db.read().await?;
    let found = store::tokens::find(&mut read, purpose, &Hash::of(secret), app.env.now()).await?;
    Ok(found.map(|redeemed| redeemed.email))
}

/// Sets another password, ends every session of the user, and forgets the failures to sign in to the account.
///
/// # Errors
/// [`LinkError`].
pub async fn reset_password(app: &App, secret: &str, password: &str) -> Result<(), LinkError> {
    let (env, now, hash) = (&app.env, app.env.now(), Hash::of(secret));
    let account = {
        let mut read = app.db.read().await?;
        let found = store::tokens::find(&mut read, TokenPurpose::ResetPassword, &hash, now).await?;
        store::by_id(&mut read, found.ok_or(LinkError::Dead)?.user_id).await?.ok_or(LinkError::Dead)?
    };
    let mut errors = FieldErrors::new();
    check_password(&mut errors, "password", password, &[&account.name, account.email.as_str()]);
    errors.into_result().map_err(LinkError::Invalid)?;
    let password_hash = app.passwords.hash(env, &Secret::new(password.to_owned())).await?;

    let mut tx = app.db.begin().await?;
    let taken = store::tokens::take(&mut tx, TokenPurpose::ResetPassword, &hash, now).await?.ok_or(LinkError::Dead)?;
    if !store::set_password(&mut tx, account.id, None, &password_hash, now).await? {
        return Err(LinkError::Dead);
    }
    // The letter reached its address, so the address is the user's.
    store::verify_email(&mut tx, account.id, &taken.email, now).await?;
    store::sessions::delete_others(&mut tx, account.id, None).await?;
    store::tokens::delete_of(&mut tx, account.id, TokenPurpose::ResetPassword).await?;
    store::throttle::forget(&mut tx, &account_key(&account.email.folded())).await?;
    let subject = Subject::new("app_user", account.id.uuid());
    audit::record_by(&mut tx, env, None, By::User(account.id), "accounts.password.reset", subject, &["password"])
        .await?;
    letters::ask(&mut tx, env, LetterKind::PasswordChanged, &account.email, Some(account.id)).await?;
    Ok(tx.commit().await?)
}

/// Confirms the address of an account.
///
/// # Errors
/// [`LinkError`].
pub async fn verify_email(app: &App, secret: &str) -> Result<(), LinkError> {
    let (env, now) = (&app.env, app.env.now());
    let mut tx = app.db.begin().await?;
    let taken = store::tokens::take(&mut tx, TokenPurpose::VerifyEmail, &Hash::of(secret), now).await?;
    let taken = taken.ok_or(LinkError::Dead)?;
    if !store::verify_email(&mut tx, taken.user_id, &taken.email, now).await? {
        return Err(LinkError::Dead);
    }
    store::tokens::delete_of(&mut tx, taken.user_id, TokenPurpose::VerifyEmail).await?;
    let subject = Subject::new("app_user", taken.user_id.uuid());
    let by = By::User(taken.user_id);
    audit::record_by(&mut tx, env, None, by, "accounts.email.verify", subject, &["email_verified_at"]).await?;
    Ok(tx.commit().await?)
}

/// Makes a new address the account's, and tells the old one. Letters that went to the old address open nothing any more.
///
/// # Errors
/// [`LinkError`]; the link stays good when the address is taken.
pub async fn confirm_email(app: &App, secret: &str) -> Result<(), LinkError> {
    let (env, now) = (&app.env, app.env.now());
    let mut tx = app.db.begin().await?;
    let taken = store::tokens::take(&mut tx, TokenPurpose::ChangeEmail, &Hash::of(secret), now).await?;
    let taken = taken.ok_or(LinkError::Dead)?;
    let old = store::by_id(&mut tx, taken.user_id).await?.ok_or(LinkError::Dead)?.email;
    match store::set_email(&mut tx, taken.user_id, &taken.email, now).await {
        Ok(true) => {}
        Ok(false) => return Err(LinkError::Dead),
        Err(error) if error.violates(&store::EMAIL_TAKEN) => return Err(LinkError::EmailTaken),
        Err(error) => return Err(error.into()),
    }
    for purpose in TokenPurpose::ALL {
        store::tokens::delete_of(&mut tx, taken.user_id, *purpose).await?;
    }
    let subject = Subject::new("app_user", taken.user_id.uuid());
    let by = By::User(taken.user_id);
    audit::record_by(&mut tx, env, None, by, "accounts.email.change", subject, &["email"]).await?;
    letters::ask(&mut tx, env, LetterKind::EmailChanged, &old, Some(taken.user_id)).await?;
    Ok(tx.commit().await?)
}
