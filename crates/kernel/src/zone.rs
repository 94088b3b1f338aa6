//! IANA time zones, compiled in.

use std::{fmt, str::FromStr};

use chrono::{DateTime, LocalResult, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{Date, Instant};

/// The zone in which a property's days begin.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Zone(Tz);

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(Tz::UTC);

    /// The IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The date on which this instant falls here.
    #[must_use]
    pub fn date_of(self, instant: Instant) -> Date {
        self.local(instant).date()
    }

    /// Wall-clock date and time of an instant here.
    #[must_use]
    pub fn local(self, instant: Instant) -> NaiveDateTime {
        instant.with_timezone(&self.0).naive_local()
    }

    /// The instant of a wall-clock time here. A time that occurs twice is the earlier one; one that a clock change
    /// leaves out is the first moment after the gap.
    #[must_use]
    pub fn instant_of(self, date: Date, time: NaiveTime) -> Instant {
        let mut local = date.and_time(time);
        for _ in 0..8 {
            match self.0.from_local_datetime(&local) {
                LocalResult::Single(found) | LocalResult::Ambiguous(found, _) => return found.with_timezone(&Utc),
                LocalResult::None => local += TimeDelta::minutes(30),
            }
        }
        DateTime::from_naive_utc_and_offset(local, Utc)
    }

    /// The zone as chrono's own type.
    #[must_use]
    pub const fn tz(self) -> Tz {
        self.0
    }

    /// Every zone's name, in order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|tz| tz.name())
    }
}

impl FromStr for Zone {
    type Err = crate::EnumError;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        name.parse().map(Self).map_err(|_| crate::EnumError { expected: "Zone", value: name.to_owned() })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl schemars::JsonSchema for Zone {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Zone".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "IANA time zone, such as Europe/Lisbon" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    #[test]
    fn today_differs_between_zones() {
        let instant = "2027-03-16T23:30:00Z".parse().unwrap();
        assert_eq!(zone("America/Los_Angeles").date_of(instant).to_string(), "2027-03-16");
        assert_eq!(zone("Europe/Madrid").date_of(instant).to_string(), "2027-03-17");
    }

    #[test]
    fn a_wall_clock_time_in_the_spring_gap_is_the_moment_after_it() {
        let instant =
            zone("Europe/Madrid").instant_of("2027-03-28".parse().unwrap(), NaiveTime::MIN + TimeDelta::minutes(150));
        assert_eq!(instant.to_rfc3339(), "2027-03-28T01:00:00+00:00");
    }
}
