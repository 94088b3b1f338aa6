use chrono::TimeDelta;
use db::{db_test, sql, testing::TestDb};
use kernel::{Role, SessionId};

use super::*;
use crate::accounts::service::{
    housekeeping::sweep,
    profile::{PasswordForm, ProfileError, change_password},
    session::{devices, revoke, revoke_others},
    sign_in::sign_out,
};

async fn session_of(app: &App, jar: &Jar) -> SessionId {
    let found = identify(app, jar.session.as_deref(), None).await.unwrap().identity.unwrap();
    match found.via {
        webkit::Via::Session { id, .. } => id,
        webkit::Via::Token(_) => panic!("a browser has a session"),
    }
}

#[db_test]
async fn a_session_knows_its_user_and_organization_with_one_statement(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    let jar = browser(&world.app, false).await;
    let (found, statements) = db::count_queries(identify(&world.app, jar.session.as_deref(), None)).await;
    let identity = found.unwrap().identity.unwrap();
    assert_eq!(statements, 1);
    assert_eq!((identity.actor.user_id, identity.actor.membership.unwrap().role), (lena.id, Role::Manager));
    assert_eq!(identity.organization().unwrap().organization, "Harbour Stays");
    assert_eq!((identity.user.name.as_str(), identity.user.zone.name()), ("Lena O'Brien", "Europe/Madrid"));
}

#[db_test]
async fn only_hashes_of_secrets_are_stored(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    let jar = browser(&world.app, true).await;
    let remember = jar.remember.unwrap();
    let (_, remember) = remember.split_once('.').unwrap();
    let mut read = world.db.read().await.unwrap();
    let stored: Vec<(Vec<u8>, Vec<u8>)> = sql!("SELECT token_hash, remember_hash FROM session")
        .query()
        .fetch_all(&mut read, |row| Ok((row.get("token_hash")?, row.get("remember_hash")?)))
        .await
        .unwrap();
    let hash = |text: &str| db::Storable::to_raw(&Hash::of(text));
    assert_eq!(stored, [(hash(&jar.session.unwrap()), hash(remember))]);
}

#[db_test]
async fn a_session_ends_by_idleness_and_by_age(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    let idle = browser(&world.app, false).await;
    world.clock.advance(TimeDelta::minutes(30));
    let (user, after) = idle.visit(&world.app).await;
    assert_eq!((user, after.session), (None, None));

    let busy = browser(&world.app, false).await;
    for _ in 0..35 {
        world.clock.advance(TimeDelta::minutes(20));
        assert!(busy.is_signed_in(&world.app).await);
    }
    world.clock.advance(TimeDelta::minutes(20));
    assert!(!busy.is_signed_in(&world.app).await, "12 hours after it began");
}

#[db_test]
async fn its_use_is_noted_at_most_once_a_minute(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    let jar = browser(&world.app, false).await;
    let begun = world.env.now();
    for (seconds, seen) in [(30, 0), (30, 60), (59, 60), (1, 120)] {
        world.clock.advance(TimeDelta::seconds(seconds));
        assert!(jar.is_signed_in(&world.app).await);
        let devices = devices(&world.app, lena.id).await.unwrap();
        assert_eq!((devices[0].last_seen_at - begun).num_seconds(), seen);
    }
}

#[db_test]
async fn a_remembered_device_begins_its_session_anew_with_other_secrets(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    let first = browser(&world.app, true).await;
    world.clock.advance(TimeDelta::days(59));
    let (user, second) = first.visit(&world.app).await;
    assert_eq!(user, Some(lena.id));
    assert_ne!((&second.session, &second.remember), (&first.session, &first.remember));
    assert!(second.is_signed_in(&world.app).await);
    // Sixty days from its last use.
    world.clock.advance(TimeDelta::days(59));
    let (user, third) = second.visit(&world.app).await;
    assert_eq!(user, Some(lena.id));
    world.clock.advance(TimeDelta::days(60));
    let (user, none) = third.visit(&world.app).await;
    assert_eq!((user, none.session, none.remember), (None, None, None));
}

#[db_test]
async fn requests_of_one_moment_do_not_look_like_theft(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    let jar = browser(&world.app, true).await;
    world.clock.advance(TimeDelta::hours(13));
    let (one, two) = tokio::join!(jar.visit(&world.app), jar.visit(&world.app));
    assert!(one.0.is_some() && two.0.is_some());
    let renewed = [&one.1, &two.1].into_iter().filter(|after| **after != jar).count();
    assert_eq!(renewed, 1, "one of the two gives the new cookies");
    world.clock.advance(TimeDelta::seconds(20));
    assert!(jar.is_signed_in(&world.app).await);
}

#[db_test]
async fn a_replaced_secret_ends_the_device_for_thief_and_owner(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    let stolen = browser(&world.app, true).await;
    let elsewhere = browser(&world.app, true).await;
    world.clock.advance(TimeDelta::hours(13));
    let (_, owner) = stolen.visit(&world.app).await;
    world.clock.advance(TimeDelta::seconds(31));
    assert!(owner.is_signed_in(&world.app).await);
    let (thief, after) = stolen.visit(&world.app).await;
    assert_eq!((thief, after.session, after.remember), (None, None, None));
    assert!(!owner.is_signed_in(&world.app).await);
    assert_eq!(elsewhere.visit(&world.app).await.0, Some(lena.id));
}

