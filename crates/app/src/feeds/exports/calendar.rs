//! Writing calendars as RFC 5545 wants them: CRLF, lines of at most 75 octets, dates without a time.

use http::{HeaderMap, HeaderName, HeaderValue, header};
use kernel::{Date, Instant};

/// The longest line, in octets, without its end.
const MOST_OCTETS: usize = 75;

/// One event of whole days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event<'a> {
    /// Its id, the same for as long as it exists.
    pub(crate) uid: String,
    /// When it was last changed.
    pub(crate) stamp: Instant,
    /// Its first day.
    pub(crate) from: Date,
    /// The day after its last.
    pub(crate) until: Date,
    /// Its title.
    pub(crate) summary: &'a str,
    /// More about it; may be empty.
    pub(crate) description: &'a str,
}

/// A calendar that is being written.
#[derive(Debug)]
pub(crate) struct CalendarText(String);

impl CalendarText {
    /// A calendar with this name, which may be empty.
    pub(crate) fn new(name: &str) -> Self {
        let mut calendar = Self(String::with_capacity(4_096));
        for (property, value) in [
            ("BEGIN", "VCALENDAR"),
            ("VERSION", "2.0"),
            ("PRODID", "-//landlord//calendars 1//EN"),
            ("CALSCALE", "GREGORIAN"),
            ("METHOD", "PUBLISH"),
        ] {
            calendar.line(property, value);
        }
        if !name.is_empty() {
            calendar.line("X-WR-CALNAME", &escaped(name));
        }
        calendar
    }

    /// Adds an event.
    pub(crate) fn event(&mut self, event: &Event<'_>) {
        let day = |date: Date| date.format("%Y%m%d").to_string();
        self.line("BEGIN", "VEVENT");
        self.line("UID", &escaped(&event.uid));
        self.line("DTSTAMP", &event.stamp.format("%Y%m%dT%H%M%SZ").to_string());
        self.line("DTSTART;VALUE=DATE", &day(event.from));
        self.line("DTEND;VALUE=DATE", &day(event.until));
        self.line("SUMMARY", &escaped(event.summary));
        if !event.description.is_empty() {
            self.line("DESCRIPTION", &escaped(event.description));
        }
        self.line("END", "VEVENT");
    }

    /// The whole text.
    pub(crate) fn finish(mut self) -> String {
        self.line("END", "VCALENDAR");
        self.0
    }

    /// A line, folded between characters.
    fn line(&mut self, property: &str, value: &str) {
        let mut room = MOST_OCTETS;
        for c in property.chars().chain([':']).chain(value.chars()) {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = MOST_OCTETS - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text as a value. Control characters, which no value may have, are left out.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => value.push_str("\\n"),
            '\\' | ';' | ',' => value.extend(['\\', c]),
            c if c.is_control() => {}
            c => value.push(c),
        }
    }
    value
}

/// What an answer with a calendar says of itself: a file for programs, in no search engine.
pub(crate) fn headers(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"calendar.ics\""),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
