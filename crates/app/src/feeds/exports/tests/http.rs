//! The pages, the interface for programs, and the calendars themselves.

use ::http::{Method, Request, StatusCode};
use axum::body::Body;
use chrono::TimeDelta;
use db::{db_test, testing::TestDb};
use serde_json::json;

use super::*;

#[db_test]
async fn a_manager_publishes_a_calendar_copies_its_address_and_sees_who_reads_it(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.manager);
    let property = format!("/properties/{}", world.home.first.property);
    let new = format!("{property}/exports/new");
    let page = browser.get(&property).await.body;
    assert!(page.contains(&new) && page.contains("No channel reads this calendar yet"), "{page}");
    browser.get(&new).await;
    let unit = world.home.first.unit.to_string();
    let refused = browser.post(&new, &[("unit_id", &unit), ("channel", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("channel-error"), "{}", refused.body);
    let added = browser.post(&new, &[("unit_id", &unit), ("channel", "airbnb")]).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let path = added.header("location").to_owned();
    let page = browser.get(&path).await.body;
    assert!(page.contains("Not read yet") && page.contains("Connect to another website"), "{page}");
    let address = page.split("value=\"http://127.0.0.1:8080").nth(1).unwrap().split('"').next().unwrap().to_owned();

    let mut channel = world.site().anonymous().with("user-agent", "Airbnb calendar <b>");
    let answer = channel.get(&address).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.starts_with("BEGIN:VCALENDAR\r\n"), "{}", answer.body);
    for (header, value) in [
        ("content-type", "text/calendar; charset=utf-8"),
        ("cache-control", "private, no-cache"),
        ("x-robots-tag", "noindex"),
        ("set-cookie", ""),
    ] {
        assert_eq!(answer.header(header), value);
    }
    let again = channel.clone().with("if-none-match", answer.header("etag")).get(&address).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let mut person = world.site().anonymous().with("sec-fetch-mode", "navigate");
    assert_eq!(person.get(&address).await.status, StatusCode::OK);
    let head = Request::head(&address).body(Body::empty()).unwrap();
    assert_eq!(channel.send(head).await.status, StatusCode::OK);

    world.clock.advance(TimeDelta::hours(2));
    let page = browser.get(&path).await.body;
    for part in ["2 hours ago", "Airbnb calendar &#60;b&#62;", "Nothing new", "A person, with a browser", "127.0.0.1"] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert_eq!(page.matches("data-label=\"Answer\"").count(), 3, "asking about it is no reading");
    assert!(browser.get(&property).await.body.contains("Being read"));
    world.clock.advance(TimeDelta::days(2));
    assert!(browser.get(&path).await.body.contains("No longer read"));
}

#[db_test]
async fn an_address_that_was_replaced_or_removed_is_as_one_that_never_was(db: TestDb) {
    let world = World::new(db).await;
    let export = add(&world, world.home.first.unit, FeedChannel::Vrbo).await;
    let mut anonymous = world.site().anonymous();
    let never = anonymous.get(&format!("/calendars/{}.ics", "A".repeat(43))).await;
    assert_eq!((never.status, never.body.as_str()), (StatusCode::NOT_FOUND, ""));
    let same = |answer: webkit::testing::Answer| {
        assert_eq!((answer.status, answer.body), (never.status, never.body.clone()));
        let names = |headers: &::http::HeaderMap| headers.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&answer.headers), names(&never.headers));
    };
    let (first, path) = (token(&world, export).await, format!("/exports/{export}"));
    let mut browser = world.site().browser(&world.home.manager);
    assert!(browser.get(&path).await.body.contains(&first));
    assert!(browser.get(&format!("{path}/rotate")).await.body.contains("Make a new address?"));
    anonymous.get(&format!("/calendars/{first}.ics")).await;
    assert!(browser.get(&path).await.body.contains("Being read"));
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(browser.post(&format!("{path}/rotate"), &[]).await.status, StatusCode::SEE_OTHER);
    let second = token(&world, export).await;
    assert_ne!(first, second);
    assert!(browser.get(&path).await.body.contains("Not read yet"), "nobody has read the new one");
    same(anonymous.get(&format!("/calendars/{first}.ics")).await);
    same(anonymous.get(&format!("/calendars/{second}")).await);
    assert_eq!(anonymous.get(&format!("/calendars/{second}.ics")).await.status, StatusCode::OK);
    assert!(browser.get(&format!("{path}/remove")).await.body.contains("Stop publishing this calendar?"));
    assert_eq!(browser.post(&format!("{path}/remove"), &[]).await.status, StatusCode::SEE_OTHER);
    same(anonymous.get(&format!("/calendars/{second}.ics")).await);
    assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[db_test]
