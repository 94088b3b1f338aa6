//! From the letter to the first page.

use db::{db_test, sql, testing::TestDb};
use http::StatusCode;

use super::{NEW, invited, joined, link};
use crate::{
    accounts::tests::{
        EMAIL, PASSWORD,
        http::{sign_in_as, visitor_of, world},
        lena,
    },
    testing::World,
};

fn at_first_house(world: &World) -> String {
    world.home.first.property.to_string()
}

#[db_test]
async fn somebody_new_joins_with_the_link_and_sees_where_they_work(db: TestDb) {
    let world = world(db).await;
    let property = at_first_house(&world);
    let path = invited(&world, &[("email", "cleo@clean.example"), ("role", "staff"), ("property_id", &property)]).await;
    let page = visitor_of(&world).get(&path).await;
    assert_eq!((page.status, page.header("referrer-policy")), (StatusCode::OK, "no-referrer"));
    assert!(page.body.contains("Join Home") && page.body.contains("Marta Manager invited you. Your role: Staff."));

    let mut cleo = joined(&world, &path).await;
    assert!(cleo.get("/dashboard").await.body.contains("Welcome! You are a member now."));
    let properties = cleo.get("/properties").await.body;
    assert!(properties.contains("Beach house") && !properties.contains("City flat"));
    assert_eq!(cleo.get("/stays").await.status, StatusCode::FORBIDDEN);

    let again = visitor_of(&world).get(&path).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert!(again.body.contains("This invitation no longer works"));
    let members = world.site().browser(&world.home.manager).get("/members").await.body;
    assert!(members.contains("Cleo Cleaner") && !members.contains("Waiting for an answer"));
}

#[db_test]
async fn what_is_wrong_is_said_and_the_link_stays_good(db: TestDb) {
    let world = world(db).await;
    let path = invited(&world, &[("email", "cleo@clean.example"), ("role", "staff")]).await;
    let mut browser = visitor_of(&world);
    browser.get(&path).await;
    let answer = browser.post(&path, &[("name", "Cleo"), ("password", "short")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("value=\"Cleo\"") && !answer.body.contains("value=\"short\""));
    assert_eq!(browser.post(&path, &NEW).await.status, StatusCode::SEE_OTHER);
}

#[db_test]
async fn an_owner_becomes_the_owner_who_was_known_without_an_account(db: TestDb) {
    let world = world(db).await;
    let party = kernel::PartyId::new(&world.env);
    let mut tx = world.db.begin().await.unwrap();
    db::Insert::into("party", ["organization_id", "id", "name", "created_at"])
        .rows([db::row![world.home.organization, party, "Otto Owner", 0_i64]])
        .execute(&mut tx)
        .await
        .unwrap();
    sql!("UPDATE property_owner SET party_id = $2 WHERE organization_id = $1")
        .bind(world.home.organization)
        .bind(party)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let id = party.to_string();
    let path = invited(&world, &[("email", "otto@owners.example"), ("role", "owner"), ("party_id", &id)]).await;
    let properties = joined(&world, &path).await.get("/properties").await.body;
    assert!(properties.contains("Beach house") && !properties.contains("City flat"));
}

#[db_test]
async fn somebody_with_an_account_signs_in_first_and_goes_on_in_the_organization(db: TestDb) {
    let world = world(db).await;
    lena(&world).await;
    let path = invited(&world, &[("email", "lena@landlord.EXAMPLE"), ("role", "manager")]).await;
    let mut browser = visitor_of(&world);
    assert!(browser.get(&path).await.body.contains("already has an account"));
    let refused = browser.post(&path, &NEW).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "an invitation is no way around a password");

    sign_in_as(&mut browser, EMAIL, PASSWORD).await;
    browser.get(&path).await;
    assert_eq!(browser.post(&path, &[("name", ""), ("password", "")]).await.header("location"), "/dashboard");
    assert!(browser.get("/properties").await.body.contains("City flat"), "the organization is the active one");
}

#[db_test]
async fn an_invitation_is_for_its_address_only(db: TestDb) {
    let world = world(db).await;
    lena(&world).await;
    let path = invited(&world, &[("email", "cleo@clean.example"), ("role", "manager")]).await;
    let mut browser = visitor_of(&world);
    sign_in_as(&mut browser, EMAIL, PASSWORD).await;
    let page = browser.get(&path).await;
    assert!(page.body.contains("The invitation is for cleo@clean.example"), "{}", page.body);
    assert_eq!(browser.post(&path, &[("name", ""), ("password", "")]).await.status, StatusCode::CONFLICT);
    joined(&world, &path).await;
}

#[db_test]
async fn a_link_ends_with_its_week_with_the_next_letter_and_when_it_is_taken_back(db: TestDb) {
    let world = world(db).await;
    let first = invited(&world, &[("email", "cleo@clean.example"), ("role", "staff")]).await;
    let mut browser = world.site().browser(&world.home.manager);
    let id = browser.get("/members").await.body;
    let id = id.split("/members/invitations/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let resend = format!("/members/invitations/{id}/resend");
    browser.post(&resend, &[]).await;
    assert_eq!(link(&world).await, first, "not twice within a minute");

    world.clock.advance(chrono::TimeDelta::days(7));
    assert_eq!(visitor_of(&world).get(&first).await.status, StatusCode::NOT_FOUND);
    assert!(browser.get("/members").await.body.contains("expired on"));
    browser.post(&resend, &[]).await;
    let second = link(&world).await;
    assert_ne!(first, second);
    assert_eq!(visitor_of(&world).get(&first).await.status, StatusCode::NOT_FOUND);
    assert_eq!(visitor_of(&world).get(&second).await.status, StatusCode::OK);

    crate::members::service::forget(&world.app).await.unwrap();
    assert_eq!(visitor_of(&world).get(&second).await.status, StatusCode::OK, "only old ones are forgotten");

    browser.get("/members").await;
    browser.post(&format!("/members/invitations/{id}/revoke"), &[]).await;
    assert_eq!(visitor_of(&world).get(&second).await.status, StatusCode::NOT_FOUND);
    assert_eq!(visitor_of(&world).post(&second, &NEW).await.status, StatusCode::FORBIDDEN, "a form from nowhere");
}

#[db_test]
async fn of_two_who_bring_the_link_at_once_one_joins(db: TestDb) {
    let world = world(db).await;
    lena(&world).await;
    // Her own organization stays the older one, and so the one that both of her forms belong to.
    world.clock.advance(chrono::TimeDelta::minutes(1));
    let path = invited(&world, &[("email", EMAIL), ("role", "staff")]).await;
    let mut browsers = [visitor_of(&world), visitor_of(&world)];
    for browser in &mut browsers {
        sign_in_as(browser, EMAIL, PASSWORD).await;
        browser.get(&path).await;
    }
    let [one, two] = &mut browsers;
    let fields = [("name", ""), ("password", "")];
    let (one, two) = tokio::join!(one.post(&path, &fields), two.post(&path, &fields));
    let mut answers = [one.status.as_u16(), two.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 404]);
    let members: i64 = sql!("SELECT COUNT(*) AS n FROM membership WHERE organization_id = $1")
        .bind(world.home.organization)
        .fetch_one(&mut world.db.read().await.unwrap(), |row| row.get("n"))
        .await
        .unwrap();
    assert_eq!(members, 4);
}
