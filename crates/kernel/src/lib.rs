//! The vocabulary every other crate shares: typed ids, time, nights, money, permissions and grants.
//!
//! No I/O and no framework lives here. Ambient time and randomness enter the program only through [`Env`].

mod access;
pub mod country;
mod date;
mod env;
mod fault;
mod fields;
mod ids;
mod language;
mod money;
mod nights;
mod page;
mod permission;
mod text;
mod zone;

pub use access::{Actor, ActorKind, Denied, Grant, Membership, PlatformGrant, Rows, Scope, SystemReason};
pub use date::{Date, Instant, instant_from_micros, instant_micros};
pub use env::{Clock, Env, FixedClock, Randomness, SeededRandomness, SystemClock, SystemRandomness};
pub use fault::Fault;
pub use fields::{FieldError, FieldErrors};
pub use ids::*;
pub use language::Language;
pub use money::{Currency, Money};
pub use nights::{Nights, NightsError};
pub use page::{Cursor, Limit, Page};
pub use permission::{Permission, PermissionName, Role, permissions_of};
pub use text::{EnumError, fold, trimmed};
pub use zone::Zone;

/// The marker types of every permission, one for each [`PermissionName`].
pub mod permissions {
    pub use crate::permission::markers::*;
}

/// What [`text_enum!`] expands to needs these in the crate that uses it.
#[doc(hidden)]
pub mod __private {
    pub use schemars;
    pub use serde;
}
