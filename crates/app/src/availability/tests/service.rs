//! Use cases on both databases.

use db::{Bind, db_test, statements, testing::TestDb};
use kernel::{
    PermissionName, UnitId,
    permissions::{AvailabilityEdit, AvailabilityView, StaysCreate, StaysEdit, StaysView},
};

use super::*;
use crate::{
    stays::{self, ChangeStay, NewStay, StayError, StayForm},
    testing::{House, World},
};

fn parsed(form: &RuleForm) -> NewRule {
    NewRule::parse(form).unwrap()
}

fn long(level: Level, min: u32) -> RuleForm {
    RuleForm { length: "true".into(), min_nights: min.to_string(), ..form(level) }
}

async fn say_for(world: &World, form: &RuleForm) {
    say(&world.app, &world.manager(), &parsed(form)).await.unwrap();
}

fn new_stay(unit: UnitId, nights: Nights) -> StayForm {
    StayForm {
        unit_id: unit.to_string(),
        kind: "reservation".into(),
        check_in: nights.check_in().to_string(),
        check_out: nights.check_out().to_string(),
        adults: "2".into(),
        ..StayForm::default()
    }
}

async fn book(world: &World, form: &StayForm) -> Result<stays::Stay, StayError> {
    let new = NewStay::parse(form, "EUR".parse().unwrap()).unwrap();
    stays::book(&world.app, &world.manager::<StaysCreate>(), &new).await
}

async fn why(world: &World, unit: UnitId, asked: Nights) -> Vec<&'static str> {
    let mut read = world.db.read().await.unwrap();
    let now = world.env.now();
    let found = reasons(&mut read, &world.manager::<AvailabilityView>(), unit, asked, now).await.unwrap();
    found.iter().map(Reason::code).collect()
}

#[db_test]
async fn rules_are_kept_as_they_were_said(db: TestDb) {
    let world = World::new(db).await;
    let edit = world.manager::<AvailabilityEdit>();
    let on = || "true".to_owned();
    let everything = RuleForm {
        property_id: world.home.first.property.to_string(),
        name: "Summer".into(),
        first_day: "2027-06-15".into(),
        last_day: "2027-09-15".into(),
        yearly: on(),
        priority: "3".into(),
        max_nights: "28".into(),
        stay_through: on(),
        keep_gaps: on(),
        gap_min_nights: "2".into(),
        days: on(),
        no_arrival: vec!["sunday".into()],
        no_departure: vec!["monday".into(), "sunday".into()],
        notice: on(),
        notice_days: "2".into(),
        notice_until: "18:00".into(),
        window: on(),
        window_days: "365".into(),
        turnover: on(),
        preparation_nights: "1".into(),
        cleaning_minutes: "180".into(),
        tight: "night".into(),
        ..long(Level::Season, 5)
    };
    let id = add(&world.app, &edit, &parsed(&everything)).await.unwrap();
    let mut read = world.db.read().await.unwrap();
    let kept = find(&mut read, &edit, id).await.unwrap();
    assert_eq!(RuleForm::of(&kept), everything);
    assert_eq!(kept.property_name.as_deref(), Some("Beach house"));
    let open =
        RuleForm { window_days: String::new(), cleaning_minutes: String::new(), length: String::new(), ..everything };
    change(&world.app, &edit, id, &parsed(&open)).await.unwrap();
    let kept = find(&mut read, &edit, id).await.unwrap();
    assert_eq!((kept.set.window, kept.set.length), (Some(Window { days: None }), None));
    let other_level = change(&world.app, &edit, id, &parsed(&long(Level::Organization, 2))).await;
    assert!(matches!(other_level, Err(AvailabilityError::Invalid(errors)) if errors.of("level").is_some()));

    let foreign = world.foreign_manager::<AvailabilityEdit>();
    assert!(matches!(find(&mut read, &foreign, id).await, Err(AvailabilityError::NotFound)));
    assert!(matches!(remove(&world.app, &foreign, id).await, Err(AvailabilityError::NotFound)));
    let theirs = RuleForm { property_id: world.foreign.first.property.to_string(), ..long(Level::Property, 2) };
    let refused = add(&world.app, &edit, &parsed(&theirs)).await;
    assert!(matches!(refused, Err(AvailabilityError::Invalid(errors)) if errors.of("property_id").is_some()));
    remove(&world.app, &edit, id).await.unwrap();
    assert!(matches!(find(&mut read, &edit, id).await, Err(AvailabilityError::NotFound)));
}

