//! What is read, what is warned about, what is refused.

use super::{calendar, feed};
use crate::feeds::ical::{EventStatus, Length, MAX_BODY, MAX_EVENTS, MAX_LINE, Moment, Refusal, WarningKind, read};

fn date(text: &str) -> Moment {
    Moment::Date(text.parse().unwrap())
}

/// The one event of a calendar with these lines.
fn event(lines: &str) -> crate::feeds::ical::RawEvent {
    let calendar = read(&calendar(&format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT"))).unwrap();
    let [event] = calendar.events.as_slice() else { panic!("one event") };
    event.clone()
}

#[test]
fn airbnb_is_read_with_folded_description_and_odd_prodid() {
    let calendar = read(feed!("airbnb.ics")).unwrap();
    assert_eq!(calendar.prodid.as_deref(), Some("-//Airbnb Inc//Hosting Calendar 1.0//EN"));
    assert_eq!(calendar.warnings, []);
    let [first, second, block] = calendar.events.as_slice() else { panic!("three events") };
    assert_eq!((first.start, first.end), (Some(date("2027-01-04")), Some(date("2027-01-08"))));
    assert_eq!(
        &*first.description,
        "Reservation URL: https://www.airbnb.com/hosting/reservations/details/HMABCD1234\nPhone Number (Last 4 Digits): 4321"
    );
    assert_eq!(second.uid.as_deref(), Some("1418fb94e984-11aa22bb33cc44dd55ee66ff77889900@airbnb.com"));
    assert_eq!((&*block.summary, &*block.description), ("Airbnb (Not available)", ""));
}

#[test]
fn every_shared_feed_is_read_or_refused_as_it_should() {
    let counts = [
        (feed!("airbnb_moved.ics"), Ok(3)),
        (feed!("airbnb_reissued.ics"), Ok(3)),
        (feed!("airbnb_one_gone.ics"), Ok(2)),
        (feed!("airbnb_truncated.ics"), Err(Refusal::Truncated)),
        (feed!("vrbo.ics"), Ok(4)),
        (feed!("booking_com.ics"), Ok(2)),
        (feed!("booking_com_reissued.ics"), Ok(2)),
        (feed!("google_timed.ics"), Ok(3)),
        (feed!("odd_but_valid.ics"), Ok(4)),
        (feed!("empty_valid.ics"), Ok(0)),
        (feed!("not_a_calendar.html"), Err(Refusal::NotACalendar)),
    ];
    for (body, expected) in counts {
        assert_eq!(read(body).map(|calendar| calendar.events.len()), expected);
    }
}

#[test]
fn a_feed_cut_anywhere_is_never_taken_for_a_complete_one() {
    let whole = feed!("airbnb.ics");
    let complete = whole.trim_ascii_end().len();
    for end in 0..complete {
        let refusal = read(&whole[..end]).unwrap_err();
        assert!(matches!(refusal, Refusal::Truncated | Refusal::NotACalendar), "cut at {end}");
    }
    for end in complete..=whole.len() {
        assert_eq!(read(&whole[..end]).unwrap().events.len(), 3);
    }
}

#[test]
fn line_ends_case_order_and_parameters_do_not_matter() {
    let text = String::from_utf8(feed!("airbnb.ics").to_vec()).unwrap();
    let expected = read(text.as_bytes()).unwrap();
    for end in ["\n", "\r"] {
        assert_eq!(read(text.replace("\r\n", end).as_bytes()).unwrap(), expected);
    }
    assert_eq!(read(text.replace("\r\n ", "\r\n\t").as_bytes()).unwrap(), expected);
    assert_eq!(read(format!("\u{feff}\r\n{text}\r\n\r\n").as_bytes()).unwrap(), expected);
    let odd = event(
        "summary;language=en:Reserved\\, two\\; three\\\\\\nfour\ndtstart;x-a=\"b:c;d\";value=date:20270104\nUid; X=1:a@b",
    );
    assert_eq!(&*odd.summary, "Reserved, two; three\\\nfour");
    assert_eq!((odd.start, odd.uid.as_deref()), (Some(date("2027-01-04")), Some("a@b")));
}

#[test]
fn other_components_and_alarms_are_passed_over() {
    let calendar = read(&calendar(
        "BEGIN:VTIMEZONE\nTZID:Europe/Paris\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nEND:VTIMEZONE\n\
         BEGIN:VTODO\nUID:todo\nSUMMARY:No\nEND:VTODO\nBEGIN:VFREEBUSY\nFREEBUSY:20270101T000000Z/P3D\nEND:VFREEBUSY\n\
         BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20270104\nBEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT5M\nSUMMARY:Alarm\nDESCRIPTION:Alarm\nEND:VALARM\nSUMMARY:Guest\nEND:VEVENT",
    ))
    .unwrap();
    let [event] = calendar.events.as_slice() else { panic!("one event") };
    assert_eq!((&*event.summary, &*event.description, event.duration), ("Guest", "", None));
}

#[test]
fn several_calendars_in_one_answer_are_one() {
    let mut body = feed!("airbnb.ics").to_vec();
    body.extend_from_slice(feed!("vrbo.ics"));
    assert_eq!(read(&body).unwrap().events.len(), 7);
    body.extend_from_slice(b"<!-- cached -->\n");
    let calendar = read(&body).unwrap();
    assert_eq!((calendar.events.len(), calendar.warnings[0].kind), (7, WarningKind::TextAfterEnd));
    body.extend_from_slice(b"BEGIN:VCALENDAR\n");
    assert_eq!(read(&body), Err(Refusal::Truncated));
}

#[test]
fn moments_are_read_in_every_form() {
    let start = |line: &str| event(line).start.map(|moment| format!("{moment:?}"));
    for (line, expected) in [
        ("DTSTART:20270316T230000Z", "At(2027-03-16T23:00:00Z)"),
        ("DTSTART;VALUE=DATE-TIME:20270316T2300Z", "At(2027-03-16T23:00:00Z)"),
        ("DTSTART;TZID=Europe/Paris:20270316T150000", "Zoned(2027-03-16T15:00:00, Europe/Paris)"),
        ("DTSTART;TZID=\"Europe/Paris\":20270316T150000", "Zoned(2027-03-16T15:00:00, Europe/Paris)"),
        (
            "DTSTART;TZID=/citadel.org/20210210_1/Europe/Paris:20270316T150000",
            "Zoned(2027-03-16T15:00:00, Europe/Paris)",
        ),
        ("DTSTART;TZID=Romance Standard Time:20270316T150000", "Zoned(2027-03-16T15:00:00, Europe/Paris)"),
        ("DTSTART;TZID=Atlantis:20270316T150000", "Floating(2027-03-16T15:00:00)"),
        ("DTSTART:20270316T150000", "Floating(2027-03-16T15:00:00)"),
        ("DTSTART:20270316", "Date(2027-03-16)"),
        ("DTSTART;VALUE=DATE:20270316T000000Z", "Date(2027-03-16)"),
        ("DTSTART:2027-03-16", "Date(2027-03-16)"),
        ("DTSTART:2027-03-16T15:00:00+02:00", "At(2027-03-16T13:00:00Z)"),
        ("DTSTART:20270316T240000", "Floating(2027-03-17T00:00:00)"),
        ("DTSTART;TZID=GMT+02:00:20270316T150000", "Floating(2027-03-16T15:00:00)"),
        ("DTSTART;X-A=\"b:c\",d;VALUE=DATE:20270316", "Date(2027-03-16)"),
    ] {
        assert_eq!(start(line).as_deref(), Some(expected), "{line}");
    }
    for bad in
        ["DTSTART:tomorrow", "DTSTART:20271301", "DTSTART:20270101T990000", "DTSTART;VALUE=DATE:", "DTSTART:٢٠٢٧٠١٠١"]
    {
        let event = event(bad);
        assert!(event.start.is_none() && event.unreadable, "{bad}");
    }
}

#[test]
fn lengths_are_read() {
    let length =
        |text: &str| event(&format!("DURATION:{text}")).duration.map(|Length { days, seconds }| (days, seconds));
    assert_eq!(length("P4D"), Some((4, 0)));
    assert_eq!(length("P1W"), Some((7, 0)));
    assert_eq!(length("p1dt2h30m"), Some((1, 9_000)));
    assert_eq!(length("-P1D"), Some((-1, 0)));
    for bad in ["P", "4D", "P4", "PD", "P4H", "P99999999999999999999D", "PT-1H", ""] {
        assert_eq!(length(bad), None, "{bad}");
    }
}

#[test]
fn one_bad_line_costs_that_line_and_is_reported() {
    let body = calendar(
        "BEGIN:VEVENT\nUID:bad\nDTSTART:whenever\nEND:VEVENT\nBEGIN:VEVENT\nUID:good\nno colon here\n:::\n;;;\nX-JUNK;=:\"\nDTSTART;VALUE=DATE:20270104\nSTATUS:Tentative\nEND:VEVENT",
    );
    let calendar = read(&body).unwrap();
    let [bad, good] = calendar.events.as_slice() else { panic!("two events") };
    assert!(bad.unreadable && !good.unreadable);
    assert_eq!((good.start, good.status), (Some(date("2027-01-04")), EventStatus::Tentative));
    assert_eq!((calendar.warnings.len(), calendar.warnings[0].line, &*calendar.warnings[0].name), (1, 6, "DTSTART"));
}

#[test]
fn bytes_that_are_not_utf8_and_characters_cut_by_folding_are_read() {
    let mut body =
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:R\xE9serv\xE9e\nDESCRIPTION:Zo\xC3\n \xAB\nEND:VEVENT\nEND:VCALENDAR"
            .to_vec();
    let calendar = read(&body).unwrap();
    assert_eq!((&*calendar.events[0].summary, &*calendar.events[0].description), ("Réservée", "Zoë"));
    body.insert(30, 0);
    assert!(read(&body).is_ok());
}

#[test]
fn limits_refuse_clearly_and_quickly() {
    assert_eq!(read(&vec![b'\n'; MAX_BODY + 1]), Err(Refusal::TooLarge));
    let hundred_thousand = calendar(&"BEGIN:VEVENT\nDTSTART:20270104\nEND:VEVENT\n".repeat(100_000));
    assert!(hundred_thousand.len() < MAX_BODY && MAX_EVENTS < 100_000);
    assert_eq!(read(&hundred_thousand), Err(Refusal::TooManyEvents));
    assert_eq!(read(&calendar(&"BEGIN:X\n".repeat(100_000))), Err(Refusal::TooDeep));

    let folded = format!("BEGIN:VEVENT\nUID:a\nDESCRIPTION:{}\nDTSTART:20270104\nEND:VEVENT", "x\n ".repeat(1_000_000));
    let calendar_read = read(&calendar(&folded)).unwrap();
    assert_eq!((&*calendar_read.events[0].description, calendar_read.warnings[0].kind), ("", WarningKind::LongLine));
    assert_eq!(calendar_read.events[0].start, Some(date("2027-01-04")));
    let just_fits = "x".repeat(MAX_LINE - "DESCRIPTION:".len());
    assert_eq!(event(&format!("DESCRIPTION:{just_fits}")).description.len(), just_fits.len());
}

#[test]
fn what_only_mentions_a_calendar_is_none() {
    for body in [
        &b""[..],
        b"\r\n\r\n",
        b"<p>BEGIN:VCALENDAR</p>\nBEGIN:VCALENDAR\nEND:VCALENDAR",
        b"BEGIN:VEVENT\nEND:VEVENT",
        b"END:VCALENDAR",
        b"{}",
    ] {
        assert_eq!(read(body), Err(Refusal::NotACalendar));
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_break_the_reader(body: Vec<u8>) {
        let _ = read(&body);
    }

    #[test]
    fn no_lines_break_the_reader(lines in "((BEGIN|END):(VCALENDAR|VEVENT|VALARM)\n|(DTSTART|DTEND|UID|RRULE|DURATION)(;[A-Z]{1,5}(=[a-zA-Z\":]{0,4})?){0,2}:?[ -~é]{0,20}\n ?){0,40}") {
        let _ = read(lines.as_bytes());
        let _ = read(&calendar(&lines));
    }
}
