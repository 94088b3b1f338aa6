use ::http::{Method, StatusCode};
use chrono::Datelike;
use db::{db_test, testing::TestDb};
use kernel::{PermissionName, permissions::StaysEdit};
use serde_json::json;

use super::*;
use crate::stays::moves::{self, joinable};

fn split_at(day: u32, stay: &Stay) -> Split {
    Split { at: nights(day, day + 1).check_in(), unit_id: None, version: stay.version, over_capacity: false }
}

async fn split(world: &World, stay: &Stay, split: &Split) -> Result<(Stay, Stay), StayError> {
    super::split(&world.app, &world.manager::<StaysEdit>(), stay.id, split).await
}

async fn prices(world: &World, id: StayId) -> Vec<(u32, i64)> {
    let mut read = world.db.read().await.unwrap();
    let details = super::details(&mut read, &world.manager::<StaysView>(), id).await.unwrap();
    details.nights.iter().map(|(night, price)| (night.day(), price.unwrap().minor)).collect()
}

/// The days of January on which turnovers of the home organization are due, but for cancelled ones.
async fn turnovers(world: &World) -> Vec<u32> {
    let mut read = world.db.read().await.unwrap();
    let mut days: Vec<u32> = sql!("SELECT due_on FROM task WHERE organization_id = $1 AND status <> 'cancelled'")
        .bind(world.home.organization)
        .fetch_all(&mut read, |row| Ok(row.get::<Date>("due_on")?.day()))
        .await
        .unwrap();
    days.sort_unstable();
    days
}

#[db_test]
async fn a_preview_says_what_a_move_would_do_and_does_nothing(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first.unit, world.home.second.unit);
    let stay = book(&world, first, 10, 13).await.unwrap();
    let other = book(&world, first, 14, 16).await.unwrap();
    let grant = world.manager::<StaysEdit>();
    let mut read = world.db.read().await.unwrap();
    let longer = preview(&mut read, &grant, stay.id, first, nights(9, 14), world.env.now()).await.unwrap();
    assert_eq!((longer.won_and_lost(), longer.in_the_way.len(), longer.changes()), ((2, 0), 0, true));
    assert_eq!(longer.turnover(), Some((nights(13, 14).check_in(), nights(14, 15).check_in())));
    let taken = preview(&mut read, &grant, stay.id, first, nights(12, 15), world.env.now()).await.unwrap();
    assert_eq!((taken.in_the_way[0].stay, taken.in_the_way[0].count), (other.id, 1));
    assert_eq!(taken.won_and_lost(), (2, 2));
    let elsewhere = preview(&mut read, &grant, stay.id, second, nights(10, 13), world.env.now()).await.unwrap();
    assert_eq!((elsewhere.won_and_lost(), elsewhere.unit.property_name.as_str()), ((3, 3), "City flat"));
    let same = preview(&mut read, &grant, stay.id, first, stay.nights, world.env.now()).await.unwrap();
    assert!(!same.changes() && same.turnover().is_none());
    let nowhere = preview(&mut read, &grant, stay.id, world.foreign.first.unit, stay.nights, world.env.now()).await;
    assert!(matches!(nowhere, Err(StayError::Invalid(_))));
    assert_eq!(find(&world, stay.id).await, stay);
}

#[db_test]
async fn a_move_can_be_taken_back_also_from_the_calendars_view(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first.unit, world.home.second.unit);
    let feed = add_feed(&world, first).await;
    let id = import(&world, &[imported(first, feed, 10, 13)]).await[0].stay_id;
    let before = find(&world, id).await;
    let grant = world.manager::<StaysEdit>();
    let mut to = MoveTo {
        unit_id: second,
        nights: nights(11, 15),
        version: before.version,
        over_capacity: false,
        follow_calendar: false,
    };
    let moved = moves::move_to(&world.app, &grant, id, &to).await.unwrap();
    assert!(moved.decided.dates, "no sync takes it back");
    assert_eq!(held(&world, id, second).await, [11, 12, 13, 14]);
    let again = moves::move_to(&world.app, &grant, id, &to).await;
    assert!(matches!(again, Err(StayError::Stale)));
    to = MoveTo { unit_id: first, nights: before.nights, version: moved.version, follow_calendar: true, ..to };
    let back = moves::move_to(&world.app, &grant, id, &to).await.unwrap();
    assert_eq!((back.unit_id, back.nights, back.decided), (before.unit_id, before.nights, before.decided));
    assert_eq!(held(&world, id, first).await, [10, 11, 12]);
}

