//! How long ago something happened, in one unit.

use kernel::Instant;

/// The time since something, as `page.tn(ago.key, ago.count)` says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ago {
    /// The text's key.
    pub key: &'static str,
    /// How many minutes, hours or days.
    pub count: i64,
}

impl Ago {
    /// Whole minutes below an hour, whole hours below two days, whole days from then on.
    #[must_use]
    pub fn of(then: Instant, now: Instant) -> Self {
        let passed = now - then;
        match (passed.num_minutes(), passed.num_hours(), passed.num_days()) {
            (..=0, ..) => Self { key: "ui-ago-now", count: 0 },
            (minutes @ ..=59, ..) => Self { key: "ui-ago-minutes", count: minutes },
            (_, hours @ ..=47, _) => Self { key: "ui-ago-hours", count: hours },
            (.., days) => Self { key: "ui-ago-days", count: days },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Language;

    fn ago(then: &str) -> String {
        let Ago { key, count } = Ago::of(then.parse().unwrap(), "2027-01-04T09:00:00Z".parse().unwrap());
        crate::text::text_with(Language::English, key, Some(count), &[])
    }

    #[test]
    fn one_unit_says_it() {
        assert_eq!(ago("2027-01-04T09:00:10Z"), "just now", "clocks differ");
        assert_eq!(ago("2027-01-04T08:59:30Z"), "just now");
        assert_eq!(ago("2027-01-04T08:59:00Z"), "1 minute ago");
        assert_eq!(ago("2027-01-04T07:00:01Z"), "1 hour ago");
        assert_eq!(ago("2027-01-02T10:00:00Z"), "47 hours ago");
        assert_eq!(ago("2027-01-02T09:00:00Z"), "2 days ago");
    }
}
