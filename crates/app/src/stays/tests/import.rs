use db::{db_test, testing::TestDb};
use kernel::permissions::{StaysCancel, StaysEdit, StaysView};

use super::*;

#[db_test]
async fn an_import_takes_what_is_free_and_waits_for_the_rest_oldest_first(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let feed = add_feed(&world, unit).await;
    let own = book(&world, unit, 5, 8).await.unwrap();
    let first = &import(&world, &[imported(unit, feed, 6, 10)]).await[0];
    assert_eq!((first.outcome, first.in_the_way.len()), (ImportOutcome::Created, 1));
    assert_eq!((first.in_the_way[0].stay, first.in_the_way[0].count), (own.id, 2));
    // Ids made in the same millisecond are in no order, and who is older is told by the id.
    world.clock.advance(chrono::TimeDelta::seconds(1));
    let second = import(&world, &[imported(unit, feed, 7, 11)]).await[0].stay_id;
    assert_eq!(held(&world, first.stay_id, unit).await, [8, 9]);
    assert_eq!(held(&world, second, unit).await, [10]);

    let mut read = world.db.read().await.unwrap();
    let grant = world.manager::<StaysView>();
    let before_first = super::super::details(&mut read, &grant, first.stay_id).await.unwrap().in_the_way;
    assert_eq!(before_first.iter().map(|other| other.stay).collect::<Vec<_>>(), [own.id]);
    assert_eq!(super::super::details(&mut read, &grant, second).await.unwrap().in_the_way.len(), 2);
    assert_eq!(counts(&mut read, &world.manager::<StaysView>()).await.unwrap(), (2, 0));
    drop(read);

    cancel(&world.app, &world.manager::<StaysCancel>(), own.id, None).await.unwrap();
    assert_eq!(held(&world, first.stay_id, unit).await, [6, 7, 8, 9]);
    assert_eq!(held(&world, second, unit).await, [10]);
    import(&world, &[ImportChange::Cancel(first.stay_id)]).await;
    assert_eq!(held(&world, second, unit).await, [7, 8, 9, 10]);
    assert_invariants(&world, &BTreeMap::from([(unit, vec![unit])])).await;
}

#[db_test]
async fn stays_of_one_sync_may_swap_their_nights(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let feed = add_feed(&world, unit).await;
    let made = import(&world, &[imported(unit, feed, 5, 8), imported(unit, feed, 8, 12)]).await;
    let to = |i: usize, from, until| {
        ImportChange::Update(ImportUpdate { nights: Some(nights(from, until)), ..ImportUpdate::of(made[i].stay_id) })
    };
    let moved = import(&world, &[to(0, 9, 12), to(1, 5, 9)]).await;
    assert!(moved.iter().all(|applied| applied.outcome == ImportOutcome::Changed && applied.in_the_way.is_empty()));
    assert_eq!(held(&world, made[0].stay_id, unit).await, [9, 10, 11]);
    assert_eq!(held(&world, made[1].stay_id, unit).await, [5, 6, 7, 8]);
    let again = import(&world, &[to(0, 9, 12), to(1, 5, 9)]).await;
    assert!(again.iter().all(|applied| applied.outcome == ImportOutcome::Kept));
    assert_eq!(find(&world, made[0].stay_id).await.version, 2);
}

#[db_test]
async fn a_sync_leaves_what_a_person_decided(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let feed = add_feed(&world, unit).await;
    let ImportChange::Create(unsure) = imported(unit, feed, 5, 8) else { panic!() };
    let unsure = ImportChange::Create(ImportCreate { to_review: true, guest_name: Some("Ana".into()), ..unsure });
    let id = import(&world, &[unsure]).await[0].stay_id;
    assert!(find(&world, id).await.needs_review);

    let grant = world.manager::<StaysEdit>();
    decide_review(&world.app, &grant, id, None, Decision::Block).await.unwrap();
    move_to(&world, id, unit, 5, 9).await.unwrap();
    let told = ImportUpdate {
        nights: Some(nights(5, 7)),
        kind: Some(StayKind::Reservation),
        to_review: Some(true),
        guest_name: Some("Eva".into()),
        ..ImportUpdate::of(id)
    };
    assert_eq!(import(&world, &[ImportChange::Update(told)]).await[0].outcome, ImportOutcome::Kept);
    let stay = find(&world, id).await;
    assert_eq!((stay.kind, stay.needs_review, stay.nights), (StayKind::Block, false, nights(5, 9)));

    cancel(&world.app, &world.manager::<StaysCancel>(), id, None).await.unwrap();
    let revived = ImportChange::Update(ImportUpdate { revive: true, ..ImportUpdate::of(id) });
    assert_eq!(import(&world, &[revived]).await[0].outcome, ImportOutcome::Kept);
    reinstate(&world.app, &grant, id, None).await.unwrap();
    assert_eq!(import(&world, &[ImportChange::Cancel(id)]).await[0].outcome, ImportOutcome::Kept);
}

