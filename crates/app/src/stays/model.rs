//! Stays and their rules, without I/O.

use db::stored_as_text;
use kernel::{Date, FeedId, GuestId, Instant, Money, Nights, PropertyId, StayId, UnitId, Zone, text_enum};
use serde::Serialize;

text_enum! {
    /// What a stay is.
    pub enum StayKind {
        /// Guests stay.
        Reservation = "reservation",
        /// Nobody can book.
        Block = "block",
    }
}

text_enum! {
    /// Why a unit is blocked.
    pub enum BlockKind {
        /// The owner stays.
        OwnerStay = "owner_stay",
        /// Work on the unit.
        Maintenance = "maintenance",
        /// Anything else, and what channels close.
        Other = "other",
    }
}

text_enum! {
    /// Where a stay was sold.
    pub enum Channel {
        /// Airbnb.
        Airbnb = "airbnb",
        /// Vrbo and its sisters.
        Vrbo = "vrbo",
        /// Booking.com.
        BookingCom = "booking_com",
        /// By ourselves.
        Direct = "direct",
        /// Anywhere else.
        Other = "other",
    }
}

text_enum! {
    /// Where a stay is in its life.
    pub enum StayStatus {
        /// Somebody asked.
        Inquiry = "inquiry",
        /// A guest is paying.
        Hold = "hold",
        /// Not agreed yet.
        Pending = "pending",
        /// Agreed.
        Confirmed = "confirmed",
        /// The guests are there.
        CheckedIn = "checked_in",
        /// The guests have left.
        CheckedOut = "checked_out",
        /// Called off.
        Cancelled = "cancelled",
        /// The guests never came.
        NoShow = "no_show",
        /// Refused.
        Declined = "declined",
        /// Nobody paid or answered in time.
        Expired = "expired",
    }
}

stored_as_text!(StayKind, BlockKind, Channel, StayStatus);

/// Which nights a stay holds in a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// All of them: the stay is live.
    All,
    /// Those that were slept.
    Slept,
    /// The first, unless the person who noted it said otherwise.
    First,
    /// None.
    Nothing,
}

impl StayStatus {
    /// The one table of legal transitions.
    #[must_use]
    pub const fn can_become(self, next: Self) -> bool {
        use StayStatus as S;
        match self {
            S::Inquiry => matches!(next, S::Hold | S::Pending | S::Confirmed | S::Cancelled | S::Declined | S::Expired),
            S::Hold => matches!(next, S::Pending | S::Confirmed | S::Cancelled | S::Expired),
            S::Pending => matches!(next, S::Confirmed | S::Cancelled | S::Declined | S::Expired),
            S::Confirmed => matches!(next, S::Pending | S::CheckedIn | S::Cancelled | S::NoShow),
            S::CheckedIn => matches!(next, S::CheckedOut),
            S::CheckedOut => false,
            S::Cancelled | S::Declined | S::Expired | S::NoShow => matches!(next, S::Confirmed),
        }
    }

    /// Which nights a stay in this status holds.
    #[must_use]
    pub const fn holds(self) -> Holds {
        match self {
            Self::Hold | Self::Pending | Self::Confirmed | Self::CheckedIn => Holds::All,
            Self::CheckedOut => Holds::Slept,
            Self::NoShow => Holds::First,
            Self::Inquiry | Self::Cancelled | Self::Declined | Self::Expired => Holds::Nothing,
        }
    }

    /// Whether the stay claims all of its nights.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self.holds(), Holds::All)
    }

    /// Whether dates and unit may still change.
    #[must_use]
    pub const fn is_open(self) -> bool {
        self.is_live() || matches!(self, Self::Inquiry)
    }

    /// Whether it ended without its guests, and may be brought back.
    #[must_use]
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::Cancelled | Self::Declined | Self::Expired | Self::NoShow)
    }
}

/// Who comes, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct GuestCounts {
    /// Adults.
    pub adults: u32,
    /// Children.
    pub children: u32,
    /// Infants, who need no bed of their own.
    pub infants: u32,
    /// Pets.
    pub pets: u32,
}

impl GuestCounts {
    /// The most of each.
    pub const MOST: u32 = 50;

    /// How many count against a unit's capacity.
    #[must_use]
    pub const fn beds(self) -> u32 {
        self.adults.saturating_add(self.children)
    }
}

