//! Random sequences of everything that moves claims, against the invariants and against who ought to be served.

use db::testing::TestDb;
use kernel::permissions::{StaysCancel, StaysEdit};
use proptest::{prelude::*, test_runner::TestRunner};

use super::*;

/// Units: 0 the house, 1 and 2 its rooms, 3 another property.
#[derive(Debug, Clone)]
enum Action {
    Book(usize, u32, u32),
    Import(usize, u32, u32),
    /// Two imported stays change their nights in one sync.
    Sync(usize, usize, u32, u32),
    Move(usize, usize, u32, u32),
    /// A stay becomes two, the second perhaps elsewhere.
    Split(usize, usize, u32),
    /// Two stays become one.
    Join(usize, usize),
    Cancel(usize),
    CancelBySync(usize),
    Reinstate(usize),
}

fn action() -> impl Strategy<Value = Action> {
    let (unit, stay, from, length) = (0..4_usize, 0..30_usize, 5..14_u32, 1..6_u32);
    prop_oneof![
        2 => (unit.clone(), from.clone(), length.clone()).prop_map(|(u, f, n)| Action::Book(u, f, f + n)),
        4 => (unit.clone(), from.clone(), length.clone()).prop_map(|(u, f, n)| Action::Import(u, f, f + n)),
        2 => (stay.clone(), stay.clone(), from.clone(), length.clone()).prop_map(|(a, b, f, n)| Action::Sync(a, b, f, f + n)),
        2 => (stay.clone(), unit.clone(), from.clone()).prop_map(|(s, u, d)| Action::Split(s, u, d)),
        1 => (stay.clone(), stay.clone()).prop_map(|(a, b)| Action::Join(a, b)),
        2 => (stay.clone(), unit, from, length).prop_map(|(s, u, f, n)| Action::Move(s, u, f, f + n)),
        2 => stay.clone().prop_map(Action::Cancel),
        1 => stay.clone().prop_map(Action::CancelBySync),
        1 => stay.prop_map(Action::Reinstate),
    ]
}

async fn run(world: &World, actions: &[Action]) {
    let house = world.home.first;
    let rooms = [world.add_unit(house, house.unit, "A").await, world.add_unit(house, house.unit, "B").await];
    let units = [house.unit, rooms[0], rooms[1], world.home.second.unit];
    let below = BTreeMap::from([
        (house.unit, vec![house.unit, rooms[0], rooms[1]]),
        (rooms[0], vec![rooms[0]]),
        (rooms[1], vec![rooms[1]]),
        (units[3], vec![units[3]]),
    ]);
    let feed = add_feed(world, house.unit).await;
    let mut stays: Vec<StayId> = Vec::new();
    for action in actions {
        world.clock.advance(chrono::TimeDelta::seconds(1));
        let before = claims(world).await;
        let pick = |i: usize| stays.get(i % stays.len().max(1)).copied();
        match *action {
            Action::Book(unit, from, to) => stays.extend(book(world, units[unit], from, to).await.ok().map(|s| s.id)),
            Action::Import(unit, from, to) => {
                stays.push(import(world, &[imported(units[unit], feed, from, to)]).await[0].stay_id)
            }
            Action::Sync(a, b, from, to) => {
                let chosen: BTreeSet<StayId> = [pick(a), pick(b)].into_iter().flatten().collect();
                let mut changes = Vec::new();
                for id in chosen {
                    if find(world, id).await.feed_id.is_some() {
                        let nights = Some(nights(from, to));
                        changes.push(ImportChange::Update(ImportUpdate { nights, ..ImportUpdate::of(id) }));
                    }
                }
                import(world, &changes).await;
            }
            Action::Move(stay, unit, from, to) => {
                if let Some(id) = pick(stay) {
                    drop(move_to(world, id, units[unit], from, to).await);
                }
            }
            Action::Split(stay, unit, day) => {
                if let Some(id) = pick(stay) {
                    let at = nights(day, day + 1).check_in();
                    let earned = find(world, id).await.amount.map(|amount| amount.minor);
                    let split = Split {
                        at,
                        unit_id: Some(units[unit]),
                        version: find(world, id).await.version,
                        over_capacity: true,
                    };
                    if let Ok((one, two)) = super::split(&world.app, &world.manager::<StaysEdit>(), id, &split).await {
                        let parts = one.amount.zip(two.amount).map(|(one, two)| one.minor + two.minor);
                        assert_eq!(parts, earned, "what is split earns the same");
                        stays.push(two.id);
                    }
                }
            }
            Action::Join(a, b) => {
                if let Some((id, other)) = pick(a).zip(pick(b)).filter(|pair| pair.0 != pair.1) {
                    let (version, other_version) = (find(world, id).await.version, find(world, other).await.version);
                    let join = Join { version, other, other_version, follow_calendar: false };
                    drop(super::join(&world.app, &world.manager::<StaysEdit>(), id, &join).await);
                }
            }
            Action::Cancel(stay) => {
                if let Some(id) = pick(stay) {
                    drop(cancel(&world.app, &world.manager::<StaysCancel>(), id, None).await);
                }
            }
            Action::CancelBySync(stay) => {
                if let Some(id) = pick(stay)
                    && find(world, id).await.feed_id.is_some()
                {
                    import(world, &[ImportChange::Cancel(id)]).await;
                }
            }
            Action::Reinstate(stay) => {
                if let Some(id) = pick(stay) {
                    drop(reinstate(&world.app, &world.manager::<StaysEdit>(), id, None).await);
                }
            }
        }
        assert_invariants(world, &below).await;
        served_in_order(world, &before).await;
    }
}

/// A night that changed hands went to the oldest that waited for it, unless the use case itself moved a stay there.
async fn served_in_order(world: &World, (claimed, waited): &(Keys, Keys)) {
    let (now, waits_now) = claims(world).await;
    for (key, waiters) in waited {
        let (Some(holder), Some(was)) =
            (now.get(key).and_then(BTreeSet::first), claimed.get(key).and_then(BTreeSet::first))
        else {
            continue;
        };
        if holder != was && waiters.contains(holder) {
            let passed_over = waits_now.get(key).into_iter().flatten().find(|id| waiters.contains(id) && *id < holder);
            assert_eq!(passed_over, None, "{key:?} went to {holder} although an older stay waited");
        }
    }
}

fn random(open: impl AsyncFn() -> TestDb) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let mut runner = TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(8) });
    let outcome = runner.run(&proptest::collection::vec(action(), 1..25), |actions| {
        runtime.block_on(async {
            let world = World::new(open().await).await;
            run(&world, &actions).await;
        });
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn whatever_happens_the_invariants_hold_on_sqlite() {
    random(TestDb::sqlite);
}

#[test]
fn whatever_happens_the_invariants_hold_on_postgres() {
    random(TestDb::postgres);
}
