//! Who acts, what they were granted, and on which rows.
//!
//! A service asks for `&Grant<P>`; a store asks for the `&Scope` that only a grant yields. Neither can be made up: their
//! fields are private, and the ways to a grant are [`Actor::grant`] and [`Grant::system`].

use std::{collections::BTreeSet, fmt, marker::PhantomData};

use crate::{MembershipId, OrganizationId, Permission, PermissionName, Role, UserId, permissions_of};

/// How the actor proved who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActorKind {
    /// A signed-in browser.
    Session,
    /// A personal API token, limited to these permissions.
    ApiToken(BTreeSet<PermissionName>),
}

/// A role in one organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// The membership.
    pub id: MembershipId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The role there.
    pub role: Role,
}

/// A user as this request knows them: one user, at most one active organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The user.
    pub user_id: UserId,
    /// Whether the user administers the platform.
    pub is_admin: bool,
    /// The active organization; a manager's reach for an admin who entered it.
    pub membership: Option<Membership>,
    /// How they signed in.
    pub kind: ActorKind,
}

/// Why a permission was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the permission {0} is missing")]
pub struct Denied(pub PermissionName);

impl Actor {
    /// Whether the actor has a permission in the active organization, or on the platform for platform permissions.
    #[must_use]
    pub fn may(&self, permission: PermissionName) -> bool {
        let within_token = match &self.kind {
            ActorKind::Session => true,
            ActorKind::ApiToken(scopes) => scopes.contains(&permission),
        };
        let by_role = if permission.is_platform() {
            self.is_admin
        } else {
            self.membership.is_some_and(|m| permissions_of(m.role).contains(&permission))
        };
        within_token && by_role
    }

    /// Turns the actor's right into a grant for the active organization.
    ///
    /// # Errors
    /// [`Denied`] when the role (or the token) does not have it, or no organization is active.
    pub fn grant<P: Permission>(&self) -> Result<Grant<P>, Denied> {
        let membership = self.membership.filter(|_| self.may(P::NAME)).ok_or(Denied(P::NAME))?;
        let rows = match membership.role {
            Role::Manager => Rows::All,
            Role::Owner => Rows::OwnedBy(self.user_id),
            Role::Staff => Rows::StaffedBy(self.user_id),
        };
        Ok(Grant {
            user_id: Some(self.user_id),
            permissions: permissions_of(membership.role).into_iter().filter(|p| self.may(*p)).collect(),
            scope: Scope { organization_id: membership.organization_id, rows },
            reason: None,
            permission: PhantomData,
        })
    }

    /// Turns the right of a platform admin into a grant that belongs to no organization.
    ///
    /// # Errors
    /// [`Denied`] for anybody else.
    pub fn platform_grant<P: Permission>(&self) -> Result<PlatformGrant<P>, Denied> {
        if P::NAME.is_platform() && self.may(P::NAME) {
            Ok(PlatformGrant { user_id: self.user_id, permission: PhantomData })
        } else {
            Err(Denied(P::NAME))
        }
    }
}

/// Proof that an admin may do `P` on the platform.
#[derive(Debug, Clone, Copy)]
pub struct PlatformGrant<P> {
    user_id: UserId,
    permission: PhantomData<P>,
}

impl<P> PlatformGrant<P> {
    /// The admin.
    #[must_use]
    pub const fn user_id(&self) -> UserId {
        self.user_id
    }
}

crate::text_enum! {
    /// Why the program itself acts in an organization, without a user.
    pub enum SystemReason {
        /// A scheduled synchronisation of calendars.
        FeedSync = "feed_sync",
        /// Registration, before the first member exists.
        Registration = "registration",
        /// Demo data.
        Demo = "demo",
        /// A command typed by the operator.
        Operator = "operator",
        /// Telling people of something.
        Notification = "notification",
        /// A channel that fetches what is published for it.
        Export = "export",
    }
}

/// Which rows of the organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// All of them.
    All,
    /// Those of properties that this user owns.
    OwnedBy(UserId),
    /// Those of properties that this user is attached to.
    StaffedBy(UserId),
}

impl Rows {
    /// The kind as SQL sees it: `all`, `owner` or `staff`.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::OwnedBy(_) => "owner",
            Self::StaffedBy(_) => "staff",
        }
    }

    /// The user the rows depend on.
    #[must_use]
    pub const fn user_id(self) -> Option<UserId> {
        match self {
            Self::All => None,
            Self::OwnedBy(user) | Self::StaffedBy(user) => Some(user),
        }
    }
}

