use chrono::TimeDelta;
use db::{db_test, sql, testing::TestDb};

use super::*;
use crate::accounts::{
    model::{Email, TokenPurpose as P},
    service::{
        letters::write,
        profile::{EmailForm, ProfileError, ask_email},
        recover::{LinkError, ask_reset, confirm_email, look, reset_password, verify_email},
    },
};

const NEW: &str = "another long secret 4";

#[db_test]
async fn a_reset_sets_the_password_once_ends_all_sessions_and_confirms_the_address(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    let jar = browser(&world.app, true).await;
    let link = secret(&world.app, lena.id, P::ResetPassword, EMAIL).await;
    for _ in 0..3 {
        assert!(look(&world.app, P::ResetPassword, &link).await.unwrap().is_some(), "looking does not use it up");
    }
    let refused = reset_password(&world.app, &link, "password1234").await;
    assert!(matches!(refused, Err(LinkError::Invalid(_))), "and a mistake does not either");
    reset_password(&world.app, &link, NEW).await.unwrap();
    assert!(!jar.is_signed_in(&world.app).await);
    assert!(try_password(&world.app, NEW, &visitor("192.0.2.9")).await.is_ok());
    assert!(account(&world.app, EMAIL).await.email_verified_at.is_some());
    assert!(matches!(reset_password(&world.app, &link, NEW).await, Err(LinkError::Dead)));
    assert!(look(&world.app, P::ResetPassword, &link).await.unwrap().is_none());
    assert!(letters(&world.app).await.contains(&"password_changed".to_owned()));
}

#[db_test]
async fn of_two_uses_at_once_one_wins(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    let link = secret(&world.app, lena.id, P::ResetPassword, EMAIL).await;
    let (one, two) = tokio::join!(
        reset_password(&world.app, &link, NEW),
        reset_password(&world.app, &link, "a third long secret 5")
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    let link = secret(&world.app, lena.id, P::VerifyEmail, EMAIL).await;
    let (one, two) = tokio::join!(verify_email(&world.app, &link), verify_email(&world.app, &link));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
}

#[db_test]
async fn a_link_is_good_for_its_purpose_and_its_time_only(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    let reset = secret(&world.app, lena.id, P::ResetPassword, EMAIL).await;
    let verify = secret(&world.app, lena.id, P::VerifyEmail, EMAIL).await;
    assert!(matches!(verify_email(&world.app, &reset).await, Err(LinkError::Dead)));
    assert!(matches!(confirm_email(&world.app, &verify).await, Err(LinkError::Dead)));
    assert!(matches!(reset_password(&world.app, &verify, NEW).await, Err(LinkError::Dead)));
    for forged in ["", "x", &verify.to_lowercase()] {
        assert!(matches!(verify_email(&world.app, forged).await, Err(LinkError::Dead)));
    }
    world.clock.advance(TimeDelta::minutes(30));
    assert!(matches!(reset_password(&world.app, &reset, NEW).await, Err(LinkError::Dead)));
    world.clock.advance(TimeDelta::days(2));
    verify_email(&world.app, &verify).await.unwrap();
    let late = secret(&world.app, lena.id, P::VerifyEmail, EMAIL).await;
    world.clock.advance(TimeDelta::days(3));
    assert!(matches!(verify_email(&world.app, &late).await, Err(LinkError::Dead)));
}

#[db_test]
async fn a_disabled_user_opens_nothing_by_a_link(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    let reset = secret(&world.app, lena.id, P::ResetPassword, EMAIL).await;
    let change = secret(&world.app, lena.id, P::ChangeEmail, "new@landlord.example").await;
    let mut tx = world.db.begin().await.unwrap();
    store::set_status(&mut tx, lena.id, crate::accounts::UserStatus::Disabled, world.env.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(reset_password(&world.app, &reset, NEW).await, Err(LinkError::Dead)));
    assert!(matches!(confirm_email(&world.app, &change).await, Err(LinkError::Dead)));
}

#[db_test]
async fn asking_takes_the_same_work_for_any_address_and_only_accounts_get_a_secret(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    let ask = async |email: &str| {
        let email = Email::parse(email).unwrap();
        db::count_queries(ask_reset(&world.app, &email)).await.1
    };
    let known = ask(&EMAIL.to_uppercase()).await;
    assert_eq!(ask("nobody@landlord.example").await, known);
    write_all(&world).await;
    assert_eq!(
        count(&world.app, sql!("SELECT COUNT(*) AS n FROM one_time_token WHERE purpose = 'reset_password'")).await,
        1
    );
    assert_eq!(letters(&world.app).await, [""; 0]);
}

#[db_test]
async fn nobody_is_flooded_with_letters(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    let count_resets = async || {
        count(&world.app, sql!("SELECT COUNT(*) AS n FROM one_time_token WHERE purpose = 'reset_password'")).await
    };
    for _ in 0..10 {
        ask_reset(&world.app, &Email::parse(EMAIL).unwrap()).await.unwrap();
    }
    write_all(&world).await;
    assert_eq!(count_resets().await, 3);
    world.clock.advance(TimeDelta::hours(1));
    ask_reset(&world.app, &Email::parse(EMAIL).unwrap()).await.unwrap();
    write_all(&world).await;
    assert_eq!(count_resets().await, 4);
}

async fn write_all(world: &World) {
    let waiting: Vec<uuid::Uuid> = db::sql!("SELECT id FROM account_letter ORDER BY id")
        .query()
        .fetch_all(&mut world.db.read().await.unwrap(), |row| row.get("id"))
        .await
        .unwrap();
    for id in waiting {
        write(&world.app, id).await.unwrap();
        write(&world.app, id).await.unwrap();
    }
}

#[db_test]
async fn another_address_is_the_users_once_it_is_confirmed(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    let form = |email: &str, password: &str| EmailForm { email: email.into(), current_password: password.into() };
    for (wrong, field, code) in [
        (form("", PASSWORD), "email", "required"),
        (form("x", PASSWORD), "email", "email_invalid"),
        (form("LENA@landlord.example", PASSWORD), "email", "email_same"),
        (form("new@landlord.example", "wrong"), "current_password", "password_wrong"),
    ] {
        let refused = ask_email(&world.app, lena.id, &wrong).await.unwrap_err();
        let ProfileError::Invalid(errors) = refused else { panic!("{refused:?}") };
        assert_eq!(errors.iter().map(|e| (e.field, e.code)).collect::<Vec<_>>(), [(field, code)]);
    }
    ask_email(&world.app, lena.id, &form("new@landlord.example", PASSWORD)).await.unwrap();
    assert_eq!(account(&world.app, EMAIL).await.id, lena.id, "nothing changes before");
    let reset = secret(&world.app, lena.id, P::ResetPassword, EMAIL).await;
    let link = secret(&world.app, lena.id, P::ChangeEmail, "new@landlord.example").await;
    confirm_email(&world.app, &link).await.unwrap();
    let changed = account(&world.app, "new@landlord.example").await;
    assert!(changed.id == lena.id && changed.email_verified_at.is_some());
    assert!(matches!(reset_password(&world.app, &reset, NEW).await, Err(LinkError::Dead)), "sent to the old address");
    assert!(letters(&world.app).await.contains(&"email_changed".to_owned()));
}

#[db_test]
async fn an_address_that_was_taken_meanwhile_stays_with_its_owner(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    let link = secret(&world.app, lena.id, P::ChangeEmail, "Manager@home.example").await;
    assert!(matches!(confirm_email(&world.app, &link).await, Err(LinkError::EmailTaken)));
    assert_eq!(account(&world.app, EMAIL).await.id, lena.id);
}
