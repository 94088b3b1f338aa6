//! What people and programs send, turned into rules. Forms and JSON share it.

use chrono::{Months, NaiveTime};
use kernel::{Date, FieldErrors, Nights, PropertyId, trimmed};
use serde::{Deserialize, Serialize};

use super::rules::{Days, Length, Level, Notice, Rule, RuleSet, Span, Tight, Turnover, Weekday, Weekdays, Window};

const NAME_MOST: usize = 80;
const PRIORITY_MOST: u32 = 100;
const MIN_MOST: u32 = 365;
const NOTICE_MOST: u32 = 365;
const PREPARATION_MOST: u32 = 30;
const CLEANING_MOST: u32 = 24 * 60;
/// The years in which a rule may lie.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A rule as the form has it: every value as text, so that what is wrong can be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleForm {
    /// Where it is said.
    pub level: String,
    /// The property's id; empty for all of them.
    pub property_id: String,
    /// What a season or dates are called.
    pub name: String,
    /// Its first day, `YYYY-MM-DD`.
    pub first_day: String,
    /// Its last day, `YYYY-MM-DD`.
    pub last_day: String,
    /// Anything, for a season that comes again every year.
    pub yearly: String,
    /// The greater wins; empty for 0.
    pub priority: String,
    /// Anything, when it says how long stays are.
    pub length: String,
    /// The fewest nights.
    pub min_nights: String,
    /// The most nights; empty for any number.
    pub max_nights: String,
    /// Anything, to test every night.
    pub stay_through: String,
    /// Anything, to leave no gap that nobody can book.
    pub keep_gaps: String,
    /// The fewest nights in a short gap; empty for no exception.
    pub gap_min_nights: String,
    /// Anything, when it says on which days people come and go.
    pub days: String,
    /// The days of the week on which nobody arrives.
    pub no_arrival: Vec<String>,
    /// The days of the week on which nobody leaves.
    pub no_departure: Vec<String>,
    /// Anything, when it says how early people must book.
    pub notice: String,
    /// Days.
    pub notice_days: String,
    /// `HH:MM`; empty for the whole day.
    pub notice_until: String,
    /// Anything, when it says how far ahead people may book.
    pub window: String,
    /// Days; empty for no end.
    pub window_days: String,
    /// Anything, when it says what lies between two stays.
    pub turnover: String,
    /// Nights.
    pub preparation_nights: String,
    /// Minutes; empty when they are not looked at.
    pub cleaning_minutes: String,
    /// `warn` or `night`; empty for `warn`.
    pub tight: String,
}

/// A rule to be written, known to be right but for what only the database knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRule {
    /// Where it is said.
    pub level: Level,
    /// Its property; none for all of them.
    pub property_id: Option<PropertyId>,
    /// What a season or dates are called.
    pub name: Option<String>,
    /// When it applies: seasons and dates, and only they.
    pub span: Option<Span>,
    /// The greater wins; 0 but for seasons.
    pub priority: u32,
    /// What it says. Empty only for a property or all of them, where it takes away what was said before.
    pub set: RuleSet,
}

