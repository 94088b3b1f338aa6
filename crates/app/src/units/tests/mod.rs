//! Units below a whole.

use ::http::{Method, StatusCode};
use db::{db_test, testing::TestDb};
use kernel::{
    Grant, StayId, UnitId,
    permissions::{PropertiesEdit, PropertiesView, StaysCancel, StaysCreate},
};
use serde_json::json;

use super::{InTheWay, NewUnit, UnitError, UnitFacts, UnitForm, service, tree};
use crate::{
    properties::{self, UnitView},
    stays::{self, NewStay, StayError, StayForm},
    testing::World,
};

fn form(name: &str, parent: Option<UnitId>) -> UnitForm {
    UnitForm {
        name: name.into(),
        parent_id: parent.map(|id| id.to_string()).unwrap_or_default(),
        ..UnitForm::default()
    }
}

async fn try_add(world: &World, name: &str, parent: Option<UnitId>) -> Result<UnitId, UnitError> {
    let new = NewUnit::parse(&form(name, parent)).map_err(UnitError::Invalid)?;
    service::add(&world.app, &world.manager(), world.home.first.property, &new).await
}

async fn add(world: &World, name: &str, parent: Option<UnitId>) -> UnitId {
    try_add(world, name, parent).await.unwrap()
}

async fn book(world: &World, unit: UnitId, check_in: &str, check_out: &str) -> Result<StayId, StayError> {
    let form = StayForm {
        unit_id: unit.to_string(),
        kind: "reservation".into(),
        channel: "direct".into(),
        check_in: check_in.into(),
        check_out: check_out.into(),
        guest_name: "Ana".into(),
        adults: "2".into(),
        ..StayForm::default()
    };
    let new = NewStay::parse(&form, "EUR".parse().unwrap()).unwrap();
    let grant: Grant<StaysCreate> = world.manager();
    stays::book(&world.app, &grant, &new).await.map(|stay| stay.id)
}

async fn units(world: &World) -> Vec<UnitView> {
    let mut read = world.db.read().await.unwrap();
    let grant = world.manager::<PropertiesView>();
    properties::units_of(&mut read, &grant, world.home.first.property).await.unwrap()
}

/// The units that are offered anywhere.
async fn offered(world: &World) -> Vec<UnitId> {
    let mut read = world.db.read().await.unwrap();
    let all = properties::units(&mut read, &world.manager::<PropertiesView>()).await.unwrap();
    all.into_iter().map(|unit| unit.id).collect()
}

fn codes(error: Result<impl std::fmt::Debug, UnitError>) -> Vec<(&'static str, &'static str)> {
    match error {
        Err(UnitError::Invalid(errors)) => errors.iter().map(|error| (error.field, error.code)).collect(),
        other => panic!("{other:?}"),
    }
}

#[db_test]
async fn a_new_unit_belongs_to_the_stays_above_it_and_takes_stays_of_its_own(db: TestDb) {
    let world = World::new(db).await;
    let whole = world.home.first.unit;
    book(&world, whole, "2027-02-05", "2027-02-08").await.unwrap();
    let floor = add(&world, "Upstairs", None).await;
    let room = add(&world, "Blue room", Some(floor)).await;
    assert!(matches!(book(&world, room, "2027-02-07", "2027-02-09").await, Err(StayError::Taken(_))));
    book(&world, room, "2027-02-08", "2027-02-10").await.unwrap();
    assert!(matches!(book(&world, whole, "2027-02-09", "2027-02-11").await, Err(StayError::Taken(_))));
    let ordered: Vec<_> = tree(units(&world).await).into_iter().map(|(depth, unit)| (depth, unit.id)).collect();
    assert_eq!(ordered, [(0, whole), (1, floor), (2, room)]);
}

