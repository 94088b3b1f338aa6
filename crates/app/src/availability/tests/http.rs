//! The pages, and the interface for programs.

use ::http::{Method, StatusCode};
use db::{db_test, testing::TestDb};
use serde_json::json;

use crate::testing::World;

#[db_test]
async fn a_manager_says_rules_on_the_pages_and_asks_what_is_free(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.manager);
    assert!(browser.get("/properties").await.body.contains("href=\"/availability\""));
    let page = browser.get("/availability").await.body;
    assert!(page.contains("No seasons.") && page.matches("Not restricted").count() == 5, "{page}");

    browser.get("/availability/edit").await;
    let refused =
        browser.post("/availability/edit", &[("length", "true"), ("min_nights", "3"), ("max_nights", "2")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("max_nights-error") && refused.body.contains("the fewest nights"),
        "{}",
        refused.body
    );
    let said = browser.post("/availability/edit", &[("length", "true"), ("min_nights", "2")]).await;
    assert_eq!((said.status, said.header("location")), (StatusCode::SEE_OTHER, "/availability"), "{}", said.body);
    assert!(browser.get("/availability").await.body.contains("At least 2 nights"));

    let house = format!("/properties/{}/availability", world.home.first.property);
    let own = format!("{house}/edit");
    assert!(browser.get(&own).await.body.contains("Otherwise: At least 2 nights"));
    let said = browser.post(&own, &[("days", "true"), ("no_arrival", "sunday"), ("no_arrival", "monday")]).await;
    assert_eq!((said.status, said.header("location")), (StatusCode::SEE_OTHER, house.as_str()), "{}", said.body);
    let page = browser.get(&house).await.body;
    for part in ["At least 2 nights", "From: All properties", "No arrival: Monday, Sunday", "From: This property"] {
        assert!(page.contains(part), "{part}\n{page}");
    }

    let new = format!("/availability/new?level=season&property={}", world.home.first.property);
    browser.get(&new).await;
    let property = world.home.first.property.to_string();
    let season = [
        ("name", "High <summer>"),
        ("property_id", &property),
        ("first_day", "2027-06-15"),
        ("last_day", "2027-09-15"),
        ("yearly", "true"),
        ("days", "true"),
    ];
    let all = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let closed: Vec<(&str, &str)> = season.into_iter().chain(all.map(|day| ("no_arrival", day))).collect();
    assert_eq!(browser.post(&new, &closed).await.status, StatusCode::SEE_OTHER);
    let page = browser.get(&house).await.body;
    assert!(page.contains("High &#60;summer&#62;") && page.contains("every year since 2027"), "{page}");
    assert!(page.contains("Nobody can arrive on any day of the week."), "{page}");

    world.add_stay(world.home.first, "2027-01-06", "2027-01-09").await;
    let page = browser.get(&format!("{house}?check_in=2027-01-07&check_out=2027-01-08")).await.body;
    for part in
        ["Not free", "2 nights in common", "At least 2 nights, as Thu, Jan 7 asks.", "Jan 9 – 11, 2027, 2 nights"]
    {
        assert!(part == "2 nights in common" || page.contains(part), "{part}\n{page}");
    }
    let page = browser.get(&format!("{house}?check_in=2027-01-12&check_out=2027-01-15")).await.body;
    assert!(page.contains("/stays/new?unit=") && page.contains("3 nights"), "{page}");
    let page = browser.get(&format!("{house}?check_in=2027-01-12&check_out=soon")).await;
    assert!(page.status == StatusCode::OK && page.body.contains("check_out-error"), "{}", page.body);
    assert!(page.body.matches("data-state=\"taken\"").count() >= 3, "{}", page.body);
    let mut spanish = browser.clone().with("accept-language", "es");
    assert_eq!(spanish.get(&house).await.status, StatusCode::OK);

    let mut owner = world.site().browser(&world.home.owner);
    let page = owner.get(&house).await.body;
    assert!(page.contains("From: This property") && !page.contains("/edit\""), "{page}");
}

