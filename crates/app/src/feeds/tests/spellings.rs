//! One feed as different writers spell it.

use super::*;
use crate::feeds::ical::Refusal;

/// Each line folded after so many bytes, inside of characters too.
fn folded(text: &str, after: usize) -> Vec<u8> {
    let lines = text.replace("\r\n ", "");
    let fold =
        |line: &str| [line.as_bytes().chunks(after).collect::<Vec<_>>().join(&b"\r\n "[..]), b"\r\n".to_vec()].concat();
    lines.split_terminator("\r\n").flat_map(fold).collect()
}

/// Names of properties and components in lower case.
fn lower_case(text: &str) -> String {
    let lines = text.replace("\r\n ", "");
    let lower = |line: &str| {
        let value = if line.starts_with("BEGIN") || line.starts_with("END") {
            line.len()
        } else {
            line.find([':', ';']).unwrap()
        };
        format!("{}{}\r\n", line[..value].to_lowercase(), &line[value..])
    };
    lines.split_terminator("\r\n").map(lower).collect()
}

#[test]
fn the_spelling_changes_nothing() {
    let joined = "END:VEVENT\r\nEND:VCALENDAR\r\n\u{feff}BEGIN:VCALENDAR\r\n";
    let alarm = "BEGIN:VALARM\r\nTRIGGER:-PT1H\r\nDTSTART:20200101\r\nSUMMARY:Wake up\r\nEND:VALARM\r\nEND:VEVENT";
    // Names that are not ASCII; codes in folded lines.
    for feed in [feed!("vrbo.ics"), feed!("airbnb.ics")] {
        let text = String::from_utf8(feed.to_vec()).unwrap();
        let expected = read(feed).unwrap();
        let swapped = |from: &str, to: &str| text.replace(from, to).into_bytes();
        for (how, body) in [
            ("folded", folded(&text, 20)),
            ("folded after each byte", folded(&text, 1)),
            ("folded with tabs", swapped("\r\n ", "\r\n\t")),
            ("lower case", lower_case(&text).into_bytes()),
            ("CRCRLF", swapped("\r\n", "\r\r\n")),
            ("spaces at the ends", swapped("\r\nSUMMARY", " \r\nSUMMARY")),
            ("blank lines", swapped("\r\nUID", "\r\n\r\n\r\nUID")),
            ("quoted parameters", swapped("VALUE=DATE", "X-A=\"a;b:c,d\";VALUE=\"DATE\"")),
            ("parameters on texts", swapped("SUMMARY:", "SUMMARY;LANGUAGE=fr;ALTREP=\"https://a.example/?b;c\":")),
            ("spaces before values", swapped("UID:", "UID : ")),
            ("no types", swapped(";VALUE=DATE", "")),
            ("unknown properties", swapped("END:VEVENT", "X-A;X-B=c:d\r\nTRANSP:OPAQUE\r\nEND:VEVENT")),
            ("alarms", swapped("END:VEVENT", alarm)),
            ("several calendars", text.replacen("END:VEVENT\r\n", joined, 1).into_bytes()),
        ] {
            let calendar = read(&body).unwrap_or_else(|refusal| panic!("{how}: {refusal}"));
            assert_eq!((calendar.events.len(), calendar.warnings), (expected.events.len(), vec![]), "{how}");
            for (event, expected) in calendar.events.iter().zip(&expected.events) {
                assert!(
                    event == expected,
                    "{how}: {event:?} {} is not {expected:?} {}",
                    event.summary,
                    expected.summary
                );
            }
        }
    }
}

#[test]
fn what_lacks_a_piece_is_refused() {
    let text = String::from_utf8(feed!("airbnb.ics").to_vec()).unwrap();
    let without = |part: &str| text.replacen(part, "", 1);
    for (how, body, refusal) in [
        ("no end", without("END:VCALENDAR\r\n"), Refusal::Truncated),
        ("half an end", text.replace("END:VCALENDAR", "END:VCAL"), Refusal::Truncated),
        ("an event without its end", without("END:VEVENT\r\n"), Refusal::Truncated),
        ("an event without its beginning", without("BEGIN:VEVENT\r\n"), Refusal::Truncated),
        ("no beginning", without("BEGIN:VCALENDAR\r\n"), Refusal::NotACalendar),
        ("a second calendar cut off", format!("{text}BEGIN:VCALENDAR\r\nVERSION:2.0"), Refusal::Truncated),
        ("cut in its first line", format!("{text}BEGIN:VCAL"), Refusal::Truncated),
        ("events after the end", format!("{text}BEGIN:VEVENT\r\nEND:VEVENT\r\n"), Refusal::Truncated),
        ("a page around it", format!("<pre>\r\n{text}</pre>"), Refusal::NotACalendar),
        ("an error", "{\"error\":\"BEGIN:VCALENDAR\"}".to_owned(), Refusal::NotACalendar),
    ] {
        assert_eq!(read(body.as_bytes()), Err(refusal), "{how}");
    }
}

#[test]
fn texts_are_unescaped_in_every_form() {
    for (written, meant) in [
        ("a\\, b\\; c\\\\d\\ne\\Nf", "a, b; c\\d e f"),
        ("C:\\\\next", "C:\\next"),
        ("\u{1f3d6}\u{fe0f} Zoë \u{1f469}\u{200d}\u{1f373}", "\u{1f3d6}\u{fe0f} Zoë \u{1f469}\u{200d}\u{1f373}"),
        ("&amp; <b>bold</b> \"quoted\"", "&amp; <b>bold</b> \"quoted\""),
        ("trailing\\", "trailing\\"),
    ] {
        let mut world = World::new(FeedChannel::Other, "2027-01-04");
        world.sync(&calendar(&event("a", "2027-02-01", "2027-02-05", written)));
        assert_eq!(&*world.nth(1).known.seen.summary, meant);
    }
}
