//! What we told a channel, when it comes back.

use chrono::TimeDelta;
use db::{db_test, testing::TestDb};
use kernel::{FeedId, StayId, permissions::StaysCancel};

use super::*;
use crate::feeds::{
    Outcome, Reason,
    tests::{add_to, calendar, event, live, mails, run_jobs, sync},
};

const BOOKING: &str = "https://admin.booking.com/ical/secret.ics";
const CLOSED: &str = "CLOSED - Not available";

fn answers(world: &World, events: &[(&str, &str, &str, &str)]) {
    let events: String = events.iter().map(|(uid, from, until, title)| event(uid, from, until, title)).collect();
    world.sites.body(BOOKING, calendar(&events));
}

/// Booking.com's feed and export of the first house.
async fn booking_com(world: &World) -> (FeedId, ExportId) {
    let unit = world.home.first.unit;
    answers(world, &[]);
    let feed = add_to(world, unit, FeedChannel::BookingCom, BOOKING).await;
    run_jobs(world).await;
    (feed, add(world, unit, FeedChannel::BookingCom).await)
}

/// What the last sync decided of an event.
async fn decided(world: &World, feed: FeedId, uid: &str) -> (Outcome, Reason, Option<StayId>) {
    let (_, lines) = sync(world, feed).await;
    let line = lines.decisions.into_iter().find(|line| line.uid.as_deref() == Some(uid)).expect("it is listed");
    (line.outcome, line.reason, line.stay)
}

#[db_test]
async fn a_closure_for_nights_that_the_channel_was_told_of_is_ours(db: TestDb) {
    let world = World::new(db).await;
    let (feed, export) = booking_com(&world).await;
    let unit = world.home.first.unit;
    let first = book(&world, unit, "direct", "2027-01-10", "2027-01-14").await;
    let next = book(&world, unit, "vrbo", "2027-01-14", "2027-01-18").await;
    read(&world, export).await;
    answers(
        &world,
        &[
            ("whole", "2027-01-10", "2027-01-14", CLOSED),
            ("inside", "2027-01-15", "2027-01-17", CLOSED),
            ("both", "2027-01-10", "2027-01-18", CLOSED),
        ],
    );
    let (outcome, reason, stay) = decided(&world, feed, "whole").await;
    assert_eq!((outcome, stay), (Outcome::Ignored, Some(first.id)));
    assert_eq!(reason, Reason::Reflection { of: first.nights });
    assert_eq!(decided(&world, feed, "inside").await.2, Some(next.id));
    assert_eq!(decided(&world, feed, "both").await.0, Outcome::Ignored, "two that touch come back as one");
    assert_eq!(live(&world).await.len(), 2);
    assert!(mails(&world).await.is_empty());

    // Notes about the stay, or a look at it, are no news for the channel.
    world.clock.advance(TimeDelta::days(2));
    assert_eq!(decided(&world, feed, "whole").await.0, Outcome::Ignored);
    // A channel that has not read for a week may have been told to forget us.
    world.clock.advance(TimeDelta::days(6));
    assert_eq!(decided(&world, feed, "inside").await.0, Outcome::Created);
}

#[db_test]
async fn what_the_channel_had_before_it_was_told_is_a_second_sale(db: TestDb) {
    let world = World::new(db).await;
    let (feed, export) = booking_com(&world).await;
    book(&world, world.home.first.unit, "direct", "2027-01-10", "2027-01-14").await;
    visit(&world, export, &Visit { by_browser: true, ..VISIT }).await;
    visit(&world, export, &Visit { head_only: true, ..VISIT }).await;
    answers(&world, &[("a", "2027-01-10", "2027-01-14", CLOSED)]);
    assert_eq!(decided(&world, feed, "a").await.0, Outcome::Created, "a person's look tells the channel nothing");
    assert_eq!(mails(&world).await, ["conflict"]);
    read(&world, export).await;
    assert_eq!(decided(&world, feed, "a").await.0, Outcome::Kept, "what it was is not undone by what comes later");
    assert_eq!(live(&world).await.len(), 2);
}

