//! The feeds of `data/`, one after another.

use db::{db_test, testing::TestDb};

use super::*;
use crate::feeds::Reason;

#[db_test]
async fn airbnb_makes_stays_and_turnovers_and_again_changes_nothing(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let stays =
        ["2027-01-04/2027-01-08 reservation", "2027-01-08/2027-01-12 reservation", "2027-01-18/2027-01-20 block"];
    assert_eq!(live(&world).await, stays);
    assert_eq!(turnovers(&world).await, ["2027-01-08 pending", "2027-01-12 pending"]);
    let (first, lines) = last_sync(&world, feed).await;
    assert_eq!((first.number, first.outcome, first.counts.created), (1, SyncOutcome::Good, 3));
    assert_eq!(outcomes(&lines), [Outcome::Created; 3]);
    let ids: Vec<_> = all_stays(&world).await.iter().map(|stay| Some(stay.id)).collect();
    let named: Vec<_> = lines.decisions.iter().map(|decision| decision.stay).collect();
    assert!(named.iter().all(|stay| ids.contains(stay)), "{named:?} are not {ids:?}");

    let (again, lines) = sync(&world, feed).await;
    assert_eq!((again.number, again.notable, again.counts.created), (2, false, 0));
    assert_eq!(outcomes(&lines), [Outcome::Kept; 3]);
    assert_eq!(live(&world).await, stays);
    assert_eq!(world.sites.requests().len(), 2);
}

#[db_test]
async fn airbnb_moved_moves_the_stays_and_their_turnovers(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let before: Vec<_> = all_stays(&world).await.iter().map(|stay| stay.id).collect();
    let (moved, lines) = sync_with(&world, feed, feed!("airbnb_moved.ics")).await;
    assert_eq!((moved.counts.changed, moved.notable), (2, true));
    assert!(matches!(lines.decisions[0].reason, Reason::Moved { .. }));
    assert_eq!(
        live(&world).await,
        ["2027-01-05/2027-01-09 reservation", "2027-01-09/2027-01-12 reservation", "2027-01-18/2027-01-20 block"]
    );
    assert_eq!(all_stays(&world).await.iter().map(|stay| stay.id).collect::<Vec<_>>(), before);
    assert_eq!(turnovers(&world).await, ["2027-01-09 pending", "2027-01-12 pending"]);
}

#[db_test]
async fn airbnb_reissued_keeps_the_stay(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let before = all_stays(&world).await;
    let (_, lines) = sync_with(&world, feed, feed!("airbnb_reissued.ics")).await;
    assert_eq!(outcomes(&lines), [Outcome::Reissued, Outcome::Kept, Outcome::Kept]);
    assert_eq!(all_stays(&world).await, before);
    let (_, lines) = sync(&world, feed).await;
    assert_eq!(outcomes(&lines), [Outcome::Kept; 3]);
}

#[db_test]
async fn one_gone_is_cancelled_after_two_good_answers_and_comes_back(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let (first, _) = sync_with(&world, feed, feed!("airbnb_one_gone.ics")).await;
    assert_eq!((first.counts.missing, live(&world).await.len()), (1, 3));
    let (second, lines) = sync(&world, feed).await;
    assert_eq!((second.counts.cancelled, live(&world).await.len()), (1, 2));
    assert_eq!(lines.decisions.last().unwrap().reason, Reason::MissingTwice);
    assert_eq!(turnovers(&world).await, ["2027-01-08 pending", "2027-01-12 cancelled"]);

    let (_, lines) = sync_with(&world, feed, feed!("airbnb.ics")).await;
    assert_eq!(outcomes(&lines), [Outcome::Kept, Outcome::Revived, Outcome::Kept]);
    assert_eq!((live(&world).await.len(), all_stays(&world).await.len()), (3, 3));
    assert_eq!(turnovers(&world).await, ["2027-01-08 pending", "2027-01-12 pending"]);
}

#[db_test]
async fn a_rolling_block_leaves_no_trace(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let two = calendar(
        &[
            event("1418fb94e984-0d5c8f1a2b3c4d5e6f708192a3b4c5d6@airbnb.com", "2027-01-04", "2027-01-08", "Reserved"),
            event("1418fb94e984-11aa22bb33cc44dd55ee66ff77889900@airbnb.com", "2027-01-08", "2027-01-12", "Reserved"),
        ]
        .concat(),
    );
    sync_with(&world, feed, &two).await;
    let (gone, lines) = sync(&world, feed).await;
    assert_eq!((gone.counts.cancelled, outcomes(&lines)[2]), (1, Outcome::Removed));
    assert_eq!(all_stays(&world).await.len(), 2);
    sync_with(&world, feed, feed!("airbnb.ics")).await;
    assert_eq!(all_stays(&world).await.len(), 3);
}

