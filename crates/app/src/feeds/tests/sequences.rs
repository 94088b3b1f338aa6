//! The shared feeds, alone and one after another, as channels send them.

use super::*;

#[test]
fn airbnb_alone() {
    let mut world = World::new(FeedChannel::Airbnb, "2027-01-04");
    let plan = world.sync(feed!("airbnb.ics"));
    assert_eq!(outcomes(&plan), [Outcome::Created; 3]);
    assert_eq!(
        world.live(),
        ["2027-01-04/2027-01-08 reservation", "2027-01-08/2027-01-12 reservation", "2027-01-18/2027-01-20 block"]
    );
    let seen = &world.nth(1).known.seen;
    assert_eq!((seen.code.as_deref(), seen.phone_last4.as_deref()), (Some("HMABCD1234"), Some("4321")));
}

#[test]
fn airbnb_again_changes_nothing_ever() {
    let mut world = World::new(FeedChannel::Airbnb, "2027-01-04");
    world.sync(feed!("airbnb.ics"));
    for today in ["2027-01-04", "2027-01-06", "2027-01-19", "2027-03-01"] {
        world = world.on(today);
        let plan = world.sync(feed!("airbnb.ics"));
        assert_eq!((outcomes(&plan), plan.actions().count()), (vec![Outcome::Kept; 3], 0));
    }
}

#[test]
fn airbnb_moved_keeps_the_stays_and_moves_both() {
    for today in ["2026-12-20", "2027-01-04", "2027-01-05"] {
        let mut world = World::new(FeedChannel::Airbnb, today);
        world.sync(feed!("airbnb.ics"));
        let plan = world.sync(feed!("airbnb_moved.ics"));
        assert_eq!(outcomes(&plan), [Outcome::Updated, Outcome::Updated, Outcome::Kept], "{today}");
        assert_eq!(world.rows.len(), 3);
        assert_eq!(world.nth(1).known.nights, nights("2027-01-05", "2027-01-09"));
        assert_eq!(world.nth(2).known.nights, nights("2027-01-09", "2027-01-12"));
        world.sync(feed!("airbnb.ics"));
        assert_eq!(world.nth(1).known.nights, nights("2027-01-04", "2027-01-08"));
    }
}

#[test]
fn airbnb_reissued_keeps_the_stay_under_its_new_id() {
    let mut world = World::new(FeedChannel::Airbnb, "2027-01-04");
    world.sync(feed!("airbnb.ics"));
    let plan = world.sync(feed!("airbnb_reissued.ics"));
    assert_eq!(outcomes(&plan), [Outcome::Reissued, Outcome::Kept, Outcome::Kept]);
    assert_eq!(&*world.nth(1).known.seen.uid, "1418fb94e984-fedcba98765432100123456789abcdef@airbnb.com");
    assert_eq!(world.rows.len(), 3);
}

#[test]
fn airbnb_one_gone_cancels_after_two_good_answers_and_comes_back() {
    let mut world = World::new(FeedChannel::Airbnb, "2027-01-04");
    world.sync(feed!("airbnb.ics"));
    let first = world.sync(feed!("airbnb_one_gone.ics"));
    assert_eq!(first.steps[2].decision.reason, Reason::MissingOnce);
    assert_eq!(world.live().len(), 3);
    let second = world.sync(feed!("airbnb_one_gone.ics"));
    assert_eq!(second.steps[2].decision.reason, Reason::MissingTwice);
    assert_eq!((world.live().len(), world.rows.len()), (2, 3));
    assert_eq!(world.sync(feed!("airbnb_one_gone.ics")).actions().count(), 0);

    let back = world.sync(feed!("airbnb.ics"));
    assert_eq!(outcomes(&back), [Outcome::Kept, Outcome::Revived, Outcome::Kept]);
    assert_eq!((world.live().len(), world.rows.len()), (3, 3));
}

#[test]
fn a_listed_answer_in_between_starts_the_count_again() {
    let mut world = World::new(FeedChannel::Airbnb, "2027-01-04");
    for body in [feed!("airbnb.ics"), feed!("airbnb_one_gone.ics"), feed!("airbnb.ics"), feed!("airbnb_one_gone.ics")] {
        world.sync(body);
    }
    assert_eq!(world.live().len(), 3);
}

#[test]
fn a_stay_that_has_begun_is_never_removed() {
    for today in ["2027-01-08", "2027-01-09", "2027-01-12", "2027-02-01"] {
        let mut world = World::new(FeedChannel::Airbnb, "2027-01-04");
        world.sync(feed!("airbnb.ics"));
        world = world.on(today);
        for _ in 0..3 {
            world.sync(feed!("airbnb_one_gone.ics"));
        }
        assert_eq!(world.live().len(), 3, "{today}");
    }
}

#[test]
fn an_empty_answer_changes_nothing_and_lists_what_would_be_gone() {
    let mut world = World::new(FeedChannel::Airbnb, "2027-01-04");
    world.sync(feed!("airbnb.ics"));
    let before = world.rows.clone();
    for _ in 0..3 {
        let plan = world.sync(feed!("empty_valid.ics"));
        let suspicion = plan.suspicion.clone().unwrap();
        assert!(suspicion.empty && suspicion.gone.len() == 2 && plan.actions().next().is_none());
        assert_eq!(outcomes(&plan), [Outcome::Held; 2]);
    }
    assert_eq!(world.rows, before);

    // All over: nothing future is expected, so an empty feed is what it should be.
    let mut later = world.clone().on("2027-02-01");
    assert_eq!(later.sync(feed!("empty_valid.ics")).suspicion, None);
    assert_eq!(later.live().len(), 3);

    let gone = world.plan(feed!("empty_valid.ics")).suspicion.unwrap().gone;
    world.facts.confirmed_gone = gone.into_iter().collect();
    let plan = world.sync(feed!("empty_valid.ics"));
    assert_eq!((plan.suspicion, world.live().len()), (None, 1));
}