#[db_test]
async fn a_reservation_is_never_a_reflection_and_neither_is_a_night_more(db: TestDb) {
    let world = World::new(db).await;
    let (feed, export) = booking_com(&world).await;
    book(&world, world.home.first.unit, "direct", "2027-01-10", "2027-01-14").await;
    read(&world, export).await;
    answers(
        &world,
        &[
            ("guest", "2027-01-10", "2027-01-14", "CLOSED - Ana Example"),
            ("longer", "2027-01-10", "2027-01-15", CLOSED),
            ("earlier", "2027-01-09", "2027-01-14", CLOSED),
        ],
    );
    let (_, lines) = sync(&world, feed).await;
    assert!(lines.decisions.iter().all(|line| line.outcome == Outcome::Created), "{lines:?}");
}

#[db_test]
async fn a_stay_that_is_gone_explains_nothing_and_one_that_comes_back_does_again(db: TestDb) {
    let world = World::new(db).await;
    let (feed, export) = booking_com(&world).await;
    let unit = world.home.first.unit;
    let stay = book(&world, unit, "direct", "2027-01-10", "2027-01-14").await;
    read(&world, export).await;
    stays::cancel(&world.app, &world.manager::<StaysCancel>(), stay.id, None).await.unwrap();
    answers(&world, &[("a", "2027-01-10", "2027-01-14", CLOSED)]);
    assert_eq!(decided(&world, feed, "a").await.0, Outcome::Created, "nobody has the nights: better closed than sold");
    // The channel reads that they are free, and opens them.
    read(&world, export).await;
    answers(&world, &[("b", "2027-03-01", "2027-03-04", CLOSED)]);
    sync(&world, feed).await;
    sync(&world, feed).await;
    let again = book(&world, unit, "direct", "2027-01-10", "2027-01-14").await;
    read(&world, export).await;
    answers(&world, &[("a", "2027-01-10", "2027-01-14", CLOSED), ("b", "2027-03-01", "2027-03-04", CLOSED)]);
    let (outcome, reason, of) = decided(&world, feed, "a").await;
    assert_eq!((outcome, of), (Outcome::Ignored, Some(again.id)), "{reason:?}");
}

#[db_test]
async fn another_channels_reading_proves_nothing_of_this_one(db: TestDb) {
    let world = World::new(db).await;
    let (feed, _) = booking_com(&world).await;
    let unit = world.home.first.unit;
    let airbnb = add(&world, unit, FeedChannel::Airbnb).await;
    book(&world, unit, "direct", "2027-01-10", "2027-01-14").await;
    read(&world, airbnb).await;
    answers(&world, &[("a", "2027-01-10", "2027-01-14", CLOSED)]);
    assert_eq!(decided(&world, feed, "a").await.0, Outcome::Created);
}

#[db_test]
async fn an_export_that_is_gone_still_explains_what_its_channel_was_told(db: TestDb) {
    let world = World::new(db).await;
    let (feed, export) = booking_com(&world).await;
    book(&world, world.home.first.unit, "direct", "2027-01-10", "2027-01-14").await;
    read(&world, export).await;
    exports::remove(&world.app, &world.manager(), export).await.unwrap();
    answers(&world, &[("a", "2027-01-10", "2027-01-14", CLOSED)]);
    assert_eq!(decided(&world, feed, "a").await.0, Outcome::Ignored);
}

#[db_test]
async fn of_other_places_only_a_closure_is_a_reflection(db: TestDb) {
    const OTHER: &str = "https://small.example/a.ics";
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let feed = add_to(&world, unit, FeedChannel::Other, OTHER).await;
    let export = try_add(&world, unit, FeedChannel::Other, &feed.to_string()).await.unwrap();
    book(&world, unit, "direct", "2027-01-10", "2027-01-14").await;
    read(&world, export).await;
    let both = event("a", "2027-01-10", "2027-01-14", "Not available") + &event("b", "2027-01-11", "2027-01-13", "Ana");
    world.sites.body(OTHER, calendar(&both));
    assert_eq!(decided(&world, feed, "a").await.0, Outcome::Ignored);
    assert_eq!(live(&world).await.len(), 2);
}
