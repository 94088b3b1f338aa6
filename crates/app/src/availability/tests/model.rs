//! Whether nights are free: examples, and a reckoning day by day.

use std::collections::BTreeSet;

use chrono::{NaiveTime, TimeDelta};
use kernel::Instant;
use proptest::prelude::*;

use super::*;

/// 2027-01-04, ten o'clock at the property.
fn now() -> Instant {
    "2027-01-04T09:00:00Z".parse().unwrap()
}

fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

fn facts(rules: Vec<Rule>, occupants: Vec<Occupant>) -> Facts {
    Facts {
        rules: Rules::of_all(rules),
        zone: "Europe/Madrid".parse().unwrap(),
        check_in_time: time("16:00:00"),
        check_out_time: time("11:00:00"),
        archived: false,
        occupants,
    }
}

fn codes(facts: &Facts, nights: Nights) -> BTreeSet<&'static str> {
    facts.check(nights, now()).iter().map(Reason::code).collect()
}

fn says(set: RuleSet) -> Vec<Rule> {
    vec![rule(1, Level::Organization, set)]
}

fn turnover(preparation: u32, cleaning: Option<u32>, tight: Tight) -> RuleSet {
    RuleSet { turnover: Some(Turnover { preparation, cleaning, tight }), ..RuleSet::default() }
}

#[test]
fn without_rules_only_stays_are_in_the_way() {
    let house = facts(Vec::new(), vec![stay(1, nights(3, 2), None)]);
    assert!(house.check(nights(1, 2), now()).is_empty() && house.check(nights(5, 400), now()).is_empty());
    let reasons = house.check(nights(2, 2), now());
    let [Reason::Taken { by, first_night, nights: 1 }] = &reasons[..] else { panic!("{reasons:?}") };
    assert_eq!((by.stay, *first_night), (house.occupants[0].stay, day(3)));
    assert_eq!(codes(&house, nights(-1, 1)), ["arrival_past"].into());
}

#[test]
fn notice_counts_days_and_ends_at_its_hour_at_the_property() {
    let until = |days, until: Option<&str>| {
        let notice = Some(Notice { days, until: until.map(time) });
        facts(says(RuleSet { notice, ..RuleSet::default() }), Vec::new())
    };
    assert!(codes(&until(0, Some("10:01:00")), nights(0, 1)).is_empty());
    let house = until(0, Some("10:00:00"));
    assert_eq!(house.check(nights(0, 1), now()), [Reason::Notice { first: day(1) }]);
    assert!(house.check(nights(1, 1), now()).is_empty());
    assert_eq!(until(2, Some("09:00:00")).check(nights(2, 1), now()), [Reason::Notice { first: day(3) }]);
    // At half past eleven in Greenwich it is the next day at the property.
    let late: Instant = "2027-01-04T23:30:00Z".parse().unwrap();
    assert_eq!(until(1, None).check(nights(1, 1), late), [Reason::Notice { first: day(2) }]);
}

#[test]
fn the_window_ends_with_an_arrival_whatever_the_departure() {
    let window = Some(Window { days: Some(10) });
    let house = facts(says(RuleSet { window, ..RuleSet::default() }), Vec::new());
    assert!(house.check(nights(10, 30), now()).is_empty());
    assert_eq!(house.check(nights(11, 1), now()), [Reason::Window { last: day(10) }]);
}

#[test]
fn the_shortest_stay_is_by_arrival_or_by_every_night() {
    let season = |stay_through| {
        let set = RuleSet { length: Some(Length { min: 5, stay_through, ..Length::default() }), ..RuleSet::default() };
        facts(vec![dated(rule(1, Level::Season, set), day(10), day(20), false)], Vec::new())
    };
    assert!(codes(&season(false), nights(8, 3)).is_empty());
    assert_eq!(season(false).check(nights(10, 3), now()), [Reason::MinStay { nights: 5, on: day(10) }]);
    assert_eq!(season(true).check(nights(8, 3), now()), [Reason::MinStay { nights: 5, on: day(10) }]);
    assert!(codes(&season(true), nights(8, 2)).is_empty(), "the day of departure is no night of it");
}

