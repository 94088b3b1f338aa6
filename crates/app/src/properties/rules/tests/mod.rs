use db::{db_test, testing::TestDb};
use http::{Method, StatusCode};
use serde_json::json;

use super::*;
use crate::testing::World;

#[test]
fn quiet_hours_have_both_ends_or_none() {
    let wrong = |from: &str, until: &str| {
        let form = RulesForm { quiet_from: from.into(), quiet_until: until.into(), ..RulesForm::default() };
        HouseRules::parse(&form).err().map(|e| e.iter().map(|e| (e.field, e.code)).collect::<Vec<_>>())
    };
    assert_eq!(wrong("", " "), None);
    assert_eq!(wrong("22:00", "07:00"), None, "across midnight");
    assert_eq!(wrong("22:00", ""), Some(vec![("quiet_until", "required")]));
    assert_eq!(wrong("", "07:00"), Some(vec![("quiet_from", "required")]));
    assert_eq!(wrong("22:00", "27:00"), Some(vec![("quiet_until", "time_invalid")]));
}

#[db_test]
async fn house_rules_are_kept_shown_and_read_by_staff(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.owner);
    let page = format!("/properties/{}/rules", world.home.first.property);
    browser.get(&page).await;
    let wrong = browser.post(&page, &[("minimum_age", "0"), ("house_rules", "Shoes off")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("minimum_age-error") && wrong.body.contains("Shoes off"), "{}", wrong.body);
    let rules = [
        ("pets", "on_request"),
        ("smoking", "outside"),
        ("quiet_from", "22:00"),
        ("quiet_until", "07:30"),
        ("minimum_age", "21"),
        ("house_rules", "Shoes off"),
    ];
    assert_eq!(browser.post(&page, &rules).await.status, StatusCode::SEE_OTHER);
    assert!(browser.get(&page).await.body.contains("value=\"on_request\" selected"));
    let staff = world.site().browser(&world.home.staff).get(&page).await.body;
    for said in ["On request", "Outside only", "10:00 PM – 7:30 AM", "21", "Shoes off"] {
        assert!(staff.contains(said), "{said}: {staff}");
    }
    assert!(!staff.contains("Parties") && !staff.contains("<textarea"), "nothing said, and nothing to change");
}

#[db_test]
async fn the_api_replaces_and_reads_house_rules(db: TestDb) {
    let world = World::new(db).await;
    let mut api = world.site().api(&world.home.manager, &[]);
    let path = format!("/api/v1/properties/{}/rules", world.home.second.property);
    let put = api.json(Method::PUT, &path, &json!({ "parties": "not_allowed", "minimum_age": 18 })).await;
    assert_eq!((&put.json()["parties"], &put.json()["pets"]), (&json!("not_allowed"), &json!(null)), "{}", put.body);
    assert_eq!(api.get(&path).await.json(), put.json());
    let wrong = api.json(Method::PUT, &path, &json!({ "smoking": "on_request" })).await.json();
    assert_eq!(
        (&wrong["errors"][0]["field"], &wrong["errors"][0]["code"]),
        (&json!("smoking"), &json!("choice_unknown"))
    );
}
