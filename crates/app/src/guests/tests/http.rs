use ::http::{Method, StatusCode};
use db::{db_test, testing::TestDb};
use serde_json::json;

use super::*;

#[db_test]
async fn a_guest_is_added_changed_and_found(db: TestDb) {
    let world = World::new(db).await;
    let mut client = world.site().browser(&world.home.manager);
    client.get("/guests/new").await;
    let wrong = client.post("/guests/new", &[("name", ""), ("email", "nobody")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("nobody"));
    let added = client.post("/guests/new", &[("name", "Ana <b>"), ("email", "ana@example.com")]).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    let address = added.header("location").to_owned();
    let page = client.get(&address).await;
    assert!(page.body.contains("Ana &#60;b&#62;") && page.body.contains("mailto:ana@example.com"));
    client.get(&format!("{address}/edit")).await;
    let form = [("name", "Ana"), ("email", "ana@example.com"), ("version", "1")];
    assert_eq!(client.post(&format!("{address}/edit"), &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(client.post(&format!("{address}/edit"), &form).await.status, StatusCode::CONFLICT);
    assert!(client.get("/guests?q=ana").await.body.contains(&address));
    assert!(client.get("/guests/options?guest_search=exam").await.body.contains("name=\"guest_id\""));
}

#[db_test]
async fn the_form_of_a_stay_looks_for_people_without_a_script(db: TestDb) {
    let world = World::new(db).await;
    let ana = add(&world, "Ana", "ana@example.com", "").await;
    let mut client = world.site().browser(&world.home.manager);
    client.get("/stays/new").await;
    let unit = world.home.first.unit.to_string();
    let searched = [("kind", "reservation"), ("unit_id", &unit), ("guest_search", "ana"), ("find", "true")];
    let found = client.post("/stays/new", &searched).await;
    assert_eq!(found.status, StatusCode::OK);
    assert!(found.body.contains(&format!("value=\"{}\"", ana.id)));
    let form = [
        ("kind", "reservation"),
        ("unit_id", &*unit),
        ("check_in", "2027-02-01"),
        ("check_out", "2027-02-03"),
        ("adults", "1"),
        ("guest_id", &*ana.id.to_string()),
    ];
    let booked = client.post("/stays/new", &form).await;
    assert_eq!(booked.status, StatusCode::SEE_OTHER);
    let page = client.get(booked.header("location")).await;
    assert!(page.body.contains(&format!("/guests/{}", ana.id)));
}

#[db_test]
async fn programs_manage_guests(db: TestDb) {
    let world = World::new(db).await;
    let mut client = world.site().api(&world.home.manager, &[]);
    let mut made = Vec::new();
    for body in
        [json!({"name": "Ana", "email": "ana@example.com"}), json!({"name": "Anna", "phone": "+34 600 111 222"})]
    {
        let answer = client.json(Method::POST, "/api/v1/guests", &body).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        made.push(answer.json()["id"].as_str().unwrap().to_owned());
    }
    let stay = book(&world, &stay_form(world.home.first.unit, 5, "Ana", "ana@example.com", "")).await;
    let there = client.get(&format!("/api/v1/stays/{}/guests", stay.id)).await.json();
    assert_eq!((there[0]["name"].as_str(), there[0]["is_lead"].as_bool()), (Some("Ana"), Some(true)));
    let merged =
        client.json(Method::POST, &format!("/api/v1/guests/{}/merge", made[0]), &json!({"other": made[1]})).await;
    assert_eq!(merged.json()["phone"], "+34 600 111 222");
    let gone = client.get(&format!("/api/v1/guests/{}", made[1])).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    let read = client.get(&format!("/api/v1/guests/{}", made[0])).await.json();
    assert_eq!(
        (read["nights"].as_i64(), read["stays"][0]["id"].as_str().map(str::to_owned)),
        (Some(2), Some(stay.id.to_string()))
    );
    let patch = json!({"notes": "Quiet", "version": read["version"]});
    let changed = client.json(Method::PATCH, &format!("/api/v1/guests/{}", made[0]), &patch).await.json();
    assert_eq!((changed["notes"].as_str(), changed["name"].as_str()), (Some("Quiet"), Some("Ana")));
    let apart = client.json(Method::POST, &format!("/api/v1/guests/{}/separate", made[1]), &json!({})).await;
    assert_eq!(apart.status, StatusCode::OK);
    let found = client.get("/api/v1/guests?q=anna").await.json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
}

#[db_test]
async fn pages_take_the_same_statements_however_many_rows_they_have(db: TestDb) {
    let world = World::new(db).await;
    let mut seen = Vec::new();
    for round in 0..2_u32 {
        for n in 0..4 {
            let day = 5 + 3 * (4 * round + n);
            book(&world, &stay_form(world.home.first.unit, day, "Ana", "ana@example.com", "")).await;
            add(&world, "Ana", "", "").await;
        }
        let mut read = world.db.read().await.unwrap();
        let (grant, now) = (world.manager::<GuestsView>(), world.env.now());
        let work = async {
            let page = list(&mut read, &grant, Some("ana"), false, None, kernel::Limit::default()).await.unwrap();
            let id = page.items.iter().find(|row| row.stays > 0).unwrap().guest.id;
            super::super::details(&mut read, &grant, id, now).await.unwrap();
        };
        seen.push(db::count_queries(work).await.1);
    }
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0] <= 8, "{seen:?}");
}
