//! Zones that a calendar describes itself, for names that nobody else knows.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use chrono_tz::Tz;
use icalendar::parser::Property;
use kernel::{Date, Instant};

use super::zones;

/// Clock changes of one zone that are read.
const MAX_TURNS: usize = 100;

/// A `VTIMEZONE`.
#[derive(Default)]
pub(super) struct OwnZone {
    pub(super) name: Box<str>,
    /// What a program that keeps to its own names calls the place beside them.
    pub(super) place: Option<Tz>,
    turns: Vec<Turn>,
}

/// A clock change that happens once or every year: a `STANDARD` or `DAYLIGHT`.
#[derive(Default)]
struct Turn {
    first: NaiveDateTime,
    /// How far the clocks are ahead of UTC after it.
    ahead: TimeDelta,
    yearly: Option<Yearly>,
}

/// In which month, and on which weekday of it if that is said. The last one has the number -1.
#[derive(Default)]
struct Yearly {
    month: Option<u32>,
    weekday: Option<(i8, Weekday)>,
    until: Option<Date>,
}

impl OwnZone {
    /// Takes a property of the zone itself.
    pub(super) fn take(&mut self, property: &Property<'_>) {
        let value = property.val.as_str().trim();
        match &*property.name.as_str().to_ascii_uppercase() {
            "TZID" => self.name = value.into(),
            "X-LIC-LOCATION" => self.place = zones::find(value),
            _ => {}
        }
    }

    /// A `STANDARD` or `DAYLIGHT` begins.
    pub(super) fn turn(&mut self) {
        if self.turns.len() < MAX_TURNS {
            self.turns.push(Turn::default());
        }
    }

    /// Takes a property of the clock change that began last. What cannot be read is left out: times come near enough without it.
    pub(super) fn take_turn(&mut self, property: &Property<'_>) {
        let Some(turn) = self.turns.last_mut() else { return };
        let value = property.val.as_str().trim();
        match &*property.name.as_str().to_ascii_uppercase() {
            "DTSTART" => turn.first = NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").unwrap_or_default(),
            "TZOFFSETTO" => turn.ahead = offset(value).unwrap_or_default(),
            "RRULE" => turn.yearly = Some(Yearly::of(value)),
            _ => {}
        }
    }

    /// The instant of a wall-clock time; `None` when the zone says nothing of its clocks.
    pub(super) fn instant(&self, local: NaiveDateTime) -> Option<Instant> {
        let past = self.turns.iter().filter_map(|turn| Some((turn.last(local)?, turn)));
        let last = past.max_by_key(|(at, _)| *at).map(|(_, turn)| turn);
        let turn = last.or_else(|| self.turns.iter().min_by_key(|turn| turn.first))?;
        Some(local.checked_sub_signed(turn.ahead)?.and_utc())
    }
}

impl Turn {
    /// When it happened last, up to a wall-clock time.
    fn last(&self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        let Some(yearly) = &self.yearly else { return Some(self.first).filter(|first| *first <= local) };
        let latest = yearly.until.unwrap_or(Date::MAX).min(local.date());
        let in_year = |year| Some(yearly.date(year, self.first.date())?.and_time(self.first.time()));
        let mut times = [latest.year(), latest.year() - 1].into_iter().filter_map(in_year);
        times.find(|at| (self.first..=local).contains(at) && at.date() <= latest)
    }
}

impl Yearly {
    fn of(rule: &str) -> Self {
        let mut yearly = Self::default();
        for (name, value) in rule.split(';').filter_map(|part| part.split_once('=')) {
            match &*name.to_ascii_uppercase() {
                "BYMONTH" => yearly.month = value.parse().ok(),
                "BYDAY" => yearly.weekday = weekday(value),
                "UNTIL" => yearly.until = value.get(..8).and_then(|date| Date::parse_from_str(date, "%Y%m%d").ok()),
                _ => {}
            }
        }
        yearly
    }

    /// The day in a year; what the rule leaves open is as on the first.
    fn date(&self, year: i32, first: Date) -> Option<Date> {
        let month = self.month.unwrap_or(first.month());
        let nth = |weekday, n| NaiveDate::from_weekday_of_month_opt(year, month, weekday, n);
        match self.weekday {
            Some((n, weekday)) if n < 0 => nth(weekday, 5).or_else(|| nth(weekday, 4)),
            Some((n, weekday)) => nth(weekday, u8::try_from(n).ok()?),
            None => NaiveDate::from_ymd_opt(year, month, first.day()),
        }
    }
}

/// `-1SU`, `2SU`.
fn weekday(text: &str) -> Option<(i8, Weekday)> {
    let (n, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let at = days.iter().position(|name| name.eq_ignore_ascii_case(day))?;
    Some((n.parse().ok()?, Weekday::try_from(u8::try_from(at).ok()?).ok()?))
}

/// `+0200`, `-033000`.
fn offset(text: &str) -> Option<TimeDelta> {
    let (sign, digits) = text.split_at_checked(1)?;
    let format = if digits.len() == 6 { "%H%M%S" } else { "%H%M" };
    let ahead = NaiveTime::parse_from_str(digits, format).ok()? - NaiveTime::MIN;
    if sign == "-" { Some(-ahead) } else { Some(ahead) }
}