async fn secrets_are_sealed_and_fetches_are_forgotten_in_time(db: TestDb) {
    let world = World::new(db).await;
    let export = add(&world, world.home.first.unit, FeedChannel::Vrbo).await;
    let secret = token(&world, export).await;
    assert_eq!(secret.len(), 43);
    assert!(!String::from_utf8_lossy(&view(&world, export).await.token_sealed).contains(&secret));
    let numbers = async || {
        let mut read = world.db.read().await.unwrap();
        let rows = exports::fetches(&mut read, &world.manager(), export, None, 1_000).await.unwrap();
        rows.iter().map(|row| row.number).collect::<Vec<_>>()
    };
    for _ in 0..203 {
        read(&world, export).await;
    }
    assert_eq!(numbers().await, (4..=203).rev().collect::<Vec<_>>());
    world.clock.advance(TimeDelta::days(91));
    read(&world, export).await;
    crate::feeds::exports::forget_fetches(&world.app).await.unwrap();
    assert_eq!(numbers().await, [204]);
}

#[db_test]
async fn owners_see_who_reads_and_no_secret_and_staff_see_nothing(db: TestDb) {
    let world = World::new(db).await;
    let export = add(&world, world.home.first.unit, FeedChannel::Vrbo).await;
    let other = add(&world, world.home.second.unit, FeedChannel::Vrbo).await;
    read(&world, export).await;
    let site = world.site();
    let mut owner = site.browser(&world.home.owner);
    let page = owner.get(&format!("/exports/{export}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("reader/1.0"), "{}", page.body);
    for hidden in [token(&world, export).await.as_str(), "192.0.2.7", "/rotate", "/remove"] {
        assert!(!page.body.contains(hidden), "{hidden}");
    }
    assert_eq!(owner.get(&format!("/exports/{export}/rotate")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(owner.get(&format!("/exports/{other}")).await.status, StatusCode::NOT_FOUND);
    let mut staff = site.browser(&world.home.staff);
    assert_eq!(staff.get(&format!("/exports/{export}")).await.status, StatusCode::FORBIDDEN);
    let property = staff.get(&format!("/properties/{}", world.home.first.property)).await;
    assert!(!property.body.contains("/exports/"), "{}", property.body);
}

#[db_test]
async fn programs_publish_read_the_log_rotate_and_remove(db: TestDb) {
    let world = World::new(db).await;
    let mut api = world.site().api(&world.home.manager, &[]);
    let unit = world.home.first.unit;
    let wrong = api.json(Method::POST, "/api/v1/exports", &json!({ "unit_id": unit, "channel": "direct" })).await;
    assert_eq!(wrong.json()["errors"][0]["field"], "channel", "{}", wrong.body);
    let added = api.json(Method::POST, "/api/v1/exports", &json!({ "unit_id": unit, "channel": "vrbo" })).await;
    assert_eq!((added.status, &added.json()["state"]), (StatusCode::CREATED, &json!("unread")), "{}", added.body);
    assert!(!added.body.contains("token") && !added.body.contains(".ics"));
    let path = format!("/api/v1/exports/{}", added.json()["id"].as_str().unwrap());
    let first = api.get(&format!("{path}/address")).await.json()["address"].as_str().unwrap().to_owned();
    let local = |address: &str| address.strip_prefix("http://127.0.0.1:8080").unwrap().to_owned();
    let mut anonymous = world.site().anonymous().with("user-agent", "one");
    anonymous.get(&local(&first)).await;
    anonymous.get(&local(&first)).await;
    let page = api.get(&format!("{path}/fetches?limit=1")).await.json();
    assert_eq!((&page["items"][0]["number"], &page["items"][0]["user_agent"]), (&json!(2), &json!("one")), "{page}");
    let next = page["next"].as_str().unwrap();
    let page = api.get(&format!("{path}/fetches?limit=1&cursor={next}")).await.json();
    assert_eq!((&page["items"][0]["number"], &page["next"]), (&json!(1), &json!(null)), "{page}");
    assert_eq!(api.get(&path).await.json()["fetches"], 2);
    assert_eq!(api.get("/api/v1/exports").await.json()["items"].as_array().unwrap().len(), 1);

    let rotated = api.json(Method::POST, &format!("{path}/rotate"), &json!({})).await;
    assert_eq!(rotated.status, StatusCode::OK, "{}", rotated.body);
    assert_eq!(anonymous.get(&local(&first)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(api.json(Method::DELETE, &path, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.get(&path).await.status, StatusCode::NOT_FOUND);
    let mut foreign = world.site().api(&world.foreign.manager, &[]);
    assert!(foreign.get("/api/v1/exports").await.json()["items"].as_array().unwrap().is_empty());
}
