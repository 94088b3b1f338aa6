//! A month of one property as weeks, in half days: guests come in the afternoon and leave in the morning. No I/O.

use chrono::{Datelike, Days, Months};
use kernel::Date;

use super::model::{Bar, Mark};

/// A month with the weeks that touch it, Monday to Sunday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Month {
    /// Its first day.
    pub(super) first: Date,
}

/// A week as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Week<'a> {
    pub(super) days: Vec<Day<'a>>,
    pub(super) pieces: Vec<Piece<'a>>,
}

/// A day of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Day<'a> {
    pub(super) date: Date,
    /// Whether it is a day of the month, and not of the one before or after.
    pub(super) inside: bool,
    pub(super) turnovers: Vec<&'a Mark>,
}

/// What a week shows of a stay: from one of its 14 half days up to, not including, another, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) bar: &'a Bar,
    pub(super) start: u64,
    pub(super) end: u64,
    /// Whether the stay begins in this week.
    pub(super) begins: bool,
    /// Whether it ends in this week.
    pub(super) ends: bool,
}

impl Week<'_> {
    /// Its Monday and its Sunday.
    pub(super) fn ends(&self) -> (Date, Date) {
        let day = |day: Option<&Day<'_>>| day.map(|day| day.date).unwrap_or_default();
        (day(self.days.first()), day(self.days.last()))
    }
}

impl Day<'_> {
    /// Its number in the month.
    pub(super) fn number(&self) -> u32 {
        self.date.day()
    }
}

impl Month {
    /// The month of a day.
    pub(super) fn of(day: Date) -> Self {
        Self { first: day.with_day(1).unwrap_or(day) }
    }

    /// The month of `YYYY-MM`, in the years that a stay may lie in.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let first: Date = format!("{}-01", text.trim()).parse().ok()?;
        (2000..=2100).contains(&first.year()).then_some(Self { first })
    }

    /// As [`Month::parse`] reads it.
    pub(super) fn code(&self) -> String {
        self.first.format("%Y-%m").to_string()
    }

    pub(super) fn before(&self) -> Self {
        Self { first: self.first.checked_sub_months(Months::new(1)).unwrap_or(self.first) }
    }

    pub(super) fn after(&self) -> Self {
        Self { first: self.first.checked_add_months(Months::new(1)).unwrap_or(self.first) }
    }

    /// The Mondays of its weeks.
    fn mondays(&self) -> impl Iterator<Item = Date> {
        let monday = self.first - Days::new(u64::from(self.first.weekday().num_days_from_monday()));
        let end = self.after().first;
        monday.iter_weeks().take_while(move |monday| *monday < end)
    }

    /// The first day that is shown, and the one after the last.
    pub(super) fn span(&self) -> (Date, Date) {
        let first = self.mondays().next().unwrap_or(self.first);
        let last = self.mondays().last().unwrap_or(self.first);
        (first, last.checked_add_days(Days::new(7)).unwrap_or(last))
    }

    /// Its weeks with what touches them; the stays of a week by arrival.
    pub(super) fn weeks<'a>(&self, bars: &'a [Bar], turnovers: &'a [Mark]) -> Vec<Week<'a>> {
        let mut sorted: Vec<&Bar> = bars.iter().collect();
        sorted.sort_by_key(|bar| (bar.check_in, bar.check_out, bar.id));
        self.mondays()
            .map(|monday| Week {
                days: monday
                    .iter_days()
                    .take(7)
                    .map(|date| Day {
                        date,
                        inside: date.month() == self.first.month(),
                        turnovers: turnovers.iter().filter(|mark| mark.date == date).collect(),
                    })
                    .collect(),
                pieces: sorted.iter().filter_map(|bar| piece(bar, monday)).collect(),
            })
            .collect()
    }
}

/// What a week shows of a stay, if it touches it.
fn piece(bar: &Bar, monday: Date) -> Option<Piece<'_>> {
    // Half days since the week's beginning: afternoons are odd ones.
    let afternoon = |day: Date| (day - monday).num_days() * 2 + 1;
    let (from, to) = (afternoon(bar.check_in), afternoon(bar.check_out));
    let start = u64::try_from(from.max(0)).ok()?;
    let end = u64::try_from(to.clamp(0, 14)).ok()?;
    (start < end).then_some(Piece { bar, start: start + 1, end: end + 1, begins: from >= 0, ends: to <= 14 })
}
