//! Turning stays into the other kind, on both databases.

use ::http::{Method, StatusCode};
use db::{db_test, sql, testing::TestDb};
use kernel::StayId;
use serde_json::json;

use crate::{
    stays::{
        ImportChange, ImportUpdate, Stay, StayForm, StayKind,
        tests::{add_feed, book, claims, find, form, import, imported, new},
    },
    testing::World,
};

/// The tasks of a stay that are still to do.
async fn turnovers(world: &World, id: StayId) -> i64 {
    sql!("SELECT COUNT(*) AS n FROM task WHERE organization_id = $1 AND stay_id = $2 AND status <> 'cancelled'")
        .bind(world.home.organization)
        .bind(id)
        .fetch_one(&mut world.db.read().await.unwrap(), |row| row.get("n"))
        .await
        .unwrap()
}

async fn block(world: &World, from: u32, to: u32) -> Stay {
    let form = StayForm { kind: "block".into(), ..form(world.home.first.unit, from, to) };
    crate::stays::book(&world.app, &world.manager(), &new(&form)).await.unwrap()
}

#[db_test]
async fn a_block_becomes_a_reservation_and_one_becomes_a_block(db: TestDb) {
    let world = World::new(db).await;
    let stay = block(&world, 5, 8).await;
    let mut browser = world.site().browser(&world.home.manager);
    let (address, page) = (format!("/stays/{}", stay.id), format!("/stays/{}/convert", stay.id));
    assert!(browser.get(&address).await.body.contains(&page));
    assert!(browser.get(&page).await.body.contains("Turn the block into a reservation"));
    let nobody = browser.post(&page, &[("version", "1"), ("amount", "x")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.body.contains("adults-error") && nobody.body.contains("amount-error"), "{}", nobody.body);
    assert_eq!(turnovers(&world, stay.id).await, 0);
    let fields = [("version", "1"), ("guest_name", "Ana"), ("adults", "2"), ("channel", "direct"), ("amount", "90")];
    assert_eq!(browser.post(&page, &fields).await.status, StatusCode::SEE_OTHER);
    let made = find(&world, stay.id).await;
    assert_eq!((made.kind, made.guest.name.as_deref(), made.nights), (StayKind::Reservation, Some("Ana"), stay.nights));
    assert_eq!(turnovers(&world, stay.id).await, 1);
    let before = claims(&world).await;

    let ask = browser.get(&page).await;
    assert!(ask.body.contains("Guest and amount are cleared"), "{}", ask.body);
    let stale = browser.post(&page, &[("version", "1"), ("block_kind", "maintenance")]).await;
    assert_eq!(stale.status, StatusCode::SEE_OTHER);
    assert_eq!(find(&world, stay.id).await.kind, StayKind::Reservation, "somebody else changed it");
    browser.post(&page, &[("version", "2"), ("block_kind", "maintenance")]).await;
    let back = find(&world, stay.id).await;
    assert_eq!((back.kind, back.guest.name, back.amount, back.counts.adults), (StayKind::Block, None, None, 0));
    assert_eq!(turnovers(&world, stay.id).await, 0);
    assert_eq!(claims(&world).await, before, "the nights were never free");
}

#[db_test]
async fn no_sync_turns_back_what_a_person_turned(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let feed = add_feed(&world, unit).await;
    let id = import(&world, &[imported(unit, feed, 6, 10)]).await[0].stay_id;
    let mut api = world.site().api(&world.home.manager, &[]);
    let path = format!("/api/v1/stays/{id}/convert");
    let same = api.json(Method::POST, &path, &json!({ "version": 7 })).await;
    assert_eq!((same.status, &same.json()["code"]), (StatusCode::CONFLICT, &json!("stay_changed")), "{}", same.body);
    let made = api.json(Method::POST, &path, &json!({ "version": 1, "block_kind": "owner_stay" })).await;
    assert_eq!((made.status, &made.json()["kind"]), (StatusCode::OK, &json!("block")), "{}", made.body);
    let update = ImportUpdate { kind: Some(StayKind::Reservation), ..ImportUpdate::of(id) };
    import(&world, &[ImportChange::Update(update)]).await;
    assert_eq!(find(&world, id).await.kind, StayKind::Block);
    let versionless = api.json(Method::POST, &path, &json!({})).await;
    assert_eq!(versionless.json()["errors"][0]["code"], "version_required", "{}", versionless.body);
    let back = api.json(Method::POST, &path, &json!({ "version": 2, "guest_name": "Ana" })).await.json();
    assert_eq!((&back["kind"], &back["channel"]), (&json!("reservation"), &json!("airbnb")));

    let other = book(&world, world.home.second.unit, 5, 8).await.unwrap();
    let path = format!("/api/v1/stays/{}/convert", other.id);
    let foreign =
        world.site().api(&world.foreign.manager, &[]).json(Method::POST, &path, &json!({ "version": 1 })).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let owner = world.site().api(&world.home.owner, &[]).json(Method::POST, &path, &json!({ "version": 1 })).await;
    assert_eq!(owner.status, StatusCode::FORBIDDEN);
    api.json(Method::POST, &format!("/api/v1/stays/{}/cancel", other.id), &json!({})).await;
    let over = api.json(Method::POST, &path, &json!({ "version": 2 })).await;
    assert_eq!(&over.json()["code"], "not_now", "{}", over.body);
}
