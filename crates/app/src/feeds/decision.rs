//! What was decided about each event and stay, and why: the lines that a feed's page shows.

use std::fmt::Display;

use kernel::{Date, Language, Nights, StayId, text_enum};
use serde::{Deserialize, Serialize};

use crate::text::{date, date_range, text, text_with};

use super::model::{Class, Kind, Known, Seen};

text_enum! {
    /// What happened.
    pub enum Outcome {
        /// A stay was made.
        Created = "created",
        /// A stay was changed.
        Updated = "updated",
        /// A stay got the identity of another event.
        Reissued = "reissued",
        /// A cancelled stay came back.
        Revived = "revived",
        /// Nothing had to change.
        Kept = "kept",
        /// The stay was not listed, for the first time.
        Missing = "missing",
        /// The stay was cancelled.
        Cancelled = "cancelled",
        /// The stay was removed without a trace.
        Removed = "removed",
        /// The event is no stay, or none of ours to take.
        Ignored = "ignored",
        /// Only something to know.
        Noted = "noted",
        /// It waits for a manager.
        Held = "held",
    }
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What happened.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
    /// The stay, where there is one already.
    pub stay: Option<StayId>,
    /// The event's id.
    pub uid: Option<Box<str>>,
    /// Which of the stays under that id.
    pub occurrence: Option<Date>,
    /// The title to show. Untrusted text.
    pub summary: Box<str>,
    /// The nights to show.
    pub nights: Option<Nights>,
}

impl Decision {
    /// About a listed event.
    pub(super) fn about(seen: &Seen, outcome: Outcome, reason: Reason) -> Self {
        Self {
            outcome,
            reason,
            stay: None,
            uid: Some(seen.uid.clone()),
            occurrence: seen.occurrence,
            summary: seen.summary.clone(),
            nights: Some(seen.nights),
        }
    }

    /// About a stay whose event is not listed.
    pub(super) fn about_known(known: &Known, outcome: Outcome, reason: Reason) -> Self {
        Self { stay: Some(known.stay), nights: Some(known.nights), ..Self::about(&known.seen, outcome, reason) }
    }

    /// About the answer as a whole.
    pub(super) fn about_feed(outcome: Outcome, reason: Reason) -> Self {
        Self { outcome, reason, stay: None, uid: None, occurrence: None, summary: "".into(), nights: None }
    }
}

/// Why. Stored as JSON with its `code`; [`Reason::sentence`] gives the sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// An event that was not known.
    New {
        /// What its words say.
        class: Class,
        /// What it became.
        kind: Kind,
    },
    /// Listed as before.
    Unchanged,
    /// Listed again after it was missing.
    BackInTime,
    /// The same stay with other nights.
    Moved {
        /// The nights it had.
        from: Nights,
        /// The nights it has.
        to: Nights,
    },
    /// The words changed what it is.
    Reclassified {
        /// What it was.
        from: Class,
        /// What it is.
        to: Class,
    },
    /// Title, code or telephone digits changed.
    Details,
    /// The channel gave the stay a new id.
    Reissue {
        /// The id it had.
        from_uid: Box<str>,
        /// How many nights both share.
        shared: u32,
        /// The nights it had.
        from: Nights,
        /// The nights it has.
        to: Nights,
    },
    /// A person set the dates; the channel has others.
    DatesByPerson {
        /// What the channel says.
        listed: Nights,
    },
    /// The stay has begun: its arrival stays, though the channel now begins the event later.
    ArrivalKept {
        /// What the channel says.
        listed: Nights,
    },
    /// A cancelled stay is listed again.
    ListedAgain,
    /// A person ended it.
    EndedByPerson,
    /// A person brought it back; the channel does not list it.
    StatusByPerson,
    /// Missing from this good answer; one more cancels.
    MissingOnce,
    /// Missing from two consecutive good answers.
    MissingTwice,
    /// A manager confirmed that it is gone.
    ConfirmedGone,
    /// The event says `STATUS:CANCELLED`.
    CancelledByChannel,
    /// Missing, but the stay has begun.
    Begun,
    /// The event says `STATUS:CANCELLED`, but the stay has begun.
    BegunCancelled,
    /// Its event is listed but cannot be read.
    EventUnreadable,
    /// Stays that are over need not be listed.
    Over {
        /// How many.
        count: u32,
    },
    /// One of our own events, read back.
    OwnEvent,
    /// The channel's closure for nights that we told it of.
    Reflection {
        /// The nights as they were told.
        of: Nights,
    },
    /// A check-in or check-out reminder.
    Reminder,
    /// Cancelled before it was ever imported.
    CancelledUnknown,
    /// The same event twice.
    Duplicate,
    /// A later revision of the event is listed too.
    OlderRevision,
    /// No date, or one that cannot be read.
    NoDates,
    /// Arrival and departure on one date.
    NoNight,
    /// The end is before the start.
    EndBeforeStart,
    /// It repeats within a day.
    RepeatsTooFast,
    /// The rule by which it repeats cannot be read or never matches.
    RepeatUnreadable,
    /// Too many series or occurrences in one feed.
    TooManyRepeats,
    /// Longer than a stay can be.
    Clipped {
        /// Where the event ends.
        until: Date,
    },
    /// Events too long ago or too far ahead.
    OutsideWindow {
        /// How many.
        count: u32,
    },
    /// Not listed in a kept answer that was applied again: nothing was fetched, so nothing is missing.
    NotFetched,
    /// Would be gone, but the answer is suspicious.
    Suspicious,
    /// Not looked at, because the answer is suspicious.
    NotApplied {
        /// How many events.
        count: u32,
    },
}

