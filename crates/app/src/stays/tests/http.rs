use ::http::{Method, StatusCode};
use db::{db_test, testing::TestDb};
use kernel::PermissionName;
use serde_json::json;

use super::*;

fn fields(form: &StayForm) -> Vec<(String, String)> {
    let serde_json::Value::Object(fields) = serde_json::to_value(form).unwrap() else { panic!() };
    fields.into_iter().map(|(name, value)| (name, value.as_str().unwrap().to_owned())).collect()
}

async fn post(browser: &mut webkit::testing::Client, path: &str, form: &StayForm) -> webkit::testing::Answer {
    let fields = fields(form);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields).await
}

#[db_test]
async fn a_manager_books_changes_and_cancels_on_the_pages(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let mut browser = world.site().browser(&world.home.manager);
    assert!(browser.get("/stays").await.body.contains("No stays here"));
    let page = browser.get("/stays/new").await;
    assert!(page.body.contains("Beach house") && page.body.contains("City flat"), "{}", page.body);
    let typed = StayForm { guest_name: "Zoë <b>O'Brien".into(), ..form(unit, 5, 8) };
    let booked = post(&mut browser, "/stays/new", &typed).await;
    assert_eq!(booked.status, StatusCode::SEE_OTHER, "{}", booked.body);
    let address = booked.header("location").to_owned();
    let page = browser.get(&address).await;
    assert!(page.body.contains("Zoë &#60;b&#62;O&#39;Brien"), "{}", page.body);
    assert!(page.body.contains("The stay is booked.") && page.body.contains("€33.34"), "{}", page.body);
    assert!(browser.get("/stays").await.body.contains(&address));
    assert!(browser.get("/stays?q=ZOE&channel=direct&from=2027-01-01").await.body.contains(&address));
    let file = browser.get("/stays.csv?q=zoe").await;
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"stays-upcoming.csv\"");
    assert_eq!(file.body.lines().count(), 2, "{}", file.body);
    assert!(
        file.body.contains(",Zoë <b>O'Brien,zoe@example.com,'+34 600 000 000,2,0,0,0,100.00,EUR,"),
        "{}",
        file.body
    );
    assert_eq!(browser.get("/stays.csv?q=nobody").await.body.lines().count(), 1);
    assert_eq!(browser.get("/stays.csv?from=soon").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(browser.get("/stays?q=nobody").await.body.contains("Nothing found"));
    let wrong = browser.get("/stays?from=soon&q=zoe").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("Enter a date.") && wrong.body.contains(r#"value="soon""#) && wrong.body.contains(&address)
    );

    let edit = format!("{address}/edit");
    assert!(browser.get(&edit).await.body.contains("value=\"2027-01-05\""));
    let other = StayForm { version: "1".into(), notes: "Late".into(), check_out: "2027-01-09".into(), ..typed };
    assert_eq!(post(&mut browser, &edit, &other).await.status, StatusCode::SEE_OTHER);
    assert!(browser.get(&address).await.body.contains("Changed: check-out, notes"));
    let stale = post(&mut browser, &edit, &other).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("changed this stay meanwhile"), "{}", stale.body);

    assert!(browser.get(&format!("{address}/cancel")).await.body.contains("Cancel this stay?"));
    let cancelled = browser.post(&format!("{address}/cancel"), &[("version", "2")]).await;
    assert_eq!(cancelled.status, StatusCode::SEE_OTHER, "{}", cancelled.body);
    let page = browser.get(&address).await;
    assert!(page.body.contains("The stay is cancelled.") && page.body.contains("Bring back"), "{}", page.body);
    assert!(browser.get("/stays?tab=cancelled").await.body.contains(&address));
}

#[db_test]
async fn what_is_wrong_is_said_beside_what_was_typed_and_nothing_is_booked(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let first = book(&world, unit, 5, 8).await.unwrap();
    let mut browser = world.site().browser(&world.home.manager);
    browser.get("/stays/new").await;
    let taken = post(&mut browser, "/stays/new", &form(unit, 7, 9)).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    assert!(
        taken.body.contains(&format!("/stays/{}", first.id)) && taken.body.contains("1 night in common"),
        "{}",
        taken.body
    );
    let wrong = StayForm { adults: "-2".into(), check_out: "2027-01-01".into(), ..form(unit, 10, 12) };
    let wrong = post(&mut browser, "/stays/new", &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("adults-error") && wrong.body.contains("check_out-error"), "{}", wrong.body);
    assert!(wrong.body.contains("value=\"-2\""), "{}", wrong.body);
    let many = post(&mut browser, "/stays/new", &StayForm { adults: "9".into(), ..form(unit, 10, 12) }).await;
    assert!(many.body.contains("at most 4 guests") && many.body.contains("Book anyway"), "{}", many.body);
    assert_eq!(claims(&world).await.0.len(), 3);
}

