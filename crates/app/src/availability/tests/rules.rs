//! Which rule applies, what contradicts, and what is refused.

use super::*;

fn min_on(rules: &[Rule], date: Date) -> u32 {
    Rules::of_all(rules.to_vec()).length(date).what.min
}

#[test]
fn dates_come_before_seasons_before_the_property_before_all_properties() {
    let mut rules = vec![rule(1, Level::Organization, at_least(2))];
    assert_eq!(min_on(&rules, day(5)), 2);
    rules.push(rule(2, Level::Property, at_least(3)));
    assert_eq!(min_on(&rules, day(5)), 3);
    rules.push(dated(rule(3, Level::Season, at_least(4)), day(0), day(9), false));
    assert_eq!(min_on(&rules, day(5)), 4);
    rules.push(dated(rule(4, Level::Date, at_least(5)), day(5), day(5), false));
    assert_eq!([day(4), day(5), day(6), day(10)].map(|date| min_on(&rules, date)), [4, 5, 4, 3]);
    assert_eq!(min_on(&[], day(5)), 1, "nothing said, nothing restricted");
}

#[test]
fn of_seasons_the_priority_decides_then_the_shorter_then_the_own_then_the_last_made() {
    let season =
        |number, min, first, last| dated(rule(number, Level::Season, at_least(min)), day(first), day(last), false);
    let (long, short) = (season(1, 2, 0, 60), season(2, 3, 10, 20));
    assert_eq!(min_on(&[long.clone(), short.clone()], day(15)), 3);
    let urgent = Rule { priority: 1, ..long.clone() };
    assert_eq!(min_on(&[urgent, short.clone()], day(15)), 2);
    let own = Rule { property_id: Some(PropertyId::from_uuid(Uuid::nil())), ..season(3, 4, 10, 20) };
    assert_eq!(min_on(&[short.clone(), own.clone(), season(4, 5, 10, 20)], day(15)), 4);
    assert_eq!(min_on(&[short, season(4, 5, 10, 20)], day(15)), 5);
    assert_eq!(Rules::of(PropertyId::from_uuid(Uuid::max()), &[own, long]).iter().count(), 1, "another's season");
}

#[test]
fn a_group_is_taken_whole_and_the_groups_apart() {
    let limited = RuleSet {
        length: Some(Length { min: 2, max: Some(10), ..Length::default() }),
        notice: Some(Notice { days: 3, until: None }),
        ..RuleSet::default()
    };
    let rules = Rules::of_all(vec![rule(1, Level::Organization, limited), rule(2, Level::Property, at_least(1))]);
    assert_eq!((rules.length(day(0)).what.max, rules.notice(day(0)).what.days), (None, 3));
    assert_eq!(rules.length(day(0)).by.map(|rule| rule.level), Some(Level::Property));
    assert_eq!(rules.below(Level::Property).length(day(0)).what.max, Some(10));
}

#[test]
fn a_yearly_season_comes_again_and_may_reach_into_the_next_year() {
    let span = Span { first: date("2027-12-20"), last: date("2028-01-06"), yearly: true };
    let has = |text| span.contains(date(text));
    assert!(has("2027-12-20") && has("2028-01-06") && has("2031-01-01") && has("2031-12-31"));
    assert!(!has("2027-12-19") && !has("2027-01-03") && !has("2029-01-07"), "not before it first began");
    assert_eq!(span.next(date("2029-01-06")), Some((date("2028-12-20"), date("2029-01-06"))));
    assert_eq!(span.next(date("2029-01-07")), Some((date("2029-12-20"), date("2030-01-06"))));
    let once = Span { yearly: false, ..span };
    assert!(once.contains(date("2028-01-06")) && !once.contains(date("2028-12-25")));
    assert_eq!(once.next(date("2028-01-07")), None);
    assert_eq!(once.next(date("2020-01-01")), Some((once.first, once.last)));
    let leap = Span { first: date("2028-02-29"), last: date("2028-02-29"), yearly: true };
    assert!(
        leap.contains(date("2029-02-28")) && leap.contains(date("2032-02-29")) && !leap.contains(date("2032-02-28"))
    );
}

