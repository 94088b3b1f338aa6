//! The doors through the whole router, with real sessions.

use ::http::StatusCode;
use db::{db_test, testing::TestDb};
use webkit::{
    PublicUrl,
    testing::{Answer, Client},
};

use super::*;
use crate::routes::router;

/// A world whose limits do not get into the way of a test.
pub(crate) async fn world(db: TestDb) -> World {
    let limits = [("limits.credentials_per_minute", "6000"), ("limits.credentials_burst", "1000")];
    World::with_settings(db, &limits).await
}

/// A browser that nobody has used yet.
pub(crate) fn visitor_of(world: &World) -> Client {
    let public_url = PublicUrl::parse("http://127.0.0.1:8080").unwrap();
    Client::new(router(&world.app, public_url), "127.0.0.1:8080")
}

pub(crate) async fn sign_in_as(client: &mut Client, email: &str, password: &str) -> Answer {
    client.get("/sign-in").await;
    client.post("/sign-in", &[("email", email), ("password", password), ("remember", "true")]).await
}

fn goes_to(answer: &Answer, path: &str) {
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, path), "{}", answer.body);
}

const REGISTRATION: [(&str, &str); 8] = [
    ("name", "Lena O'Brien"),
    ("email", EMAIL),
    ("password", PASSWORD),
    ("organization", "Harbour Stays"),
    ("country", "ES"),
    ("zone", ""),
    ("currency", ""),
    ("language", "en"),
];

#[db_test]
async fn a_landlord_registers_signs_in_and_signs_out(db: TestDb) {
    let world = world(db).await;
    let mut lena = visitor_of(&world);
    assert_eq!(lena.get("/register").await.status, StatusCode::OK);
    goes_to(&lena.post("/register", &REGISTRATION).await, "/sign-in");
    let welcome = lena.get("/sign-in").await;
    assert!(welcome.body.contains("We also sent you an e-mail"));
    goes_to(&lena.post("/sign-in", &[("email", EMAIL), ("password", PASSWORD)]).await, "/dashboard");
    assert!(lena.get("/profile").await.body.contains("Lena O&#39;Brien"));
    goes_to(&lena.get("/sign-in").await, "/dashboard");
    goes_to(&lena.get("/register").await, "/dashboard");

    let session = lena.cookie_value("session").unwrap().to_owned();
    lena.get("/profile").await;
    let out = lena.post("/sign-out", &[]).await;
    goes_to(&out, "/sign-in");
    assert_eq!(out.header("clear-site-data"), "\"cache\"");
    assert_eq!(lena.cookie_value("session"), None);
    let mut thief = visitor_of(&world).cookie("session", &session);
    goes_to(&thief.get("/profile").await, "/sign-in?next=%2Fprofile");
}

#[db_test]
async fn the_answer_does_not_tell_whether_an_address_has_an_account(db: TestDb) {
    let world = world(db).await;
    let shape = |answer: &Answer| {
        let headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        (answer.status, answer.header("location").to_owned(), headers)
    };
    let mut answers = Vec::new();
    for _ in 0..2 {
        let mut client = visitor_of(&world);
        client.get("/register").await;
        answers.push(shape(&client.post("/register", &REGISTRATION).await));
    }
    assert_eq!(answers[0], answers[1]);

    let mut answers = Vec::new();
    for email in [EMAIL, "nobody@landlord.example"] {
        let mut client = visitor_of(&world);
        client.get("/forgot-password").await;
        answers.push(shape(&client.post("/forgot-password", &[("email", email)]).await));
    }
    assert_eq!(answers[0], answers[1]);

    let mut answers = Vec::new();
    for email in [EMAIL, "no-n@landlord.example"] {
        let refused = sign_in_as(&mut visitor_of(&world), email, "wrong").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("E-mail and password do not match an account."));
        answers.push((shape(&refused), refused.body.len() - email.len()));
    }
    assert_eq!(answers[0], answers[1]);
}

