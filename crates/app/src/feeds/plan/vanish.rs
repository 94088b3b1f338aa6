//! Stays that are not listed: which are gone, which only seem to be, and when an answer is not to be believed.

use std::collections::BTreeSet;

use crate::feeds::decision::{Decision, Outcome, Reason};
use crate::feeds::events::Listing;
use crate::feeds::model::{FeedFacts, Known, KnownState};

use super::identity::Match;
use super::{Action, Suspicion, SyncPlan, leaves_no_trace};

/// From this many future stays on, losing more than half at once is suspicious.
const FEW: usize = 4;

/// What becomes of a stay that is not listed.
pub(super) struct Fate<'k> {
    pub(super) known: &'k Known,
    verdict: Verdict,
}

enum Verdict {
    /// It stays as it is, with a line that says why.
    Kept(Reason),
    /// It stays as it is, and needs no line of its own.
    Over,
    /// A person ended it; that it is no longer listed is only remembered.
    Ended,
    /// The channel says that it is cancelled, or a manager that it is gone.
    Cancelled(Reason),
    /// It is in the future and was not listed.
    Gone,
}

/// Decides about each stay that no listed one matches.
pub(super) fn fates<'k>(facts: &FeedFacts, listing: &Listing, unmatched: &[&'k Known]) -> Vec<Fate<'k>> {
    let fates = unmatched.iter().filter_map(|known| Some(Fate { known, verdict: verdict(facts, listing, known)? }));
    fates.collect()
}

fn verdict(facts: &FeedFacts, listing: &Listing, known: &Known) -> Option<Verdict> {
    let future = known.nights.check_in() > facts.today;
    Some(match known.state {
        KnownState::EndedBySync => return None,
        KnownState::EndedByPerson if known.missing > 0 => return None,
        KnownState::EndedByPerson => Verdict::Ended,
        // A stay that has begun is never taken away (rule 8); most channels list no past ones.
        KnownState::Live if known.nights.check_out() <= facts.today => Verdict::Over,
        KnownState::Live if known.decided.status && future => Verdict::Kept(Reason::StatusByPerson),
        KnownState::Live if is_called_off(listing, known) && future => Verdict::Cancelled(Reason::CancelledByChannel),
        KnownState::Live if is_called_off(listing, known) => Verdict::Kept(Reason::BegunCancelled),
        KnownState::Live if !future => Verdict::Kept(Reason::Begun),
        KnownState::Live if listing.unreadable.contains(&known.seen.uid) => Verdict::Kept(Reason::EventUnreadable),
        KnownState::Live if is_outside(listing, known) => Verdict::Kept(Reason::Unchanged),
        KnownState::Live if facts.confirmed_gone.contains(&known.stay) => Verdict::Cancelled(Reason::ConfirmedGone),
        KnownState::Live => Verdict::Gone,
    })
}

/// Whether the answer speaks of a stay that it does not list: as cancelled, so that it cannot be read, or too far away.
pub(super) fn is_named(listing: &Listing, known: &Known) -> bool {
    is_called_off(listing, known) || listing.unreadable.contains(&known.seen.uid) || is_outside(listing, known)
}

fn is_outside(listing: &Listing, known: &Known) -> bool {
    listing.outside.contains(&(known.seen.uid.clone(), known.seen.occurrence))
}

/// Whether the answer lists the stay as cancelled.
fn is_called_off(listing: &Listing, known: &Known) -> bool {
    let seen = &known.seen;
    let from = listing.cancelled.partition_point(|cancelled| cancelled.uid < seen.uid);
    let of_uid = listing.cancelled.iter().skip(from).take_while(|cancelled| cancelled.uid == seen.uid);
    let mut by_uid =
        of_uid.filter(|cancelled| cancelled.occurrence.is_none() || cancelled.occurrence == seen.occurrence);
    by_uid.next().is_some() || (seen.code.is_some() && listing.cancelled_codes.contains(&seen.code))
}

/// Whether the answer must not be believed: it is empty where stays are expected, or more than half of four or more future
/// stays vanish from one answer to the next.
pub(super) fn suspicion(
    facts: &FeedFacts,
    listing: &Listing,
    matches: &[Match<'_>],
    fates: &[Fate<'_>],
) -> Option<Suspicion> {
    let gone: Vec<&Known> =
        fates.iter().filter(|fate| matches!(fate.verdict, Verdict::Gone)).map(|fate| fate.known).collect();
    let at_once = gone.iter().filter(|known| known.missing == 0).count();
    let still_here = matches.iter().filter(|found| match found {
        Match::Same(known) | Match::Reissue { known, .. } => {
            known.state == KnownState::Live && known.nights.check_in() > facts.today
        }
        Match::New => false,
    });
    let kept = fates.iter().filter(|fate| {
        matches!(&fate.verdict, Verdict::Kept(Reason::EventUnreadable | Reason::Unchanged) | Verdict::Cancelled(_))
    });
    let expected = at_once + still_here.count() + kept.count();
    let empty = listing.readable == 0 && !gone.is_empty();
    let too_many = expected >= FEW && at_once * 2 > expected;
    let mut gone: Vec<_> = gone.iter().map(|known| known.stay).collect();
    gone.sort();
    (empty || too_many).then_some(Suspicion { gone, empty })
}

/// Writes the fates into the plan.
pub(super) fn carry_out(plan: &mut SyncPlan, facts: &FeedFacts, fates: &[Fate<'_>]) {
    let mut over = 0;
    for Fate { known, verdict } in fates {
        let stay = known.stay;
        let end = if leaves_no_trace(facts, known) { Action::Remove { stay } } else { Action::Cancel { stay } };
        let ended = if matches!(end, Action::Remove { .. }) { Outcome::Removed } else { Outcome::Cancelled };
        let (outcome, reason, action) = match verdict {
            Verdict::Over => {
                over += 1;
                continue;
            }
            Verdict::Kept(reason) => (Outcome::Kept, reason.clone(), None),
            Verdict::Ended => (Outcome::Ignored, Reason::EndedByPerson, Some(Action::MarkMissing { stay })),
            Verdict::Cancelled(reason) => (ended, reason.clone(), Some(end)),
            Verdict::Gone if known.missing == 0 => {
                (Outcome::Missing, Reason::MissingOnce, Some(Action::MarkMissing { stay }))
            }
            Verdict::Gone => (ended, Reason::MissingTwice, Some(end)),
        };
        plan.push(Decision::about_known(known, outcome, reason), action);
    }
    if over > 0 {
        plan.push(Decision::about_feed(Outcome::Kept, Reason::Over { count: over }), None);
    }
}

/// Lines for events that are listed as cancelled and cancel nothing.
pub(super) fn cancelled_unknown(plan: &mut SyncPlan, listing: &Listing, unmatched: &[&Known]) {
    let live = || unmatched.iter().filter(|known| known.state == KnownState::Live);
    let uids: BTreeSet<&str> = live().map(|known| &*known.seen.uid).collect();
    let codes: BTreeSet<&str> = live().filter_map(|known| known.seen.code.as_deref()).collect();
    let known = |code: &str| codes.contains(code);
    for event in &listing.cancelled {
        if uids.contains(&*event.uid) || event.code.as_deref().is_some_and(known) {
            continue;
        }
        let decision = Decision {
            uid: Some(event.uid.clone()),
            occurrence: event.occurrence,
            summary: event.summary.clone(),
            nights: event.nights,
            ..Decision::about_feed(Outcome::Ignored, Reason::CancelledUnknown)
        };
        plan.push(decision, None);
    }
}
