//! What the platform does with accounts.

use db::Db;
use kernel::{Env, Fault, FieldErrors, Language, PlatformGrant, UserId, permissions::AdminPanel};

use super::super::{
    model::{Email, NewUser, UserStatus, check_password, parse_name},
    passwords::Passwords,
    store,
};
use crate::{
    audit::{self, By, Subject},
    config::Secret,
    state::App,
};

/// What the operator says of a new admin.
#[derive(Debug, Clone)]
pub struct AdminForm {
    /// The admin's name.
    pub name: String,
    /// Their address, taken as confirmed.
    pub email: String,
    /// Their password.
    pub password: Secret<String>,
    /// The language of their screens.
    pub language: Language,
}

/// Why no admin was made.
#[derive(Debug, thiserror::Error)]
pub enum CreateAdminError {
    /// Fields are wrong.
    #[error("invalid")]
    Invalid(FieldErrors),
    /// The address has an account.
    #[error("the address has an account")]
    EmailTaken,
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<db::DbError> for CreateAdminError {
    fn from(error: db::DbError) -> Self {
        Self::Fault(error.into())
    }
}

/// Adds a platform admin: the operator's command, and the only way to one.
///
/// # Errors
/// [`CreateAdminError`].
pub async fn create_admin(
    db: &Db,
    env: &Env,
    passwords: &Passwords,
    form: &AdminForm,
) -> Result<UserId, CreateAdminError> {
    let mut errors = FieldErrors::new();
    let name = parse_name(&mut errors, "name", &form.name);
    let email = errors.keep("email", Email::parse(&form.email));
    check_password(&mut errors, "password", form.password.expose(), &[&form.name, &form.email]);
    let (Some(name), Some(email), true) = (name, email, errors.is_empty()) else {
        return Err(CreateAdminError::Invalid(errors));
    };
    let user = NewUser {
        id: UserId::new(env),
        email,
        name,
        password_hash: passwords.hash(env, &form.password).await?,
        language: form.language,
        zone: None,
        is_admin: true,
        email_verified_at: Some(env.now()),
    };
    let mut tx = db.begin().await?;
    store::insert(&mut tx, &user, env.now()).await.map_err(|error| {
        if error.violates(&store::EMAIL_TAKEN) { CreateAdminError::EmailTaken } else { error.into() }
    })?;
    let subject = Subject::new("app_user", user.id.uuid());
    let by = By::System(kernel::SystemReason::Operator);
    audit::record_by(&mut tx, env, None, by, "accounts.user.create_admin", subject, &[]).await?;
    tx.commit().await?;
    Ok(user.id)
}

kernel::text_enum! {
    /// Why an admin disables or enables a user; kept in the audit entry.
    pub enum StatusReason {
        /// The person asked for it.
        Asked = "asked",
        /// The person no longer works here.
        Left = "left",
        /// The account is in the wrong hands.
        Compromised = "compromised",
        /// The account was misused.
        Misuse = "misuse",
        /// What led to it is settled.
        Settled = "settled",
    }
}

/// Why a user was not disabled or enabled.
#[derive(Debug, thiserror::Error)]
pub enum SetStatusError {
    /// There is no such user.
    #[error("no such user")]
    NotFound,
    /// Nobody disables themselves.
    #[error("the user is the admin")]
    Yourself,
    /// An organization would be left without a manager.
    #[error("the user is the last manager of an organization")]
    LastManager,
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<db::DbError> for SetStatusError {
    fn from(error: db::DbError) -> Self {
        Self::Fault(error.into())
    }
}

/// Disables a user, which ends every session of theirs at once, or enables them again.
///
/// # Errors
/// [`SetStatusError`].
pub async fn set_status(
    app: &App,
    grant: &PlatformGrant<AdminPanel>,
    user: UserId,
    status: UserStatus,
    reason: StatusReason,
) -> Result<(), SetStatusError> {
    if user == grant.user_id() {
        return Err(SetStatusError::Yourself);
    }
    let mut tx = app.db.begin().await?;
    store::by_id(&mut tx, user).await?.ok_or(SetStatusError::NotFound)?;
    // Of two admins who disable the two managers of an organization at once, the second waits here and then sees the first.
    store::lock_managed(&mut tx, user).await?;
    if !store::set_status(&mut tx, user, status, app.env.now()).await? {
        return Ok(());
    }
    let action = match status {
        UserStatus::Active => "accounts.user.enable",
        UserStatus::Disabled => {
            if store::left_without_manager(&mut tx, user).await?.is_some() {
                return Err(SetStatusError::LastManager);
            }
            store::sessions::delete_others(&mut tx, user, None).await?;
            "accounts.user.disable"
        }
    };
    let subject = Subject::new("app_user", user.uuid());
    let fields = ["status", reason.as_str()];
    audit::record_by(&mut tx, &app.env, None, By::User(grant.user_id()), action, subject, &fields).await?;
    Ok(tx.commit().await?)
}
