//! Rules and reasons in words.

use chrono::Datelike as _;
use kernel::{Date, FieldErrors};

use crate::{
    availability::{
        Days, Length, Level, Notice, Reason, Rule, RuleSet, Rules, Span, Tight, Turnover, Weekdays, Window, rules::Said,
    },
    stays::{BlockKind, Occupant, StayKind},
    text,
    ui::Page,
};

/// Why nights cannot be booked, as a sentence.
pub(crate) fn words(page: &Page, reason: &Reason) -> String {
    match reason {
        Reason::Taken { by, first_night, nights } => page.t_with(
            "availability-reason-taken",
            &[
                ("who", &who(page, by)),
                ("dates", &page.date_range(by.nights.check_in(), by.nights.check_out())),
                ("date", &page.date_short(*first_night)),
                ("nights", &page.tn("stays-nights", *nights)),
            ],
        ),
        Reason::Past { .. } => page.t("availability-reason-past").to_owned(),
        Reason::Notice { first } => page.t1("availability-reason-notice", "date", page.date(*first)),
        Reason::Window { last } => page.t1("availability-reason-window", "date", page.date(*last)),
        Reason::ArrivalClosed { date } => page.t1("availability-reason-arrival", "date", page.date_short(*date)),
        Reason::DepartureClosed { date } => page.t1("availability-reason-departure", "date", page.date_short(*date)),
        Reason::MinStay { nights, on } => page.t_with(
            "availability-reason-min",
            &[("nights", &page.tn("stays-nights", *nights)), ("date", &page.date_short(*on))],
        ),
        Reason::MaxStay { nights, on } => page.t_with(
            "availability-reason-max",
            &[("nights", &page.tn("stays-nights", *nights)), ("date", &page.date_short(*on))],
        ),
        Reason::Preparation { nights, other } => page.t_with(
            "availability-reason-preparation",
            &[
                ("nights", &page.tn("stays-nights", *nights)),
                ("who", &who(page, other)),
                ("dates", &page.date_range(other.nights.check_in(), other.nights.check_out())),
            ],
        ),
        Reason::Gap { nights, least, other } => page.t_with(
            "availability-reason-gap",
            &[
                ("nights", &page.tn("stays-nights", *nights)),
                ("least", &page.tn("stays-nights", *least)),
                ("who", &who(page, other)),
                ("dates", &page.date_range(other.nights.check_in(), other.nights.check_out())),
            ],
        ),
        Reason::Turnover { ready, check_in, other } => page.t_with(
            "availability-reason-turnover",
            &[("ready", &page.clock(*ready)), ("arrival", &page.clock(*check_in)), ("who", &who(page, other))],
        ),
    }
}

/// The reasons as problems of one field, for programs.
pub(crate) fn as_errors(field: &'static str, reasons: &[Reason]) -> FieldErrors {
    let mut errors = FieldErrors::new();
    for reason in reasons {
        match (reason.date(), reason.nights()) {
            (_, Some(nights)) => errors.add_bound(field, reason.code(), nights),
            (Some(date), None) => errors.add_bound(field, reason.code(), date),
            (None, None) => errors.add(field, reason.code()),
        }
    }
    errors
}

fn who(page: &Page, other: &Occupant) -> String {
    match (other.kind, &other.guest_name) {
        (StayKind::Block, _) => page.t_of("block-kind", other.block_kind.unwrap_or(BlockKind::Other).as_str()),
        (StayKind::Reservation, Some(name)) => name.clone(),
        (StayKind::Reservation, None) => page.t("stays-guest-unnamed").to_owned(),
    }
}

/// A group of rules, in words, and who says so.
pub(crate) struct GroupView {
    pub(crate) title: String,
    /// Nothing when the group restricts nothing.
    pub(crate) lines: Vec<String>,
    /// Nothing when nobody says so.
    pub(crate) source: String,
}

