//! Adding, changing, removing and keeping feeds.

use db::{db_test, testing::TestDb};

use super::*;
use crate::{
    feeds::{ChangeFeed, FeedError, FutureStays, service},
    properties,
};
use kernel::{Grant, SystemReason, permissions::PropertiesDelete};

#[db_test]
async fn due_feeds_are_fetched_by_themselves_those_of_archived_properties_are_not(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    service::reconcile(&world.app).await.unwrap();
    assert_eq!(run_jobs(&world).await, Endings::default());
    world.clock.advance(TimeDelta::minutes(18));
    for _ in 0..2 {
        service::reconcile(&world.app).await.unwrap();
    }
    assert_eq!(run_jobs(&world).await, Endings { done: 1, ..Endings::default() });
    assert_eq!(last_sync(&world, feed).await.0.cause, feeds::SyncCause::Schedule);

    world.clock.advance(TimeDelta::days(30));
    let grant = world.manager::<PropertiesDelete>();
    properties::archive(&world.app, &grant, world.home.first.property).await.unwrap();
    service::reconcile(&world.app).await.unwrap();
    assert_eq!(run_jobs(&world).await, Endings::default());
    let refused = feeds::sync_now(&world.app, &world.manager::<FeedsEdit>(), feed).await;
    assert!(matches!(refused, Err(FeedError::Archived)));
    assert!(mails(&world).await.is_empty(), "a feed at rest is not stale");
}

#[db_test]
async fn a_job_queued_during_a_fetch_does_not_fetch_again(db: TestDb) {
    let world = World::new(db).await;
    let feed = add_to(&world, world.home.first.unit, FeedChannel::Airbnb, AIRBNB).await;
    world.sites.body(AIRBNB, feed!("airbnb.ics"));
    let grant: Grant<FeedsEdit> = Grant::system(world.home.organization, SystemReason::FeedSync);
    let begun = service::begin(&world.app, &grant, feed).await.unwrap().unwrap();
    service::reconcile(&world.app).await.unwrap();
    let answer = service::ask(&world.app, world.home.organization, &begun.feed).await.unwrap();
    service::finish(&world.app, &grant, &begun, answer).await.unwrap();
    run_jobs(&world).await;
    assert_eq!(syncs(&world, feed).await.len(), 1);
}

#[db_test]
async fn an_address_is_taken_once_sealed_and_replaced_without_losing_stays(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let grant = world.manager::<FeedsEdit>();
    let twice = NewFeed::parse(&form(world.home.first.unit, AIRBNB), &world.sites).unwrap();
    let Err(FeedError::Invalid(errors)) = feeds::add(&world.app, &grant, &twice).await else { panic!() };
    assert_eq!(errors.of("address").unwrap().code, "address_taken");
    let foreign = NewFeed::parse(&form(world.foreign.first.unit, AIRBNB), &world.sites).unwrap();
    assert!(matches!(feeds::add(&world.app, &grant, &foreign).await, Err(FeedError::Invalid(_))));

    let stored = view(&world, feed).await;
    assert!(!String::from_utf8_lossy(&stored.address_sealed).contains("airbnb"));
    assert_eq!(stored.address_host, "www.airbnb.com");
    assert_eq!(feeds::address(&world.app, &grant, &stored).unwrap(), AIRBNB);

    let elsewhere = "https://www.airbnb.com/calendar/ical/5678.ics?s=other";
    let typed = FeedForm { address: elsewhere.into(), name: "Main".into(), ..FeedForm::of(&stored) };
    let change = ChangeFeed::parse(&typed, &world.sites).unwrap();
    let changed = feeds::change(&world.app, &grant, feed, &change).await.unwrap();
    assert_eq!((changed.id, changed.name.as_deref()), (feed, Some("Main")));
    world.sites.body(elsewhere, feed!("airbnb_reissued.ics"));
    run_jobs(&world).await;
    assert_eq!(all_stays(&world).await.len(), 3);
}

#[db_test]
async fn a_removed_feed_keeps_or_cancels_what_is_to_come_and_may_come_back(db: TestDb) {
    let world = World::new(db).await;
    let grant = world.manager::<FeedsEdit>();
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    feeds::remove(&world.app, &grant, feed, FutureStays::Keep).await.unwrap();
    assert_eq!(live(&world).await.len(), 3);
    let gone = feeds::remove(&world.app, &grant, feed, FutureStays::Keep).await;
    assert!(matches!(gone, Err(FeedError::NotFound)));
    let again = airbnb(&world, feed!("airbnb.ics")).await;
    assert_eq!((again, all_stays(&world).await.len()), (feed, 3));

    feeds::remove(&world.app, &grant, feed, FutureStays::Cancel).await.unwrap();
    assert_eq!(live(&world).await, ["2027-01-04/2027-01-08 reservation"]);
    airbnb(&world, feed!("airbnb.ics")).await;
    assert_eq!((live(&world).await.len(), all_stays(&world).await.len()), (3, 3));
}

#[db_test]
async fn few_syncs_are_kept_and_the_last_answer_always(db: TestDb) {
    let world = World::with_settings(db, &[("feeds.kept_bodies", "2")]).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    for _ in 0..4 {
        sync(&world, feed).await;
    }
    for _ in 0..4 {
        sync_with(&world, feed, feed!("not_a_calendar.html")).await;
    }
    let kept: Vec<u32> = syncs(&world, feed).await.iter().map(|sync| sync.number).collect();
    assert_eq!(kept, [9, 8, 5, 4, 1]);
}

#[db_test]
async fn a_kept_answer_is_replayed_without_writing_and_the_last_one_applied_without_taking_away(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let first = syncs(&world, feed).await[0].id;
    let (second, _) = sync_with(&world, feed, feed!("airbnb_one_gone.ics")).await;
    let mut read = world.db.read().await.unwrap();
    let (lines, last) = feeds::replay(&world.app, &mut read, &world.manager::<FeedsView>(), feed, first).await.unwrap();
    assert_eq!((outcomes(&lines), last), (vec![Outcome::Kept; 3], false));
    drop(read);
    let grant = world.manager::<FeedsEdit>();
    assert!(matches!(feeds::apply_again(&world.app, &grant, feed, first).await, Err(FeedError::Changed)));
    feeds::apply_again(&world.app, &grant, feed, second.id).await.unwrap();
    assert_eq!(live(&world).await.len(), 3);
    let mut read = world.db.read().await.unwrap();
    let raw = feeds::body(&mut read, &grant, feed, first).await.unwrap();
    assert_eq!(raw, feed!("airbnb.ics"));
}