#[test]
fn nights_to_prepare_are_kept_once_between_two_stays() {
    let house =
        facts(says(turnover(2, None, Tight::Warn)), vec![stay(1, nights(0, 3), None), stay(2, nights(9, 2), None)]);
    assert!(codes(&house, nights(5, 2)).is_empty(), "two nights on each side");
    assert_eq!(codes(&house, nights(4, 3)), ["preparation_needed"].into());
    assert_eq!(codes(&house, nights(5, 3)), ["preparation_needed"].into());
    let block = facts(says(turnover(2, None, Tight::Warn)), vec![stay(1, nights(0, 3), Some(BlockKind::Maintenance))]);
    assert!(codes(&block, nights(3, 1)).is_empty());
    let owner = facts(says(turnover(2, None, Tight::Warn)), vec![stay(1, nights(0, 3), Some(BlockKind::OwnerStay))]);
    assert_eq!(codes(&owner, nights(3, 1)), ["preparation_needed"].into());
}

#[test]
fn a_cleaning_must_fit_between_check_out_and_check_in_on_one_day() {
    let neighbours = || vec![stay(1, nights(1, 2), None)];
    let fits = facts(says(turnover(0, Some(300), Tight::Warn)), neighbours());
    assert!(codes(&fits, nights(3, 1)).is_empty(), "11:00 to 16:00 are 300 minutes");
    let warned = facts(says(turnover(0, Some(301), Tight::Warn)), neighbours());
    let reasons = warned.check(nights(3, 1), now());
    assert!(matches!(reasons[..], [Reason::Turnover { ready, .. }] if ready == time("16:01:00")), "{reasons:?}");
    assert!(reasons[0].is_warning() && codes(&warned, nights(4, 1)).is_empty());
    let kept = facts(says(turnover(0, Some(301), Tight::Night)), neighbours());
    assert_eq!(codes(&kept, nights(3, 1)), ["preparation_needed"].into());
    assert_eq!(codes(&kept, nights(0, 1)), ["preparation_needed"].into());
    assert!(codes(&kept, nights(4, 1)).is_empty());
    // The clocks go forward at two in the morning of 2027-03-28: an hour is missing there.
    let spring = Nights::new(date("2027-03-26"), date("2027-03-28")).unwrap();
    let early = Facts { check_out_time: time("01:00:00"), check_in_time: time("06:00:00"), ..warned.clone() };
    let early = Facts {
        rules: Rules::of_all(says(turnover(0, Some(241), Tight::Warn))),
        occupants: vec![stay(1, spring, None)],
        ..early
    };
    let next = Nights::new(date("2027-03-28"), date("2027-03-30")).unwrap();
    assert_eq!(codes(&early, next), ["turnover_tight"].into());
}

#[test]
fn gaps_are_none_or_long_enough_and_short_ones_may_be_filled() {
    let gaps = |gap_min| {
        let length = Length { min: 3, keep_gaps: true, gap_min, ..Length::default() };
        let set = RuleSet { length: Some(length), ..RuleSet::default() };
        facts(says(set), vec![stay(1, nights(1, 2), None), stay(2, nights(12, 2), None)])
    };
    let house = gaps(None);
    assert!(codes(&house, nights(3, 3)).is_empty() && codes(&house, nights(6, 3)).is_empty());
    assert_eq!(codes(&house, nights(5, 3)), ["gap_left"].into());
    let reasons = house.check(nights(6, 4), now());
    let [Reason::Gap { nights: 2, least: 3, other }] = &reasons[..] else { panic!("{reasons:?}") };
    assert_eq!(other.nights, nights(12, 2));
    assert!(codes(&gaps(Some(2)), nights(5, 3)).is_empty(), "two nights can be booked there");
    let closer = |gap_min| {
        let house = gaps(gap_min);
        Facts { occupants: vec![stay(1, nights(1, 2), None), stay(2, nights(5, 2), None)], ..house }
    };
    assert_eq!(codes(&closer(None), nights(3, 2)), ["below_min_stay"].into());
    assert!(codes(&closer(Some(2)), nights(3, 2)).is_empty());
    assert_eq!(codes(&closer(Some(2)), nights(3, 1)), ["below_min_stay", "gap_left"].into());
}

