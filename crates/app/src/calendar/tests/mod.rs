mod filters;
mod month;

use db::{db_test, testing::TestDb};
use http::StatusCode;
use kernel::{Date, Language, UnitId, permissions::StaysCreate};
use serde_json::{Value, json};

use super::{model::Ask, *};
use crate::{
    stays::{NewStay, StayForm, book},
    testing::World,
};

async fn add(world: &World, unit: UnitId, check_in: &str, check_out: &str, guest: &str) {
    let form = StayForm {
        unit_id: unit.to_string(),
        kind: if guest.is_empty() { "block" } else { "reservation" }.into(),
        check_in: check_in.into(),
        check_out: check_out.into(),
        guest_name: guest.into(),
        adults: "2".into(),
        ..StayForm::default()
    };
    let new = NewStay::parse(&form, "EUR".parse().unwrap()).unwrap();
    book(&world.app, &world.manager::<StaysCreate>(), &new).await.unwrap();
}

fn labels(window: &Value) -> Vec<&str> {
    let mut labels: Vec<&str> =
        window["stays"].as_array().unwrap().iter().map(|s| s["label"].as_str().unwrap()).collect();
    labels.sort_unstable();
    labels
}

fn rows(window: &Value) -> Vec<(&str, &Value)> {
    let rows = window["rows"].as_array().unwrap().iter();
    rows.map(|row| (row["property_name"].as_str().unwrap(), &row["unit_name"])).collect()
}

#[db_test]
async fn a_window_has_what_touches_its_days(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    add(&world, unit, "2027-01-04", "2027-01-06", "Zoë O'Brien").await;
    add(&world, unit, "2027-01-06", "2027-01-08", "Ana Ruiz").await;
    add(&world, unit, "2027-01-09", "2027-01-10", "").await;
    add(&world, unit, "2027-01-10", "2027-01-12", "Too late").await;
    let mut browser = world.site().browser(&world.home.manager);
    let window = browser.get("/calendar/window?from=2027-01-06&days=4").await;
    assert_eq!(window.status, StatusCode::OK, "{}", window.body);
    let window = window.json();
    assert_eq!(
        (&window["from"], &window["days"], &window["today"]),
        (&json!("2027-01-06"), &json!(4), &json!("2027-01-04"))
    );
    assert_eq!(labels(&window), ["Ana Ruiz", "Blocked", "Zoë O'Brien"]);
    assert_eq!(rows(&window), [("Beach house", &Value::Null), ("City flat", &Value::Null)]);
    assert_eq!(window["next"], Value::Null);
    let dates: Vec<_> =
        window["turnovers"].as_array().unwrap().iter().map(|t| (&t["date"], &t["same_day"], &t["status"])).collect();
    let (pending, first, second) = (json!("pending"), json!("2027-01-06"), json!("2027-01-08"));
    assert_eq!(dates.len(), 2);
    assert!(dates.contains(&(&first, &json!(true), &pending)) && dates.contains(&(&second, &json!(false), &pending)));
}

#[db_test]
async fn pages_of_rows_go_through_every_unit_once(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    world.add_unit(house, house.unit, "Blue room").await;
    world.add_unit(house, house.unit, "Attic").await;
    let mut browser = world.site().browser(&world.home.manager);
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let window = browser.get(&format!("/calendar/window?from=2027-01-04&limit=1{after}")).await.json();
        found.extend(rows(&window).into_iter().map(|(property, unit)| format!("{property} {unit}")));
        match window["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(found, ["Beach house null", "Beach house \"Attic\"", "Beach house \"Blue room\"", "City flat null"]);
}

