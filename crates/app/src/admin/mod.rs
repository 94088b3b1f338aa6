//! The platform's administration: its users and organizations, for platform admins only.
//!
//! Permission: `admin.panel`. What an admin does to a user or in an organization is done by those features and leaves their audit entries.

mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::permissions::AdminPanel;
use webkit::{Routes, platform};

use crate::App;

/// The pages of the administration.
#[must_use]
pub fn routes() -> Routes<App> {
    Routes::new()
        .get("/admin", platform::<AdminPanel>(), pages::overview)
        .get("/admin/users", platform::<AdminPanel>(), pages::users)
        .get("/admin/users/{id}", platform::<AdminPanel>(), pages::user)
        .post("/admin/users/{id}/disable", platform::<AdminPanel>(), pages::disable)
        .audit("accounts.user.disable")
        .post("/admin/users/{id}/enable", platform::<AdminPanel>(), pages::enable)
        .audit("accounts.user.enable")
        .get("/admin/organizations", platform::<AdminPanel>(), pages::organizations)
}
