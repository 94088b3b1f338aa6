//! Reading: the bytes of an answer become a [`Calendar`], or a [`Refusal`] that changes nothing.
//!
//! The stream is cut into components here, line by line, and the `icalendar` crate parses each property that matters.
//! So one bad line costs that line, not the feed, and memory stays near the size of the answer. What is not balanced is
//! not complete: a `BEGIN` without its `END` refuses the whole answer.

mod lines;
mod own_zone;
mod values;
mod zones;

use std::{fmt, rc::Rc};

use icalendar::parser::Property;
use kernel::text_enum;
use serde::{Deserialize, Serialize};

use lines::{Line, Lines};
use own_zone::OwnZone;
pub use values::{Length, Moment};

/// The largest answer that is read, in bytes.
pub const MAX_BODY: usize = 5 * 1024 * 1024;
/// The most events of one answer. A unit let by the night for three years ahead has about 1,100.
pub const MAX_EVENTS: usize = 50_000;
/// The longest unfolded line that is read, in bytes; a longer one is left out with a warning.
pub const MAX_LINE: usize = 32 * 1024;
/// Zones that an answer may describe.
const MAX_ZONES: usize = 20;
/// How deep components may nest. Real calendars need three.
const MAX_DEPTH: usize = 16;
/// The most warnings that are kept.
const MAX_WARNINGS: usize = 100;

text_enum! {
    /// Why an answer is not used at all. The last good state stays, and no night becomes free.
    pub enum Refusal {
        /// It does not begin as a calendar: a sign-in page, an error page, nothing.
        NotACalendar = "not_a_calendar",
        /// A component is not closed: the download stopped early.
        Truncated = "truncated",
        /// Larger than [`MAX_BODY`].
        TooLarge = "too_large",
        /// More events than [`MAX_EVENTS`].
        TooManyEvents = "too_many_events",
        /// Components nest too deep.
        TooDeep = "too_deep",
    }
}

impl std::error::Error for Refusal {}

/// A complete answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Who wrote it, as `PRODID` says.
    pub prodid: Option<Box<str>>,
    /// Its events in the order of the text.
    pub events: Vec<RawEvent>,
    /// What could not be read: the first of each kind and name, at most a hundred.
    pub warnings: Vec<Warning>,
}

/// One `VEVENT`, as written.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RawEvent {
    /// `UID`, trimmed, never empty.
    pub uid: Option<Box<str>>,
    /// `SUMMARY`, unescaped.
    pub summary: Box<str>,
    /// `DESCRIPTION`, unescaped.
    pub description: Box<str>,
    /// `URL`.
    pub url: Box<str>,
    /// `DTSTART`.
    pub start: Option<Moment>,
    /// `DTEND`.
    pub end: Option<Moment>,
    /// `DURATION`.
    pub duration: Option<Length>,
    /// `RRULE`, `RDATE`, `EXDATE`, where there are any.
    pub repeats: Option<Box<Repeats>>,
    /// `RECURRENCE-ID`: which occurrence of its series this event replaces.
    pub recurrence_id: Option<Moment>,
    /// `STATUS`.
    pub status: EventStatus,
    /// `SEQUENCE`: the revision, 0 when absent.
    pub sequence: u32,
    /// `LAST-MODIFIED`, else `DTSTAMP`, as written; only compared.
    pub stamp: Box<str>,
    /// A date or length that is there but cannot be read: then nothing is known about the nights.
    pub unreadable: bool,
}

impl fmt::Debug for RawEvent {
    /// Without texts: they may hold names and telephone numbers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawEvent").field("start", &self.start).field("end", &self.end).finish_non_exhaustive()
    }
}

/// How an event repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repeats {
    /// `RRULE` as written; more than one is allowed and rare.
    pub rules: Vec<Box<str>>,
    /// `RDATE`: further starts.
    pub extra: Vec<Moment>,
    /// `EXDATE`: starts left out.
    pub except: Vec<Moment>,
}

/// `STATUS` of an event.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EventStatus {
    /// Confirmed, absent, or a word we do not know.
    #[default]
    Confirmed,
    /// Not agreed yet.
    Tentative,
    /// Called off.
    Cancelled,
}

text_enum! {
    /// What a [`Warning`] is about.
    pub enum WarningKind {
        /// A property of an event that cannot be read; its value is left out.
        BadProperty = "bad_property",
        /// A line longer than [`MAX_LINE`]; it is left out.
        LongLine = "long_line",
        /// A zone that is not known: its times are read as local to the property.
        UnknownZone = "unknown_zone",
        /// Text after the end of the calendar.
        TextAfterEnd = "text_after_end",
    }
}

/// Something in a complete answer that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What it is about.
    pub kind: WarningKind,
    /// The line of the text, from 1.
    pub line: u32,
    /// The property's or zone's name, at most 64 characters.
    pub name: Box<str>,
}

