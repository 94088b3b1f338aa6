use db::{db_test, testing::TestDb};
use http::StatusCode;
use kernel::Language;
use webkit::testing::Client;

use crate::{
    accounts::{
        AdminForm, create_admin,
        tests::{
            EMAIL, PASSWORD,
            http::{sign_in_as, visitor_of, world},
            lena,
        },
    },
    config::Secret,
    testing::World,
};

async fn ada(world: &World) -> Client {
    let form = AdminForm {
        name: "Ada Admin".into(),
        email: "ada@platform.example".into(),
        password: Secret::new(PASSWORD.into()),
        language: Language::English,
    };
    create_admin(&world.db, &world.env, &world.app.passwords, &form).await.unwrap();
    let mut client = visitor_of(world);
    let answer = sign_in_as(&mut client, &form.email, PASSWORD).await;
    assert_eq!(answer.header("location"), "/admin");
    client
}

#[db_test]
async fn only_admins_see_the_administration(db: TestDb) {
    let world = world(db).await;
    lena(&world).await;
    let mut client = visitor_of(&world);
    sign_in_as(&mut client, EMAIL, PASSWORD).await;
    for path in
        ["/admin", "/admin/users", "/admin/organizations", &format!("/admin/users/{}", world.home.staff.user_id())]
    {
        assert_eq!(client.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(visitor_of(&world).get(path).await.status, StatusCode::SEE_OTHER, "{path}");
    }
    assert_eq!(ada(&world).await.get("/admin").await.status, StatusCode::OK);
}

#[db_test]
async fn users_and_organizations_are_found_by_what_people_type(db: TestDb) {
    let world = world(db).await;
    lena(&world).await;
    let mut ada = ada(&world).await;
    let page = ada.get("/admin/users?q=LENA+o%27bri").await.body;
    assert!(page.contains("Lena O&#39;Brien") && !page.contains("Marta Manager"));
    assert!(ada.get("/admin/users?q=landlord.ex").await.body.contains("Lena O&#39;Brien"));
    assert!(ada.get("/admin/users?q=%25").await.body.contains("Nothing found"));
    assert!(ada.get("/admin/users").await.body.contains("ada@platform.example"));
    let page = ada.get("/admin/organizations?q=harbour").await.body;
    assert!(page.contains("Harbour Stays") && page.contains("Spain"));
    assert!(ada.get("/admin/organizations?q=nowhere").await.body.contains("Nothing found"));
    assert_eq!(ada.get("/admin/users?cursor=nonsense").await.status, StatusCode::OK);
    assert_eq!(ada.get(&format!("/admin/users/{}", uuid::Uuid::nil())).await.status, StatusCode::NOT_FOUND);
}

#[db_test]
async fn a_long_list_has_pages(db: TestDb) {
    let world = world(db).await;
    let mut tx = world.db.begin().await.unwrap();
    let now = kernel::instant_micros(world.env.now());
    let rows = (0..60).map(|n| {
        let email = format!("user{n:02}@many.example");
        db::row![
            kernel::UserId::new(&world.env),
            &email,
            &email,
            format!("User {n:02}"),
            format!("user {n:02}"),
            "en",
            now,
            now
        ]
    });
    db::Insert::into(
        "app_user",
        ["id", "email", "email_folded", "name", "name_folded", "language", "created_at", "updated_at"],
    )
    .rows(rows)
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let mut ada = ada(&world).await;
    let first = ada.get("/admin/users?q=many").await.body;
    let next = first.split("href=\"").find(|part| part.starts_with("/admin/users?q=many&#38;cursor=")).unwrap();
    let next = next.split('"').next().unwrap().replace("&#38;", "&");
    let second = ada.get(&next).await.body;
    let seen = |page: &str| page.matches("@many.example").count();
    assert_eq!((seen(&first), seen(&second)), (50, 10));
    assert!(second.contains("href=\"/admin/users?q=many\"") && !second.contains("rel=\"next\""));
}

#[db_test]
async fn a_user_is_disabled_with_a_reason_and_enabled_again(db: TestDb) {
    let world = world(db).await;
    let mut ada = ada(&world).await;
    let staff = world.home.staff.user_id();
    let page = format!("/admin/users/{staff}");
    assert!(ada.get(&page).await.body.contains("Sam Staff"));
    for reason in ["", "because"] {
        let refused = ada.post(&format!("{page}/disable"), &[("reason", reason)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(ada.post(&format!("{page}/disable"), &[("reason", "left")]).await.status, StatusCode::SEE_OTHER);
    assert!(ada.get(&page).await.body.contains("The account is disabled."));
    assert_eq!(ada.post(&format!("{page}/enable"), &[("reason", "settled")]).await.status, StatusCode::SEE_OTHER);

    let manager = format!("/admin/users/{}", world.home.manager.user_id());
    ada.get(&manager).await;
    let refused = ada.post(&format!("{manager}/disable"), &[("reason", "left")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("the last manager of an organization"));
}

#[db_test]
async fn an_admin_enters_an_organization_and_leaves_by_signing_out(db: TestDb) {
    let world = world(db).await;
    let mut ada = ada(&world).await;
    assert_eq!(ada.get("/organization").await.status, StatusCode::FORBIDDEN);
    ada.get("/admin/organizations").await;
    let entered = ada.post(&format!("/organizations/{}/enter", world.home.organization), &[]).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    assert!(ada.get("/organization").await.body.contains("value=\"Home\""));
}
