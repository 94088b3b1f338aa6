use chrono::TimeDelta;
use db::{db_test, testing::TestDb};

use super::*;

#[db_test]
async fn unknown_disabled_and_known_accounts_take_the_same_work_and_give_the_same_answer(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    let mut hashes = world.app.passwords.done();
    for email in [EMAIL, "nobody@landlord.example", "manager@home.example", "", "not an address", &"x".repeat(10_000)] {
        let form = SignInForm { email: email.to_owned(), password: "wrong".to_owned(), ..SignInForm::default() };
        let refused = sign_in(&world.app, &form, &visitor("192.0.2.1")).await;
        assert!(matches!(refused, Err(SignInError::Wrong)), "{email}: {refused:?}");
        hashes += 1;
        assert_eq!(world.app.passwords.done(), hashes, "{email}");
    }
}

#[db_test]
async fn the_password_is_verified_as_received(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    for near in [PASSWORD.trim_end_matches('\u{1F99C}'), &format!("{PASSWORD} "), &PASSWORD.to_uppercase(), ""] {
        assert!(
            matches!(try_password(&world.app, near, &visitor("192.0.2.1")).await, Err(SignInError::Wrong)),
            "{near}"
        );
    }
    assert!(try_password(&world.app, PASSWORD, &visitor("192.0.2.1")).await.is_ok());
}

#[db_test]
async fn signing_in_gives_a_new_session_and_ends_the_one_that_was_brought(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    let old = browser(&world.app, false).await;
    let planted = Visitor { session: old.session.clone(), ..visitor("192.0.2.1") };
    let new = Jar::default().keep(try_password(&world.app, PASSWORD, &planted).await.unwrap().cookies);
    assert_ne!(new.session, old.session);
    assert!(new.is_signed_in(&world.app).await && !old.is_signed_in(&world.app).await);
}

#[db_test]
async fn failures_slow_down_whoever_fails_and_a_success_forgets_them(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    let here = visitor("192.0.2.1");
    for _ in 0..5 {
        assert!(matches!(try_password(&world.app, "wrong", &here).await, Err(SignInError::Wrong)));
    }
    let hashes = world.app.passwords.done();
    assert!(matches!(try_password(&world.app, PASSWORD, &here).await, Err(SignInError::Wait(60))));
    assert_eq!(world.app.passwords.done(), hashes, "whoever must wait causes no work");
    // Elsewhere the right password opens, so nobody is locked out.
    assert!(try_password(&world.app, PASSWORD, &visitor("198.51.100.7")).await.is_ok());

    world.clock.advance(TimeDelta::seconds(60));
    assert!(try_password(&world.app, PASSWORD, &here).await.is_ok());
    for _ in 0..4 {
        assert!(matches!(try_password(&world.app, "wrong", &here).await, Err(SignInError::Wrong)));
    }
    world.clock.advance(TimeDelta::hours(25));
    for _ in 0..4 {
        assert!(matches!(try_password(&world.app, "wrong", &here).await, Err(SignInError::Wrong)));
    }
}

#[db_test]
async fn an_unknown_account_is_slowed_down_alike(db: TestDb) {
    let world = World::new(db).await;
    let here = visitor("192.0.2.1");
    for _ in 0..5 {
        assert!(matches!(try_password(&world.app, "wrong", &here).await, Err(SignInError::Wrong)));
    }
    assert!(matches!(try_password(&world.app, "wrong", &here).await, Err(SignInError::Wait(60))));
}

#[db_test]
async fn guessing_from_everywhere_slows_unknown_browsers_and_not_those_that_are_known(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    let device = browser(&world.app, false).await.device;
    for n in 0..20 {
        let refused = try_password(&world.app, "wrong", &visitor(&format!("203.0.113.{n}"))).await;
        assert!(matches!(refused, Err(SignInError::Wrong)), "{n}: {refused:?}");
    }
    let new = visitor("198.51.100.7");
    assert!(matches!(try_password(&world.app, PASSWORD, &new).await, Err(SignInError::Wait(300))));
    let known = Visitor { device: device.clone(), ..visitor("198.51.100.7") };
    assert!(try_password(&world.app, PASSWORD, &known).await.is_ok());
    // A stolen or forged cookie buys no more guesses than an address does.
    for _ in 0..5 {
        assert!(matches!(try_password(&world.app, "wrong", &known).await, Err(SignInError::Wrong)));
    }
    assert!(matches!(try_password(&world.app, PASSWORD, &known).await, Err(SignInError::Wait(_))));
    let forged = Visitor { device: device.map(|cookie| format!("x{cookie}")), ..visitor("198.51.100.8") };
    assert!(matches!(try_password(&world.app, PASSWORD, &forged).await, Err(SignInError::Wait(_))));
}

#[db_test]
async fn attempts_made_at_once_all_count(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    let here = visitor("192.0.2.1");
    let before = world.app.passwords.done();
    let tries = (0..12).map(|_| try_password(&world.app, "wrong", &here));
    let waits = futures_util::future::join_all(tries).await;
    let waits = waits.iter().filter(|result| matches!(result, Err(SignInError::Wait(_)))).count();
    assert_eq!((waits, world.app.passwords.done() - before), (7, 5));
}

#[db_test]
async fn addresses_of_one_ipv6_network_are_one_visitor(db: TestDb) {
    let world = World::new(db).await;
    for n in 1..=5 {
        let refused = try_password(&world.app, "wrong", &visitor(&format!("2001:db8:0:1::{n}"))).await;
        assert!(matches!(refused, Err(SignInError::Wrong)));
    }
    let next = try_password(&world.app, "wrong", &visitor("2001:db8:0:1:ffff::1")).await;
    assert!(matches!(next, Err(SignInError::Wait(_))));
    let elsewhere = try_password(&world.app, "wrong", &visitor("2001:db8:0:2::1")).await;
    assert!(matches!(elsewhere, Err(SignInError::Wrong)));
}
