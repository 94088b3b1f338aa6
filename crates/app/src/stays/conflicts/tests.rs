//! Ways out of conflicts, on both databases.

use ::http::{Method, StatusCode};
use db::{db_test, sql, testing::TestDb};
use kernel::{
    FeedId, Limit, StayId, UnitId,
    permissions::{StaysCancel, StaysEdit, StaysView},
};
use serde_json::json;

use super::{
    model::{Chosen, Nearness, Really},
    service,
};
use crate::{
    stays::{
        ImportChange, ImportCreate, StayError, StayStatus,
        tests::{add_feed, book, claims, date, find, import, imported, nights},
    },
    testing::World,
};

/// A stay of our own from the 5th to the 8th, and an imported one from the 6th to the 10th that waits for two nights.
struct Sold {
    own: StayId,
    guest: StayId,
    feed: FeedId,
}

async fn sold_twice(world: &World, unit: UnitId) -> Sold {
    let feed = add_feed(world, unit).await;
    let own = book(world, unit, 5, 8).await.unwrap().id;
    let ImportChange::Create(create) = imported(unit, feed, 6, 10) else { panic!() };
    let guest = ImportChange::Create(ImportCreate { guest_name: Some("Ana".into()), ..create });
    Sold { own, guest: import(world, &[guest]).await[0].stay_id, feed }
}

const fn chosen(sold: &Sold, stay: StayId) -> Chosen {
    Chosen { conflict: sold.guest, stay, version: None }
}

async fn places(world: &World, sold: &Sold, stay: StayId) -> Vec<(UnitId, Nearness)> {
    let mut read = world.db.read().await.unwrap();
    let (_, places) = service::free_places(&mut read, &world.manager::<StaysEdit>(), sold.guest, stay).await.unwrap();
    places.into_iter().map(|place| (place.unit_id, place.nearness)).collect()
}

#[db_test]
async fn a_preview_says_what_the_deed_does_and_changes_nothing(db: TestDb) {
    let world = World::new(db).await;
    let sold = sold_twice(&world, world.home.first.unit).await;
    let (edit, cancel) = (world.manager::<StaysEdit>(), world.manager::<StaysCancel>());
    let to = world.home.second.unit;
    let before = claims(&world).await;
    for stay in [sold.own, sold.guest] {
        let moved = service::relocate(&world.app, &edit, chosen(&sold, stay), to, Really::Preview).await.unwrap();
        assert!(moved.is_solved() && moved.stay.unit_id == to && moved.stay.id == stay);
        let ended = service::cancel(&world.app, &cancel, chosen(&sold, stay), Really::Preview).await.unwrap();
        assert!(ended.is_solved() && ended.stay.status == StayStatus::Cancelled);
    }
    assert_eq!(claims(&world).await, before);
    assert_eq!(find(&world, sold.own).await.version, 1);

    let moved = service::relocate(&world.app, &edit, chosen(&sold, sold.own), to, Really::Do).await.unwrap();
    assert!(moved.is_solved() && !moved.waiting.in_conflict);
    assert_eq!(find(&world, sold.own).await.unit_id, to);
    assert!(!find(&world, sold.guest).await.in_conflict, "who waited has its nights");
    let again = service::relocate(&world.app, &edit, chosen(&sold, sold.own), to, Really::Do).await;
    assert!(matches!(again, Err(StayError::NotFound)), "a solved conflict is none");
}

#[db_test]
async fn who_waits_can_go_too_and_the_older_of_those_who_wait_is_served_first(db: TestDb) {
    let world = World::new(db).await;
    let sold = sold_twice(&world, world.home.first.unit).await;
    // Ids made in the same millisecond are in no order, and who is older is told by the id.
    world.clock.advance(chrono::TimeDelta::seconds(1));
    let third = import(&world, &[imported(world.home.first.unit, sold.feed, 7, 9)]).await[0].stay_id;
    let cancel = world.manager::<StaysCancel>();
    let of_third = Chosen { conflict: third, stay: sold.own, version: None };
    let outcome = service::cancel(&world.app, &cancel, of_third, Really::Preview).await.unwrap();
    assert!(!outcome.is_solved());
    assert_eq!(outcome.left.iter().map(|other| other.stay).collect::<Vec<_>>(), [sold.guest], "the older one gets it");
    let stranger = Chosen { conflict: third, stay: StayId::new(&world.env), version: None };
    let refused = service::cancel(&world.app, &cancel, stranger, Really::Do).await;
    assert!(matches!(refused, Err(StayError::NotFound)));
    let stale = Chosen { version: Some(7), ..of_third };
    assert!(matches!(service::cancel(&world.app, &cancel, stale, Really::Do).await, Err(StayError::Stale)));
    let done = service::cancel(&world.app, &cancel, Chosen { stay: third, ..of_third }, Really::Do).await.unwrap();
    assert!(done.is_solved());
    assert!(find(&world, sold.guest).await.in_conflict, "the other conflict is its own");
}

