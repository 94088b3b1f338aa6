use db::{Insert, db_test, testing::TestDb};
use kernel::{
    FeedId, StayId, TaskId, UnitId,
    permissions::{TasksComplete, TasksCreate},
};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::tasks::model::{Makes, StayFacts, Step, Turnover, step};

fn unit(n: u128) -> UnitId {
    UnitId::from_uuid(Uuid::from_u128(n))
}

fn stay(kind: &str, status: &str) -> StayFacts {
    StayFacts {
        id: StayId::from_uuid(Uuid::from_u128(9)),
        unit_id: unit(1),
        makes: Makes::of(kind.parse().unwrap(), status.parse().unwrap()),
        check_out: date("2027-01-08"),
        needs_review: false,
        known_from: None,
    }
}

fn turnover(status: TaskStatus) -> Turnover {
    Turnover {
        id: TaskId::from_uuid(Uuid::from_u128(3)),
        status,
        unit_id: unit(1),
        due_on: date("2027-01-08"),
        provisional: false,
        stay_changed: false,
        dismissed: false,
    }
}

#[test]
fn a_reservation_that_is_agreed_makes_one_and_nothing_else_does() {
    for (kind, status, expected) in [
        ("reservation", "inquiry", Step::Nothing),
        ("reservation", "hold", Step::Nothing),
        ("reservation", "pending", Step::Nothing),
        ("reservation", "confirmed", Step::Create),
        ("reservation", "checked_in", Step::Create),
        ("reservation", "checked_out", Step::Nothing),
        ("reservation", "no_show", Step::Nothing),
        ("reservation", "cancelled", Step::Nothing),
        ("reservation", "declined", Step::Nothing),
        ("reservation", "expired", Step::Nothing),
        ("block", "confirmed", Step::Nothing),
    ] {
        assert_eq!(step(&stay(kind, status), None), expected, "{kind} {status}");
    }
}

#[test]
fn what_is_there_follows_its_stay_until_somebody_begins() {
    use TaskStatus as T;
    for (status, existing, expected) in [
        ("confirmed", T::Pending, Step::Nothing),
        ("checked_out", T::Pending, Step::Nothing),
        ("no_show", T::Pending, Step::Nothing),
        ("cancelled", T::Pending, Step::Cancel),
        ("pending", T::Pending, Step::Cancel),
        ("cancelled", T::Cancelled, Step::Nothing),
        ("confirmed", T::Cancelled, Step::Follow),
        ("checked_out", T::Cancelled, Step::Nothing),
        ("confirmed", T::InProgress, Step::Nothing),
        ("no_show", T::InProgress, Step::Nothing),
        ("cancelled", T::InProgress, Step::Note { changed: true }),
        ("cancelled", T::Completed, Step::Note { changed: true }),
    ] {
        let found = step(&stay("reservation", status), Some(&turnover(existing)));
        assert_eq!(found, expected, "{status} {existing}");
    }
    let moved = StayFacts { check_out: date("2027-01-09"), ..stay("reservation", "confirmed") };
    assert_eq!(step(&moved, Some(&turnover(T::Pending))), Step::Follow);
    assert_eq!(step(&moved, Some(&turnover(T::InProgress))), Step::Note { changed: true });
    let elsewhere = StayFacts { unit_id: unit(2), ..stay("reservation", "confirmed") };
    assert_eq!(step(&elsewhere, Some(&turnover(T::Accepted))), Step::Follow);
    let back = Turnover { stay_changed: true, ..turnover(T::InProgress) };
    assert_eq!(step(&stay("reservation", "confirmed"), Some(&back)), Step::Note { changed: false });
}

#[test]
fn guests_who_left_before_the_calendar_was_added_leave_nothing_to_do() {
    let from = |day: &str| StayFacts { known_from: Some(date(day)), ..stay("reservation", "confirmed") };
    assert_eq!(step(&from("2027-01-08"), None), Step::Create);
    assert_eq!(step(&from("2027-01-09"), None), Step::Nothing);
}

#[test]
fn not_needed_holds_while_it_is_open_whether_guests_come() {
    let dismissed = Turnover { dismissed: true, provisional: true, ..turnover(TaskStatus::Cancelled) };
    let unsure = StayFacts { needs_review: true, ..stay("reservation", "confirmed") };
    assert_eq!(step(&unsure, Some(&dismissed)), Step::Nothing);
    assert_eq!(step(&stay("reservation", "confirmed"), Some(&dismissed)), Step::Follow);
    let cancelled_with_its_stay = Turnover { dismissed: false, ..dismissed };
    assert_eq!(step(&unsure, Some(&cancelled_with_its_stay)), Step::Follow);
}