#[db_test]
async fn guests_who_are_there_stay_where_they_are(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first.unit, world.home.second.unit);
    let stay = book(&world, first, 4, 8).await.unwrap();
    let grant = world.manager::<StaysEdit>();
    let stay = check_in(&world.app, &grant, stay.id, None).await.unwrap();
    let to = |unit_id, nights| MoveTo {
        unit_id,
        nights,
        version: stay.version,
        over_capacity: false,
        follow_calendar: false,
    };
    for to in [to(second, nights(4, 8)), to(first, nights(5, 8))] {
        let refused = moves::move_to(&world.app, &grant, stay.id, &to).await;
        assert!(matches!(refused, Err(StayError::NotNow(StayStatus::CheckedIn))));
    }
    let longer = moves::move_to(&world.app, &grant, stay.id, &to(first, nights(4, 9))).await.unwrap();
    let (here, there) = split(&world, &longer, &Split { unit_id: Some(second), ..split_at(6, &longer) }).await.unwrap();
    assert_eq!((here.status, there.status), (StayStatus::CheckedIn, StayStatus::Confirmed));
    world.clock.advance(chrono::TimeDelta::days(3));
    let late = split(&world, &here, &split_at(5, &here)).await;
    assert!(matches!(late, Err(StayError::Invalid(errors)) if errors.of("at").unwrap().code == "in_the_past"));
}

#[db_test]
async fn a_split_keeps_each_night_with_its_price_and_can_be_taken_back(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first.unit, world.home.second.unit);
    let stay = book(&world, first, 10, 17).await.unwrap();
    let before = prices(&world, stay.id).await;
    assert_eq!(turnovers(&world).await, [17]);
    let (one, two) = split(&world, &stay, &Split { unit_id: Some(second), ..split_at(13, &stay) }).await.unwrap();
    let parts = (prices(&world, one.id).await, prices(&world, two.id).await);
    assert_eq!([parts.0.clone(), parts.1.clone()].concat(), before);
    assert_eq!(one.amount.unwrap().minor + two.amount.unwrap().minor, 10_000);
    assert_eq!(
        (held(&world, one.id, first).await, held(&world, two.id, second).await),
        (vec![10, 11, 12], vec![13, 14, 15, 16])
    );
    assert_eq!(held(&world, one.id, second).await, [0_u32; 0]);
    assert_eq!(turnovers(&world).await, [13, 17]);
    assert_eq!((&two.guest, two.counts, two.channel, two.feed_id), (&stay.guest, stay.counts, stay.channel, None));

    let grant = world.manager::<StaysEdit>();
    assert!(joinable(&mut world.db.read().await.unwrap(), &grant, one.id, two.id).await.is_ok());
    assert!(joinable(&mut world.db.read().await.unwrap(), &grant, two.id, one.id).await.is_err());
    let join = Join { version: one.version, other: two.id, other_version: two.version, follow_calendar: false };
    let whole = super::join(&world.app, &grant, one.id, &join).await.unwrap();
    assert_eq!((whole.nights, whole.amount, whole.unit_id), (stay.nights, stay.amount, stay.unit_id));
    assert_eq!(prices(&world, whole.id).await, before);
    assert_eq!(find(&world, two.id).await.status, StayStatus::Cancelled);
    assert_eq!((held(&world, whole.id, first).await.len(), turnovers(&world).await), (7, vec![17]));
}

#[db_test]
async fn what_cannot_be_split_stays_whole(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first.unit, world.home.second.unit);
    let stay = book(&world, first, 10, 13).await.unwrap();
    for day in [10, 13, 20] {
        let outside = split(&world, &stay, &split_at(day, &stay)).await;
        assert!(matches!(outside, Err(StayError::Invalid(_))), "{day}");
    }
    let other = book(&world, second, 12, 14).await.unwrap();
    let taken = split(&world, &stay, &Split { unit_id: Some(second), ..split_at(11, &stay) }).await;
    assert!(matches!(taken, Err(StayError::Taken(taken)) if taken.stay == other.id));
    assert_eq!(find(&world, stay.id).await, stay);
    assert_eq!(held(&world, stay.id, first).await, [10, 11, 12]);
}

#[db_test]
async fn splitting_off_the_nights_that_another_has_ends_a_conflict(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first.unit, world.home.second.unit);
    let feed = add_feed(&world, first).await;
    book(&world, first, 12, 14).await.unwrap();
    let id = import(&world, &[imported(first, feed, 10, 14)]).await[0].stay_id;
    let stay = find(&world, id).await;
    assert!(stay.in_conflict);
    assert!(matches!(split(&world, &stay, &split_at(12, &stay)).await, Err(StayError::Taken(_))));
    let (one, two) = split(&world, &stay, &Split { unit_id: Some(second), ..split_at(12, &stay) }).await.unwrap();
    assert!(!one.in_conflict && one.decided.dates && one.feed_id == Some(feed));
    assert!(!two.in_conflict && two.feed_id.is_none());
}