#[db_test]
async fn a_conflict_says_who_is_in_the_way_on_both_pages(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let feed = add_feed(&world, unit).await;
    let own = book(&world, unit, 5, 8).await.unwrap();
    let ImportChange::Create(create) = imported(unit, feed, 6, 10) else { panic!() };
    let guest = ImportChange::Create(ImportCreate { to_review: true, guest_name: Some("Ana".into()), ..create });
    let id = import(&world, &[guest]).await[0].stay_id;
    let mut browser = world.site().browser(&world.home.manager);
    let page = browser.get(&format!("/stays/{id}")).await;
    assert!(
        page.body.contains("Another stay has some of these nights") && page.body.contains("2 nights in common"),
        "{}",
        page.body
    );
    let page = browser.get(&format!("/stays/{}", own.id)).await;
    assert!(
        page.body.contains("Another stay wants some of these nights") && page.body.contains("Ana"),
        "{}",
        page.body
    );
    assert!(browser.get("/stays?tab=conflicts").await.body.contains("Conflicts (1)"));
    assert!(browser.get("/stays?tab=review").await.body.contains("Ana"));
    let decided = browser.post(&format!("/stays/{id}/review"), &[("version", "1"), ("decision", "dismiss")]).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
    assert_eq!(find(&world, id).await.status, StayStatus::Cancelled);
}

#[db_test]
async fn every_step_has_its_button_when_it_is_due(db: TestDb) {
    let world = World::new(db).await;
    let stay = book(&world, world.home.first.unit, 4, 8).await.unwrap();
    let address = format!("/stays/{}", stay.id);
    let mut browser = world.site().browser(&world.home.manager);
    let page = browser.get(&address).await.body;
    for step in ["check-in", "no-show", "cancel"] {
        assert!(page.contains(&format!("{address}/{step}")), "{step}: {page}");
    }
    assert!(browser.get(&format!("{address}/no-show")).await.body.contains("Free the first night too"));
    browser.post(&format!("{address}/check-in"), &[("version", "1")]).await;
    let page = browser.get(&address).await.body;
    assert!(page.contains(&format!("{address}/check-out")) && !page.contains(&format!("{address}/cancel")), "{page}");
    assert!(browser.get(&format!("{address}/check-out")).await.body.contains("the stay becomes shorter"));
    browser.post(&format!("{address}/check-out"), &[("version", "2")]).await;
    assert_eq!(find(&world, stay.id).await.nights, nights(4, 5));
    browser.post(&format!("{address}/check-in"), &[("version", "3")]).await;
    assert!(browser.get(&address).await.body.contains("This is not possible now. Status: Checked out."));
}

