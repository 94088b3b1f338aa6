//! Series of blocks: the rule by itself, and the use cases on both databases.

use ::http::{Method, StatusCode};
use db::{db_test, testing::TestDb};
use kernel::{
    StayId, UnitId,
    permissions::{StaysCancel, StaysCreate, StaysEdit, StaysView},
};
use serde_json::json;

use super::{
    model::{ChangeSeries, NewSeries, SeriesDetails, SeriesForm},
    service,
};
use crate::{
    stays::{
        BlockKind, StayError, StayStatus,
        tests::{book, claims, date, find},
    },
    testing::World,
};

fn form(unit: UnitId) -> SeriesForm {
    SeriesForm {
        unit_id: unit.to_string(),
        block_kind: "maintenance".into(),
        repeats: "weekly".into(),
        first_day: "2027-01-11".into(),
        times: "3".into(),
        ..SeriesForm::default()
    }
}

fn days(form: &SeriesForm) -> Vec<String> {
    let new = NewSeries::parse(form).unwrap();
    new.rule.occurrences().iter().map(|nights| nights.check_in().format("%m-%d").to_string()).collect()
}

fn a_form() -> SeriesForm {
    form(UnitId::from_uuid(uuid::Uuid::from_u128(7)))
}

#[test]
fn a_rule_gives_the_days_of_its_calendar() {
    assert_eq!(days(&a_form()), ["01-11", "01-18", "01-25"], "Mondays, because it begins on one");
    let twice = SeriesForm { mo: "true".into(), weekdays: "TH".into(), every: "2".into(), ..a_form() };
    assert_eq!(days(&SeriesForm { times: "4".into(), ..twice }), ["01-11", "01-14", "01-25", "01-28"]);
    let until = SeriesForm { until: "2027-01-25".into(), times: String::new(), ..a_form() };
    assert_eq!(days(&until), ["01-11", "01-18", "01-25"], "the last day counts");
    let monthly =
        |first: &str, repeats: &str| SeriesForm { first_day: first.into(), repeats: repeats.into(), ..a_form() };
    assert_eq!(days(&monthly("2027-01-31", "monthly_by_day")), ["01-31", "03-31", "05-31"], "shorter months have none");
    assert_eq!(days(&monthly("2027-01-04", "monthly_by_weekday")), ["01-04", "02-01", "03-01"], "first Mondays");
    assert_eq!(days(&monthly("2027-01-29", "monthly_by_weekday")), ["01-29", "02-26", "03-26"], "last Fridays");
    // The night that clocks skip is a night like any other.
    let spring = SeriesForm { first_day: "2027-03-27".into(), weekdays: "sa,su".into(), ..a_form() };
    assert_eq!(days(&spring), ["03-27", "03-28", "04-03"]);
}

#[test]
fn what_is_wrong_is_said_at_its_field() {
    let problem = |form: SeriesForm| -> Vec<(&'static str, &'static str)> {
        NewSeries::parse(&form).unwrap_err().iter().map(|error| (error.field, error.code)).collect()
    };
    assert_eq!(problem(SeriesForm { times: String::new(), ..a_form() }), [("until", "end_required")]);
    assert_eq!(problem(SeriesForm { until: "2027-02-01".into(), ..a_form() }), [("times", "one_end")]);
    assert_eq!(problem(SeriesForm { nights: "8".into(), ..a_form() }), [("nights", "blocks_overlap")]);
    assert_eq!(problem(SeriesForm { times: "201".into(), ..a_form() }), [("times", "too_large")]);
    let endless = SeriesForm { until: "2040-01-01".into(), times: String::new(), ..a_form() };
    assert_eq!(problem(endless), [("until", "too_many_blocks")]);
    let backwards = SeriesForm { until: "2027-01-01".into(), times: String::new(), ..a_form() };
    assert_eq!(problem(backwards), [("until", "no_dates")]);
    let nonsense = SeriesForm { repeats: "often".into(), every: "0".into(), first_day: "soon".into(), ..a_form() };
    assert_eq!(
        problem(nonsense),
        [("repeats", "unknown_choice"), ("every", "too_small"), ("first_day", "date_invalid")]
    );
    assert_eq!(days(&SeriesForm { times: "200".into(), ..a_form() }).len(), 200);
}

async fn details(world: &World, id: kernel::BlockSeriesId) -> SeriesDetails {
    service::details(&mut world.db.read().await.unwrap(), &world.manager::<StaysView>(), id).await.unwrap()
}

