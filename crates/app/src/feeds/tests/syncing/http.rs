//! The pages and the interface for programs, by role.

use ::http::{Method, StatusCode};
use db::{db_test, testing::TestDb};
use kernel::PermissionName;
use serde_json::json;

use super::*;

#[db_test]
async fn a_manager_pastes_an_address_and_sees_what_was_decided(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.manager);
    let property = format!("/properties/{}", world.home.first.property);
    assert!(browser.get(&property).await.body.contains(&format!("{property}/feeds/new")));
    let new = format!("{property}/feeds/new");
    browser.get(&new).await;
    let unit = world.home.first.unit.to_string();
    let refused =
        browser.post(&new, &[("unit_id", &unit), ("address", "http://127.0.0.1/a.ics"), ("name", "Mine")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("address-error") && refused.body.contains("value=\"Mine\""), "{}", refused.body);

    let added = browser.post(&new, &[("unit_id", &unit), ("address", AIRBNB)]).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let path = added.header("location").to_owned();
    let waiting = browser.get(&path).await.body;
    assert!(waiting.contains("every 1s") && !waiting.contains("secret"), "{waiting}");
    world.sites.body(AIRBNB, feed!("airbnb.ics"));
    run_jobs(&world).await;
    let page = browser.get(&path).await.body;
    assert!(page.contains("New reservation.") && !page.contains("every 1s"), "{page}");
    assert!(browser.get(&property).await.body.contains(&path));
    assert!(browser.get(&format!("{path}/edit?address=show")).await.body.contains("s=secret"));

    browser.get(&path).await;
    assert_eq!(browser.post(&format!("{path}/sync"), &[]).await.status, StatusCode::SEE_OTHER);
    world.sites.body(AIRBNB, feed!("not_a_calendar.html"));
    run_jobs(&world).await;
    assert!(browser.get(&path).await.body.contains("The answer is not a calendar."));
}

#[db_test]
async fn a_suspicious_answer_is_decided_on_its_page(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let (empty, _) = sync_with(&world, feed, feed!("empty_valid.ics")).await;
    let mut browser = world.site().browser(&world.home.manager);
    let path = format!("/feeds/{feed}");
    assert!(browser.get(&path).await.body.contains("These 2 stays are gone:"));
    let held = empty.id.to_string();
    browser.post(&format!("{path}/ignore"), &[("held", &held)]).await;
    assert!(browser.get(&path).await.body.contains("You said to ignore"));
    browser.post(&format!("{path}/confirm"), &[("held", &held)]).await;
    assert_eq!(live(&world).await.len(), 1);
}

#[db_test]
async fn titles_of_channels_are_text_and_answers_are_downloads(db: TestDb) {
    let world = World::new(db).await;
    let address = "https://small.example/odd.ics";
    let feed = add_to(&world, world.home.first.unit, FeedChannel::Other, address).await;
    world.sites.body(address, feed!("odd_but_valid.ics"));
    run_jobs(&world).await;
    let mut browser = world.site().browser(&world.home.manager);
    let page = browser.get(&format!("/feeds/{feed}")).await.body;
    assert!(page.contains("&#60;script&#62;alert(1)") && !page.contains("<script>alert"), "{page}");
    let sync = syncs(&world, feed).await[0].id;
    let path = format!("/feeds/{feed}/syncs/{sync}");
    assert!(browser.get(&path).await.body.contains("Left out because it ends on the day it begins"));
    assert!(browser.get(&format!("{path}/replay")).await.body.contains("Kept because it is listed as before."));
    let answer = browser.get(&format!("{path}/answer")).await;
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert!(answer.header("content-disposition").starts_with("attachment"));
    let removed = browser.post(&format!("/feeds/{feed}/remove"), &[("future_stays", "cancel")]).await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get(&format!("/feeds/{feed}")).await.status, StatusCode::NOT_FOUND);
}

