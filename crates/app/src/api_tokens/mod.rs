//! Personal API tokens.
//!
//! A token stands for one user in one organization with some of the permissions of the user's role; it never reaches further than the
//! role does today. It is 256 random bits, shown once, kept as a hash; it expires and can be revoked. Tokens are made and seen by their
//! own user only, on the profile's page.

mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use webkit::{Access, Routes};

use crate::App;

pub use model::{ApiToken, NewApiToken, TokenForm};
pub use service::{create, end_all_in, identify, list, revoke};

/// The routes of API tokens.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get("/profile/tokens", Access::SignedIn, pages::list)
        .post("/profile/tokens", Access::SignedIn, pages::create)
        .audit("api_tokens.token.create")
        .post("/profile/tokens/{id}/revoke", Access::SignedIn, pages::revoke)
        .audit("api_tokens.token.revoke")
}
