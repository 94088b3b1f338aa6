use db::{db_test, testing::TestDb};
use http::{Method, StatusCode};
use kernel::PermissionName;
use serde_json::json;

use crate::testing::World;

/// What somebody types in the first step.
const START: [(&str, &str); 4] =
    [("name", "Casa O'Brien <b>"), ("property_type", "apartment"), ("country", "ES"), ("city", "Málaga")];

/// The address of the first step, whose query holds the id that the property will have.
async fn begin(browser: &mut webkit::testing::Client) -> String {
    let first = browser.get("/properties/new").await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    first.header("location").to_owned()
}

#[db_test]
async fn a_manager_adds_a_property_step_by_step(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.manager);
    let new = begin(&mut browser).await;
    let empty = browser.get(&new).await.body;
    for proposed in [r#"<option value="ES""#, r#"<option value="Europe/Madrid""#] {
        let option = empty.split(proposed).nth(1).unwrap().split('>').next().unwrap();
        assert!(option.contains(" selected"), "the organization's: {proposed}{option}");
    }
    let created = browser.post(&new, &START).await;
    assert_eq!(created.status, StatusCode::SEE_OTHER, "{}", created.body);
    let size = created.header("location").to_owned();
    assert!(size.ends_with("/setup/size"), "{size}");
    let own = size.trim_end_matches("/setup/size").to_owned();

    let wrong = browser.post(&size, &[("capacity", "0"), ("bedrooms", "2"), ("bathrooms", "1"), ("area", "80")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("capacity-error") && wrong.body.contains("value=\"80\""), "{}", wrong.body);
    let right = [("capacity", "4"), ("bedrooms", "2"), ("bathrooms", "1.5"), ("area", "80"), ("area_unit", "m2")];
    assert_eq!(browser.post(&size, &right).await.header("location"), format!("{own}/setup/rooms"));
    assert_eq!(browser.get(&format!("{own}/setup/rooms")).await.status, StatusCode::OK);
    let usual = browser.post(&format!("{own}/rooms/usual?setup=true"), &[]).await;
    assert_eq!(usual.header("location"), format!("{own}/setup/rooms"));

    let times = format!("{own}/setup/times");
    browser.get(&times).await;
    let wrong = [("check_in_time", "x"), ("check_out_time", "11:00"), ("pets", "allowed"), ("quiet_from", "22:00")];
    let wrong = browser.post(&times, &wrong).await;
    assert!(wrong.body.contains("check_in_time-error") && wrong.body.contains("quiet_until-error"), "{}", wrong.body);
    let right = [("check_in_time", "15:00"), ("check_out_time", "11:00"), ("pets", "allowed")];
    let back = browser.post(&format!("{times}?go=back"), &right).await;
    assert_eq!(back.header("location"), format!("{own}/setup/rooms"));
    assert!(browser.get(&times).await.body.contains("value=\"15:00\""), "saved on the way back");
    assert_eq!(browser.post(&times, &right).await.header("location"), format!("{own}/setup/done"));
    let done = browser.get(&format!("{own}/setup/done")).await.body;
    assert!(done.contains("Casa O&#39;Brien &#60;b&#62; is ready") && done.contains("/waste"), "{done}");

    let page = browser.get(&own).await.body;
    for said in ["Casa O&#39;Brien &#60;b&#62;", "Málaga", "80 m²", "6 rooms", "3:00 PM"] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[db_test]
async fn the_first_step_sent_twice_adds_one_property_and_going_back_finds_it(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.owner);
    let new = begin(&mut browser).await;
    browser.get(&new).await;
    let first = browser.post(&new, &START).await.header("location").to_owned();
    let mut again = START;
    again[0].1 = "Casa Verde";
    assert_eq!(browser.post(&new, &again).await.header("location"), first);
    // Takes the message that the property was added, which names it as it was first typed.
    browser.get(&first).await;
    let list = browser.get("/properties").await.body;
    assert!(list.contains("Casa Verde") && !list.contains("Brien"), "{list}");
    let back = browser.get(&new).await.header("location").to_owned();
    assert!(back.ends_with("/setup/start") && browser.get(&back).await.body.contains("Casa Verde"), "{back}");
    let later = browser.post(&format!("{back}?go=later"), &START).await;
    assert_eq!(later.header("location"), first.trim_end_matches("/setup/size"));

    // An id that belongs to a property elsewhere in the organization is not found, and nothing is added.
    let taken = format!("/properties/new?draft={}", world.home.second.property);
    assert_eq!(browser.post(&taken, &START).await.status, StatusCode::NOT_FOUND);
}

#[db_test]
async fn a_bad_field_is_shown_beside_what_was_typed_and_nothing_is_stored(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.manager);
    let new = begin(&mut browser).await;
    browser.get(&new).await;
    let answer = browser.post(&new, &[("name", "Casa"), ("property_type", "igloo"), ("position", "Málaga")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["property_type-error", "position-error", "value=\"Málaga\"", "value=\"Casa\""] {
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
    assert!(!browser.get("/properties").await.body.contains("Casa"));
}

#[db_test]
async fn each_part_is_changed_on_its_own_and_notes_stay_with_those_who_may_change_them(db: TestDb) {
    let world = World::new(db).await;
    let own = format!("/properties/{}", world.home.first.property);
    let mut browser = world.site().browser(&world.home.owner);
    browser.get(&format!("{own}/edit")).await;
    let map = "https://www.openstreetmap.org/?mlat=36.5298&mlon=-6.2924#map=17/36.5/-6.2";
    for (part, fields) in [
        ("where", vec![("country", "PT"), ("zone", "Europe/Lisbon"), ("city", "Faro"), ("position", map)]),
        (
            "size",
            vec![("capacity", "9"), ("bedrooms", "3"), ("bathrooms", "2"), ("area", "1500"), ("area_unit", "ft2")],
        ),
        ("notes", vec![("notes", "Call <Ana> first")]),
    ] {
        let path = format!("{own}/edit/{part}");
        assert_eq!(browser.post(&path, &fields).await.header("location"), path);
        assert_eq!(browser.get(&path).await.status, StatusCode::OK);
    }
    let page = browser.get(&own).await.body;
    for said in ["Beach house", "Faro", "mlat=36.5298", "1,500 sq ft", "Call &#60;Ana&#62; first"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let wrong =
        browser.post(&format!("{own}/edit/size"), &[("capacity", "1"), ("bedrooms", "1"), ("area", "-1")]).await;
    assert!(wrong.body.contains("area-error") && wrong.body.contains("bathrooms-error"), "{}", wrong.body);
    assert_eq!(browser.get(&format!("{own}/edit/roof")).await.status, StatusCode::NOT_FOUND);

    let staff = world.site().browser(&world.home.staff).get(&own).await.body;
    assert!(staff.contains("mlat=36.5298") && !staff.contains("Ana"), "{staff}");
    let path = format!("/api/v1{own}");
    let seen = world.site().api(&world.home.staff, &[]).get(&path).await.json();
    assert_eq!((&seen["position"], &seen["notes"]), (&json!("36.5298, -6.2924"), &json!(null)));
    assert_eq!(world.site().api(&world.home.owner, &[]).get(&path).await.json()["notes"], "Call <Ana> first");
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
