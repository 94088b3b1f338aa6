use std::sync::Arc;

use db::{db_test, testing::TestDb};
use kernel::permissions::{StaysCancel, StaysCreate, StaysEdit, StaysView};

use super::*;

#[db_test]
async fn the_same_night_is_not_sold_twice_and_departure_days_are_free(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let stay = book(&world, unit, 5, 8).await.unwrap();
    let Err(StayError::Taken(other)) = book(&world, unit, 7, 9).await else { panic!("sold twice") };
    assert_eq!((other.stay, other.first_night, other.count), (stay.id, date("2027-01-07"), 1));
    assert_eq!(other.guest_name.as_deref(), Some("Zoë O'Brien"));
    book(&world, unit, 8, 9).await.unwrap();
    book(&world, unit, 3, 5).await.unwrap();
    book(&world, world.home.second.unit, 5, 8).await.unwrap();
    assert_eq!(find(&world, stay.id).await, stay);
}

#[db_test]
async fn a_house_excludes_its_rooms_and_rooms_do_not_exclude_each_other(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let (blue, red) = (world.add_unit(house, house.unit, "Blue").await, world.add_unit(house, house.unit, "Red").await);
    let cot = world.add_unit(house, blue, "Cot").await;
    book(&world, blue, 5, 8).await.unwrap();
    book(&world, red, 5, 8).await.unwrap();
    assert!(matches!(book(&world, house.unit, 7, 9).await, Err(StayError::Taken(_))));
    assert!(matches!(book(&world, cot, 7, 9).await, Err(StayError::Taken(_))));
    book(&world, house.unit, 8, 10).await.unwrap();
    assert!(matches!(book(&world, red, 9, 11).await, Err(StayError::Taken(_))));
}

#[db_test]
async fn a_unit_added_later_belongs_to_the_stays_of_the_house(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let stay = book(&world, house.unit, 5, 8).await.unwrap();
    let room = world.add_unit(house, house.unit, "Blue").await;
    let mut tx = world.db.begin().await.unwrap();
    claim_for_new_unit(&mut tx, world.manager::<StaysEdit>().scope(), room).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(held(&world, stay.id, room).await, [5, 6, 7]);
    assert_invariants(&world, &BTreeMap::from([(house.unit, vec![house.unit, room])])).await;
}

#[db_test]
async fn a_change_moves_all_nights_or_none(db: TestDb) {
    let world = World::new(db).await;
    let (unit, other) = (world.home.first.unit, world.home.second.unit);
    let stay = book(&world, unit, 5, 8).await.unwrap();
    book(&world, unit, 10, 12).await.unwrap();
    assert!(matches!(move_to(&world, stay.id, unit, 6, 11).await, Err(StayError::Taken(_))));
    assert_eq!(held(&world, stay.id, unit).await, [5, 6, 7]);
    let moved = move_to(&world, stay.id, unit, 6, 10).await.unwrap();
    assert_eq!((moved.version, held(&world, stay.id, unit).await), (2, vec![6, 7, 8, 9]));
    let moved = move_to(&world, stay.id, other, 6, 9).await.unwrap();
    assert_eq!((moved.property_name.as_str(), held(&world, stay.id, unit).await), ("City flat", vec![]));
    let own = |unit| (unit, vec![unit]);
    assert_invariants(&world, &BTreeMap::from([own(unit), own(other)])).await;
}

#[db_test]
async fn a_stay_that_somebody_else_changed_is_not_overwritten(db: TestDb) {
    let world = World::new(db).await;
    let stay = book(&world, world.home.first.unit, 5, 8).await.unwrap();
    let form = StayForm { notes: "late".into(), ..StayForm::of(&stay) };
    let change = ChangeStay::parse(&form, &stay, "EUR".parse().unwrap()).unwrap();
    let grant = world.manager::<StaysEdit>();
    super::super::change(&world.app, &grant, stay.id, &change).await.unwrap();
    let again = ChangeStay { facts: new(&StayForm { notes: "early".into(), ..form }), version: 1 };
    let result = super::super::change(&world.app, &grant, stay.id, &again).await;
    assert!(matches!(result, Err(StayError::Stale)));
    let cancelled = cancel(&world.app, &world.manager::<StaysCancel>(), stay.id, Some(1)).await;
    assert!(matches!(cancelled, Err(StayError::Stale)));
    assert_eq!(find(&world, stay.id).await.notes.as_deref(), Some("late"));
}

