//! Which stay an event is: codes, ids that change, stand for several or come back, and what never changes hands.

use super::*;

/// A reservation of Airbnb's with its code.
fn coded(uid: &str, from: &str, until: &str, code: &str) -> String {
    let address = format!("DESCRIPTION:https://www.airbnb.com/hosting/reservations/details/{code}\nSUMMARY");
    event(uid, from, until, "Reserved").replace("SUMMARY", &address)
}

fn reasons(plan: &SyncPlan) -> Vec<Reason> {
    plan.steps.iter().map(|step| step.decision.reason.clone()).collect()
}

#[test]
fn a_code_is_followed_to_any_id_and_any_dates() {
    let mut world = World::new(FeedChannel::Airbnb, "2027-01-04");
    world.sync(&calendar(&coded("a", "2027-02-01", "2027-02-05", "HMAAAA1111")));
    let plan = world.sync(&calendar(&coded("b", "2027-06-01", "2027-06-03", "HMAAAA1111")));
    assert!(matches!(&reasons(&plan)[..], [Reason::Reissue { from_uid, shared: 0, .. }] if &**from_uid == "a"));
    assert_eq!((world.live(), world.rows.len()), (vec!["2027-06-01/2027-06-03 reservation".to_owned()], 1));
    // Its id alone, when the address is left out.
    world.sync(&calendar(&event("b", "2027-06-02", "2027-06-04", "Reserved")));
    assert_eq!((world.live(), world.rows.len()), (vec!["2027-06-02/2027-06-04 reservation".to_owned()], 1));
}

#[test]
fn an_id_with_another_code_is_another_stay() {
    let mut world = World::new(FeedChannel::Airbnb, "2027-01-04");
    world.sync(&calendar(&coded("a", "2027-02-01", "2027-02-05", "HMAAAA1111")));
    world.sync(&calendar(&coded("a", "2027-02-01", "2027-02-05", "HMBBBB2222")));
    assert_eq!(world.rows.len(), 2);
}

#[test]
fn one_code_under_two_ids_is_one_stay() {
    let mut world = World::new(FeedChannel::Airbnb, "2027-01-04");
    let old = coded("a", "2027-02-01", "2027-02-05", "HMAAAA1111");
    world.sync(&calendar(&old));
    let plan = world.sync(&calendar(&[old, coded("b", "2027-02-01", "2027-02-06", "HMAAAA1111")].concat()));
    assert_eq!((ignored(&plan), world.rows.len()), (vec![Reason::Duplicate], 1));
    assert_eq!(world.live(), ["2027-02-01/2027-02-06 reservation"]);
    // Apart from each other they are two parts of one booking, and both are held.
    world.sync(&calendar(
        &[coded("a", "2027-02-01", "2027-02-05", "HMAAAA1111"), coded("b", "2027-03-01", "2027-03-05", "HMAAAA1111")]
            .concat(),
    ));
    assert_eq!(world.live().len(), 2);
}

#[test]
fn codes_in_titles_are_airbnbs_alone() {
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    let cleaning = |uid: &str, from: &str, until: &str| event(uid, from, until, "Cleaning (TERRASSE01)");
    let (one, other) = (cleaning("a", "2027-02-01", "2027-02-02"), cleaning("b", "2027-02-08", "2027-02-09"));
    world.sync(&calendar(&[one.clone(), other].concat()));
    let moved = cleaning("c", "2027-02-20", "2027-02-21");
    assert_eq!(
        outcomes(&world.sync(&calendar(&[one, moved].concat()))),
        [Outcome::Kept, Outcome::Created, Outcome::Missing]
    );
}

#[test]
fn a_cancelled_event_hands_its_stay_to_nobody() {
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    world.sync(&calendar(&event("a", "2027-02-01", "2027-02-05", "Smith")));
    let off = event("a", "2027-02-01", "2027-02-05", "Smith").replace("SUMMARY", "STATUS:CANCELLED\nSUMMARY");
    let plan = world.sync(&calendar(&[off, event("b", "2027-02-01", "2027-02-05", "Okafor")].concat()));
    assert_eq!(outcomes(&plan), [Outcome::Created, Outcome::Cancelled]);
    assert_eq!((world.live().len(), world.rows.len()), (1, 2));
}

#[test]
fn an_event_that_cannot_be_read_hands_its_stay_to_nobody() {
    let mut world = World::new(FeedChannel::Vrbo, "2027-01-04");
    world.sync(&calendar(&event("a", "2027-02-01", "2027-02-05", "Reserved")));
    let broken =
        event("a", "2027-02-01", "2027-02-05", "Reserved").replace("DTSTART;VALUE=DATE:20270201", "DTSTART:soon");
    world.sync(&calendar(&[broken, event("b", "2027-02-03", "2027-02-08", "Reserved")].concat()));
    assert_eq!(world.live(), ["2027-02-01/2027-02-05 reservation", "2027-02-03/2027-02-08 reservation"]);
}

