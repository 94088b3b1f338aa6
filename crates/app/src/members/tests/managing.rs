//! Roles, work, suspension and removal.

use db::{db_test, testing::TestDb};
use http::{Method, StatusCode};
use kernel::{
    PermissionName, TaskId,
    permissions::{StaysCreate, TasksView},
};
use serde_json::{Value, json};
use webkit::testing::Client;

use super::{invited, joined};
use crate::{
    accounts::tests::http::world,
    stays::{self, NewStay, StayForm},
    tasks::{self, TaskStatus},
    testing::{Member, World},
};

fn api(world: &World, member: &Member) -> Client {
    world.site().api(member, &[])
}

fn path_of(member: &Member) -> String {
    format!("/api/v1/members/{}", member.actor.membership.unwrap().id)
}

fn code(answer: &webkit::testing::Answer) -> Value {
    answer.json()["code"].clone()
}

#[db_test]
async fn an_address_is_asked_once_and_members_are_not_asked(db: TestDb) {
    let world = world(db).await;
    let mut api = api(&world, &world.home.manager);
    let mut ask = async |email: &str| {
        api.json(Method::POST, "/api/v1/invitations", &json!({ "email": email, "role": "staff" })).await
    };
    assert_eq!(ask("cleo@clean.example").await.status, StatusCode::CREATED);
    for email in ["CLEO@clean.example", "staff@home.example", "no address", ""] {
        let refused = ask(email).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{email}");
    }
    let property = world.foreign.first.property;
    let foreign = json!({ "email": "dora@clean.example", "role": "staff", "property_ids": [property] });
    assert_eq!(api.json(Method::POST, "/api/v1/invitations", &foreign).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let open = api.get("/api/v1/invitations").await.json();
    assert_eq!(open.as_array().unwrap().len(), 1);
    assert_eq!((&open[0]["email"], &open[0]["state"]), (&json!("cleo@clean.example"), &json!("open")));
}

#[db_test]
async fn a_role_and_a_place_of_work_change_at_once(db: TestDb) {
    let world = World::new(db).await;
    let (mut api, path) = (api(&world, &world.home.manager), path_of(&world.home.staff));
    let second = world.home.second.property;
    let changed = api.json(Method::PATCH, &path, &json!({ "property_ids": [second] })).await;
    assert_eq!(changed.json()["property_ids"], json!([second]));
    let changed = api.json(Method::PATCH, &path, &json!({ "role": "manager" })).await;
    assert_eq!((&changed.json()["role"], &changed.json()["property_ids"]), (&json!("manager"), &json!([])));
    let changed = api.json(Method::PATCH, &path, &json!({ "role": "captain" })).await;
    assert_eq!(changed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let owner = api.json(Method::PATCH, &path, &json!({ "role": "owner" })).await;
    assert_eq!(owner.json()["properties"], 0, "an owner of nothing yet");
}

#[db_test]
async fn the_last_manager_stays(db: TestDb) {
    let world = World::new(db).await;
    let (mut api, marta) = (api(&world, &world.home.manager), path_of(&world.home.manager));
    for input in [json!({ "role": "owner" }), json!({ "suspended": true })] {
        let refused = api.json(Method::PATCH, &marta, &input).await;
        assert_eq!((refused.status, code(&refused)), (StatusCode::CONFLICT, json!("last_manager")), "{input}");
    }
    assert_eq!(api.json(Method::DELETE, &marta, &json!({})).await.status, StatusCode::CONFLICT);

    // Another manager who is suspended does not count.
    let sam = path_of(&world.home.staff);
    api.json(Method::PATCH, &sam, &json!({ "role": "manager", "suspended": true })).await;
    assert_eq!(api.json(Method::DELETE, &marta, &json!({})).await.status, StatusCode::CONFLICT);
    api.json(Method::PATCH, &sam, &json!({ "suspended": false })).await;
    assert_eq!(api.json(Method::DELETE, &marta, &json!({})).await.status, StatusCode::NO_CONTENT);
}

#[db_test]
async fn of_two_managers_who_remove_each_other_one_stays(db: TestDb) {
    let world = World::new(db).await;
    let mut marta = api(&world, &world.home.manager);
    marta.json(Method::PATCH, &path_of(&world.home.staff), &json!({ "role": "manager" })).await;
    let mut again = api(&world, &world.home.manager);
    let (one, two) = (path_of(&world.home.manager), path_of(&world.home.staff));
    let nothing = json!({});
    let (one, two) =
        tokio::join!(marta.json(Method::DELETE, &one, &nothing), again.json(Method::DELETE, &two, &nothing));
    let mut answers = [one.status.as_u16(), two.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [204, 409]);
}

/// Books a stay that ends today at the first house, and lets the member begin its turnover.
async fn begun_turnover(world: &World, member: &Member) -> TaskId {
    let form = StayForm {
        unit_id: world.home.first.unit.to_string(),
        kind: "reservation".to_owned(),
        channel: "direct".to_owned(),
        check_in: "2027-01-02".to_owned(),
        check_out: "2027-01-04".to_owned(),
        adults: "2".to_owned(),
        ..StayForm::default()
    };
    let new = NewStay::parse(&form, "EUR".parse().unwrap()).unwrap();
    let stay = stays::book(&world.app, &world.manager::<StaysCreate>(), &new).await.unwrap();
    let mut read = world.db.read().await.unwrap();
    let task = tasks::of_stay(&mut read, &world.manager::<TasksView>(), stay.id).await.unwrap().unwrap();
    tasks::start(&world.app, &member.grant(), task.id).await.unwrap();
    task.id
}

async fn status_of(world: &World, task: TaskId) -> TaskStatus {
    let mut read = world.db.read().await.unwrap();
    tasks::find(&mut read, &world.manager::<TasksView>(), task).await.unwrap().status
}

#[db_test]
async fn what_a_removed_member_had_begun_goes_back_to_the_others(db: TestDb) {
    let world = World::new(db).await;
    let task = begun_turnover(&world, &world.home.staff).await;
    let id = world.home.staff.actor.membership.unwrap().id;
    let mut browser = world.site().browser(&world.home.manager);
    let question = browser.get(&format!("/members/{id}/remove")).await.body;
    assert!(question.contains("One task that they have begun goes back to the others."), "{question}");
    let answer = browser.post(&format!("/members/{id}/remove"), &[]).await;
    assert_eq!(answer.header("location"), "/members");
    assert!(browser.get("/members").await.body.contains("Sam Staff is no longer a member."));
    assert_eq!(status_of(&world, task).await, TaskStatus::Pending);
    assert_eq!(browser.get(&format!("/members/{id}")).await.status, StatusCode::NOT_FOUND);
}

#[db_test]
async fn sessions_tokens_and_calendars_end_with_a_suspension_and_come_back_with_its_end(db: TestDb) {
    let world = world(db).await;
    let path = invited(&world, &[("email", "cleo@clean.example"), ("role", "manager")]).await;
    let mut cleo = joined(&world, &path).await;
    cleo.get("/profile/calendar").await;
    cleo.post("/profile/calendar", &[]).await;
    let page = cleo.get("/profile/calendar").await.body;
    let calendar = page.split("value=\"http://127.0.0.1:8080").nth(1).unwrap().split('"').next().unwrap().to_owned();
    cleo.get("/profile/tokens").await;
    let page = cleo.post("/profile/tokens", &[("name", "n"), ("days", "30"), ("permissions", "stays.view")]).await.body;
    let token = page.split("value=\"stl_").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let mut program = crate::accounts::tests::http::visitor_of(&world).bearer(&format!("stl_{token}"));
    assert_eq!(program.get("/api/v1/stays").await.status, StatusCode::OK);

    let mut api = api(&world, &world.home.manager);
    let members = api.get("/api/v1/members").await.json();
    let member = members["items"].as_array().unwrap().iter().find(|member| member["name"] == "Cleo Cleaner").unwrap();
    let path = format!("/api/v1/members/{}", member["id"].as_str().unwrap());
    let anonymous = || world.site().anonymous();
    for (suspended, allowed) in [(true, false), (false, true)] {
        api.json(Method::PATCH, &path, &json!({ "suspended": suspended })).await;
        assert_eq!(cleo.get("/stays").await.status == StatusCode::OK, allowed);
        assert_eq!(program.get("/api/v1/stays").await.status == StatusCode::OK, allowed);
        assert_eq!(anonymous().get(&calendar).await.status == StatusCode::OK, allowed);
    }
    assert_eq!(api.json(Method::DELETE, &path, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_ne!(cleo.get("/stays").await.status, StatusCode::OK);
    assert_eq!(program.get("/api/v1/stays").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(anonymous().get(&calendar).await.status, StatusCode::NOT_FOUND);
}

#[db_test]
async fn a_token_without_the_permission_changes_nobody(db: TestDb) {
    let world = World::new(db).await;
    let mut api = world.site().api(&world.home.manager, &[PermissionName::UsersView]);
    let path = path_of(&world.home.staff);
    assert_eq!(api.get(&path).await.status, StatusCode::OK);
    assert_eq!(api.json(Method::PATCH, &path, &json!({ "suspended": true })).await.status, StatusCode::FORBIDDEN);
    let foreign = path_of(&world.foreign.staff);
    assert_eq!(api.get(&foreign).await.status, StatusCode::NOT_FOUND);
}
