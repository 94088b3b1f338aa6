//! Dates, times and lengths as calendars write them.

use std::rc::Rc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use icalendar::parser::Property;
use kernel::{Date, Instant, Zone};

use super::{own_zone::OwnZone, zones};

/// A start, an end or an exception, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A whole day.
    Date(Date),
    /// An instant.
    At(Instant),
    /// A wall-clock time in a named zone.
    Zoned(NaiveDateTime, Tz),
    /// A wall-clock time without a zone: local to the property.
    Floating(NaiveDateTime),
}

impl Moment {
    /// The date on which this falls in the property's zone.
    #[must_use]
    pub fn date_in(self, zone: Zone) -> Date {
        match self {
            Self::Date(date) => date,
            Self::At(instant) => zone.date_of(instant),
            Self::Zoned(local, tz) if tz == zone.tz() => local.date(),
            Self::Zoned(local, tz) => zone.date_of(instant(local, tz)),
            Self::Floating(local) => local.date(),
        }
    }

    /// The date on its own calendar.
    #[must_use]
    pub fn own_date(self) -> Date {
        match self {
            Self::Date(date) => date,
            Self::At(instant) => instant.date_naive(),
            Self::Zoned(local, _) | Self::Floating(local) => local.date(),
        }
    }

    /// The same wall-clock time on another date.
    #[must_use]
    pub fn on(self, date: Date) -> Self {
        match self {
            Self::Date(_) => Self::Date(date),
            Self::At(instant) => Self::At(date.and_time(instant.time()).and_utc()),
            Self::Zoned(local, tz) => Self::Zoned(date.and_time(local.time()), tz),
            Self::Floating(local) => Self::Floating(date.and_time(local.time())),
        }
    }

    /// This much later; `None` beyond what a calendar can say. A whole day with hours becomes a local time.
    #[must_use]
    pub fn after(self, length: Length) -> Option<Self> {
        let days = TimeDelta::try_days(length.days)?;
        let time = TimeDelta::try_seconds(length.seconds)?;
        Some(match self {
            Self::Date(date) if length.seconds % 86_400 == 0 => {
                Self::Date(date.checked_add_signed(days)?.checked_add_signed(time)?)
            }
            Self::Date(date) => {
                Self::Floating(date.and_time(NaiveTime::MIN).checked_add_signed(days)?.checked_add_signed(time)?)
            }
            Self::At(at) => Self::At(at.checked_add_signed(days)?.checked_add_signed(time)?),
            // Days are days of the wall clock, hours are hours (RFC 5545, 3.3.6).
            Self::Zoned(local, tz) => Self::At(instant(local.checked_add_signed(days)?, tz).checked_add_signed(time)?),
            Self::Floating(local) => Self::Floating(local.checked_add_signed(days)?.checked_add_signed(time)?),
        })
    }

    /// Whether this is a whole day.
    #[must_use]
    pub const fn is_date(self) -> bool {
        matches!(self, Self::Date(_))
    }
}

/// The instant of a wall-clock time; in the gap of a clock change, one hour on.
fn instant(local: NaiveDateTime, tz: Tz) -> Instant {
    let found = tz.from_local_datetime(&local).earliest();
    let found = found.or_else(|| tz.from_local_datetime(&(local + TimeDelta::hours(1))).earliest());
    found.map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

/// A `DURATION`: days of the wall clock, and seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// Weeks and days, in days.
    pub days: i64,
    /// Hours, minutes and seconds, in seconds.
    pub seconds: i64,
}

