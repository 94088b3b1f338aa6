//! What the administration sees of users and organizations.

use kernel::{Instant, OrganizationId, Role, UserId};

use crate::accounts::UserStatus;

/// A user in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UserRow {
    pub(super) id: UserId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) status: UserStatus,
    pub(super) is_admin: bool,
    pub(super) email_verified_at: Option<Instant>,
    pub(super) last_signed_in_at: Option<Instant>,
    pub(super) created_at: Instant,
}

/// An organization in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OrganizationRow {
    pub(super) id: OrganizationId,
    pub(super) name: String,
    pub(super) country: String,
    pub(super) members: i64,
    pub(super) properties: i64,
    pub(super) created_at: Instant,
}

/// A user's place in an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) id: OrganizationId,
    pub(super) name: String,
    pub(super) role: Role,
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) users: i64,
    pub(super) disabled: i64,
    pub(super) organizations: i64,
    pub(super) properties: i64,
}
