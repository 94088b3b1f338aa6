use db::{db_test, testing::TestDb};
use http::{Method, StatusCode};
use kernel::PermissionName;
use serde_json::json;

use crate::testing::World;

const FLAT: [(&str, &str); 11] = [
    ("name", "Casa O'Brien <b>"),
    ("property_type", "apartment"),
    ("status", "active"),
    ("country", "ES"),
    ("check_in_time", "16:00"),
    ("check_out_time", "11:00"),
    ("bedrooms", "2"),
    ("bathrooms", "1.5"),
    ("capacity", "4"),
    ("colour", "teal"),
    ("city", "Málaga"),
];

#[db_test]
async fn a_manager_adds_a_property_and_sees_it_with_its_name_as_typed(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.manager);
    let empty = browser.get("/properties/new").await.body;
    for proposed in [r#"<option value="ES""#, r#"<option value="Europe/Madrid""#] {
        let option = empty.split(proposed).nth(1).unwrap().split('>').next().unwrap();
        assert!(option.contains(" selected"), "the organization's: {proposed}{option}");
    }
    let created = browser.post("/properties/new", &FLAT).await;
    assert_eq!(created.status, StatusCode::SEE_OTHER, "{}", created.body);
    let page = browser.get(created.header("location")).await;
    assert!(page.body.contains("Casa O&#39;Brien &#60;b&#62;"), "{}", page.body);
    assert!(browser.get("/properties").await.body.contains("Málaga, ES"));
}

#[db_test]
async fn a_bad_field_is_shown_beside_what_was_typed_and_nothing_is_stored(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.manager);
    browser.get("/properties/new").await;
    let mut bad = FLAT;
    bad[8].1 = "-3";
    let answer = browser.post("/properties/new", &bad).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("capacity-error") && answer.body.contains("value=\"-3\""), "{}", answer.body);
    assert!(!browser.get("/properties").await.body.contains("Casa"));
}

#[db_test]
async fn the_api_creates_reads_changes_and_names_what_is_wrong(db: TestDb) {
    let world = World::new(db).await;
    let mut api = world.site().api(&world.home.manager, &[]);
    let created = api.json(Method::POST, "/api/v1/properties", &json!({ "name": "Loft", "country": "PT" })).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.body);
    let body = created.json();
    assert_eq!((&body["zone"], &body["check_in_time"]), (&json!("Europe/Lisbon"), &json!("16:00")));
    let path = format!("/api/v1/properties/{}", body["id"].as_str().unwrap());
    let changed = api.json(Method::PATCH, &path, &json!({ "capacity": 6 })).await.json();
    assert_eq!((&changed["capacity"], &changed["name"]), (&json!(6), &json!("Loft")));

    let unknown = api.json(Method::PATCH, &path, &json!({ "organization_id": "x" })).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.json()["errors"][0]["code"], "unknown_field", "{}", unknown.body);
    let wrong = api.json(Method::PATCH, &path, &json!({ "capacity": 0, "zone": "Mars" })).await.json();
    let fields: Vec<&str> = wrong["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["zone", "capacity"]);
}

#[db_test]
async fn another_organization_and_a_narrow_token_are_kept_out(db: TestDb) {
    let world = World::new(db).await;
    let path = format!("/api/v1/properties/{}", world.home.first.property);
    let site = world.site();
    assert_eq!(site.api(&world.foreign.manager, &[]).get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        site.api(&world.home.manager, &[PermissionName::TasksView]).get(&path).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(site.anonymous().get(&path).await.status, StatusCode::UNAUTHORIZED);
    let page = format!("/properties/{}", world.home.second.property);
    assert_eq!(site.browser(&world.home.staff).get(&page).await.status, StatusCode::NOT_FOUND);
}
