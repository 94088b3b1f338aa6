//! What users change about themselves.

use kernel::{Fault, FieldErrors, Language, SessionId, UserId, Zone};
use serde::{Deserialize, Serialize};
use webkit::Cookie;

use super::{
    super::{
        model::{Account, Email, LetterKind, check_password, parse_name},
        store,
    },
    letters,
    session::renew_token_in,
    sign_in::{Attempt, SignInError},
};
use crate::{
    audit::{self, By, Subject},
    config::Secret,
    state::App,
    ui::Theme,
};

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// Fields are wrong.
    #[error("invalid")]
    Invalid(FieldErrors),
    /// Too many wrong passwords: try again after so many seconds.
    #[error("wait {0} seconds")]
    Wait(u32),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<db::DbError> for ProfileError {
    fn from(error: db::DbError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<FieldErrors> for ProfileError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl From<SignInError> for ProfileError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Wrong => FieldErrors::one("current_password", "password_wrong").into(),
            SignInError::Wait(seconds) => Self::Wait(seconds),
            SignInError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// The form of name, language and zone as it was sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileForm {
    /// The user's name.
    pub name: String,
    /// The language of their screens and mails.
    pub language: String,
    /// The zone in which they read times; empty: the organization's.
    #[serde(default)]
    pub zone: String,
}

/// The form for another address as it was sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmailForm {
    /// The new address.
    pub email: String,
    /// The present password.
    #[serde(skip_serializing)]
    pub current_password: String,
}

/// The form for another password as it was sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordForm {
    /// The present password.
    #[serde(skip_serializing)]
    pub current_password: String,
    /// The new one.
    #[serde(skip_serializing)]
    pub password: String,
}

/// The user's own account.
///
/// # Errors
/// When the database fails.
pub async fn account(app: &App, user: UserId) -> Result<Account, Fault> {
    let found = store::by_id(&mut app.db.read().await?, user).await?;
    found.ok_or(Fault::invariant("a session without a user"))
}

/// Changes name, language and zone.
///
/// # Errors
/// Problems by field, or what broke.
pub async fn edit(app: &App, user: UserId, form: &ProfileForm) -> Result<(), ProfileError> {
    let mut errors = FieldErrors::new();
    let name = parse_name(&mut errors, "name", &form.name);
    let language: Option<Language> = errors.keep("language", form.language.parse().map_err(|_| "unknown_choice"));
    let zone: Option<Zone> = match form.zone.trim() {
        "" => None,
        text => errors.keep("zone", text.parse().map_err(|_| "unknown_zone")),
    };
    let (Some(name), Some(language), true) = (name, language, errors.is_empty()) else { return Err(errors.into()) };
    let mut tx = app.db.begin().await?;
    let old = store::by_id(&mut tx, user).await?.ok_or(Fault::invariant("a session without a user"))?;
    let fields: Vec<&str> =
        [("name", old.name != name), ("language", old.language != language), ("zone", old.zone != zone)]
            .into_iter()
            .filter_map(|(field, changed)| changed.then_some(field))
            .collect();
    if fields.is_empty() {
        return Ok(());
    }
    store::set_profile(&mut tx, user, &name, language, zone, app.env.now()).await?;
    let subject = Subject::new("app_user", user.uuid());
    audit::record_by(&mut tx, &app.env, None, By::User(user), "accounts.user.edit", subject, &fields).await?;
    Ok(tx.commit().await?)
}

/// Changes the theme. Not worth an audit entry.
///
/// # Errors
/// When the database fails.
pub async fn set_theme(app: &App, user: UserId, theme: Theme) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    store::set_theme(&mut tx, user, theme, app.env.now()).await?;
    Ok(tx.commit().await?)
}

/// Asks the new address to confirm that it is the user's. Nothing changes until it does, and the answer does not say whether another
/// account has it.
///
/// # Errors
/// Problems by field, or what broke.
pub async fn ask_email(app: &App, user: UserId, form: &EmailForm) -> Result<(), ProfileError> {
    let email = Email::parse(&form.email).map_err(|code| FieldErrors::one("email", code))?;
    let account = account(app, user).await?;
    if account.email.folded() == email.folded() {
        return Err(FieldErrors::one("email", "email_same").into());
    }
    prove(app, &account, &form.current_password).await?;
    let mut tx = app.db.begin().await?;
    letters::ask(&mut tx, &app.env, LetterKind::ChangeEmail, &email, Some(user)).await?;
    let subject = Subject::new("app_user", user.uuid());
    audit::record_by(&mut tx, &app.env, None, By::User(user), "accounts.email.ask_change", subject, &["email"]).await?;
    Ok(tx.commit().await?)
}

/// Sets another password, ends the user's other sessions, and gives this one another secret: the cookie.
///
/// # Errors
/// Problems by field, or what broke.
pub async fn change_password(
    app: &App,
    user: UserId,
    session: SessionId,
    form: &PasswordForm,
) -> Result<Cookie, ProfileError> {
    let account = account(app, user).await?;
    let mut errors = FieldErrors::new();
    if form.current_password.is_empty() {
        errors.add("current_password", "required");
    }
    check_password(&mut errors, "password", &form.password, &[&account.name, account.email.as_str()]);
    errors.into_result()?;
    let checked = prove(app, &account, &form.current_password).await?;
    let hash = app.passwords.hash(&app.env, &Secret::new(form.password.clone())).await?;
    let now = app.env.now();
    let mut tx = app.db.begin().await?;
    if !store::set_password(&mut tx, user, Some(checked), &hash, now).await? {
        return Err(SignInError::Wrong.into());
    }
    store::sessions::delete_others(&mut tx, user, Some(session)).await?;
    let cookie = renew_token_in(&mut tx, &app.env, session).await?;
    let subject = Subject::new("app_user", user.uuid());
    let by = By::User(user);
    audit::record_by(&mut tx, &app.env, None, by, "accounts.password.change", subject, &["password"]).await?;
    letters::ask(&mut tx, &app.env, LetterKind::PasswordChanged, &account.email, Some(user)).await?;
    tx.commit().await?;
    Ok(cookie)
}

/// Checks the present password of somebody who is signed in, slowed down after failures; answers the hash that was in force.
async fn prove<'a>(app: &App, account: &'a Account, password: &str) -> Result<&'a str, SignInError> {
    let attempt = Attempt::of_user(account.id);
    attempt.count(app).await?;
    let stored = account.password_hash.as_deref();
    let right = app.passwords.verify(&Secret::new(password.to_owned()), stored).await?;
    let stored = stored.filter(|_| right).ok_or(SignInError::Wrong)?;
    let mut tx = app.db.begin().await?;
    attempt.forgive(&mut tx, app.env.now()).await?;
    tx.commit().await?;
    Ok(stored)
}
