//! Registering a landlord.

use kernel::{Fault, UserId};

use super::{
    super::{
        model::{LetterKind, NewLandlord, NewUser},
        store,
    },
    letters,
};
use crate::{
    audit::{self, By, Subject},
    config::Registration,
    organizations,
    state::App,
};

/// Why nobody was registered.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The installation takes no registrations.
    #[error("registration is closed")]
    Closed,
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<db::DbError> for RegisterError {
    fn from(error: db::DbError) -> Self {
        Self::Fault(error.into())
    }
}

/// Adds a user with an organization of which they are the manager, and asks them to confirm their address. When the address has an
/// account, the answer is the same, and its owner is told.
///
/// # Errors
/// When registration is closed, or something breaks.
pub async fn register(app: &App, new: &NewLandlord) -> Result<(), RegisterError> {
    if app.config.accounts.registration == Registration::Closed {
        return Err(RegisterError::Closed);
    }
    let env = &app.env;
    let user = NewUser {
        id: UserId::new(env),
        email: new.email.clone(),
        name: new.name.clone(),
        password_hash: app.passwords.hash(env, &new.password).await?,
        language: new.organization.language,
        zone: None,
        is_admin: false,
        email_verified_at: None,
    };
    let mut tx = app.db.begin().await?;
    match store::insert(&mut tx, &user, env.now()).await {
        Ok(()) => {}
        Err(error) if error.violates(&store::EMAIL_TAKEN) => {
            drop(tx);
            let mut tx = app.db.begin().await?;
            letters::ask(&mut tx, env, LetterKind::AlreadyRegistered, &new.email, None).await?;
            return Ok(tx.commit().await?);
        }
        Err(error) => return Err(error.into()),
    }
    let organization = organizations::add_in(&mut tx, env, &new.organization, (user.id, &user.name)).await?;
    let subject = Subject::new("app_user", user.id.uuid());
    audit::record_by(&mut tx, env, Some(organization), By::User(user.id), "accounts.user.register", subject, &[])
        .await?;
    letters::ask(&mut tx, env, LetterKind::VerifyEmail, &new.email, Some(user.id)).await?;
    Ok(tx.commit().await?)
}
