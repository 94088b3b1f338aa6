//! Answers that would take away too much.

use db::{db_test, testing::TestDb};

use super::*;
use crate::feeds::{FeedError, FeedState};

#[db_test]
async fn an_empty_answer_changes_nothing_until_it_is_confirmed(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let (empty, lines) = sync_with(&world, feed, feed!("empty_valid.ics")).await;
    assert_eq!((empty.outcome, live(&world).await.len()), (SyncOutcome::Suspicious, 3));
    assert_eq!(outcomes(&lines), [Outcome::Held; 2]);
    let held = view(&world, feed).await.held.unwrap();
    assert_eq!((held.sync, held.stays.len(), held.ignored), (empty.id, 2, false));
    sync(&world, feed).await;
    assert_eq!(mails(&world).await, ["feed_suspicious"]);
    assert_eq!(view(&world, feed).await.held.as_ref(), Some(&held));
    assert_eq!(view(&world, feed).await.state(world.env.now(), feeds::stale_after(&world.app)), FeedState::Suspicious);

    let grant = world.manager::<FeedsEdit>();
    let other = syncs(&world, feed).await[0].id;
    assert!(matches!(feeds::confirm(&world.app, &grant, feed, other).await, Err(FeedError::Changed)));
    feeds::confirm(&world.app, &grant, feed, held.sync).await.unwrap();
    // The first stay began today and stays.
    assert_eq!(live(&world).await, ["2027-01-04/2027-01-08 reservation"]);
    let (confirmed, lines) = last_sync(&world, feed).await;
    assert_eq!((confirmed.cause, confirmed.counts.cancelled), (feeds::SyncCause::Confirm, 2));
    assert_eq!(lines.decisions.len(), 3);
    assert_eq!((view(&world, feed).await.held, sync(&world, feed).await.0.outcome), (None, SyncOutcome::Good));
    assert!(matches!(feeds::confirm(&world.app, &grant, feed, held.sync).await, Err(FeedError::Changed)));
}

#[db_test]
async fn an_ignored_answer_is_quiet_for_as_long_as_it_says_the_same(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    sync_with(&world, feed, feed!("empty_valid.ics")).await;
    let held = view(&world, feed).await.held.unwrap();
    feeds::ignore(&world.app, &world.manager::<FeedsEdit>(), feed, held.sync).await.unwrap();
    for _ in 0..3 {
        let (again, _) = sync(&world, feed).await;
        assert_eq!((again.outcome, again.notable), (SyncOutcome::Suspicious, false));
    }
    assert_eq!(view(&world, feed).await.state(world.env.now(), feeds::stale_after(&world.app)), FeedState::Good);
    assert_eq!((live(&world).await.len(), mails(&world).await.len()), (3, 1));
    sync_with(&world, feed, feed!("airbnb.ics")).await;
    assert_eq!(view(&world, feed).await.held, None);
    sync_with(&world, feed, feed!("empty_valid.ics")).await;
    assert_eq!(mails(&world).await.len(), 2);
}
