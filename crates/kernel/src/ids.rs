//! Typed identifiers: a UUID version 7 that cannot be mistaken for another entity's.

use std::{fmt, str::FromStr};

use uuid::Uuid;

use crate::Env;

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(transparent)]
        #[schemars(inline)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id in the order of time, from the injected clock and randomness.
            #[must_use]
            pub fn new(env: &Env) -> Self {
                Self(env.new_uuid())
            }
            /// The id that a stored or received UUID stands for.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
            /// The UUID as the database stores it.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

typed_ids! {
    /// An organization: a landlord's business.
    OrganizationId
    /// A person who can sign in.
    UserId
    /// A user's role in an organization.
    MembershipId
    /// Somebody who was asked to join an organization.
    InvitationId
    /// A sign-in on one device.
    SessionId
    /// A single-use secret sent by mail.
    OneTimeTokenId
    /// A personal API token.
    ApiTokenId
    /// A person or company that may own properties.
    PartyId
    /// A property.
    PropertyId
    /// A lettable unit of a property.
    UnitId
    /// A room of a property.
    RoomId
    /// A collection of waste at a property.
    WasteId
    /// An account with a supplier of a property.
    UtilityId
    /// A stay: a reservation or a block.
    StayId
    /// Blocks that repeat.
    BlockSeriesId
    /// A person who stays.
    GuestId
    /// An imported calendar of a unit.
    FeedId
    /// One answer of a feed and what was decided on it.
    SyncId
    /// A calendar that is published for a channel.
    ExportId
    /// A rule of when nights can be booked.
    RuleId
    /// A piece of work.
    TaskId
    /// A queued job.
    JobId
    /// A stored file.
    FileId
    /// A photo of a property.
    PhotoId
    /// An entry of the audit trail.
    AuditEntryId
    /// A mail that was written.
    MailId
    /// One request as seen in logs and error pages.
    RequestId
}