/// What applies on a date, group by group.
pub(crate) fn groups(page: &Page, rules: &Rules, date: Date) -> Vec<GroupView> {
    fn view<T>(page: &Page, code: &str, said: &Said<'_, T>, lines: Vec<String>) -> GroupView {
        let source = said.by.map(|rule| source(page, rule)).unwrap_or_default();
        GroupView { title: page.t_of("availability-group", code), lines, source }
    }
    let (length, days, notice) = (rules.length(date), rules.days(date), rules.notice(date));
    let (window, turnover) = (rules.window(date), rules.turnover(date));
    vec![
        view(page, "length", &length, length_lines(page, &length.what)),
        view(page, "days", &days, days_lines(page, days.what)),
        view(page, "notice", &notice, notice_lines(page, notice.what)),
        view(page, "window", &window, window_lines(page, window.what)),
        view(page, "turnover", &turnover, turnover_lines(page, &turnover.what)),
    ]
}

/// Where a rule is said.
pub(crate) fn source(page: &Page, rule: &Rule) -> String {
    match (rule.level, rule.span) {
        (Level::Organization, _) => page.t("availability-source-organization").to_owned(),
        (Level::Property, _) => page.t("availability-source-property").to_owned(),
        (_, Some(span)) => rule.name.clone().unwrap_or_else(|| when(page, &span)),
        (_, None) => String::new(),
    }
}

/// When a season or dates are.
pub(crate) fn when(page: &Page, span: &Span) -> String {
    if span.yearly {
        let (first, last) = (text::day(page.language, span.first), text::day(page.language, span.last));
        let years = page.t1("availability-yearly-since", "year", span.first.year());
        format!("{first} – {last}, {years}")
    } else if span.first == span.last {
        page.date(span.first)
    } else {
        page.date_range(span.first, span.last)
    }
}

/// All that a rule says.
pub(crate) fn says(page: &Page, set: &RuleSet) -> Vec<String> {
    let unlimited = |lines: Vec<String>, code: &str| {
        if lines.is_empty() { vec![page.t_of("availability-open", code)] } else { lines }
    };
    [
        set.length.map(|length| unlimited(length_lines(page, &length), "length")),
        set.days.map(|days| unlimited(days_lines(page, days), "days")),
        set.notice.map(|notice| unlimited(notice_lines(page, notice), "notice")),
        set.window.map(|window| unlimited(window_lines(page, window), "window")),
        set.turnover.map(|turnover| unlimited(turnover_lines(page, &turnover), "turnover")),
    ]
    .into_iter()
    .flatten()
    .flatten()
    .collect()
}

fn length_lines(page: &Page, length: &Length) -> Vec<String> {
    let mut lines = Vec::new();
    if length.min > 1 {
        lines.push(page.tn("availability-says-min", length.min));
    }
    if let Some(max) = length.max {
        lines.push(page.tn("availability-says-max", max));
    }
    if length.stay_through {
        lines.push(page.t("availability-says-through").to_owned());
    }
    if let Some(gap) = length.gap_min {
        lines.push(page.tn("availability-says-gap-min", gap));
    }
    if length.keep_gaps {
        lines.push(page.t("availability-says-keep-gaps").to_owned());
    }
    lines
}

fn days_lines(page: &Page, days: Days) -> Vec<String> {
    let line = |key: &str, days: Weekdays| {
        let names: Vec<String> = days.iter().map(|day| page.t_of("weekday", day.as_str())).collect();
        (!names.is_empty()).then(|| page.t1(key, "days", names.join(", ")))
    };
    let lines = [
        line("availability-says-no-arrival", days.no_arrival),
        line("availability-says-no-departure", days.no_departure),
    ];
    lines.into_iter().flatten().collect()
}

fn notice_lines(page: &Page, notice: Notice) -> Vec<String> {
    let days = (notice.days > 0).then(|| page.tn("availability-says-notice", notice.days));
    let until = notice.until.map(|until| page.t1("availability-says-until", "time", page.clock(until)));
    days.into_iter().chain(until).collect()
}

fn window_lines(page: &Page, window: Window) -> Vec<String> {
    window.days.map(|days| page.tn("availability-says-window", days)).into_iter().collect()
}

fn turnover_lines(page: &Page, turnover: &Turnover) -> Vec<String> {
    let nights = (turnover.preparation > 0).then(|| page.tn("availability-says-preparation", turnover.preparation));
    let cleaning = turnover.cleaning.map(|minutes| {
        let key = match turnover.tight {
            Tight::Warn => "availability-says-cleaning-warn",
            Tight::Night => "availability-says-cleaning-night",
        };
        page.t1(key, "minutes", minutes)
    });
    nights.into_iter().chain(cleaning).collect()
}
