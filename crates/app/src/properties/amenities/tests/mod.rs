use db::{db_test, testing::TestDb};
use http::{Method, StatusCode};
use serde_json::json;

use super::*;
use crate::testing::World;

#[test]
fn every_amenity_is_in_one_group() {
    let of_groups: usize = AmenityGroup::ALL.iter().map(|group| group.all().len()).sum();
    assert_eq!(of_groups, Amenity::ALL.len());
    assert!(AmenityGroup::ALL.iter().all(|group| !group.all().is_empty()));
}

#[db_test]
async fn amenities_are_replaced_as_a_whole(db: TestDb) {
    let world = World::new(db).await;
    let mut browser = world.site().browser(&world.home.owner);
    let page = format!("/properties/{}/amenities", world.home.first.property);
    browser.get(&page).await;
    for (amenities, others, there) in [(["wifi", "pool"], "Beehive", "pool"), (["wifi", "sauna"], "", "sauna")] {
        let form = [("amenities", amenities[0]), ("amenities", amenities[1]), ("others", others)];
        assert_eq!(browser.post(&page, &form).await.status, StatusCode::SEE_OTHER);
        let body = browser.get(&page).await.body;
        let ticked: Vec<&str> = body.match_indices(" checked").map(|(at, _)| &body[at - 12..at]).collect();
        assert_eq!(ticked.len(), 2, "{ticked:?}");
        assert!(body.contains(&format!("value=\"{there}\" checked")), "{body}");
    }
    let wrong = browser.post(&page, &[("amenities", "dragon"), ("others", "Moat")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("amenities-error") && wrong.body.contains("Moat"), "{}", wrong.body);
    let staff = world.site().browser(&world.home.staff).get(&page).await.body;
    assert!(staff.contains("Sauna") && !staff.contains("<textarea"), "{staff}");
}

#[db_test]
async fn the_api_replaces_and_reads_amenities(db: TestDb) {
    let world = World::new(db).await;
    let mut api = world.site().api(&world.home.manager, &[]);
    let path = format!("/api/v1/properties/{}/amenities", world.home.first.property);
    assert_eq!(api.get(&path).await.json(), json!({ "amenities": [], "others": null }));
    let all = json!({ "amenities": ["pool", "wifi", "pool"], "others": "Beehive" });
    let put = api.json(Method::PUT, &path, &all).await;
    assert_eq!(put.json(), json!({ "amenities": ["wifi", "pool"], "others": "Beehive" }), "{}", put.body);
    assert_eq!(api.get(&path).await.json(), put.json());
    let wrong = api.json(Method::PUT, &path, &json!({ "amenities": ["dragon"] })).await;
    assert_eq!(wrong.json()["errors"][0]["code"], "choice_unknown");
}