/// What the store makes of a step.
fn after(stay: &StayFacts, existing: Option<Turnover>) -> Option<Turnover> {
    let follow = |status| Turnover {
        unit_id: stay.unit_id,
        due_on: stay.check_out,
        provisional: stay.needs_review,
        ..turnover(status)
    };
    match (step(stay, existing.as_ref()), existing) {
        (Step::Create, _) => Some(follow(TaskStatus::Pending)),
        (Step::Follow, Some(t)) => Some(Turnover {
            stay_changed: t.stay_changed,
            ..follow(if t.status == TaskStatus::Cancelled { TaskStatus::Pending } else { t.status })
        }),
        (Step::Cancel, Some(t)) => Some(Turnover { status: TaskStatus::Cancelled, ..t }),
        (Step::Note { changed }, Some(t)) => {
            Some(Turnover { stay_changed: changed, provisional: stay.needs_review, ..t })
        }
        (_, existing) => existing,
    }
}

proptest! {
    #[test]
    fn a_second_look_finds_nothing_to_do(
        block in any::<bool>(), status in 0usize..10, needs_review in any::<bool>(), known in 0u8..3,
        has in any::<bool>(), task in 0usize..8, moved in any::<bool>(), other_unit in any::<bool>(),
        provisional in any::<bool>(), stay_changed in any::<bool>(), dismissed in any::<bool>(),
    ) {
        let statuses = ["inquiry", "hold", "pending", "confirmed", "checked_in", "checked_out", "cancelled", "no_show", "declined", "expired"];
        let known_from = [None, Some(date("2027-01-01")), Some(date("2027-02-01"))][usize::from(known)];
        let stay = StayFacts {
            needs_review, known_from, ..stay(if block { "block" } else { "reservation" }, statuses[status])
        };
        let existing = has.then(|| Turnover {
            provisional, stay_changed, dismissed,
            unit_id: unit(if other_unit { 2 } else { 1 }),
            due_on: date(if moved { "2027-01-05" } else { "2027-01-08" }),
            ..turnover(TaskStatus::ALL[task])
        });
        let begun = existing.as_ref().filter(|t| t.status.is_begun()).cloned();
        let once = after(&stay, existing);
        prop_assert_eq!(step(&stay, once.as_ref()), Step::Nothing);
        if let (Some(before), Some(now)) = (begun, once) {
            prop_assert_eq!((before.status, before.unit_id, before.due_on), (now.status, now.unit_id, now.due_on));
        }
    }
}

#[db_test]
async fn one_turnover_is_made_moved_cancelled_and_revived_with_its_stay(db: TestDb) {
    let world = World::new(db).await;
    let stays = Stays(&world);
    let stay = world.add_stay(world.home.first, "2027-01-05", "2027-01-08").await;
    for _ in 0..3 {
        stays.reconcile(&[stay]).await;
    }
    let made = stays.turnover(stay).await.unwrap();
    assert_eq!(
        (made.status, made.due_on, made.unit_id),
        (TaskStatus::Pending, date("2027-01-08"), world.home.first.unit)
    );

    stays.place(stay, world.home.second.unit, "2027-01-06", "2027-01-10").await;
    stays.reconcile(&[stay, stay]).await;
    let moved = stays.turnover(stay).await.unwrap();
    assert_eq!((moved.id, moved.due_on, moved.unit_id), (made.id, date("2027-01-10"), world.home.second.unit));

    stays.set(stay, "reservation", "cancelled", false).await;
    stays.reconcile(&[stay]).await;
    assert_eq!(stays.turnover(stay).await.unwrap().status, TaskStatus::Cancelled);

    stays.set(stay, "reservation", "confirmed", true).await;
    stays.reconcile(&[stay]).await;
    let revived = stays.turnover(stay).await.unwrap();
    assert_eq!((revived.id, revived.status, revived.provisional), (made.id, TaskStatus::Pending, true));

    stays.set(stay, "block", "confirmed", false).await;
    stays.reconcile(&[stay]).await;
    assert_eq!(stays.turnover(stay).await.unwrap().status, TaskStatus::Cancelled);
}

