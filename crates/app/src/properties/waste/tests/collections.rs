use db::{db_test, testing::TestDb};
use http::{Method, StatusCode};
use kernel::permissions::{PropertiesEdit, PropertiesView};
use serde_json::json;

use super::*;
use crate::{properties::PropertyError, testing::World};

fn weekly(day: &str) -> NewWaste {
    NewWaste::parse(&WasteForm { weekday: day.into(), ..form("weekly") }).unwrap()
}

#[db_test]
async fn every_kind_of_schedule_is_stored_and_read_back(db: TestDb) {
    let world = World::new(db).await;
    let (grant, house) = (world.home.owner.grant::<PropertiesEdit>(), world.home.first.property);
    let start = "2027-01-05".to_owned();
    let forms = [
        WasteForm { weekday: "tuesday".into(), ..form("weekly") },
        WasteForm { start: start.clone(), ..form("biweekly") },
        WasteForm { ordinal: "last".into(), weekday: "friday".into(), ..form("monthly_weekday") },
        WasteForm { month_day: "31".into(), ..form("monthly_day") },
        WasteForm { rule: "FREQ=WEEKLY;BYDAY=TU".into(), start, notes: "Behind the gate".into(), ..form("custom") },
    ];
    for form in &forms {
        let new = NewWaste::parse(form).unwrap();
        assert_eq!(&new.to_form(), form);
        let added = add(&world.app, &grant, house, new).await.unwrap();
        let mut read = world.db.read().await.unwrap();
        assert_eq!(find(&mut read, &grant, house, added.id).await.unwrap(), added);
        drop(read);
        for other in &forms {
            let other = NewWaste::parse(other).unwrap();
            change(&world.app, &grant, house, added.id, &other).await.unwrap();
            let mut read = world.db.read().await.unwrap();
            assert_eq!(find(&mut read, &grant, house, added.id).await.unwrap().facts, other);
        }
    }
    let mut read = world.db.read().await.unwrap();
    assert_eq!(list(&mut read, &world.home.staff.grant::<PropertiesView>(), house).await.unwrap().len(), 5);
}

#[db_test]
async fn collections_of_other_houses_cannot_be_reached(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first.property, world.home.second.property);
    let id = add(&world.app, &world.manager(), second, weekly("monday")).await.unwrap().id;
    let owner = world.home.owner.grant::<PropertiesEdit>();
    let not_found = |result: Result<(), PropertyError>| assert!(matches!(result, Err(PropertyError::NotFound)));
    not_found(change(&world.app, &owner, second, id, &weekly("friday")).await);
    not_found(remove(&world.app, &owner, first, id).await);
    not_found(remove(&world.app, &world.foreign_manager(), second, id).await);
    remove(&world.app, &world.manager(), second, id).await.unwrap();
    not_found(remove(&world.app, &world.manager(), second, id).await);
}

#[db_test]
async fn the_page_says_when_to_put_it_out_as_the_day_is_at_the_property(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.manager);
    let page = format!("/properties/{}/waste", world.home.first.property);
    assert!(browser.get(&page).await.body.contains("No collections yet"));
    let bad = [("stream", "glass"), ("repeats", "monthly_day"), ("month_day", "0"), ("notes", "Green bin")];
    let bad = browser.post(&format!("{page}/new"), &bad).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("month_day-error") && bad.body.contains("Green bin"), "{}", bad.body);
    let good = [("stream", "glass"), ("repeats", "weekly"), ("weekday", "tuesday"), ("month_day", "0"), ("rule", "x")];
    assert_eq!(browser.post(&format!("{page}/new"), &good).await.status, StatusCode::SEE_OTHER);

    // A Monday in Madrid.
    for (now, said) in [
        ("2027-01-04T09:00:00Z", ["Tomorrow", "Put it out this evening."]),
        ("2027-01-04T23:30:00Z", ["Today", "The next time is on Tue, Jan 12."]),
        ("2027-01-06T09:00:00Z", ["In 6 days", "Put it out on the evening of Mon, Jan 11."]),
    ] {
        world.clock.set(now.parse().unwrap());
        let body = world.site().browser(&world.home.staff).get(&page).await.body;
        for said in said {
            assert!(body.contains(said), "{now} {said}: {body}");
        }
        assert!(body.contains("Every Tuesday") && !body.contains("/waste/new"));
    }
}

#[db_test]
async fn the_api_adds_changes_and_removes_collections(db: TestDb) {
    let world = World::new(db).await;
    let mut api = world.site().api(&world.home.manager, &[]);
    let path = format!("/api/v1/properties/{}/waste", world.home.first.property);
    let input = json!({ "stream": "bulky", "repeats": "monthly_weekday", "ordinal": "second", "weekday": "tuesday" });
    let added = api.json(Method::POST, &path, &input).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    assert_eq!(added.json()["next"], "2027-01-12");
    let own = format!("{path}/{}", added.json()["id"].as_str().unwrap());
    let changed = api.json(Method::PATCH, &own, &json!({ "ordinal": "last" })).await.json();
    assert_eq!((&changed["next"], &changed["weekday"]), (&json!("2027-01-26"), &json!("tuesday")));
    assert_eq!(api.get(&path).await.json(), json!([changed]));
    let wrong = json!({ "repeats": "custom", "start": "2027-01-04", "rule": "FREQ=SECONDLY" });
    let wrong = api.json(Method::PATCH, &own, &wrong).await.json();
    assert_eq!(wrong["errors"][0]["code"], "rule_too_fast");
    assert_eq!(api.json(Method::DELETE, &own, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.get(&path).await.json(), json!([]));
}
