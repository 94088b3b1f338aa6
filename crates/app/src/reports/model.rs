//! What a report counts, and the ratios of it. No I/O, and no floats: ratios are rounded from whole numbers.

use std::ops::AddAssign;

use kernel::{Currency, Date, Instant, Nights, PropertyId, Zone};

use super::period::Step;
use crate::{stays::Channel, ui::PropertyColour};

/// A part of a whole, or a sum by how many it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// The numerator.
    pub part: i64,
    /// The denominator; nothing can be said when it is zero.
    pub whole: i64,
}

impl Ratio {
    const fn new(part: i64, whole: i64) -> Self {
        Self { part, whole }
    }

    /// The ratio times `scale`, rounded half up: 10,000 gives basis points, 10 tenths. None of nothing.
    #[must_use]
    pub fn scaled(self, scale: i64) -> Option<i64> {
        if self.whole <= 0 {
            return None;
        }
        let (part, whole) = (i128::from(self.part) * i128::from(scale), i128::from(self.whole));
        i64::try_from((2 * part + whole).div_euclid(2 * whole)).ok()
    }
}

/// Nights of a property, or of all of them, and what they earn, in the minor units of the organization's currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NightCounts {
    /// Nights in all; zero where they belong to no property, as those of a channel.
    pub total: i64,
    /// Of these, with guests.
    pub guest: i64,
    /// Of these, taken whole by the owner.
    pub owner: i64,
    /// Of these, blocked whole or kept for a reservation that is not agreed yet.
    pub held: i64,
    /// Nights of stays, each apart.
    pub sold: i64,
    /// Of these, with a price above zero.
    pub paid: i64,
    /// Their prices.
    pub revenue: i64,
}

impl NightCounts {
    /// Nights that guests could have had: all but the owner's and those held.
    #[must_use]
    pub const fn for_sale(&self) -> i64 {
        self.total - self.owner - self.held
    }

    /// Nights of nobody.
    #[must_use]
    pub const fn free(&self) -> i64 {
        self.for_sale() - self.guest
    }

    /// Guest nights by nights in all.
    #[must_use]
    pub const fn occupancy(&self) -> Ratio {
        Ratio::new(self.guest, self.total)
    }

    /// Guest nights by nights for sale.
    #[must_use]
    pub const fn adjusted(&self) -> Ratio {
        Ratio::new(self.guest, self.for_sale())
    }

    /// Nights of guests and owners by nights in all.
    #[must_use]
    pub const fn used(&self) -> Ratio {
        Ratio::new(self.guest + self.owner, self.total)
    }

    /// Revenue by nights with a price: the average daily rate.
    #[must_use]
    pub const fn adr(&self) -> Ratio {
        Ratio::new(self.revenue, self.paid)
    }

    /// Revenue by nights for sale.
    #[must_use]
    pub const fn revpar(&self) -> Ratio {
        Ratio::new(self.revenue, self.for_sale())
    }
}

impl AddAssign for NightCounts {
    fn add_assign(&mut self, other: Self) {
        self.total += other.total;
        self.guest += other.guest;
        self.owner += other.owner;
        self.held += other.held;
        self.sold += other.sold;
        self.paid += other.paid;
        self.revenue += other.revenue;
    }
}

/// Reservations that begin, or were to begin, in a period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StayCounts {
    /// Agreed ones, but for no-shows.
    pub arrivals: i64,
    /// Of these, those of which it is known when they were booked.
    pub lead_known: i64,
    /// The days from booking to arrival of these, summed.
    pub lead_days: i64,
    /// Agreed and cancelled ones.
    pub bookings: i64,
    /// Of these, cancelled.
    pub cancelled: i64,
    /// The amounts of the agreed and the cancelled ones, in minor units.
    pub booked_value: i64,
    /// Of these, of the cancelled.
    pub cancelled_value: i64,
}

impl StayCounts {
    /// Days from booking to arrival by arrivals with a known booking.
    #[must_use]
    pub const fn lead(&self) -> Ratio {
        Ratio::new(self.lead_days, self.lead_known)
    }

    /// Cancelled reservations by all of them.
    #[must_use]
    pub const fn cancellation(&self) -> Ratio {
        Ratio::new(self.cancelled, self.bookings)
    }

    /// The same by their amounts.
    #[must_use]
    pub const fn cancelled_value(&self) -> Ratio {
        Ratio::new(self.cancelled_value, self.booked_value)
    }
}

impl AddAssign for StayCounts {
    fn add_assign(&mut self, other: Self) {
        self.arrivals += other.arrivals;
        self.lead_known += other.lead_known;
        self.lead_days += other.lead_days;
        self.bookings += other.bookings;
        self.cancelled += other.cancelled;
        self.booked_value += other.booked_value;
        self.cancelled_value += other.cancelled_value;
    }
}

/// All that is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// By night.
    pub nights: NightCounts,
    /// By arrival.
    pub stays: StayCounts,
}

impl Figures {
    /// Sold nights by arrivals: the average length of stay.
    #[must_use]
    pub const fn mean_stay(&self) -> Ratio {
        Ratio::new(self.nights.sold, self.stays.arrivals)
    }

    /// Whether anybody stayed or was to arrive: a channel may also have brought blocks only.
    pub(super) const fn is_of_guests(&self) -> bool {
        self.nights.sold > 0 || self.stays.bookings > 0
    }

    /// Without what only those may see who may see money.
    pub(super) fn without_money(&mut self) {
        (self.nights.paid, self.nights.revenue) = (0, 0);
        (self.stays.booked_value, self.stays.cancelled_value) = (0, 0);
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.nights += other.nights;
        self.stays += other.stays;
    }
}

/// A property, as far as its nights need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct House {
    /// The property.
    pub id: PropertyId,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: PropertyColour,
    /// Its zone.
    pub zone: Zone,
    /// When it was added.
    pub created_at: Instant,
    /// When it was archived; none while it is in use.
    pub archived_at: Option<Instant>,
    /// The first night that any stay ever had there.
    pub first_night: Option<Date>,
    /// The last one.
    pub last_night: Option<Date>,
}

impl House {
    /// How many of these nights it was there.
    #[must_use]
    pub fn nights_in(&self, nights: Nights) -> i64 {
        let added = self.zone.date_of(self.created_at);
        let from = self.first_night.map_or(added, |first| first.min(added));
        let until = self.archived_at.map_or(Date::MAX, |at| {
            let archived = self.zone.date_of(at);
            self.last_night.and_then(|last| last.succ_opt()).map_or(archived, |after| after.max(archived))
        });
        let shared = until.min(nights.check_out()) - from.max(nights.check_in());
        shared.num_days().max(0)
    }
}

/// Everything that a page, a file or a program is told of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The nights.
    pub nights: Nights,
    /// The nights it is compared with.
    pub before: Nights,
    /// The currency of all amounts; none for who may not see them, and then they are all zero.
    pub currency: Option<Currency>,
    /// Every property that the viewer may see, whether or not the report is about it, by name.
    pub houses: Vec<House>,
    /// The sums of the period.
    pub total: Figures,
    /// The sums of the nights it is compared with.
    pub total_before: Figures,
    /// The properties that were there in the period, by name.
    pub properties: Vec<(House, Figures)>,
    /// The channels that sold a night or had an arrival, the one with most nights first.
    pub channels: Vec<(Channel, Figures)>,
    /// The steps of the chart.
    pub step: Step,
    /// Each step's nights and what was counted of them.
    pub steps: Vec<(Nights, NightCounts)>,
}