#[test]
fn an_empty_feed_at_first_is_fine() {
    let plan = World::new(FeedChannel::Airbnb, "2027-01-04").sync(feed!("empty_valid.ics"));
    assert_eq!(plan, SyncPlan::default());
}

#[test]
fn vrbo_alone() {
    let mut world = World::new(FeedChannel::Vrbo, "2027-01-04");
    world.sync(feed!("vrbo.ics"));
    assert_eq!(
        world.live(),
        [
            "2027-01-12/2027-01-16 reservation",
            "2027-02-01/2027-02-05 block",
            "2027-02-10/2027-02-14 reservation",
            "2027-02-20/2027-02-23 reservation pending",
        ]
    );
    let guests: Vec<_> = world.rows.values().map(|row| row.known.seen.guest_name.as_deref()).collect();
    assert_eq!(guests, [Some("Melanie"), None, Some("Zoë"), Some("Jean")]);
}

#[test]
fn vrbo_tentative_becomes_reserved() {
    let mut world = World::new(FeedChannel::Vrbo, "2027-01-04");
    world.sync(feed!("vrbo.ics"));
    let agreed = String::from_utf8(feed!("vrbo.ics").to_vec()).unwrap().replace("Provisoire - Jean", "Réservée - Jean");
    let plan = world.sync(agreed.as_bytes());
    assert_eq!(world.live()[3], "2027-02-20/2027-02-23 reservation");
    assert!(plan.steps.iter().any(|step| matches!(step.decision.reason, Reason::Reclassified { .. })));
}

#[test]
fn booking_com_alone_and_reissued() {
    let mut world = World::new(FeedChannel::BookingCom, "2027-01-04");
    world.sync(feed!("booking_com.ics"));
    let listed = ["2027-03-01/2027-03-05 reservation to review", "2027-07-01/2027-12-31 block"];
    assert_eq!(world.live(), listed);

    let plan = world.sync(feed!("booking_com_reissued.ics"));
    assert_eq!(outcomes(&plan), [Outcome::Reissued, Outcome::Kept]);
    assert_eq!(world.live(), ["2027-03-02/2027-03-05 reservation to review", "2027-07-01/2027-12-31 block"]);
    assert_eq!(&*world.nth(1).known.seen.uid, "00998877665544332211aabbccddeeff@booking.com");
}

#[test]
fn a_running_booking_com_stay_keeps_its_arrival_while_its_event_shrinks() {
    let mut world = World::new(FeedChannel::BookingCom, "2027-03-01");
    world.sync(feed!("booking_com.ics"));
    for day in 2..5 {
        let today = format!("2027-03-0{day}");
        world = world.on(&today);
        let shrunk = calendar(
            &[
                event(&format!("day{day}@booking.com"), &today, "2027-03-05", "CLOSED - Not available"),
                event(
                    "aabbccddeeff00112233445566778899@booking.com",
                    "2027-07-01",
                    "2027-12-31",
                    "CLOSED - Not available",
                ),
            ]
            .concat(),
        );
        world.sync(&shrunk);
        assert_eq!(world.live()[0], "2027-03-01/2027-03-05 reservation to review");
        assert_eq!(world.rows.len(), 2);
    }
}

#[test]
fn google_timed_in_the_zone_of_the_property() {
    for (zone, first) in [("America/Los_Angeles", "2027-03-16/2027-03-19"), ("Europe/Madrid", "2027-03-17/2027-03-19")]
    {
        let mut world = World::new(FeedChannel::Other, "2027-01-04");
        world.facts.zone = zone.parse().unwrap();
        let plan = world.sync(feed!("google_timed.ics"));
        let mut expected = vec![format!("{first} reservation to review")];
        expected.extend(["04", "05", "06"].map(|m| format!("2027-{m}-01/2027-{m}-02 reservation to review")));
        assert_eq!(world.live(), expected);
        assert_eq!(ignored(&plan), [Reason::CancelledUnknown]);
        assert!(world.rows.values().any(|row| &*row.known.seen.summary == "Family Okafor, 4 guests"));
    }
}

#[test]
fn google_cancelling_a_known_stay_cancels_it_at_once() {
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    let text = String::from_utf8(feed!("google_timed.ics").to_vec()).unwrap();
    world.sync(text.replace("STATUS:CANCELLED", "STATUS:CONFIRMED").as_bytes());
    assert_eq!(world.live().len(), 5);
    let plan = world.sync(text.as_bytes());
    assert!(plan.steps.iter().any(|step| step.decision.reason == Reason::CancelledByChannel));
    assert_eq!(world.live().len(), 4);
}

#[test]
fn odd_but_valid() {
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    let plan = world.sync(feed!("odd_but_valid.ics"));
    assert_eq!(
        world.live(),
        [
            "2027-05-01/2027-05-03 reservation to review",
            "2027-05-10/2027-05-11 reservation to review",
            "2027-05-20/2027-05-22 reservation to review",
        ]
    );
    assert_eq!(ignored(&plan), [Reason::NoNight]);
    assert!(world.rows.values().any(|row| &*row.known.seen.summary == "<script>alert(1)</script>"));
    assert!(world.rows.values().any(|row| row.known.seen.uid.starts_with("auto-")));
}

#[test]
fn what_is_refused_leaves_the_stays_alone() {
    // Nothing can be planned from a refusal: the types allow no other way.
    for body in [feed!("airbnb_truncated.ics"), feed!("not_a_calendar.html")] {
        assert!(read(body).is_err());
    }
}