/// One organization, and which of its rows. Only a grant yields one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    organization_id: OrganizationId,
    rows: Rows,
}

impl Scope {
    /// The organization.
    #[must_use]
    pub const fn organization_id(&self) -> OrganizationId {
        self.organization_id
    }
    /// Which rows of it.
    #[must_use]
    pub const fn rows(&self) -> Rows {
        self.rows
    }
}

/// Proof that the permission `P` was checked for an actor in one organization.
#[derive(Clone)]
pub struct Grant<P> {
    user_id: Option<UserId>,
    permissions: BTreeSet<PermissionName>,
    scope: Scope,
    reason: Option<SystemReason>,
    permission: PhantomData<P>,
}

impl<P: Permission> Grant<P> {
    /// A grant for the program itself, for jobs and commands. Audit entries name the reason.
    #[must_use]
    pub fn system(organization_id: OrganizationId, reason: SystemReason) -> Self {
        Self {
            user_id: None,
            permissions: permissions_of(Role::Manager),
            scope: Scope { organization_id, rows: Rows::All },
            reason: Some(reason),
            permission: PhantomData,
        }
    }

    /// The same actor's grant for another permission, where a use case needs two.
    ///
    /// # Errors
    /// [`Denied`] when the actor does not have it.
    pub fn also<Q: Permission>(&self) -> Result<Grant<Q>, Denied> {
        if !self.permissions.contains(&Q::NAME) {
            return Err(Denied(Q::NAME));
        }
        Ok(Grant {
            user_id: self.user_id,
            permissions: self.permissions.clone(),
            scope: self.scope,
            reason: self.reason,
            permission: PhantomData,
        })
    }
}

impl<P> Grant<P> {
    /// Whether the actor has another permission too: for what a page shows.
    #[must_use]
    pub fn may(&self, permission: PermissionName) -> bool {
        self.permissions.contains(&permission)
    }
    /// The rows the grant reaches.
    #[must_use]
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }
    /// The organization.
    #[must_use]
    pub const fn organization_id(&self) -> OrganizationId {
        self.scope.organization_id
    }
    /// The user, unless the program itself acts.
    #[must_use]
    pub const fn user_id(&self) -> Option<UserId> {
        self.user_id
    }
    /// Why the program itself acts, if it does.
    #[must_use]
    pub const fn reason(&self) -> Option<SystemReason> {
        self.reason
    }
}

impl<P: Permission> fmt::Debug for Grant<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Grant<{}>({:?}, {:?})", P::NAME, self.user_id, self.scope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permissions::{AdminPanel, StaysCreate, TasksView};

    fn actor(role: Role, kind: ActorKind) -> Actor {
        let id = uuid::Uuid::from_u128(1);
        Actor {
            user_id: UserId::from_uuid(id),
            is_admin: false,
            membership: Some(Membership {
                id: MembershipId::from_uuid(id),
                organization_id: OrganizationId::from_uuid(id),
                role,
            }),
            kind,
        }
    }

    #[test]
    fn a_role_gives_its_permissions_on_its_rows() {
        let staff = actor(Role::Staff, ActorKind::Session);
        assert!(staff.grant::<StaysCreate>().is_err());
        assert_eq!(staff.grant::<TasksView>().unwrap().scope().rows(), Rows::StaffedBy(staff.user_id));
        assert_eq!(actor(Role::Manager, ActorKind::Session).grant::<StaysCreate>().unwrap().scope().rows(), Rows::All);
    }

    #[test]
    fn a_token_narrows_a_role_and_never_widens_it() {
        let narrow = actor(Role::Manager, ActorKind::ApiToken([PermissionName::TasksView].into()));
        assert!(narrow.grant::<TasksView>().is_ok() && narrow.grant::<StaysCreate>().is_err());
        assert!(narrow.grant::<TasksView>().unwrap().also::<StaysCreate>().is_err());
        let wide = actor(Role::Staff, ActorKind::ApiToken([PermissionName::StaysCreate].into()));
        assert!(wide.grant::<StaysCreate>().is_err());
    }

    #[test]
    fn the_platform_is_for_admins_and_no_organization_is_entered_by_being_one() {
        let mut admin = actor(Role::Manager, ActorKind::Session);
        assert!(admin.platform_grant::<AdminPanel>().is_err());
        admin.is_admin = true;
        admin.membership = None;
        assert!(admin.platform_grant::<AdminPanel>().is_ok());
        assert!(admin.grant::<TasksView>().is_err());
    }
}
