//! Two channels sold the same nights.

use db::{db_test, testing::TestDb};
use kernel::permissions::StaysCancel;

use super::*;

const VRBO: &str = "https://www.vrbo.com/icalendar/secret.ics";

#[db_test]
async fn both_are_kept_managers_are_told_once_and_the_waiting_one_claims_when_it_can(db: TestDb) {
    let world = World::new(db).await;
    airbnb(&world, feed!("airbnb.ics")).await;
    let vrbo = add_to(&world, world.home.first.unit, FeedChannel::Vrbo, VRBO).await;
    world.sites.body(VRBO, calendar(&event("a@vrbo", "2027-01-10", "2027-01-14", "Reserved - Ana")));
    run_jobs(&world).await;
    assert_eq!(
        live(&world).await,
        [
            "2027-01-04/2027-01-08 reservation",
            "2027-01-08/2027-01-12 reservation",
            "2027-01-10/2027-01-14 reservation in conflict",
            "2027-01-18/2027-01-20 block",
        ]
    );
    assert_eq!(mails(&world).await, ["conflict"]);
    sync(&world, vrbo).await;
    feeds_reconcile(&world).await;
    assert_eq!(mails(&world).await, ["conflict"]);

    let holder = all_stays(&world).await[1].id;
    stays::cancel(&world.app, &world.manager::<StaysCancel>(), holder, None).await.unwrap();
    assert!(!all_stays(&world).await.iter().any(|stay| stay.in_conflict));
}

#[db_test]
async fn a_closure_within_anothers_stay_is_held_and_told_not_dropped(db: TestDb) {
    // It may be the other's stay read back, or a second sale: only who asks the channel knows.
    let world = World::new(db).await;
    airbnb(&world, feed!("airbnb.ics")).await;
    let before = turnovers(&world).await;
    add_to(&world, world.home.first.unit, FeedChannel::Vrbo, VRBO).await;
    world.sites.body(VRBO, calendar(&event("a@vrbo", "2027-01-08", "2027-01-12", "Blocked")));
    run_jobs(&world).await;
    let both = ["2027-01-08/2027-01-12 reservation", "2027-01-08/2027-01-12 block in conflict"];
    assert_eq!(live(&world).await[1..3], both);
    assert_eq!((mails(&world).await, turnovers(&world).await), (vec!["conflict".to_owned()], before));
}

#[db_test]
async fn a_stale_feed_is_told_once_until_it_is_good_again(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    world.sites.answer(AIRBNB, Err(crate::fetcher::FetchError::Unreachable));
    world.clock.advance(TimeDelta::hours(7));
    feeds_reconcile(&world).await;
    assert!(mails(&world).await.is_empty(), "it was not asked yet");
    run_jobs(&world).await;
    for _ in 0..2 {
        feeds_reconcile(&world).await;
    }
    assert_eq!(mails(&world).await, ["feed_stale"]);
    let mut read = world.db.read().await.unwrap();
    let stale = feeds::stale(&world.app, &mut read, &world.manager::<FeedsView>()).await.unwrap();
    assert_eq!(stale.iter().map(|feed| feed.id).collect::<Vec<_>>(), [feed]);
    drop(read);
    sync_with(&world, feed, feed!("airbnb.ics")).await;
    world.sites.answer(AIRBNB, Err(crate::fetcher::FetchError::Unreachable));
    sync(&world, feed).await;
    world.clock.advance(TimeDelta::hours(5));
    feeds_reconcile(&world).await;
    assert_eq!(mails(&world).await.len(), 1);
    world.clock.advance(TimeDelta::hours(2));
    feeds_reconcile(&world).await;
    assert_eq!(mails(&world).await, ["feed_stale", "feed_stale"]);
}

/// What the schedule does.
async fn feeds_reconcile(world: &World) {
    crate::feeds::service::reconcile(&world.app).await.unwrap();
}
