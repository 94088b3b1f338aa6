//! Accounts of people who were invited: whoever accepts has read mail at the address, so it is confirmed.

use db::{DbError, Read, Tx};
use kernel::{FieldErrors, Instant, Language, UserId};

use super::super::{
    model::{Email, NewUser, check_password, parse_name},
    store,
};
use crate::{config::Secret, state::App};

/// Somebody who was invited and has no account.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// Their name.
    pub name: String,
    /// The address at which they were invited.
    pub email: Email,
    /// The password they chose.
    pub password: Secret<String>,
    /// The language of their screens and mails.
    pub language: Language,
}

impl Newcomer {
    /// Reads what they typed.
    ///
    /// # Errors
    /// What is wrong with `name` or `password`.
    pub fn parse(name: &str, email: Email, password: &str, language: Language) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let parsed = parse_name(&mut errors, "name", name);
        check_password(&mut errors, "password", password, &[name, email.as_str()]);
        match (errors.into_result(), parsed) {
            (Ok(()), Some(name)) => Ok(Self { name, email, password: Secret::new(password.to_owned()), language }),
            (Err(errors), _) => Err(errors),
            (Ok(()), None) => Err(FieldErrors::one("name", "required")),
        }
    }
}

/// Adds their account; `None` when the address has one.
///
/// # Errors
/// When the database refuses.
pub async fn add_newcomer_in(
    tx: &mut Tx,
    app: &App,
    newcomer: &Newcomer,
    password_hash: String,
) -> Result<Option<UserId>, DbError> {
    let now = app.env.now();
    let user = NewUser {
        id: UserId::new(&app.env),
        email: newcomer.email.clone(),
        name: newcomer.name.clone(),
        password_hash,
        language: newcomer.language,
        zone: None,
        is_admin: false,
        email_verified_at: Some(now),
    };
    match store::insert(tx, &user, now).await {
        Ok(()) => Ok(Some(user.id)),
        Err(error) if error.violates(&store::EMAIL_TAKEN) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether an address has an account. Only for whoever has shown that the address is theirs.
///
/// # Errors
/// When the database fails.
pub async fn has_account(read: &mut Read, email: &Email) -> Result<bool, DbError> {
    Ok(store::by_email(read, &email.folded()).await?.is_some())
}

/// Notes that a user has shown that the address is theirs, if it is their account's.
///
/// # Errors
/// When the database refuses.
pub async fn confirm_address_in(tx: &mut Tx, user: UserId, email: &Email, now: Instant) -> Result<bool, DbError> {
    store::verify_email(tx, user, email, now).await
}
