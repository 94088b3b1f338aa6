//! Tests of stays. What they look at behind the surface, they read with statements of their own.

mod http;
mod import;
mod input;
mod lists;
mod moves;
mod plans;
mod random;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use db::sql;
use kernel::{
    Date, FeedId, Grant, Nights, StayId, UnitId,
    permissions::{FeedsEdit, StaysCreate, StaysEdit, StaysView},
};

use super::*;
use crate::testing::World;

pub(super) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Nights of January 2027, from one day up to another.
pub(super) fn nights(from: u32, to: u32) -> Nights {
    let day = |day| Date::from_ymd_opt(2027, 1, 1).unwrap() + chrono::Days::new(u64::from(day) - 1);
    Nights::new(day(from), day(to)).unwrap()
}

/// What a person types to book the unit from one day of January 2027 up to another.
pub(super) fn form(unit: UnitId, from: u32, to: u32) -> StayForm {
    StayForm {
        unit_id: unit.to_string(),
        kind: "reservation".into(),
        check_in: nights(from, to).check_in().to_string(),
        check_out: nights(from, to).check_out().to_string(),
        guest_name: "Zoë O'Brien".into(),
        guest_email: "zoe@example.com".into(),
        guest_phone: "+34 600 000 000".into(),
        adults: "2".into(),
        amount: "100".into(),
        ..StayForm::default()
    }
}

pub(super) fn new(form: &StayForm) -> NewStay {
    NewStay::parse(form, "EUR".parse().unwrap()).unwrap()
}

pub(super) async fn book(world: &World, unit: UnitId, from: u32, to: u32) -> Result<Stay, StayError> {
    super::book(&world.app, &world.manager::<StaysCreate>(), &new(&form(unit, from, to))).await
}

pub(super) async fn find(world: &World, id: StayId) -> Stay {
    super::find(&mut world.db.read().await.unwrap(), &world.manager::<StaysView>(), id).await.unwrap()
}

/// Changes a stay's nights.
pub(super) async fn move_to(world: &World, id: StayId, unit: UnitId, from: u32, to: u32) -> Result<Stay, StayError> {
    let stay = find(world, id).await;
    let (check_in, check_out) = (nights(from, to).check_in().to_string(), nights(from, to).check_out().to_string());
    let form = StayForm { unit_id: unit.to_string(), check_in, check_out, ..StayForm::of(&stay) };
    let change = ChangeStay::parse(&form, &stay, "EUR".parse().unwrap()).unwrap();
    super::change(&world.app, &world.manager::<StaysEdit>(), id, &change).await
}

pub(super) fn sync(world: &World) -> Grant<FeedsEdit> {
    Grant::system(world.home.organization, kernel::SystemReason::FeedSync)
}

