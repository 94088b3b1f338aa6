use std::collections::BTreeMap;

use db::{db_test, testing::TestDb};
use http::{Method, StatusCode};
use kernel::{
    PropertyId,
    permissions::{PropertiesEdit, PropertiesView},
};
use serde_json::json;

use super::{model::usual_rooms, *};
use crate::{
    properties::{PropertyError, pages::Mode},
    testing::World,
};

fn form(room_type: &str, beds: &[(&str, &str)]) -> RoomForm {
    let beds = beds.iter().map(|(bed, count)| ((*bed).to_owned(), (*count).to_owned())).collect();
    RoomForm { room_type: room_type.into(), beds, ..RoomForm::default() }
}

fn bedroom(beds: &[(&str, &str)]) -> NewRoom {
    NewRoom::parse(&form("bedroom", beds)).unwrap()
}

#[test]
fn empty_and_zero_beds_are_none_and_what_is_stored_reads_as_typed() {
    let room = bedroom(&[("queen", "1"), ("crib", "2"), ("twin", "0"), ("sofa", " ")]);
    assert_eq!(room.beds, BTreeMap::from([(BedType::Queen, 1), (BedType::Crib, 2)]));
    assert_eq!(NewRoom::parse(&room.to_form()).unwrap(), room);
    assert_eq!(room.sleeps(), 2, "a cot is for a baby");
}

#[test]
fn wrong_fields_are_named() {
    let wrong = |form| NewRoom::parse(&form).unwrap_err().iter().map(|e| (e.field, e.code)).collect::<Vec<_>>();
    assert_eq!(wrong(form("", &[])), [("room_type", "required")]);
    assert_eq!(wrong(form("cave", &[])), [("room_type", "choice_unknown")]);
    assert_eq!(wrong(form("office", &[("king", "-1")])), [("king", "too_small")]);
    assert_eq!(wrong(form("office", &[("king", "21")])), [("king", "too_large")]);
    assert_eq!(wrong(form("office", &[("hammock", "1")])), [("beds", "choice_unknown")]);
}

#[test]
fn the_usual_rooms_follow_from_what_the_property_says() {
    let kinds: Vec<RoomType> = usual_rooms(2, 3).into_iter().map(|room| room.room_type).collect();
    use RoomType::*;
    assert_eq!(kinds, [Bedroom, Bedroom, LivingRoom, Kitchen, Bathroom, Bathroom]);
    assert_eq!(usual_rooms(100, 200).len(), MOST_ROOMS);
}

async fn names(world: &World, property: PropertyId) -> Vec<String> {
    let mut read = world.db.read().await.unwrap();
    let rooms = list(&mut read, &world.manager::<PropertiesView>(), property).await.unwrap();
    rooms.into_iter().map(|room| room.facts.name.unwrap_or_default()).collect()
}

#[db_test]
async fn rooms_keep_their_order_when_they_are_moved_and_removed(db: TestDb) {
    let world = World::new(db).await;
    let (grant, house) = (world.home.owner.grant::<PropertiesEdit>(), world.home.first.property);
    let mut ids = Vec::new();
    for name in ["a", "b", "c", "d"] {
        let room = NewRoom { name: Some(name.into()), ..bedroom(&[("twin", "2")]) };
        ids.push(add(&world.app, &grant, house, room).await.unwrap().id);
    }
    move_to(&world.app, &grant, house, ids[3], 1).await.unwrap();
    assert_eq!(names(&world, house).await, ["d", "a", "b", "c"]);
    move_to(&world.app, &grant, house, ids[0], 99).await.unwrap();
    assert_eq!(names(&world, house).await, ["d", "b", "c", "a"]);
    remove(&world.app, &grant, house, ids[1]).await.unwrap();
    add(&world.app, &grant, house, NewRoom { name: Some("e".into()), ..bedroom(&[]) }).await.unwrap();
    assert_eq!(names(&world, house).await, ["d", "c", "a", "e"]);

    let mut read = world.db.read().await.unwrap();
    let rooms = list(&mut read, &world.manager::<PropertiesView>(), house).await.unwrap();
    assert_eq!(Sleeping::of(&rooms), Sleeping { bedrooms: 4, places: 6, cribs: 0 });
}

