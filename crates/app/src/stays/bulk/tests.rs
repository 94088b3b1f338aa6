//! Actions on many stays, on both databases.

use ::http::{Method, StatusCode};
use db::{db_test, testing::TestDb};
use serde_json::json;

use crate::{
    stays::{
        StayStatus,
        tests::{add_feed, book, find, import, imported},
    },
    testing::World,
};

#[db_test]
async fn what_is_ticked_is_shown_then_done_and_can_be_taken_back(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let (one, two) = (book(&world, unit, 5, 8).await.unwrap(), book(&world, unit, 10, 12).await.unwrap());
    let inside = book(&world, world.home.second.unit, 4, 6).await.unwrap();
    crate::stays::check_in(&world.app, &world.manager(), inside.id, None).await.unwrap();
    let mut browser = world.site().browser(&world.home.manager);
    let list = browser.get("/stays?tab=all").await;
    assert!(list.body.contains(&format!(r#"value="{}" form="bulk""#, one.id)), "{}", list.body);
    let nothing = browser.get("/stays/bulk?action=cancel&tab=all").await;
    assert_eq!((nothing.status, nothing.header("location")), (StatusCode::SEE_OTHER, "/stays?tab=all"));

    let query = format!("/stays/bulk?tab=all&action=cancel&stay={}&stay={}&stay={}", one.id, two.id, inside.id);
    let seen = browser.get(&query).await;
    for text in ["3 stays", "It is not possible with 1 stay", "Not in its status", "Cancel: 2"] {
        assert!(seen.body.contains(text), "{text}: {}", seen.body);
    }
    // Somebody else is quicker with one of them.
    crate::stays::cancel(&world.app, &world.manager(), two.id, None).await.unwrap();
    let picks = [format!("{}:1", one.id), format!("{}:1", two.id)];
    let fields = [("action", "cancel"), ("back", "/stays?tab=all"), ("pick", &picks[0]), ("pick", &picks[1])];
    let done = browser.post("/stays/bulk/cancel", &fields).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    for text in ["Done with 1 stay.", "Somebody changed it meanwhile", "Bring them back", "/stays?tab=all"] {
        assert!(done.body.contains(text), "{text}: {}", done.body);
    }
    assert_eq!(find(&world, one.id).await.status, StayStatus::Cancelled);
    let pick = format!("{}:2", one.id);
    let undone = browser.post("/stays/bulk", &[("action", "reinstate"), ("pick", &pick)]).await;
    assert!(undone.body.contains("Done with 1 stay."), "{}", undone.body);
    assert_eq!(find(&world, one.id).await.status, StayStatus::Confirmed);
    let elsewhere = browser.post("/stays/bulk", &[("action", "reinstate"), ("back", "//evil.example")]).await;
    assert!(!elsewhere.body.contains("evil"), "{}", elsewhere.body);
}

#[db_test]
async fn a_whole_list_is_chosen_with_its_filter_and_saved(db: TestDb) {
    let world = World::new(db).await;
    for day in 5..8 {
        book(&world, world.home.first.unit, day, day + 1).await.unwrap();
    }
    book(&world, world.home.second.unit, 4, 6).await.unwrap();
    let mut browser = world.site().browser(&world.home.manager);
    let property = world.home.first.property;
    let all = browser.get(&format!("/stays/bulk?tab=upcoming&which=all&action=check_in&property={property}")).await;
    assert!(all.body.contains("3 stays") && all.body.contains("Its day has not come"), "{}", all.body);
    let page = browser.get("/stays/bulk?tab=upcoming&which=page&action=check_in").await;
    assert!(page.body.contains("4 stays") && page.body.contains("Check in: 1"), "{}", page.body);
    let file = browser.get(&format!("/stays/selection.csv?tab=upcoming&which=all&property={property}")).await;
    assert_eq!(file.body.lines().count(), 4, "{}", file.body);
    let wrong = browser.get("/stays/bulk?which=all&action=cancel&from=soon").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[db_test]
async fn the_api_does_the_same_and_others_are_kept_out(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.second.unit;
    let feed = add_feed(&world, unit).await;
    let guest = import(&world, &[imported(unit, feed, 6, 10)]).await[0].stay_id;
    let own = book(&world, world.home.first.unit, 5, 8).await.unwrap().id;
    let site = world.site();
    let mut api = site.api(&world.home.manager, &[]);
    let ids = json!([guest, own]);
    let path = "/api/v1/stays/bulk";
    let body = json!({ "action": "dismiss", "stay_ids": ids, "preview": true });
    let seen = api.json(Method::POST, path, &body).await.json();
    assert_eq!((&seen["done"], &seen["skipped"][0]["reason"]), (&json!([guest]), &json!("not_imported")));
    assert_eq!(find(&world, guest).await.status, StayStatus::Confirmed);

    let mut foreign = site.api(&world.foreign.manager, &[]);
    for (path, body) in [
        (path, json!({ "action": "dismiss", "stay_ids": ids })),
        ("/api/v1/stays/bulk/cancel", json!({ "stay_ids": ids })),
    ] {
        let none = foreign.json(Method::POST, path, &body).await.json();
        assert_eq!((&none["done"], &none["skipped"][1]["reason"]), (&json!([]), &json!("gone")));
        assert_eq!(
            site.api(&world.home.owner, &[]).json(Method::POST, path, &body).await.status,
            StatusCode::FORBIDDEN
        );
    }
    let done = api.json(Method::POST, path, &json!({ "action": "dismiss", "stay_ids": ids })).await.json();
    assert_eq!(done["done"], json!([guest]));
    let refused = api.json(Method::POST, path, &json!({ "action": "cancel", "stay_ids": [own] })).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "cancelling is another permission's");
    let cancelled = api.json(Method::POST, "/api/v1/stays/bulk/cancel", &json!({ "stay_ids": [own] })).await.json();
    assert_eq!(cancelled["done"], json!([own]));
    let many: Vec<_> = (0..201_u128).map(uuid::Uuid::from_u128).collect();
    let refused = api.json(Method::POST, "/api/v1/stays/bulk/cancel", &json!({ "stay_ids": many })).await;
    assert_eq!(refused.json()["errors"][0]["code"], "too_many_stays", "{}", refused.body);
}
