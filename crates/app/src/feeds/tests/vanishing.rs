//! Suspicious answers, ended stays, what people decided, moves and swaps.

use super::*;

/// Reservations of three nights from the first of each month on, `a` in February, `b` in March...
fn months(ids: &str) -> Vec<u8> {
    let events = ids.chars().map(|id| {
        let month = u32::from(id) - u32::from('a') + 2;
        event(&format!("{id}@vrbo"), &format!("2027-{month:02}-01"), &format!("2027-{month:02}-04"), "Reserved")
    });
    calendar(&events.collect::<String>())
}

fn synced(ids: &str) -> World {
    let mut world = World::new(FeedChannel::Vrbo, "2027-01-04");
    world.sync(&months(ids));
    world
}

#[test]
fn more_than_half_of_four_or_more_is_suspicious() {
    for (before, after, suspicious) in [
        ("abcd", "a", true),
        ("abcd", "ab", false),
        ("abc", "a", false),
        ("abcde", "ab", true),
        ("abcde", "abc", false),
        ("abcdefgh", "hij", true),
        ("ab", "", true),
    ] {
        let mut world = synced(before);
        let rows = world.rows.clone();
        let plan = world.sync(&months(after));
        assert_eq!(plan.suspicion.is_some(), suspicious, "{before} to {after}");
        if suspicious {
            assert_eq!(world.rows, rows);
        }
    }
}

#[test]
fn at_once_means_from_one_answer_to_the_next() {
    let mut world = synced("abcd");
    for (ids, live) in [("abc", 4), ("ab", 3), ("a", 2), ("a", 1)] {
        assert_eq!(world.sync(&months(ids)).suspicion, None, "{ids}");
        assert_eq!(world.live().len(), live, "{ids}");
    }
}

#[test]
fn a_suspicious_answer_does_not_count_for_or_against_a_missing_stay() {
    let mut world = synced("abcdef");
    world.sync(&months("bcdef"));
    assert!(world.sync(&months("b")).suspicion.is_some());
    assert_eq!(world.live().len(), 6);
    world.sync(&months("bcdef"));
    assert_eq!(world.live().len(), 5);
}

#[test]
fn a_confirmed_list_is_cancelled_and_nothing_else() {
    let mut world = synced("abcde");
    let gone = world.plan(&months("a")).suspicion.unwrap().gone;
    assert_eq!(gone.len(), 4);
    world.facts.confirmed_gone = gone.into_iter().collect();
    assert_eq!(world.sync(&months("ab")).suspicion, None);
    assert_eq!(world.live().len(), 2);
}

#[test]
fn stays_may_swap_their_nights() {
    let mut world = World::new(FeedChannel::Vrbo, "2027-01-04");
    let (one, two) = (("2027-02-01", "2027-02-04"), ("2027-02-04", "2027-02-07"));
    world.sync(&calendar(&[event("a", one.0, one.1, "Reserved"), event("b", two.0, two.1, "Reserved")].concat()));
    let plan =
        world.sync(&calendar(&[event("a", two.0, two.1, "Reserved"), event("b", one.0, one.1, "Reserved")].concat()));
    assert_eq!(outcomes(&plan), [Outcome::Updated; 2]);
    assert_eq!((world.nth(1).known.nights, world.nth(2).known.nights), (nights(two.0, two.1), nights(one.0, one.1)));
}

#[test]
fn a_reissue_goes_to_most_nights_then_same_departure_then_the_oldest() {
    let booked = |events: &[(&str, &str, &str)]| {
        calendar(&events.iter().map(|(uid, from, until)| event(uid, from, until, "Reserved")).collect::<String>())
    };
    let case = |before: &[(&str, &str, &str)], after: &[(&str, &str, &str)]| {
        let mut world = World::new(FeedChannel::Vrbo, "2027-01-04");
        world.sync(&booked(before));
        world.sync(&booked(after));
        world.rows.values().map(|row| row.known.seen.uid.to_string()).collect::<Vec<_>>()
    };
    let two = [("a", "2027-02-01", "2027-02-05"), ("b", "2027-02-05", "2027-02-11")];
    assert_eq!(case(&two, &[("x", "2027-02-03", "2027-02-08")]), ["a", "x"]);
    assert_eq!(case(&two, &[("x", "2027-02-02", "2027-02-06")]), ["x", "b"]);
    let overlapping = [("a", "2027-02-01", "2027-02-09"), ("b", "2027-02-02", "2027-02-07")];
    assert_eq!(case(&overlapping, &[("x", "2027-02-04", "2027-02-07")]), ["a", "x"]);
    let alike = [("a", "2027-02-01", "2027-02-05"), ("b", "2027-02-01", "2027-02-05")];
    assert_eq!(case(&alike, &[("x", "2027-02-01", "2027-02-05")]), ["x", "b"]);
}