#[db_test]
async fn a_started_turnover_is_flagged_and_follows_again_once_the_start_is_undone(db: TestDb) {
    let world = World::new(db).await;
    let stays = Stays(&world);
    let stay = world.add_stay(world.home.first, "2027-01-01", "2027-01-04").await;
    stays.reconcile(&[stay]).await;
    let task = stays.turnover(stay).await.unwrap();
    start(&world.app, &world.manager::<TasksComplete>(), task.id).await.unwrap();

    stays.place(stay, world.home.first.unit, "2027-01-01", "2027-01-06").await;
    stays.reconcile(&[stay]).await;
    let flagged = stays.turnover(stay).await.unwrap();
    assert_eq!((flagged.status, flagged.due_on, flagged.stay_changed), (TaskStatus::InProgress, task.due_on, true));

    undo(&world.app, &world.manager::<TasksComplete>(), task.id).await.unwrap();
    let following = stays.turnover(stay).await.unwrap();
    assert_eq!(
        (following.status, following.due_on, following.stay_changed),
        (TaskStatus::Pending, date("2027-01-06"), false)
    );
}

#[db_test]
async fn a_dismissed_turnover_stays_away_until_the_stay_is_decided(db: TestDb) {
    let world = World::new(db).await;
    let stays = Stays(&world);
    let stay = world.add_stay(world.home.first, "2027-01-05", "2027-01-08").await;
    stays.set(stay, "reservation", "confirmed", true).await;
    stays.reconcile(&[stay]).await;
    let task = stays.turnover(stay).await.unwrap();
    assert!(task.may_dismiss());
    dismiss(&world.app, &world.manager::<TasksCreate>(), task.id).await.unwrap();
    stays.reconcile(&[stay]).await;
    assert!(stays.turnover(stay).await.unwrap().may_restore());

    restore(&world.app, &world.manager::<TasksCreate>(), task.id).await.unwrap();
    assert_eq!(stays.turnover(stay).await.unwrap().status, TaskStatus::Pending);

    dismiss(&world.app, &world.manager::<TasksCreate>(), task.id).await.unwrap();
    stays.set(stay, "reservation", "confirmed", false).await;
    stays.reconcile(&[stay]).await;
    let decided = stays.turnover(stay).await.unwrap();
    assert_eq!((decided.status, decided.provisional, decided.dismissed), (TaskStatus::Pending, false, false));
}

#[db_test]
async fn the_first_sync_of_a_calendar_makes_no_turnovers_of_the_past(db: TestDb) {
    let world = World::new(db).await;
    let stays = Stays(&world);
    let gone = world.add_stay(world.home.first, "2026-12-28", "2027-01-03").await;
    let leaving = world.add_stay(world.home.first, "2026-12-28", "2027-01-04").await;
    let feed = FeedId::new(&world.env);
    let now = kernel::instant_micros(world.env.now());
    let mut tx = world.db.begin().await.unwrap();
    Insert::into(
        "feed",
        [
            "organization_id",
            "id",
            "unit_id",
            "channel",
            "default_kind",
            "address_sealed",
            "address_hash",
            "created_at",
            "updated_at",
        ],
    )
    .rows([db::row![
        world.home.organization,
        feed,
        world.home.first.unit,
        "airbnb",
        "reservation",
        vec![1_u8],
        vec![1_u8],
        now,
        now
    ]])
    .execute(&mut tx)
    .await
    .unwrap();
    sql!("UPDATE stay SET feed_id = $2 WHERE organization_id = $1")
        .bind(world.home.organization)
        .bind(feed)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    stays.reconcile(&[gone, leaving]).await;
    assert_eq!(stays.turnover(gone).await, None);
    assert!(stays.turnover(leaving).await.is_some());
}

#[db_test]
async fn many_stays_take_as_many_statements_as_one(db: TestDb) {
    let world = World::new(db).await;
    let stays = Stays(&world);
    let mut all = Vec::new();
    for day in 1..=28 {
        let (from, until) = (format!("2027-02-{day:02}"), date(&format!("2027-02-{day:02}")).succ_opt().unwrap());
        all.push(world.add_stay(world.home.first, &from, &until.to_string()).await);
    }
    let ((), few) = db::count_queries(stays.reconcile(&all[..1])).await;
    let ((), many) = db::count_queries(stays.reconcile(&all)).await;
    assert_eq!((few, many), (2, 2));
    for stay in &all {
        stays.set(*stay, "reservation", "cancelled", false).await;
    }
    let ((), cancelled) = db::count_queries(stays.reconcile(&all)).await;
    let ((), nothing) = db::count_queries(stays.reconcile(&all)).await;
    assert_eq!((cancelled, nothing), (2, 1));
}
