//! Every reason has a sentence in every language, and is stored as it is read.

use kernel::Language;

use super::*;
use crate::feeds::Class;

#[test]
fn every_reason_is_a_sentence_and_survives_storage() {
    let (one, other) = (nights("2027-01-04", "2027-01-08"), nights("2027-01-05", "2027-01-09"));
    let mut reasons = vec![
        Reason::New { class: Class::Unsure, kind: Kind::Block },
        Reason::Unchanged,
        Reason::BackInTime,
        Reason::Moved { from: one, to: other },
        Reason::Reclassified { from: Class::Tentative, to: Class::Reservation },
        Reason::Details,
        Reason::Reissue { from_uid: "a@b".into(), shared: 3, from: one, to: other },
        Reason::DatesByPerson { listed: one },
        Reason::ArrivalKept { listed: one },
        Reason::ListedAgain,
        Reason::EndedByPerson,
        Reason::NotFetched,
        Reason::StatusByPerson,
        Reason::MissingOnce,
        Reason::MissingTwice,
        Reason::ConfirmedGone,
        Reason::CancelledByChannel,
        Reason::Begun,
        Reason::BegunCancelled,
        Reason::EventUnreadable,
        Reason::Over { count: 2 },
        Reason::OwnEvent,
        Reason::Reflection { of: one },
        Reason::Reminder,
        Reason::CancelledUnknown,
        Reason::Duplicate,
        Reason::OlderRevision,
        Reason::NoDates,
        Reason::NoNight,
        Reason::EndBeforeStart,
        Reason::RepeatsTooFast,
        Reason::RepeatUnreadable,
        Reason::TooManyRepeats,
        Reason::Clipped { until: date("2427-01-01") },
        Reason::OutsideWindow { count: 1 },
        Reason::Suspicious,
        Reason::NotApplied { count: 5 },
    ];
    reasons.extend(Class::ALL.iter().map(|class| Reason::New { class: *class, kind: Kind::Reservation }));
    for reason in reasons {
        for language in Language::ALL {
            let sentence = reason.sentence(*language);
            assert!(sentence.ends_with('.'), "{reason:?}: {sentence}");
            assert!(!sentence.contains("feeds-"), "{sentence}");
        }
        let stored = serde_json::to_string(&reason).unwrap();
        assert_eq!(serde_json::from_str::<Reason>(&stored).unwrap(), reason, "{stored}");
    }
    assert_eq!(
        Reason::Moved { from: one, to: other }.sentence(Language::English),
        "Moved from Jan 4 – 8, 2027 to Jan 5 – 9, 2027 as the channel did."
    );
    assert_eq!(Reason::MissingTwice.sentence(Language::English), "Cancelled: missing in 2 good fetches.");
    let reissue =
        |shared, to| Reason::Reissue { from_uid: "a@b".into(), shared, from: one, to }.sentence(Language::English);
    for (shared, to, sentence) in [
        (4, one, "Reissue of a@b: the channel gave the stay a new id. Its dates are as before."),
        (
            3,
            other,
            "Reissue of a@b: the channel gave the stay a new id. 3 nights in common; Jan 4 – 8, 2027 is now Jan 5 – 9, 2027.",
        ),
        (
            0,
            other,
            "Reissue of a@b: the reservation code says that it is the same stay. Jan 4 – 8, 2027 is now Jan 5 – 9, 2027.",
        ),
    ] {
        assert_eq!(reissue(shared, to), sentence);
    }
}
