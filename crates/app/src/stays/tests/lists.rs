use db::{db_test, testing::TestDb};
use kernel::{Cursor, Limit, permissions::StaysView};

use super::*;

async fn tab(world: &World, tab: StayTab) -> Vec<StayId> {
    let filter = StayFilter { tab, property_id: None };
    let mut read = world.db.read().await.unwrap();
    let page = list(&mut read, &world.manager::<StaysView>(), &filter, None, Limit::default(), world.env.now()).await;
    page.unwrap().items.into_iter().map(|stay| stay.id).collect()
}

async fn set_zone(world: &World, zone: &'static str) {
    let mut tx = world.db.begin().await.unwrap();
    sql!("UPDATE property SET zone = $3 WHERE organization_id = $1 AND id = $2")
        .bind(world.home.organization)
        .bind(world.home.second.property)
        .bind(zone)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[db_test]
async fn every_stay_is_in_one_part_by_the_date_at_its_property(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first.unit, world.home.second.unit);
    set_zone(&world, "Pacific/Kiritimati").await;
    let over = book(&world, first, 1, 3).await.unwrap().id;
    let there = book(&world, first, 3, 6).await.unwrap().id;
    let next = book(&world, first, 6, 8).await.unwrap().id;
    // At 2027-01-04T11:00Z it is the 5th on Kiritimati, where who leaves on the 5th is no longer in house.
    let leaving = book(&world, second, 3, 5).await.unwrap().id;
    let arriving = book(&world, second, 5, 6).await.unwrap().id;
    world.clock.set("2027-01-04T11:00:00Z".parse().unwrap());
    let called_off = book(&world, second, 20, 21).await.unwrap().id;
    cancel(&world.app, &world.manager(), called_off, None).await.unwrap();

    assert_eq!(tab(&world, StayTab::Upcoming).await, [arriving, next]);
    assert_eq!(tab(&world, StayTab::InHouse).await, [there]);
    let mut past = tab(&world, StayTab::Past).await;
    past.sort();
    let mut ended = vec![over, leaving];
    ended.sort();
    assert_eq!(past, ended);
    assert_eq!(tab(&world, StayTab::Cancelled).await, [called_off]);
    assert_eq!(tab(&world, StayTab::All).await.len(), 6);
    assert_eq!(tab(&world, StayTab::Conflicts).await, []);
    assert_eq!(tab(&world, StayTab::Review).await, []);

    let mut read = world.db.read().await.unwrap();
    let day = day(&mut read, &world.manager::<StaysView>(), world.env.now()).await.unwrap();
    assert_eq!(day.arrivals.iter().map(|stay| stay.id).collect::<Vec<_>>(), [arriving]);
    assert_eq!(day.departures.iter().map(|stay| stay.id).collect::<Vec<_>>(), [leaving]);
    assert_eq!(day.in_house, 1);
}

#[db_test]
async fn pages_continue_where_they_ended(db: TestDb) {
    let world = World::new(db).await;
    for day in 5..12 {
        book(&world, world.home.first.unit, day, day + 1).await.unwrap();
        book(&world, world.home.second.unit, day, day + 1).await.unwrap();
    }
    let mut read = world.db.read().await.unwrap();
    for (tab, property_id, total) in
        [(StayTab::Upcoming, None, 14), (StayTab::All, None, 14), (StayTab::All, Some(world.home.first.property), 7)]
    {
        let filter = StayFilter { tab, property_id };
        let (mut seen, mut after) = (Vec::new(), None::<Cursor>);
        loop {
            let grant = world.manager::<StaysView>();
            let page = list(&mut read, &grant, &filter, after.as_ref(), Limit::new(3), world.env.now()).await.unwrap();
            seen.extend(page.items.iter().map(|stay| (stay.nights.check_in(), stay.id)));
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), total);
        if tab == StayTab::All {
            sorted.reverse();
        }
        assert_eq!(seen, sorted);
    }
    let filter = StayFilter { tab: StayTab::All, property_id: None };
    let made_up = Cursor::received("nonsense");
    let grant = world.manager::<StaysView>();
    let refused = list(&mut read, &grant, &filter, Some(&made_up), Limit::default(), world.env.now()).await;
    assert!(matches!(refused, Err(StayError::Invalid(_))));
}

#[db_test]
async fn a_window_has_what_touches_it(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first, world.home.second);
    book(&world, first.unit, 2, 5).await.unwrap();
    let touching = book(&world, first.unit, 5, 8).await.unwrap().id;
    let other = book(&world, second.unit, 9, 12).await.unwrap().id;
    book(&world, second.unit, 12, 14).await.unwrap();
    let called_off = book(&world, second.unit, 6, 8).await.unwrap().id;
    cancel(&world.app, &world.manager(), called_off, None).await.unwrap();
    let mut read = world.db.read().await.unwrap();
    let grant = world.manager::<StaysView>();
    let seen = window(&mut read, &grant, nights(5, 12), &[first.unit, second.unit]).await.unwrap();
    let mut ids: Vec<StayId> = seen.iter().map(|stay| stay.id).collect();
    ids.sort();
    let mut expected = vec![touching, other];
    expected.sort();
    assert_eq!(ids, expected);
    let one = window(&mut read, &grant, nights(5, 12), &[first.unit]).await.unwrap();
    assert_eq!(one.iter().map(|stay| stay.id).collect::<Vec<_>>(), [touching]);
}