#[db_test]
async fn forged_cookies_are_nobody(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    let jar = browser(&world.app, true).await;
    let id = session_of(&world.app, &jar).await;
    for remember in ["", ".", "x.y", &id.to_string(), &format!("{id}."), &format!("{}.x", uuid::Uuid::nil())] {
        let forged = Jar { session: Some("x".into()), remember: Some((*remember).into()), device: None };
        assert!(!forged.is_signed_in(&world.app).await, "{remember}");
    }
}

#[db_test]
async fn sessions_are_listed_and_ended_by_their_user_only(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    let (here, there) = (browser(&world.app, false).await, browser(&world.app, true).await);
    let (here_id, there_id) = (session_of(&world.app, &here).await, session_of(&world.app, &there).await);
    assert_eq!(devices(&world.app, lena.id).await.unwrap().len(), 2);
    assert!(!revoke(&world.app, world.home.manager.user_id(), there_id).await.unwrap());
    assert!(revoke(&world.app, lena.id, there_id).await.unwrap());
    assert!(!there.is_signed_in(&world.app).await && here.is_signed_in(&world.app).await);

    let third = browser(&world.app, true).await;
    assert_eq!(revoke_others(&world.app, lena.id, here_id).await.unwrap(), 1);
    assert!(!third.is_signed_in(&world.app).await && here.is_signed_in(&world.app).await);
    let cookies = sign_out(&world.app, lena.id, here_id).await.unwrap();
    assert!(!here.is_signed_in(&world.app).await);
    assert_eq!(here.keep(cookies).session, None);
}

#[db_test]
async fn another_password_ends_the_other_sessions_and_changes_this_ones_secret(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    let (here, there) = (browser(&world.app, true).await, browser(&world.app, true).await);
    let id = session_of(&world.app, &here).await;
    let form =
        |current: &str, password: &str| PasswordForm { current_password: current.into(), password: password.into() };
    for (wrong, field, code) in [
        (form("", "another long secret 4"), "current_password", "required"),
        (form("wrong", "another long secret 4"), "current_password", "password_wrong"),
        (form(PASSWORD, "short"), "password", "password_short"),
        (form(PASSWORD, ""), "password", "required"),
        (form(PASSWORD, "lena@landlord.example"), "password", "password_common"),
    ] {
        let refused = change_password(&world.app, lena.id, id, &wrong).await.unwrap_err();
        let ProfileError::Invalid(errors) = refused else { panic!("{refused:?}") };
        assert_eq!(errors.iter().map(|e| (e.field, e.code)).collect::<Vec<_>>(), [(field, code)]);
    }
    let new = "another long secret 4";
    let cookie = change_password(&world.app, lena.id, id, &form(PASSWORD, new)).await.unwrap();
    assert!(!there.is_signed_in(&world.app).await);
    let old = Jar { remember: None, ..here.clone() };
    assert!(!old.is_signed_in(&world.app).await);
    assert!(here.keep(vec![cookie]).is_signed_in(&world.app).await);
    assert!(matches!(try_password(&world.app, PASSWORD, &visitor("192.0.2.9")).await, Err(SignInError::Wrong)));
    assert!(try_password(&world.app, new, &visitor("192.0.2.9")).await.is_ok());
    assert!(letters(&world.app).await.contains(&"password_changed".to_owned()));
}

#[db_test]
async fn a_session_cannot_be_used_to_guess_the_password(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    let id = session_of(&world.app, &browser(&world.app, false).await).await;
    let form = PasswordForm { current_password: "wrong".into(), password: "another long secret 4".into() };
    for _ in 0..5 {
        assert!(matches!(change_password(&world.app, lena.id, id, &form).await, Err(ProfileError::Invalid(_))));
    }
    assert!(matches!(change_password(&world.app, lena.id, id, &form).await, Err(ProfileError::Wait(60))));
}

#[db_test]
async fn what_has_ended_is_forgotten_and_nothing_else(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    let (plain, kept) = (browser(&world.app, false).await, browser(&world.app, true).await);
    assert!(try_password(&world.app, "wrong", &visitor("192.0.2.1")).await.is_err());
    world.clock.advance(TimeDelta::hours(25));
    let fresh = browser(&world.app, false).await;
    sweep(&world.app).await.unwrap();
    assert_eq!(count(&world.app, sql!("SELECT COUNT(*) AS n FROM session")).await, 2);
    assert_eq!(count(&world.app, sql!("SELECT COUNT(*) AS n FROM sign_in_throttle WHERE failures > 0")).await, 0);
    assert!(!plain.is_signed_in(&world.app).await);
    assert!(kept.is_signed_in(&world.app).await && fresh.is_signed_in(&world.app).await);
}
