//! Which nights an export tells of.

use chrono::TimeDelta;
use db::{db_test, testing::TestDb};
use kernel::permissions::{StaysCancel, StaysEdit};

use super::*;
use crate::feeds::tests::{add_to, calendar, event, run_jobs, sync};

#[db_test]
async fn a_channel_reads_what_it_did_not_sell_without_a_word_of_the_guests(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let (airbnb, vrbo) = (add(&world, unit, FeedChannel::Airbnb).await, add(&world, unit, FeedChannel::Vrbo).await);
    assert_eq!(listed(&world, airbnb).await, ["2000-01-01/2000-01-02"], "empty calendars are refused by some");

    let direct = book(&world, unit, "direct", "2027-01-10", "2027-01-14").await;
    book(&world, unit, "airbnb", "2027-01-14", "2027-01-18").await;
    book(&world, world.home.second.unit, "direct", "2027-01-10", "2027-01-20").await;
    assert_eq!(listed(&world, airbnb).await, ["2027-01-10/2027-01-14"]);
    assert_eq!(listed(&world, vrbo).await, ["2027-01-10/2027-01-14", "2027-01-14/2027-01-18"]);
    let text = read(&world, airbnb).await;
    for secret in ["Ana", "guests.example", "Beach", "EUR"] {
        assert!(!text.contains(secret), "{text}");
    }
    let uid = format!("UID:{}@", direct.id);
    assert!(text.contains(&uid) && text.contains("DTSTAMP:20270104T090000Z"), "{text}");

    world.clock.advance(TimeDelta::hours(1));
    assert_eq!(read(&world, airbnb).await, text, "nothing changed, so nothing does");
    stays::cancel(&world.app, &world.manager::<StaysCancel>(), direct.id, None).await.unwrap();
    assert_eq!(listed(&world, airbnb).await, ["2000-01-01/2000-01-02"]);
    stays::reinstate(&world.app, &world.manager::<StaysEdit>(), direct.id, None).await.unwrap();
    assert!(read(&world, airbnb).await.contains(&uid), "the id is for ever");
    world.clock.advance(TimeDelta::days(11));
    assert_eq!(listed(&world, airbnb).await, ["2000-01-01/2000-01-02"], "what is over is left out");
    assert_eq!(listed(&world, vrbo).await, ["2027-01-14/2027-01-18"]);
}

#[db_test]
async fn a_house_takes_its_rooms_and_a_room_takes_the_house(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let blue = world.add_unit(house, house.unit, "Blue room").await;
    let red = world.add_unit(house, house.unit, "Red room").await;
    let whole = add(&world, house.unit, FeedChannel::Airbnb).await;
    let of_blue = add(&world, blue, FeedChannel::Airbnb).await;
    let of_red = add(&world, red, FeedChannel::Vrbo).await;
    // Two listings of one channel: what it sold of the one it does not know of the other.
    book(&world, house.unit, "airbnb", "2027-02-01", "2027-02-05").await;
    book(&world, blue, "airbnb", "2027-02-10", "2027-02-12").await;
    assert_eq!(listed(&world, whole).await, ["2027-02-10/2027-02-12"]);
    assert_eq!(listed(&world, of_blue).await, ["2027-02-01/2027-02-05"]);
    assert_eq!(listed(&world, of_red).await, ["2027-02-01/2027-02-05"]);
}

#[db_test]
async fn a_no_show_tells_of_the_night_that_it_keeps(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let export = add(&world, unit, FeedChannel::Vrbo).await;
    let kept = book(&world, unit, "direct", "2027-01-04", "2027-01-08").await;
    let freed = book(&world, world.home.second.unit, "direct", "2027-01-04", "2027-01-08").await;
    let other = add(&world, world.home.second.unit, FeedChannel::Vrbo).await;
    let grant = world.manager::<StaysEdit>();
    stays::mark_no_show(&world.app, &grant, kept.id, None, true).await.unwrap();
    stays::mark_no_show(&world.app, &grant, freed.id, None, false).await.unwrap();
    assert_eq!(listed(&world, export).await, ["2027-01-04/2027-01-05"]);
    assert_eq!(listed(&world, other).await, ["2000-01-01/2000-01-02"]);
}

#[db_test]
async fn both_stays_of_a_conflict_are_told_and_our_own_events_are_not_read_back(db: TestDb) {
    const VRBO: &str = "https://www.vrbo.com/icalendar/secret.ics";
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let (airbnb, vrbo) = (add(&world, unit, FeedChannel::Airbnb).await, add(&world, unit, FeedChannel::Vrbo).await);
    book(&world, unit, "direct", "2027-01-10", "2027-01-14").await;
    let feed = add_to(&world, unit, FeedChannel::Vrbo, VRBO).await;
    world.sites.body(VRBO, calendar(&event("a@vrbo", "2027-01-12", "2027-01-16", "Reserved - Ana")));
    run_jobs(&world).await;
    assert_eq!(listed(&world, airbnb).await, ["2027-01-10/2027-01-14", "2027-01-12/2027-01-16"]);
    assert_eq!(listed(&world, vrbo).await, ["2027-01-10/2027-01-14"]);

    let ours = read(&world, airbnb).await;
    world.sites.body(VRBO, ours.as_bytes());
    let (_, lines) = sync(&world, feed).await;
    let own = lines.decisions.iter().filter(|line| line.reason == crate::feeds::Reason::OwnEvent).count();
    assert_eq!(own, 2, "{lines:?}");
}

#[db_test]
async fn another_place_is_told_all_but_what_its_own_calendar_brought(db: TestDb) {
    const OTHER: &str = "https://small.example/a.ics";
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let feed = add_to(&world, unit, FeedChannel::Other, OTHER).await;
    world.sites.body(OTHER, calendar(&event("a@small", "2027-01-20", "2027-01-24", "Ana")));
    run_jobs(&world).await;
    book(&world, unit, "other", "2027-01-10", "2027-01-14").await;
    let all = add(&world, unit, FeedChannel::Other).await;
    let its_own = try_add(&world, unit, FeedChannel::Other, &feed.to_string()).await.unwrap();
    assert_eq!(listed(&world, all).await, ["2027-01-10/2027-01-14", "2027-01-20/2027-01-24"]);
    assert_eq!(listed(&world, its_own).await, ["2027-01-10/2027-01-14"]);
}

#[db_test]
async fn a_channel_is_published_for_once_and_only_with_what_belongs_together(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let first = add(&world, unit, FeedChannel::Airbnb).await;
    let code = |refused: Result<ExportId, FeedError>, field: &str| match refused {
        Err(FeedError::Invalid(errors)) => errors.of(field).map(|error| error.code),
        other => panic!("{other:?}"),
    };
    assert_eq!(code(try_add(&world, unit, FeedChannel::Airbnb, "").await, "channel"), Some("channel_taken"));
    exports::remove(&world.app, &world.manager(), first).await.unwrap();
    add(&world, unit, FeedChannel::Airbnb).await;
    let foreign = try_add(&world, world.foreign.first.unit, FeedChannel::Airbnb, "").await;
    assert_eq!(code(foreign, "unit_id"), Some("choice_unknown"));
    let elsewhere = add_to(&world, world.home.second.unit, FeedChannel::Other, "https://small.example/a.ics").await;
    let refused = try_add(&world, unit, FeedChannel::Other, &elsewhere.to_string()).await;
    assert_eq!(code(refused, "feed_id"), Some("choice_unknown"));
}
