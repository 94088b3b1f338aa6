//! Repeating events, expanded within a window and within limits.
//!
//! A stay has nights, so a series is expanded by the day: hours of a rule never matter. What repeats within a day is
//! refused, not expanded. The `rrule` crate walks the rule. It gives up on a rule that never matches only after about 25 ms, so
//! there is a limit on those beside the one on all series.

use std::collections::BTreeSet;

use chrono::{NaiveTime, TimeZone as _};
use kernel::{Date, Zone};
use rrule::{RRule, Unvalidated};

use super::ical::{Moment, Repeats};

/// Series of one answer; further ones are left out with a decision line.
pub(super) const MAX_SERIES: usize = 100;
/// Series of one answer that never match; after these, further series are left out.
pub(super) const MAX_BARREN: usize = 3;
/// Rules of one event. RFC 5545 wants one.
const MAX_RULES: usize = 4;
/// Occurrences of one answer.
pub(super) const MAX_OCCURRENCES: usize = 10_000;
/// A series that began before this year is not followed to today.
const FIRST_YEAR: i32 = 1970;

/// Why a series is not expanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It repeats within a day.
    TooFast,
    /// It cannot be read.
    Unreadable,
    /// No date satisfies it.
    Barren,
}

/// The arrival dates of a series, in the property's zone, from `from` up to and including `to`.
pub(super) fn expand(
    start: Moment,
    repeats: &Repeats,
    zone: Zone,
    from: Date,
    to: Date,
) -> Result<BTreeSet<Date>, Refused> {
    if repeats.rules.len() > MAX_RULES {
        return Err(Refused::Unreadable);
    }
    let mut own = BTreeSet::from([start.own_date()]);
    for rule in &repeats.rules {
        own.extend(walk(rule, start, zone, from, to)?);
    }
    let excluded: BTreeSet<Date> = repeats.except.iter().map(|moment| moment.date_in(zone)).collect();
    let ruled = own.into_iter().map(|date| start.on(date).date_in(zone));
    let extra = repeats.extra.iter().map(|moment| moment.date_in(zone));
    Ok(ruled.chain(extra).filter(|date| *date >= from && *date <= to && !excluded.contains(date)).collect())
}

/// The dates of a rule that begins on a date and is about whole days, from `from` up to and including `to`. As RFC 5545 has it, the
/// beginning is one of them.
pub(crate) fn dates_of_rule(rule: &str, start: Date, from: Date, to: Date) -> Result<BTreeSet<Date>, Refused> {
    let repeats = Repeats { rules: vec![rule.into()], ..Repeats::default() };
    expand(Moment::Date(start), &repeats, Zone::UTC, from, to)
}

/// The dates of one rule on the event's own calendar.
fn walk(rule: &str, start: Moment, zone: Zone, from: Date, to: Date) -> Result<Vec<Date>, Refused> {
    // A day to either side, because the property's calendar may be a day off the event's own.
    let (from, to) = (from.pred_opt().unwrap_or(from), to.succ_opt().unwrap_or(to));
    let first = start.own_date();
    if chrono::Datelike::year(&first) < FIRST_YEAR {
        return Err(Refused::Unreadable);
    }
    let (mut parts, mut until) = (Vec::new(), to);
    for part in rule.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').ok_or(Refused::Unreadable)?;
        match &*name.trim().to_ascii_uppercase() {
            "FREQ" if matches!(&*value.to_ascii_uppercase(), "SECONDLY" | "MINUTELY" | "HOURLY") => {
                return Err(Refused::TooFast);
            }
            "BYHOUR" | "BYMINUTE" | "BYSECOND" if value.contains(',') => return Err(Refused::TooFast),
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => {}
            "UNTIL" => until = until.min(last_date(value, start, zone).ok_or(Refused::Unreadable)?),
            _ => parts.push(part.to_ascii_uppercase()),
        }
    }
    if until < first {
        return Ok(Vec::new());
    }
    parts.push(format!("UNTIL={}T000000Z", until.format("%Y%m%d")));
    let midnight = rrule::Tz::UTC.from_utc_datetime(&first.and_time(NaiveTime::MIN));
    let rule: RRule<Unvalidated> = parts.join(";").parse().map_err(|_| Refused::Unreadable)?;
    let series = rule.build(midnight).map_err(|_| Refused::Unreadable)?.limit();
    let mut dates = (&series).into_iter().map(|at| at.date_naive()).peekable();
    if dates.peek().is_none() {
        return Err(Refused::Barren);
    }
    Ok(dates.skip_while(|date| *date < from).take_while(|date| *date <= to).collect())
}

/// The last date that `UNTIL` allows, on the event's own calendar.
fn last_date(value: &str, start: Moment, zone: Zone) -> Option<Date> {
    let date = Date::parse_from_str(value.get(..8)?, "%Y%m%d").ok()?;
    let Some(time) = value.get(9..15).and_then(|time| NaiveTime::parse_from_str(time, "%H%M%S").ok()) else {
        return Some(date);
    };
    let until = date.and_time(time);
    let (until, first) = match start {
        Moment::Date(_) => return Some(date),
        Moment::At(at) => (until, at.time()),
        Moment::Floating(local) if value.ends_with('Z') => (zone.local(until.and_utc()), local.time()),
        Moment::Zoned(local, tz) if value.ends_with('Z') => {
            (until.and_utc().with_timezone(&tz).naive_local(), local.time())
        }
        Moment::Floating(local) | Moment::Zoned(local, _) => (until, local.time()),
    };
    if until.time() < first { until.date().pred_opt() } else { Some(until.date()) }
}
