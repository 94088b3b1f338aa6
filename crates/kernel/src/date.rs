//! Dates and instants.

use chrono::{DateTime, Utc};

/// A calendar day without a zone. Nights and "today" are dates; they are never computed from server-local time.
pub type Date = chrono::NaiveDate;

/// A moment in UTC, with microseconds, as both databases store it.
pub type Instant = DateTime<Utc>;

/// Microseconds since 1970-01-01T00:00:00Z.
#[must_use]
pub fn instant_micros(instant: Instant) -> i64 {
    instant.timestamp_micros()
}

/// The instant of a stored number of microseconds since 1970; `None` outside the range of the calendar.
#[must_use]
pub fn instant_from_micros(micros: i64) -> Option<Instant> {
    DateTime::from_timestamp_micros(micros)
}
