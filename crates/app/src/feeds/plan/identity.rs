//! Which known stay a listed one is: reservation code, then `UID` with occurrence, then reissue.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use kernel::{Date, Nights, StayId, fold};

use crate::feeds::model::{Known, KnownState, Seen};

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

/// Finds, for each listed stay, the known one it is; no known stay is found twice. `known` is in order of age.
pub(super) fn find<'k>(listed: &[Seen], known: &[&'k Known]) -> Vec<Match<'k>> {
    let mut finder =
        Finder { found: vec![Match::New; listed.len()], listed, known: known.to_vec(), taken: BTreeSet::new() };
    finder.by(|seen| seen.code.clone().map(|code| (code, uid_of(seen))));
    finder.by(|seen| seen.code.clone());
    finder.by(|seen| Some(uid_of(seen)));
    finder.reissues();
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
    /// Pairs what has the same key: live stays before ended ones, older before younger.
    fn by<K: Ord>(&mut self, key: impl Fn(&Seen) -> Option<K>) {
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
            if stays.last().is_some_and(|known| !differ(known.seen.code.as_ref(), seen.code.as_ref()))
                && let Some(known) = stays.pop()
            {
                self.taken.insert(known.stay);
                *found = Match::Same(known);
            }
        }
    }

    /// Pairs new events with missing stays: most shared nights, then same departure, then oldest.
    fn reissues(&mut self) {
        let mut missing: Vec<&'k Known> =
            self.known.iter().copied().filter(|known| !self.taken.contains(&known.stay) && was_listed(known)).collect();
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
                *found = Match::Reissue { known, shared };
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

/// Whether nothing says that these are two bookings: another code, telephone or guest does, and a block is no reservation.
fn may_be_one(known: &Seen, listed: &Seen) -> bool {
    let name = |seen: &Seen| seen.guest_name.as_deref().map(fold);
    known.kind() == listed.kind()
        && !differ(known.code.as_ref(), listed.code.as_ref())
        && !differ(known.phone_last4.as_ref(), listed.phone_last4.as_ref())
        && !differ(name(known), name(listed))
}

fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}