#[db_test]
async fn cancelling_frees_the_nights_keeps_the_prices_and_can_be_undone(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let stay = book(&world, unit, 5, 8).await.unwrap();
    world.clock.advance(chrono::TimeDelta::seconds(1));
    cancel(&world.app, &world.manager::<StaysCancel>(), stay.id, None).await.unwrap();
    assert_eq!(held(&world, stay.id, unit).await, Vec::<u32>::new());
    let again = cancel(&world.app, &world.manager::<StaysCancel>(), stay.id, None).await;
    assert!(matches!(again, Err(StayError::NotNow(StayStatus::Cancelled))));
    let details = details(&mut world.db.read().await.unwrap(), &world.manager::<StaysView>(), stay.id).await.unwrap();
    let prices: Vec<i64> = details.nights.iter().map(|(_, price)| price.unwrap().minor).collect();
    assert_eq!(prices, [3_334, 3_333, 3_333]);
    let actions: Vec<&str> = details.history.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["stays.stay.cancel", "stays.stay.book"]);

    let other = book(&world, unit, 6, 7).await.unwrap();
    let grant = world.manager::<StaysEdit>();
    assert!(matches!(reinstate(&world.app, &grant, stay.id, None).await, Err(StayError::Taken(_))));
    cancel(&world.app, &world.manager::<StaysCancel>(), other.id, None).await.unwrap();
    reinstate(&world.app, &grant, stay.id, None).await.unwrap();
    assert_eq!(held(&world, stay.id, unit).await, [5, 6, 7]);
}

#[db_test]
async fn guests_come_in_on_their_day_and_leave_when_they_leave(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let stay = book(&world, unit, 5, 9).await.unwrap();
    let grant = world.manager::<StaysEdit>();
    // 2027-01-04T22:59Z is 23:59 in Madrid; a minute later it is the day of arrival there.
    world.clock.set("2027-01-04T22:59:00Z".parse().unwrap());
    let early = check_in(&world.app, &grant, stay.id, None).await;
    assert!(matches!(early, Err(StayError::NotNow(StayStatus::Confirmed))));
    world.clock.set("2027-01-04T23:00:00Z".parse().unwrap());
    check_in(&world.app, &grant, stay.id, None).await.unwrap();
    world.clock.set("2027-01-07T09:00:00Z".parse().unwrap());
    let left = check_out(&world.app, &grant, stay.id, None).await.unwrap();
    assert_eq!((left.status, left.nights), (StayStatus::CheckedOut, nights(5, 7)));
    assert_eq!(held(&world, stay.id, unit).await, [5, 6]);
    book(&world, unit, 7, 9).await.unwrap();
    assert_invariants(&world, &BTreeMap::from([(unit, vec![unit])])).await;
}

#[db_test]
async fn a_no_show_keeps_its_first_night_unless_told(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let grant = world.manager::<StaysEdit>();
    for (from, keep, kept) in [(4, true, vec![4]), (10, false, vec![])] {
        let stay = book(&world, unit, from, from + 3).await.unwrap();
        world.clock.set(format!("2027-01-{from:02}T20:00:00Z").parse().unwrap());
        mark_no_show(&world.app, &grant, stay.id, None, keep).await.unwrap();
        assert_eq!(held(&world, stay.id, unit).await, kept);
        assert!(matches!(check_in(&world.app, &grant, stay.id, None).await, Err(StayError::NotNow(_))));
    }
}

#[db_test]
async fn more_guests_than_the_property_takes_must_be_meant(db: TestDb) {
    let world = World::new(db).await;
    let many = StayForm { adults: "3".into(), children: "2".into(), ..form(world.home.first.unit, 5, 8) };
    let grant = world.manager::<StaysCreate>();
    let Err(StayError::Invalid(errors)) = super::super::book(&world.app, &grant, &new(&many)).await else { panic!() };
    assert_eq!(errors.of("adults").map(|e| (e.code, e.bound.as_deref())), Some(("over_capacity", Some("4"))));
    let meant = StayForm { over_capacity: "on".into(), ..many };
    super::super::book(&world.app, &grant, &new(&meant)).await.unwrap();
}

