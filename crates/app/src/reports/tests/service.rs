use db::{db_test, sql, testing::TestDb};
use kernel::{Actor, PermissionName, permissions::StaysCreate};

use super::*;
use crate::{
    stays::{self, NewStay, StayForm},
    testing::token_of,
};

async fn told_to(world: &World, actor: &Actor, nights: Nights) -> Report {
    let mut read = world.db.read().await.unwrap();
    report(&mut read, &actor.grant::<ReportsView>().unwrap(), &ask(nights), world.env.now()).await.unwrap()
}

#[db_test]
async fn booked_30_and_blocked_14_of_90_nights(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let rows = [
        Row::new(&world, house, 10, 40).priced(10_000),
        Row::new(&world, house, 40, 44).blocked(BlockKind::OwnerStay),
        Row::new(&world, house, 60, 70).blocked(BlockKind::Maintenance),
    ];
    put(&world, &rows).await;
    let report = told_to(&world, &world.home.owner.actor, nights(4, 94)).await;
    let counts = report.total.nights;
    assert_eq!((counts.occupancy(), counts.adjusted()), (Ratio { part: 30, whole: 90 }, Ratio { part: 30, whole: 76 }));
    assert_eq!(counts.adjusted().scaled(100), Some(39));
    assert_eq!((counts.used().part, counts.free()), (34, 46));
    assert_eq!(
        (counts.revenue, counts.adr().scaled(1), counts.revpar().scaled(1)),
        (300_000, Some(10_000), Some(3947))
    );
}

#[db_test]
async fn a_stay_across_a_month_is_split_by_its_frozen_nights(db: TestDb) {
    let world = World::new(db).await;
    let form = StayForm {
        unit_id: world.home.first.unit.to_string(),
        kind: "reservation".into(),
        check_in: "2027-01-30".into(),
        check_out: "2027-02-02".into(),
        adults: "2".into(),
        amount: "100".into(),
        ..StayForm::default()
    };
    let new = NewStay::parse(&form, "EUR".parse().unwrap()).unwrap();
    stays::book(&world.app, &world.manager::<StaysCreate>(), &new).await.unwrap();
    let january = told(&world, nights(1, 32)).await.total;
    let february = told(&world, nights(32, 60)).await.total;
    // 100.00 is 33.34 + 33.33 + 33.33, the larger first.
    assert_eq!((january.nights.sold, january.nights.revenue), (2, 6_667));
    assert_eq!((february.nights.sold, february.nights.revenue), (1, 3_333));
    assert_eq!((january.stays.arrivals, february.stays.arrivals), (1, 0));
    assert_eq!((january.stays.lead(), february.mean_stay().scaled(10)), (Ratio { part: 26, whole: 1 }, None));
}

#[db_test]
async fn what_nobody_pays_for_is_outside_adr_and_inside_use(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let rows = [
        Row::new(&world, house, 5, 7).priced(20_000),
        Row::new(&world, house, 7, 9).priced(0),
        Row::new(&world, house, 9, 10),
        Row::new(&world, house, 10, 15).blocked(BlockKind::OwnerStay),
    ];
    put(&world, &rows).await;
    let counts = told(&world, nights(4, 35)).await.total.nights;
    assert_eq!((counts.guest, counts.paid, counts.adr().scaled(1)), (5, 2, Some(20_000)));
    assert_eq!((counts.used().part, counts.owner, counts.held), (10, 5, 0));
}

#[db_test]
async fn a_night_is_counted_once_whoever_wants_it(db: TestDb) {
    let world = World::new(db).await;
    let (house, flat) = (world.home.first, world.home.second);
    let rooms = [world.add_unit(house, house.unit, "A").await, world.add_unit(house, house.unit, "B").await];
    let in_room = |room: usize| Row { unit: rooms[room], ..Row::new(&world, house, 10, 12).priced(5_000) };
    let mut rows = vec![
        in_room(0),
        in_room(1),
        // Somebody blocked the whole house later: rooms with guests are no blocked nights.
        Row::new(&world, house, 11, 14).blocked(BlockKind::Other),
        Row::new(&world, flat, 10, 13).priced(10_000),
        // Another channel sold the flat too, and has the one night that was left.
        Row::new(&world, flat, 11, 14).priced(7_000),
    ];
    rows[4].channel = Channel::Airbnb;
    let below = BTreeMap::from([(house.unit, vec![house.unit, rooms[0], rooms[1]])]);
    write(&world, &rows, &claims(&rows, &below)).await;
    let report = told(&world, nights(10, 14)).await;
    let counts = report.total.nights;
    assert_eq!((counts.total, counts.guest, counts.held), (8, 2 + 4, 2));
    assert_eq!((counts.sold, counts.revenue), (4 + 4, 4 * 5_000 + 3 * 10_000 + 7_000));
    let channels: Vec<_> = report.channels.iter().map(|(channel, figures)| (*channel, figures.nights.sold)).collect();
    assert_eq!(channels, [(Channel::Direct, 7), (Channel::Airbnb, 1)]);
    assert_eq!(counts.free(), 0);
}

