use db::sql;

use super::*;
use crate::calendar::model::FilterForm;

async fn names(world: &World, query: &str) -> Vec<String> {
    let mut browser = world.site().browser(&world.home.manager);
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let window = browser.get(&format!("/calendar/window?from=2027-01-04&limit=1{query}{after}")).await;
        assert_eq!(window.status, StatusCode::OK, "{}", window.body);
        let window = window.json();
        let name = |(property, unit): (&str, &Value)| match unit.as_str() {
            Some(unit) => format!("{property} {unit}"),
            None => property.to_owned(),
        };
        found.extend(rows(&window).into_iter().map(name));
        match window["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return found,
        }
    }
}

async fn in_city(world: &World, property: kernel::PropertyId, city: &str) {
    let mut tx = world.db.begin().await.unwrap();
    sql!("UPDATE property SET city = $3 WHERE organization_id = $1 AND id = $2")
        .bind(world.home.organization)
        .bind(property)
        .bind(city)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[db_test]
async fn rows_are_searched_narrowed_and_grouped(db: TestDb) {
    let world = World::new(db).await;
    let (beach, flat) = (world.home.first, world.home.second);
    let azul = world.add_house("Casa Ázul").await;
    let room = world.add_unit(azul, azul.unit, "Attic").await;
    assert_eq!(names(&world, "&q=AZUL").await, ["Casa Ázul", "Casa Ázul Attic"]);
    assert_eq!(names(&world, "&q=100%25").await, [""; 0]);
    in_city(&world, azul.property, "Almería").await;
    in_city(&world, beach.property, "Cádiz").await;
    assert_eq!(names(&world, "&city=C%C3%A1diz").await, ["Beach house"]);
    assert_eq!(names(&world, "&group=city").await, ["City flat", "Casa Ázul", "Casa Ázul Attic", "Beach house"]);
    let mut browser = world.site().browser(&world.home.manager);
    let grouped = browser.get("/calendar/window?from=2027-01-04&group=city").await.json();
    assert_eq!((&grouped["rows"][0]["group"], &grouped["rows"][1]["group"]), (&json!(""), &json!("Almería")));

    add(&world, room, "2027-01-10", "2027-01-12", "Ana Ruiz").await;
    add(&world, flat.unit, "2027-01-12", "2027-01-14", "Zoë").await;
    let free = |from: &str, until: &str| format!("&show=free&free_from=2027-01-{from}&free_until=2027-01-{until}");
    assert_eq!(
        names(&world, &free("10", "12")).await,
        ["Beach house", "City flat"],
        "a house is free with all its rooms"
    );
    assert_eq!(names(&world, &free("12", "13")).await, ["Beach house", "Casa Ázul", "Casa Ázul Attic"]);
    assert_eq!(names(&world, &free("13", "13")).await.len(), 4, "what makes no sense narrows nothing");
    assert_eq!(names(&world, "&show=conflicts").await, [""; 0]);

    let page = browser.get("/calendar?q=azul&show=free").await.body;
    assert!(page.contains("data-url=\"/calendar/window?q=azul&#38;show=free\""), "{page}");
    assert!(page.contains("Say from which night") && page.contains("Show all again"));
    assert!(browser.get("/calendar?q=nothing").await.body.contains("No property fits"));
    let list = browser.get("/calendar/list?q=attic&city=&from=2027-01-10").await.body;
    assert!(list.contains("No property fits"), "{list}");
    let list = browser.get("/calendar/list?q=azul&from=2027-01-10").await.body;
    assert!(list.contains("Ana Ruiz") && list.contains("/calendar/list?q=azul&#38;from=2027-01-24"), "{list}");
}

#[test]
fn an_address_keeps_what_is_set() {
    let form =
        FilterForm { q: " Playa & sol ".into(), show: "all".into(), group: "city".into(), ..FilterForm::default() };
    assert_eq!(
        form.address("/calendar", &[("from", "2027-01-04")]),
        "/calendar?q=Playa+%26+sol&show=all&group=city&from=2027-01-04"
    );
    assert!(form.narrows() && !FilterForm { q: String::new(), ..form }.narrows());
    assert_eq!(FilterForm::default().address("/calendar", &[]), "/calendar");
}
