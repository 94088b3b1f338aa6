//! Half-open ranges of nights. The night, not the day, is what is sold.

use std::fmt;

use chrono::Days;
use serde::{Deserialize, Serialize};

use crate::Date;

/// At least one night, `[check_in, check_out)`: the check-out day is free for the next arrival.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(try_from = "Raw")]
pub struct Nights {
    check_in: Date,
    check_out: Date,
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Raw {
    check_in: Date,
    check_out: Date,
}

/// Why two dates are no nights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NightsError {
    /// The check-out is not after the check-in.
    #[error("check-out must be after check-in")]
    NotAfter,
    /// More than [`Nights::MOST`] nights.
    #[error("a stay has at most 1,100 nights")]
    TooLong,
}

impl NightsError {
    /// The field-error code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAfter => "check_out_not_after",
            Self::TooLong => "stay_too_long",
        }
    }
}

impl TryFrom<Raw> for Nights {
    type Error = NightsError;
    fn try_from(raw: Raw) -> Result<Self, Self::Error> {
        Self::new(raw.check_in, raw.check_out)
    }
}

impl Nights {
    /// The most nights of one stay.
    pub const MOST: u32 = 1_100;

    /// The nights from the arrival date up to, not including, the departure date.
    ///
    /// # Errors
    /// When there is no night between them, or more than [`Nights::MOST`].
    pub fn new(check_in: Date, check_out: Date) -> Result<Self, NightsError> {
        if check_out <= check_in {
            return Err(NightsError::NotAfter);
        }
        if (check_out - check_in).num_days() > i64::from(Self::MOST) {
            return Err(NightsError::TooLong);
        }
        Ok(Self { check_in, check_out })
    }

    /// As [`Nights::new`], but keeps only the first [`Nights::MOST`] nights; the flag says whether it did.
    ///
    /// # Errors
    /// When there is no night between the dates.
    pub fn clipped(check_in: Date, check_out: Date) -> Result<(Self, bool), NightsError> {
        let furthest = check_in.checked_add_days(Days::new(u64::from(Self::MOST))).unwrap_or(Date::MAX);
        Self::new(check_in, check_out.min(furthest)).map(|nights| (nights, check_out > furthest))
    }

    /// The date of arrival.
    #[must_use]
    pub const fn check_in(self) -> Date {
        self.check_in
    }

    /// The date of departure: the first that is free again.
    #[must_use]
    pub const fn check_out(self) -> Date {
        self.check_out
    }

    /// How many nights: at least 1, at most [`Nights::MOST`].
    #[must_use]
    pub fn count(self) -> u32 {
        u32::try_from((self.check_out - self.check_in).num_days()).unwrap_or(Self::MOST)
    }

    /// Every night, named by the date on which it begins.
    pub fn iter(self) -> impl Iterator<Item = Date> {
        self.check_in.iter_days().take_while(move |night| *night < self.check_out)
    }

    /// Whether the night that begins on this date is one of them.
    #[must_use]
    pub fn contains(self, night: Date) -> bool {
        self.check_in <= night && night < self.check_out
    }

    /// How many nights both have. Touching ranges share none: same-day turnover is legal.
    #[must_use]
    pub fn shared(self, other: Self) -> u32 {
        let days = self.check_out.min(other.check_out) - self.check_in.max(other.check_in);
        u32::try_from(days.num_days()).unwrap_or(0)
    }

    /// Whether both have a night in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.shared(other) > 0
    }
}

impl fmt::Display for Nights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}, {})", self.check_in, self.check_out)
    }
}

impl fmt::Debug for Nights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_departure_and_an_arrival_on_one_day_do_not_overlap() {
        let first = Nights::new(date("2027-01-04"), date("2027-01-08")).unwrap();
        let next = Nights::new(date("2027-01-08"), date("2027-01-12")).unwrap();
        assert!(!first.overlaps(next));
        assert_eq!(first.count(), 4);
    }

    #[test]
    fn no_night_and_too_many_are_refused() {
        assert_eq!(Nights::new(date("2027-01-04"), date("2027-01-04")), Err(NightsError::NotAfter));
        assert_eq!(Nights::new(date("2027-01-04"), date("2427-01-04")), Err(NightsError::TooLong));
        let (clipped, cut) = Nights::clipped(date("2027-01-04"), date("2427-01-04")).unwrap();
        assert!(cut && clipped.count() == Nights::MOST);
    }

    proptest! {
        #[test]
        fn overlap_agrees_with_the_nights_themselves(a in 0i64..60, b in 1i64..20, c in 0i64..60, d in 1i64..20) {
            let day = |n: i64| date("2027-01-01") + chrono::TimeDelta::days(n);
            let (x, y) = (Nights::new(day(a), day(a + b)).unwrap(), Nights::new(day(c), day(c + d)).unwrap());
            let shared = x.iter().filter(|night| y.contains(*night)).count();
            prop_assert_eq!(usize::try_from(x.shared(y)).unwrap(), shared);
        }
    }
}
