use db::{db_test, testing::TestDb};
use kernel::{
    Cursor, Limit,
    permissions::{StaysCreate, StaysView},
};

use super::*;

async fn tab(world: &World, tab: StayTab) -> Vec<StayId> {
    let filter = StayFilter::of(tab);
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
        let filter = StayFilter { property_id, ..StayFilter::of(tab) };
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
    let filter = StayFilter::of(StayTab::All);
    let made_up = Cursor::received("nonsense");
    let grant = world.manager::<StaysView>();
    let refused = list(&mut read, &grant, &filter, Some(&made_up), Limit::default(), world.env.now()).await;
    assert!(matches!(refused, Err(StayError::Invalid(_))));
}

#[db_test]
async fn a_list_is_narrowed_by_words_channel_kind_and_days(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let grant = world.manager::<StaysCreate>();
    let base = |from, to| StayForm { guest_name: "Ana 100%".into(), ..form(unit, from, to) };
    for form in [
        StayForm { notes: "Llega TARDE, con un piñón".into(), ..base(5, 8) },
        StayForm {
            guest_name: "Zoë Tardío".into(),
            channel: "vrbo".into(),
            reservation_code: "HMXA-2".into(),
            ..base(10, 12)
        },
        StayForm { kind: "block".into(), block_kind: "maintenance".into(), notes: "Boiler".into(), ..base(20, 22) },
    ] {
        super::super::book(&world.app, &grant, &new(&form)).await.unwrap();
    }
    let found = async |filter: FilterForm| -> Vec<String> {
        let (filter, errors) = filter.parse(StayTab::Upcoming);
        assert!(errors.is_empty(), "{errors:?}");
        let mut read = world.db.read().await.unwrap();
        let now = world.env.now();
        let page = list(&mut read, &world.manager::<StaysView>(), &filter, None, Limit::default(), now).await.unwrap();
        page.items.iter().map(|stay| stay.nights.check_in().format("%d").to_string()).collect()
    };
    let q = |q: &str| FilterForm { q: q.into(), ..FilterForm::default() };
    assert_eq!(found(q("tard")).await, ["05", "10"], "in notes and names, whatever the case");
    assert_eq!(found(q(" PIÑON ")).await, ["05"], "whatever the accents");
    assert_eq!(found(q("100%")).await, ["05"]);
    assert_eq!(found(q("AN tarde")).await, ["05"], "every word counts, in any order");
    assert_eq!(found(q("HMXA 2")).await, ["10"], "in reservation codes");
    assert!(found(q("ardío")).await.is_empty(), "words are known by their beginnings");
    assert!(found(q("% _")).await.is_empty(), "there is no wildcard");
    assert!(found(q("nobody")).await.is_empty());
    let (channel, kind) = ("vrbo".to_owned(), "block".to_owned());
    assert_eq!(found(FilterForm { channel, ..FilterForm::default() }).await, ["10"]);
    assert_eq!(found(FilterForm { kind, ..FilterForm::default() }).await, ["20"]);
    let days = |from: &str, until: &str| FilterForm { from: from.into(), until: until.into(), ..FilterForm::default() };
    assert_eq!(found(days("2027-01-08", "2027-01-10")).await, ["05", "10"], "who leaves and who arrives on the days");
    assert_eq!(found(days("2027-01-09", "2027-01-09")).await, Vec::<String>::new());
    let property = world.home.second.property.to_string();
    assert!(found(FilterForm { property, ..FilterForm::default() }).await.is_empty());
}

#[db_test]
async fn a_word_that_many_have_is_found_in_the_order_of_the_list(db: TestDb) {
    let world = World::new(db).await;
    for day in 5..12 {
        book(&world, world.home.first.unit, day, day + 1).await.unwrap();
    }
    let mut tx = world.db.begin().await.unwrap();
    let (organization, kind) = (world.home.organization, crate::search::SearchKind::Stay);
    for _ in 0..2_000 {
        crate::search::write(&mut tx, organization, kind, StayId::new(&world.env).uuid(), " brien").await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut read = world.db.read().await.unwrap();
    let grant = world.manager::<StaysView>();
    for tab in StayTab::ALL {
        let filter = StayFilter { search: Some("brien zoe".into()), ..StayFilter::of(*tab) };
        let page = list(&mut read, &grant, &filter, None, Limit::default(), world.env.now()).await.unwrap();
        let expected = if matches!(tab, StayTab::Upcoming | StayTab::All) { 7 } else { 0 };
        assert_eq!(page.items.len(), expected, "{tab}");
    }
}

#[test]
fn a_filter_says_what_is_wrong_and_keeps_the_rest() {
    let wrong = FilterForm {
        property: "x".into(),
        channel: "telex".into(),
        kind: "reservation".into(),
        from: "2027-02-30".into(),
        until: "2027-03-01".into(),
        q: "x".repeat(101),
    };
    let (filter, errors) = wrong.parse(StayTab::Past);
    let codes: Vec<_> = errors.iter().map(|error| (error.field, error.code)).collect();
    assert_eq!(
        codes,
        [("from", "date_invalid"), ("property", "choice_unknown"), ("channel", "choice_unknown"), ("q", "too_long")]
    );
    assert_eq!((filter.tab, filter.kind), (StayTab::Past, Some(StayKind::Reservation)));
    let backwards = FilterForm { from: "2027-02-02".into(), until: "2027-02-01".into(), ..FilterForm::default() };
    assert_eq!(backwards.parse(StayTab::All).1.of("until").unwrap().code, "until_before_from");
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
