//! Accounts: who may sign in, how they prove who they are, and what they may change about themselves.
//!
//! - Nobody learns from an answer, its code or the work behind it whether an address has an account: a letter tells its owner.
//! - Secrets (of sessions, "remember me", letters) have 256 bits; only their SHA-256 is stored. Those of letters are used up by their use.
//! - A session has another secret after each sign-in; it ends by idleness, by age, by the user, by a change or reset of the password,
//!   and at once when the user is disabled.
//! - Failures slow down whoever fails; they never lock anybody out, and a browser that is known to the account is slowed by its own only.
//! - The platform's admins are made by the operator's command and in no other way.

mod jobs;
mod model;
// mod pages;
mod passwords;
mod service;
mod sessions;
mod store;
#[cfg(test)]
mod tests;

pub use jobs::WriteLetter;
pub use model::{Email, NAME_MOST, NewLandlord, PASSWORD_LEAST, PASSWORD_MOST, RegisterForm, UserStatus, parse_name};
// pub use pages::routes;
pub use passwords::Passwords;
pub use service::{
    admin::{AdminForm, CreateAdminError, SetStatusError, create_admin, set_status},
    register::{RegisterError, register},
    session::{activate_in, renew_token_in},
};
pub use sessions::Sessions;