#[db_test]
async fn booking_com_is_to_be_reviewed_and_keeps_the_stay_when_reissued(db: TestDb) {
    let world = World::new(db).await;
    let address = "https://ical.booking.com/v1/export?t=secret";
    let feed = add_to(&world, world.home.first.unit, FeedChannel::BookingCom, address).await;
    world.sites.body(address, feed!("booking_com.ics"));
    run_jobs(&world).await;
    assert_eq!(live(&world).await, ["2027-03-01/2027-03-05 reservation to review", "2027-07-01/2027-12-31 block"]);
    assert_eq!(turnovers(&world).await, ["2027-03-05 pending ?"]);
    world.sites.body(address, feed!("booking_com_reissued.ics"));
    let (_, lines) = sync(&world, feed).await;
    assert_eq!(outcomes(&lines), [Outcome::Reissued, Outcome::Kept]);
    assert_eq!(live(&world).await, ["2027-03-02/2027-03-05 reservation to review", "2027-07-01/2027-12-31 block"]);
    assert_eq!(turnovers(&world).await, ["2027-03-05 pending ?"]);
}

#[db_test]
async fn vrbo_names_guests_and_tells_tentative_ones(db: TestDb) {
    let world = World::new(db).await;
    let address = "https://www.vrbo.com/icalendar/secret.ics";
    add_to(&world, world.home.first.unit, FeedChannel::Vrbo, address).await;
    world.sites.body(address, feed!("vrbo.ics"));
    run_jobs(&world).await;
    assert_eq!(
        live(&world).await,
        [
            "2027-01-12/2027-01-16 reservation",
            "2027-02-01/2027-02-05 block",
            "2027-02-10/2027-02-14 reservation",
            "2027-02-20/2027-02-23 reservation pending",
        ]
    );
    let names: Vec<_> = all_stays(&world).await.into_iter().filter_map(|stay| stay.guest.name).collect();
    assert_eq!(names, ["Melanie", "Zoë", "Jean"]);
    assert_eq!(turnovers(&world).await, ["2027-01-16 pending", "2027-02-14 pending"]);
}

#[db_test]
async fn timed_recurring_and_odd_events_are_read_in_the_propertys_zone(db: TestDb) {
    let world = World::new(db).await;
    let (google, odd) = ("https://calendar.google.com/secret/basic.ics", "https://small.example/odd.ics");
    add_to(&world, world.home.first.unit, FeedChannel::Other, google).await;
    world.sites.body(google, feed!("google_timed.ics"));
    run_jobs(&world).await;
    assert_eq!(
        live(&world).await,
        [
            "2027-03-17/2027-03-19 reservation to review",
            "2027-04-01/2027-04-02 reservation to review",
            "2027-05-01/2027-05-02 reservation to review",
            "2027-06-01/2027-06-02 reservation to review",
        ]
    );
    let feed = add_to(&world, world.home.second.unit, FeedChannel::Other, odd).await;
    world.sites.body(odd, feed!("odd_but_valid.ics"));
    run_jobs(&world).await;
    let (sync, lines) = last_sync(&world, feed).await;
    assert_eq!((sync.counts.created, sync.counts.left_out), (3, 1));
    assert!(lines.decisions.iter().any(|decision| decision.reason == Reason::NoNight));
}

#[db_test]
async fn a_calendar_of_which_nobody_said_the_channel_says_it_itself(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first.unit, world.home.second.unit);
    let address = "https://files.example/one.ics";
    world.sites.body(address, feed!("airbnb.ics"));
    let add = async |unit, channel: &str| {
        let form = FeedForm { channel: channel.to_owned(), ..form(unit, address) };
        let new = NewFeed::parse(&form, &world.sites).unwrap();
        feeds::add(&world.app, &world.manager::<FeedsEdit>(), &new).await.unwrap()
    };
    let (open, said) = (add(first, "").await, add(second, "other").await);
    run_jobs(&world).await;
    assert_eq!(view(&world, open).await.channel, FeedChannel::Airbnb);
    assert_eq!(view(&world, said).await.channel, FeedChannel::Other, "what a person said stays");
    let stays = all_stays(&world).await;
    let of = |unit: UnitId| stays.iter().filter(|stay| stay.unit_id == unit).collect::<Vec<_>>();
    assert!(of(first).iter().all(|stay| stay.channel == stays::Channel::Airbnb && !stay.needs_review));
    assert!(of(second).iter().all(|stay| stay.channel == stays::Channel::Other));

    // Removed and pasted again, it is the same feed with the same stays.
    feeds::remove(&world.app, &world.manager::<FeedsEdit>(), open, feeds::FutureStays::Keep).await.unwrap();
    assert_eq!(add(first, "").await, open);
}