#[db_test]
async fn every_status_counts_as_its_rule_says(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let rows: Vec<Row> = StayStatus::ALL
        .iter()
        .zip(0_i64..)
        .map(|(status, at)| Row::new(&world, house, 5 + 2 * at, 7 + 2 * at).priced(100).with_status(*status))
        .collect();
    put(&world, &rows).await;
    let report = told(&world, nights(5, 25)).await.total;
    // Confirmed, checked in, checked out; the first night of the no-show. Hold and pending are held.
    assert_eq!((report.nights.guest, report.nights.held, report.nights.revenue), (7, 4, 700));
    assert_eq!((report.stays.arrivals, report.stays.bookings, report.stays.cancelled), (3, 5, 1));
    assert_eq!(report.stays.cancelled_value(), Ratio { part: 200, whole: 1000 });
}

#[db_test]
async fn lead_time_is_known_only_of_bookings_that_were_seen(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.second;
    world.add_feed(&world.home).await;
    let feed = Some(world.home.feed());
    let from_feed = |days: i64, from: i64| Row {
        feed,
        created_at: world.env.now() + TimeDelta::days(days),
        ..Row::new(&world, house, from, from + 1)
    };
    let rows = [
        // The calendar brought it on its first day: it was booked some time before.
        from_feed(0, 20),
        from_feed(2, 26),
        // Half an hour before midnight in UTC it is the next day already in Madrid.
        Row { created_at: earlier(day(10), 0, 23), ..Row::new(&world, house, 11, 12) },
        // A history that was typed in.
        Row::new(&world, house, 2, 3),
    ];
    put(&world, &rows).await;
    let stays = told(&world, nights(1, 32)).await.total.stays;
    assert_eq!((stays.arrivals, stays.lead()), (4, Ratio { part: 20, whole: 2 }));
}

#[db_test]
async fn an_owner_is_told_of_their_own_properties_alone(db: TestDb) {
    let world = World::new(db).await;
    put(
        &world,
        &[Row::new(&world, world.home.first, 5, 8).priced(100), Row::new(&world, world.home.second, 5, 15).priced(900)],
    )
    .await;
    let report = told_to(&world, &world.home.owner.actor, nights(4, 35)).await;
    assert_eq!(report.houses.iter().map(|house| house.id).collect::<Vec<_>>(), [world.home.first.property]);
    assert_eq!((report.total.nights.sold, report.total.nights.revenue, report.total.nights.total), (3, 300, 31));
    let mut read = world.db.read().await.unwrap();
    let not_theirs = Ask { property: Some(world.home.second.property), ..ask(nights(4, 35)) };
    let grant = world.home.owner.grant::<ReportsView>();
    let refused = super::super::report(&mut read, &grant, &not_theirs, world.env.now()).await;
    assert!(matches!(refused, Err(ReportError::NotFound)));
    let foreign = told_to(&world, &world.foreign.manager.actor, nights(4, 35)).await;
    assert_eq!((foreign.total.nights.sold, foreign.total.nights.total), (0, 62));
}

#[db_test]
async fn who_may_not_see_money_is_told_of_none(db: TestDb) {
    let world = World::new(db).await;
    let cancelled = Row::new(&world, world.home.first, 20, 22).priced(100).with_status(StayStatus::Cancelled);
    put(&world, &[Row::new(&world, world.home.first, 5, 8).priced(100), cancelled]).await;
    let narrow = token_of(&world.home.manager, &[PermissionName::ReportsView]);
    let report = told_to(&world, &narrow, nights(4, 35)).await;
    assert_eq!((report.currency, report.total.nights.sold), (None, 3));
    let text = format!("{report:?}");
    for amount in ["revenue: 300", "booked_value: 500", "cancelled_value: 200", "revenue: 100"] {
        assert!(!text.contains(amount), "{amount}");
    }
}

#[db_test]
async fn the_statements_are_as_many_for_many_rows_as_for_few(db: TestDb) {
    let world = World::new(db).await;
    let mut seen = Vec::new();
    for round in 0..2 {
        let house = world.add_house("Another").await;
        let rows: Vec<Row> =
            (0..20).map(|at| Row::new(&world, house, 5 + 3 * at + round, 7 + 3 * at + round).priced(100)).collect();
        put(&world, &rows).await;
        seen.push(db::count_queries(told(&world, nights(1, 90))).await.1);
    }
    assert_eq!(seen, [4, 4]);
}

#[db_test]
async fn an_archived_property_counts_until_it_was_put_away(db: TestDb) {
    let world = World::new(db).await;
    let mut tx = world.db.begin().await.unwrap();
    sql!("UPDATE property SET archived_at = $3 WHERE organization_id = $1 AND id = $2")
        .bind(world.home.organization)
        .bind(world.home.second.property)
        .bind("2027-01-14T12:00:00Z".parse::<Instant>().unwrap())
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let report = told(&world, nights(4, 35)).await;
    assert_eq!((report.total.nights.total, report.properties.len()), (31 + 10, 2));
    let later = told(&world, nights(35, 45)).await;
    assert_eq!((later.total.nights.total, later.properties.len(), later.houses.len()), (10, 1, 2));
    assert_eq!(later.total_before.nights.total, 10);
}