#[db_test]
async fn another_organization_neither_sees_nor_touches_a_stay(db: TestDb) {
    let world = World::new(db).await;
    let stay = book(&world, world.home.first.unit, 5, 8).await.unwrap();
    let (app, mut read) = (&world.app, world.db.read().await.unwrap());
    let seen = super::super::find(&mut read, &world.foreign_manager::<StaysView>(), stay.id).await;
    assert!(matches!(seen, Err(StayError::NotFound)));
    let cancelled = cancel(app, &world.foreign_manager::<StaysCancel>(), stay.id, None).await;
    assert!(matches!(cancelled, Err(StayError::NotFound)));
    let theirs = new(&form(world.home.first.unit, 10, 12));
    let booked = super::super::book(app, &world.foreign_manager::<StaysCreate>(), &theirs).await;
    assert!(matches!(booked, Err(StayError::Invalid(errors)) if errors.of("unit_id").is_some()));
}

#[db_test]
async fn an_owner_sees_stays_of_their_properties_without_contact_data(db: TestDb) {
    let world = World::new(db).await;
    let mine = book(&world, world.home.first.unit, 5, 8).await.unwrap();
    let other = book(&world, world.home.second.unit, 5, 8).await.unwrap();
    let (owner, mut read) = (world.home.owner.grant::<StaysView>(), world.db.read().await.unwrap());
    let seen = super::super::find(&mut read, &owner, mine.id).await.unwrap();
    assert_eq!((seen.guest.name.as_deref(), seen.guest.email, seen.guest.phone), (Some("Zoë O'Brien"), None, None));
    assert!(matches!(super::super::find(&mut read, &owner, other.id).await, Err(StayError::NotFound)));
    let filter = StayFilter::of(StayTab::Upcoming);
    let page = list(&mut read, &owner, &filter, None, kernel::Limit::default(), world.env.now()).await.unwrap();
    assert_eq!(page.items.iter().map(|stay| stay.id).collect::<Vec<_>>(), [mine.id]);
}

#[db_test]
async fn of_many_that_want_the_same_nights_exactly_one_wins(db: TestDb) {
    let world = Arc::new(World::new(db).await);
    let unit = world.home.first.unit;
    let attempts: Vec<_> = (0..24)
        .map(|i| {
            let world = Arc::clone(&world);
            tokio::spawn(async move { book(&world, unit, 5 + i % 3, 9 + i % 2).await })
        })
        .collect();
    let mut won = Vec::new();
    for attempt in attempts {
        match attempt.await.unwrap() {
            Ok(stay) => won.push(stay.id),
            Err(StayError::Taken(other)) => assert!(won.is_empty() || other.stay == won[0]),
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(won.len(), 1);
    assert_invariants(&world, &BTreeMap::from([(unit, vec![unit])])).await;
}

#[db_test]
async fn bookings_and_moves_that_overlap_never_wait_for_each_other(db: TestDb) {
    let world = Arc::new(World::new(db).await);
    let house = world.home.first;
    let rooms = [
        world.add_unit(house, house.unit, "A").await,
        world.add_unit(house, house.unit, "B").await,
        world.add_unit(house, house.unit, "C").await,
    ];
    let stays =
        [book(&world, rooms[0], 2, 4).await.unwrap().id, book(&world, world.home.second.unit, 2, 4).await.unwrap().id];
    let begun = std::time::Instant::now();
    let tasks: Vec<_> = (0..24_usize)
        .map(|i| {
            let world = Arc::clone(&world);
            tokio::spawn(async move {
                let unit = if i % 4 == 3 { house.unit } else { rooms[i % 3] };
                let result = match i % 6 {
                    0 => move_to(&world, stays[0], world.home.second.unit, 2, 4).await,
                    1 => move_to(&world, stays[1], rooms[0], 2, 4).await,
                    _ => book(&world, unit, 5, 25).await,
                };
                assert!(!matches!(result, Err(StayError::Fault(_))), "{:?}", result.err());
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    // A deadlock costs PostgreSQL a second to notice.
    assert!(begun.elapsed() < std::time::Duration::from_secs(20));
    let below = BTreeMap::from([
        (house.unit, [vec![house.unit], rooms.to_vec()].concat()),
        (rooms[0], vec![rooms[0]]),
        (rooms[1], vec![rooms[1]]),
        (rooms[2], vec![rooms[2]]),
        (world.home.second.unit, vec![world.home.second.unit]),
    ]);
    assert_invariants(&world, &below).await;
}
