//! What may be typed about a feed.

use kernel::{FieldErrors, UnitId, trimmed};
use serde::{Deserialize, Serialize};
use url::Url;

use super::{EndMeaning, FeedChannel, FeedView, Kind};
use crate::fetcher::{AddressError, Fetcher};

/// The longest name of a feed, in characters.
const LONGEST_NAME: usize = 80;

/// What a person types about a feed, as it was received.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FeedForm {
    /// A unit's id.
    #[serde(default)]
    pub unit_id: String,
    /// Where the calendar is. A secret: it is not shown again.
    #[serde(default)]
    pub address: String,
    /// A channel, or nothing: then the address tells.
    #[serde(default)]
    pub channel: String,
    /// What it is called; may be empty.
    #[serde(default)]
    pub name: String,
    /// A kind, or nothing: reservation.
    #[serde(default)]
    pub default_kind: String,
    /// What last dates mean, or nothing: the departure.
    #[serde(default)]
    pub end_meaning: String,
}

impl FeedForm {
    /// The feed as it would be typed, without its address.
    #[must_use]
    pub fn of(feed: &FeedView) -> Self {
        Self {
            unit_id: feed.unit_id.to_string(),
            address: String::new(),
            channel: feed.channel.to_string(),
            name: feed.name.clone().unwrap_or_default(),
            default_kind: feed.default_kind.to_string(),
            end_meaning: feed.end.to_string(),
        }
    }
}

/// How the events of a feed are read and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedSettings {
    /// What it is called.
    pub name: Option<String>,
    /// What unsure events are, for [`FeedChannel::Other`].
    pub default_kind: Kind,
    /// What last dates mean.
    pub end: EndMeaning,
}

/// A feed to be added.
#[derive(Clone)]
pub struct NewFeed {
    /// The unit whose stays it lists.
    pub unit_id: UnitId,
    /// Where it comes from.
    pub channel: FeedChannel,
    /// Nobody said so, and the address does not tell: the first complete answer may ([`channel_of_author`]).
    pub channel_open: bool,
    /// Where the calendar is.
    pub address: Url,
    /// The rest.
    pub settings: FeedSettings,
}

/// What to change of a feed.
#[derive(Clone)]
pub struct ChangeFeed {
    /// Another address; `None` leaves it as it is.
    pub address: Option<Url>,
    /// The rest.
    pub settings: FeedSettings,
}

impl NewFeed {
    /// Reads what was typed. The fetcher says which addresses may be.
    ///
    /// # Errors
    /// One for each field that is not right: `unit_id`, `address`, `channel`, `name`, `default_kind`, `end_meaning`.
    pub fn parse(form: &FeedForm, fetcher: &dyn Fetcher) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let unit = form.unit_id.parse().map_err(|_| "choice_unknown");
        let unit_id = errors.keep("unit_id", unit);
        let address = errors.keep("address", address(&form.address, fetcher));
        let channel = match (form.channel.as_str(), &address) {
            ("", Some(address)) => Some(channel_of(address)),
            ("", None) => None,
            (typed, _) => errors.keep("channel", typed.parse().map_err(|_| "choice_unknown")),
        };
        match (unit_id, address, channel, settings(form, &mut errors)) {
            (Some(unit_id), Some(address), Some(channel), Some(settings)) => {
                let channel_open = form.channel.is_empty() && channel == FeedChannel::Other;
                Ok(Self { unit_id, channel, channel_open, address, settings })
            }
            _ => Err(errors),
        }
    }
}

impl ChangeFeed {
    /// Reads what was typed; an empty address leaves it as it is.
    ///
    /// # Errors
    /// As [`NewFeed::parse`].
    pub fn parse(form: &FeedForm, fetcher: &dyn Fetcher) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let address = match form.address.trim() {
            "" => None,
            typed => errors.keep("address", address(typed, fetcher)),
        };
        let settings = settings(form, &mut errors);
        match (settings, errors.is_empty()) {
            (Some(settings), true) => Ok(Self { address, settings }),
            _ => Err(errors),
        }
    }
}

fn settings(form: &FeedForm, errors: &mut FieldErrors) -> Option<FeedSettings> {
    let name = trimmed(&form.name);
    if name.as_ref().is_some_and(|name| name.chars().count() > LONGEST_NAME) {
        errors.add_bound("name", "too_long", LONGEST_NAME);
        return None;
    }
    let choice = |typed: &str, usual: &'static str| if typed.is_empty() { usual.to_owned() } else { typed.to_owned() };
    let kind = choice(&form.default_kind, Kind::Reservation.as_str()).parse().map_err(|_| "choice_unknown");
    let end = choice(&form.end_meaning, EndMeaning::CheckOut.as_str()).parse().map_err(|_| "choice_unknown");
    let (default_kind, end) = (errors.keep("default_kind", kind), errors.keep("end_meaning", end));
    Some(FeedSettings { name, default_kind: default_kind?, end: end? })
}

fn address(typed: &str, fetcher: &dyn Fetcher) -> Result<Url, &'static str> {
    if typed.trim().is_empty() {
        return Err("required");
    }
    fetcher.check(typed).map_err(|error| match error {
        AddressError::Malformed => "address_malformed",
        AddressError::TooLong => "address_too_long",
        AddressError::NotHttps => "address_not_https",
        AddressError::Port => "address_port",
        AddressError::Credentials => "address_credentials",
        AddressError::NotPublic => "address_not_public",
    })
}

/// The names under which the channels let people in, in any country.
const SITES: [(&str, FeedChannel); 10] = [
    ("airbnb", FeedChannel::Airbnb),
    ("vrbo", FeedChannel::Vrbo),
    ("homeaway", FeedChannel::Vrbo),
    ("abritel", FeedChannel::Vrbo),
    ("fewo-direkt", FeedChannel::Vrbo),
    ("stayz", FeedChannel::Vrbo),
    ("bookabach", FeedChannel::Vrbo),
    ("homelidays", FeedChannel::Vrbo),
    ("vacationrentals", FeedChannel::Vrbo),
    ("booking", FeedChannel::BookingCom),
];

/// The channel whose program wrote a calendar, as its `PRODID` says.
#[must_use]
pub fn channel_of_author(prodid: &str) -> Option<FeedChannel> {
    let prodid = prodid.to_ascii_lowercase();
    let names = [
        ("airbnb", FeedChannel::Airbnb),
        ("homeaway", FeedChannel::Vrbo),
        ("vrbo", FeedChannel::Vrbo),
        ("booking.com", FeedChannel::BookingCom),
    ];
    names.iter().find(|(name, _)| prodid.contains(name)).map(|(_, channel)| *channel)
}

/// The channel that an address belongs to: `www.airbnb.co.uk` is Airbnb's, `airbnb.example.com` nobody's we know.
#[must_use]
pub fn channel_of(address: &Url) -> FeedChannel {
    let host = address.host_str().unwrap_or_default();
    let mut labels: Vec<&str> = host.split('.').collect();
    // The country's two letters, and `com` or `co` before them.
    if labels.len() > 1 {
        labels.pop();
    }
    while labels.len() > 1 && labels.last().is_some_and(|label| ["co", "com"].contains(label)) {
        labels.pop();
    }
    let name = labels.last().copied().unwrap_or_default();
    SITES.iter().find(|(site, _)| *site == name).map_or(FeedChannel::Other, |(_, channel)| *channel)
}