#[db_test]
async fn the_usual_rooms_are_added_once(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.second.property;
    for _ in 0..2 {
        add_usual(&world.app, &world.manager(), house).await.unwrap();
    }
    assert_eq!(names(&world, house).await.len(), 6, "two bedrooms, one and a half baths, kitchen and living room");
}

#[db_test]
async fn rooms_of_other_houses_cannot_be_reached(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first.property, world.home.second.property);
    let room = add(&world.app, &world.manager(), second, bedroom(&[("king", "1")])).await.unwrap().id;
    let owner = world.home.owner.grant::<PropertiesEdit>();
    let not_found = |result: Result<(), PropertyError>| assert!(matches!(result, Err(PropertyError::NotFound)));
    not_found(change(&world.app, &owner, second, room, &bedroom(&[])).await);
    not_found(change(&world.app, &owner, first, room, &bedroom(&[])).await);
    not_found(remove(&world.app, &owner, first, room).await);
    not_found(move_to(&world.app, &world.foreign_manager(), second, room, 1).await);
    let mut read = world.db.read().await.unwrap();
    assert!(list(&mut read, &world.home.staff.grant::<PropertiesView>(), second).await.unwrap().is_empty());
}

#[db_test]
async fn a_manager_adds_rooms_on_the_page_and_is_told_what_does_not_fit(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first.property;
    let mut browser = world.site().browser(&world.home.manager);
    let page = Mode::default().rooms(house);
    assert!(browser.get(&page).await.body.contains("No rooms yet"));
    let bad = browser.post(&format!("{page}/new"), &[("room_type", "bedroom"), ("king", "x"), ("notes", "Desk")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("bed-king-error") && bad.body.contains("Desk"), "{}", bad.body);
    let good = [("room_type", "bedroom"), ("name", "Blue <room>"), ("king", "1"), ("crib", "1"), ("sofa", "")];
    assert_eq!(browser.post(&format!("{page}/new"), &good).await.status, StatusCode::SEE_OTHER);
    let body = browser.get(&page).await.body;
    for said in ["Blue &#60;room&#62;", "1 king bed, 1 cot", "2 places to sleep", "One of these rooms is a bedroom."] {
        assert!(body.contains(said), "{said}: {body}");
    }
    let staff = world.site().browser(&world.home.staff).get(&page).await.body;
    assert!(staff.contains("1 king bed") && !staff.contains("/rooms/new"), "{staff}");
}

#[db_test]
async fn the_api_adds_changes_moves_and_removes_rooms(db: TestDb) {
    let world = World::new(db).await;
    let mut api = world.site().api(&world.home.manager, &[]);
    let path = format!("/api/v1/properties/{}/rooms", world.home.first.property);
    let first = api.json(Method::POST, &path, &json!({ "beds": { "queen": 1, "crib": 1 } })).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    assert_eq!((&first.json()["room_type"], &first.json()["sleeps"]), (&json!("bedroom"), &json!(2)));
    let second = api.json(Method::POST, &path, &json!({ "room_type": "kitchen", "position": 1 })).await.json();
    let own = format!("{path}/{}", second["id"].as_str().unwrap());
    let changed = api.json(Method::PATCH, &own, &json!({ "name": "Galley" })).await;
    assert_eq!((&changed.json()["name"], &changed.json()["room_type"]), (&json!("Galley"), &json!("kitchen")));
    let rooms = api.get(&path).await.json();
    assert_eq!((&rooms[0]["name"], &rooms[1]["beds"]), (&json!("Galley"), &json!({ "queen": 1, "crib": 1 })));
    let wrong = api.json(Method::PATCH, &own, &json!({ "beds": { "throne": 1 } })).await;
    assert_eq!(wrong.json()["errors"][0]["field"], "beds", "{}", wrong.body);
    assert_eq!(api.json(Method::DELETE, &own, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.get(&path).await.json().as_array().unwrap().len(), 1);
    assert_eq!(api.json(Method::DELETE, &own, &json!({})).await.status, StatusCode::NOT_FOUND);
}
