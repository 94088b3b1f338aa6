use db::{db_test, testing::TestDb};
use http::{Method, StatusCode};
use serde_json::json;

use super::*;
use crate::testing::World;

#[test]
fn a_website_becomes_a_link_that_leads_to_the_web_and_nowhere_else() {
    let website = |input: &str| {
        let form =
            UtilityForm { kind: "gas".into(), provider: "A".into(), website: input.into(), ..UtilityForm::default() };
        NewUtility::parse(&form)
            .map(|utility| utility.website)
            .map_err(|e| e.iter().map(|e| e.code).collect::<Vec<_>>())
    };
    assert_eq!(website(" "), Ok(None));
    assert_eq!(website("gas.example/me"), Ok(Some("https://gas.example/me".into())));
    assert_eq!(website("http://gas.example"), Ok(Some("http://gas.example".into())));
    for wrong in ["javascript:alert(1)", "javascript://a.b/%0aalert(1)", "ftp://gas.example", "data://a.b", "here"] {
        assert_eq!(website(wrong), Err(vec!["address_malformed"]), "{wrong}");
    }
}

#[db_test]
async fn owners_keep_accounts_and_staff_never_see_them(db: TestDb) {
    let world = World::new(db).await;
    let page = format!("/properties/{}/utilities", world.home.first.property);
    let mut browser = world.site().browser(&world.home.owner);
    assert!(browser.get(&page).await.body.contains("No accounts yet"));
    let bad = browser.post(&format!("{page}/new"), &[("kind", "water"), ("account_number", "ES-77")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("provider-error") && bad.body.contains("ES-77"), "{}", bad.body);
    let good = [("kind", "water"), ("provider", "Aguas <Sur>"), ("account_number", "ES-77"), ("meter_number", "M 1")];
    assert_eq!(browser.post(&format!("{page}/new"), &good).await.status, StatusCode::SEE_OTHER);
    let body = browser.get(&page).await.body;
    assert!(body.contains("Aguas &#60;Sur&#62;") && body.contains("ES-77"), "{body}");

    let mut staff = world.site().browser(&world.home.staff);
    assert_eq!(staff.get(&page).await.status, StatusCode::FORBIDDEN);
    let overview = staff.get(&format!("/properties/{}", world.home.first.property)).await.body;
    assert!(!overview.contains("utilities"), "{overview}");
    let trail: String = audit_fields(&world).await;
    assert!(!trail.contains("ES-77"), "{trail}");
}

/// What the audit trail keeps of the fields.
async fn audit_fields(world: &World) -> String {
    let mut read = world.db.read().await.unwrap();
    let rows = db::sql!("SELECT fields FROM audit_entry WHERE organization_id = $1")
        .bind(world.home.organization)
        .fetch_all(&mut read, |row| row.get::<String>("fields"))
        .await
        .unwrap();
    rows.join(";")
}

#[db_test]
async fn the_api_adds_changes_and_removes_accounts(db: TestDb) {
    let world = World::new(db).await;
    let mut api = world.site().api(&world.home.manager, &[]);
    let path = format!("/api/v1/properties/{}/utilities", world.home.second.property);
    let added = api.json(Method::POST, &path, &json!({ "kind": "internet", "provider": "Fibra" })).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    let own = format!("{path}/{}", added.json()["id"].as_str().unwrap());
    let changed = api.json(Method::PATCH, &own, &json!({ "account_number": "77" })).await.json();
    assert_eq!((&changed["account_number"], &changed["provider"]), (&json!("77"), &json!("Fibra")));
    api.json(Method::POST, &path, &json!({ "kind": "electricity", "provider": "Luz" })).await;
    let all = api.get(&path).await.json();
    assert_eq!((&all[0]["provider"], &all[1]), (&json!("Luz"), &changed), "by kind");
    assert_eq!(world.site().api(&world.foreign.manager, &[]).get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(api.json(Method::DELETE, &own, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.json(Method::PATCH, &own, &json!({})).await.status, StatusCode::NOT_FOUND);
}
