//! Which nights a report is about.

use chrono::{Datelike as _, Days, Months};
use kernel::{Date, FieldErrors, Nights, text_enum};

text_enum! {
    /// A period by its name.
    pub enum PeriodName {
        /// The month that today is in.
        ThisMonth = "this_month",
        /// The month before.
        LastMonth = "last_month",
        /// Tonight and the 29 nights after.
        Next30Days = "next_30_days",
        /// Tonight and the 89 nights after.
        Next90Days = "next_90_days",
        /// From January to December of this year.
        ThisYear = "this_year",
        /// The twelve months before this one.
        Last12Months = "last_12_months",
        /// From one date to another.
        Custom = "custom",
    }
}

impl PeriodName {
    /// The nights, for who is on this date; none for [`PeriodName::Custom`].
    #[must_use]
    pub fn nights(self, today: Date) -> Option<Nights> {
        let month = today.with_day(1)?;
        let (from, until) = match self {
            Self::ThisMonth => (month, month.checked_add_months(Months::new(1))?),
            Self::LastMonth => (month.checked_sub_months(Months::new(1))?, month),
            Self::Next30Days => (today, today.checked_add_days(Days::new(30))?),
            Self::Next90Days => (today, today.checked_add_days(Days::new(90))?),
            Self::ThisYear => {
                let year = month.with_month(1)?;
                (year, year.checked_add_months(Months::new(12))?)
            }
            Self::Last12Months => (month.checked_sub_months(Months::new(12))?, month),
            Self::Custom => return None,
        };
        Nights::new(from, until).ok()
    }
}

/// The most months of a period.
const MOST_MONTHS: u32 = 36;

/// The years that dates may be in, as for stays.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// The nights from one date to another, both included, as a person or a program wrote them.
///
/// # Errors
/// `required`, `date_invalid` or `date_out_of_range` at `from` or `until`; `until_before_from` or `period_too_long` at `until`.
pub(super) fn between(from: &str, until: &str) -> Result<Nights, FieldErrors> {
    let mut errors = FieldErrors::new();
    let first = errors.keep("from", date(from));
    let last = errors.keep("until", date(until));
    let (Some(first), Some(last)) = (first, last) else { return Err(errors) };
    let furthest = first.checked_add_months(Months::new(MOST_MONTHS)).unwrap_or(Date::MAX);
    if last < first {
        errors.add("until", "until_before_from");
    } else if last >= furthest {
        errors.add_bound("until", "period_too_long", MOST_MONTHS);
    }
    errors.into_result()?;
    Nights::new(first, last.succ_opt().unwrap_or(last)).map_err(|_| FieldErrors::one("until", "date_invalid"))
}

fn date(text: &str) -> Result<Date, &'static str> {
    match text.trim() {
        "" => Err("required"),
        text => {
            let date: Date = text.parse().map_err(|_| "date_invalid")?;
            if YEARS.contains(&date.year()) { Ok(date) } else { Err("date_out_of_range") }
        }
    }
}

/// As many nights, up to where these begin.
pub(super) fn before(nights: Nights) -> Nights {
    let from = nights.check_in().checked_sub_days(Days::new(u64::from(nights.count())));
    from.and_then(|from| Nights::new(from, nights.check_in()).ok()).unwrap_or(nights)
}

/// The last of the nights.
pub(super) fn last(nights: Nights) -> Date {
    nights.check_out().pred_opt().unwrap_or(nights.check_in())
}

/// The steps of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Each night.
    Day,
    /// The nights of a month that are in the period.
    Month,
}

impl Step {
    /// The most nights that are shown one by one.
    const MOST_DAYS: u32 = 62;

    /// The steps in which a period is shown.
    #[must_use]
    pub fn of(nights: Nights) -> Self {
        if nights.count() <= Self::MOST_DAYS { Self::Day } else { Self::Month }
    }

    /// How many letters of a date, written as `2027-01-04`, name its step.
    pub(super) const fn letters(self) -> i64 {
        match self {
            Self::Day => 10,
            Self::Month => 7,
        }
    }

    /// The name of the step that a night is in: `2027-01-04` or `2027-01`.
    pub(super) fn key(self, night: Date) -> String {
        let pattern = match self {
            Self::Day => "%Y-%m-%d",
            Self::Month => "%Y-%m",
        };
        night.format(pattern).to_string()
    }

    /// The steps of a period, in order; the first and the last may be parts of a month.
    pub(super) fn split(self, nights: Nights) -> Vec<Nights> {
        let mut steps = Vec::new();
        let mut from = nights.check_in();
        while from < nights.check_out() {
            let next = match self {
                Self::Day => from.succ_opt(),
                Self::Month => from.with_day(1).and_then(|month| month.checked_add_months(Months::new(1))),
            };
            let until = next.unwrap_or(Date::MAX).min(nights.check_out());
            steps.extend(Nights::new(from, until));
            from = until;
        }
        steps
    }
}
