//! What goes wrong outside changes nothing.

use db::{db_test, testing::TestDb};
use kernel::Grant;

use super::*;
use crate::{
    feeds::{ChangeFeed, FeedState, service},
    fetcher::{FetchError, Fetched},
};

#[db_test]
async fn neither_a_broken_answer_nor_none_changes_a_stay(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let (stays, good_at) = (all_stays(&world).await, view(&world, feed).await.last_good_at);
    for (body, error) in [
        (feed!("airbnb_truncated.ics"), "truncated"),
        (feed!("not_a_calendar.html"), "not_a_calendar"),
        (&[], "not_a_calendar"),
    ] {
        let (refused, lines) = sync_with(&world, feed, body).await;
        assert_eq!((refused.outcome, refused.error.as_deref()), (SyncOutcome::Refused, Some(error)));
        assert!(lines.decisions.is_empty() && refused.has_body);
    }
    for (answer, code) in [
        (FetchError::Unreachable, "unreachable"),
        (FetchError::TooLarge, "too_large"),
        (FetchError::Status { status: 404, retry_after: None }, "status"),
        (FetchError::Refused(crate::fetcher::AddressError::NotPublic), "address_not_public"),
    ] {
        world.sites.answer(AIRBNB, Err(answer));
        let (failed, _) = sync(&world, feed).await;
        assert_eq!((failed.outcome, failed.error.as_deref()), (SyncOutcome::Failed, Some(code)));
    }
    assert_eq!(all_stays(&world).await, stays);
    let after = view(&world, feed).await;
    assert_eq!(
        (after.failures, after.last_good_at, after.last_error.as_deref()),
        (7, good_at, Some("address_not_public"))
    );
    assert_eq!(after.state(world.env.now(), feeds::stale_after(&world.app)), FeedState::Failing);
    assert_eq!(sync_with(&world, feed, feed!("airbnb.ics")).await.0.outcome, SyncOutcome::Good);
    let after = view(&world, feed).await;
    assert_eq!((after.failures, after.last_error), (0, None));
}

#[db_test]
async fn a_site_that_fails_is_asked_less_and_less_often_and_when_it_wants(db: TestDb) {
    let world = World::with_settings(db, &[("feeds.jitter", "1ms")]).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let minutes = |feed: &FeedView| (feed.next_sync_at - world.env.now()).num_minutes();
    assert_eq!(minutes(&view(&world, feed).await), 15);
    world.sites.answer(AIRBNB, Err(FetchError::Unreachable));
    let mut pauses = Vec::new();
    for _ in 0..7 {
        sync(&world, feed).await;
        pauses.push(minutes(&view(&world, feed).await));
    }
    assert_eq!(pauses, [15, 30, 60, 120, 240, 360, 360]);
    sync_with(&world, feed, feed!("airbnb.ics")).await;
    let retry_after = Some(Duration::from_secs(3_600));
    world.sites.answer(AIRBNB, Err(FetchError::Status { status: 429, retry_after }));
    let (failed, _) = sync(&world, feed).await;
    assert_eq!((failed.http_status, minutes(&view(&world, feed).await)), (Some(429), 60));
}

#[db_test]
async fn not_modified_plans_the_last_answer_again_and_is_a_good_fetch(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let body = crate::fetcher::FetchedBody {
        bytes: feed!("airbnb_one_gone.ics").to_vec(),
        etag: Some("\"v2\"".into()),
        last_modified: None,
    };
    world.sites.answer(AIRBNB, Ok(Fetched::Body(body)));
    sync(&world, feed).await;
    world.sites.answer(AIRBNB, Ok(Fetched::NotModified));
    world.clock.advance(TimeDelta::hours(5));
    let (second, _) = sync(&world, feed).await;
    assert_eq!(world.sites.requests().last().unwrap().etag.as_deref(), Some("\"v2\""));
    assert_eq!((second.outcome, second.counts.cancelled), (SyncOutcome::NotModified, 1));
    assert_eq!(view(&world, feed).await.last_good_at, Some(second.finished_at));
    let (third, _) = sync(&world, feed).await;
    assert_eq!((third.outcome, third.notable), (SyncOutcome::NotModified, false));
}