#[test]
fn the_next_free_nights_are_as_many_as_asked_or_as_the_rules_ask_for() {
    let closed = Some(Days { no_arrival: Weekdays::default(), no_departure: [Weekday::Sunday].into_iter().collect() });
    let rules = says(RuleSet { days: closed, ..at_least(3) });
    let house = facts(rules, vec![stay(1, nights(0, 4), None)]);
    assert_eq!(house.next_free(nights(1, 2), now()), Some(nights(4, 3)));
    assert_eq!(house.next_free(nights(-20, 9), now()), Some(nights(4, 10)), "day 13 is a Sunday");
    let never = Some(Window { days: Some(2) });
    let house = facts(says(RuleSet { window: never, ..RuleSet::default() }), vec![stay(1, nights(0, 4), None)]);
    assert_eq!(house.next_free(nights(1, 2), now()), None);
}

/// The value of a group on a date, by going through the levels.
fn naive<T>(rules: &[Rule], date: Date, group: impl Fn(&RuleSet) -> Option<T>, usual: T) -> T {
    for level in [Level::Date, Level::Season, Level::Property, Level::Organization] {
        for rule in rules.iter().filter(|rule| rule.level == level) {
            let applies =
                rule.span.is_none_or(|span| span.first.iter_days().take_while(|d| *d <= span.last).any(|d| d == date));
            if let (true, Some(found)) = (applies, group(&rule.set)) {
                return found;
            }
        }
    }
    usual
}

/// The same question, answered day by day.
struct Reckoning<'a> {
    rules: &'a [Rule],
    stays: &'a [Occupant],
}

const FAR: i64 = 90;

