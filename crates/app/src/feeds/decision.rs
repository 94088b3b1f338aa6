//! What was decided about each event and stay, and why: the lines that a feed's page shows.

use kernel::{Date, Nights, StayId, text_enum};
use serde::{Deserialize, Serialize};

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

/// Why. Stored as JSON with its `code`; [`Reason::message`] gives the sentence.
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
    /// Would be gone, but the answer is suspicious.
    Suspicious,
    /// Not looked at, because the answer is suspicious.
    NotApplied {
        /// How many events.
        count: u32,
    },
}

/// An argument of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Text as it is.
    Text(Box<str>),
    /// A number, for plural forms.
    Number(u32),
    /// A date, shown by locale.
    Date(Date),
}

impl Reason {
    /// The key of the sentence in `feeds.ftl` and its arguments.
    #[must_use]
    pub fn message(&self) -> (&'static str, Vec<(&'static str, Arg)>) {
        let no = Vec::new();
        match self {
            Self::New { class, kind } => {
                ("feeds-decision-new", vec![("class", text(class.as_str())), ("kind", text(kind.as_str()))])
            }
            Self::Unchanged => ("feeds-decision-unchanged", no),
            Self::BackInTime => ("feeds-decision-back-in-time", no),
            Self::Moved { from, to } => {
                ("feeds-decision-moved", [span(["from", "until"], *from), span(["to-from", "to-until"], *to)].concat())
            }
            Self::Reclassified { from, to } => {
                ("feeds-decision-reclassified", vec![("from", text(from.as_str())), ("to", text(to.as_str()))])
            }
            Self::Details => ("feeds-decision-details", no),
            Self::Reissue { from_uid, shared, .. } => {
                ("feeds-decision-reissue", vec![("uid", text(from_uid)), ("count", Arg::Number(*shared))])
            }
            Self::DatesByPerson { listed } => {
                ("feeds-decision-dates-by-person", span(["from", "until"], *listed).to_vec())
            }
            Self::ArrivalKept { listed } => ("feeds-decision-arrival-kept", span(["from", "until"], *listed).to_vec()),
            Self::ListedAgain => ("feeds-decision-listed-again", no),
            Self::EndedByPerson => ("feeds-decision-ended-by-person", no),
            Self::MissingOnce => ("feeds-decision-missing-once", no),
            Self::MissingTwice => ("feeds-decision-missing-twice", no),
            Self::ConfirmedGone => ("feeds-decision-confirmed-gone", no),
            Self::CancelledByChannel => ("feeds-decision-cancelled-by-channel", no),
            Self::Begun => ("feeds-decision-begun", no),
            Self::BegunCancelled => ("feeds-decision-begun-cancelled", no),
            Self::EventUnreadable => ("feeds-decision-event-unreadable", no),
            Self::Over { count } => ("feeds-decision-over", vec![("count", Arg::Number(*count))]),
            Self::OwnEvent => ("feeds-decision-own-event", no),
            Self::Reminder => ("feeds-decision-reminder", no),
            Self::CancelledUnknown => ("feeds-decision-cancelled-unknown", no),
            Self::Duplicate => ("feeds-decision-duplicate", no),
            Self::OlderRevision => ("feeds-decision-older-revision", no),
            Self::NoDates => ("feeds-decision-no-dates", no),
            Self::NoNight => ("feeds-decision-no-night", no),
            Self::EndBeforeStart => ("feeds-decision-end-before-start", no),
            Self::RepeatsTooFast => ("feeds-decision-repeats-too-fast", no),
            Self::RepeatUnreadable => ("feeds-decision-repeat-unreadable", no),
            Self::TooManyRepeats => ("feeds-decision-too-many-repeats", no),
            Self::Clipped { until } => {
                ("feeds-decision-clipped", vec![("until", Arg::Date(*until)), ("count", Arg::Number(Nights::MOST))])
            }
            Self::OutsideWindow { count } => ("feeds-decision-outside-window", vec![("count", Arg::Number(*count))]),
            Self::Suspicious => ("feeds-decision-suspicious", no),
            Self::NotApplied { count } => ("feeds-decision-not-applied", vec![("count", Arg::Number(*count))]),
        }
    }
}

fn text(text: &str) -> Arg {
    Arg::Text(text.into())
}

fn span(names: [&'static str; 2], nights: Nights) -> [(&'static str, Arg); 2] {
    let [from, until] = names;
    [(from, Arg::Date(nights.check_in())), (until, Arg::Date(nights.check_out()))]
}