#[db_test]
async fn names_differ_within_a_property_and_units_hang_below_its_own(db: TestDb) {
    let world = World::new(db).await;
    let room = add(&world, "Habitación Azul", None).await;
    assert_eq!(codes(try_add(&world, " habitacion  azul ", None).await), [("name", "name_taken")]);
    assert_eq!(codes(try_add(&world, "Red", Some(world.home.second.unit)).await), [("parent_id", "choice_unknown")]);
    let wrong = UnitForm { name: " ".into(), parent_id: "x".into(), capacity: "0".into() };
    let found = codes(NewUnit::parse(&wrong).map_err(UnitError::Invalid));
    assert_eq!(found, [("name", "required"), ("capacity", "too_small"), ("parent_id", "choice_unknown")]);
    let grant = world.manager::<PropertiesEdit>();
    let facts = UnitFacts { name: "Azul".into(), capacity: Some(3) };
    let changed = service::change(&world.app, &grant, room, &facts).await.unwrap();
    assert_eq!((changed.name.as_deref(), changed.capacity), (Some("Azul"), 3));
    let whole = service::change(&world.app, &grant, world.home.first.unit, &facts).await;
    assert!(matches!(whole, Err(UnitError::Whole)));
    let foreign = service::change(&world.app, &world.foreign_manager(), room, &facts).await;
    assert!(matches!(foreign, Err(UnitError::NotFound)));
}

#[db_test]
async fn a_unit_is_retired_when_nothing_is_ahead_and_keeps_its_history(db: TestDb) {
    let world = World::new(db).await;
    let grant = world.manager::<PropertiesEdit>();
    let floor = add(&world, "Upstairs", None).await;
    let room = add(&world, "Blue room", Some(floor)).await;
    let past = book(&world, room, "2026-12-01", "2026-12-04").await.unwrap();
    let ahead = book(&world, room, "2027-02-05", "2027-02-08").await.unwrap();
    let ways = |result: Result<UnitView, UnitError>| -> InTheWay {
        match result {
            Err(UnitError::InTheWay(ways)) => ways,
            other => panic!("{other:?}"),
        }
    };
    let found = ways(service::retire(&world.app, &grant, floor).await);
    assert_eq!((found.below, found.stays.len()), (vec![(room, "Blue room".to_owned())], 0));
    let found = ways(service::retire(&world.app, &grant, room).await);
    assert_eq!(found.stays.iter().map(|stay| stay.id).collect::<Vec<_>>(), [ahead]);
    stays::cancel(&world.app, &world.manager::<StaysCancel>(), ahead, None).await.unwrap();
    service::retire(&world.app, &grant, room).await.unwrap();
    assert!(!offered(&world).await.contains(&room) && offered(&world).await.contains(&floor));
    assert!(matches!(book(&world, room, "2027-03-05", "2027-03-08").await, Err(StayError::Invalid(_))));
    assert_eq!(codes(try_add(&world, "Bed", Some(room)).await), [("parent_id", "choice_unknown")]);
    let mut read = world.db.read().await.unwrap();
    let stay = stays::find(&mut read, &world.manager::<kernel::permissions::StaysView>(), past).await.unwrap();
    assert_eq!(stay.unit_name.as_deref(), Some("Blue room"));
    drop(read);

    service::retire(&world.app, &grant, floor).await.unwrap();
    assert!(matches!(service::restore(&world.app, &grant, room).await, Err(UnitError::AboveOutOfUse)));
    book(&world, world.home.first.unit, "2027-04-01", "2027-04-03").await.unwrap();
    service::restore(&world.app, &grant, floor).await.unwrap();
    service::restore(&world.app, &grant, room).await.unwrap();
    assert!(matches!(book(&world, room, "2027-04-02", "2027-04-05").await, Err(StayError::Taken(_))));
}

#[db_test]
async fn calendars_keep_a_unit_in_use(db: TestDb) {
    let world = World::new(db).await;
    let room = add(&world, "Blue room", None).await;
    let export = crate::feeds::exports::NewExport::parse(&crate::feeds::exports::ExportForm {
        unit_id: room.to_string(),
        channel: "airbnb".into(),
        ..Default::default()
    });
    crate::feeds::exports::add(&world.app, &world.manager(), &export.unwrap()).await.unwrap();
    match service::retire(&world.app, &world.manager(), room).await {
        Err(UnitError::InTheWay(ways)) => assert_eq!(ways.calendars.len(), 1),
        other => panic!("{other:?}"),
    }
}