impl Reckoning<'_> {
    fn length(&self, date: Date) -> Length {
        naive(self.rules, date, |set| set.length, Length::default())
    }

    fn kept(&self, departure: Date) -> i64 {
        let said = naive(self.rules, departure, |set| set.turnover, Turnover::default());
        let too_long = said.cleaning.is_some_and(|minutes| minutes > 5 * 60);
        let one = said.preparation == 0 && said.tight == Tight::Night && too_long;
        if one { 1 } else { i64::from(said.preparation) }
    }

    fn slept(&self) -> impl Iterator<Item = &Occupant> {
        self.stays.iter().filter(|other| other.block_kind.is_none_or(|kind| kind == BlockKind::OwnerStay))
    }

    /// Whether one night after another from the earlier departure on, so many as are kept, has begun before the arrival.
    fn too_close(&self, departure: Date, arrival: Date) -> bool {
        (0..self.kept(departure)).any(|kept| departure + TimeDelta::days(kept) == arrival)
    }

    fn prepared(&self, nights: Nights) -> bool {
        self.slept().filter(|other| !nights.iter().any(|night| other.nights.contains(night))).any(|other| {
            if other.nights.check_in() < nights.check_in() {
                self.too_close(other.nights.check_out(), nights.check_in())
            } else {
                self.too_close(nights.check_out(), other.nights.check_in())
            }
        })
    }

    fn before(&self, by: Date) -> Vec<&Occupant> {
        self.stays.iter().filter(|other| other.nights.check_out() <= by).collect()
    }

    fn after(&self, from: Date) -> Vec<&Occupant> {
        self.stays.iter().filter(|other| other.nights.check_in() >= from).collect()
    }

    /// The first day on which one could arrive after all that end by a day.
    fn first(&self, by: Date) -> Option<Date> {
        let before = self.before(by);
        let may = |arrival: Date| {
            before.iter().all(|other| {
                let slept = self.slept().any(|known| known.stay == other.stay);
                let kept = if slept { self.kept(other.nights.check_out()) } else { 0 };
                arrival - other.nights.check_out() >= TimeDelta::days(kept)
            })
        };
        (!before.is_empty()).then(|| (-FAR..FAR).map(day).find(|date| may(*date)))?
    }

    /// The last day on which one could leave before all that begin from a day on.
    fn last(&self, from: Date) -> Option<Date> {
        let after = self.after(from);
        let may = |departure: Date| {
            after.iter().all(|other| {
                let slept = self.slept().any(|known| known.stay == other.stay);
                let kept = if slept { self.kept(departure) } else { 0 };
                other.nights.check_in() - departure >= TimeDelta::days(kept)
            })
        };
        (!after.is_empty()).then(|| (-FAR..FAR).rev().map(day).find(|date| may(*date)))?
    }

    fn short(&self, nights: Nights) -> bool {
        let room = self.first(nights.check_in()).zip(self.last(nights.check_out()));
        nights.iter().any(|night| {
            let length = self.length(night);
            let tight = room.is_some_and(|(first, last)| (last - first).num_days() < i64::from(length.min));
            let least = if tight { length.gap_min.unwrap_or(length.min).min(length.min) } else { length.min };
            (night == nights.check_in() || length.stay_through) && nights.count() < least
        })
    }

    fn long(&self, nights: Nights) -> bool {
        nights.iter().any(|night| {
            let length = self.length(night);
            (night == nights.check_in() || length.stay_through) && length.max.is_some_and(|max| nights.count() > max)
        })
    }

    /// Whether no stay that the rules of its first day allow fits from one day to another, and there is a night between them.
    fn orphaned(&self, first: Date, until: Date, may_leave: impl Fn(Date) -> bool) -> bool {
        let length = self.length(first);
        let least = length.gap_min.map_or(length.min, |gap| gap.min(length.min));
        let fits = first.iter_days().take(120).any(|departure| {
            departure <= until && (departure - first).num_days() >= i64::from(least) && may_leave(departure)
        });
        length.keep_gaps && !fits
    }

    fn gap(&self, nights: Nights) -> bool {
        let before = self.first(nights.check_in()).is_some_and(|first| {
            let may_leave = |departure: Date| (nights.check_in() - departure).num_days() >= self.kept(departure);
            first < nights.check_in() && first >= day(0) && self.orphaned(first, nights.check_in(), may_leave)
        });
        let after = self.last(nights.check_out()).is_some_and(|last| {
            let first = nights.check_out() + TimeDelta::days(self.kept(nights.check_out()));
            last > nights.check_out()
                && self.orphaned(first, last, |departure| self.leaves(departure, nights.check_out()))
        });
        before || after
    }

    fn leaves(&self, departure: Date, from: Date) -> bool {
        self.slept()
            .filter(|other| other.nights.check_in() >= from)
            .all(|other| (other.nights.check_in() - departure).num_days() >= self.kept(departure))
    }

    fn codes(&self, nights: Nights) -> BTreeSet<&'static str> {
        let notice = naive(self.rules, nights.check_in(), |set| set.notice, Notice::default());
        let window = naive(self.rules, nights.check_in(), |set| set.window, Window::default());
        let days = |date| naive(self.rules, date, |set| set.days, Days::default());
        let ahead = (nights.check_in() - day(0)).num_days();
        let over = notice.until.is_some_and(|until| until <= time("10:00:00"));
        let late = ahead < i64::from(notice.days) + i64::from(over);
        let cleaning = |date| naive(self.rules, date, |set| set.turnover, Turnover::default());
        let warned = |date| self.kept(date) == 0 && cleaning(date).cleaning.is_some_and(|minutes| minutes > 300);
        let touches = |date: Date| {
            let slept = |end: Date| {
                self.slept().filter(move |o| {
                    !o.nights.overlaps(nights) && (o.nights.check_in() == end || o.nights.check_out() == end)
                })
            };
            slept(date).next().is_some()
        };
        let free = |date: Date| warned(date) && touches(date);
        let found = [
            ("nights_taken", nights.iter().any(|night| self.stays.iter().any(|other| other.nights.contains(night)))),
            ("arrival_past", ahead < 0),
            ("notice_too_short", ahead >= 0 && late),
            ("beyond_window", ahead >= 0 && !late && window.days.is_some_and(|days| ahead > i64::from(days))),
            ("arrival_closed", days(nights.check_in()).no_arrival.contain(nights.check_in())),
            ("departure_closed", days(nights.check_out()).no_departure.contain(nights.check_out())),
            ("below_min_stay", self.short(nights)),
            ("above_max_stay", self.long(nights)),
            ("preparation_needed", self.prepared(nights)),
            ("gap_left", self.gap(nights)),
            ("turnover_tight", free(nights.check_in()) || free(nights.check_out())),
        ];
        found.into_iter().filter(|(_, found)| *found).map(|(code, _)| code).collect()
    }
}