fn flag(set: bool) -> String {
    if set { "true".to_owned() } else { String::new() }
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn names(days: Weekdays) -> Vec<String> {
    days.iter().map(|day| day.to_string()).collect()
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

impl RuleForm {
    /// The form of a rule as it is.
    #[must_use]
    pub fn of(rule: &Rule) -> Self {
        Self {
            level: rule.level.to_string(),
            property_id: text(rule.property_id),
            name: rule.name.clone().unwrap_or_default(),
            first_day: text(rule.span.map(|span| span.first)),
            last_day: text(rule.span.map(|span| span.last)),
            yearly: flag(rule.span.is_some_and(|span| span.yearly)),
            priority: rule.priority.to_string(),
            ..Self::saying(&rule.set)
        }
    }

    /// The form of what is said, without where and when.
    #[must_use]
    pub fn saying(set: &RuleSet) -> Self {
        let (length, turnover) = (set.length, set.turnover);
        Self {
            length: flag(length.is_some()),
            min_nights: text(length.map(|length| length.min)),
            max_nights: text(length.and_then(|length| length.max)),
            stay_through: flag(length.is_some_and(|length| length.stay_through)),
            keep_gaps: flag(length.is_some_and(|length| length.keep_gaps)),
            gap_min_nights: text(length.and_then(|length| length.gap_min)),
            days: flag(set.days.is_some()),
            no_arrival: set.days.map(|days| names(days.no_arrival)).unwrap_or_default(),
            no_departure: set.days.map(|days| names(days.no_departure)).unwrap_or_default(),
            notice: flag(set.notice.is_some()),
            notice_days: text(set.notice.map(|notice| notice.days)),
            notice_until: text(set.notice.and_then(|notice| notice.until).map(clock)),
            window: flag(set.window.is_some()),
            window_days: text(set.window.and_then(|window| window.days)),
            turnover: flag(turnover.is_some()),
            preparation_nights: text(turnover.map(|turnover| turnover.preparation)),
            cleaning_minutes: text(turnover.and_then(|turnover| turnover.cleaning)),
            tight: text(turnover.map(|turnover| turnover.tight)),
            ..Self::default()
        }
    }
}

impl NewRule {
    /// Reads the form.
    ///
    /// # Errors
    /// Every problem, by field. Codes: `required`, `choice_unknown`, `too_long`, `not_a_number`, `too_small`, `too_large`, `date_invalid`,
    /// `date_out_of_range`, `time_invalid`, `last_before_first`, `longer_than_a_year`, `max_below_min`, `gap_min_not_below`,
    /// `rule_says_nothing`.
    pub fn parse(form: &RuleForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let level = errors.keep("level", form.level.parse::<Level>().map_err(|_| "choice_unknown"));
        let dated = matches!(level, Some(Level::Season | Level::Date));
        let property_id = match form.property_id.trim() {
            _ if level == Some(Level::Organization) => None,
            "" if level == Some(Level::Property) => {
                errors.add("property_id", "required");
                None
            }
            "" => None,
            id => errors.keep("property_id", id.parse().map_err(|_| "choice_unknown")),
        };
        let name = trimmed(&form.name).filter(|_| dated).map(|name| name.replace('\n', " "));
        if name.as_ref().is_some_and(|name| name.chars().count() > NAME_MOST) {
            errors.add_bound("name", "too_long", NAME_MOST);
        }
        if level == Some(Level::Season) && name.is_none() {
            errors.add("name", "required");
        }
        let span = if dated { span(form, level == Some(Level::Season), &mut errors) } else { None };
        let priority = match form.priority.trim() {
            "" => 0,
            _ if level != Some(Level::Season) => 0,
            typed => number(typed, "priority", 0, PRIORITY_MOST, &mut errors).unwrap_or_default(),
        };
        let set = RuleSet {
            length: said(&form.length).and_then(|()| length(form, &mut errors)),
            days: said(&form.days).map(|()| Days {
                no_arrival: weekdays(&form.no_arrival, "no_arrival", &mut errors),
                no_departure: weekdays(&form.no_departure, "no_departure", &mut errors),
            }),
            notice: said(&form.notice).and_then(|()| notice(form, &mut errors)),
            window: said(&form.window)
                .map(|()| Window { days: optional(&form.window_days, "window_days", 0, Nights::MOST, &mut errors) }),
            turnover: said(&form.turnover).and_then(|()| turnover(form, &mut errors)),
        };
        if dated && errors.is_empty() && set == RuleSet::default() {
            errors.add("", "rule_says_nothing");
        }
        match (level, errors.is_empty()) {
            (Some(level), true) => Ok(Self { level, property_id, name, span, priority, set }),
            _ => Err(errors),
        }
    }
}

fn said(flag: &str) -> Option<()> {
    (!matches!(flag.trim(), "" | "false")).then_some(())
}

fn number(typed: &str, field: &'static str, least: u32, most: u32, errors: &mut FieldErrors) -> Option<u32> {
    match typed.trim().parse::<i64>() {
        Err(_) => errors.add(field, "not_a_number"),
        Ok(number) if number < i64::from(least) => errors.add_bound(field, "too_small", least),
        Ok(number) if number > i64::from(most) => errors.add_bound(field, "too_large", most),
        Ok(number) => return u32::try_from(number).ok(),
    }
    None
}

fn optional(typed: &str, field: &'static str, least: u32, most: u32, errors: &mut FieldErrors) -> Option<u32> {
    if typed.trim().is_empty() { None } else { number(typed, field, least, most, errors) }
}

/// What is usual, when nothing was typed.
fn or(usual: u32, typed: &str, field: &'static str, least: u32, most: u32, errors: &mut FieldErrors) -> Option<u32> {
    if typed.trim().is_empty() { Some(usual) } else { number(typed, field, least, most, errors) }
}

fn date(typed: &str, field: &'static str, errors: &mut FieldErrors) -> Option<Date> {
    let parsed = match typed.trim() {
        "" => Err("required"),
        typed => typed.parse::<Date>().map_err(|_| "date_invalid"),
    };
    let in_range =
        |date: Date| if YEARS.contains(&chrono::Datelike::year(&date)) { Ok(date) } else { Err("date_out_of_range") };
    errors.keep(field, parsed.and_then(in_range))
}

fn span(form: &RuleForm, is_season: bool, errors: &mut FieldErrors) -> Option<Span> {
    let (first, last) = (date(&form.first_day, "first_day", errors), date(&form.last_day, "last_day", errors));
    let (first, last) = (first?, last?);
    let yearly = is_season && said(&form.yearly).is_some();
    if last < first {
        errors.add("last_day", "last_before_first");
    } else if yearly && first.checked_add_months(Months::new(12)).is_some_and(|next| last >= next) {
        errors.add("last_day", "longer_than_a_year");
    }
    Some(Span { first, last, yearly })
}

fn length(form: &RuleForm, errors: &mut FieldErrors) -> Option<Length> {
    let min = or(1, &form.min_nights, "min_nights", 1, MIN_MOST, errors);
    let max = optional(&form.max_nights, "max_nights", 1, Nights::MOST, errors);
    let gap_min = optional(&form.gap_min_nights, "gap_min_nights", 1, MIN_MOST, errors);
    let min = min?;
    if max.is_some_and(|max| max < min) {
        errors.add_bound("max_nights", "max_below_min", min);
    }
    if gap_min.is_some_and(|gap| gap >= min) {
        errors.add_bound("gap_min_nights", "gap_min_not_below", min);
    }
    let (stay_through, keep_gaps) = (said(&form.stay_through).is_some(), said(&form.keep_gaps).is_some());
    Some(Length { min, max, stay_through, keep_gaps, gap_min })
}

fn weekdays(typed: &[String], field: &'static str, errors: &mut FieldErrors) -> Weekdays {
    let days: Result<Weekdays, _> = typed.iter().map(|day| day.trim().parse::<Weekday>()).collect();
    errors.keep(field, days.map_err(|_| "choice_unknown")).unwrap_or_default()
}

fn notice(form: &RuleForm, errors: &mut FieldErrors) -> Option<Notice> {
    let until = match form.notice_until.trim() {
        "" => None,
        typed => errors.keep("notice_until", NaiveTime::parse_from_str(typed, "%H:%M").map_err(|_| "time_invalid")),
    };
    Some(Notice { days: or(0, &form.notice_days, "notice_days", 0, NOTICE_MOST, errors)?, until })
}

fn turnover(form: &RuleForm, errors: &mut FieldErrors) -> Option<Turnover> {
    let cleaning = optional(&form.cleaning_minutes, "cleaning_minutes", 0, CLEANING_MOST, errors);
    let tight = match form.tight.trim() {
        "" => Some(Tight::Warn),
        typed => errors.keep("tight", typed.parse().map_err(|_| "choice_unknown")),
    };
    let preparation = or(0, &form.preparation_nights, "preparation_nights", 0, PREPARATION_MOST, errors);
    Some(Turnover { preparation: preparation?, cleaning, tight: tight? })
}