#[db_test]
async fn those_that_are_free_are_made_or_none(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let guest = book(&world, unit, 17, 20).await.unwrap();
    let new = NewSeries::parse(&SeriesForm { notes: "Pool".into(), ..form(unit) }).unwrap();
    let grant = world.manager::<StaysCreate>();
    let mut read = world.db.read().await.unwrap();
    let seen = service::preview(&mut read, &grant, &new).await.unwrap();
    let taken: Vec<Option<StayId>> = seen.iter().map(|one| one.in_the_way.as_ref().map(|stay| stay.id)).collect();
    assert_eq!(taken, [None, Some(guest.id), None]);
    drop(read);
    let refused = service::add(&world.app, &grant, &new, false).await;
    assert!(matches!(refused, Err(StayError::Taken(other)) if other.stay == guest.id));
    assert_eq!(claims(&world).await.0.len(), 3);

    let made = service::add(&world.app, &grant, &new, true).await.unwrap();
    assert_eq!((made.made, made.left_out), (2, 1));
    let stays = details(&world, made.id).await.stays;
    let nights: Vec<_> = stays.iter().map(|stay| stay.nights.check_in()).collect();
    assert_eq!(nights, [date("2027-01-11"), date("2027-01-25")]);
    assert!(stays.iter().all(|stay| stay.block_kind == Some(BlockKind::Maintenance) && stay.notes.is_some()));
    let again = service::add(&world.app, &grant, &new, true).await;
    assert!(matches!(again, Err(StayError::Taken(_))), "none is free");
    let foreign = service::add(&world.app, &world.foreign_manager(), &new, true).await;
    assert!(matches!(foreign, Err(StayError::Invalid(_))), "a unit of others does not exist");
}

#[db_test]
async fn a_series_is_changed_and_removed_from_one_on_or_as_a_whole(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let new =
        NewSeries::parse(&SeriesForm { first_day: "2027-01-04".into(), times: "5".into(), ..form(unit) }).unwrap();
    let id = service::add(&world.app, &world.manager(), &new, false).await.unwrap().id;
    let ids: Vec<StayId> = details(&world, id).await.stays.iter().map(|stay| stay.id).collect();
    world.clock.advance(chrono::TimeDelta::days(1));
    let (edit, cancel) = (world.manager::<StaysEdit>(), world.manager::<StaysCancel>());
    let longer = |nights, version| ChangeSeries { block_kind: BlockKind::OwnerStay, nights, notes: None, version };
    assert_eq!(service::change(&world.app, &edit, id, Some(ids[2]), &longer(3, 1)).await.unwrap(), 3);
    let lengths: Vec<u32> = details(&world, id).await.stays.iter().map(|stay| stay.nights.count()).collect();
    assert_eq!(lengths, [1, 1, 3, 3, 3]);
    let stale = service::change(&world.app, &edit, id, None, &longer(2, 1)).await;
    assert!(matches!(stale, Err(StayError::Stale)));
    let overlapping = service::change(&world.app, &edit, id, None, &longer(8, 2)).await;
    assert!(matches!(overlapping, Err(StayError::Invalid(_))));

    // One that cannot become longer keeps all as they are.
    let guest = book(&world, unit, 13, 14).await.unwrap();
    let refused = service::change(&world.app, &edit, id, None, &longer(4, 2)).await;
    assert!(matches!(refused, Err(StayError::Taken(other)) if other.stay == guest.id));
    let lengths: Vec<u32> = details(&world, id).await.stays.iter().map(|stay| stay.nights.count()).collect();
    assert_eq!(lengths, [1, 1, 3, 3, 3]);

    assert_eq!(service::remove(&world.app, &cancel, id, Some(ids[3])).await.unwrap(), 2);
    assert_eq!(service::remove(&world.app, &cancel, id, None).await.unwrap(), 2, "what began before today stays");
    assert_eq!(find(&world, ids[0]).await.status, StayStatus::Confirmed);
    assert_eq!(find(&world, ids[4]).await.status, StayStatus::Cancelled);
    assert_eq!(claims(&world).await.0.len(), 2, "the first block and the guest");
    let foreign = service::remove(&world.app, &world.foreign_manager(), id, None).await;
    assert!(matches!(foreign, Err(StayError::NotFound)));
}

