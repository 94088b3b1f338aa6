//! What a feed says and what the product knows of it. Pure types; the rules are in `events` and `plan`.

use std::collections::BTreeSet;

use kernel::{Date, FeedId, Nights, StayId, Zone, text_enum};
use serde::{Deserialize, Serialize};

/// An event that may be a stay or a closure is a block from this many nights on, plus one.
pub const LONGEST_UNSURE_STAY: u32 = 30;

text_enum! {
    /// Where a feed comes from; it decides how its events are read.
    pub enum FeedChannel {
        /// Airbnb.
        Airbnb = "airbnb",
        /// Vrbo, HomeAway, Abritel and their sisters.
        Vrbo = "vrbo",
        /// Booking.com.
        BookingCom = "booking_com",
        /// Anything else: another system, a private calendar.
        Other = "other",
    }
}

text_enum! {
    /// What an event stands for.
    pub enum Kind {
        /// Guests stay.
        Reservation = "reservation",
        /// Nobody can book; no turnover, no message.
        Block = "block",
    }
}

text_enum! {
    /// What the last date of an event means in this feed.
    pub enum EndMeaning {
        /// The departure, as RFC 5545 says.
        CheckOut = "check_out",
        /// The last night, as some odd feeds have it.
        LastNight = "last_night",
    }
}

text_enum! {
    /// How sure the words of an event are.
    pub enum Class {
        /// A reservation.
        Reservation = "reservation",
        /// A block.
        Block = "block",
        /// A reservation that is not agreed yet.
        Tentative = "tentative",
        /// A reservation or a closure: the channel uses the same words for both.
        Unsure = "unsure",
    }
}

impl Class {
    /// Reservation or block: what is unsure is a block when it is longer than [`LONGEST_UNSURE_STAY`].
    #[must_use]
    pub fn kind(self, nights: Nights) -> Kind {
        match self {
            Self::Reservation | Self::Tentative => Kind::Reservation,
            Self::Block => Kind::Block,
            Self::Unsure if nights.count() > LONGEST_UNSURE_STAY => Kind::Block,
            Self::Unsure => Kind::Reservation,
        }
    }

    /// Whether a person should say what a stay of this class and these nights is.
    #[must_use]
    pub fn to_review(self, nights: Nights) -> bool {
        self == Self::Unsure && self.kind(nights) == Kind::Reservation
    }
}

/// What one event, or one occurrence of it, says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The event's `UID`, or one derived from its content; at most 255 characters.
    pub uid: Box<str>,
    /// Which occurrence, by its original arrival, where one `UID` stands for several stays.
    pub occurrence: Option<Date>,
    /// The channel's reservation code.
    pub code: Option<Box<str>>,
    /// Last four digits of the guest's telephone.
    pub phone_last4: Option<Box<str>>,
    /// The guest's name as far as the channel tells it.
    pub guest_name: Option<Box<str>>,
    /// The title, at most 200 characters, without control characters. Untrusted text.
    pub summary: Box<str>,
    /// What the words say.
    pub class: Class,
    /// The nights.
    pub nights: Nights,
}

impl Seen {
    /// Reservation or block, as [`Class::kind`].
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.class.kind(self.nights)
    }

    /// Whether the stay is pending rather than confirmed.
    #[must_use]
    pub fn pending(&self) -> bool {
        self.class == Class::Tentative
    }

    /// Whether a person should say what it is.
    #[must_use]
    pub fn to_review(&self) -> bool {
        self.class.to_review(self.nights)
    }
}

/// What planning needs to know of a feed.
#[derive(Debug, Clone)]
pub struct FeedFacts {
    /// The feed.
    pub id: FeedId,
    /// Where it comes from.
    pub channel: FeedChannel,
    /// What the events of [`FeedChannel::Other`] are unless they say otherwise.
    pub default_kind: Kind,
    /// What its last dates mean.
    pub end: EndMeaning,
    /// The property's zone.
    pub zone: Zone,
    /// Today in that zone.
    pub today: Date,
    /// The installation's id: events whose `UID` ends in `@` and this are our own.
    pub instance: Box<str>,
    /// Stays that a manager confirmed to be gone, after a suspicious answer listed them.
    pub confirmed_gone: BTreeSet<StayId>,
}

/// A stay that came from this feed, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The stay. Ids are in the order of creation, so the least is the oldest.
    pub stay: StayId,
    /// What the feed said of it last.
    pub seen: Seen,
    /// The nights that the stay has, which a person may have changed.
    pub nights: Nights,
    /// Whether it still counts.
    pub state: KnownState,
    /// What a person decided.
    pub decided: Decided,
    /// In how many consecutive good answers it has been missing.
    pub missing: u8,
}

/// Whether an imported stay still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownState {
    /// It does, whatever its status.
    Live,
    /// A sync cancelled it; it comes back when the feed lists it again.
    EndedBySync,
    /// A person ended it (cancelled, declined, no-show, "not a stay"): a sync never brings it back.
    EndedByPerson,
}

/// What a person decided about an imported stay; no sync changes it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Decided {
    /// The dates.
    pub dates: bool,
    /// Reservation or block, which answers the review too.
    pub kind: bool,
    /// Where it is in its life: brought back, checked in.
    pub status: bool,
}

/// What to write to a stay; `None` leaves a field as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Change {
    /// New nights. Release those of all changed stays before any is claimed: two stays may have swapped.
    pub nights: Option<Nights>,
    /// New kind.
    pub kind: Option<Kind>,
    /// Pending or confirmed; only where the stay is one of the two.
    pub pending: Option<bool>,
    /// Whether a person should look at it.
    pub to_review: Option<bool>,
}

impl Change {
    /// Whether the stay itself stays as it is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
