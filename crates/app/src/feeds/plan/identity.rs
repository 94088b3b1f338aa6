//! Which known stay a listed one is: reservation code, then `UID` with occurrence, then reissue.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use kernel::{Date, Nights, StayId, fold};

use crate::feeds::model::{Class, Known, KnownState, Seen};

/// The most pairs of a new event and a missing stay that are compared. Beyond that, events count as new and stays as
/// missing, which frees no night; an honest feed stays far below.
const MAX_PAIRS: usize = 250_000;

/// What a listed stay is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match<'k> {
    /// Known by its code or its id.
    Same(&'k Known),
    /// Known, but the channel gave it a new id.
    Reissue {
        known: &'k Known,
        /// Nights that both have.
        shared: u32,
    },
    /// Not known.
    New,
}

impl Match<'_> {
    pub(super) fn stay(&self) -> Option<StayId> {
        match self {
            Self::Same(known) | Self::Reissue { known, .. } => Some(known.stay),
            Self::New => None,
        }
    }
}

/// Finds, for each listed stay, the known one it is; no known stay is found twice. `known` is in order of age. `named` says of
/// which ones the answer speaks though it does not list them: they are not missing, so no other event is theirs.
pub(super) fn find<'k>(
    listed: &[Seen],
    known: &[&'k Known],
    today: Date,
    named: impl Fn(&Known) -> bool,
) -> Vec<Match<'k>> {
    let mut finder =
        Finder { found: vec![Match::New; listed.len()], listed, known: known.to_vec(), taken: BTreeSet::new() };
    finder.by(|seen| seen.code.clone().map(|code| (code, uid_of(seen))), |_, _| true);
    finder.by(|seen| seen.code.clone(), |_, _| true);
    finder.by(|seen| Some(uid_of(seen)), |known, seen| !is_used_again(known, seen, today));
    finder.reissues(named);
    finder.found
}

type Uid = (Box<str>, Option<Date>);

fn uid_of(seen: &Seen) -> Uid {
    (seen.uid.clone(), seen.occurrence)
}

struct Finder<'a, 'k> {
    listed: &'a [Seen],
    known: Vec<&'k Known>,
    found: Vec<Match<'k>>,
    taken: BTreeSet<StayId>,
}

impl<'k> Finder<'_, 'k> {
    /// Pairs what has the same key, if it may be: live stays before ended ones, older before younger.
    fn by<K: Ord>(&mut self, key: impl Fn(&Seen) -> Option<K>, may_be: impl Fn(&Seen, &Seen) -> bool) {
        let mut index = BTreeMap::<K, Vec<&'k Known>>::new();
        for known in self.known.iter().filter(|known| !self.taken.contains(&known.stay)) {
            if let Some(key) = key(&known.seen) {
                index.entry(key).or_default().push(known);
            }
        }
        for stays in index.values_mut() {
            // The last is taken first.
            stays.sort_by_key(|known| (known.state == KnownState::Live, Reverse(known.stay)));
        }
        for (seen, found) in self.listed.iter().zip(&mut self.found).filter(|(_, found)| **found == Match::New) {
            let Some(stays) = key(seen).and_then(|key| index.get_mut(&key)) else { continue };
            let one =
                |known: &&Known| !differ(known.seen.code.as_ref(), seen.code.as_ref()) && may_be(&known.seen, seen);
            if let Some(at) = stays.iter().rposition(one) {
                let known = stays.remove(at);
                self.taken.insert(known.stay);
                *found = Match::Same(known);
            }
        }
    }

    /// Pairs new events with missing stays: most shared nights, then same departure, then oldest.
    fn reissues(&mut self, named: impl Fn(&Known) -> bool) {
        let is_missing = |known: &&Known| !self.taken.contains(&known.stay) && was_listed(known) && !named(known);
        let mut missing: Vec<&'k Known> = self.known.iter().copied().filter(is_missing).collect();
        missing.sort_by_key(|known| (known.seen.nights.check_in(), known.stay));
        let new = self.listed.iter().enumerate().filter(|(at, _)| self.found.get(*at) == Some(&Match::New));

        let (mut pairs, mut compared) = (Vec::new(), 0_usize);
        'events: for (at, seen) in new {
            let earliest = seen.nights.check_in().checked_sub_days(Days::new(u64::from(Nights::MOST)));
            let from = missing.partition_point(|known| Some(known.seen.nights.check_in()) < earliest);
            let near = missing.iter().skip(from);
            for known in near.take_while(|known| known.seen.nights.check_in() < seen.nights.check_out()) {
                compared += 1;
                if compared > MAX_PAIRS {
                    break 'events;
                }
                let shared = known.seen.nights.shared(seen.nights);
                if shared > 0 && may_be_one(&known.seen, seen) {
                    let departs_alike = known.seen.nights.check_out() == seen.nights.check_out();
                    pairs.push((Reverse(shared), !departs_alike, known.stay, at, *known));
                }
            }
        }
        pairs.sort_by_key(|(shared, departs_otherwise, stay, at, _)| (*shared, *departs_otherwise, *stay, *at));
        for (Reverse(shared), _, stay, at, known) in pairs {
            if let Some(found) = self.found.get_mut(at)
                && *found == Match::New
                && self.taken.insert(stay)
            {
                // The id may be the same and only now stand for several stays.
                let same = self.listed.get(at).is_some_and(|seen| seen.uid == known.seen.uid);
                *found = if same { Match::Same(known) } else { Match::Reissue { known, shared } };
            }
        }
    }
}

/// Whether a stay may have got a new id since the last answer. One that a person ended may have, if it was listed then:
/// a new booking of the same nights, made later, is another stay. One that a sync cancelled is gone.
fn was_listed(known: &Known) -> bool {
    match known.state {
        KnownState::Live => true,
        KnownState::EndedByPerson => known.missing == 0,
        KnownState::EndedBySync => false,
    }
}

/// Whether an id that stood for a stay now stands for another: the one is over, the other comes after it. Guests who have left
/// come no later, and what was slept stays on record.
fn is_used_again(known: &Seen, listed: &Seen, today: Date) -> bool {
    let over = known.nights.check_out();
    over <= today && over <= listed.nights.check_in()
}

/// Whether nothing says that these are two bookings: another code, telephone or guest does, and a block is no reservation.
fn may_be_one(known: &Seen, listed: &Seen) -> bool {
    let name = |seen: &Seen| seen.guest_name.as_deref().map(fold);
    let (one, other) = (known.nights, listed.nights);
    let one_end = one.check_in() == other.check_in() || one.check_out() == other.check_out();
    // Where only the length tells a stay from a closure, one that shrinks day by day is still what it was.
    let alike =
        known.kind() == listed.kind() || (one_end && known.class == Class::Unsure && listed.class == Class::Unsure);
    alike
        && !differ(known.code.as_ref(), listed.code.as_ref())
        && !differ(known.phone_last4.as_ref(), listed.phone_last4.as_ref())
        && !differ(name(known), name(listed))
}

fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}