#[db_test]
async fn a_reservation_code_follows_the_channel_until_a_person_types_another(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let feed = add_feed(&world, unit).await;
    let ImportChange::Create(create) = imported(unit, feed, 5, 8) else { panic!() };
    let code = |code: &str| Some(code.to_owned());
    let create = ImportChange::Create(ImportCreate { reservation_code: code("HMOLD12345"), ..create });
    let id = import(&world, &[create]).await[0].stay_id;
    let told = |before: &str, now: &str| {
        ImportChange::Update(ImportUpdate {
            reservation_code: code(now),
            reservation_code_before: code(before),
            ..ImportUpdate::of(id)
        })
    };
    assert_eq!(import(&world, &[told("HMOLD12345", "HMNEW12345")]).await[0].outcome, ImportOutcome::Changed);
    let stay = find(&world, id).await;
    assert_eq!(stay.reservation_code.as_deref(), Some("HMNEW12345"));
    let typed = StayForm { reservation_code: " MINE ".into(), ..StayForm::of(&stay) };
    let change = ChangeStay::parse(&typed, &stay, "EUR".parse().unwrap()).unwrap();
    super::super::change(&world.app, &world.manager::<StaysEdit>(), id, &change).await.unwrap();
    assert_eq!(import(&world, &[told("HMNEW12345", "HMLAST1234")]).await[0].outcome, ImportOutcome::Kept);
    assert_eq!(find(&world, id).await.reservation_code.as_deref(), Some("MINE"));
}

#[db_test]
async fn what_a_sync_called_off_comes_back_when_it_is_listed_again(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let feed = add_feed(&world, unit).await;
    let id = import(&world, &[imported(unit, feed, 5, 8)]).await[0].stay_id;
    assert_eq!(import(&world, &[ImportChange::Cancel(id)]).await[0].outcome, ImportOutcome::Cancelled);
    let other = book(&world, unit, 6, 7).await.unwrap();
    let back = ImportUpdate { revive: true, pending: Some(true), ..ImportUpdate::of(id) };
    let back = &import(&world, &[ImportChange::Update(back)]).await[0];
    assert_eq!(back.in_the_way.iter().map(|o| o.stay).collect::<Vec<_>>(), [other.id]);
    assert_eq!((find(&world, id).await.status, held(&world, id, unit).await), (StayStatus::Pending, vec![5, 7]));
    assert_invariants(&world, &BTreeMap::from([(unit, vec![unit])])).await;
}

#[db_test]
async fn a_rolling_block_leaves_nothing_and_one_that_a_person_touched_stays(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let feed = add_feed(&world, unit).await;
    let block = |from, to| match imported(unit, feed, from, to) {
        ImportChange::Create(create) => ImportChange::Create(ImportCreate { kind: StayKind::Block, ..create }),
        other => other,
    };
    let made = import(&world, &[block(5, 8), block(8, 12)]).await;
    let grant = world.manager::<StaysEdit>();
    decide_review(&world.app, &grant, made[1].stay_id, None, Decision::Block).await.unwrap();
    let gone = import(&world, &made.iter().map(|m| ImportChange::Remove(m.stay_id)).collect::<Vec<_>>()).await;
    assert_eq!(gone.iter().map(|g| g.outcome).collect::<Vec<_>>(), [ImportOutcome::Removed, ImportOutcome::Cancelled]);
    let mut read = world.db.read().await.unwrap();
    let found = super::super::find(&mut read, &world.manager::<StaysView>(), made[0].stay_id).await;
    assert!(matches!(found, Err(StayError::NotFound)));
    assert_eq!(claims(&world).await.0, Keys::new());
    let unknown = import(&world, &[ImportChange::Cancel(made[0].stay_id)]).await;
    assert_eq!(unknown[0].outcome, ImportOutcome::Unknown);
}

#[db_test]
async fn an_answered_review_frees_the_nights_when_it_is_no_stay(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let feed = add_feed(&world, unit).await;
    let id = import(&world, &[imported(unit, feed, 5, 8)]).await[0].stay_id;
    let stay = decide_review(&world.app, &world.manager::<StaysEdit>(), id, Some(1), Decision::Dismiss).await.unwrap();
    assert_eq!((stay.status, stay.decided.status, stay.decided.kind), (StayStatus::Cancelled, true, true));
    book(&world, unit, 5, 8).await.unwrap();
    let own = book(&world, unit, 10, 12).await.unwrap();
    let refused = decide_review(&world.app, &world.manager::<StaysEdit>(), own.id, None, Decision::Block).await;
    assert!(matches!(refused, Err(StayError::NotNow(_))));
}
