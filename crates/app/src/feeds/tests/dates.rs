//! Nights of every kind of event, and series.

use super::*;

/// Live nights of a feed of channel `other` with one event of these lines, and why it was left out.
fn nights_of(zone: &str, lines: &str) -> (Vec<String>, Vec<Reason>) {
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    world.facts.zone = zone.parse().unwrap();
    let plan = world.sync(&calendar(&format!("BEGIN:VEVENT\nUID:a\nSUMMARY:Guest\n{lines}\nEND:VEVENT")));
    let live = world.live().into_iter().map(|line| line.split(' ').next().unwrap().to_owned());
    (live.collect(), ignored(&plan))
}

#[test]
fn one_event_in_every_form() {
    for (zone, lines, expected) in [
        ("UTC", "DTSTART;VALUE=DATE:20270201\nDTEND;VALUE=DATE:20270204", "2027-02-01/2027-02-04"),
        ("UTC", "DTSTART;VALUE=DATE:20270201\nDURATION:P3D", "2027-02-01/2027-02-04"),
        ("UTC", "DTSTART;VALUE=DATE:20270201\nDURATION:P1W", "2027-02-01/2027-02-08"),
        ("UTC", "DTSTART;VALUE=DATE:20270201\nDURATION:P7D", "2027-02-01/2027-02-08"),
        ("UTC", "DTSTART;VALUE=DATE:20270201\nDURATION:PT24H", "2027-02-01/2027-02-02"),
        ("UTC", "DTSTART;VALUE=DATE:20270201\nDURATION:PT48H", "2027-02-01/2027-02-03"),
        ("UTC", "DTSTART;VALUE=DATE:20270201\nDURATION:P1DT12H", "2027-02-01/2027-02-02"),
        ("UTC", "dtstart;value=date:20270201\nDtEnd;Value=Date:20270204", "2027-02-01/2027-02-04"),
        ("America/Los_Angeles", "DTSTART:20270201T075959Z\nDTEND:20270203T080000Z", "2027-01-31/2027-02-03"),
        ("Europe/Madrid", "DTSTART:20270327T223000Z\nDTEND:20270328T215959Z", "2027-03-27/2027-03-28"),
        ("Europe/Madrid", "DTSTART:20270327T223000Z\nDTEND:20270328T220000Z", "2027-03-27/2027-03-29"),
        ("Europe/Madrid", "DTSTART:20271030T213000Z\nDTEND:20271031T230000Z", "2027-10-30/2027-11-01"),
        ("UTC", "DTSTART;VALUE=DATE:20270201", "2027-02-01/2027-02-02"),
        ("UTC", "DTSTART:20270201T150000", "2027-02-01/2027-02-02"),
        ("UTC", "DTSTART:20270201T150000\nDTEND:20270202T110000", "2027-02-01/2027-02-02"),
        ("UTC", "DTSTART;VALUE=DATE:20270201\nDTEND:20270204T110000Z", "2027-02-01/2027-02-04"),
        ("America/Los_Angeles", "DTSTART:20270202T030000Z\nDTEND:20270204T190000Z", "2027-02-01/2027-02-04"),
        ("Pacific/Auckland", "DTSTART:20270201T150000Z\nDTEND:20270204T100000Z", "2027-02-02/2027-02-04"),
        (
            "Europe/Madrid",
            "DTSTART;TZID=America/New_York:20270201T200000\nDTEND;TZID=America/New_York:20270204T090000",
            "2027-02-02/2027-02-04",
        ),
        (
            "Europe/Madrid",
            "DTSTART;TZID=Nowhere/Land:20270201T200000\nDTEND;TZID=Nowhere/Land:20270204T090000",
            "2027-02-01/2027-02-04",
        ),
        // Night of a clock change; a length in days is days of the wall clock.
        ("Europe/Madrid", "DTSTART;TZID=Europe/Madrid:20270327T235000\nDURATION:P1D", "2027-03-27/2027-03-28"),
    ] {
        assert_eq!(nights_of(zone, lines), (vec![expected.to_owned()], vec![]), "{zone} {lines}");
    }
}