#[db_test]
async fn owners_see_their_feeds_without_secrets_and_staff_see_none(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let sync = syncs(&world, feed).await[0].id;
    let site = world.site();
    let mut owner = site.browser(&world.home.owner);
    let page = owner.get(&format!("/feeds/{feed}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("/sync\"") && !page.body.contains("s=secret"));
    for path in [format!("/feeds/{feed}/edit"), format!("/feeds/{feed}/syncs/{sync}/answer")] {
        assert_eq!(owner.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let other = add_to(&world, world.home.second.unit, FeedChannel::Airbnb, AIRBNB).await;
    assert_eq!(owner.get(&format!("/feeds/{other}")).await.status, StatusCode::NOT_FOUND);
    let mut staff = site.browser(&world.home.staff);
    assert_eq!(staff.get(&format!("/feeds/{feed}")).await.status, StatusCode::FORBIDDEN);
    let property = staff.get(&format!("/properties/{}", world.home.first.property)).await;
    assert!(!property.body.contains("/feeds/"), "{}", property.body);
    let mut foreign = site.api(&world.foreign.manager, &[]);
    for (method, path) in
        [(Method::GET, ""), (Method::POST, "/sync"), (Method::GET, "/syncs"), (Method::GET, "/address")]
    {
        let answer = foreign.json(method, &format!("/api/v1/feeds/{feed}{path}"), &json!({})).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[db_test]
async fn programs_add_sync_read_decisions_and_remove(db: TestDb) {
    let world = World::new(db).await;
    let mut api = world.site().api(&world.home.manager, &[]);
    let unit = world.home.first.unit;
    let wrong = api.json(Method::POST, "/api/v1/feeds", &json!({ "unit_id": unit, "address": "ftp://x" })).await;
    assert_eq!(wrong.json()["errors"][0]["code"], "address_not_https", "{}", wrong.body);
    let body = json!({ "unit_id": unit, "address": AIRBNB });
    let added = api.json(Method::POST, "/api/v1/feeds", &body).await;
    assert_eq!((added.status, &added.json()["channel"]), (StatusCode::CREATED, &json!("airbnb")), "{}", added.body);
    assert!(!added.body.contains("secret"));
    let twice = api.json(Method::POST, "/api/v1/feeds", &body).await;
    assert_eq!(twice.json()["errors"][0]["code"], "address_taken", "{}", twice.body);
    let path = format!("/api/v1/feeds/{}", added.json()["id"].as_str().unwrap());
    world.sites.body(AIRBNB, feed!("airbnb.ics"));
    assert_eq!(api.json(Method::POST, &format!("{path}/sync"), &json!({})).await.status, StatusCode::ACCEPTED);
    run_jobs(&world).await;
    let syncs = api.get(&format!("{path}/syncs")).await.json();
    assert_eq!((&syncs["items"][0]["outcome"], &syncs["items"][0]["counts"]["created"]), (&json!("good"), &json!(3)));
    let sync = syncs["items"][0]["id"].as_str().unwrap();
    let details = api.get(&format!("{path}/syncs/{sync}")).await.json();
    let first = &details["decided"]["decisions"][0];
    assert_eq!((&first["outcome"], &first["reason"]["code"]), (&json!("created"), &json!("new")), "{details}");
    assert_eq!(first["text"], "New reservation.");
    let changed = api.json(Method::PATCH, &path, &json!({ "name": "Main" })).await.json();
    assert_eq!((&changed["name"], &changed["end_meaning"]), (&json!("Main"), &json!("check_out")));
    let fixed = api.json(Method::PATCH, &path, &json!({ "channel": "vrbo" })).await.json();
    assert_eq!(fixed["errors"][0]["code"], "not_changeable");
    assert_eq!(api.get(&format!("{path}/address")).await.json()["address"], AIRBNB);
    let listed = api.get(&format!("/api/v1/feeds?unit_id={unit}")).await.json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let mut narrow = world.site().api(&world.home.manager, &[PermissionName::FeedsView]);
    assert_eq!(narrow.json(Method::DELETE, &path, &json!({})).await.status, StatusCode::FORBIDDEN);
    let removed = api.json(Method::DELETE, &format!("{path}?future_stays=cancel"), &json!({})).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT, "{}", removed.body);
    assert_eq!(live(&world).await, ["2027-01-04/2027-01-08 reservation"]);
    assert_eq!(api.get(&path).await.status, StatusCode::NOT_FOUND);
}
