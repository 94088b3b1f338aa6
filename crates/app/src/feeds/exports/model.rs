//! Calendars that are published for channels.

use kernel::{ExportId, FeedId, FieldErrors, Instant, PropertyId, UnitId, Zone, text_enum, trimmed};
use serde::{Deserialize, Serialize};

use crate::{
    feeds::FeedChannel,
    stays::{Channel, TakenNights},
};

/// The longest name of an export, in characters.
const LONGEST_NAME: usize = 80;

text_enum! {
    /// Whether an export is read by its channel.
    pub enum ExportState {
        /// Nobody but a person's browser has read its present address yet.
        Unread = "unread",
        /// It was read within a day.
        Read = "read",
        /// It was read, but not within a day.
        Silent = "silent",
    }
}

/// A calendar of a unit, published for one channel, with the names that every page shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportView {
    /// Its id.
    pub id: ExportId,
    /// The unit whose nights it tells of.
    pub unit_id: UnitId,
    /// The unit's name; none for the whole property.
    pub unit_name: Option<String>,
    /// The unit's property.
    pub property_id: PropertyId,
    /// The property's name.
    pub property_name: String,
    /// The property's zone.
    pub zone: Zone,
    /// Who it is for.
    pub channel: FeedChannel,
    /// What a person calls it.
    pub name: Option<String>,
    /// The imported calendar of the same place, for [`FeedChannel::Other`]: its stays are left out.
    pub feed_id: Option<FeedId>,
    /// How often it was fetched.
    pub fetches: u32,
    /// When it was last fetched by anything but a person's browser.
    pub fetched_at: Option<Instant>,
    /// The program that did, as it names itself.
    pub fetched_by: Option<String>,
    /// When it was made.
    pub created_at: Instant,
    /// When its address was made.
    pub updated_at: Instant,
    pub(super) token_sealed: Vec<u8>,
    pub(super) served_etag: Option<String>,
}

impl ExportView {
    /// When its present address was last fetched by anything but a person's browser.
    #[must_use]
    pub fn read_at(&self) -> Option<Instant> {
        self.fetched_at.filter(|at| *at >= self.updated_at)
    }

    /// Whether its channel reads it.
    #[must_use]
    pub fn state(&self, now: Instant) -> ExportState {
        match self.read_at() {
            None => ExportState::Unread,
            Some(at) if now - at <= chrono::TimeDelta::days(1) => ExportState::Read,
            Some(_) => ExportState::Silent,
        }
    }

    /// Whether a stay is the channel's own at this very unit: its own listing knows it already. What the channel sold at a unit above or
    /// below is another listing of it, which does not know.
    #[must_use]
    pub fn leaves_out(&self, stay: &TakenNights) -> bool {
        match self.channel {
            FeedChannel::Airbnb => stay.channel == Channel::Airbnb && stay.unit_id == self.unit_id,
            FeedChannel::Vrbo => stay.channel == Channel::Vrbo && stay.unit_id == self.unit_id,
            FeedChannel::BookingCom => stay.channel == Channel::BookingCom && stay.unit_id == self.unit_id,
            // Other places are many: only the calendar that is said to be this one's is its own.
            FeedChannel::Other => self.feed_id.is_some() && stay.feed_id == self.feed_id,
        }
    }
}

/// One fetch of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFetch {
    /// The export's first fetch is 1.
    pub number: u32,
    /// When.
    pub at: Instant,
    /// 200 with the calendar, or 304 when it was the same as before.
    pub status: u32,
    /// Whether a person looked, with a browser.
    pub by_browser: bool,
    /// The program, as it names itself; may be empty.
    pub user_agent: String,
    /// The network address that it came from; empty for who may not change exports.
    pub address: String,
    /// How many events the calendar had.
    pub events: u32,
}

/// What a person types to have a calendar published, as it was received.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportForm {
    /// A unit's id.
    pub unit_id: String,
    /// A channel.
    pub channel: String,
    /// What it is called; may be empty.
    pub name: String,
    /// The imported calendar of the same place; only for the channel `other`, and may be empty.
    pub feed_id: String,
}

/// A calendar to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExport {
    /// The unit.
    pub unit_id: UnitId,
    /// Who it is for.
    pub channel: FeedChannel,
    /// What it is called.
    pub name: Option<String>,
    /// The imported calendar of the same place.
    pub feed_id: Option<FeedId>,
}

impl NewExport {
    /// Reads what was typed.
    ///
    /// # Errors
    /// One for each field that is not right: `unit_id`, `channel`, `name`, `feed_id`.
    pub fn parse(form: &ExportForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let unit_id = errors.keep("unit_id", form.unit_id.parse().map_err(|_| "choice_unknown"));
        let channel = errors.keep("channel", form.channel.parse::<FeedChannel>().map_err(|_| "choice_unknown"));
        let name = trimmed(&form.name);
        if name.as_ref().is_some_and(|name| name.chars().count() > LONGEST_NAME) {
            errors.add_bound("name", "too_long", LONGEST_NAME);
        }
        let feed_id = match form.feed_id.as_str() {
            "" => None,
            // Airbnb, Vrbo and Booking.com are known by their name; what was chosen before the channel changed plays no part.
            _ if channel.is_some_and(|channel| channel != FeedChannel::Other) => None,
            typed => errors.keep("feed_id", typed.parse().map_err(|_| "choice_unknown")),
        };
        match (unit_id, channel, errors.is_empty()) {
            (Some(unit_id), Some(channel), true) => Ok(Self { unit_id, channel, name, feed_id }),
            _ => Err(errors),
        }
    }
}
