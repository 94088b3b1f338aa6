use chrono::TimeDelta;
use db::{db_test, testing::TestDb};
use http::StatusCode;
use kernel::{ActorKind, PermissionName, Role};

use super::*;
use crate::testing::World;

fn form() -> TokenForm {
    TokenForm { name: "Export".into(), days: "30".into(), permissions: vec!["stays.view".into(), "tasks.view".into()] }
}

async fn token(world: &World) -> String {
    let manager = &world.home.manager.actor;
    let new = NewApiToken::parse(&form(), Role::Manager).unwrap();
    create(&world.app, manager.user_id, manager.membership.unwrap(), &new).await.unwrap()
}

#[test]
fn a_token_may_not_do_more_than_its_role() {
    let refused = NewApiToken::parse(&form(), Role::Staff).unwrap_err();
    assert_eq!(refused.of("permissions").unwrap().code, "choice_unknown");
    let empty = NewApiToken::parse(&TokenForm::default(), Role::Manager).unwrap_err();
    let fields: Vec<&str> = empty.iter().map(|error| error.field).collect();
    assert_eq!(fields, ["name", "days", "permissions"]);
}

#[db_test]
async fn a_token_stands_for_its_user_until_it_expires(db: TestDb) {
    let world = World::new(db).await;
    let secret = token(&world).await;
    let identity = identify(&world.app, &secret).await.unwrap().unwrap();
    assert_eq!(identity.actor.user_id, world.home.manager.user_id());
    let expected = [PermissionName::StaysView, PermissionName::TasksView].into();
    assert_eq!(identity.actor.kind, ActorKind::ApiToken(expected));
    assert!(identify(&world.app, "stl_guessed").await.unwrap().is_none());

    world.clock.advance(TimeDelta::days(30));
    assert!(identify(&world.app, &secret).await.unwrap().is_none());
}

#[db_test]
async fn only_its_user_sees_and_revokes_a_token(db: TestDb) {
    let world = World::new(db).await;
    let secret = token(&world).await;
    let (manager, owner) = (&world.home.manager.actor, &world.home.owner.actor);
    let mut read = world.db.read().await.unwrap();
    let mine = list(&mut read, manager.user_id, manager.membership.unwrap()).await.unwrap();
    assert_eq!((mine.len(), mine[0].name.as_str(), mine[0].last_used_at), (1, "Export", None));
    assert_eq!(list(&mut read, owner.user_id, owner.membership.unwrap()).await.unwrap(), []);
    drop(read);

    let refused = revoke(&world.app, owner.user_id, owner.membership.unwrap(), mine[0].id).await.unwrap_err();
    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
    revoke(&world.app, manager.user_id, manager.membership.unwrap(), mine[0].id).await.unwrap();
    assert!(identify(&world.app, &secret).await.unwrap().is_none());
}

#[db_test]
async fn the_secret_is_shown_once_and_not_kept(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.manager);
    browser.get("/profile/tokens").await;
    let fields = [("name", "Export"), ("days", "90"), ("permissions", "stays.view"), ("permissions", "tasks.view")];
    let made = browser.post("/profile/tokens", &fields).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let secret = made.body.split("stl_").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    assert_eq!(secret.len(), 43);
    assert!(!browser.get("/profile/tokens").await.body.contains(&secret));

    let bad = browser.post("/profile/tokens", &[("name", ""), ("days", "9999")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("name-error") && bad.body.contains("days-error"));
}

#[db_test]
async fn a_disabled_user_s_token_ends_at_once(db: TestDb) {
    let world = World::new(db).await;
    let secret = token(&world).await;
    let mut tx = world.db.begin().await.unwrap();
    db::sql!("UPDATE app_user SET status = 'disabled' WHERE id = $1")
        .bind(world.home.manager.user_id())
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(identify(&world.app, &secret).await.unwrap().is_none());
}
