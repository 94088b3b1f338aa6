//! Reflections: what we told a channel comes back as the channel's own closure. It is a step after planning, and only makes less of a plan.
//!
//! An event is a reflection when it is new, its words say nothing of guests, and each of its nights is one that the channel was told of
//! when it last read our calendar, by stays that still take them. Two of them that touch may come back as one. What the channel listed
//! before it was told is no reflection, and stays what it is; anything else may be a second sale of the same nights, and is kept.

use kernel::{Date, Nights, StayId};

use super::{Action, SyncPlan};
use crate::feeds::{
    classify,
    decision::{Outcome, Reason},
    model::{Class, FeedChannel, Seen},
};

/// Nights of a stay that a channel was told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The stay.
    pub stay: StayId,
    /// The nights.
    pub nights: Nights,
}

/// Takes reflections out of a plan; the lines say whose they are.
pub fn leave_out_reflections(plan: &mut SyncPlan, channel: FeedChannel, told: &[Told]) {
    let spans = spans(told);
    for step in &mut plan.steps {
        let (Some(Action::Create { seen }) | Some(Action::Revive { seen, .. })) = &step.action else { continue };
        if !may_be_reflection(channel, seen) || !covers(&spans, seen.nights) {
            continue;
        }
        let first = seen.nights.check_in();
        let Some(of) = told.iter().find(|told| told.nights.contains(first)) else { continue };
        step.action = None;
        step.decision.outcome = Outcome::Ignored;
        step.decision.reason = Reason::Reflection { of: of.nights };
        step.decision.stay = Some(of.stay);
    }
}

/// Whether the words leave it open: no reservation, code, telephone or guest.
fn may_be_reflection(channel: FeedChannel, seen: &Seen) -> bool {
    let anonymous = seen.code.is_none() && seen.phone_last4.is_none() && seen.guest_name.is_none();
    // Other places write whatever they like, names too: only what says that it is closed is.
    let closed = channel != FeedChannel::Other || classify::says_closed(&seen.summary);
    matches!(seen.class, Class::Block | Class::Unsure) && anonymous && closed
}

/// The nights as ranges that neither overlap nor touch, by arrival.
fn spans(told: &[Told]) -> Vec<(Date, Date)> {
    let mut nights: Vec<Nights> = told.iter().map(|told| told.nights).collect();
    nights.sort();
    let mut spans: Vec<(Date, Date)> = Vec::new();
    for nights in nights {
        match spans.last_mut() {
            Some((_, until)) if nights.check_in() <= *until => *until = nights.check_out().max(*until),
            _ => spans.push((nights.check_in(), nights.check_out())),
        }
    }
    spans
}

fn covers(spans: &[(Date, Date)], nights: Nights) -> bool {
    let after = spans.partition_point(|(from, _)| *from <= nights.check_in());
    let around = after.checked_sub(1).and_then(|at| spans.get(at));
    around.is_some_and(|(_, until)| nights.check_out() <= *until)
}
