//! When waste is collected: the rules, and the next date that follows from them.
//!
//! Everything here is about dates; which date is today is the property's business. A search always ends: the usual rules are reckoned
//! without one, and a rule of one's own is walked within windows of a fixed length.

use chrono::{Datelike as _, Days, Months, TimeDelta, Weekday};
use kernel::{Date, FieldErrors, text_enum};

use super::model::WasteForm;
use crate::{
    feeds::{RuleError, dates_of_rule},
    properties::input::{case, number},
};

text_enum! {
    /// A day of the week.
    pub enum Day {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

impl Day {
    /// The day of the week of a date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        match date.weekday() {
            Weekday::Mon => Self::Monday,
            Weekday::Tue => Self::Tuesday,
            Weekday::Wed => Self::Wednesday,
            Weekday::Thu => Self::Thursday,
            Weekday::Fri => Self::Friday,
            Weekday::Sat => Self::Saturday,
            Weekday::Sun => Self::Sunday,
        }
    }

    /// The first date from this one on that falls on the day.
    fn from(self, date: Date) -> Option<Date> {
        date.iter_days().take(7).find(|date| Self::of(*date) == self)
    }
}

text_enum! {
    /// Which of the days of a month that fall on the same day of the week. There is not always a fifth.
    pub enum Ordinal {
        /// The first.
        First = "first",
        /// The second.
        Second = "second",
        /// The third.
        Third = "third",
        /// The fourth.
        Fourth = "fourth",
        /// The last.
        Last = "last",
    }
}

text_enum! {
    /// How a collection repeats.
    pub enum Repeats {
        /// Every week, on a day of the week.
        Weekly = "weekly",
        /// Every other week; known by one of its dates.
        Biweekly = "biweekly",
        /// Every month, on such a day of the week.
        MonthlyWeekday = "monthly_weekday",
        /// Every month, on a day of the month.
        MonthlyDay = "monthly_day",
        /// By a rule of its own.
        Custom = "custom",
    }
}

db::stored_as_text!(Day, Ordinal, Repeats);

/// The longest rule.
const LONGEST_RULE: usize = 200;
/// How far ahead a date is looked for, in days, one window after the other: most rules need the first only. The last holds the
/// 29 February of whichever year, also around a century's end that is no leap year.
const WINDOWS: [i64; 3] = [62, 732, 3_288];

/// When waste is collected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Schedule {
    /// On this day of every week.
    Weekly(Day),
    /// On this date, and every fourteen days before and after it.
    Biweekly(Date),
    /// On the such-and-such day of every month.
    MonthlyWeekday(Ordinal, Day),
    /// On this day of every month, 1 to 31; in a month that has fewer days, on its last.
    MonthlyDay(u32),
    /// From a date on, by a rule as RFC 5545 writes it; the date is the first collection.
    Custom {
        /// The value of an `RRULE`.
        rule: String,
        /// The first collection.
        start: Date,
    },
}

impl Schedule {
    /// Reads what was typed; `None` with problems in `errors`.
    pub(super) fn parse(errors: &mut FieldErrors, form: &WasteForm) -> Option<Self> {
        match case(errors, "repeats", &form.repeats)? {
            Repeats::Weekly => case(errors, "weekday", &form.weekday).map(Self::Weekly),
            Repeats::Biweekly => date(errors, &form.start).map(Self::Biweekly),
            Repeats::MonthlyWeekday => {
                let ordinal = case(errors, "ordinal", &form.ordinal);
                let day = case(errors, "weekday", &form.weekday);
                ordinal.zip(day).map(|(ordinal, day)| Self::MonthlyWeekday(ordinal, day))
            }
            Repeats::MonthlyDay => number(errors, "month_day", &form.month_day, 1, 31).map(Self::MonthlyDay),
            Repeats::Custom => {
                let start = date(errors, &form.start);
                let rule = errors.keep("rule", rule(&form.rule, start.unwrap_or_default()));
                rule.zip(start).map(|(rule, start)| Self::Custom { rule, start })
            }
        }
    }

    /// How it repeats.
    #[must_use]
    pub const fn repeats(&self) -> Repeats {
        match self {
            Self::Weekly(_) => Repeats::Weekly,
            Self::Biweekly(_) => Repeats::Biweekly,
            Self::MonthlyWeekday(..) => Repeats::MonthlyWeekday,
            Self::MonthlyDay(_) => Repeats::MonthlyDay,
            Self::Custom { .. } => Repeats::Custom,
        }
    }