#[test]
fn an_id_used_again_for_later_guests_is_another_stay() {
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    world.sync(&calendar(&event("1", "2027-01-05", "2027-01-08", "Guest")));
    world = world.on("2027-01-08");
    for _ in 0..2 {
        world.sync(&calendar(&event("1", "2027-02-01", "2027-02-04", "Guest")));
        assert_eq!(
            world.live(),
            ["2027-01-05/2027-01-08 reservation to review", "2027-02-01/2027-02-04 reservation to review"]
        );
    }
    // A later word about past nights is still about the same stay.
    world.sync(&calendar(&event("1", "2027-02-01", "2027-02-06", "Guest")));
    assert_eq!((world.live().len(), world.nth(2).known.nights), (2, nights("2027-02-01", "2027-02-06")));
}

#[test]
fn an_id_that_comes_to_stand_for_two_stays_keeps_the_first() {
    let mut world = World::new(FeedChannel::Vrbo, "2027-01-04");
    let (a, b) =
        (event("x", "2027-02-01", "2027-02-05", "Reserved"), event("x", "2027-03-01", "2027-03-05", "Reserved"));
    world.sync(&calendar(&a));
    let plan = world.sync(&calendar(&[a, b].concat()));
    assert_eq!(outcomes(&plan), [Outcome::Kept, Outcome::Created]);
}

#[test]
fn a_feed_without_ids_follows_its_stays_by_their_nights() {
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    let listed = |from: &str, until: &str, summary: &str| event("x", from, until, summary).replace("UID:x\n", "");
    world.sync(&calendar(&[listed("2027-02-01", "2027-02-05", "A"), listed("2027-02-05", "2027-02-08", "B")].concat()));
    let plan = world
        .sync(&calendar(&[listed("2027-02-02", "2027-02-05", "A"), listed("2027-02-05", "2027-02-08", "B")].concat()));
    assert_eq!(outcomes(&plan), [Outcome::Reissued, Outcome::Kept]);
    assert_eq!(world.rows.len(), 2);
}

#[test]
fn what_is_left_of_a_long_closure_is_no_stay() {
    // Booking.com shortens what runs from day to day, with a new id or without.
    for reissued in [true, false] {
        let mut world = World::new(FeedChannel::BookingCom, "2027-02-20");
        for today in ["2027-02-20", "2027-03-02", "2027-03-15", "2027-03-30"] {
            world = world.on(today);
            let uid = if reissued { today } else { "closed" };
            let from = today.max("2027-03-01");
            world.sync(&calendar(&event(uid, from, "2027-04-05", "CLOSED - Not available")));
            assert_eq!(world.live(), ["2027-03-01/2027-04-05 block"], "{today}");
        }
    }
}

#[test]
fn an_unsure_stay_that_grows_long_is_a_block_under_any_id() {
    for uid in ["a", "b"] {
        let mut world = World::new(FeedChannel::BookingCom, "2027-01-04");
        world.sync(&calendar(&event("a", "2027-03-01", "2027-03-29", "CLOSED - Not available")));
        world.sync(&calendar(&event(uid, "2027-03-01", "2027-04-05", "CLOSED - Not available")));
        assert_eq!((world.live(), world.rows.len()), (vec!["2027-03-01/2027-04-05 block".to_owned()], 1));
    }
}

#[test]
fn a_method_may_call_off_all_that_its_calendar_lists() {
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    let (a, b) = (event("a", "2027-02-01", "2027-02-05", "A"), event("b", "2027-03-01", "2027-03-05", "B"));
    world.sync(&calendar(&[a.clone(), b.clone()].concat()));
    let off = [&b"BEGIN:VCALENDAR\nMETHOD:CANCEL\n"[..], b.as_bytes(), b"END:VCALENDAR\n"].concat();
    world.sync(&[calendar(&a), off].concat());
    assert_eq!(world.live(), ["2027-02-01/2027-02-05 reservation to review"]);
}

#[test]
fn of_one_id_the_word_that_counts_is_the_latest() {
    let listed = |sequence: &str, status: &str| {
        let more = format!("{sequence}STATUS:{status}\nSUMMARY");
        event("a", "2027-02-01", "2027-02-05", "Guest").replace("SUMMARY", &more)
    };
    for (first, second, live) in [
        (("SEQUENCE:2\n", "CANCELLED"), ("SEQUENCE:1\n", "CONFIRMED"), 0),
        (("SEQUENCE:1\n", "CANCELLED"), ("SEQUENCE:2\n", "CONFIRMED"), 1),
        (("DTSTAMP:20270101T000000Z\n", "CANCELLED"), ("DTSTAMP:20270102T000000Z\n", "CONFIRMED"), 1),
        (("DTSTAMP:20270102T000000Z\n", "CANCELLED"), ("DTSTAMP:20270101T000000Z\n", "CONFIRMED"), 0),
        // Nothing tells which is later: the night stays taken.
        (("", "CANCELLED"), ("", "CONFIRMED"), 1),
    ] {
        let mut world = World::new(FeedChannel::Other, "2027-01-04");
        world.sync(&calendar(&listed("", "CONFIRMED")));
        world.sync(&calendar(&[listed(first.0, first.1), listed(second.0, second.1)].concat()));
        assert_eq!(world.live().len(), live, "{first:?} {second:?}");
    }
}