#[db_test]
async fn the_pages_ask_show_what_changes_do_it_and_offer_the_way_back(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first.unit, world.home.second.unit);
    let stay = book(&world, first, 10, 13).await.unwrap();
    let other = book(&world, second, 12, 14).await.unwrap();
    let mut browser = world.site().browser(&world.home.manager);
    let address = format!("/stays/{}/move", stay.id);
    let plain = browser.get(&address).await.body;
    assert!(plain.contains("value=\"2027-01-10\"") && !plain.contains("What changes"), "{plain}");
    let taken = browser.get(&format!("{address}?unit_id={second}")).await.body;
    assert!(taken.contains(&format!("/stays/{}", other.id)) && !taken.contains("Move it"), "{taken}");
    let free = browser.get(&format!("{address}?check_out=2027-01-15")).await.body;
    assert!(free.contains("Move it") && free.contains("2 nights more") && free.contains("check whether"), "{free}");
    let unit = second.to_string();
    let fields =
        [("unit_id", unit.as_str()), ("check_in", "2027-01-10"), ("check_out", "2027-01-13"), ("version", "1")];
    let refused = browser.post(&address, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains(&format!("/stays/{}", other.id)));
    let moved = browser.post(&address, &[("check_out", "2027-01-15"), ("version", "1")]).await;
    assert_eq!(
        (moved.status, moved.header("location")),
        (StatusCode::SEE_OTHER, format!("/stays/{}", stay.id).as_str())
    );
    let page = browser.get(&format!("/stays/{}", stay.id)).await.body;
    let back = page.split("href=\"").find(|part| part.contains("/move?")).unwrap();
    let back = back.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    assert!(page.contains("Undo") && back.contains("version=2"), "{back}");
    assert!(browser.get(&back).await.body.contains("Move it"));
    let stale = browser.post(&address, &[("check_out", "2027-01-16"), ("version", "1")]).await;
    assert!(stale.status == StatusCode::CONFLICT && stale.body.contains("changed this stay meanwhile"));
    let wrong = browser.get(&format!("{address}?check_out=2027-01-09")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);

    let address = format!("/stays/{}/split", stay.id);
    assert!(!browser.get(&address).await.body.contains("Two stays instead"));
    let seen = browser.get(&format!("{address}?at=2027-01-12")).await.body;
    assert!(seen.contains("€40.00") && seen.contains("€60.00") && seen.contains("Split it"), "{seen}");
    let done = browser.post(&address, &[("at", "2027-01-12"), ("version", "2")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = browser.get(&format!("/stays/{}", stay.id)).await.body;
    let back = page.split("href=\"").find(|part| part.contains("/join?")).unwrap();
    let back = back.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    let asked = browser.get(&back).await.body;
    assert!(asked.contains("Join them"), "{asked}");
    let other = back.split("other=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let fields = [("other", other.as_str()), ("version", "3"), ("other_version", "1")];
    let joined = browser.post(&format!("/stays/{}/join", stay.id), &fields).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
    assert_eq!(find(&world, stay.id).await.nights, nights(10, 15));
}

#[db_test]
async fn programs_look_move_split_and_join(db: TestDb) {
    let world = World::new(db).await;
    let stay = book(&world, world.home.first.unit, 10, 14).await.unwrap();
    let mut api = world.site().api(&world.home.manager, &[PermissionName::StaysView, PermissionName::StaysEdit]);
    let address = format!("/api/v1/stays/{}", stay.id);
    let seen = api.json(Method::GET, &format!("{address}/move?check_out=2027-01-15"), &json!({})).await.json();
    assert_eq!((&seen["nights_won"], &seen["turnover_after"]), (&json!(1), &json!("2027-01-15")));
    let moved =
        api.json(Method::POST, &format!("{address}/move"), &json!({"check_in": "2027-01-11", "version": 1})).await;
    assert_eq!((moved.status, &moved.json()["check_in"]), (StatusCode::OK, &json!("2027-01-11")), "{}", moved.body);
    let parts = api.json(Method::POST, &format!("{address}/split"), &json!({"at": "2027-01-13", "version": 2})).await;
    assert_eq!(parts.status, StatusCode::OK, "{}", parts.body);
    let second = parts.json()["second"]["id"].clone();
    let join = json!({"version": 3, "other": second, "other_version": 1});
    let joined = api.json(Method::POST, &format!("{address}/join"), &join).await;
    assert_eq!((joined.status, &joined.json()["check_out"]), (StatusCode::OK, &json!("2027-01-14")), "{}", joined.body);
    let stale =
        api.json(Method::POST, &format!("{address}/move"), &json!({"check_in": "2027-01-12", "version": 1})).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
}