/// What is known of the lead guest. Texts are trimmed and not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guest {
    /// Their name, at most 200 characters.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their telephone number, as it was typed.
    pub phone: Option<String>,
}

impl Guest {
    /// Whether there is contact data, and the other has the same.
    #[must_use]
    pub fn same_contact(&self, other: &Self) -> bool {
        (self.email.is_some() || self.phone.is_some()) && self.email == other.email && self.phone == other.phone
    }
}

/// What a person decided about an imported stay, which no sync changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Decided {
    /// Reservation or block.
    pub kind: bool,
    /// Dates, and the unit.
    pub dates: bool,
    /// Cancelled, no-show, brought back.
    pub status: bool,
}

/// A stay with the names that every page shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// Its id, in the order of creation.
    pub id: StayId,
    /// The unit.
    pub unit_id: UnitId,
    /// The unit's name; none for the whole property.
    pub unit_name: Option<String>,
    /// The unit's property.
    pub property_id: PropertyId,
    /// The property's name.
    pub property_name: String,
    /// The property's zone, which decides its "today".
    pub zone: Zone,
    /// What it is.
    pub kind: StayKind,
    /// Why, for a block.
    pub block_kind: Option<BlockKind>,
    /// Where it is in its life.
    pub status: StayStatus,
    /// Where it was sold.
    pub channel: Channel,
    /// The channel's code of the reservation, at most 40 characters.
    pub reservation_code: Option<String>,
    /// Its nights.
    pub nights: Nights,
    /// The lead guest, as it was booked.
    pub guest: Guest,
    /// The person who that is.
    pub guest_id: Option<GuestId>,
    /// Who comes.
    pub counts: GuestCounts,
    /// What it earns.
    pub amount: Option<Money>,
    /// Notes of the managers.
    pub notes: Option<String>,
    /// Whether a person should say what it is.
    pub needs_review: bool,
    /// The calendar it came from; none when it was entered by hand.
    pub feed_id: Option<FeedId>,
    /// What no sync may change.
    pub decided: Decided,
    /// Whether another stay has a night that this one wants.
    pub in_conflict: bool,
    /// Grows with each change.
    pub version: i64,
    /// When it was entered.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

impl Stay {
    /// Today at the property.
    #[must_use]
    pub fn today(&self, now: Instant) -> Date {
        self.zone.date_of(now)
    }

    /// Whether the guests may be checked in: it is agreed and the day has come.
    #[must_use]
    pub fn may_check_in(&self, today: Date) -> bool {
        self.kind == StayKind::Reservation
            && self.status.can_become(StayStatus::CheckedIn)
            && self.nights.check_in() <= today
    }

    /// Whether the guests may be checked out.
    #[must_use]
    pub fn may_check_out(&self) -> bool {
        self.status.can_become(StayStatus::CheckedOut)
    }

    /// Whether it may be noted that nobody came: the day of arrival has come.
    #[must_use]
    pub fn may_be_no_show(&self, today: Date) -> bool {
        self.kind == StayKind::Reservation
            && self.status.can_become(StayStatus::NoShow)
            && self.nights.check_in() <= today
    }

    /// Whether it may become two: it is live, and has more than one night.
    #[must_use]
    pub fn may_split(&self) -> bool {
        self.status.is_live() && self.nights.count() > 1
    }

    /// Whether it may be called off.
    #[must_use]
    pub fn may_cancel(&self) -> bool {
        self.status.can_become(StayStatus::Cancelled)
    }

    /// Whether it may become the other kind: it is live, and nobody has come.
    #[must_use]
    pub fn may_convert(&self) -> bool {
        self.status.is_live() && self.status != StayStatus::CheckedIn
    }

    /// Whether a person may say what the imported stay is.
    #[must_use]
    pub fn may_decide(&self) -> bool {
        self.feed_id.is_some() && self.status.is_live()
    }

    /// Whether it may be brought back.
    #[must_use]
    pub fn may_reinstate(&self) -> bool {
        self.status.is_ended()
    }
}

text_enum! {
    /// What a person says of an imported event that may be a stay or a closure.
    pub enum Decision {
        /// Guests come.
        Reservation = "reservation",
        /// The channel closed the nights.
        Block = "block",
        /// Neither: the nights are free.
        Dismiss = "dismiss",
    }
}