#[db_test]
async fn the_api_books_reads_changes_and_moves_on(db: TestDb) {
    let world = World::new(db).await;
    let mut api = world.site().api(&world.home.manager, &[]);
    let unit = world.home.first.unit.to_string();
    let body = json!({ "unit_id": unit, "check_in": "2027-01-04", "check_out": "2027-01-07", "adults": 2,
        "amount": { "minor": 10_000, "currency": "EUR" }, "guest_name": "Zoë" });
    let created = api.json(Method::POST, "/api/v1/stays", &body).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.body);
    let stay = created.json();
    assert_eq!(
        (&stay["kind"], &stay["status"], &stay["channel"]),
        (&json!("reservation"), &json!("confirmed"), &json!("direct"))
    );
    let again = api.json(Method::POST, "/api/v1/stays", &body).await;
    assert_eq!((again.status, &again.json()["code"]), (StatusCode::CONFLICT, &json!("nights_taken")), "{}", again.body);

    let path = format!("/api/v1/stays/{}", stay["id"].as_str().unwrap());
    let read = api.get(&path).await.json();
    assert_eq!((&read["nights"][0]["price"]["minor"], read["nights"].as_array().unwrap().len()), (&json!(3_334), 3));
    let changed =
        api.json(Method::PATCH, &path, &json!({ "version": 1, "notes": "Late", "amount": null })).await.json();
    assert_eq!(
        (&changed["notes"], &changed["amount"], &changed["guest_name"]),
        (&json!("Late"), &json!(null), &json!("Zoë"))
    );
    let stale = api.json(Method::PATCH, &path, &json!({ "version": 1, "notes": "x" })).await;
    assert_eq!((stale.status, &stale.json()["code"]), (StatusCode::CONFLICT, &json!("stay_changed")));
    let versionless = api.json(Method::PATCH, &path, &json!({ "notes": "x" })).await;
    assert_eq!(versionless.json()["errors"][0]["code"], "version_required", "{}", versionless.body);
    let dollars = json!({ "version": 2, "amount": { "minor": 1, "currency": "USD" } });
    assert_eq!(api.json(Method::PATCH, &path, &dollars).await.json()["errors"][0]["code"], "other_currency");
    let unknown = api.json(Method::PATCH, &path, &json!({ "status": "cancelled" })).await;
    assert_eq!(unknown.json()["errors"][0]["code"], "unknown_field", "{}", unknown.body);

    let inside = api.json(Method::POST, &format!("{path}/check-in"), &json!({})).await;
    assert_eq!(inside.json()["status"], "checked_in", "{}", inside.body);
    let not_now = api.json(Method::POST, &format!("{path}/cancel"), &json!({})).await;
    assert_eq!((not_now.status, &not_now.json()["code"]), (StatusCode::CONFLICT, &json!("not_now")));
    let out = api.json(Method::POST, &format!("{path}/check-out"), &json!({ "version": 3 })).await.json();
    assert_eq!((&out["status"], &out["check_out"]), (&json!("checked_out"), &json!("2027-01-05")));
    let found = api.get("/api/v1/stays?q=ZO%C3%8B&kind=reservation").await.json();
    assert_eq!(found["items"][0]["id"], stay["id"]);
    assert_eq!(api.get("/api/v1/stays?q=nobody").await.json()["items"].as_array().unwrap().len(), 0);
    let list = api.get("/api/v1/stays?tab=past").await.json();
    assert_eq!(list["items"][0]["id"], stay["id"]);
}

#[db_test]
async fn others_are_kept_out_and_owners_see_no_contact_data(db: TestDb) {
    let world = World::new(db).await;
    let (mine, other) = (world.home.first.unit, world.home.second.unit);
    let (mine, other) = (book(&world, mine, 5, 8).await.unwrap(), book(&world, other, 5, 8).await.unwrap());
    let site = world.site();
    let api = |id: StayId| format!("/api/v1/stays/{id}");
    assert_eq!(site.api(&world.foreign.manager, &[]).get(&api(mine.id)).await.status, StatusCode::NOT_FOUND);
    let cancel = format!("{}/cancel", api(mine.id));
    let refused = site.api(&world.foreign.manager, &[]).json(Method::POST, &cancel, &json!({})).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert_eq!(site.api(&world.home.staff, &[]).get(&api(mine.id)).await.status, StatusCode::FORBIDDEN);
    let seen = site.api(&world.home.owner, &[]).get(&api(mine.id)).await.json();
    assert_eq!((&seen["guest_name"], &seen["guest_email"]), (&json!("Zoë O'Brien"), &json!(null)));
    assert_eq!(site.api(&world.home.owner, &[]).get(&api(other.id)).await.status, StatusCode::NOT_FOUND);
    let page = site.browser(&world.home.owner).get(&format!("/stays/{}", mine.id)).await;
    assert!(!page.body.contains("zoe@example.com") && !page.body.contains("Cancel stay"), "{}", page.body);

    // A token that may change stays and not see contact data does not overwrite it.
    let narrow = [PermissionName::StaysView, PermissionName::StaysEdit];
    let change = json!({ "version": 1, "notes": "x" });
    let changed = site.api(&world.home.manager, &narrow).json(Method::PATCH, &api(mine.id), &change).await;
    assert_eq!((changed.status, &changed.json()["guest_email"]), (StatusCode::OK, &json!(null)), "{}", changed.body);
    let stay = find(&world, mine.id).await;
    assert_eq!((stay.guest.email.as_deref(), stay.amount.map(|a| a.minor)), (Some("zoe@example.com"), Some(10_000)));
}