#[db_test]
async fn the_pages_show_every_block_before_it_is_made(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    book(&world, unit, 18, 19).await.unwrap();
    let mut browser = world.site().browser(&world.home.manager);
    assert!(browser.get("/stays/new?kind=block").await.body.contains("/block-series/new"));
    let page = browser.get(&format!("/block-series/new?unit_id={unit}&first_day=2027-01-11")).await;
    assert!(page.body.contains("value=\"2027-01-11\""), "{}", page.body);
    let query = format!("unit_id={unit}&repeats=weekly&first_day=2027-01-11&nights=2&mo=true");
    let wrong = browser.get(&format!("/block-series/preview?{query}")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("until-error"), "{}", wrong.body);
    let seen = browser.get(&format!("/block-series/preview?{query}&times=3")).await;
    for text in ["1 block is not possible", "Make the 2 that are free", "Every week: Monday", "Zoë O&#39;Brien"] {
        assert!(seen.body.contains(text), "{text}: {}", seen.body);
    }
    let id = unit.to_string();
    let fields =
        [("unit_id", id.as_str()), ("repeats", "weekly"), ("first_day", "2027-01-11"), ("nights", "2"), ("times", "3")];
    assert_eq!(browser.post("/block-series", &fields).await.status, StatusCode::CONFLICT);
    let made = browser.post("/block-series", &[fields.as_slice(), &[("only_free", "true")]].concat()).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let address = made.header("location").to_owned();
    let page = browser.get(&address).await;
    assert!(page.body.contains("2 blocks") && page.body.contains("Blocks: 2."), "{}", page.body);
    let first = page.body.split("/edit?from=").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    assert!(browser.get(&format!("/stays/{first}")).await.body.contains(&address), "a block names its series");
    let edit = browser.get(&format!("{address}/edit?from={first}")).await;
    assert!(edit.body.contains("2 blocks, from"), "{}", edit.body);
    let changed = browser
        .post(
            &format!("{address}/edit"),
            &[("from", &first), ("version", "1"), ("nights", "3"), ("block_kind", "other")],
        )
        .await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    assert!(browser.get(&format!("{address}/remove")).await.body.contains("Remove the blocks?"));
    assert_eq!(browser.post(&format!("{address}/remove"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(browser.get(&address).await.body.contains("The blocks are removed: 2."));
}

#[db_test]
async fn the_api_looks_makes_reads_changes_and_removes(db: TestDb) {
    let world = World::new(db).await;
    let site = world.site();
    let mut api = site.api(&world.home.manager, &[]);
    let unit = world.home.second.unit;
    let body = |preview: bool| {
        json!({ "unit_id": unit, "repeats": "monthly_by_weekday", "first_day": "2027-01-11", "nights": 7, "times": 2,
            "preview": preview })
    };
    let seen = api.json(Method::POST, "/api/v1/block-series", &body(true)).await.json();
    assert_eq!((&seen["id"], &seen["occurrences"][1]["check_in"]), (&json!(null), &json!("2027-02-08")));
    let made = api.json(Method::POST, "/api/v1/block-series", &body(false)).await.json();
    assert_eq!((&made["made"], &made["left_out"]), (&json!(2), &json!(0)));
    let path = format!("/api/v1/block-series/{}", made["id"].as_str().unwrap());
    let read = api.get(&path).await.json();
    assert_eq!((&read["times"], read["stays"].as_array().unwrap().len()), (&json!(2), 2));
    let from = &read["stays"][1]["id"];
    let changed = api.json(Method::PATCH, &path, &json!({ "from": from, "nights": 3, "version": 1 })).await.json();
    assert_eq!((&changed["stays"][1]["check_out"], &changed["version"]), (&json!("2027-02-11"), &json!(2)));
    let taken = api.json(Method::POST, "/api/v1/block-series", &body(false)).await;
    assert_eq!((taken.status, &taken.json()["code"]), (StatusCode::CONFLICT, &json!("nights_taken")));
    for (member, status) in [
        (&world.foreign.manager, StatusCode::NOT_FOUND),
        (&world.home.owner, StatusCode::NOT_FOUND),
        (&world.home.staff, StatusCode::FORBIDDEN),
    ] {
        assert_eq!(site.api(member, &[]).get(&path).await.status, status);
    }
    let foreign = site.api(&world.foreign.manager, &[]).json(Method::POST, &format!("{path}/remove"), &json!({})).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let removed = api.json(Method::POST, &format!("{path}/remove"), &json!({})).await.json();
    assert_eq!(
        (&removed["stays"][0]["status"], &removed["stays"][1]["status"]),
        (&json!("cancelled"), &json!("cancelled"))
    );
}
