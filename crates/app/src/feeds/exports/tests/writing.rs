//! The writer against the reader.

use kernel::{Instant, Zone};
use proptest::prelude::*;

use crate::feeds::{
    exports::calendar::{CalendarText, Event},
    ical,
};

fn written(uid: &str, summary: &str, description: &str) -> String {
    let mut calendar = CalendarText::new("Casa, “azul”; sur");
    calendar.event(&Event {
        uid: uid.to_owned(),
        stamp: "2027-01-04T09:00:07Z".parse::<Instant>().unwrap(),
        from: "2027-01-08".parse().unwrap(),
        until: "2027-01-12".parse().unwrap(),
        summary,
        description,
    });
    calendar.finish()
}

#[test]
fn an_event_is_written_as_the_standard_wants_it() {
    assert_eq!(
        written("a@b", "Not available", "").split("\r\n").collect::<Vec<_>>(),
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//landlord//calendars 1//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "X-WR-CALNAME:Casa\\, “azul”\\; sur",
            "BEGIN:VEVENT",
            "UID:a@b",
            "DTSTAMP:20270104T090007Z",
            "DTSTART;VALUE=DATE:20270108",
            "DTEND;VALUE=DATE:20270112",
            "SUMMARY:Not available",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    );
}

proptest! {
    /// Whatever the texts are, the lines are short, whole characters stay whole, and our own reader finds the same texts.
    #[test]
    fn what_is_written_is_read_back(summary in "\\PC{0,200}", more in "(\\PC|\n){0,300}", uid in "[a-z0-9,;\\\\-]{1,120}") {
        let text = written(&uid, &summary, &more);
        for line in text.split("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets: {line}", line.len());
            prop_assert!(!line.contains(['\r', '\n']));
        }
        let calendar = ical::read(text.as_bytes()).unwrap();
        prop_assert!(calendar.warnings.is_empty(), "{:?}", calendar.warnings);
        let [event] = calendar.events.as_slice() else { panic!("one event") };
        let plain = |text: &str| text.trim().to_owned();
        prop_assert_eq!(plain(&event.summary), plain(&summary));
        prop_assert_eq!(plain(&event.description), plain(&more));
        prop_assert_eq!(event.uid.as_deref(), Some(uid.trim()));
        prop_assert_eq!(event.start.unwrap().date_in(Zone::UTC).to_string(), "2027-01-08");
        prop_assert_eq!(event.end.unwrap().date_in(Zone::UTC).to_string(), "2027-01-12");
    }
}