#[test]
fn what_has_no_night_is_left_out_with_a_reason() {
    for (lines, reason) in [
        ("DTSTART;VALUE=DATE:20270201\nDTEND;VALUE=DATE:20270201", Reason::NoNight),
        ("DTSTART:20270201T100000Z\nDTEND:20270201T110000Z", Reason::NoNight),
        ("DTSTART;VALUE=DATE:20270201\nDURATION:PT0S", Reason::NoNight),
        ("DTSTART;VALUE=DATE:20270205\nDTEND;VALUE=DATE:20270201", Reason::EndBeforeStart),
        ("DTSTART;VALUE=DATE:20270205\nDURATION:-P2D", Reason::EndBeforeStart),
        ("DTEND;VALUE=DATE:20270205", Reason::NoDates),
        ("DTSTART:99999999\nDTEND;VALUE=DATE:20270205", Reason::NoDates),
    ] {
        assert_eq!(nights_of("UTC", lines), (vec![], vec![reason]), "{lines}");
    }
}

#[test]
fn a_feed_may_mean_the_last_night_by_its_end() {
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    world.facts.end = EndMeaning::LastNight;
    world.sync(&calendar(
        &[event("a", "2027-02-01", "2027-02-03", "x"), event("b", "2027-02-05", "2027-02-05", "y")].concat(),
    ));
    assert_eq!(
        world.live().iter().map(|line| &line[..21]).collect::<Vec<_>>(),
        ["2027-02-01/2027-02-04", "2027-02-05/2027-02-06"]
    );
}

#[test]
fn four_hundred_years_are_clipped_and_do_not_move_daily() {
    let mut world = World::new(FeedChannel::BookingCom, "2027-01-04");
    let body = calendar(
        &[event("f", "2027-02-01", "2427-02-01", "CLOSED"), event("p", "1827-02-01", "2227-02-01", "CLOSED")].concat(),
    );
    let plan = world.sync(&body);
    let noted = plan.steps.iter().filter(|step| step.decision.outcome == Outcome::Noted);
    assert!(
        noted.count() == 2
            && matches!(&plan.steps[2].decision.reason, Reason::Clipped { until } if *until == date("2427-02-01"))
    );
    assert_eq!(world.live(), ["2026-01-01/2029-01-05 block", "2027-02-01/2030-02-05 block"]);
    world = world.on("2027-11-30");
    assert_eq!(world.sync(&body).actions().count(), 0);
}

#[test]
fn far_past_and_far_future_are_counted_not_imported() {
    let mut world = World::new(FeedChannel::Vrbo, "2027-01-04");
    let near = [event("a", "2026-02-01", "2026-02-05", "Reserved"), event("b", "2029-12-01", "2029-12-05", "Reserved")]
        .concat();
    let far = [event("c", "2020-02-01", "2020-02-05", "Reserved"), event("d", "2031-02-01", "2031-02-05", "Reserved")]
        .concat();
    let plan = world.sync(&calendar(&format!("{near}{far}")));
    assert_eq!((ignored(&plan), world.live().len()), (vec![Reason::OutsideWindow { count: 2 }], 2));
}

#[test]
fn a_missing_uid_gives_the_same_id_in_every_sync_and_another_in_another_feed() {
    let body = calendar(&event("x", "2027-02-01", "2027-02-05", "Guest").replace("UID:x\n", ""));
    let uid = |feed: u128| {
        let mut world = World::new(FeedChannel::Other, "2027-01-04");
        world.facts.id = FeedId::from_uuid(Uuid::from_u128(feed));
        world.sync(&body);
        world.nth(1).known.seen.uid.clone()
    };
    assert_eq!(uid(1), uid(1));
    assert_ne!(uid(1), uid(2));
}

