//! Blocks that repeat: the rule and its dates, without I/O.

use chrono::{Datelike as _, NaiveTime, TimeZone as _, Weekday};
use db::stored_as_text;
use kernel::{BlockSeriesId, Date, FieldErrors, Nights, UnitId, text_enum, trimmed};
use rrule::{Frequency, NWeekday, RRule};
use serde::{Deserialize, Serialize};

use crate::stays::{BlockKind, Channel, Guest, GuestCounts, NewStay, Stay, StayKind};

/// The most blocks of a series.
pub(crate) const MOST: u16 = 200;
/// The most nights of each.
const NIGHTS_MOST: u32 = 60;
/// The most weeks or months from one to the next.
const EVERY_MOST: u32 = 52;
/// The longest notes, in characters.
const NOTES_MOST: usize = 4_000;

text_enum! {
    /// How a series repeats.
    pub enum Repeats {
        /// On days of the week.
        Weekly = "weekly",
        /// On the day of the month on which it begins.
        MonthlyByDay = "monthly_by_day",
        /// On the same weekday of the same week of the month as the one on which it begins; the last, where that is the fifth.
        MonthlyByWeekday = "monthly_by_weekday",
    }
}

stored_as_text!(Repeats);

/// When a series ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// No block begins after this day.
    Until(Date),
    /// After so many blocks.
    Times(u32),
}

/// How blocks repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    /// How.
    pub(crate) repeats: Repeats,
    /// Every so many weeks or months, 1 to 52.
    pub(crate) every: u32,
    /// On these days, Monday first; only where it repeats by the week.
    pub(crate) weekdays: Vec<Weekday>,
    /// No block begins before this day.
    pub(crate) first_day: Date,
    /// How many nights each has, 1 to 60.
    pub(crate) nights: u32,
    /// When it ends.
    pub(crate) end: End,
}

const CODES: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mo"),
    (Weekday::Tue, "tu"),
    (Weekday::Wed, "we"),
    (Weekday::Thu, "th"),
    (Weekday::Fri, "fr"),
    (Weekday::Sat, "sa"),
    (Weekday::Sun, "su"),
];

/// The code of a day of the week, as RFC 5545 has it, in small letters.
pub(crate) fn weekday_code(day: Weekday) -> &'static str {
    CODES.iter().find(|(known, _)| *known == day).map_or("", |(_, code)| code)
}

/// Days of the week from their codes, with commas between them.
pub(super) fn weekdays_of(codes: &str) -> Vec<Weekday> {
    CODES.iter().filter(|(_, code)| codes.split(',').any(|given| given == *code)).map(|(day, _)| *day).collect()
}

impl Rule {
    /// The days on which blocks begin, in order, at most one more than [`MOST`].
    pub(crate) fn days(&self) -> Vec<Date> {
        let midnight = |date: Date| rrule::Tz::UTC.from_utc_datetime(&date.and_time(NaiveTime::MIN));
        let every = u16::try_from(self.every).unwrap_or(1);
        let (frequency, days, month_days) = match self.repeats {
            Repeats::Weekly => {
                let days = self.weekdays.iter().map(|day| NWeekday::Every(*day)).collect();
                (Frequency::Weekly, days, Vec::new())
            }
            Repeats::MonthlyByDay => {
                (Frequency::Monthly, Vec::new(), i8::try_from(self.first_day.day()).into_iter().collect())
            }
            Repeats::MonthlyByWeekday => {
                let week = match self.first_day.day0() / 7 {
                    week @ 0..=3 => i16::try_from(week + 1).unwrap_or(1),
                    _ => -1,
                };
                (Frequency::Monthly, vec![NWeekday::Nth(week, self.first_day.weekday())], Vec::new())
            }
        };
        let rule = RRule::new(frequency).interval(every).by_weekday(days).by_month_day(month_days);
        let rule = match self.end {
            End::Until(date) => rule.until(midnight(date)),
            End::Times(times) => rule.count(times),
        };
        let Ok(series) = rule.build(midnight(self.first_day)) else { return Vec::new() };
        series.all(MOST + 1).dates.into_iter().map(|at| at.date_naive()).collect()
    }

    /// The nights of each block, in order.
    pub(crate) fn occurrences(&self) -> Vec<Nights> {
        self.days().into_iter().filter_map(|day| nights_from(day, self.nights)).collect()
    }
}

/// So many nights from a day on.
pub(crate) fn nights_from(day: Date, nights: u32) -> Option<Nights> {
    Nights::new(day, day.checked_add_days(chrono::Days::new(nights.into()))?).ok()
}

/// Whether a block of so many nights would reach into the next one.
pub(crate) fn overlaps(days: &[Date], nights: u32) -> bool {
    days.windows(2).any(|pair| match pair {
        [one, next] => next.signed_duration_since(*one).num_days() < i64::from(nights),
        _ => false,
    })
}

