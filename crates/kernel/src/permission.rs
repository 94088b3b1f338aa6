//! What may be done, and which role may do it.

use std::collections::BTreeSet;

crate::text_enum! {
    /// A member's role in an organization.
    pub enum Role {
        /// Runs the organization; everything in it.
        Manager = "manager",
        /// Owns properties that someone manages.
        Owner = "owner",
        /// Works at properties.
        Staff = "staff",
    }
}

/// A permission as a type, so that a signature can ask for it.
pub trait Permission: Send + Sync + 'static {
    /// The permission's name.
    const NAME: PermissionName;
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        crate::text_enum! {
            /// Every permission. It says what may be done; the [`crate::Scope`] says on which rows.
            pub enum PermissionName { $($(#[$doc])* $name = $text),+ }
        }
        /// The markers.
        pub(crate) mod markers {
            $(
                $(#[$doc])*
                #[derive(Debug, Clone, Copy)]
                pub enum $name {}
                impl super::Permission for $name {
                    const NAME: super::PermissionName = super::PermissionName::$name;
                }
            )+
        }
    };
}

permissions! {
    /// See the members of the organization.
    UsersView = "users.view",
    /// Add members.
    UsersCreate = "users.create",
    /// Change members.
    UsersEdit = "users.edit",
    /// Remove members.
    UsersDelete = "users.delete",
    /// Change the organization's own facts.
    OrganizationEdit = "organization.edit",
    /// See properties and their units.
    PropertiesView = "properties.view",
    /// Add properties.
    PropertiesCreate = "properties.create",
    /// Change properties and their units.
    PropertiesEdit = "properties.edit",
    /// Archive properties.
    PropertiesDelete = "properties.delete",
    /// See how one gets into a property: codes, keys, Wi-Fi.
    PropertySecretsView = "property_secrets.view",
    /// Change how one gets into a property.
    PropertySecretsEdit = "property_secrets.edit",
    /// See who owns which share of a property; owners see their own.
    OwnersView = "owners.view",
    /// Change who owns which share of a property.
    OwnersEdit = "owners.edit",
    /// See stays and the calendar.
    StaysView = "stays.view",
    /// Book and block.
    StaysCreate = "stays.create",
    /// Change stays, check guests in and out.
    StaysEdit = "stays.edit",
    /// Cancel stays.
    StaysCancel = "stays.cancel",
    /// See guests and where they stay.
    GuestsView = "guests.view",
    /// Add, change and merge guests.
    GuestsEdit = "guests.edit",
    /// See guests' contact data.
    GuestsContact = "guests.contact",
    /// See what stays earn.
    MoneyView = "money.view",
    /// See reports: occupancy and, with `money.view`, what nights earn.
    ReportsView = "reports.view",
    /// See imported calendars and their decisions.
    FeedsView = "feeds.view",
    /// Add, change, synchronise and remove imported calendars.
    FeedsEdit = "feeds.edit",
    /// See when nights can be booked, and the rules of it.
    AvailabilityView = "availability.view",
    /// Change the rules of when nights can be booked.
    AvailabilityEdit = "availability.edit",
    /// See tasks.
    TasksView = "tasks.view",
    /// Add tasks.
    TasksCreate = "tasks.create",
    /// Give tasks to people.
    TasksAssign = "tasks.assign",
    /// Start and complete tasks.
    TasksComplete = "tasks.complete",
    /// Open the platform's administration.
    AdminPanel = "admin.panel",
    /// Change settings of the platform.
    SystemSettings = "system.settings",
    /// Read logs and the audit trail.
    LogsView = "logs.view",
}

impl PermissionName {
    /// Whether it concerns the platform, not one organization: only an admin has it.
    #[must_use]
    pub const fn is_platform(self) -> bool {
        matches!(self, Self::AdminPanel | Self::SystemSettings)
    }
}

/// What a role may do inside its organization.
#[must_use]
pub fn permissions_of(role: Role) -> BTreeSet<PermissionName> {
    use PermissionName as P;
    match role {
        Role::Manager => P::ALL.iter().copied().filter(|p| !p.is_platform()).collect(),
        Role::Owner => [
            P::PropertiesView,
            P::PropertiesCreate,
            P::PropertiesEdit,
            P::PropertySecretsView,
            P::PropertySecretsEdit,
            P::OwnersView,
            P::StaysView,
            P::MoneyView,
            P::ReportsView,
            P::FeedsView,
            P::AvailabilityView,
            P::TasksView,
            P::TasksCreate,
            P::TasksAssign,
        ]
        .into(),
        Role::Staff => [P::PropertiesView, P::TasksView, P::TasksComplete].into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_role_of_an_organization_reaches_the_platform() {
        for role in Role::ALL {
            assert!(permissions_of(*role).iter().all(|p| !p.is_platform()), "{role}");
        }
    }

    #[test]
    fn staff_see_neither_money_nor_contact_data() {
        let staff = permissions_of(Role::Staff);
        assert!(!staff.contains(&PermissionName::MoneyView) && !staff.contains(&PermissionName::GuestsContact));
    }
}