#[db_test]
async fn the_form_of_a_stay_asks_whether_breaking_rules_is_meant(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.manager);
    browser.get("/availability/edit").await;
    browser.post("/availability/edit", &[("length", "true"), ("min_nights", "5")]).await;
    browser.get("/stays/new").await;
    let unit = world.home.first.unit.to_string();
    let mut typed = vec![
        ("unit_id", unit.as_str()),
        ("kind", "reservation"),
        ("channel", "direct"),
        ("check_in", "2027-01-06"),
        ("check_out", "2027-01-08"),
        ("adults", "2"),
    ];
    let asked = browser.post("/stays/new", &typed).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["This goes against the rules", "At least 5 nights", "name=\"against_rules\""] {
        assert!(asked.body.contains(part), "{part}\n{}", asked.body);
    }
    typed.push(("against_rules", "true"));
    let booked = browser.post("/stays/new", &typed).await;
    assert_eq!(booked.status, StatusCode::SEE_OTHER, "{}", booked.body);
    assert!(browser.get(booked.header("location")).await.body.contains("Booked: against the rules"));
}

#[db_test]
async fn programs_ask_and_say_the_same(db: TestDb) {
    let world = World::new(db).await;
    let mut api = world.site().api(&world.home.manager, &[]);
    let rule =
        json!({ "level": "organization", "length": { "min_nights": 3 }, "turnover": { "preparation_nights": 1 } });
    let added = api.json(Method::POST, "/api/v1/availability", &rule).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    let added: serde_json::Value = serde_json::from_str(&added.body).unwrap();
    assert_eq!((&added["length"]["min_nights"], &added["turnover"]["tight"]), (&json!(3), &json!("warn")));
    assert_eq!(added["notice"], json!(null));
    let twice = api.json(Method::POST, "/api/v1/availability", &rule).await;
    assert!(twice.status == StatusCode::UNPROCESSABLE_ENTITY && twice.body.contains("rule_exists"), "{}", twice.body);
    let wrong =
        json!({ "level": "date", "first_day": "2027-01-10", "last_day": "2027-01-09", "window": { "days": 5 } });
    let wrong = api.json(Method::POST, "/api/v1/availability", &wrong).await;
    assert!(wrong.body.contains("last_before_first"), "{}", wrong.body);
    let closed = json!({ "level": "date", "first_day": "2027-01-10", "last_day": "2027-01-10",
        "days": { "no_arrival": ["sunday"] } });
    assert_eq!(api.json(Method::POST, "/api/v1/availability", &closed).await.status, StatusCode::CREATED);
    let all = api.get("/api/v1/availability").await.body;
    assert!(all.find("\"date\"") < all.find("\"organization\""), "{all}");

    world.add_stay(world.home.first, "2027-01-06", "2027-01-09").await;
    let unit = format!("/api/v1/units/{}", world.home.first.unit);
    let answer = api.get(&format!("{unit}/availability?check_in=2027-01-09&check_out=2027-01-11")).await;
    let answer: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let codes: Vec<&str> = answer["reasons"].as_array().unwrap().iter().map(|r| r["code"].as_str().unwrap()).collect();
    assert_eq!((&answer["free"], codes), (&json!(false), vec!["below_min_stay", "preparation_needed"]));
    assert_eq!(answer["next_free"], json!({ "check_in": "2027-01-11", "check_out": "2027-01-14" }));
    let days = api.get(&format!("{unit}/days?from=2027-01-04&until=2027-01-12")).await;
    let days: serde_json::Value = serde_json::from_str(&days.body).unwrap();
    let states: Vec<&str> = days.as_array().unwrap().iter().map(|day| day["state"].as_str().unwrap()).collect();
    let expected = ["free", "preparation", "taken", "taken", "taken", "preparation", "arrival_closed", "free"];
    assert_eq!(states, expected);
    let far = api.get(&format!("{unit}/days?from=2027-01-04&until=2028-12-12")).await;
    assert_eq!(far.status, StatusCode::UNPROCESSABLE_ENTITY);

    let stay =
        json!({ "unit_id": world.home.first.unit, "check_in": "2027-01-12", "check_out": "2027-01-13", "adults": 1 });
    let refused = api.json(Method::POST, "/api/v1/stays", &stay).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("below_min_stay") && refused.body.contains("against_rules"), "{}", refused.body);
    let meant = json!({ "unit_id": world.home.first.unit, "check_in": "2027-01-12", "check_out": "2027-01-13", "adults": 1,
        "against_rules": true });
    assert_eq!(api.json(Method::POST, "/api/v1/stays", &meant).await.status, StatusCode::CREATED);

    let path = format!("/api/v1/availability/{}", added["id"].as_str().unwrap());
    let free = api.json(Method::PUT, &path, &json!({ "level": "organization", "window": {} })).await;
    assert!(free.status == StatusCode::OK && free.body.contains("\"length\":null"), "{}", free.body);
    assert_eq!(api.json(Method::DELETE, &path, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.get(&path).await.status, StatusCode::NOT_FOUND);
}
