//! Organizations: a landlord's business, and which of them a user is in.
//!
//! - An organization always has an active manager.
//! - Its currency can be changed only while no amount was written in it: amounts are never converted.
//! - A member enters an organization by choosing it; a platform admin does so explicitly, and leaves an audit entry in it.

mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::permissions::OrganizationEdit;
use webkit::{Access, Routes, allow};

use crate::App;

pub use model::{NewOrganization, Organization, OrganizationForm};

pub use service::{
    ALREADY_MEMBER, EditError, add_in, add_member_in, add_party_in, edit, enter, find, is_currency_open,
};

/// The pages of the organization.
#[must_use]
pub fn routes() -> Routes<App> {
    Routes::new()
        .get("/organization", allow::<OrganizationEdit>(), pages::show)
        .post("/organization", allow::<OrganizationEdit>(), pages::edit)
        .audit("organizations.organization.edit")
        .post("/organizations/{id}/enter", Access::SignedIn, pages::enter)
        .audit("organizations.organization.enter")
}
