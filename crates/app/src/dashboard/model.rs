//! What the dashboard shows. Each part has its first few rows and how many there are.

use chrono::NaiveTime;
use kernel::{Date, FeedId, Instant, StayId, Zone};

use crate::{
    properties,
    stays::{Channel, GuestCounts, StayStatus},
    tasks::{TaskCounts, TaskView},
    ui::PropertyColour,
};

/// The most rows of a part that are shown.
pub(super) const SHOWN: i64 = 8;

/// Some rows, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<T> {
    pub(super) rows: Vec<T>,
    pub(super) total: i64,
}

impl<T> Part<T> {
    /// From rows that each know how many there are.
    pub(super) fn of(rows: Vec<(T, i64)>) -> Self {
        let total = rows.first().map_or(0, |(_, total)| *total);
        Self { rows: rows.into_iter().map(|(row, _)| row).collect(), total }
    }

    /// How many are not shown.
    pub(super) fn more(&self) -> i64 {
        i64::try_from(self.rows.len()).map_or(0, |shown| self.total.saturating_sub(shown))
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.total == 0
    }
}

/// Where something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) property_name: String,
    pub(super) unit_name: Option<String>,
    pub(super) colour: PropertyColour,
}

impl Place {
    /// `Property` or `Property · unit`.
    pub(super) fn name(&self) -> String {
        properties::place_name(&self.property_name, self.unit_name.as_deref())
    }
}

/// A reservation that begins or ends today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StayToday {
    pub(super) id: StayId,
    pub(super) place: Place,
    /// None when it is unknown.
    pub(super) guest_name: Option<String>,
    pub(super) channel: Channel,
    pub(super) status: StayStatus,
    pub(super) counts: GuestCounts,
    /// The property's time for arriving or leaving.
    pub(super) time: NaiveTime,
}

/// A live stay that waits for nights of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WaitingStay {
    pub(super) id: StayId,
    pub(super) place: Place,
    pub(super) guest_name: Option<String>,
    pub(super) channel: Channel,
    /// The first night that another has.
    pub(super) first_night: Date,
    /// How many nights another has.
    pub(super) nights: i64,
}

/// A calendar that has not been read for too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StaleFeed {
    pub(super) id: FeedId,
    pub(super) place: Place,
    pub(super) channel: Channel,
    pub(super) name: Option<String>,
    /// When it was last read whole; never, if none.
    pub(super) last_good_at: Option<Instant>,
    pub(super) zone: Zone,
}

/// How far a new account has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Setup {
    pub(super) has_property: bool,
    pub(super) has_feed: bool,
    pub(super) has_stay: bool,
}

impl Setup {
    /// Whether there is still a step to take: once there are stays, however they came, the account is in use.
    pub(super) const fn is_open(self) -> bool {
        !self.has_stay
    }

    /// The state of a step, 1 to 3, as the page shows it.
    pub(super) const fn state(self, step: u8) -> &'static str {
        let done = [self.has_property, self.has_feed, self.has_stay];
        match (step, done) {
            (1, [true, ..]) | (2, [_, true, _]) | (3, [.., true]) => "done",
            (1, _) | (2, [true, ..]) | (3, [_, true, _]) => "now",
            _ => "later",
        }
    }
}

/// What those see who see stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StaysToday {
    pub(super) arrivals: Part<StayToday>,
    pub(super) departures: Part<StayToday>,
    pub(super) in_house: i64,
    pub(super) conflicts: Part<WaitingStay>,
    pub(super) stale_feeds: Part<StaleFeed>,
    /// Feeds with an answer that waits for a person.
    pub(super) suspicious_feeds: Vec<crate::feeds::FeedView>,
}

/// What those see who see tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Work {
    /// To do by today, the oldest first.
    pub(super) due: Vec<TaskView>,
    pub(super) counts: TaskCounts,
}

/// The whole page. What the viewer may not see is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Overview {
    pub(super) stays: Option<StaysToday>,
    pub(super) work: Option<Work>,
    pub(super) setup: Option<Setup>,
}

impl Overview {
    /// Whether nothing happens today that would show an account in use.
    pub(super) fn is_quiet(&self) -> bool {
        self.stays.as_ref().is_some_and(|s| {
            s.arrivals.is_empty() && s.departures.is_empty() && s.in_house == 0 && s.conflicts.is_empty()
        }) && self.work.as_ref().is_none_or(|work| work.due.is_empty())
    }
}
