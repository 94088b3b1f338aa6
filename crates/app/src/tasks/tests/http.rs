use ::http::{Method, StatusCode};
use db::{db_test, testing::TestDb};
use serde_json::json;

use super::*;

async fn due_today(world: &World) -> TaskView {
    let stays = Stays(world);
    let leaving = world.add_stay(world.home.first, "2027-01-01", "2027-01-04").await;
    let coming = world.add_stay(world.home.first, "2027-01-04", "2027-01-06").await;
    stays.claim(coming, world.home.first.unit, "2027-01-04", "2027-01-06").await;
    stays.reconcile(&[leaving, coming]).await;
    stays.turnover(leaving).await.unwrap()
}

#[db_test]
async fn a_cleaner_starts_completes_and_undoes_from_the_page(db: TestDb) {
    let world = World::new(db).await;
    let task = due_today(&world).await;
    let mut browser = world.site().browser(&world.home.staff);
    let list = browser.get("/tasks").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.body);
    assert!(list.body.contains("Beach house") && list.body.contains("11:00 AM to 4:00 PM"), "{}", list.body);
    assert!(list.body.contains("Next: 2 adults") && list.body.contains("Same-day turnover"), "{}", list.body);

    let page = format!("/tasks/{}", task.id);
    for (step, shown) in [("start", "Complete it when you are done"), ("complete", "Thank you"), ("undo", "Undone")] {
        let answer = browser.post(&format!("{page}/{step}"), &[]).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::SEE_OTHER, page.as_str()),
            "{}",
            answer.body
        );
        let after = browser.get(&page).await;
        assert!(after.body.contains(shown), "{}", after.body);
    }
    let refused = browser.post(&format!("{page}/start"), &[]).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER);
    browser.post(&format!("{page}/complete"), &[]).await;
    let over = browser.post(&format!("{page}/start"), &[]).await;
    assert_eq!(over.status, StatusCode::CONFLICT);
}

#[db_test]
async fn each_role_sees_and_does_its_part(db: TestDb) {
    let world = World::new(db).await;
    let task = due_today(&world).await;
    let page = format!("/tasks/{}", task.id);
    let mut owner = world.site().browser(&world.home.owner);
    assert!(!owner.get(&page).await.body.contains(&format!("{page}/start")));
    assert_eq!(owner.post(&format!("{page}/start"), &[]).await.status, StatusCode::FORBIDDEN);
    let mut stranger = world.site().browser(&world.foreign.manager);
    assert_eq!(stranger.get(&page).await.status, StatusCode::NOT_FOUND);
    let staff = world.site().browser(&world.home.staff).get(&page).await;
    assert!(!staff.body.contains("/stays/") && staff.body.contains(&format!("{page}/start")), "{}", staff.body);
    for tab in ["today", "overdue", "upcoming", "done"] {
        let list = owner.get(&format!("/tasks?tab={tab}&property={}", world.home.second.property)).await;
        assert_eq!(list.status, StatusCode::OK);
        assert!(!list.body.contains(&page), "{tab}");
    }
}

#[db_test]
async fn the_api_lists_starts_and_completes(db: TestDb) {
    let world = World::new(db).await;
    let task = due_today(&world).await;
    let mut api = world.site().api(&world.home.staff, &[]);
    let list = api.get("/api/v1/tasks").await;
    let found = &list.json()["items"][0];
    assert_eq!(found["id"], json!(task.id), "{}", list.body);
    assert_eq!((&found["same_day"], &found["must_finish_by"]), (&json!(true), &json!("2027-01-04T15:00:00Z")));
    assert_eq!((&found["next_guests"]["adults"], &found["kind"]), (&json!(2), &json!("turnover")));

    let path = format!("/api/v1/tasks/{}", task.id);
    let early = api.json(Method::POST, &format!("{path}/complete"), &json!({})).await;
    assert_eq!((early.status, &early.json()["code"]), (StatusCode::CONFLICT, &json!("task_status")));
    let started = api.json(Method::POST, &format!("{path}/start"), &json!({})).await;
    assert_eq!((started.status, &started.json()["status"]), (StatusCode::OK, &json!("in_progress")));
    let done = api.json(Method::POST, &format!("{path}/complete"), &json!({})).await.json();
    assert_eq!((&done["status"], &done["completed_at"]), (&json!("completed"), &json!("2027-01-04T09:00:00Z")));
    let none = api.get("/api/v1/tasks?tab=overdue").await.json();
    assert_eq!(none, json!({ "items": [], "next": null }));
    assert_eq!(api.get("/api/v1/tasks?tab=whenever").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
