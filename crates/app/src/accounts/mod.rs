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
mod pages;
mod passwords;
mod service;
mod sessions;
mod store;
#[cfg(test)]
pub(crate) mod tests;

use std::time::Duration;

use ::jobs::{Registry, Schedule};
use webkit::{Access, LimitClass, Routes, public};

use crate::App;

pub use jobs::WriteLetter;
pub use model::{Email, NAME_MOST, NewLandlord, PASSWORD_LEAST, PASSWORD_MOST, RegisterForm, UserStatus, parse_name};
pub(crate) use model::{Hash, new_secret};
pub(crate) use pages::{countries, languages, session_of, visitor, visitors::currencies, zones};
pub use passwords::Passwords;
pub use service::{
    admin::{AdminForm, CreateAdminError, SetStatusError, StatusReason, create_admin, set_status},
    invited::{Newcomer, add_newcomer_in, confirm_address_in, has_account},
    register::{RegisterError, register},
    session::{activate_in, renew_token_in},
    sign_in::{Visitor, begin_session_in},
};
pub use sessions::Sessions;

/// The pages of accounts.
#[must_use]
pub fn routes() -> Routes<App> {
    const DOOR: &str = "how one gets in";
    const LINK: &str = "its address holds a secret that was sent by mail";
    Routes::new()
        .get("/", public("says what this is"), pages::visitors::landing)
        .get("/sign-in", public(DOOR), pages::visitors::sign_in_page)
        .post("/sign-in", public(DOOR), pages::visitors::sign_in)
        .limit(LimitClass::Credentials)
        .audit("accounts.session.begin")
        .post("/sign-out", Access::SignedIn, pages::visitors::sign_out)
        .audit("accounts.session.end")
        .get("/register", public(DOOR), pages::visitors::register_page)
        .post("/register", public(DOOR), pages::visitors::register)
        .limit(LimitClass::Credentials)
        .audit("accounts.user.register")
        .get("/forgot-password", public(DOOR), pages::visitors::forgot_page)
        .post("/forgot-password", public(DOOR), pages::visitors::forgot)
        .limit(LimitClass::Credentials)
        .get("/reset-password/{token}", public(LINK), pages::links::reset_page)
        .post("/reset-password/{token}", public(LINK), pages::links::reset)
        .limit(LimitClass::Credentials)
        .audit("accounts.password.reset")
        .get("/verify-email/{token}", public(LINK), pages::links::verify_page)
        .post("/verify-email/{token}", public(LINK), pages::links::verify)
        .limit(LimitClass::Credentials)
        .audit("accounts.email.verify")
        .get("/confirm-email/{token}", public(LINK), pages::links::change_page)
        .post("/confirm-email/{token}", public(LINK), pages::links::change)
        .limit(LimitClass::Credentials)
        .audit("accounts.email.change")
        .post("/theme", public("also visitors choose how pages look"), pages::visitors::theme)
        .merge(profile_routes())
}

fn profile_routes() -> Routes<App> {
    Routes::new()
        .get("/profile", Access::SignedIn, pages::profile::show)
        .post("/profile", Access::SignedIn, pages::profile::edit)
        .audit("accounts.user.edit")
        .post("/profile/verification", Access::SignedIn, pages::profile::verification)
        .limit(LimitClass::Credentials)
        .audit("accounts.email.ask_verification")
        .get("/profile/security", Access::SignedIn, pages::profile::security)
        .post("/profile/email", Access::SignedIn, pages::profile::email)
        .limit(LimitClass::Credentials)
        .audit("accounts.email.ask_change")
        .post("/profile/password", Access::SignedIn, pages::profile::password)
        .limit(LimitClass::Credentials)
        .audit("accounts.password.change")
        .post("/profile/sessions/{id}/end", Access::SignedIn, pages::profile::end_session)
        .audit("accounts.session.revoke")
        .post("/profile/sessions/end-others", Access::SignedIn, pages::profile::end_others)
        .audit("accounts.session.revoke_others")
}

/// Writing letters, and forgetting what has ended.
pub fn handle_jobs(registry: &mut Registry<App>) {
    const HOUR: Duration = Duration::from_secs(3_600);
    registry.handle(jobs::write_letter);
    registry.handle(jobs::sweep);
    let schedule = Schedule { name: "accounts.sweep", every: HOUR, jitter: Duration::from_secs(300) };
    registry.schedule(schedule, jobs::Sweep {});
}