pub(super) async fn add_feed(world: &World, unit: UnitId) -> FeedId {
    let feed = FeedId::new(&world.env);
    let mut tx = world.db.begin().await.unwrap();
    sql!(
        "INSERT INTO feed (organization_id, id, unit_id, channel, default_kind, address_sealed, address_hash, created_at, updated_at) \
         VALUES ($1, $2, $3, 'airbnb', 'reservation', $4, $5, 1, 1)"
    )
    .bind(world.home.organization)
    .bind(feed)
    .bind(unit)
    .bind(vec![0_u8])
    .bind(feed.uuid().as_bytes().to_vec())
    .execute(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    feed
}

pub(super) fn imported(unit: UnitId, feed: FeedId, from: u32, to: u32) -> ImportChange {
    ImportChange::Create(ImportCreate {
        unit_id: unit,
        feed_id: feed,
        channel: Channel::Airbnb,
        kind: StayKind::Reservation,
        pending: false,
        to_review: false,
        nights: nights(from, to),
        guest_name: None,
        reservation_code: None,
    })
}

pub(super) async fn import(world: &World, changes: &[ImportChange]) -> Vec<Applied> {
    let mut tx = world.db.begin().await.unwrap();
    let applied = apply_import(&mut tx, &world.app, &sync(world), changes).await.unwrap();
    tx.commit().await.unwrap();
    applied
}

pub(super) type Keys = BTreeMap<(UnitId, Date), BTreeSet<StayId>>;

/// Who claims and who waits for each night of each unit.
pub(super) async fn claims(world: &World) -> (Keys, Keys) {
    let mut read = world.db.read().await.unwrap();
    let (mut claimed, mut waited) = (Keys::new(), Keys::new());
    for (statement, keys) in [
        (sql!("SELECT unit_id, night, stay_id FROM unit_night WHERE organization_id = $1"), &mut claimed),
        (sql!("SELECT unit_id, night, stay_id FROM unit_night_wait WHERE organization_id = $1"), &mut waited),
    ] {
        let rows = statement
            .bind(world.home.organization)
            .fetch_all(&mut read, |row| {
                Ok(((row.get::<UnitId>("unit_id")?, row.get::<Date>("night")?), row.get::<StayId>("stay_id")?))
            })
            .await
            .unwrap();
        for (key, stay) in rows {
            keys.entry(key).or_default().insert(stay);
        }
    }
    (claimed, waited)
}

/// The nights that a stay has at a unit.
pub(super) async fn held(world: &World, id: StayId, unit: UnitId) -> Vec<u32> {
    let (claimed, _) = claims(world).await;
    let mine = claimed.iter().filter(|((at, _), stays)| *at == unit && stays.contains(&id));
    mine.map(|((_, night), _)| chrono::Datelike::day(night)).collect()
}

/// Checks the invariants of the feature over everything that is stored; `below` gives every unit with all units below it.
pub(super) async fn assert_invariants(world: &World, below: &BTreeMap<UnitId, Vec<UnitId>>) {
    let (claimed, waited) = claims(world).await;
    for key in waited.keys() {
        assert!(claimed.contains_key(key), "{key:?} is waited for although it is free");
    }
    let mut read = world.db.read().await.unwrap();
    let ids: Vec<StayId> = sql!("SELECT id FROM stay WHERE organization_id = $1")
        .bind(world.home.organization)
        .fetch_all(&mut read, |row| row.get("id"))
        .await
        .unwrap();
    let of = |keys: &Keys, id: StayId| -> BTreeSet<(UnitId, Date)> {
        keys.iter().filter(|(_, stays)| stays.contains(&id)).map(|(key, _)| *key).collect()
    };
    for id in ids {
        let stay = super::details(&mut read, &world.manager::<StaysView>(), id).await.unwrap();
        let (has, waits) = (of(&claimed, id), of(&waited, id));
        if stay.stay.status.is_live() {
            let wanted: BTreeSet<_> = below[&stay.stay.unit_id]
                .iter()
                .flat_map(|unit| stay.stay.nights.iter().map(move |night| (*unit, night)))
                .collect();
            assert!(has.is_disjoint(&waits), "{id} waits for what it has");
            assert_eq!(has.union(&waits).copied().collect::<BTreeSet<_>>(), wanted, "{id}");
        } else {
            assert!(waits.is_empty(), "{id} is {} and waits", stay.stay.status);
            let kept = match stay.stay.status.holds() {
                Holds::Slept => usize::MAX,
                Holds::First => below[&stay.stay.unit_id].len(),
                _ => 0,
            };
            assert!(has.len() <= kept, "{id} is {} and has {has:?}", stay.stay.status);
        }
        assert_eq!(stay.stay.in_conflict, !waits.is_empty());
        assert_eq!(stay.in_the_way.is_empty(), waits.is_empty());
        let listed: Vec<Date> = stay.nights.iter().map(|(night, _)| *night).collect();
        assert_eq!(listed, stay.stay.nights.iter().collect::<Vec<_>>(), "the nights of {id}");
        let sum: i64 = stay.nights.iter().filter_map(|(_, price)| *price).map(|price| price.minor).sum();
        assert_eq!(sum, stay.stay.amount.map_or(0, |amount| amount.minor), "what {id} earns");
    }
}
