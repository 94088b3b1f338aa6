//! Where something is on a map, in whole millionths of a degree: a tenth of a metre, and the same number on both databases.

use std::fmt::{self, Display};

use kernel::{FieldErrors, trimmed};
use url::Url;

/// The names under which links to maps carry `latitude,longitude`.
const PAIRS: [&str; 8] = ["q", "query", "ll", "destination", "daddr", "center", "sll", "cp"];
/// Millionths in a degree.
const DEGREE: i64 = 1_000_000;

/// A place on the earth (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    latitude: i64,
    longitude: i64,
}

impl Position {
    /// From millionths of a degree, north and east positive; none outside 90 and 180 degrees.
    #[must_use]
    pub fn from_micro(latitude: i64, longitude: i64) -> Option<Self> {
        let within = latitude.abs() <= 90 * DEGREE && longitude.abs() <= 180 * DEGREE;
        within.then_some(Self { latitude, longitude })
    }

    /// Millionths of a degree, north positive.
    #[must_use]
    pub const fn latitude(self) -> i64 {
        self.latitude
    }

    /// Millionths of a degree, east positive.
    #[must_use]
    pub const fn longitude(self) -> i64 {
        self.longitude
    }

    /// A page that shows it on a map.
    #[must_use]
    pub fn map_link(self) -> String {
        let (latitude, longitude) = (degrees(self.latitude), degrees(self.longitude));
        format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}")
    }

    /// Reads two decimal numbers, as they are typed or copied, or a link to a map; none when nothing was typed.
    pub(super) fn parse(errors: &mut FieldErrors, field: &'static str, input: &str) -> Option<Self> {
        let text = trimmed(input)?;
        let pair = if text.len() > 2_048 { None } else { pair(&text) };
        let (latitude, longitude) = errors.keep(field, pair.ok_or("position_invalid"))?;
        errors.keep(field, Self::from_micro(latitude, longitude).ok_or("position_out_of_range"))
    }
}

/// `latitude, longitude` in degrees, as it may be typed again.
impl Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", degrees(self.latitude), degrees(self.longitude))
    }
}

/// Millionths as degrees with as few digits as say the same.
fn degrees(micro: i64) -> String {
    let (sign, size) = (if micro < 0 { "-" } else { "" }, micro.abs());
    let text = format!("{sign}{}.{:06}", size / DEGREE, size % DEGREE);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn pair(text: &str) -> Option<(i64, i64)> {
    if let Some(rest) = text.strip_prefix("geo:") {
        return two(rest.split([';', '?']).next()?);
    }
    if text.contains("://") { of_link(&Url::parse(text).ok()?) } else { two(text) }
}

/// Two numbers apart by a comma, a semicolon or a space. They may have decimal commas where that leaves no doubt.
fn two(text: &str) -> Option<(i64, i64)> {
    let commas: Vec<usize> = text.match_indices(',').map(|(at, _)| at).collect();
    let (first, second) = match (text.split_once(';'), commas.as_slice()) {
        (Some(halves), _) => halves,
        (None, [_]) => text.split_once(',')?,
        (None, [_, middle, _]) => (text.get(..*middle)?, text.get(middle + 1..)?),
        (None, _) => text.split_once(char::is_whitespace)?,
    };
    Some((micro(first)?, micro(second)?))
}

/// A decimal number as millionths, rounded.
fn micro(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches('°').trim_end();
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    let seven: String = fraction.chars().chain("0000000".chars()).take(7).collect();
    let tenths = whole.parse::<i64>().ok()? * 10 * DEGREE + seven.parse::<i64>().ok()?;
    Some(sign * ((tenths + 5) / 10))
}

/// The number at the beginning of a text.
fn leading(text: &str) -> Option<i64> {
    micro(text.split(|c: char| !(c.is_ascii_digit() || ['-', '.'].contains(&c))).next()?)
}

/// The place that a link to a map is about: its pin, else what is searched for, else the middle of the map.
fn of_link(url: &Url) -> Option<(i64, i64)> {
    let named = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let after = |mark: &str| url.path().split_once(mark).and_then(|(_, rest)| leading(rest));
    let pin = after("!3d").zip(after("!4d"));
    let marker = || Some((micro(&named("mlat")?)?, micro(&named("mlon")?)?));
    let searched = || PAIRS.iter().find_map(|name| two(&named(name)?));
    let middle = || {
        let (_, rest) = url.path().split_once("/@")?;
        let mut parts = rest.split([',', '/']);
        Some((micro(parts.next()?)?, micro(parts.next()?)?))
    };
    let fragment = || {
        let mut parts = url.fragment()?.strip_prefix("map=")?.split(['/', '&']).skip(1);
        Some((micro(parts.next()?)?, micro(parts.next()?)?))
    };
    pin.or_else(marker).or_else(searched).or_else(middle).or_else(fragment)
}