/// Reads an answer.
///
/// # Errors
/// A [`Refusal`] when the answer is not a complete calendar within the limits.
pub fn read(body: &[u8]) -> Result<Calendar, Refusal> {
    if body.len() > MAX_BODY {
        return Err(Refusal::TooLarge);
    }
    let mut reader = Reader::default();
    for line in Lines::new(body) {
        reader.line(&line)?;
    }
    if !reader.open.is_empty() {
        return Err(Refusal::Truncated);
    }
    if !reader.complete {
        return Err(Refusal::NotACalendar);
    }
    Ok(reader.calendar)
}

#[derive(Default)]
struct Reader {
    calendar: Calendar,
    /// The components that are open, outermost first, in upper case.
    open: Vec<Box<str>>,
    event: RawEvent,
    /// The zone that is described, and those that were.
    zone: OwnZone,
    zones: Vec<Rc<OwnZone>>,
    /// How many events came before this calendar, and whether it calls its own off.
    before: usize,
    calls_off: bool,
    complete: bool,
}

impl Reader {
    fn line(&mut self, line: &Line<'_>) -> Result<(), Refusal> {
        if line.too_long {
            // Its beginning may have been anything, even a boundary, but no writer makes such a line.
            self.warn(WarningKind::LongLine, line.number, line.text.split([':', ';']).next().unwrap_or_default());
            return Ok(());
        }
        if let Some(name) = boundary(&line.text, "BEGIN:") {
            return self.begin(&name);
        }
        if let Some(name) = boundary(&line.text, "END:") {
            return self.end(&name);
        }
        match self.open.as_slice() {
            [] if self.complete => self.warn(WarningKind::TextAfterEnd, line.number, ""),
            [] => return Err(Refusal::NotACalendar),
            [calendar] if **calendar == *"VCALENDAR" => self.calendar_property(line),
            [calendar, event] if **calendar == *"VCALENDAR" && **event == *"VEVENT" => self.event_property(line),
            [_, zone, inside @ ..] if **zone == *"VTIMEZONE" => {
                if let Ok(property) = Property::try_from(&*line.text) {
                    if inside.is_empty() { self.zone.take(&property) } else { self.zone.take_turn(&property) }
                }
            }
            // VTODO, VFREEBUSY, alarms inside events: nothing there is about nights.
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, name: &str) -> Result<(), Refusal> {
        if self.open.is_empty() && name != "VCALENDAR" {
            // After a whole calendar only another one may begin: an event there would be lost, and its stay taken for gone.
            return Err(if self.complete { Refusal::Truncated } else { Refusal::NotACalendar });
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(Refusal::TooDeep);
        }
        self.open.push(name.into());
        match (name, self.open.len()) {
            (_, 1) => (self.before, self.calls_off) = (self.calendar.events.len(), false),
            ("VEVENT", 2) if self.calendar.events.len() >= MAX_EVENTS => return Err(Refusal::TooManyEvents),
            ("VEVENT", 2) => self.event = RawEvent::default(),
            ("VTIMEZONE", 2) => self.zone = OwnZone::default(),
            ("STANDARD" | "DAYLIGHT", 3) => self.zone.turn(),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match self.open.pop() {
            Some(open) if *open == *name => {}
            // Another component ends than the one that is open: a part is missing in between.
            Some(_) => return Err(Refusal::Truncated),
            None if self.complete => return Ok(()),
            None => return Err(Refusal::NotACalendar),
        }
        match (name, self.open.len()) {
            (_, 0) => {
                self.complete = true;
                if self.calls_off {
                    let own = self.calendar.events.iter_mut().skip(self.before);
                    own.for_each(|event| event.status = EventStatus::Cancelled);
                }
            }
            ("VEVENT", 1) => self.calendar.events.push(std::mem::take(&mut self.event)),
            ("VTIMEZONE", 1) if self.zones.len() < MAX_ZONES => {
                self.zones.push(Rc::new(std::mem::take(&mut self.zone)));
            }
            _ => {}
        }
        Ok(())
    }

    fn calendar_property(&mut self, line: &Line<'_>) {
        let Ok(property) = Property::try_from(&*line.text) else { return };
        let value = property.val.as_str().trim();
        match &*property.name.as_str().to_ascii_uppercase() {
            "PRODID" => self.calendar.prodid = Some(value.into()),
            // It withdraws the events that it lists (RFC 5546), and need not say so at each.
            "METHOD" => self.calls_off = value.eq_ignore_ascii_case("CANCEL"),
            _ => {}
        }
    }

    fn event_property(&mut self, line: &Line<'_>) {
        let Some(name) = known(name_of(&line.text)) else { return };
        // The library unescapes by the name of the property, which it wants in upper case.
        let rest = line.text.get(name.len()..).unwrap_or_default();
        let upper;
        let text: &str = if line.text.starts_with(name) && !rest.starts_with(' ') {
            &line.text
        } else {
            upper = format!("{name}{}", rest.trim_start());
            &upper
        };
        if self.take_text(name, text, line.number) {
            return;
        }
        if matters_for_nights(name) {
            // Parameters that are not quoted as they should be, `TZID=GMT+02:00`, hide where the value begins.
            let value = text.rsplit(':').next().unwrap_or_default();
            if self.take_text(name, &format!("{name}:{value}"), line.number) {
                return;
            }
            self.event.unreadable = true;
        }
        self.warn(WarningKind::BadProperty, line.number, name);
    }

    fn take_text(&mut self, name: &str, text: &str, line: u32) -> bool {
        Property::try_from(text).is_ok_and(|property| self.take(name, &property, line))
    }

    /// Takes one property into the open event; false when its value makes no sense.
    fn take(&mut self, name: &str, property: &Property<'_>, line: u32) -> bool {
        let value = property.val.as_str().trim();
        match name {
            "UID" => self.event.uid = (!value.is_empty()).then(|| value.into()),
            "SUMMARY" => self.event.summary = value.into(),
            "DESCRIPTION" => self.event.description = value.into(),
            "URL" => self.event.url = value.into(),
            "STATUS" if value.eq_ignore_ascii_case("CANCELLED") => self.event.status = EventStatus::Cancelled,
            "STATUS" if value.eq_ignore_ascii_case("CANCELED") => self.event.status = EventStatus::Cancelled,
            "STATUS" if value.eq_ignore_ascii_case("TENTATIVE") => self.event.status = EventStatus::Tentative,
            "STATUS" => {}
            "SEQUENCE" => match value.parse() {
                Ok(sequence) => self.event.sequence = sequence,
                Err(_) => return false,
            },
            "LAST-MODIFIED" => self.event.stamp = value.into(),
            "DTSTAMP" if self.event.stamp.is_empty() => self.event.stamp = value.into(),
            "DTSTAMP" => {}
            "RRULE" => self.repeats().rules.push(value.into()),
            "DURATION" => match values::length(value) {
                Some(length) => self.event.duration = Some(length),
                None => return false,
            },
            _ => return self.take_moments(name, property, line),
        }
        true
    }

    fn take_moments(&mut self, name: &str, property: &Property<'_>, line: u32) -> bool {
        let zone = values::zone_of(property, &self.zones);
        if let Some(values::NamedZone::Unknown(name)) = &zone {
            self.warn(WarningKind::UnknownZone, line, name);
        }
        let mut good = true;
        for value in property.val.as_str().split(',') {
            let Some(moment) = values::moment(value, property, zone.as_ref()) else {
                good = false;
                continue;
            };
            match name {
                "DTSTART" => self.event.start = Some(moment),
                "DTEND" => self.event.end = Some(moment),
                "RECURRENCE-ID" => self.event.recurrence_id = Some(moment),
                "RDATE" => self.repeats().extra.push(moment),
                _ => self.repeats().except.push(moment),
            }
        }
        good
    }

    fn repeats(&mut self) -> &mut Repeats {
        self.event.repeats.get_or_insert_default()
    }

    fn warn(&mut self, kind: WarningKind, line: u32, name: &str) {
        let name: Box<str> = name.chars().take(64).collect();
        let warnings = &mut self.calendar.warnings;
        if warnings.len() < MAX_WARNINGS && !warnings.iter().any(|known| known.kind == kind && known.name == name) {
            warnings.push(Warning { kind, line, name });
        }
    }
}

/// The component that a `BEGIN:` or `END:` line names, in upper case.
fn boundary(line: &str, prefix: &str) -> Option<String> {
    // Files that were joined have a mark of their encoding in the middle.
    let (head, name) = line.trim_start_matches('\u{feff}').split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| name.trim().to_ascii_uppercase())
}

/// The name of the property on a line.
fn name_of(line: &str) -> &str {
    line.split([':', ';']).next().unwrap_or_default().trim_end()
}

/// The properties of an event that are read, by their upper-case name.
fn known(name: &str) -> Option<&'static str> {
    const NAMES: [&str; 15] = [
        "UID",
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DESCRIPTION",
        "DTSTAMP",
        "STATUS",
        "URL",
        "DURATION",
        "SEQUENCE",
        "LAST-MODIFIED",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
    ];
    NAMES.into_iter().find(|known| known.eq_ignore_ascii_case(name))
}

/// Whether an event must not be believed when this property cannot be read.
fn matters_for_nights(name: &str) -> bool {
    matches!(name, "DTSTART" | "DTEND" | "DURATION" | "RECURRENCE-ID")
}