#[db_test]
async fn a_place_has_one_rule_of_its_own_which_can_be_said_again_and_taken_back(db: TestDb) {
    let world = World::new(db).await;
    let edit = world.manager::<AvailabilityEdit>();
    let own = RuleForm { property_id: world.home.first.property.to_string(), ..long(Level::Property, 3) };
    for form in [long(Level::Organization, 2), own.clone()] {
        add(&world.app, &edit, &parsed(&form)).await.unwrap();
        let twice = add(&world.app, &edit, &parsed(&form)).await;
        assert!(matches!(twice, Err(AvailabilityError::Invalid(errors)) if errors.of("level").is_some()));
    }
    let seen = async |house: House| {
        let mut read = world.db.read().await.unwrap();
        let rules = rules(&mut read, &world.manager(), Some(house.property), day(0)).await.unwrap();
        rules.length(day(0)).what.min
    };
    assert_eq!((seen(world.home.first).await, seen(world.home.second).await), (3, 2));
    say_for(&world, &RuleForm { min_nights: "4".into(), ..own.clone() }).await;
    assert_eq!(seen(world.home.first).await, 4);
    say_for(&world, &RuleForm { length: String::new(), ..own }).await;
    assert_eq!(seen(world.home.first).await, 2, "nothing of its own any more");
    let mut read = world.db.read().await.unwrap();
    let owner = world.home.owner.grant::<AvailabilityView>();
    let second = rules(&mut read, &owner, Some(world.home.second.property), day(0)).await;
    assert!(matches!(second, Err(AvailabilityError::NotFound)), "not theirs");
    assert!(!kernel::permissions_of(kernel::Role::Owner).contains(&PermissionName::AvailabilityEdit));
}

#[db_test]
async fn a_house_and_its_rooms_are_in_the_way_of_each_other(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let (room, other) =
        (world.add_unit(house, house.unit, "Room").await, world.add_unit(house, house.unit, "Other").await);
    book(&world, &new_stay(room, nights(5, 2))).await.unwrap();
    assert_eq!(why(&world, room, nights(6, 3)).await, ["nights_taken"]);
    assert_eq!(why(&world, house.unit, nights(6, 3)).await, ["nights_taken"], "a room's stay has the house");
    assert!(why(&world, other, nights(6, 3)).await.is_empty());
    book(&world, &new_stay(house.unit, nights(10, 2))).await.unwrap();
    assert_eq!(why(&world, other, nights(11, 3)).await, ["nights_taken"], "the house's stay has the rooms");
    let units = [house.unit, room, other, world.home.second.unit, world.foreign.first.unit];
    let mut read = world.db.read().await.unwrap();
    let view = world.manager::<AvailabilityView>();
    let mut free = free_units(&mut read, &view, &units, nights(6, 1), world.env.now()).await.unwrap();
    free.sort();
    let mut expected = vec![other, world.home.second.unit];
    expected.sort();
    assert_eq!(free, expected);
    let gone = reasons(&mut read, &view, world.foreign.first.unit, nights(6, 1), world.env.now()).await;
    assert!(matches!(gone, Err(AvailabilityError::NotFound)));
}

