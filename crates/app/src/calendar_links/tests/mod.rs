//! A member's own calendar.

use db::{db_test, sql, testing::TestDb};
use http::{Method, StatusCode};
use kernel::{PermissionName, permissions::StaysCreate};
use serde_json::json;
use webkit::testing::{Answer, Client};

use crate::{
    stays::{self, NewStay, StayForm},
    testing::{Member, World},
};

async fn book(world: &World, unit: kernel::UnitId, check_in: &str, check_out: &str) {
    let form = StayForm {
        unit_id: unit.to_string(),
        kind: "reservation".to_owned(),
        channel: "direct".to_owned(),
        check_in: check_in.to_owned(),
        check_out: check_out.to_owned(),
        guest_name: "Ana Example".to_owned(),
        guest_email: "ana@guests.example".to_owned(),
        adults: "2".to_owned(),
        ..StayForm::default()
    };
    let new = NewStay::parse(&form, "EUR".parse().unwrap()).unwrap();
    stays::book(&world.app, &world.manager::<StaysCreate>(), &new).await.unwrap();
}

/// Makes a member's address as they do; its path.
async fn made(browser: &mut Client) -> String {
    browser.get("/profile/calendar").await;
    assert_eq!(browser.post("/profile/calendar", &[]).await.status, StatusCode::SEE_OTHER);
    let page = browser.get("/profile/calendar").await.body;
    page.split("value=\"http://127.0.0.1:8080").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn fetched(world: &World, member: &Member) -> Answer {
    let path = made(&mut world.site().browser(member)).await;
    world.site().anonymous().get(&path).await
}

fn titles(answer: &Answer) -> Vec<&str> {
    answer.body.split("\r\n").filter_map(|line| line.strip_prefix("SUMMARY:")).collect()
}

#[db_test]
async fn each_member_reads_what_they_may_see(db: TestDb) {
    let world = World::new(db).await;
    book(&world, world.home.first.unit, "2027-01-10", "2027-01-14").await;
    book(&world, world.home.second.unit, "2027-01-11", "2027-01-15").await;
    let manager = fetched(&world, &world.home.manager).await;
    assert_eq!(titles(&manager), ["Beach house: Ana", "City flat: Ana"]);
    assert!(manager.body.contains("X-WR-CALNAME:Home") && !manager.body.contains("Example"), "{}", manager.body);
    assert_eq!(manager.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(manager.header("set-cookie"), "");
    assert!(crate::feeds::ical::read(manager.body.as_bytes()).unwrap().warnings.is_empty());
    assert_eq!(titles(&fetched(&world, &world.home.owner).await), ["Beach house: guests"]);
    let staff = fetched(&world, &world.home.staff).await;
    assert_eq!(titles(&staff), ["Turnover: Beach house"]);
    assert!(staff.body.contains("DTSTART;VALUE=DATE:20270114") && !staff.body.contains("Ana"), "{}", staff.body);
    assert!(titles(&fetched(&world, &world.foreign.manager).await).is_empty());
}

#[db_test]
async fn an_address_ends_with_the_next_one_with_its_removal_and_with_the_member(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.staff);
    assert!(browser.get("/profile/calendar").await.body.contains("You have no calendar address yet"));
    let (first, second) = (made(&mut browser).await, made(&mut browser).await);
    let mut anonymous = world.site().anonymous();
    assert_eq!(anonymous.get(&first).await.status, StatusCode::NOT_FOUND);
    assert_eq!(anonymous.get(&second).await.status, StatusCode::OK);
    assert!(browser.get("/profile/calendar").await.body.contains("Last read just now."));
    assert_eq!(browser.post("/profile/calendar/remove", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(anonymous.get(&second).await.status, StatusCode::NOT_FOUND);

    let third = made(&mut browser).await;
    let user = world.home.staff.user_id();
    let set = async |status: &str| {
        let mut tx = world.db.begin().await.unwrap();
        sql!("UPDATE app_user SET status = $2 WHERE id = $1").bind(user).bind(status).execute(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    set("disabled").await;
    assert_eq!(anonymous.get(&third).await.status, StatusCode::NOT_FOUND);
    set("active").await;
    assert_eq!(anonymous.get(&third).await.status, StatusCode::OK);
    let mut tx = world.db.begin().await.unwrap();
    sql!("DELETE FROM membership WHERE organization_id = $1 AND user_id = $2")
        .bind(world.home.organization)
        .bind(user)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(anonymous.get(&third).await.status, StatusCode::NOT_FOUND);
}

#[db_test]
async fn a_program_has_the_address_only_with_a_token_that_may_see_what_it_shows(db: TestDb) {
    let world = World::new(db).await;
    let mut whole = world.site().api(&world.home.manager, &[PermissionName::StaysView, PermissionName::TasksView]);
    let path = "/api/v1/calendar-link";
    assert_eq!(whole.get(path).await.status, StatusCode::NOT_FOUND);
    let made = whole.json(Method::POST, path, &json!({})).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let address = made.json()["address"].as_str().unwrap().to_owned();
    let address = address.strip_prefix("http://127.0.0.1:8080").unwrap();
    assert_eq!(world.site().anonymous().get(address).await.status, StatusCode::OK);
    assert_eq!(whole.get(path).await.json()["address"], made.json()["address"]);

    let mut part = world.site().api(&world.home.manager, &[PermissionName::TasksView]);
    assert_eq!(part.get(path).await.status, StatusCode::FORBIDDEN);
    assert_eq!(part.json(Method::POST, path, &json!({})).await.status, StatusCode::FORBIDDEN);
    let mut of_staff = world.site().api(&world.home.staff, &[PermissionName::TasksView]);
    assert_eq!(of_staff.json(Method::POST, path, &json!({})).await.status, StatusCode::CREATED);

    assert_eq!(whole.json(Method::DELETE, path, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.site().anonymous().get(address).await.status, StatusCode::NOT_FOUND);
    assert_eq!(whole.json(Method::DELETE, path, &json!({})).await.status, StatusCode::NOT_FOUND);
}
