//! Schedules against a reckoning that looks at one day after the other and knows only whether it is a day of a collection.

use std::time::{Duration, Instant};

use chrono::{Datelike as _, TimeDelta};
use kernel::Date;
use proptest::prelude::*;

use super::*;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn custom(rule: &str, start: &str) -> Schedule {
    let form = WasteForm { rule: rule.into(), start: start.into(), ..form("custom") };
    NewWaste::parse(&form).unwrap().schedule
}

/// Whether the month after a date is another than its own.
fn is_last_of_month(date: Date) -> bool {
    date.succ_opt().unwrap().month() != date.month()
}

/// Whether the same day of the week comes once more in the date's month.
fn comes_again(date: Date) -> bool {
    (date + TimeDelta::days(7)).month() == date.month()
}

/// Whether it is a day of a collection, from the words of the rule alone.
fn is_day(schedule: &Schedule, day: Date) -> bool {
    match schedule {
        Schedule::Weekly(weekday) => Day::of(day) == *weekday,
        Schedule::Biweekly(known) => (day - *known).num_days() % 14 == 0,
        Schedule::MonthlyWeekday(Ordinal::Last, weekday) => Day::of(day) == *weekday && !comes_again(day),
        Schedule::MonthlyWeekday(ordinal, weekday) => {
            let before = u32::try_from(Ordinal::ALL.iter().position(|known| known == ordinal).unwrap()).unwrap();
            Day::of(day) == *weekday && (day.day() - 1) / 7 == before
        }
        Schedule::MonthlyDay(number) => day.day() == *number || (is_last_of_month(day) && day.day() < *number),
        Schedule::Custom { .. } => unreachable!("reckoned by its own rules below"),
    }
}

/// The first day from a date on for which `is_day` holds.
fn by_looking(from: Date, is_day: impl Fn(Date) -> bool) -> Option<Date> {
    from.iter_days().take(3_289).find(|day| is_day(*day))
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i64..55_000).prop_map(|days| date("1970-01-01") + TimeDelta::days(days))
}

fn any_weekday() -> impl Strategy<Value = Day> {
    proptest::sample::select(Day::ALL)
}

fn any_usual() -> impl Strategy<Value = Schedule> {
    prop_oneof![
        any_weekday().prop_map(Schedule::Weekly),
        any_day().prop_map(Schedule::Biweekly),
        (proptest::sample::select(Ordinal::ALL), any_weekday()).prop_map(|(o, d)| Schedule::MonthlyWeekday(o, d)),
        (1_u32..=31).prop_map(Schedule::MonthlyDay),
    ]
}

proptest! {
    #[test]
    fn the_next_date_is_the_one_that_looking_at_each_day_finds(schedule in any_usual(), from in any_day()) {
        prop_assert_eq!(schedule.next(from), by_looking(from, |day| is_day(&schedule, day)));
    }

    #[test]
    fn collections_follow_one_another_without_a_gap(schedule in any_usual(), from in any_day()) {
        let mut at = from;
        for _ in 0..30 {
            let next = schedule.next(at).unwrap();
            prop_assert!(next >= at && (next - at).num_days() <= 62, "{at} {next}");
            prop_assert_eq!(schedule.next(next), Some(next));
            at = next.succ_opt().unwrap();
        }
    }

    #[test]
    fn rules_of_ones_own_agree_with_looking_at_each_day(
        which in 0..4,
        every in 1_i64..5,
        weekday in any_weekday(),
        number in 1_u32..=31,
        start in 0_i64..20_000,
        later in -40_i64..2_000,
    ) {
        let start = date("2000-01-01") + TimeDelta::days(start);
        let code = weekday.as_str()[..2].to_uppercase();
        let monday = |day: Date| day - TimeDelta::days(i64::from(day.weekday().num_days_from_monday()));
        let months = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month0());
        let (rule, is_day): (String, Box<dyn Fn(Date) -> bool>) = match which {
            0 => (format!("FREQ=DAILY;INTERVAL={every}"), Box::new(move |day| (day - start).num_days() % every == 0)),
            1 => (
                format!("FREQ=WEEKLY;INTERVAL={every};BYDAY={code}"),
                Box::new(move |day| Day::of(day) == weekday && (monday(day) - monday(start)).num_days() % (7 * every) == 0),
            ),
            2 => (
                format!("FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={number}"),
                Box::new(move |day| day.day() == number && (months(day) - months(start)) % every == 0),
            ),
            _ => (
                format!("FREQ=YEARLY;BYMONTH=2;BYDAY=-1{code}"),
                Box::new(move |day| day.month() == 2 && Day::of(day) == weekday && !comes_again(day)),
            ),
        };
        let from = start + TimeDelta::days(later);
        let expected = by_looking(from.max(start), |day| day == start || is_day(day));
        // The 31st every fourth month may be no day at all: that is said when the rule is typed.
        let never = !start.iter_days().take(3_289).any(&is_day);
        let typed = NewWaste::parse(&WasteForm { rule: rule.clone(), start: start.to_string(), ..form("custom") });
        match typed {
            Ok(waste) => prop_assert_eq!(waste.schedule.next(from), expected, "{} {}", rule, start),
            Err(_) => prop_assert!(never, "{rule} {start}"),
        }
    }
}

