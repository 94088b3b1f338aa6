//! What the words of an event mean, by channel.

use kernel::fold;

use super::ical::{EventStatus, RawEvent};
use super::model::{Class, FeedChannel, Kind};

/// "Reserved" as the channels' national sites write it, folded.
const RESERVED: &[&str] = &[
    "booked",
    "booking",
    "reserved",
    "reservation",
    "belegt",
    "bokad",
    "bokat",
    "buchung",
    "gebucht",
    "gereserveerd",
    "prenotata",
    "prenotato",
    "rezervace",
    "rezerwacja",
    "reserva",
    "reservada",
    "reservado",
    "reserve",
    "reservee",
    "reserverad",
    "reserveret",
    "reservert",
    "reserviert",
    "riservata",
    "riservato",
    "varattu",
    "zarezerwowane",
];
/// "Blocked" and "not available".
const BLOCKED: &[&str] = &[
    "blocked",
    "not available",
    "unavailable",
    "blocage",
    "blockerad",
    "blockiert",
    "bloccata",
    "bloccato",
    "blokeret",
    "blokkert",
    "bloqueada",
    "bloqueado",
    "bloque",
    "bloquee",
    "estetty",
    "ej tillganglig",
    "geblokkeerd",
    "gesperrt",
    "ikke tilgængelig",
    "ikke tilgjengelig",
    "indisponible",
    "indisponivel",
    "nao disponivel",
    "nicht verfugbar",
    "niedostepne",
    "niet beschikbaar",
    "no disponible",
    "non disponibile",
    "non disponible",
    "zablokowane",
];
/// "Tentative", "provisional".
const TENTATIVE: &[&str] = &[
    "tentative",
    "pending",
    "provisional",
    "alustava",
    "foreløbig",
    "pendiente",
    "preliminar",
    "preliminart",
    "provisoire",
    "provisoria",
    "provisorio",
    "provisorisch",
    "provvisoria",
    "provvisorio",
    "voorlopig",
    "vorlaufig",
    "wstepna",
];

/// What an event's words say.
pub(super) struct Words {
    /// `None`: it is about a stay, but is none (a check-in reminder).
    pub(super) class: Option<Class>,
    pub(super) code: Option<Box<str>>,
    pub(super) phone_last4: Option<Box<str>>,
    pub(super) guest_name: Option<Box<str>>,
}

/// Reads the words of an event.
pub(super) fn classify(channel: FeedChannel, default_kind: Kind, event: &RawEvent) -> Words {
    let title = Title::new(&event.summary);
    let code = code_in_address(event).or_else(|| (channel == FeedChannel::Airbnb).then(|| code_in_title(event))?);
    let (class, name) = match channel {
        FeedChannel::Airbnb => airbnb(&title, code.is_some(), event),
        FeedChannel::Vrbo => (Some(title.word.unwrap_or(Class::Unsure)), title.tail),
        FeedChannel::BookingCom => booking_com(&title),
        FeedChannel::Other if is_noise(&title.folded) => (None, None),
        FeedChannel::Other if default_kind == Kind::Block => (Some(Class::Block), None),
        FeedChannel::Other => (Some(Class::Unsure), None),
    };
    let tentative = event.status == EventStatus::Tentative && class != Some(Class::Block);
    let class = if tentative { class.map(|_| Class::Tentative) } else { class };
    let guest_name = name.filter(|_| matches!(class, Some(Class::Reservation | Class::Tentative)));
    Words {
        class,
        code,
        phone_last4: phone_last4(&event.description),
        guest_name: guest_name.map(|name| name.chars().filter(|c| !c.is_control()).take(100).collect()),
    }
}

/// A title in its parts: `Reserved - Melanie` has the word `reserved` and the tail `Melanie`.
struct Title<'a> {
    folded: String,
    word: Option<Class>,
    tail: Option<&'a str>,
}

impl<'a> Title<'a> {
    fn new(summary: &'a str) -> Self {
        let split = [" - ", " – ", " — ", ": "].iter().filter_map(|mark| Some((summary.find(mark)?, mark.len()))).min();
        let (head, tail) = match split {
            Some((at, length)) => (summary.get(..at).unwrap_or_default(), summary.get(at + length..).map(str::trim)),
            None => (summary, None),
        };
        Self { folded: fold(summary), word: word(&fold(head)), tail: tail.filter(|tail| !tail.is_empty()) }
    }
}