#[db_test]
async fn the_pages_add_rename_retire_and_bring_back(db: TestDb) {
    let world = World::new(db).await;
    let base = format!("/properties/{}/units", world.home.first.property);
    let mut browser = world.site().browser(&world.home.manager);
    let empty = browser.get(&base).await.body;
    assert!(empty.contains("Let as a whole") && !empty.contains("parent_id"), "{empty}");
    browser.get(&format!("{base}/new")).await;
    let wrong = browser.post(&format!("{base}/new"), &[("name", "")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("name-error"), "{}", wrong.body);
    let added = browser.post(&format!("{base}/new"), &[("name", "Blue <b>"), ("capacity", "2")]).await;
    assert_eq!((added.status, added.header("location")), (StatusCode::SEE_OTHER, base.as_str()));
    let page = browser.get(&base).await.body;
    assert!(page.contains("Blue &#60;b&#62;") && page.contains("The whole property"), "{page}");
    let room = units(&world).await[1].id;
    assert!(browser.get(&format!("{base}/new")).await.body.contains("parent_id"));
    let edited = browser.post(&format!("/units/{room}/edit"), &[("name", "Red")]).await;
    assert_eq!(edited.status, StatusCode::SEE_OTHER, "{}", edited.body);
    let stay = book(&world, room, "2027-02-05", "2027-02-08").await.unwrap();
    let refused = browser.get(&format!("/units/{room}/retire")).await.body;
    assert!(refused.contains(&format!("/stays/{stay}")) && !refused.contains("btn-error"), "{refused}");
    assert_eq!(browser.post(&format!("/units/{room}/retire"), &[]).await.status, StatusCode::CONFLICT);
    stays::cancel(&world.app, &world.manager::<StaysCancel>(), stay, None).await.unwrap();
    assert_eq!(browser.post(&format!("/units/{room}/retire"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(browser.get(&base).await.body.contains("Retired"));
    assert!(!browser.get("/stays/new").await.body.contains(&room.to_string()));
    assert_eq!(browser.post(&format!("/units/{room}/restore"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(browser.get("/stays/new").await.body.contains(&room.to_string()));
    let mut staff = world.site().browser(&world.home.staff);
    assert!(!staff.get(&base).await.body.contains("/edit"));
}

#[db_test]
async fn programs_add_change_and_retire_units(db: TestDb) {
    let world = World::new(db).await;
    let path = format!("/api/v1/properties/{}/units", world.home.first.property);
    let mut api = world.site().api(&world.home.manager, &[]);
    let added = api.json(Method::POST, &path, &json!({ "name": "Blue", "capacity": 2 })).await;
    assert_eq!((added.status, &added.json()["capacity"]), (StatusCode::CREATED, &json!(2)), "{}", added.body);
    let unit = format!("/api/v1/units/{}", added.json()["id"].as_str().unwrap());
    let changed = api.json(Method::PATCH, &unit, &json!({ "capacity": "" })).await.json();
    assert_eq!((&changed["capacity"], &changed["name"]), (&json!(4), &json!("Blue")), "{changed}");
    let retired = api.json(Method::POST, &format!("{unit}/retire"), &json!({})).await.json();
    assert!(retired["retired_at"].is_string(), "{retired}");
    let listed = api.get(&path).await.json();
    assert!(listed[1]["retired_at"].is_string() && listed[0]["retired_at"].is_null(), "{listed}");
    let whole = format!("/api/v1/units/{}/retire", world.home.first.unit);
    assert_eq!(api.json(Method::POST, &whole, &json!({})).await.json()["code"], "whole_unit");
    let restored = api.json(Method::POST, &format!("{unit}/restore"), &json!({})).await.json();
    assert!(restored["retired_at"].is_null(), "{restored}");
}