#[db_test]
async fn what_was_typed_stays_and_passwords_do_not(db: TestDb) {
    let world = world(db).await;
    let mut client = visitor_of(&world);
    client.get("/register").await;
    let wrong: Vec<(&str, &str)> = REGISTRATION
        .iter()
        .map(|(name, value)| if *name == "email" { (*name, "not an address") } else { (*name, *value) })
        .collect();
    let again = client.post("/register", &wrong).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("value=\"not an address\"") && again.body.contains("Harbour Stays"));
    assert!(again.body.contains("Enter an e-mail address such as name@example.com."));
    assert!(!again.body.contains("seven green parrots"));

    let again = client.post("/sign-in", &[("email", ""), ("password", "")]).await;
    assert_eq!((again.status, again.body.matches("This is needed.").count()), (StatusCode::UNPROCESSABLE_ENTITY, 2));
    let again = client.post("/forgot-password", &[("email", "x")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[db_test]
async fn forms_take_their_own_fields_once_and_no_others(db: TestDb) {
    let world = world(db).await;
    let mut client = visitor_of(&world);
    client.get("/register").await;
    for extra in
        [("is_admin", "true"), ("role", "manager"), ("email_verified_at", "1"), ("email", "second@landlord.example")]
    {
        let fields: Vec<(&str, &str)> = REGISTRATION.into_iter().chain([extra]).collect();
        assert_eq!(client.post("/register", &fields).await.status, StatusCode::BAD_REQUEST, "{extra:?}");
    }
    assert_eq!(count(&world.app, db::sql!("SELECT COUNT(*) AS n FROM app_user WHERE name = 'Lena O''Brien'")).await, 0);
}

#[db_test]
async fn the_session_is_another_after_signing_in(db: TestDb) {
    let world = world(db).await;
    lena(&world).await;
    let mut client = visitor_of(&world).cookie("session", "planted");
    client.get("/sign-in").await;
    assert_eq!(client.cookie_value("session"), None, "a dead one is removed");
    sign_in_as(&mut client, EMAIL, PASSWORD).await;
    let first = client.cookie_value("session").unwrap().to_owned();
    assert_ne!(first, "planted");
    // Signing in again, as somebody else on the same browser would.
    client.get("/profile").await;
    let again = client.post("/sign-in", &[("email", EMAIL), ("password", PASSWORD)]).await;
    goes_to(&again, "/dashboard");
    assert_ne!(client.cookie_value("session").unwrap(), first);
    let mut old = visitor_of(&world).cookie("session", &first);
    goes_to(&old.get("/profile").await, "/sign-in?next=%2Fprofile");
}

#[db_test]
async fn it_goes_on_to_a_page_of_ours_only(db: TestDb) {
    let world = world(db).await;
    lena(&world).await;
    for (next, expected) in [
        ("/stays?from=1", "/stays?from=1"),
        ("", "/dashboard"),
        ("//evil.example", "/dashboard"),
        ("https://evil.example/", "/dashboard"),
        ("/\\evil.example", "/dashboard"),
        ("/sign-in", "/dashboard"),
    ] {
        let mut client = visitor_of(&world);
        client.get("/sign-in").await;
        let fields = [("email", EMAIL), ("password", PASSWORD), ("next", next)];
        goes_to(&client.post("/sign-in", &fields).await, expected);
    }
}

#[db_test]
async fn whoever_fails_too_often_is_told_how_long_to_wait(db: TestDb) {
    let world = world(db).await;
    let mut client = visitor_of(&world);
    for _ in 0..5 {
        assert_eq!(sign_in_as(&mut client, EMAIL, "wrong").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let refused = sign_in_as(&mut client, EMAIL, "wrong").await;
    assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "60"));
    assert!(refused.body.contains("Wait a minute"));
}

#[db_test]
async fn a_closed_installation_says_so(db: TestDb) {
    let world = World::with_settings(db, &[("accounts.registration", "closed")]).await;
    let mut client = visitor_of(&world);
    let page = client.get("/register").await;
    assert!(page.body.contains("Registration is closed") && !page.body.contains("name=\"organization\""));
    client.get("/sign-in").await;
    assert_eq!(client.post("/register", &REGISTRATION).await.status, StatusCode::FORBIDDEN);
    assert!(!client.get("/").await.body.contains("href=\"/register\" class=\"btn btn-primary btn-lg"));
}

#[db_test]
async fn a_forgotten_password_is_replaced_by_the_letters_link(db: TestDb) {
    let world = world(db).await;
    lena(&world).await;
    let mut client = visitor_of(&world);
    client.get("/forgot-password").await;
    goes_to(&client.post("/forgot-password", &[("email", "lena@LANDLORD.example")]).await, "/sign-in");
    let path = link_in_letter(&world, "password_reset").await;
    assert!(path.starts_with("/reset-password/"), "{path}");

    // Whoever only looks, as mail scanners do, changes nothing.
    for _ in 0..2 {
        let page = visitor_of(&world).get(&path).await;
        assert_eq!((page.status, page.header("referrer-policy")), (StatusCode::OK, "no-referrer"));
        assert!(page.body.contains("Lena@Landlord.example"));
    }
    client.get(&path).await;
    let short = client.post(&path, &[("password", "short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = "another long secret 4";
    goes_to(&client.post(&path, &[("password", new)]).await, "/sign-in");
    let dead = client.get(&path).await;
    assert_eq!(dead.status, StatusCode::NOT_FOUND);
    assert!(dead.body.contains("This link no longer works"));
    goes_to(&sign_in_as(&mut client, EMAIL, new).await, "/dashboard");
}

#[db_test]
async fn an_address_is_confirmed_by_the_letters_link(db: TestDb) {
    let world = world(db).await;
    lena(&world).await;
    let path = link_in_letter(&world, "verify_email").await;
    let mut client = visitor_of(&world);
    assert!(client.get(&path).await.body.contains("Lena@Landlord.example"));
    assert!(account(&world.app, EMAIL).await.email_verified_at.is_none());
    goes_to(&client.post(&path, &[]).await, "/sign-in");
    assert!(account(&world.app, EMAIL).await.email_verified_at.is_some());
    assert_eq!(client.post(&path, &[]).await.status, StatusCode::NOT_FOUND);
}

#[db_test]
async fn an_address_is_changed_with_the_password_and_the_letters_link(db: TestDb) {
    let world = world(db).await;
    lena(&world).await;
    let mut client = visitor_of(&world);
    sign_in_as(&mut client, EMAIL, PASSWORD).await;
    client.get("/profile/security").await;
    let wrong =
        client.post("/profile/email", &[("email", "new@landlord.example"), ("current_password", "wrong")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("not your current password"));
    let asked =
        client.post("/profile/email", &[("email", "new@landlord.example"), ("current_password", PASSWORD)]).await;
    goes_to(&asked, "/profile/security");
    let path = link_in_letter(&world, "email_change").await;
    assert!(client.get(&path).await.body.contains("new@landlord.example"));
    goes_to(&client.post(&path, &[]).await, "/profile");
    assert!(client.get("/profile").await.body.contains("new@landlord.example"));
}

#[db_test]
async fn the_profile_changes_what_pages_look_like(db: TestDb) {
    let world = world(db).await;
    lena(&world).await;
    let mut client = visitor_of(&world);
    sign_in_as(&mut client, EMAIL, PASSWORD).await;
    client.get("/profile").await;
    for (name, language, zone) in
        [("", "en", ""), ("Lena", "tlh", ""), ("Lena", "en", "Mars/Base"), (&"x".repeat(121), "en", "")]
    {
        let refused = client.post("/profile", &[("name", name), ("language", language), ("zone", zone)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {language} {zone}");
    }
    goes_to(
        &client.post("/profile", &[("name", "Lena"), ("language", "es"), ("zone", "Asia/Tokyo")]).await,
        "/profile",
    );
    assert!(client.get("/profile").await.body.contains("<html lang=\"es\""));
    goes_to(&client.post("/theme", &[("theme", "dark"), ("return_to", "/profile?x=1")]).await, "/profile?x=1");
    assert!(client.get("/profile").await.body.contains("data-theme=\"dark\""));
    assert_eq!(client.post("/theme", &[("theme", "pink")]).await.status, StatusCode::BAD_REQUEST);
    goes_to(&client.post("/theme", &[("theme", "light"), ("return_to", "//evil.example")]).await, "/");

    let mut anybody = visitor_of(&world);
    anybody.get("/").await;
    goes_to(&anybody.post("/theme", &[("theme", "dark"), ("return_to", "/")]).await, "/");
    assert!(anybody.get("/").await.body.contains("data-theme=\"dark\""));
}

#[db_test]
async fn devices_are_seen_and_signed_out(db: TestDb) {
    let world = world(db).await;
    lena(&world).await;
    let phone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Mobile Safari/604.1";
    let mut phone = visitor_of(&world).with("user-agent", phone);
    sign_in_as(&mut phone, EMAIL, PASSWORD).await;
    let mut desk = visitor_of(&world);
    sign_in_as(&mut desk, EMAIL, PASSWORD).await;
    let page = desk.get("/profile/security").await.body;
    assert!(page.contains("Safari · iPhone") && page.contains("This device"));
    let end = page.split("/profile/sessions/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    goes_to(&desk.post(&format!("/profile/sessions/{end}"), &[]).await, "/profile/security");
    assert_eq!(phone.get("/profile").await.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.post(&format!("/profile/sessions/{end}"), &[]).await.status, StatusCode::NOT_FOUND);

    sign_in_as(&mut phone, EMAIL, PASSWORD).await;
    desk.get("/profile/security").await;
    goes_to(&desk.post("/profile/sessions/end-others", &[]).await, "/profile/security");
    assert!(desk.get("/profile/security").await.body.contains("One other device is signed out."));
    assert_eq!(phone.get("/profile").await.status, StatusCode::SEE_OTHER);
}

/// Writes the letters that wait and opens the newest of a kind; the path in its text.
async fn link_in_letter(world: &World, kind: &str) -> String {
    let waiting: Vec<uuid::Uuid> = db::sql!("SELECT id FROM account_letter ORDER BY id")
        .query()
        .fetch_all(&mut world.db.read().await.unwrap(), |row| row.get("id"))
        .await
        .unwrap();
    for id in waiting {
        crate::accounts::service::letters::write(&world.app, id).await.unwrap();
    }
    // Names the kind's mail by the mail feature's own column.
    let text: String = db::sql!("SELECT body_text FROM mail WHERE kind = $1 ORDER BY id DESC LIMIT 1")
        .bind(kind)
        .fetch_one(&mut world.db.read().await.unwrap(), |row| row.get("body_text"))
        .await
        .unwrap();
    let begin = text.find("http://127.0.0.1:8080/").expect("a link") + "http://127.0.0.1:8080".len();
    text[begin..].split_whitespace().next().unwrap().to_owned()
}
