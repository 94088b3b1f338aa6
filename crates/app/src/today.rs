//! What day it is at each property.
//!
//! "Today" is the property's own date. At any moment the whole world is on at most three dates, so a statement gets these three and the
//! zones that are not on the middle one, instead of a zone calculation that the two databases would do differently.

use std::cmp::Ordering;

use chrono::Days;
use db::Query;
use kernel::{Date, Instant, Rows, Scope, Zone};

/// Today at every property of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Today {
    /// The date in UTC; where it is another everywhere, that one.
    utc: Date,
    /// The zones that are a day ahead of it, between commas; empty for none.
    ahead: String,
    /// The zones that are a day behind it, between commas; empty for none.
    behind: String,
}

impl Today {
    /// The dates of these zones at this moment.
    pub(crate) fn of(zones: &[Zone], now: Instant) -> Self {
        let mut dates = zones.iter().map(|zone| zone.date_of(now));
        let first = dates.next().unwrap_or_else(|| now.date_naive());
        let utc = if dates.all(|date| date == first) { first } else { now.date_naive() };
        let on = |wanted: Ordering| {
            let there = zones.iter().filter(|zone| zone.date_of(now).cmp(&utc) == wanted);
            let names: String = there.map(|zone| format!("{},", zone.name())).collect();
            if names.is_empty() { names } else { format!(",{names}") }
        };
        Self { utc, ahead: on(Ordering::Greater), behind: on(Ordering::Less) }
    }

    /// The earliest date that it is anywhere.
    pub(crate) fn first(&self) -> Date {
        if self.behind.is_empty() { self.utc } else { self.before() }
    }

    /// The latest date that it is anywhere.
    pub(crate) fn last(&self) -> Date {
        if self.ahead.is_empty() { self.utc } else { self.after() }
    }

    /// The date, when it is the same at every property and all of them are within the scope: then no row's property needs to be looked at.
    pub(crate) fn everywhere(&self, scope: &Scope) -> Option<Date> {
        (scope.rows() == Rows::All && self.first() == self.last()).then_some(self.utc)
    }

    fn before(&self) -> Date {
        self.utc.checked_sub_days(Days::new(1)).unwrap_or(self.utc)
    }

    fn after(&self) -> Date {
        self.utc.checked_add_days(Days::new(1)).unwrap_or(self.utc)
    }

    /// Binds the five values of [`today_at!`].
    pub(crate) fn bind(&self, query: Query) -> Query {
        query.bind(&self.ahead).bind(self.after()).bind(&self.behind).bind(self.before()).bind(self.utc)
    }
}

/// The date at a property, in a statement that binds [`Today`] at these five places. Takes the column that holds the property's zone, and any
/// date column, which only tells PostgreSQL the type.
macro_rules! today_at {
    ($zone:literal, $date:literal, $ahead:literal, $after:literal, $behind:literal, $before:literal, $utc:literal) => {
        concat!(
            "(CASE WHEN 1 = 0 THEN ",
            $date,
            " WHEN ",
            $ahead,
            " LIKE '%,' || ",
            $zone,
            " || ',%' THEN ",
            $after,
            " WHEN ",
            $behind,
            " LIKE '%,' || ",
            $zone,
            " || ',%' THEN ",
            $before,
            " ELSE ",
            $utc,
            " END)"
        )
    };
}
pub(crate) use today_at;

#[cfg(test)]
mod tests {
    use super::*;

    fn today(zones: &[&str], now: &str) -> (String, String) {
        let zones: Vec<Zone> = zones.iter().map(|zone| zone.parse().unwrap()).collect();
        let today = Today::of(&zones, now.parse().unwrap());
        (today.first().to_string(), today.last().to_string())
    }

    #[test]
    fn the_world_is_on_up_to_three_dates() {
        let at_eleven = "2027-01-04T11:00:00Z";
        assert_eq!(today(&["Europe/Madrid"], at_eleven), ("2027-01-04".into(), "2027-01-04".into()));
        let wide = ["Pacific/Kiritimati", "Europe/Madrid", "Pacific/Pago_Pago"];
        assert_eq!(today(&wide, "2027-01-04T10:30:00Z"), ("2027-01-03".into(), "2027-01-05".into()));
        assert_eq!(today(&["Pacific/Kiritimati"], at_eleven), ("2027-01-05".into(), "2027-01-05".into()));
        assert_eq!(today(&[], at_eleven), ("2027-01-04".into(), "2027-01-04".into()));
    }
}