/// A series to be made, known to be right but for what only the database knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewSeries {
    /// The unit.
    pub(crate) unit_id: UnitId,
    /// Why.
    pub(crate) block_kind: BlockKind,
    /// How it repeats.
    pub(crate) rule: Rule,
    /// Notes, on each block.
    pub(crate) notes: Option<String>,
}

impl NewSeries {
    /// One of its blocks.
    pub(super) fn block(&self, nights: Nights) -> NewStay {
        NewStay {
            unit_id: self.unit_id,
            kind: StayKind::Block,
            block_kind: Some(self.block_kind),
            channel: Channel::Direct,
            reservation_code: None,
            nights,
            guest: Guest::default(),
            guest_id: None,
            counts: GuestCounts::default(),
            amount: None,
            notes: self.notes.clone(),
            over_capacity: false,
            against_rules: false,
        }
    }
}

/// A series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Series {
    /// Its id.
    pub(crate) id: BlockSeriesId,
    /// The unit.
    pub(crate) unit_id: UnitId,
    /// The unit's name; none for the whole property.
    pub(crate) unit_name: Option<String>,
    /// The property's name.
    pub(crate) property_name: String,
    /// Why it was made; blocks of it may have been changed since.
    pub(crate) block_kind: BlockKind,
    /// How it repeats.
    pub(crate) rule: Rule,
    /// Notes.
    pub(crate) notes: Option<String>,
    /// Grows with each change.
    pub(crate) version: i64,
}

/// A block of a series that is still to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// Its nights.
    pub(crate) nights: Nights,
    /// Who has some of them.
    pub(crate) in_the_way: Option<Stay>,
}

/// A series with the blocks that were made of it, by their first night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeriesDetails {
    /// The series.
    pub(crate) series: Series,
    /// Its blocks, whatever became of them.
    pub(crate) stays: Vec<Stay>,
}

/// What became of a series that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Made {
    /// The series.
    pub(crate) id: BlockSeriesId,
    /// How many blocks were made.
    pub(crate) made: usize,
    /// How many were left out because others have nights of theirs.
    pub(crate) left_out: usize,
}

/// New facts of the blocks of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChangeSeries {
    /// Why.
    pub(crate) block_kind: BlockKind,
    /// How many nights each has, 1 to 60.
    pub(crate) nights: u32,
    /// Notes.
    pub(crate) notes: Option<String>,
    /// The version of the series that was shown.
    pub(crate) version: i64,
}

/// A series as its form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(crate) struct SeriesForm {
    /// The unit's id.
    pub(crate) unit_id: String,
    /// `owner_stay`, `maintenance` or `other`; the last when it is empty.
    pub(crate) block_kind: String,
    /// `weekly`, `monthly_by_day` or `monthly_by_weekday`.
    pub(crate) repeats: String,
    /// Every so many weeks or months; 1 when it is empty.
    pub(crate) every: String,
    /// Days of the week, as codes with commas: `mo,th`. The day it begins on, when there are none.
    pub(crate) weekdays: String,
    /// Anything, for Mondays.
    pub(crate) mo: String,
    /// Anything, for Tuesdays.
    pub(crate) tu: String,
    /// Anything, for Wednesdays.
    pub(crate) we: String,
    /// Anything, for Thursdays.
    pub(crate) th: String,
    /// Anything, for Fridays.
    pub(crate) fr: String,
    /// Anything, for Saturdays.
    pub(crate) sa: String,
    /// Anything, for Sundays.
    pub(crate) su: String,
    /// The first day, `YYYY-MM-DD`.
    pub(crate) first_day: String,
    /// How many nights each block has; 1 when it is empty.
    pub(crate) nights: String,
    /// The last day on which a block begins, `YYYY-MM-DD`; or else `times`.
    pub(crate) until: String,
    /// How many blocks.
    pub(crate) times: String,
    /// Notes.
    pub(crate) notes: String,
    /// The version that was shown, when a series is changed.
    pub(crate) version: String,
    /// The block from which on it is changed; all that are still to come, when it is empty.
    pub(crate) from: String,
}

impl SeriesForm {
    fn weekdays(&self) -> Vec<Weekday> {
        let ticked = [&self.mo, &self.tu, &self.we, &self.th, &self.fr, &self.sa, &self.su];
        let listed = weekdays_of(&self.weekdays.to_lowercase());
        CODES
            .iter()
            .zip(ticked)
            .filter(|((day, _), ticked)| !ticked.trim().is_empty() || listed.contains(day))
            .map(|((day, _), _)| *day)
            .collect()
    }

    /// The form that changes a series.
    pub(super) fn of(series: &Series, from: &str) -> Self {
        Self {
            block_kind: series.block_kind.to_string(),
            nights: series.rule.nights.to_string(),
            notes: series.notes.clone().unwrap_or_default(),
            version: series.version.to_string(),
            from: from.to_owned(),
            ..Self::default()
        }
    }
}