#[db_test]
async fn a_booking_by_hand_breaks_rules_only_when_that_is_meant(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    say_for(&world, &RuleForm { notice: "true".into(), notice_days: "3".into(), ..long(Level::Organization, 3) }).await;
    let short = new_stay(unit, nights(1, 2));
    let Err(StayError::AgainstRules(broken)) = book(&world, &short).await else { panic!("booked against the rules") };
    assert_eq!(broken.iter().map(Reason::code).collect::<Vec<_>>(), ["notice_too_short", "below_min_stay"]);
    assert!(why(&world, unit, nights(3, 3)).await.is_empty(), "nothing was written");
    let stay = book(&world, &StayForm { against_rules: "true".into(), ..short.clone() }).await.unwrap();
    let mut read = world.db.read().await.unwrap();
    let history = stays::details(&mut read, &world.manager::<StaysView>(), stay.id).await.unwrap().history;
    assert_eq!(history[0].fields, ["against_rules"]);
    drop(read);
    let taken = book(&world, &StayForm { against_rules: "true".into(), ..short.clone() }).await;
    assert!(matches!(taken, Err(StayError::Taken(_))), "nights of another are never taken");
    book(&world, &StayForm { kind: "block".into(), ..new_stay(unit, nights(3, 1)) }).await.unwrap();
    book(&world, &new_stay(unit, nights(-9, 4))).await.unwrap();

    let edit = async |until: i64, against: &str| {
        let form = StayForm { check_out: day(until).to_string(), against_rules: against.into(), ..StayForm::of(&stay) };
        let change = ChangeStay::parse(&form, &stay, "EUR".parse().unwrap()).unwrap();
        stays::change(&world.app, &world.manager::<StaysEdit>(), stay.id, &change).await
    };
    let Err(StayError::AgainstRules(broken)) = edit(2, "").await else { panic!("changed against the rules") };
    assert_eq!(broken.iter().map(Reason::code).collect::<Vec<_>>(), ["below_min_stay"], "the arrival is what it was");
    let changed = edit(2, "true").await.unwrap();
    assert_eq!(changed.nights, nights(1, 1));
}

#[db_test]
async fn many_units_take_the_statements_of_one_and_their_indexes(db: TestDb) {
    let world = World::new(db).await;
    let mut units = vec![world.home.first.unit];
    let view = world.manager::<AvailabilityView>();
    let mut seen = Vec::new();
    for round in 0..2 {
        let mut read = world.db.read().await.unwrap();
        let work = free_units(&mut read, &view, &units, nights(1, 3), world.env.now());
        let (free, count) = db::count_queries(work).await;
        assert_eq!(free.unwrap().len(), units.len(), "round {round}");
        seen.push(count);
        drop(read);
        for name in ["One", "Two", "Three", "Four", "Five"] {
            let house = world.add_house(name).await;
            book(&world, &new_stay(house.unit, nights(5, 2))).await.unwrap();
            say_for(&world, &RuleForm { property_id: house.property.to_string(), ..long(Level::Property, 2) }).await;
            units.push(house.unit);
        }
    }
    assert_eq!(seen, [3, 3]);

    let organization = world.home.organization;
    let ids: db::Ids = units.iter().copied().collect();
    let houses: db::Ids = [world.home.first.property].into_iter().collect();
    let plans = [
        ("stays/store/published.rs", "wanted", db::row![organization, day(0), day(9), &ids].to_vec()),
        ("availability/store.rs", "r.property_id IN", db::row![organization, day(0), &houses].to_vec()),
        ("properties/store.rs", "u.id IN", {
            let scope = view.scope();
            db::row![organization, scope.rows().kind(), scope.rows().user_id(), ids.into_value()].to_vec()
        }),
    ];
    for (file, words, values) in plans {
        let found: Vec<_> =
            statements().into_iter().filter(|s| s.place().0.contains(file) && s.text().contains(words)).collect();
        assert_eq!(found.len(), 1, "{words}");
        let plan = db::testing::explain(&world.db, found[0], values).await;
        let whole =
            ["SCAN stay", "SCAN s ", "SCAN un", "SCAN u ", "SCAN r ", "SCAN p", "Seq Scan on stay", "Seq Scan on unit"];
        let scans: Vec<_> = plan.iter().filter(|line| whole.iter().any(|scan| line.trim().starts_with(scan))).collect();
        assert!(scans.is_empty(), "{words}: {plan:#?}");
    }
}
