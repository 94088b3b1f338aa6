mod plans;

use std::time::Duration;

use db::{Insert, db_test, sql, testing::TestDb};
use http::StatusCode;
use kernel::{FeedId, StayId, UnitId, permissions::StaysCreate};

use super::{model::Overview, service::overview};
use crate::{
    stays::{NewStay, StayForm, book},
    testing::{Member, World},
};

const SIX_HOURS: Duration = Duration::from_secs(6 * 3_600);

async fn add(world: &World, unit: UnitId, check_in: &str, check_out: &str, guest: &str) -> StayId {
    let form = StayForm {
        unit_id: unit.to_string(),
        kind: "reservation".into(),
        check_in: check_in.into(),
        check_out: check_out.into(),
        guest_name: guest.into(),
        adults: "2".into(),
        ..StayForm::default()
    };
    let new = NewStay::parse(&form, "EUR".parse().unwrap()).unwrap();
    book(&world.app, &world.manager::<StaysCreate>(), &new).await.unwrap().id
}

async fn set_zone(world: &World, unit: UnitId, zone: &str) {
    let mut tx = world.db.begin().await.unwrap();
    sql!("UPDATE property SET zone = $3 WHERE organization_id = $1 AND id = (SELECT property_id FROM unit WHERE organization_id = $1 AND id = $2)")
        .bind(world.home.organization)
        .bind(unit)
        .bind(zone)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn feed(world: &World, unit: UnitId, created: &str, last_good: Option<&str>) -> FeedId {
    let id = FeedId::new(&world.env);
    let instant = |text: &str| text.parse::<kernel::Instant>().unwrap();
    let mut tx = world.db.begin().await.unwrap();
    Insert::into(
        "feed",
        [
            "organization_id",
            "id",
            "unit_id",
            "channel",
            "default_kind",
            "address_sealed",
            "address_hash",
            "last_good_at",
            "created_at",
            "updated_at",
        ],
    )
    .rows([db::row![
        world.home.organization,
        id,
        unit,
        "airbnb",
        "reservation",
        vec![1_u8],
        id.uuid().as_bytes().to_vec(),
        last_good.map(instant),
        instant(created),
        instant(created)
    ]])
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn seen_by(world: &World, member: &Member) -> Overview {
    let mut read = world.db.read().await.unwrap();
    overview(&mut read, &member.actor, world.env.now(), SIX_HOURS).await.unwrap()
}

#[db_test]
async fn the_day_is_counted_by_the_date_at_each_property(db: TestDb) {
    let world = World::new(db).await;
    let (east, west) = (world.home.first.unit, world.home.second.unit);
    set_zone(&world, east, "Pacific/Kiritimati").await;
    set_zone(&world, west, "Pacific/Pago_Pago").await;
    world.clock.set("2027-01-04T10:30:00Z".parse().unwrap());
    for (unit, ends) in [(east, "2027-01-05"), (west, "2027-01-03")] {
        add(&world, unit, "2027-01-01", ends, "Leaves").await;
        add(&world, unit, ends, "2027-01-09", "Comes").await;
    }
    let other = world.add_house("Not today").await;
    add(&world, other.unit, "2027-01-05", "2027-01-07", "Tomorrow").await;
    let there = world.add_house("In the middle of it").await;
    add(&world, there.unit, "2027-01-02", "2027-01-07", "There").await;

    let seen = seen_by(&world, &world.home.manager).await;
    let stays = seen.stays.unwrap();
    let names = |part: &super::model::Part<super::model::StayToday>| -> Vec<String> {
        part.rows.iter().map(|stay| format!("{} {}", stay.place.name(), stay.guest_name.as_deref().unwrap())).collect()
    };
    assert_eq!(names(&stays.arrivals), ["Beach house Comes", "City flat Comes"]);
    assert_eq!(names(&stays.departures), ["Beach house Leaves", "City flat Leaves"]);
    assert_eq!((stays.in_house, seen.setup), (1, None));
    let work = seen.work.unwrap();
    assert_eq!((work.counts.today, work.counts.overdue, work.due.len()), (2, 0, 2));
}

#[db_test]
async fn only_the_first_rows_are_shown_and_all_are_counted(db: TestDb) {
    let world = World::new(db).await;
    let (_, few) = db::count_queries(seen_by(&world, &world.home.manager)).await;
    for n in 0..11_u8 {
        let name: &'static str = Box::leak(format!("House {n}").into_boxed_str());
        let house = world.add_house(name).await;
        add(&world, house.unit, "2027-01-01", "2027-01-04", "Leaves").await;
        add(&world, house.unit, "2027-01-04", "2027-01-05", "Comes").await;
    }
    let (seen, many) = db::count_queries(seen_by(&world, &world.home.manager)).await;
    let stays = seen.stays.unwrap();
    assert_eq!((stays.arrivals.rows.len(), stays.arrivals.total, stays.arrivals.more()), (8, 11, 3));
    assert_eq!((stays.departures.total, seen.work.unwrap().due.len()), (11, 8));
    assert_eq!((few, many), (10, 9));
}

#[db_test]
async fn each_role_sees_its_part(db: TestDb) {
    let world = World::new(db).await;
    add(&world, world.home.first.unit, "2027-01-04", "2027-01-06", "Zoë O'Brien").await;
    add(&world, world.home.second.unit, "2027-01-04", "2027-01-06", "Ana Ruiz").await;
    let owner = seen_by(&world, &world.home.owner).await.stays.unwrap();
    assert_eq!((owner.arrivals.total, owner.arrivals.rows[0].guest_name.as_deref()), (1, Some("Zoë O'Brien")));
    let staff = seen_by(&world, &world.home.staff).await;
    assert!(staff.stays.is_none() && staff.work.is_some() && staff.setup.is_none());
    let foreign = seen_by(&world, &world.foreign.manager).await;
    assert!(foreign.stays.unwrap().arrivals.is_empty() && foreign.setup.is_some());

    let manager = world.site().browser(&world.home.manager).get("/dashboard").await;
    assert_eq!(manager.status, StatusCode::OK, "{}", manager.body);
    assert!(manager.body.contains("Zoë O&#39;Brien") && manager.body.contains("From 4:00 PM"), "{}", manager.body);
    let staff = world.site().browser(&world.home.staff).get("/dashboard").await;
    assert!(!staff.body.contains("Zoë") && staff.body.contains("Nothing to do today"), "{}", staff.body);
}

#[db_test]
async fn an_empty_account_is_led_to_its_first_calendar(db: TestDb) {
    let world = World::new(db).await;
    let states = |seen: &Overview| seen.setup.map(|setup| [setup.state(1), setup.state(2), setup.state(3)]);
    let manager = &world.home.manager;
    assert_eq!(states(&seen_by(&world, manager).await), Some(["done", "now", "later"]));
    feed(&world, world.home.first.unit, "2027-01-04T08:00:00Z", None).await;
    assert_eq!(states(&seen_by(&world, manager).await), Some(["done", "done", "now"]));
    let page = world.site().browser(manager).get("/dashboard").await;
    assert!(page.body.contains("Three steps to your calendar") && page.body.contains("aria-current=\"step\""));
    add(&world, world.home.first.unit, "2027-03-04", "2027-03-06", "Zoë").await;
    assert_eq!(states(&seen_by(&world, manager).await), None);
}

#[db_test]
async fn stale_calendars_and_conflicts_are_shown_to_those_who_see_the_property(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let old = feed(&world, unit, "2027-01-01T00:00:00Z", Some("2027-01-04T02:59:00Z")).await;
    let never = feed(&world, world.home.second.unit, "2027-01-01T00:00:00Z", None).await;
    feed(&world, unit, "2027-01-01T00:00:00Z", Some("2027-01-04T03:01:00Z")).await;
    feed(&world, unit, "2027-01-04T08:00:00Z", None).await;
    let stay = add(&world, unit, "2027-01-04", "2027-01-06", "Zoë").await;
    let waiting = world.add_stay(world.home.first, "2027-01-05", "2027-01-07").await;
    let mut tx = world.db.begin().await.unwrap();
    Insert::into("unit_night_wait", ["organization_id", "unit_id", "night", "stay_id"])
        .rows([db::row![world.home.organization, unit, "2027-01-05".parse::<kernel::Date>().unwrap(), waiting]])
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let seen = seen_by(&world, &world.home.manager).await.stays.unwrap();
    assert_eq!(seen.stale_feeds.rows.iter().map(|feed| feed.id).collect::<Vec<_>>(), [never, old]);
    assert_eq!(seen.conflicts.rows.iter().map(|stay| (stay.id, stay.nights)).collect::<Vec<_>>(), [(waiting, 1)]);
    assert_ne!(stay, waiting);
    let owner = seen_by(&world, &world.home.owner).await.stays.unwrap();
    assert_eq!((owner.stale_feeds.total, owner.conflicts.total), (1, 1));
    let page = world.site().browser(&world.home.manager).get("/dashboard").await;
    assert!(
        page.body.contains("Never read so far") && page.body.contains("1 night is held by another stay"),
        "{}",
        page.body
    );
}