#[test]
fn short_months_and_leap_years_have_their_last_day() {
    let last = Schedule::MonthlyDay(31);
    let dates: Vec<String> = ["2027-02-01", "2028-02-01", "2100-02-01", "2027-04-30", "2027-05-01", "2027-12-31"]
        .map(|from| last.next(date(from)).unwrap().to_string())
        .to_vec();
    assert_eq!(dates, ["2027-02-28", "2028-02-29", "2100-02-28", "2027-04-30", "2027-05-31", "2027-12-31"]);
    let leap = custom("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2096-02-29");
    assert_eq!(leap.next(date("2096-03-01")), Some(date("2104-02-29")), "2100 is no leap year");
}

#[test]
fn a_rule_that_ends_has_no_next_date_and_one_that_begins_later_waits() {
    let twice = custom("rrule:freq=weekly;count=2", "2027-01-04");
    assert_eq!(twice.next(date("2026-12-01")), Some(date("2027-01-04")));
    assert_eq!(twice.next(date("2027-01-05")), Some(date("2027-01-11")));
    assert_eq!(twice.next(date("2027-01-12")), None);
    let until = custom("FREQ=DAILY;UNTIL=20270110", "2027-01-04");
    assert_eq!(until.next(date("2027-01-10")), Some(date("2027-01-10")));
    assert_eq!(until.next(date("2027-01-11")), None);
}

#[test]
fn what_cannot_be_taken_is_told_at_its_field() {
    let wrong =
        |form: WasteForm| NewWaste::parse(&form).unwrap_err().iter().map(|e| (e.field, e.code)).collect::<Vec<_>>();
    assert_eq!(wrong(WasteForm::default()), [("stream", "required"), ("repeats", "required")]);
    assert_eq!(wrong(form("weekly")), [("weekday", "required")]);
    assert_eq!(wrong(form("monthly_weekday")), [("ordinal", "required"), ("weekday", "required")]);
    assert_eq!(wrong(WasteForm { month_day: "32".into(), ..form("monthly_day") }), [("month_day", "too_large")]);
    assert_eq!(wrong(WasteForm { start: "2027-02-29".into(), ..form("biweekly") }), [("start", "date_invalid")]);
    assert_eq!(wrong(WasteForm { start: "1999-12-31".into(), ..form("biweekly") }), [("start", "date_out_of_range")]);
    let rule = |rule: &str| wrong(WasteForm { start: "2027-01-04".into(), rule: rule.into(), ..form("custom") });
    assert_eq!(rule(" "), [("rule", "required")]);
    for fast in ["FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY;COUNT=1", "FREQ=DAILY;BYHOUR=1,2"] {
        assert_eq!(rule(fast), [("rule", "rule_too_fast")], "{fast}");
    }
    for unreadable in ["every tuesday", "FREQ=WEEKLY;BYDAY=XX", "FREQ=NEVER", "BYDAY=MO", &"FREQ=DAILY;".repeat(30)] {
        assert_eq!(rule(unreadable), [("rule", "rule_unreadable")], "{unreadable}");
    }
    assert_eq!(rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), [("rule", "rule_never")]);
}

#[test]
fn no_rule_takes_long() {
    let rules = [
        "FREQ=MONTHLY;BYMONTHDAY=15",
        "FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=12",
        "FREQ=DAILY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;INTERVAL=400",
        "FREQ=YEARLY;INTERVAL=3;BYYEARDAY=366",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYDAY=MO,TU;BYSETPOS=366",
    ];
    for rule in rules {
        let begun = Instant::now();
        let form = WasteForm { rule: rule.into(), start: "2000-01-31".into(), ..form("custom") };
        let next = NewWaste::parse(&form).map(|waste| waste.schedule.next(date("2100-12-31")));
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(5), "{rule}: {next:?} after {took:?}");
    }
}