/// Reads `P4D`, `P1W`, `PT24H`, `P1DT12H`...; `None` for anything else. A minus sign gives negative parts.
pub(super) fn length(text: &str) -> Option<Length> {
    let text = text.to_ascii_uppercase();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(&text)),
    };
    let rest = rest.strip_prefix('P').filter(|rest| !rest.is_empty())?;
    let mut length = Length { days: 0, seconds: 0 };
    let (mut number, mut in_time) = (None::<i64>, false);
    for c in rest.chars() {
        if let Some(digit) = c.to_digit(10) {
            // Six digits of anything are far beyond a stay.
            number = Some(number.unwrap_or(0) * 10 + i64::from(digit)).filter(|n| *n < 1_000_000);
            number?;
            continue;
        }
        let n = if c == 'T' { 0 } else { sign * number.take()? };
        match (c, in_time) {
            ('T', false) if number.is_none() => in_time = true,
            ('W', false) => length.days += 7 * n,
            ('D', false) => length.days += n,
            ('H', true) => length.seconds += 3_600 * n,
            ('M', true) => length.seconds += 60 * n,
            ('S', true) => length.seconds += n,
            _ => return None,
        }
    }
    number.is_none().then_some(length)
}

/// The zone that a property names.
pub(super) enum NamedZone {
    Known(Tz),
    Own(Rc<OwnZone>),
    Unknown(Box<str>),
}

/// The zone of `TZID`, if there is one. What a name means everywhere counts before what the calendar says of it: its
/// description may be old.
pub(super) fn zone_of(property: &Property<'_>, own: &[Rc<OwnZone>]) -> Option<NamedZone> {
    let name = parameter(property, "TZID")?.trim().trim_matches('"');
    let described = || own.iter().find(|zone| *zone.name == *name);
    let place = || zones::find(name).or_else(|| described()?.place);
    Some(match place() {
        Some(tz) => NamedZone::Known(tz),
        None => described().map_or_else(|| NamedZone::Unknown(name.into()), |zone| NamedZone::Own(Rc::clone(zone))),
    })
}

fn parameter<'p>(property: &'p Property<'_>, name: &str) -> Option<&'p str> {
    let found = property.params.iter().find(|parameter| parameter.key.as_str().eq_ignore_ascii_case(name))?;
    found.val.as_ref().map(|value| value.as_str())
}

/// Reads a DATE or DATE-TIME by its form, and the start of a PERIOD.
///
/// Dashes and colons are tolerated, and an offset such as `+02:00`, because some small systems write ISO 8601.
pub(super) fn moment(text: &str, property: &Property<'_>, zone: Option<&NamedZone>) -> Option<Moment> {
    let text = text.trim();
    let text = text.split_once('/').map_or(text, |(start, _)| start);
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(Moment::At(at.with_timezone(&Utc)));
    }
    let compact: String = text.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let (date, time) = compact.split_once(['T', 't', ' ']).map_or((&*compact, None), |(date, time)| (date, Some(time)));
    let date = digits(date, 8).and_then(|_| NaiveDate::parse_from_str(date, "%Y%m%d").ok())?;
    let whole_day = parameter(property, "VALUE").is_some_and(|value| value.eq_ignore_ascii_case("DATE"));
    let Some(time) = time.filter(|_| !whole_day) else { return Some(Moment::Date(date)) };
    let (time, utc) = time.strip_suffix(['Z', 'z']).map_or((time, false), |time| (time, true));
    let local = match time {
        // The end of the day.
        "240000" | "2400" => date.succ_opt()?.and_time(NaiveTime::MIN),
        time => date.and_time(clock_time(time)?),
    };
    Some(match zone {
        _ if utc => Moment::At(local.and_utc()),
        Some(NamedZone::Known(tz)) => Moment::Zoned(local, *tz),
        Some(NamedZone::Own(zone)) => zone.instant(local).map_or(Moment::Floating(local), Moment::At),
        Some(NamedZone::Unknown(_)) | None => Moment::Floating(local),
    })
}

/// `HHMMSS` or `HHMM`; a leap second is the second before it.
fn clock_time(text: &str) -> Option<NaiveTime> {
    let number = digits(text, 6).or_else(|| digits(text, 4).map(|n| n * 100))?;
    let (hour, minute, second) = (number / 10_000, number / 100 % 100, number % 100);
    NaiveTime::from_hms_opt(hour, minute, second.min(59))
}

fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}
