use kernel::{Date, StayId, UnitId};

use super::*;
use crate::{
    calendar::{model::Bar, month::Month},
    stays::{Channel, StayKind, StayStatus},
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn bar(check_in: &str, check_out: &str) -> Bar {
    Bar {
        id: StayId::from_uuid(uuid::Uuid::from_u128(1)),
        unit_id: UnitId::from_uuid(uuid::Uuid::from_u128(2)),
        kind: StayKind::Reservation,
        status: StayStatus::Confirmed,
        channel: Channel::Direct,
        label: "Zoë".into(),
        check_in: day(check_in),
        check_out: day(check_out),
        conflict: false,
        needs_review: false,
    }
}

#[test]
fn a_month_has_whole_weeks_and_neighbours() {
    let month = Month::parse("2027-01").unwrap();
    assert_eq!(month.span(), (day("2026-12-28"), day("2027-02-01")));
    assert_eq!((month.before().code(), month.after().code()), ("2026-12".into(), "2027-02".into()));
    assert_eq!(Month::of(day("2027-02-28")).span(), (day("2027-02-01"), day("2027-03-01")));
    for wrong in ["", "2027-13", "1999-12", "9999-01", "2027-01-01"] {
        assert_eq!(Month::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_stay_goes_from_an_afternoon_to_a_morning_and_on_in_the_next_week() {
    let bars = [bar("2027-01-06", "2027-01-08"), bar("2027-01-08", "2027-01-13"), bar("2027-01-09", "2027-01-11")];
    let month = Month::parse("2027-01").unwrap();
    let weeks = month.weeks(&bars, &[]);
    let pieces = |week: usize| -> Vec<(u64, u64, bool, bool)> {
        weeks[week].pieces.iter().map(|p| (p.start, p.end, p.begins, p.ends)).collect()
    };
    // Wednesday afternoon to Friday morning, and from that afternoon over Sunday; the third leaves on the next Monday's morning.
    assert_eq!(pieces(1), [(6, 10, true, true), (10, 15, true, false), (12, 15, true, false)]);
    assert_eq!(pieces(2), [(1, 6, false, true), (1, 2, false, true)]);
    assert_eq!((pieces(0), pieces(3)), (vec![], vec![]));
    assert_eq!(weeks[0].days.iter().filter(|day| day.inside).count(), 3);
}

#[db_test]
async fn the_month_of_a_property_shows_its_stays_and_turnovers(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let room = world.add_unit(house, house.unit, "Blue room").await;
    add(&world, house.unit, "2027-01-05", "2027-01-07", "Zoë O'Brien").await;
    add(&world, room, "2027-01-20", "2027-01-22", "Ana Ruiz").await;
    add(&world, world.home.second.unit, "2027-01-05", "2027-01-07", "Somebody else").await;
    let mut browser = world.site().browser(&world.home.manager);
    let address = format!("/properties/{}/calendar", house.property);
    let page = browser.get(&address).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("January 2027") && page.body.contains("Zoë O&#39;Brien"), "{}", page.body);
    assert!(page.body.contains("Ana Ruiz · Blue room") && !page.body.contains("Somebody else"));
    assert_eq!(page.body.matches("mc-turnover").count(), 2, "{}", page.body);
    assert!(page.body.contains(&format!("{address}?month=2026-12")));
    let part = browser.get(&format!("{address}?month=2027-01&unit={room}")).await.body;
    assert!(part.contains("Ana Ruiz") && !part.contains("Zoë"), "{part}");
    assert!(browser.get(&format!("{address}?month=2027-03")).await.body.contains("No stays in this month"));
    assert!(browser.get(&format!("{address}?month=soon")).await.body.contains("January 2027"));
    let overview = browser.get(&format!("/properties/{}", house.property)).await.body;
    assert!(overview.contains(&address), "the bar of the property leads there");
    assert_eq!(world.site().browser(&world.home.staff).get(&address).await.status, StatusCode::FORBIDDEN);
    let foreign = format!("/properties/{}/calendar", world.foreign.first.property);
    assert_eq!(browser.get(&foreign).await.status, StatusCode::NOT_FOUND);
}