#[test]
fn another_code_guest_or_kind_is_another_stay() {
    let mut world = World::new(FeedChannel::Vrbo, "2027-01-04");
    for (uid, summary) in [("a", "Reserved - Melanie"), ("b", "Reserved - John"), ("c", "Blocked")] {
        world.sync(&calendar(&event(uid, "2027-02-01", "2027-02-05", summary)));
    }
    assert_eq!(world.rows.len(), 3);
    let plan = world.sync(&calendar(&event("d", "2027-02-02", "2027-02-05", "Blocked")));
    assert_eq!((plan.steps[0].decision.outcome, world.rows.len()), (Outcome::Reissued, 3));
}

#[test]
fn what_a_person_decided_survives() {
    let mut world = World::new(FeedChannel::BookingCom, "2027-01-04");
    world.sync(feed!("booking_com.ics"));
    let row = world.nth(1);
    row.known.nights = nights("2027-03-01", "2027-03-07");
    row.known.decided = Decided { dates: true, kind: true, status: false };
    (row.kind, row.to_review) = (Kind::Block, false);
    let plan = world.sync(feed!("booking_com_reissued.ics"));
    assert_eq!(outcomes(&plan), [Outcome::Reissued, Outcome::Kept]);
    assert_eq!(world.live()[0], "2027-03-01/2027-03-07 block");
    let again = world.sync(feed!("booking_com_reissued.ics"));
    assert_eq!(again.steps[0].decision.reason, Reason::DatesByPerson { listed: nights("2027-03-02", "2027-03-05") });
}

#[test]
fn a_stay_that_a_person_ended_stays_ended_under_any_id() {
    let mut world = World::new(FeedChannel::BookingCom, "2027-01-04");
    world.sync(feed!("booking_com.ics"));
    world.nth(1).known.state = KnownState::EndedByPerson;
    for body in [feed!("booking_com.ics"), feed!("booking_com_reissued.ics"), feed!("booking_com_reissued.ics")] {
        let plan = world.sync(body);
        assert_eq!(plan.steps[0].decision.reason, Reason::EndedByPerson);
        assert_eq!((world.live().len(), world.rows.len()), (1, 2));
    }
    // Once it was not listed, the same nights under another id are another guest's.
    let rest =
        event("aabbccddeeff00112233445566778899@booking.com", "2027-07-01", "2027-12-31", "CLOSED - Not available");
    world.sync(&calendar(&rest));
    world.sync(&calendar(&[event("new", "2027-03-02", "2027-03-05", "CLOSED - Not available"), rest].concat()));
    assert_eq!((world.live().len(), world.rows.len()), (2, 3));
}

#[test]
fn rolling_blocks_of_airbnb_leave_no_history() {
    let mut world = World::new(FeedChannel::Airbnb, "2027-01-04");
    let reserved = event("r", "2027-06-01", "2027-06-05", "Reserved");
    for day in 4..20 {
        world = world.on(&format!("2027-01-{day:02}"));
        let (from, until) = (format!("2027-01-{day:02}"), format!("2027-01-{:02}", day + 2));
        let notice = event(&format!("6fec1092d3fa-{day}@airbnb.com"), &from, &until, "Airbnb (Not available)");
        world.sync(&calendar(&[notice, reserved.clone()].concat()));
        assert_eq!(world.live(), [format!("{from}/{until} block"), "2027-06-01/2027-06-05 reservation".to_owned()]);
        assert_eq!(world.rows.len(), 2);
    }
    // A future one that is lifted is removed, not cancelled.
    world.sync(&calendar(&[event("b", "2027-03-01", "2027-03-05", "Not available"), reserved.clone()].concat()));
    world.sync(&calendar(&reserved));
    world.sync(&calendar(&reserved));
    assert!(!world.rows.values().any(|row| row.known.state != KnownState::Live));
    assert!(!world.live().iter().any(|line| line.starts_with("2027-03")));
}

#[test]
fn our_own_events_are_dropped_and_others_are_not() {
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    let plan = world.sync(&calendar(
        &[
            event("0190b0e4@1f3a.landlord", "2027-02-01", "2027-02-05", "Not available"),
            event("0190b0e5@other.landlord", "2027-02-05", "2027-02-07", "Not available"),
        ]
        .concat(),
    ));
    assert_eq!((ignored(&plan), world.live().len()), (vec![Reason::OwnEvent], 1));
}

#[test]
fn an_event_that_can_no_longer_be_read_keeps_its_stay() {
    let mut world = synced("abc");
    let broken = String::from_utf8(months("abc")).unwrap().replace("DTSTART;VALUE=DATE:20270301", "DTSTART:soon");
    for _ in 0..3 {
        let plan = world.sync(broken.as_bytes());
        assert!(plan.steps.iter().any(|step| step.decision.reason == Reason::EventUnreadable));
        assert_eq!(world.live().len(), 3);
    }
}

#[test]
fn cancelling_a_stay_that_has_begun_is_left_to_a_person() {
    let mut world = synced("ab").on("2027-02-02");
    let text = String::from_utf8(months("ab")).unwrap().replacen("SUMMARY", "STATUS:CANCELLED\nSUMMARY", 2);
    let plan = world.sync(text.as_bytes());
    assert_eq!(outcomes(&plan), [Outcome::Kept, Outcome::Cancelled]);
}