#[db_test]
async fn only_places_that_are_free_and_large_enough_are_offered_the_nearest_first(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first, world.home.second);
    let third = world.add_house("Attic").await;
    let fourth = world.add_house("Barn").await;
    let room = world.add_unit(third, third.unit, "Blue room").await;
    let annex = world.add_unit(first, first.unit, "Annex").await;
    let mut tx = world.db.begin().await.unwrap();
    for (city, capacity, property) in [
        ("Vigo", 4_i64, first.property),
        ("Vigo", 4, second.property),
        ("Lugo", 4, third.property),
        ("Vigo", 1, fourth.property),
    ] {
        sql!("UPDATE property SET city = $3, capacity = $4 WHERE organization_id = $1 AND id = $2")
            .bind(world.home.organization)
            .bind(property)
            .bind(city)
            .bind(capacity)
            .execute(&mut tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let sold = sold_twice(&world, first.unit).await;
    let all = [
        (annex, Nearness::SameProperty),
        (second.unit, Nearness::SameCity),
        (third.unit, Nearness::Elsewhere),
        (room, Nearness::Elsewhere),
    ];
    let offered = places(&world, &sold, sold.own).await;
    assert_eq!(offered, all, "nobody but itself has the annex, and the barn is too small");

    book(&world, room, 7, 8).await.unwrap();
    assert_eq!(places(&world, &sold, sold.own).await, all[..2], "a room that is taken takes its house");
    book(&world, second.unit, 8, 9).await.unwrap();
    assert_eq!(places(&world, &sold, sold.own).await, all[..2], "the day of departure is free");
    let of_guest: Vec<UnitId> = places(&world, &sold, sold.guest).await.into_iter().map(|(unit, _)| unit).collect();
    assert!(!of_guest.contains(&second.unit));

    let grant = world.manager::<StaysEdit>();
    let small = service::relocate(&world.app, &grant, chosen(&sold, sold.own), fourth.unit, Really::Do).await;
    assert!(matches!(small, Err(StayError::Invalid(_))), "{small:?}");
    let annexed = service::relocate(&world.app, &grant, chosen(&sold, sold.own), annex, Really::Preview).await.unwrap();
    assert!(!annexed.is_solved(), "who has the annex keeps the house from others");
    let taken = service::relocate(&world.app, &grant, chosen(&sold, sold.guest), second.unit, Really::Do).await;
    assert!(matches!(taken, Err(StayError::Taken(_))), "{taken:?}");
}

#[db_test]
async fn a_list_is_paged_and_takes_the_same_statements_however_long_it_is(db: TestDb) {
    let world = World::new(db).await;
    let (unit, grant) = (world.home.first.unit, world.manager::<StaysView>());
    let feed = add_feed(&world, unit).await;
    let mut seen = Vec::new();
    for day in [5, 10, 15] {
        book(&world, unit, day, day + 3).await.unwrap();
        import(&world, &[imported(unit, feed, day + 1, day + 4)]).await;
        let mut read = world.db.read().await.unwrap();
        let now = world.env.now();
        let work = async {
            service::list(&mut read, &grant, None, Limit::default(), now).await.unwrap();
            service::list(&mut read, &grant, None, Limit::default(), now).await.unwrap().items.len()
        };
        seen.push(db::count_queries(work).await);
    }
    assert_eq!(seen.iter().map(|(rows, _)| *rows).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((seen[0].1, seen[1].1), (seen[1].1, seen[2].1));
    assert!(seen[0].1 <= 8, "{seen:?}");
    let mut read = world.db.read().await.unwrap();
    let page = service::list(&mut read, &grant, None, Limit::new(2), world.env.now()).await.unwrap();
    let firsts: Vec<_> = page.items.iter().map(|conflict| conflict.in_the_way[0].first_night).collect();
    assert_eq!(firsts, [date("2027-01-06"), date("2027-01-11")]);
    let rest = service::list(&mut read, &grant, page.next.as_ref(), Limit::new(2), world.env.now()).await.unwrap();
    assert_eq!((rest.items.len(), rest.next), (1, None));
}

#[db_test]
async fn a_manager_works_a_conflict_off_on_the_pages(db: TestDb) {
    let world = World::new(db).await;
    let sold = sold_twice(&world, world.home.first.unit).await;
    let mut browser = world.site().browser(&world.home.manager);
    let address = format!("/conflicts/{}", sold.guest);
    let list = browser.get("/conflicts").await;
    assert!(list.body.contains(&address) && list.body.contains("2 nights in question, from Jan 6"), "{}", list.body);
    let page = browser.get(&address).await;
    for text in
        ["Has the nights", "Waits for the nights", "Ask Airbnb for help: Ana", "the reservation of Ana at Beach house"]
    {
        assert!(page.body.contains(text), "{text}: {}", page.body);
    }
    let note = "<b>They call back".to_owned();
    let id = sold.guest.to_string();
    let asked = browser.post(&format!("{address}/asked"), &[("stay", &id), ("note", &note)]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let page = browser.get(&address).await;
    assert!(
        page.body.contains("Airbnb was asked by Marta Manager") && page.body.contains("&#60;b&#62;They"),
        "{}",
        page.body
    );
    assert!(browser.get("/conflicts").await.body.contains("Airbnb was asked by Marta Manager"));
    let long = browser.post(&format!("{address}/asked"), &[("stay", &id), ("note", &"x".repeat(501))]).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(long.body.contains("note-error"), "{}", long.body);

    let own = sold.own.to_string();
    let places = browser.get(&format!("{address}/move?stay={own}")).await;
    assert!(places.body.contains("City flat"), "{}", places.body);
    let unit = world.home.second.unit.to_string();
    let preview = browser.get(&format!("{address}/move?stay={own}&unit={unit}")).await;
    for text in
        ["moves to City flat, for all nights", "Ana gets all nights at Beach house", "The conflict is solved then"]
    {
        assert!(preview.body.contains(text), "{text}: {}", preview.body);
    }
    assert!(browser.get(&format!("{address}/cancel?stay={id}")).await.body.contains("Cancel it at Airbnb too"));
    assert!(browser.get(&format!("{address}/dismiss?stay={id}")).await.body.contains("later syncs leave it so"));
    let refused = browser.get(&format!("{address}/dismiss?stay={own}")).await;
    assert_eq!(refused.header("location"), address, "only imported stays may be a second telling");
    let moved = browser.post(&format!("{address}/move"), &[("stay", &own), ("unit", &unit), ("version", "1")]).await;
    assert_eq!((moved.status, moved.header("location")), (StatusCode::SEE_OTHER, "/conflicts"), "{}", moved.body);
    assert!(browser.get("/conflicts").await.body.contains("No night is sold twice"));
    assert!(browser.get(&address).await.body.contains("This conflict is solved"));
    assert_eq!(find(&world, sold.guest).await.nights, nights(6, 10));
}

#[db_test]
async fn the_api_shows_previews_and_solves_and_others_are_kept_out(db: TestDb) {
    let world = World::new(db).await;
    let sold = sold_twice(&world, world.home.second.unit).await;
    let path = format!("/api/v1/conflicts/{}", sold.guest);
    let site = world.site();
    let mut api = site.api(&world.home.manager, &[]);
    let list = api.get("/api/v1/conflicts").await.json();
    assert_eq!(list["items"][0]["in_the_way"][0]["stay_id"], json!(sold.own));
    let places = api.get(&format!("{path}/places?stay_id={}", sold.guest)).await.json();
    assert_eq!((&places[0]["property_name"], &places[0]["nearness"]), (&json!("Beach house"), &json!("elsewhere")));
    let body = json!({ "stay_id": sold.guest, "preview": true });
    let preview = api.json(Method::POST, &format!("{path}/dismiss"), &body).await.json();
    assert_eq!((&preview["solved"], &preview["stay"]["status"]), (&json!(true), &json!("cancelled")));
    assert_eq!(find(&world, sold.guest).await.status, StayStatus::Confirmed);
    let asked = api.json(Method::POST, &format!("{path}/asks"), &json!({ "stay_id": sold.guest, "note": "x" })).await;
    assert_eq!(asked.status, StatusCode::NO_CONTENT, "{}", asked.body);
    assert_eq!(api.get(&path).await.json()["asks"][0]["asked_by"], "Marta Manager");

    // Another organization, and an owner of another property, see nothing and change nothing.
    let mut foreign = site.api(&world.foreign.manager, &[]);
    assert_eq!(foreign.get("/api/v1/conflicts").await.json()["items"], json!([]));
    let mut owner = site.api(&world.home.owner, &[]);
    assert_eq!(owner.get("/api/v1/conflicts").await.json()["items"], json!([]));
    assert_eq!(owner.get(&path).await.status, StatusCode::NOT_FOUND);
    for (way, body) in [
        ("cancel", json!({ "stay_id": sold.guest })),
        ("dismiss", json!({ "stay_id": sold.guest })),
        ("move", json!({ "stay_id": sold.guest, "unit_id": world.foreign.first.unit })),
        ("asks", json!({ "stay_id": sold.guest })),
    ] {
        let answer = foreign.json(Method::POST, &format!("{path}/{way}"), &body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{way}");
    }
    let elsewhere = json!({ "stay_id": sold.guest, "unit_id": world.foreign.first.unit });
    let refused = api.json(Method::POST, &format!("{path}/move"), &elsewhere).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "a unit of others does not exist");
    let done = api.json(Method::POST, &format!("{path}/cancel"), &json!({ "stay_id": sold.own })).await.json();
    assert_eq!((&done["solved"], &done["waiting"]["in_conflict"]), (&json!(true), &json!(false)));
}