#[test]
fn what_leaves_nothing_to_book_is_told() {
    let found = |set| Rules::of_all(vec![rule(1, Level::Organization, set)]).contradiction(day(0));
    let days = |arrival, departure| {
        let all_but = |days: &[Weekday]| Weekday::ALL.iter().copied().filter(|day| !days.contains(day)).collect();
        Some(Days { no_arrival: all_but(arrival), no_departure: all_but(departure) })
    };
    assert_eq!(found(RuleSet::default()), None);
    assert_eq!(found(at_least(30)), None);
    assert_eq!(found(RuleSet { days: days(&[], &[Weekday::Monday]), ..at_least(1) }), Some(Contradiction::NoArrival));
    let saturdays = days(&[Weekday::Saturday], &[Weekday::Saturday]);
    assert_eq!(found(RuleSet { days: saturdays, ..at_least(3) }), None);
    let short = Some(Length { min: 3, max: Some(6), ..Length::default() });
    assert_eq!(found(RuleSet { days: saturdays, length: short, ..RuleSet::default() }), Some(Contradiction::NoLength));
    let (notice, window) = (Some(Notice { days: 8, until: None }), Some(Window { days: Some(7) }));
    let late = RuleSet { notice, window, ..RuleSet::default() };
    assert_eq!(found(late), Some(Contradiction::NoticeBeyondWindow));
}

#[test]
fn what_was_typed_is_read_or_refused_with_its_field() {
    let refused = |form: &RuleForm| {
        let errors = NewRule::parse(form).unwrap_err();
        errors.iter().map(|error| (error.field, error.code)).collect::<Vec<_>>()
    };
    let on = || "true".to_owned();
    assert_eq!(NewRule::parse(&form(Level::Organization)).unwrap().set, RuleSet::default());
    let length = RuleForm { length: on(), min_nights: "3".into(), ..form(Level::Organization) };
    assert_eq!(NewRule::parse(&length).unwrap().set, at_least(3));
    let wrong = RuleForm { max_nights: "2".into(), gap_min_nights: "3".into(), ..length.clone() };
    assert_eq!(refused(&wrong), [("max_nights", "max_below_min"), ("gap_min_nights", "gap_min_not_below")]);
    for (typed, code) in [("x", "not_a_number"), ("0", "too_small"), ("366", "too_large")] {
        assert_eq!(refused(&RuleForm { min_nights: typed.into(), ..length.clone() }), [("min_nights", code)]);
    }
    assert_eq!(refused(&form(Level::Property)), [("property_id", "required")]);
    let season = RuleForm { first_day: "2027-06-15".into(), last_day: "2027-06-01".into(), ..form(Level::Season) };
    assert_eq!(refused(&season), [("name", "required"), ("last_day", "last_before_first")]);
    let season = RuleForm { name: "Summer".into(), last_day: "2028-06-15".into(), yearly: on(), ..season };
    assert_eq!(refused(&season), [("last_day", "longer_than_a_year")]);
    let season = RuleForm { last_day: "2027-09-15".into(), ..season };
    assert_eq!(refused(&season), [("", "rule_says_nothing")]);
    let notice = RuleForm { notice: on(), notice_days: "1".into(), notice_until: "25:00".into(), ..season.clone() };
    assert_eq!(refused(&notice), [("notice_until", "time_invalid")]);
    let days = RuleForm { days: on(), no_arrival: vec!["sunday".into(), "someday".into()], ..season };
    assert_eq!(refused(&days), [("no_arrival", "choice_unknown")]);

    let all = RuleForm {
        property_id: PropertyId::from_uuid(Uuid::nil()).to_string(),
        priority: "7".into(),
        length: on(),
        min_nights: "3".into(),
        max_nights: "14".into(),
        stay_through: on(),
        keep_gaps: on(),
        gap_min_nights: "2".into(),
        no_arrival: vec!["monday".into(), "sunday".into()],
        notice: on(),
        notice_days: "1".into(),
        notice_until: "18:30".into(),
        window: on(),
        window_days: "365".into(),
        turnover: on(),
        preparation_nights: "1".into(),
        cleaning_minutes: "180".into(),
        tight: "night".into(),
        ..days
    };
    let new = NewRule::parse(&all).unwrap();
    let kept = Rule {
        property_id: new.property_id,
        name: new.name.clone(),
        span: new.span,
        priority: new.priority,
        ..rule(1, Level::Season, new.set)
    };
    assert_eq!(RuleForm::of(&kept), all, "the form of a rule is what made it");
}
