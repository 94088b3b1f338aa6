//! The demo: one made-up landlord with everything that the product can show, on this machine.
//!
//! - Nothing here is real: people, addresses and amounts are invented, and every e-mail address ends in `.example`.
//! - The data is built once, by the use cases that people use, on a clock that runs through the past weeks. It depends on the day of
//!   building and on nothing else, but for secrets; a later start finds it and leaves it alone.
//! - A database that holds anything else is not touched.
//! - Passwords differ from installation to installation, and can be told again: they follow from the installation's key.

mod access;
mod availability;
mod build;
mod calendars;
mod exports;
mod facts;
mod owners;
mod people;
mod photos;
mod plan;
mod store;
#[cfg(test)]
mod tests;
mod units;

use kernel::{Date, Fault, Instant, Zone};

use crate::{App, config::Secret};

pub(crate) use calendars::Calendars;

/// Where the demo's landlord lives, and most of the houses are.
const ZONE: &str = "Europe/Madrid";

/// The demo's date at a moment.
fn today(now: Instant) -> Date {
    ZONE.parse().unwrap_or(Zone::UTC).date_of(now)
}

/// How one of the demo's people signs in.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// `manager`, `owner`, `staff` or `admin`.
    pub role: &'static str,
    /// The address.
    pub email: &'static str,
    /// The password.
    pub password: Secret<String>,
}

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The database holds something else, or a demo that was interrupted while it was made.
    #[error("the data is not a demo's, or making it was interrupted: choose another --data-dir")]
    OtherData,
    /// The demo's own data is not as a use case wants it.
    #[error("the demo's data is not accepted: {0}")]
    Refused(String),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<db::DbError> for DemoError {
    fn from(error: db::DbError) -> Self {
        Self::Fault(error.into())
    }
}

/// A use case did not take what the demo gave it.
fn refused(error: impl std::fmt::Debug) -> DemoError {
    DemoError::Refused(format!("{error:?}"))
}

/// Makes the demo's data, unless it is there; answers who may sign in, the admin last.
///
/// # Errors
/// [`DemoError::OtherData`], or when something breaks.
pub async fn prepare(app: &App) -> Result<Vec<SignIn>, DemoError> {
    let there = store::users(&mut app.db.read().await?).await?;
    // The admin is made last: their account says that all else is there.
    let whole = [people::MANAGER, people::ADMIN].iter().all(|person| there.iter().any(|email| email == person.email));
    if !whole {
        if !there.is_empty() {
            return Err(DemoError::OtherData);
        }
        build::build(app).await?;
        people::make_admin(app).await?;
    }
    Ok(people::ALL.iter().map(|person| person.sign_in(app)).collect())
}