    /// The first collection on or after a date; `None` when a rule of its own has none within nine years.
    #[must_use]
    pub fn next(&self, from: Date) -> Option<Date> {
        match self {
            Self::Weekly(day) => day.from(from),
            Self::Biweekly(known) => {
                let since = known.signed_duration_since(from).num_days().rem_euclid(14);
                from.checked_add_signed(TimeDelta::days(since))
            }
            Self::MonthlyWeekday(ordinal, day) => by_month(from, |first| weekday_of_month(first, *ordinal, *day)),
            Self::MonthlyDay(day) => by_month(from, |first| day_of_month(first, *day)),
            Self::Custom { rule, start } => WINDOWS.iter().find_map(|days| {
                let to = from.max(*start).checked_add_signed(TimeDelta::days(*days))?;
                // A rule that finds nothing within a window may find something in the next one.
                dates_of_rule(rule, *start, from, to).ok()?.into_iter().next()
            }),
        }
    }
}

/// The first date on or after `from` that a month has, of this month or the next.
fn by_month(from: Date, of_month: impl Fn(Date) -> Option<Date>) -> Option<Date> {
    let first = from.with_day(1)?;
    let months = [Some(first), first.checked_add_months(Months::new(1))];
    months.into_iter().flatten().filter_map(of_month).find(|date| *date >= from)
}

/// The last day of the month that begins on a date.
fn last_of_month(first: Date) -> Option<Date> {
    first.checked_add_months(Months::new(1))?.pred_opt()
}

/// The such-and-such day of the month that begins on a date.
fn weekday_of_month(first: Date, ordinal: Ordinal, day: Day) -> Option<Date> {
    let weeks = match ordinal {
        Ordinal::First => 0,
        Ordinal::Second => 1,
        Ordinal::Third => 2,
        Ordinal::Fourth => 3,
        Ordinal::Last => return day.from(last_of_month(first)?.checked_sub_days(Days::new(6))?),
    };
    day.from(first)?.checked_add_days(Days::new(7 * weeks))
}

/// The day of the month that begins on a date, or its last.
fn day_of_month(first: Date, day: u32) -> Option<Date> {
    first.with_day(day).or_else(|| last_of_month(first))
}

/// A date within the years that the product knows.
fn date(errors: &mut FieldErrors, input: &str) -> Option<Date> {
    let date = errors.keep("start", input.trim().parse::<Date>().map_err(|_| "date_invalid"))?;
    if !(2000..=2100).contains(&date.year()) {
        errors.add("start", "date_out_of_range");
    }
    Some(date)
}

/// A rule in the spelling that is stored, which finds at least one date.
fn rule(input: &str, start: Date) -> Result<String, &'static str> {
    let rule = input.trim().to_ascii_uppercase();
    let rule = rule.strip_prefix("RRULE:").unwrap_or(&rule);
    if rule.is_empty() {
        return Err("required");
    }
    let last = WINDOWS.last().and_then(|days| start.checked_add_signed(TimeDelta::days(*days))).unwrap_or(start);
    if rule.len() > LONGEST_RULE {
        return Err("rule_unreadable");
    }
    match dates_of_rule(rule, start, start, last) {
        Ok(_) => Ok(rule.to_owned()),
        Err(RuleError::TooFast) => Err("rule_too_fast"),
        Err(RuleError::Unreadable) => Err("rule_unreadable"),
        Err(RuleError::Barren) => Err("rule_never"),
    }
}

/// The next collection, as seen from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upcoming {
    /// Its date.
    pub date: Date,
    /// The days until then; 0 is today.
    pub days: i64,
    /// The evening on which to put it out.
    pub put_out: Date,
    /// The one after it.
    pub following: Option<Date>,
}

impl Upcoming {
    /// Of a schedule, as seen from a day.
    #[must_use]
    pub fn of(schedule: &Schedule, today: Date) -> Option<Self> {
        let date = schedule.next(today)?;
        Some(Self {
            date,
            days: date.signed_duration_since(today).num_days(),
            put_out: date.pred_opt()?,
            following: date.succ_opt().and_then(|after| schedule.next(after)),
        })
    }
}
