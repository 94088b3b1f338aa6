//! Organizations: a landlord's business, and which of them a user is in.
//!
//! - An organization always has an active manager.
//! - Its currency can be changed only while no amount was written in it: amounts are never converted.
//! - A member enters an organization by choosing it; a platform admin does so explicitly, and leaves an audit entry in it.

mod model;
// mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use model::{NewOrganization, Organization, OrganizationForm};
// pub use pages::routes;
pub use service::{EditError, add_in, edit, enter, find};
