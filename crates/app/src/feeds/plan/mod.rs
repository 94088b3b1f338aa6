//! Planning: what a feed lists now against what is known of it, and what follows.
//!
//! [`plan`] is a pure function of its arguments, without a clock and without regard to the order of events or stays.
//! Planning again after its actions were taken gives no action. Whatever it is not sure of, it leaves as it is.

mod change;
mod echo;
mod identity;
mod vanish;

use std::collections::BTreeSet;

use kernel::StayId;

use super::decision::{Decision, Outcome, Reason};
use super::events::{self, Listing};
use super::ical::{Calendar, Warning};
use super::model::{Change, Class, FeedChannel, FeedFacts, Known, KnownState, Seen};
pub use echo::{Told, leave_out_reflections};
use identity::Match;

/// What to write. Each action names the stay it is about, once in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Make a stay: [`Seen::kind`], [`Seen::pending`] and [`Seen::to_review`] say of what sort, `guest_name` whose.
    Create {
        /// What the feed says.
        seen: Seen,
    },
    /// Remember what the feed says, set the missing count to 0, and change the stay where `change` says so.
    Update {
        /// The stay.
        stay: StayId,
        /// What the feed says now; the identity may be another than before.
        seen: Seen,
        /// What changes in the stay.
        change: Change,
    },
    /// As [`Action::Update`], after the stay is no longer cancelled.
    Revive {
        /// The stay.
        stay: StayId,
        /// What the feed says now.
        seen: Seen,
        /// What the stay becomes.
        change: Change,
    },
    /// Set the missing count to 1.
    MarkMissing {
        /// The stay.
        stay: StayId,
    },
    /// Cancel the stay and keep it, with the decision's reason.
    Cancel {
        /// The stay.
        stay: StayId,
    },
    /// Delete the stay: a rolling block of Airbnb's that no person touched leaves no history.
    Remove {
        /// The stay.
        stay: StayId,
    },
}

/// A decision and what it writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The line to keep and show.
    pub decision: Decision,
    /// What to write; `None` when nothing changes.
    pub action: Option<Action>,
}

/// An answer that would take away too much at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspicion {
    /// The stays that would be gone, oldest first. A manager confirms them (see [`FeedFacts::confirmed_gone`]) or
    /// ignores the answer, which then changes nothing for as long as it says the same.
    pub gone: Vec<StayId>,
    /// Whether the answer lists no event at all.
    pub empty: bool,
}

/// What follows from an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncPlan {
    /// What was decided, in a stable order.
    pub steps: Vec<Step>,
    /// Set when the answer changes nothing until a manager has looked; then no step has an action.
    pub suspicion: Option<Suspicion>,
    /// What could not be read.
    pub warnings: Vec<Warning>,
    /// How many events the answer has.
    pub events: usize,
}

impl SyncPlan {
    /// What is to be written.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        self.steps.iter().filter_map(|step| step.action.as_ref())
    }

    fn push(&mut self, decision: Decision, action: Option<Action>) {
        self.steps.push(Step { decision, action });
    }
}

/// Plans a sync from a complete answer. For a 304 the last answer is planned again.
///
/// `known` are the stays that came from this feed, ended ones too, in any order.
#[must_use]
pub fn plan(facts: &FeedFacts, known: &[Known], calendar: &Calendar) -> SyncPlan {
    let mut known: Vec<&Known> = known.iter().collect();
    known.sort_by_key(|known| known.stay);
    let listing = events::list(facts, calendar);
    let named = |known: &Known| vanish::is_named(&listing, known);
    let matches = identity::find(&listing.stays, &known, facts.today, named);
    let mut plan =
        SyncPlan { warnings: calendar.warnings.clone(), events: calendar.events.len(), ..SyncPlan::default() };

    let matched: BTreeSet<StayId> = matches.iter().filter_map(Match::stay).collect();
    let unmatched: Vec<&Known> = known.into_iter().filter(|known| !matched.contains(&known.stay)).collect();
    let fates = vanish::fates(facts, &listing, &unmatched);
    if let Some(suspicion) = vanish::suspicion(facts, &listing, &matches, &fates) {
        hold(&mut plan, &listing, &fates, suspicion);
        return plan;
    }

    for (seen, found) in listing.stays.iter().zip(&matches) {
        listed(&mut plan, facts, seen, found);
    }
    vanish::carry_out(&mut plan, facts, &fates);
    vanish::cancelled_unknown(&mut plan, &listing, &unmatched);
    for decision in listing.decisions {
        plan.push(decision, None);
    }
    plan
}

/// What follows from one listed stay.
fn listed(plan: &mut SyncPlan, facts: &FeedFacts, seen: &Seen, found: &Match<'_>) {
    let (known, shared) = match *found {
        Match::Same(known) => (known, None),
        Match::Reissue { known, shared } => (known, Some(shared)),
        Match::New => {
            let reason = Reason::New { class: seen.class, kind: seen.kind() };
            return plan
                .push(Decision::about(seen, Outcome::Created, reason), Some(Action::Create { seen: seen.clone() }));
        }
    };
    // A name that was told once is remembered: by it one knows whether a person typed another.
    let guest_name = seen.guest_name.clone().or_else(|| known.seen.guest_name.clone());
    let seen = &Seen { guest_name, ..seen.clone() };
    let (change, reason) = change::of(facts, known, seen, shared);
    let outcome = match (known.state, &reason) {
        (KnownState::EndedBySync, _) => Outcome::Revived,
        (KnownState::EndedByPerson, _) => Outcome::Ignored,
        (KnownState::Live, Reason::Reissue { .. }) => Outcome::Reissued,
        (KnownState::Live, _) if !change.is_empty() => Outcome::Updated,
        (KnownState::Live, _) => Outcome::Kept,
    };
    let (stay, seen_now) = (known.stay, seen.clone());
    let same = change.is_empty() && known.seen == *seen && known.missing == 0;
    let action = match known.state {
        KnownState::EndedBySync => Some(Action::Revive { stay, seen: seen_now, change }),
        _ if same => None,
        _ => Some(Action::Update { stay, seen: seen_now, change }),
    };
    plan.push(Decision { stay: Some(stay), ..Decision::about(seen, outcome, reason) }, action);
}

/// A suspicious answer: nothing is written, the lines say what would be gone.
fn hold(plan: &mut SyncPlan, listing: &Listing, fates: &[vanish::Fate<'_>], suspicion: Suspicion) {
    for fate in fates.iter().filter(|fate| suspicion.gone.contains(&fate.known.stay)) {
        plan.push(Decision::about_known(fate.known, Outcome::Held, Reason::Suspicious), None);
    }
    if !listing.stays.is_empty() {
        let count = u32::try_from(listing.stays.len()).unwrap_or(u32::MAX);
        plan.push(Decision::about_feed(Outcome::Held, Reason::NotApplied { count }), None);
    }
    plan.suspicion = Some(suspicion);
}

/// Whether a vanished stay leaves no trace: Airbnb's own blocks roll every day.
fn leaves_no_trace(facts: &FeedFacts, known: &Known) -> bool {
    let untouched = !known.decided.dates && !known.decided.kind;
    facts.channel == FeedChannel::Airbnb && known.seen.class == Class::Block && untouched
}