#[db_test]
async fn guests_of_the_whole_house_make_the_turnover_of_a_room_a_same_day_one(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let room = world.add_unit(house, house.unit, "Blue room").await;
    add(&world, room, "2027-01-04", "2027-01-06", "Ana Ruiz").await;
    add(&world, house.unit, "2027-01-06", "2027-01-08", "Zoë O'Brien").await;
    let mut browser = world.site().browser(&world.home.manager);
    let first = browser.get("/calendar/window?from=2027-01-04&days=4&limit=1").await.json();
    assert_eq!((labels(&first), &first["turnovers"]), (vec!["Zoë O'Brien"], &json!([])));
    let after = first["next"].as_str().unwrap();
    let room = browser.get(&format!("/calendar/window?from=2027-01-04&days=4&limit=1&after={after}")).await.json();
    assert_eq!((labels(&room), &room["turnovers"][0]["same_day"]), (vec!["Ana Ruiz"], &json!(true)));
}

#[db_test]
async fn owners_see_their_rows_alone(db: TestDb) {
    let world = World::new(db).await;
    add(&world, world.home.first.unit, "2027-01-04", "2027-01-06", "Zoë O'Brien").await;
    add(&world, world.home.second.unit, "2027-01-04", "2027-01-06", "Ana Ruiz").await;
    let window = world.site().browser(&world.home.owner).get("/calendar/window?from=2027-01-04&days=4").await.json();
    assert_eq!((labels(&window), rows(&window).len()), (vec!["Zoë O'Brien"], 1));
    assert_eq!(window["turnovers"].as_array().unwrap().len(), 1);
    let page = world.site().browser(&world.home.owner).get("/calendar/list").await;
    assert!(
        page.body.contains("Zoë") && page.body.contains("Beach house") && !page.body.contains("Ana"),
        "{}",
        page.body
    );
    let staff = world.site().browser(&world.home.staff).get("/calendar/window?from=2027-01-04").await;
    assert_eq!(staff.status, StatusCode::FORBIDDEN);
    let foreign = world.site().browser(&world.foreign.manager).get("/calendar/window?from=2027-01-04&days=4").await;
    assert!(labels(&foreign.json()).is_empty());
}

#[db_test]
async fn the_days_can_be_read_as_a_list(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.manager);
    add(&world, world.home.first.unit, "2027-01-05", "2027-01-07", "Zoë O'Brien").await;
    let page = browser.get("/calendar").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("data-island=\"timeline\"") && page.body.contains("data-today=\"2027-01-04\""));
    let page = browser.get("/calendar/list").await.body;
    assert_eq!(page.matches("Zoë O&#39;Brien").count(), 2, "arrives and leaves: {page}");
    assert!(browser.get("/calendar/list?from=2027-01-06").await.body.matches("Zoë O&#39;Brien").count() == 1);
    assert!(browser.get("/calendar/list?from=2027-02-01").await.body.contains("Nothing on these days"));
    assert!(browser.get("/calendar/list?from=soon").await.body.contains("Zoë"), "what is no day is today");
}

#[db_test]
async fn what_cannot_be_a_window_is_refused_or_cut(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.manager);
    for query in ["", "?from=tomorrow", "?from=2027-01-04&days=many", "?from=2027-02-30"] {
        let answer = browser.get(&format!("/calendar/window{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
    let cut = browser.get("/calendar/window?from=2027-01-04&days=99999&limit=-3&after=nonsense").await.json();
    assert_eq!((&cut["days"], cut["rows"].as_array().unwrap().len()), (&json!(120), 1));
    assert_eq!(browser.get("/calendar/window?from=9999-12-30&days=120").await.status, StatusCode::OK);
}

#[db_test]
async fn the_number_of_statements_does_not_grow_with_the_rows(db: TestDb) {
    let world = World::new(db).await;
    let grant = world.manager::<StaysView>();
    let ask = Ask::new("2027-01-04".parse::<Date>().unwrap(), 90, None, 60);
    let mut read = world.db.read().await.unwrap();
    let now = world.env.now();
    let (_, few) = db::count_queries(service::window(&mut read, &grant, Language::English, now, &ask)).await;
    for name in ["A", "B", "C", "D"] {
        let house = world.add_house(name).await;
        add(&world, house.unit, "2027-01-05", "2027-01-07", "Ana Ruiz").await;
    }
    let (window, many) = db::count_queries(service::window(&mut read, &grant, Language::English, now, &ask)).await;
    assert_eq!((few, many, window.unwrap().stays.len()), (5, 5, 4));
}
