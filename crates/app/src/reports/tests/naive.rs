//! The figures again, reckoned the slow and plain way from what was written: night by night, stay by stay.

use std::collections::{BTreeMap, BTreeSet};

use kernel::PropertyId;

use super::*;

/// What was written, as far as figures need it.
pub(super) struct Written<'a> {
    pub(super) rows: &'a [Row],
    pub(super) claims: &'a Claims,
    /// The units that stand for a whole property, and every unit's property.
    pub(super) whole: BTreeSet<UnitId>,
    pub(super) property_of: BTreeMap<UnitId, PropertyId>,
    /// The date on which each property was added, and the one on which it was archived.
    pub(super) life: BTreeMap<PropertyId, (Date, Option<Date>)>,
    /// When each feed was added.
    pub(super) feeds: BTreeMap<FeedId, Instant>,
}

fn is_guest(row: &Row) -> bool {
    row.kind == StayKind::Reservation
        && [StayStatus::Confirmed, StayStatus::CheckedIn, StayStatus::CheckedOut, StayStatus::NoShow]
            .contains(&row.status)
}

impl Written<'_> {
    /// The stays that have this night at their own unit, by property.
    fn there(&self, night: Date, property: PropertyId) -> Vec<&Row> {
        let has = |row: &&Row| {
            self.property_of[&row.unit] == property && self.claims.get(&(row.unit, night)) == Some(&row.id)
        };
        self.rows.iter().filter(has).collect()
    }

    fn exists(&self, property: PropertyId, night: Date) -> bool {
        let taken: Vec<Date> = self
            .claims
            .keys()
            .filter(|(unit, _)| self.property_of[unit] == property)
            .map(|(_, night)| *night)
            .collect();
        let (added, archived) = self.life[&property];
        let begun = night >= added || taken.iter().any(|taken| *taken <= night);
        let over = archived.is_some_and(|date| night >= date) && taken.iter().all(|taken| *taken < night);
        begun && !over
    }

    fn price(row: &Row, night: Date) -> i64 {
        let place = usize::try_from((night - row.nights.check_in()).num_days()).unwrap();
        row.prices.as_ref().map_or(0, |prices| prices[place])
    }

    /// The nights of these properties, of all channels or of one.
    pub(super) fn nights(&self, span: Nights, properties: &[PropertyId], channel: Option<Channel>) -> NightCounts {
        let mut counts = NightCounts::default();
        for night in span.iter() {
            for property in properties {
                let there = self.there(night, *property);
                let guests: Vec<&&Row> = there.iter().filter(|row| is_guest(row)).collect();
                let whole = there.iter().find(|row| self.whole.contains(&row.unit) && !is_guest(row));
                counts.total += i64::from(self.exists(*property, night));
                counts.guest += i64::from(!guests.is_empty());
                if let (true, Some(row)) = (guests.is_empty(), whole) {
                    let owner = row.block_kind == Some(BlockKind::OwnerStay);
                    *(if owner { &mut counts.owner } else { &mut counts.held }) += 1;
                }
                for row in guests.iter().filter(|row| channel.is_none_or(|channel| row.channel == channel)) {
                    let price = Self::price(row, night);
                    counts.sold += 1;
                    counts.paid += i64::from(price > 0);
                    counts.revenue += price;
                }
            }
        }
        counts
    }

    /// The reservations that begin at these properties, of all channels or of one.
    pub(super) fn stays(&self, span: Nights, properties: &[PropertyId], channel: Option<Channel>) -> StayCounts {
        let mut counts = StayCounts::default();
        for row in self.rows {
            let wanted = properties.contains(&self.property_of[&row.unit])
                && span.contains(row.nights.check_in())
                && channel.is_none_or(|channel| row.channel == channel)
                && (is_guest(row) || row.kind == StayKind::Reservation && row.status == StayStatus::Cancelled);
            if !wanted {
                continue;
            }
            let amount = row.prices.as_ref().map_or(0, |prices| prices.iter().sum());
            counts.bookings += 1;
            counts.booked_value += amount;
            if row.status == StayStatus::Cancelled {
                counts.cancelled += 1;
                counts.cancelled_value += amount;
            } else if row.status != StayStatus::NoShow {
                counts.arrivals += 1;
                // Madrid is an hour ahead in winter.
                let booked = (row.created_at + TimeDelta::hours(1)).date_naive();
                let days = (row.nights.check_in() - booked).num_days();
                let seen = row.feed.is_none_or(|feed| row.created_at >= self.feeds[&feed] + TimeDelta::days(1));
                if seen && days >= 0 {
                    counts.lead_known += 1;
                    counts.lead_days += days;
                }
            }
        }
        counts
    }

    pub(super) fn figures(&self, span: Nights, properties: &[PropertyId]) -> Figures {
        Figures { nights: self.nights(span, properties, None), stays: self.stays(span, properties, None) }
    }
}
