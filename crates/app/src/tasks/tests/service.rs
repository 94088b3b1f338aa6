use std::collections::BTreeSet;

use db::{db_test, testing::TestDb};
use kernel::{Limit, permissions::TasksComplete};

use super::*;

async fn ids(world: &World, grant: &Grant<TasksView>, tab: TaskTab) -> Vec<StayId> {
    let mut read = world.db.read().await.unwrap();
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = list(&mut read, grant, world.env.now(), tab, None, after.as_ref(), Limit::new(1)).await.unwrap();
        found.extend(page.items.iter().filter_map(|task| task.stay_id));
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

#[db_test]
async fn every_task_is_in_the_list_of_its_day(db: TestDb) {
    let world = World::new(db).await;
    let stays = Stays(&world);
    let late = world.add_stay(world.home.first, "2027-01-01", "2027-01-02").await;
    let later = world.add_stay(world.home.second, "2027-01-01", "2027-01-03").await;
    let today = world.add_stay(world.home.first, "2027-01-02", "2027-01-04").await;
    let soon = world.add_stay(world.home.first, "2027-01-04", "2027-01-05").await;
    let done = world.add_stay(world.home.second, "2027-01-03", "2027-01-04").await;
    stays.reconcile(&[late, later, today, soon, done]).await;
    let finished = stays.turnover(done).await.unwrap().id;
    let complete_grant = world.manager::<TasksComplete>();
    assert!(matches!(
        complete(&world.app, &complete_grant, finished).await,
        Err(TaskError::WrongStatus(TaskStatus::Pending))
    ));
    start(&world.app, &complete_grant, finished).await.unwrap();
    start(&world.app, &complete_grant, finished).await.unwrap();
    complete(&world.app, &complete_grant, finished).await.unwrap();

    let manager = world.manager::<TasksView>();
    assert_eq!(ids(&world, &manager, TaskTab::Overdue).await, [late, later]);
    assert_eq!(ids(&world, &manager, TaskTab::Today).await, [today]);
    assert_eq!(ids(&world, &manager, TaskTab::Upcoming).await, [soon]);
    assert_eq!(ids(&world, &manager, TaskTab::Done).await, [done]);
    let mut read = world.db.read().await.unwrap();
    let waiting = counts(&mut read, &manager, world.env.now()).await.unwrap();
    assert_eq!(waiting, TaskCounts { today: 1, overdue: 2 });

    let staff: Grant<TasksView> = world.home.staff.grant();
    assert_eq!(ids(&world, &staff, TaskTab::Overdue).await, [late]);
    assert_eq!(ids(&world, &staff, TaskTab::Done).await, []);
    assert!(matches!(find(&mut read, &staff, finished).await, Err(TaskError::NotFound)));
    assert!(matches!(find(&mut read, &world.foreign_manager::<TasksView>(), finished).await, Err(TaskError::NotFound)));
}

fn set(stays: impl IntoIterator<Item = StayId>) -> BTreeSet<StayId> {
    stays.into_iter().collect()
}

#[db_test]
async fn today_is_the_date_at_the_property(db: TestDb) {
    let world = World::new(db).await;
    let stays = Stays(&world);
    let mut tx = world.db.begin().await.unwrap();
    for (house, zone) in [(world.home.first, "Pacific/Kiritimati"), (world.home.second, "Pacific/Pago_Pago")] {
        sql!("UPDATE property SET zone = $3 WHERE organization_id = $1 AND id = $2")
            .bind(world.home.organization)
            .bind(house.property)
            .bind(zone)
            .execute(&mut tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let middle = world.add_house("Middle").await;
    world.clock.set("2027-01-04T10:30:00Z".parse().unwrap());
    let mut all = Vec::new();
    for house in [world.home.first, middle, world.home.second] {
        for day in ["2027-01-03", "2027-01-04", "2027-01-05"] {
            all.push(world.add_stay(house, "2027-01-01", day).await);
        }
    }
    stays.reconcile(&all).await;
    let manager = world.manager::<TasksView>();
    assert_eq!(set(ids(&world, &manager, TaskTab::Today).await), set([all[6], all[4], all[2]]));
    assert_eq!(set(ids(&world, &manager, TaskTab::Overdue).await), set([all[0], all[3], all[1]]));
    assert_eq!(set(ids(&world, &manager, TaskTab::Upcoming).await), set([all[7], all[5], all[8]]));
    let mut read = world.db.read().await.unwrap();
    assert_eq!(counts(&mut read, &manager, world.env.now()).await.unwrap(), TaskCounts { today: 3, overdue: 3 });
}

#[db_test]
async fn a_step_is_undone_on_its_own_day_only(db: TestDb) {
    let world = World::new(db).await;
    let stays = Stays(&world);
    let stay = world.add_stay(world.home.first, "2027-01-01", "2027-01-04").await;
    stays.reconcile(&[stay]).await;
    let id = stays.turnover(stay).await.unwrap().id;
    let grant: Grant<TasksComplete> = world.home.staff.grant();
    assert!(matches!(undo(&world.app, &grant, id).await, Err(TaskError::WrongStatus(TaskStatus::Pending))));
    start(&world.app, &grant, id).await.unwrap();
    complete(&world.app, &grant, id).await.unwrap();
    let done = stays.turnover(stay).await.unwrap();
    assert_eq!((done.completed_by.as_deref(), done.completed_at), (Some("Sam Staff"), Some(world.env.now())));
    undo(&world.app, &grant, id).await.unwrap();
    undo(&world.app, &grant, id).await.unwrap();
    assert_eq!(stays.turnover(stay).await.unwrap().started_at, None);
    start(&world.app, &grant, id).await.unwrap();
    world.clock.advance(chrono::TimeDelta::days(1));
    assert!(matches!(undo(&world.app, &grant, id).await, Err(TaskError::TooLate)));
}

#[db_test]
async fn the_window_ends_when_the_next_guests_come(db: TestDb) {
    let world = World::new(db).await;
    let stays = Stays(&world);
    let house = world.home.first;
    let leaving = world.add_stay(house, "2027-01-01", "2027-01-04").await;
    stays.claim(leaving, house.unit, "2027-01-01", "2027-01-04").await;
    stays.reconcile(&[leaving]).await;
    let open = stays.turnover(leaving).await.unwrap();
    assert_eq!((open.window().from, open.window().until), ("2027-01-04T10:00:00Z".parse().unwrap(), None));

    let block = world.add_stay(house, "2027-01-04", "2027-01-06").await;
    stays.set(block, "block", "confirmed", false).await;
    stays.claim(block, house.unit, "2027-01-04", "2027-01-06").await;
    let later = world.add_stay(house, "2027-01-07", "2027-01-09").await;
    stays.claim(later, house.unit, "2027-01-07", "2027-01-09").await;
    let next = stays.turnover(leaving).await.unwrap();
    assert!(!next.is_same_day());
    assert_eq!(next.window().until, Some("2027-01-07T15:00:00Z".parse().unwrap()));
    assert_eq!(next.next.unwrap().adults, 2);

    let in_the_way = world.add_stay(house, "2027-01-04", "2027-01-05").await;
    stays.wait(in_the_way, house.unit, "2027-01-04", "2027-01-05").await;
    let same_day = stays.turnover(leaving).await.unwrap();
    assert!(same_day.is_same_day());
    assert_eq!(same_day.window().until, Some("2027-01-04T15:00:00Z".parse().unwrap()));
}

#[db_test]
async fn the_calendar_gets_the_turnovers_of_its_units_and_days(db: TestDb) {
    let world = World::new(db).await;
    let stays = Stays(&world);
    let before = world.add_stay(world.home.first, "2027-01-01", "2027-01-03").await;
    let within = world.add_stay(world.home.first, "2027-01-01", "2027-01-04").await;
    let elsewhere = world.add_stay(world.home.second, "2027-01-01", "2027-01-04").await;
    let cancelled = world.add_stay(world.home.first, "2027-01-01", "2027-01-05").await;
    stays.reconcile(&[before, within, elsewhere, cancelled]).await;
    stays.set(cancelled, "reservation", "cancelled", false).await;
    stays.reconcile(&[cancelled]).await;
    let mut read = world.db.read().await.unwrap();
    let manager = world.manager::<TasksView>();
    let units = [world.home.first.unit, world.foreign.first.unit];
    let shown = on_days(&mut read, &manager, &units, date("2027-01-04"), date("2027-01-06")).await.unwrap();
    let expected = stays.turnover(within).await.unwrap().id;
    assert_eq!(shown.iter().map(|turnover| turnover.id).collect::<Vec<_>>(), [expected]);
}

#[db_test]
async fn guests_of_the_whole_house_are_expected_in_its_rooms(db: TestDb) {
    let world = World::new(db).await;
    let stays = Stays(&world);
    let house = world.home.first;
    let room = world.add_unit(house, house.unit, "Blue room").await;
    let leaving = world.add_stay(house, "2027-01-01", "2027-01-04").await;
    stays.place(leaving, room, "2027-01-01", "2027-01-04").await;
    let whole = world.add_stay(house, "2027-01-04", "2027-01-06").await;
    stays.claim(whole, house.unit, "2027-01-04", "2027-01-06").await;
    stays.claim(whole, room, "2027-01-04", "2027-01-06").await;
    stays.reconcile(&[leaving, whole]).await;
    let task = stays.turnover(leaving).await.unwrap();
    assert_eq!((task.place().as_str(), task.is_same_day()), ("Beach house · Blue room", true));
}

#[db_test]
async fn owners_learn_how_many_come_and_not_who(db: TestDb) {
    let world = World::new(db).await;
    let stays = Stays(&world);
    let house = world.home.first;
    let leaving = world.add_stay(house, "2027-01-01", "2027-01-04").await;
    let coming = world.add_stay(house, "2027-01-04", "2027-01-06").await;
    stays.claim(coming, house.unit, "2027-01-04", "2027-01-06").await;
    stays.reconcile(&[leaving]).await;
    let mut tx = world.db.begin().await.unwrap();
    sql!("UPDATE stay SET guest_name = 'Ana María Pérez' WHERE organization_id = $1 AND id = $2")
        .bind(world.home.organization)
        .bind(coming)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let id = stays.turnover(leaving).await.unwrap().id;
    let mut read = world.db.read().await.unwrap();
    for (member, name) in
        [(&world.home.manager, Some("Ana")), (&world.home.staff, Some("Ana")), (&world.home.owner, None)]
    {
        let task = find(&mut read, &member.grant::<TasksView>(), id).await.unwrap();
        assert_eq!(task.next.unwrap().first_name.as_deref(), name);
    }
}