fn any_set() -> impl Strategy<Value = RuleSet> {
    let length =
        (1..6_u32, proptest::option::of(0..6_u32), any::<bool>(), any::<bool>(), proptest::option::of(1..5_u32));
    let length = length.prop_map(|(min, more, stay_through, keep_gaps, gap)| Length {
        min,
        max: more.map(|more| min + more),
        stay_through,
        keep_gaps,
        gap_min: gap.filter(|gap| *gap < min),
    });
    let some = || (0..128_u32, 0..128_u32).prop_map(|(one, other)| Weekdays::from_bits(one & other).unwrap());
    let days = (some(), some()).prop_map(|(no_arrival, no_departure)| Days { no_arrival, no_departure });
    let hour = (0..24_u32).prop_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap());
    let notice = (0..4_u32, proptest::option::of(hour)).prop_map(|(days, until)| Notice { days, until });
    let window = proptest::option::of(0..40_u32).prop_map(|days| Window { days });
    let tight = prop_oneof![Just(Tight::Warn), Just(Tight::Night)];
    let turnover = (0..4_u32, proptest::option::of(0..600_u32), tight)
        .prop_map(|(preparation, cleaning, tight)| Turnover { preparation, cleaning, tight });
    (
        proptest::option::of(length),
        proptest::option::of(days),
        proptest::option::of(notice),
        proptest::option::of(window),
        proptest::option::of(turnover),
    )
        .prop_map(|(length, days, notice, window, turnover)| RuleSet { length, days, notice, window, turnover })
}

fn any_rules() -> impl Strategy<Value = Vec<Rule>> {
    let span = || (-5..40_i64, 0..20_i64);
    (any_set(), any_set(), any_set(), any_set(), span(), span()).prop_map(|(all, own, season, dates, s, d)| {
        vec![
            rule(1, Level::Organization, all),
            rule(2, Level::Property, own),
            dated(rule(3, Level::Season, season), day(s.0), day(s.0 + s.1), false),
            dated(rule(4, Level::Date, dates), day(d.0), day(d.0 + d.1), false),
        ]
    })
}

fn any_stays() -> impl Strategy<Value = Vec<Occupant>> {
    let kind = prop_oneof![
        3 => Just(None),
        1 => Just(Some(BlockKind::OwnerStay)),
        1 => Just(Some(BlockKind::Maintenance)),
    ];
    proptest::collection::vec((-10..40_i64, 1..8_i64, kind), 0..6).prop_map(|stays| {
        stays
            .into_iter()
            .zip(1..)
            .map(|((from, count, kind), number)| stay(number, nights(from, count), kind))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_answer_agrees_with_a_reckoning_day_by_day(
        rules in any_rules(), stays in any_stays(), from in -3..45_i64, count in 1..9_i64,
    ) {
        let reckoning = Reckoning { rules: &rules, stays: &stays };
        let expected = reckoning.codes(nights(from, count));
        prop_assert_eq!(codes(&facts(rules.clone(), stays.clone()), nights(from, count)), expected);
    }

    #[test]
    fn days_are_kept_free_when_no_stay_can_have_them(rules in any_rules(), stays in any_stays()) {
        let house = facts(rules, stays);
        for found in house.days(nights(0, 40), now()) {
            let d = (found.date - day(0)).num_days();
            let mut stays = (d - 1..=d).flat_map(|from| (d + 1..d + 14).map(move |to| nights(from, to - from)));
            let possible = stays.any(|nights| {
                !house.check(nights, now()).iter().any(|r| matches!(r, Reason::Taken { .. } | Reason::Preparation { .. }))
            });
            let free = !matches!(found.state, DayState::Taken | DayState::Preparation);
            prop_assert_eq!(free, possible, "{:?}", found);
        }
    }

    #[test]
    fn the_next_free_nights_are_free_and_none_before_them_are(
        rules in any_rules(), stays in any_stays(), from in -3..45_i64, count in 1..9_i64,
    ) {
        let house = facts(rules, stays);
        let free = |nights: Nights| house.check(nights, now()).iter().all(Reason::is_warning);
        let next = house.next_free(nights(from, count), now());
        if let Some(next) = next {
            prop_assert!(free(next) && next.check_in() >= day(from) && i64::from(next.count()) >= count);
        }
        let until = next.map_or(60, |next| (next.check_in() - day(0)).num_days());
        for earlier in from.max(0)..until {
            prop_assert!(!free(nights(earlier, count)), "{}", day(earlier));
        }
    }
}
