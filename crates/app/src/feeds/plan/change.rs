//! What a listed stay changes in the known one.

use kernel::Nights;

use crate::feeds::decision::Reason;
use crate::feeds::model::{Change, FeedFacts, Kind, Known, KnownState, Seen};

/// The change, and the reason to show. `shared` is set for a reissue.
pub(super) fn of(facts: &FeedFacts, known: &Known, seen: &Seen, shared: Option<u32>) -> (Change, Reason) {
    if known.state == KnownState::EndedByPerson {
        return (Change::default(), Reason::EndedByPerson);
    }
    let revived = known.state == KnownState::EndedBySync;
    let nights = nights(facts, known, seen, shared.is_some());
    // The channel's word counts where it changed; otherwise what the stay is now stands. How long a stay is decides by all its
    // nights: what is left of a long closure that is running is no guest's stay.
    let changed = |now: bool| revived || now;
    let (was, is) = (known.seen.class, seen.class);
    let (kind, to_review) = (is.kind(nights), is.to_review(nights));
    let change = Change {
        nights: (nights != known.nights).then_some(nights),
        kind: (changed(kind != was.kind(known.nights)) && !known.decided.kind).then_some(kind),
        pending: changed(seen.pending() != known.seen.pending()).then(|| seen.pending()),
        to_review: (changed(to_review != was.to_review(known.nights)) && !known.decided.kind).then_some(to_review),
    };
    let reason = reason(known, seen, nights, change, shared);
    (change, reason)
}

/// The nights that the stay should have.
fn nights(facts: &FeedFacts, known: &Known, seen: &Seen, reissued: bool) -> Nights {
    if known.decided.dates {
        return known.nights;
    }
    // Booking.com gives a running stay a new id and a later arrival every day; only its departure is true. The nights
    // slept are history. A block follows its channel: the rolling ones of Airbnb must not grow.
    let running = known.nights.check_in() < facts.today && seen.nights.check_in() > known.nights.check_in();
    let same_departure = known.nights.check_out() == seen.nights.check_out();
    let trimmed = running && (same_departure || (reissued && seen.kind() == Kind::Reservation));
    let kept = Nights::new(known.nights.check_in(), seen.nights.check_out());
    if trimmed { kept.unwrap_or(seen.nights) } else { seen.nights }
}

fn reason(known: &Known, seen: &Seen, nights: Nights, change: Change, shared: Option<u32>) -> Reason {
    if known.state == KnownState::EndedBySync {
        return Reason::ListedAgain;
    }
    if let Some(shared) = shared {
        return Reason::Reissue { from_uid: known.seen.uid.clone(), shared, from: known.nights, to: nights };
    }
    if known.seen.uid != seen.uid {
        let shared = known.seen.nights.shared(seen.nights);
        return Reason::Reissue { from_uid: known.seen.uid.clone(), shared, from: known.nights, to: nights };
    }
    if change.nights.is_some() {
        return Reason::Moved { from: known.nights, to: nights };
    }
    if known.decided.dates && nights != seen.nights {
        return Reason::DatesByPerson { listed: seen.nights };
    }
    if nights != seen.nights {
        return Reason::ArrivalKept { listed: seen.nights };
    }
    if known.seen.class != seen.class {
        return Reason::Reclassified { from: known.seen.class, to: seen.class };
    }
    if known.missing > 0 {
        return Reason::BackInTime;
    }
    if known.seen == *seen { Reason::Unchanged } else { Reason::Details }
}
