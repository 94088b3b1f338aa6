use chrono::Datelike as _;
use kernel::{PropertyId, Zone};

use super::{
    super::period::{before, between, last},
    *,
};
use crate::ui::PropertyColour;

fn counts(total: i64, guest: i64, owner: i64, held: i64) -> NightCounts {
    NightCounts { total, guest, owner, held, ..NightCounts::default() }
}

#[test]
fn booked_30_and_blocked_14_of_90_is_39_percent_for_sale_and_33_in_all() {
    let nights = counts(90, 30, 4, 10);
    assert_eq!(nights.adjusted(), Ratio { part: 30, whole: 76 });
    assert_eq!((nights.adjusted().scaled(100), nights.adjusted().scaled(10_000)), (Some(39), Some(3947)));
    assert_eq!((nights.occupancy(), nights.occupancy().scaled(100)), (Ratio { part: 30, whole: 90 }, Some(33)));
    assert_eq!(nights.used(), Ratio { part: 34, whole: 90 });
    assert_eq!(nights.free(), 46);
}

#[test]
fn a_portfolio_is_the_ratio_of_its_sums() {
    let (mut both, small, large) = (NightCounts::default(), counts(10, 10, 0, 0), counts(90, 0, 0, 0));
    both += small;
    both += large;
    assert_eq!(both.occupancy().scaled(100), Some(10));
    let mean_of_ratios = (small.occupancy().scaled(100).unwrap() + large.occupancy().scaled(100).unwrap()) / 2;
    assert_eq!(mean_of_ratios, 50);
}

#[test]
fn ratios_are_rounded_half_up_and_nothing_is_said_of_nothing() {
    let scaled = |part, whole, scale| Ratio { part, whole }.scaled(scale);
    assert_eq!((scaled(1, 8, 100), scaled(1, 2, 1), scaled(1, 3, 1)), (Some(13), Some(1), Some(0)));
    assert_eq!(scaled(i64::MAX, 1, 10_000), None);
    assert_eq!((scaled(0, 0, 100), scaled(5, 0, 100)), (None, None));
    assert_eq!(scaled(10_000_000_000_000, 3, 1), Some(3_333_333_333_333));
}

#[test]
fn adr_times_adjusted_occupancy_is_revpar_when_every_night_has_a_price() {
    let nights = NightCounts { sold: 30, paid: 30, revenue: 300_000, ..counts(90, 30, 4, 10) };
    assert_eq!((nights.adr().scaled(1), nights.revpar().scaled(1)), (Some(10_000), Some(3947)));
    let free = NightCounts { paid: 20, ..nights };
    assert_eq!(free.adr().scaled(1), Some(15_000));
}

#[test]
fn periods_are_named_from_today() {
    let today: Date = "2028-02-29".parse().unwrap();
    let named = |name: PeriodName| {
        let nights = name.nights(today).unwrap();
        (nights.check_in().to_string(), last(nights).to_string())
    };
    let expected = [
        (PeriodName::ThisMonth, "2028-02-01", "2028-02-29"),
        (PeriodName::LastMonth, "2028-01-01", "2028-01-31"),
        (PeriodName::Next30Days, "2028-02-29", "2028-03-29"),
        (PeriodName::Next90Days, "2028-02-29", "2028-05-28"),
        (PeriodName::ThisYear, "2028-01-01", "2028-12-31"),
        (PeriodName::Last12Months, "2027-02-01", "2028-01-31"),
    ];
    for (name, from, to) in expected {
        assert_eq!(named(name), (from.to_owned(), to.to_owned()), "{name}");
    }
    assert_eq!(PeriodName::Custom.nights(today), None);
}

#[test]
fn own_dates_are_both_nights_of_the_period() {
    assert_eq!(between("2027-01-01", "2027-01-31").unwrap(), nights(1, 32));
    assert_eq!(between(" 2027-01-01", "2027-01-01").unwrap().count(), 1);
    assert_eq!(between("2024-01-01", "2026-12-31").unwrap().count(), 1096);
    let problems = |from: &str, to: &str| {
        between(from, to).unwrap_err().iter().map(|error| (error.field, error.code)).collect::<Vec<_>>()
    };
    assert_eq!(problems("2027-01-02", "2027-01-01"), [("until", "until_before_from")]);
    assert_eq!(problems("2024-01-01", "2027-01-01"), [("until", "period_too_long")]);
    assert_eq!(problems("", "soon"), [("from", "required"), ("until", "date_invalid")]);
    assert_eq!(problems("1027-01-01", "2200-01-01"), [("from", "date_out_of_range"), ("until", "date_out_of_range")]);
}

#[test]
fn a_period_is_compared_with_as_many_nights_before_it() {
    assert_eq!(before(nights(1, 32)), nights(-30, 1));
    assert_eq!(before(nights(1, 32)).count(), 31);
}

#[test]
fn steps_cover_the_period_once() {
    for (from, until) in [(1, 2), (1, 32), (10, 72), (10, 73), (-40, 400)] {
        let period = nights(from, until);
        let step = Step::of(period);
        let steps = step.split(period);
        assert_eq!(steps.iter().map(|step| step.count()).sum::<u32>(), period.count());
        assert!(steps.windows(2).all(|two| two[0].check_out() == two[1].check_in()));
        for part in &steps {
            assert_eq!(step.key(part.check_in()), step.key(last(*part)));
            assert!(step == Step::Month || part.count() == 1);
        }
        let letters = usize::try_from(step.letters()).unwrap();
        assert_eq!(step.key(period.check_in()), period.check_in().to_string()[..letters]);
    }
    assert_eq!(Step::of(nights(1, 63)), Step::Day);
    assert_eq!(Step::of(nights(1, 64)), Step::Month);
    assert_eq!(Step::Month.split(nights(20, 80))[1].check_in().day(), 1);
}

fn house(created_at: &str, archived_at: Option<&str>, first_night: Option<Date>, last_night: Option<Date>) -> House {
    House {
        id: PropertyId::from_uuid(uuid::Uuid::nil()),
        name: "House".to_owned(),
        colour: PropertyColour::Teal,
        zone: "Pacific/Auckland".parse::<Zone>().unwrap(),
        created_at: created_at.parse().unwrap(),
        archived_at: archived_at.map(|at| at.parse().unwrap()),
        first_night,
        last_night,
    }
}

#[test]
fn a_property_is_there_from_its_first_night_until_it_is_archived() {
    let january = nights(1, 32);
    // In Auckland it is the 11th already.
    let added = "2027-01-10T12:00:00Z";
    assert_eq!(house("2026-05-01T00:00:00Z", None, None, None).nights_in(january), 31);
    assert_eq!(house(added, None, None, None).nights_in(january), 21);
    assert_eq!(house(added, None, Some(day(5)), Some(day(6))).nights_in(january), 27);
    assert_eq!(house(added, None, Some(day(20)), Some(day(21))).nights_in(january), 21);
    assert_eq!(house(added, Some("2027-01-20T12:00:00Z"), None, None).nights_in(january), 10);
    assert_eq!(house(added, Some("2027-01-20T12:00:00Z"), Some(day(12)), Some(day(25))).nights_in(january), 15);
    assert_eq!(house("2027-03-01T00:00:00Z", None, None, None).nights_in(january), 0);
    assert_eq!(house(added, Some("2027-01-20T12:00:00Z"), None, None).nights_in(nights(40, 50)), 0);
}