impl Reason {
    /// The sentence to show.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let key = self.key();
        let with = |values: &[(&str, &dyn Display)]| text_with(language, key, None, values);
        let count = |count: u32| text_with(language, key, Some(i64::from(count)), &[]);
        let range = |nights: &Nights| date_range(language, nights.check_in(), nights.check_out());
        match self {
            Self::Moved { from, to } => with(&[("from", &range(from)), ("to", &range(to))]),
            Self::Reclassified { from, to } => {
                with(&[("from", &text(language, class_key(*from))), ("to", &text(language, class_key(*to)))])
            }
            Self::Reissue { from_uid, shared, from, to } => text_with(
                language,
                key,
                Some(i64::from(*shared)),
                &[("uid", from_uid), ("from", &range(from)), ("to", &range(to))],
            ),
            Self::DatesByPerson { listed } | Self::ArrivalKept { listed } => with(&[("listed", &range(listed))]),
            Self::Reflection { of } => with(&[("of", &range(of))]),
            Self::Clipped { until } => with(&[("until", &date(language, *until))]),
            Self::Over { count: n } | Self::OutsideWindow { count: n } | Self::NotApplied { count: n } => count(*n),
            _ => text(language, key).to_owned(),
        }
    }

    /// The key of the sentence.
    fn key(&self) -> &'static str {
        match self {
            Self::New { class: Class::Unsure, kind: Kind::Block } => "feeds-decision-new-long",
            Self::New { class: Class::Unsure, .. } => "feeds-decision-new-unsure",
            Self::New { class: Class::Reservation, .. } => "feeds-decision-new-reservation",
            Self::New { class: Class::Tentative, .. } => "feeds-decision-new-tentative",
            Self::New { class: Class::Block, .. } => "feeds-decision-new-block",
            Self::Unchanged => "feeds-decision-unchanged",
            Self::BackInTime => "feeds-decision-back-in-time",
            Self::Moved { .. } => "feeds-decision-moved",
            Self::Reclassified { .. } => "feeds-decision-reclassified",
            Self::Details => "feeds-decision-details",
            Self::Reissue { from, to, .. } if from == to => "feeds-decision-reissue-same",
            Self::Reissue { .. } => "feeds-decision-reissue",
            Self::DatesByPerson { .. } => "feeds-decision-dates-by-person",
            Self::ArrivalKept { .. } => "feeds-decision-arrival-kept",
            Self::ListedAgain => "feeds-decision-listed-again",
            Self::EndedByPerson => "feeds-decision-ended-by-person",
            Self::StatusByPerson => "feeds-decision-status-by-person",
            Self::MissingOnce => "feeds-decision-missing-once",
            Self::MissingTwice => "feeds-decision-missing-twice",
            Self::ConfirmedGone => "feeds-decision-confirmed-gone",
            Self::CancelledByChannel => "feeds-decision-cancelled-by-channel",
            Self::Begun => "feeds-decision-begun",
            Self::BegunCancelled => "feeds-decision-begun-cancelled",
            Self::EventUnreadable => "feeds-decision-event-unreadable",
            Self::Over { .. } => "feeds-decision-over",
            Self::OwnEvent => "feeds-decision-own-event",
            Self::Reflection { .. } => "feeds-decision-reflection",
            Self::Reminder => "feeds-decision-reminder",
            Self::CancelledUnknown => "feeds-decision-cancelled-unknown",
            Self::Duplicate => "feeds-decision-duplicate",
            Self::OlderRevision => "feeds-decision-older-revision",
            Self::NoDates => "feeds-decision-no-dates",
            Self::NoNight => "feeds-decision-no-night",
            Self::EndBeforeStart => "feeds-decision-end-before-start",
            Self::RepeatsTooFast => "feeds-decision-repeats-too-fast",
            Self::RepeatUnreadable => "feeds-decision-repeat-unreadable",
            Self::TooManyRepeats => "feeds-decision-too-many-repeats",
            Self::Clipped { .. } => "feeds-decision-clipped",
            Self::OutsideWindow { .. } => "feeds-decision-outside-window",
            Self::NotFetched => "feeds-decision-not-fetched",
            Self::Suspicious => "feeds-decision-suspicious",
            Self::NotApplied { .. } => "feeds-decision-not-applied",
        }
    }
}

const fn class_key(class: Class) -> &'static str {
    match class {
        Class::Reservation => "feeds-class-reservation",
        Class::Block => "feeds-class-block",
        Class::Tentative => "feeds-class-tentative",
        Class::Unsure => "feeds-class-unsure",
    }
}