#[test]
fn series_are_expanded_within_the_window() {
    for (lines, expected) in [
        (
            "DTSTART;VALUE=DATE:20270201\nDTEND;VALUE=DATE:20270203\nRRULE: FREQ=WEEKLY; COUNT=3;",
            vec!["2027-02-01/2027-02-03", "2027-02-08/2027-02-10", "2027-02-15/2027-02-17"],
        ),
        (
            "DTSTART;VALUE=DATE:20270201\nRRULE:FREQ=WEEKLY;UNTIL=20270215\nEXDATE;VALUE=DATE:20270208",
            vec!["2027-02-01/2027-02-02", "2027-02-15/2027-02-16"],
        ),
        (
            "DTSTART;VALUE=DATE:20270201\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH;COUNT=4\nEXDATE;VALUE=DATE:20270204,20270208",
            vec!["2027-02-01/2027-02-02", "2027-02-11/2027-02-12"],
        ),
        (
            "DTSTART:20270201T150000Z\nDTEND:20270203T100000Z\nRDATE;VALUE=PERIOD:20270301T150000Z/P2D",
            vec!["2027-02-01/2027-02-03", "2027-03-01/2027-03-03"],
        ),
        (
            "DTSTART;VALUE=DATE:20270201\nRDATE;VALUE=DATE:20270301,20270401",
            vec!["2027-02-01/2027-02-02", "2027-03-01/2027-03-02", "2027-04-01/2027-04-02"],
        ),
        (
            "DTSTART:20270201T220000Z\nDTEND:20270202T100000Z\nRRULE:freq=weekly;until=20270208T215959Z",
            vec!["2027-02-01/2027-02-02"],
        ),
        (
            "DTSTART:20270201T220000Z\nDTEND:20270202T100000Z\nRRULE:FREQ=WEEKLY;UNTIL=20270208T220000Z",
            vec!["2027-02-01/2027-02-02", "2027-02-08/2027-02-09"],
        ),
        (
            "DTSTART;TZID=America/New_York:20270201T220000\nDTEND;TZID=America/New_York:20270203T100000\nRRULE:FREQ=DAILY;INTERVAL=7;BYHOUR=22;UNTIL=20270209T030000Z\nEXDATE;TZID=America/New_York:20270201T220000",
            vec!["2027-02-09/2027-02-10"],
        ),
        (
            "DTSTART;VALUE=DATE:20270131\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3",
            vec!["2027-01-31/2027-02-01", "2027-02-28/2027-03-01", "2027-03-31/2027-04-01"],
        ),
        (
            "DTSTART;VALUE=DATE:20200104\nRRULE:FREQ=YEARLY",
            vec![
                "2026-01-04/2026-01-05",
                "2027-01-04/2027-01-05",
                "2028-01-04/2028-01-05",
                "2029-01-04/2029-01-05",
                "2030-01-04/2030-01-05",
            ],
        ),
    ] {
        let found = nights_of("UTC", lines);
        assert_eq!(found, (expected.into_iter().map(str::to_owned).collect(), vec![]), "{lines}");
    }
}

#[test]
fn an_occurrence_may_be_moved_or_called_off_and_keeps_its_stay() {
    let series = "BEGIN:VEVENT\nUID:s\nSUMMARY:Guest\nDTSTART;VALUE=DATE:20270201\nDTEND;VALUE=DATE:20270203\nRRULE:FREQ=WEEKLY;COUNT=3\nEND:VEVENT\n";
    let mut world = World::new(FeedChannel::Other, "2027-01-04");
    world.sync(&calendar(series));
    let moved = "BEGIN:VEVENT\nUID:s\nSUMMARY:Guest\nRECURRENCE-ID;VALUE=DATE:20270208\nDTSTART;VALUE=DATE:20270209\nDTEND;VALUE=DATE:20270212\nEND:VEVENT\n";
    let off = "BEGIN:VEVENT\nUID:s\nSUMMARY:Guest\nSTATUS:CANCELLED\nRECURRENCE-ID;VALUE=DATE:20270215\nDTSTART;VALUE=DATE:20270215\nDTEND;VALUE=DATE:20270217\nEND:VEVENT\n";
    let plan = world.sync(&calendar(&[off, series, moved].concat()));
    assert_eq!(outcomes(&plan), [Outcome::Kept, Outcome::Updated, Outcome::Cancelled]);
    assert_eq!(
        world.live(),
        ["2027-02-01/2027-02-03 reservation to review", "2027-02-09/2027-02-12 reservation to review"]
    );
    assert_eq!(world.rows.len(), 3);
}

