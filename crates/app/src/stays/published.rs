//! Which nights are taken: what may be told outside, and nothing of whoever stays; and who has them, for the organization's own people.

use db::{DbError, Read};
use kernel::{Date, FeedId, Grant, Instant, Nights, Permission, StayId, UnitId};

use super::{
    model::{BlockKind, Channel, StayKind},
    store::published,
};

/// A stay that takes nights, without its guests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenNights {
    /// The stay.
    pub stay: StayId,
    /// The unit it is at: the one that was asked for, or one above or below it.
    pub unit_id: UnitId,
    /// Where it was sold.
    pub channel: Channel,
    /// The calendar it came from.
    pub feed_id: Option<FeedId>,
    /// Its nights; only the first of a no-show that keeps it.
    pub nights: Nights,
    /// When it last changed.
    pub updated_at: Instant,
}

/// The stays that take nights of a unit and end after a date, by arrival: its own, those of the units above it, which take it too, and
/// those of the units below, without which the whole cannot be let. Of two that want the same nights both are told.
///
/// # Errors
/// When the database fails.
pub async fn taken<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    unit: UnitId,
    after: Date,
) -> Result<Vec<TakenNights>, DbError> {
    let mut taken = published::taken(read, grant.organization_id(), unit, after).await?;
    // A no-show keeps fewer nights than it was booked for.
    taken.retain(|stay| stay.nights.check_out() > after);
    Ok(taken)
}

/// A stay that takes nights of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupant {
    /// The stay.
    pub stay: StayId,
    /// What it is.
    pub kind: StayKind,
    /// Why, for a block.
    pub block_kind: Option<BlockKind>,
    /// Where it was sold.
    pub channel: Channel,
    /// Its guest's name.
    pub guest_name: Option<String>,
    /// Its nights; only the first of a no-show that keeps it.
    pub nights: Nights,
}

/// The stays that take nights of these units, by arrival, each with the unit it takes them of: the unit's own stays, and those of the units
/// above and below it. Those that touch the dates are among them. The caller has shown that the units are within the scope.
///
/// # Errors
/// When the database fails.
pub async fn occupants<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    units: &[UnitId],
    from: Date,
    until: Date,
) -> Result<Vec<(UnitId, Occupant)>, DbError> {
    published::occupants(read, grant.organization_id(), units, from, until).await
}