fn number(text: &str, usual: Option<u32>, most: u32, field: &'static str, errors: &mut FieldErrors) -> Option<u32> {
    match (text.trim(), usual) {
        ("", usual) => usual,
        (text, _) => match text.parse::<u32>() {
            Ok(0) => {
                errors.add_bound(field, "too_small", 1);
                None
            }
            Ok(n) if n <= most => Some(n),
            Ok(_) => {
                errors.add_bound(field, "too_large", most);
                None
            }
            Err(_) => errors.keep(field, Err("not_a_number")),
        },
    }
}

fn date(text: &str, field: &'static str, errors: &mut FieldErrors) -> Option<Date> {
    let date = errors.keep(field, text.trim().parse::<Date>().map_err(|_| "date_invalid"))?;
    let near = (2000..=2100).contains(&date.year());
    errors.keep(field, near.then_some(date).ok_or("date_out_of_range"))
}

fn block_kind(text: &str, errors: &mut FieldErrors) -> Option<BlockKind> {
    match text.trim() {
        "" => Some(BlockKind::Other),
        kind => errors.keep("block_kind", kind.parse().map_err(|_| "unknown_choice")),
    }
}

fn notes(text: &str, errors: &mut FieldErrors) -> Option<String> {
    let notes = trimmed(text)?;
    if notes.chars().count() > NOTES_MOST {
        errors.add_bound("notes", "too_long", NOTES_MOST);
        return None;
    }
    Some(notes)
}

impl NewSeries {
    /// Reads the form.
    ///
    /// # Errors
    /// Every problem, by field. Codes: `required`, `unknown_choice`, `date_invalid`, `date_out_of_range`, `not_a_number`, `too_small`,
    /// `too_large`, `too_long`, `end_required`, `one_end`, `no_dates`, `too_many_blocks`, `blocks_overlap`.
    pub(crate) fn parse(form: &SeriesForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let unit_id = match form.unit_id.trim() {
            "" => errors.keep("unit_id", Err("required")),
            id => errors.keep("unit_id", id.parse().map_err(|_| "unknown_choice")),
        };
        let block_kind = block_kind(&form.block_kind, &mut errors);
        let repeats = errors.keep("repeats", form.repeats.trim().parse().map_err(|_| "unknown_choice"));
        let every = number(&form.every, Some(1), EVERY_MOST, "every", &mut errors);
        let nights = number(&form.nights, Some(1), NIGHTS_MOST, "nights", &mut errors);
        let first_day = date(&form.first_day, "first_day", &mut errors);
        let end = match (form.until.trim(), form.times.trim()) {
            ("", "") => errors.keep("until", Err("end_required")),
            (until, "") => date(until, "until", &mut errors).map(End::Until),
            ("", times) => number(times, None, MOST.into(), "times", &mut errors).map(End::Times),
            _ => errors.keep("times", Err("one_end")),
        };
        let notes = notes(&form.notes, &mut errors);
        errors.clone().into_result()?;
        let (Some(unit_id), Some(block_kind), Some(repeats)) = (unit_id, block_kind, repeats) else {
            return Err(FieldErrors::one("", "invalid"));
        };
        let (Some(every), Some(nights), Some(first_day), Some(end)) = (every, nights, first_day, end) else {
            return Err(FieldErrors::one("", "invalid"));
        };
        let mut weekdays = form.weekdays();
        if weekdays.is_empty() {
            weekdays.push(first_day.weekday());
        }
        if repeats != Repeats::Weekly {
            weekdays.clear();
        }
        let rule = Rule { repeats, every, weekdays, first_day, nights, end };
        let days = rule.days();
        if days.is_empty() {
            errors.add("until", "no_dates");
        } else if days.len() > usize::from(MOST) {
            errors.add_bound("until", "too_many_blocks", MOST);
        } else if overlaps(&days, nights) {
            errors.add("nights", "blocks_overlap");
        }
        errors.into_result()?;
        Ok(Self { unit_id, block_kind, rule, notes })
    }
}

impl ChangeSeries {
    /// Reads the form.
    ///
    /// # Errors
    /// Every problem, by field, with the codes of [`NewSeries::parse`]; `version_required` when the version is missing.
    pub(crate) fn parse(form: &SeriesForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let block_kind = block_kind(&form.block_kind, &mut errors);
        let nights = number(&form.nights, None, NIGHTS_MOST, "nights", &mut errors);
        if nights.is_none() && errors.of("nights").is_none() {
            errors.add("nights", "required");
        }
        let notes = notes(&form.notes, &mut errors);
        let version = errors.keep("version", form.version.trim().parse().map_err(|_| "version_required"));
        errors.into_result()?;
        match (block_kind, nights, version) {
            (Some(block_kind), Some(nights), Some(version)) => Ok(Self { block_kind, nights, notes, version }),
            _ => Err(FieldErrors::one("", "invalid")),
        }
    }
}