#[db_test]
async fn two_workers_never_sync_one_feed_and_a_replaced_address_discards_its_answer(db: TestDb) {
    let world = World::new(db).await;
    let feed = add_to(&world, world.home.first.unit, FeedChannel::Airbnb, AIRBNB).await;
    world.sites.body(AIRBNB, feed!("airbnb.ics"));
    let grant: Grant<FeedsEdit> = Grant::system(world.home.organization, kernel::SystemReason::FeedSync);
    let begun = service::begin(&world.app, &grant, feed).await.unwrap().unwrap();
    assert!(service::begin(&world.app, &grant, feed).await.unwrap().is_none());
    run_jobs(&world).await;
    assert!(syncs(&world, feed).await.is_empty());

    let elsewhere = "https://www.airbnb.com/calendar/ical/5678.ics?s=other";
    let form = FeedForm { address: elsewhere.into(), ..FeedForm::of(&view(&world, feed).await) };
    let change = ChangeFeed::parse(&form, &world.sites).unwrap();
    feeds::change(&world.app, &world.manager::<FeedsEdit>(), feed, &change).await.unwrap();
    let answer = service::ask(&world.app, world.home.organization, &begun.feed).await.unwrap();
    service::finish(&world.app, &grant, &begun, answer).await.unwrap();
    assert!(syncs(&world, feed).await.is_empty() && all_stays(&world).await.is_empty());

    world.sites.body(elsewhere, feed!("airbnb.ics"));
    run_jobs(&world).await;
    assert_eq!((syncs(&world, feed).await.len(), all_stays(&world).await.len()), (1, 3));

    // A worker that died does not hold the feed for ever.
    feeds::sync_now(&world.app, &world.manager::<FeedsEdit>(), feed).await.unwrap();
    service::begin(&world.app, &grant, feed).await.unwrap().unwrap();
    world.clock.advance(TimeDelta::minutes(6));
    assert!(service::begin(&world.app, &grant, feed).await.unwrap().is_some());
}

#[test]
fn a_bad_address_has_an_error_of_its_own() {
    let fetcher = crate::fetcher::canned::CannedFetcher::default();
    let unit = UnitId::from_uuid(uuid::Uuid::from_u128(1));
    for (address, code) in [
        ("", "required"),
        ("not an address", "address_malformed"),
        ("http://example.com/a.ics", "address_not_https"),
        ("file:///etc/passwd", "address_not_https"),
        ("https://example.com:8443/a.ics", "address_port"),
        ("https://me:secret@example.com/a.ics", "address_credentials"),
        ("https://127.0.0.1/a.ics", "address_not_public"),
        ("https://[::1]/a.ics", "address_not_public"),
        ("https://0x7f.1/a.ics", "address_not_public"),
        ("https://169.254.169.254/latest", "address_not_public"),
        ("https://localhost/a.ics", "address_not_public"),
    ] {
        let errors = NewFeed::parse(&form(unit, address), &fetcher).err().unwrap();
        assert_eq!(errors.of("address").unwrap().code, code, "{address}");
    }
    for (address, channel) in [
        ("webcal://www.airbnb.co.uk/calendar/ical/1.ics", FeedChannel::Airbnb),
        ("https://www.vrbo.com/icalendar/1.ics", FeedChannel::Vrbo),
        ("https://www.fewo-direkt.de/icalendar/1.ics", FeedChannel::Vrbo),
        ("https://admin.booking.com/ical/1.ics", FeedChannel::BookingCom),
        ("https://ical.booking.com/v1/export?t=1", FeedChannel::BookingCom),
        ("https://airbnb.example.com/1.ics", FeedChannel::Other),
        ("https://calendar.google.com/1.ics", FeedChannel::Other),
    ] {
        assert_eq!(NewFeed::parse(&form(unit, address), &fetcher).ok().unwrap().channel, channel, "{address}");
    }
}