#[test]
fn series_within_a_day_and_senseless_ones_are_refused_and_keep_their_stays() {
    for (rule, reason) in [
        ("FREQ=SECONDLY", Reason::RepeatsTooFast),
        ("FREQ=MINUTELY;INTERVAL=5", Reason::RepeatsTooFast),
        ("freq=hourly", Reason::RepeatsTooFast),
        ("FREQ=DAILY;BYHOUR=1,2;BYSECOND=1", Reason::RepeatsTooFast),
        ("FREQ=SOMETIMES", Reason::RepeatUnreadable),
        ("FREQ=DAILY;INTERVAL=-1", Reason::RepeatUnreadable),
        ("FREQ=DAILY;INTERVAL=0", Reason::RepeatUnreadable),
        ("FREQ=DAILY;COUNT=0", Reason::RepeatUnreadable),
        ("FREQ=DAILY;UNTIL=never", Reason::RepeatUnreadable),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", Reason::RepeatUnreadable),
        ("BYDAY=MO", Reason::RepeatUnreadable),
        ("nonsense", Reason::RepeatUnreadable),
    ] {
        let lines =
            |rule: &str| format!("BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20270201\nRRULE:{rule}\nEND:VEVENT\n");
        let mut world = World::new(FeedChannel::Other, "2027-01-04");
        world.sync(&calendar(&lines("FREQ=WEEKLY;COUNT=3")));
        for _ in 0..3 {
            let plan = world.sync(&calendar(&lines(rule)));
            assert_eq!(ignored(&plan).first(), Some(&reason), "{rule}");
        }
        assert_eq!(world.live().len(), 3, "{rule}");
    }
}

/// A zone that a calendar describes itself, an hour ahead of UTC and two in summer.
const OWN_ZONE: &str = "BEGIN:VTIMEZONE\nTZID:Own\nBEGIN:DAYLIGHT\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nDTSTART:20000326T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nBEGIN:STANDARD\nDTSTART:20001029T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n";

#[test]
fn a_zone_that_the_calendar_describes_is_believed_where_its_name_is_unknown() {
    let arrival = |zone: &str, start: &str| {
        let mut world = World::new(FeedChannel::Other, "2027-01-04");
        let event = format!("BEGIN:VEVENT\nUID:a\nDTSTART;TZID={start}\nDURATION:P2D\nEND:VEVENT");
        let plan = world.sync(&calendar(&[zone, &event].concat()));
        (world.nth(1).known.nights.check_in().to_string(), plan.warnings.len())
    };
    let fixed = "BEGIN:VTIMEZONE\nTZID:Own\nBEGIN:STANDARD\nTZOFFSETTO:-0330\nEND:STANDARD\nEND:VTIMEZONE\n";
    let placed = "BEGIN:VTIMEZONE\nTZID:Own\nX-LIC-LOCATION:Asia/Tokyo\nEND:VTIMEZONE\n";
    let ended = OWN_ZONE.replace("BYDAY=-1SU\nDTSTART", "BYDAY=-1SU;UNTIL=20101231T000000Z\nDTSTART");
    let once = "BEGIN:VTIMEZONE\nTZID:Own\nBEGIN:STANDARD\nDTSTART:20270101T000000\nTZOFFSETTO:+1200\nEND:STANDARD\nBEGIN:STANDARD\nDTSTART:20270701T000000\nTZOFFSETTO:+0000\nEND:STANDARD\nEND:VTIMEZONE\n";
    // The property is in UTC.
    for (zone, start, expected, warnings) in [
        (OWN_ZONE, "Own:20270215T003000", "2027-02-14", 0),
        (OWN_ZONE, "Own:20270215T013000", "2027-02-15", 0),
        (OWN_ZONE, "Own:20270715T013000", "2027-07-14", 0),
        (OWN_ZONE, "Own:20271031T013000", "2027-10-30", 0),
        (OWN_ZONE, "Own:20271101T013000", "2027-11-01", 0),
        (OWN_ZONE, "\"Own\":20270215T003000", "2027-02-14", 0),
        (&ended, "Own:20270715T013000", "2027-07-15", 0),
        (fixed, "Own:20270215T210000", "2027-02-16", 0),
        (placed, "Own:20270215T083000", "2027-02-14", 0),
        (once, "Own:20270215T113000", "2027-02-14", 0),
        (once, "Own:20270715T113000", "2027-07-15", 0),
        (OWN_ZONE, "Another:20270215T003000", "2027-02-15", 1),
        ("", "asia/tokyo:20270215T083000", "2027-02-14", 0),
        ("", "Tokyo Standard Time:20270215T083000", "2027-02-14", 0),
        // What is known everywhere is not described anew.
        (&OWN_ZONE.replace("TZID:Own", "TZID:Asia/Tokyo"), "Asia/Tokyo:20270215T083000", "2027-02-14", 0),
    ] {
        assert_eq!(arrival(zone, start), (expected.to_owned(), warnings), "{zone} {start}");
    }
}