/// Whether a title says no more than that nobody can book.
pub(super) fn says_closed(summary: &str) -> bool {
    let title = Title::new(summary);
    title.word.or_else(|| word(&fold(title.tail?))) == Some(Class::Block)
}

fn word(folded: &str) -> Option<Class> {
    let is = |words: &[&str]| words.contains(&folded);
    if is(RESERVED) {
        Some(Class::Reservation)
    } else if is(BLOCKED) {
        Some(Class::Block)
    } else if is(TENTATIVE) {
        Some(Class::Tentative)
    } else {
        None
    }
}

/// `Reserved` and blocks as `Airbnb (Not available)`; until 2019 `Jane Doe (HMABCD1234)`. A code makes a reservation of
/// any title; an unknown title is unsure.
fn airbnb<'a>(title: &Title<'a>, has_code: bool, event: &'a RawEvent) -> (Option<Class>, Option<&'a str>) {
    let inner = title.folded.strip_prefix("airbnb").unwrap_or(&title.folded).trim_matches(['(', ')', ' ', '-']);
    match title.word.or_else(|| word(inner)) {
        Some(Class::Block) if !has_code => (Some(Class::Block), None),
        Some(Class::Tentative) => (Some(Class::Tentative), title.tail),
        Some(Class::Reservation) => (Some(Class::Reservation), title.tail),
        _ if has_code => {
            let name = event.summary.split_once(" (").map(|(name, _)| name.trim());
            (Some(Class::Reservation), name.filter(|name| !name.is_empty()))
        }
        _ => (Some(Class::Unsure), None),
    }
}

/// `CLOSED - Not available` is a stay or a closure; `CLOSED - <guest>` was a stay.
fn booking_com<'a>(title: &Title<'a>) -> (Option<Class>, Option<&'a str>) {
    match (title.word, title.tail) {
        (Some(Class::Reservation), name) => (Some(Class::Reservation), name),
        (None, Some(tail)) if title.folded.starts_with("closed ") && word(&fold(tail)).is_none() => {
            (Some(Class::Reservation), Some(tail))
        }
        _ => (Some(Class::Unsure), None),
    }
}

/// `Check-in` and `Check-out` beside the stay itself, as Smoobu lists them.
fn is_noise(folded: &str) -> bool {
    ["check-in", "check-out", "checkin", "checkout", "check in", "check out"]
        .iter()
        .filter_map(|word| folded.strip_prefix(word))
        .any(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The code in an address of Airbnb's, in both forms.
fn code_in_address(event: &RawEvent) -> Option<Box<str>> {
    [&event.description, &event.url].into_iter().find_map(|text| {
        let (_, address) = text.split_once("airbnb.")?;
        let mut ends = ["/reservations/details/", "code="].into_iter().filter_map(|mark| address.split_once(mark));
        ends.find_map(|(_, rest)| code_at(rest))
    })
}

/// The code in a title as `(HMABCD1234)`. Elsewhere than at Airbnb such a word is anything.
fn code_in_title(event: &RawEvent) -> Option<Box<str>> {
    event.summary.split('(').skip(1).find_map(|rest| code_at(rest).filter(|_| rest.contains(')')))
}

/// A capital letter and nine capitals or digits, and then something else.
fn code_at(text: &str) -> Option<Box<str>> {
    let end = text.find(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit())).unwrap_or(text.len());
    let next_is_word = text.get(end..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let code = text.get(..end)?;
    (code.len() == 10 && code.starts_with(|c: char| c.is_ascii_uppercase()) && !next_is_word).then(|| code.into())
}

/// The four digits after Airbnb's `Phone Number (Last 4 Digits):`.
fn phone_last4(description: &str) -> Option<Box<str>> {
    let (_, rest) = description.split_once("(Last 4 Digits):")?;
    let digits: Box<str> = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
    (digits.len() == 4).then_some(digits)
}