/// Another stay that has nights which a stay wants, or wants nights which it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTheWay {
    /// The other stay.
    pub stay: StayId,
    /// What it is.
    pub kind: StayKind,
    /// Its guest's name.
    pub guest_name: Option<String>,
    /// Where it was sold.
    pub channel: Channel,
    /// Its nights.
    pub nights: Nights,
    /// The first night that both want.
    pub first_night: Date,
    /// How many nights both want.
    pub count: u32,
}

text_enum! {
    /// The parts of the list of stays. Every stay is in exactly one of the first four.
    pub enum StayTab {
        /// Still to arrive.
        Upcoming = "upcoming",
        /// There now.
        InHouse = "in_house",
        /// Over.
        Past = "past",
        /// Cancelled, declined or expired.
        Cancelled = "cancelled",
        /// Live stays that wait for nights of another.
        Conflicts = "conflicts",
        /// Imported, and unsure what they are.
        Review = "review",
        /// All of them.
        All = "all",
    }
}

/// Which stays a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StayFilter {
    /// The part of the list.
    pub tab: StayTab,
    /// Only those of a property.
    pub property_id: Option<PropertyId>,
    /// Only what was sold there.
    pub channel: Option<Channel>,
    /// Only reservations, or only blocks.
    pub kind: Option<StayKind>,
    /// Only what still has a night, or the departure, on this day or later.
    pub from: Option<Date>,
    /// Only what arrives on this day or earlier.
    pub until: Option<Date>,
    /// Only those with words that begin like these in the guest's name, the reservation code or the notes, whatever their case and
    /// accents. The longest three count.
    pub search: Option<String>,
}

impl StayFilter {
    /// All of a part of the list.
    #[must_use]
    pub const fn of(tab: StayTab) -> Self {
        Self { tab, property_id: None, channel: None, kind: None, from: None, until: None, search: None }
    }
}

/// A bar of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowStay {
    /// The stay.
    pub id: StayId,
    /// Where.
    pub unit_id: UnitId,
    /// What it is.
    pub kind: StayKind,
    /// Its status.
    pub status: StayStatus,
    /// Where it was sold.
    pub channel: Channel,
    /// Its nights.
    pub nights: Nights,
    /// Its guest's name.
    pub guest_name: Option<String>,
    /// Whether a person should say what it is.
    pub needs_review: bool,
    /// Whether another stay has a night that this one wants.
    pub in_conflict: bool,
}

/// A stay with all that its page shows.
#[derive(Debug, Clone)]
pub struct StayDetails {
    /// The stay.
    pub stay: Stay,
    /// Its nights with what each earns.
    pub nights: Vec<(Date, Option<Money>)>,
    /// Who has nights that it wants.
    pub in_the_way: Vec<InTheWay>,
    /// Who wants nights that it has.
    pub wanted_by: Vec<InTheWay>,
    /// What happened to it, newest first.
    pub history: Vec<crate::audit::AuditEntry>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_transition_is_the_reviewed_one() {
        let table: Vec<String> = StayStatus::ALL
            .iter()
            .map(|from| {
                let to: Vec<&str> =
                    StayStatus::ALL.iter().filter(|to| from.can_become(**to)).map(|to| to.as_str()).collect();
                format!("{from} -> {}", to.join(" "))
            })
            .collect();
        assert_eq!(
            table,
            [
                "inquiry -> hold pending confirmed cancelled declined expired",
                "hold -> pending confirmed cancelled expired",
                "pending -> confirmed cancelled declined expired",
                "confirmed -> pending checked_in cancelled no_show",
                "checked_in -> checked_out",
                "checked_out -> ",
                "cancelled -> confirmed",
                "no_show -> confirmed",
                "declined -> confirmed",
                "expired -> confirmed",
            ]
        );
    }

    #[test]
    fn only_live_stays_hold_all_their_nights() {
        let live: Vec<&str> = StayStatus::ALL.iter().filter(|s| s.is_live()).map(|s| s.as_str()).collect();
        assert_eq!(live, ["hold", "pending", "confirmed", "checked_in"]);
        assert_eq!(StayStatus::CheckedOut.holds(), Holds::Slept);
        assert_eq!(StayStatus::NoShow.holds(), Holds::First);
        assert_eq!(StayStatus::Cancelled.holds(), Holds::Nothing);
    }
}
