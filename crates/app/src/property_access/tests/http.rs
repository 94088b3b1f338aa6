//! The page and the interface for programs.

use ::http::{Method, StatusCode};
use serde_json::json;

use super::*;

#[db_test]
async fn codes_are_hidden_until_asked_for_and_then_a_phone_can_join(db: TestDb) {
    let world = World::new(db).await;
    let base = format!("/properties/{}/access", world.home.first.property);
    let mut browser = world.site().browser(&world.home.manager);
    let empty = browser.get(&base).await;
    assert!(empty.body.contains("Nothing noted yet") && !empty.body.contains("/reveal"), "{}", empty.body);
    let form = browser.get(&format!("{base}/edit")).await.body;
    assert!(!form.contains("Show codes"), "{form}");
    let sent = [("wifi_network", "Casa"), ("wifi_password", "sea;salt"), ("door_code", "4711#"), ("clear", "parking")];
    let saved = browser.post(&format!("{base}/edit"), &sent).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, base.as_str()), "{}", saved.body);

    let page = browser.get(&base).await;
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.body.contains("Casa") && page.body.contains("Nobody has looked"), "{}", page.body);
    for hidden in ["sea;salt", "4711#", "<path fill"] {
        assert!(!page.body.contains(hidden), "{hidden}\n{}", page.body);
    }
    let form = browser.get(&format!("{base}/edit")).await.body;
    assert!(
        form.contains("Remove: Door code") && !form.contains("4711#") && !form.contains("Remove: Network"),
        "{form}"
    );

    let shown = browser.post(&format!("{base}/reveal"), &[]).await;
    assert_eq!((shown.status, shown.header("cache-control")), (StatusCode::OK, "no-store"));
    for part in ["sea;salt", "4711#", "<path fill=\"#000\"", "<title>", "Marta Manager"] {
        assert!(shown.body.contains(part), "{part}\n{}", shown.body);
    }
    assert!(!shown.body.contains(" style="), "{}", shown.body);
    let part = browser
        .clone()
        .with("hx-request", "true")
        .with("hx-request-type", "partial")
        .post(&format!("{base}/reveal"), &[])
        .await;
    assert!(part.body.contains("4711#") && !part.body.contains("<title>"), "{}", part.body);
}

#[db_test]
async fn the_revealed_form_shows_what_is_set_and_forgets_what_is_emptied(db: TestDb) {
    let world = World::new(db).await;
    change(&world, &AccessForm { door_code: "4711#".into(), gate_code: "88".into(), ..AccessForm::default() }).await;
    let base = format!("/properties/{}/access/edit", world.home.first.property);
    let mut browser = world.site().browser(&world.home.manager);
    browser.get(&base).await;
    let form = browser.post(&format!("{base}/reveal"), &[]).await.body;
    assert!(form.contains("value=\"4711#\"") && !form.contains("Remove: Door code"), "{form}");
    assert_eq!(looks(&world).await.len(), 1);
    let too_long = "1".repeat(41);
    let again = browser.post(&base, &[("revealed", "true"), ("door_code", &too_long), ("clear", "gate_code")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("door_code-error") && again.body.contains("name=\"revealed\""), "{}", again.body);
    let sent = [("revealed", "true"), ("door_code", "4711#"), ("clear", "door_code"), ("clear", "gate_code")];
    assert_eq!(browser.post(&base, &sent).await.status, StatusCode::SEE_OTHER);
    let shown = reveal(&world.app, &world).await;
    assert_eq!(value(&shown, AccessFact::DoorCode).shown(), Some("4711#"));
    assert!(matches!(value(&shown, AccessFact::GateCode), FactValue::Unset));
}

#[db_test]
async fn owners_may_and_do_not_see_who_looked_and_staff_are_not_even_told_of_the_page(db: TestDb) {
    let world = World::new(db).await;
    change(&world, &everything()).await;
    let property = format!("/properties/{}", world.home.first.property);
    let base = format!("{property}/access");
    let mut owner = world.site().browser(&world.home.owner);
    let page = owner.get(&base).await.body;
    assert!(page.contains("Show codes") && !page.contains("Who looked"), "{page}");
    assert_eq!(owner.post(&format!("{base}/reveal"), &[]).await.status, StatusCode::OK);
    let other = format!("/properties/{}/access/reveal", world.home.second.property);
    assert_eq!(owner.post(&other, &[]).await.status, StatusCode::NOT_FOUND);
    let mut staff = world.site().browser(&world.home.staff);
    assert!(!staff.get(&property).await.body.contains(&base));
    assert_eq!(staff.post(&format!("{base}/reveal"), &[]).await.status, StatusCode::FORBIDDEN);
}

#[db_test]
async fn programs_set_read_reveal_and_forget(db: TestDb) {
    let world = World::new(db).await;
    let path = format!("/api/v1/properties/{}/access", world.home.first.property);
    let mut api = world.site().api(&world.home.manager, &[]);
    let set = api.json(Method::PATCH, &path, &json!({ "door_code": "4711#", "parking": "Behind the house" })).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.body);
    assert!(!set.body.contains("4711#"));
    let fact = |body: &serde_json::Value, name: &str| {
        body["facts"].as_array().unwrap().iter().find(|fact| fact["fact"] == name).unwrap().clone()
    };
    assert_eq!(fact(&set.json(), "door_code")["state"], "hidden");
    assert_eq!(fact(&set.json(), "parking")["value"], "Behind the house");
    let shown = api.json(Method::POST, &format!("{path}/reveal"), &json!({})).await;
    assert_eq!(fact(&shown.json(), "door_code")["value"], "4711#");
    assert_eq!(looks(&world).await.len(), 1);
    let cleared = api.json(Method::PATCH, &path, &json!({ "door_code": "", "gate_code": null })).await.json();
    assert_eq!(fact(&cleared, "door_code")["state"], "unset");
    assert_eq!(fact(&cleared, "parking")["state"], "shown");
    let wrong = api.json(Method::PATCH, &path, &json!({ "gate_code": "1".repeat(41) })).await;
    assert_eq!(wrong.json()["errors"][0]["field"], "gate_code", "{}", wrong.body);
}
