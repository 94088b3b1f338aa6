//! The engine on the feeds of `data/`, on others like them, and on hostile ones.

mod dates;
mod hostile;
mod identities;
mod laws;
mod reading;
mod sentences;
mod sequences;
mod spellings;
mod syncing;
mod vanishing;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Date, FeedId, Nights, StayId, Zone};
use uuid::Uuid;

use super::ical::read;
use super::{
    Action, Change, Decided, EndMeaning, FeedChannel, FeedFacts, Kind, Known, KnownState, Outcome, Reason, Seen,
    SyncPlan, plan,
};

/// A feed of `data/`.
macro_rules! feed {
    ($name:literal) => {
        &include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/feeds/tests/data/", $name))[..]
    };
}
use feed;
pub(super) use syncing::{add_to, live, mails, run_jobs, sync};

/// A calendar around these lines, which end with LF.
pub(super) fn calendar(lines: &str) -> Vec<u8> {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\n{lines}\nEND:VCALENDAR\n").into_bytes()
}

/// An event of whole days.
pub(super) fn event(uid: &str, from: &str, until: &str, summary: &str) -> String {
    let compact = |date: &str| date.replace('-', "");
    format!(
        "BEGIN:VEVENT\nUID:{uid}\nDTSTART;VALUE=DATE:{}\nDTEND;VALUE=DATE:{}\nSUMMARY:{summary}\nEND:VEVENT\n",
        compact(from),
        compact(until)
    )
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn nights(from: &str, until: &str) -> Nights {
    Nights::new(date(from), date(until)).unwrap()
}

/// What the storage would hold of a stay, beside what planning needs of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    known: Known,
    kind: Kind,
    pending: bool,
    to_review: bool,
}

/// A feed and its stays, synced in memory.
#[derive(Debug, Clone)]
struct World {
    facts: FeedFacts,
    rows: BTreeMap<StayId, Row>,
    next: u128,
}

impl World {
    fn new(channel: FeedChannel, today: &str) -> Self {
        let facts = FeedFacts {
            id: FeedId::from_uuid(Uuid::from_u128(7)),
            channel,
            default_kind: Kind::Reservation,
            end: EndMeaning::CheckOut,
            zone: Zone::UTC,
            today: date(today),
            instance: "1f3a.landlord".into(),
            confirmed_gone: BTreeSet::new(),
        };
        Self { facts, rows: BTreeMap::new(), next: 1 }
    }

    fn on(mut self, today: &str) -> Self {
        self.facts.today = date(today);
        self
    }

    fn plan(&self, body: &[u8]) -> SyncPlan {
        let known: Vec<Known> = self.rows.values().map(|row| row.known.clone()).collect();
        plan(&self.facts, &known, &read(body).unwrap())
    }

    /// Plans and applies; then checks that the same answer again makes, changes and moves nothing.
    fn sync(&mut self, body: &[u8]) -> SyncPlan {
        let plan = self.plan(body);
        self.apply(&plan);
        for action in self.plan(body).actions() {
            assert!(
                matches!(action, Action::MarkMissing { .. } | Action::Cancel { .. } | Action::Remove { .. }),
                "not idempotent: {action:?}"
            );
        }
        plan
    }

    fn apply(&mut self, plan: &SyncPlan) {
        let touched: Vec<StayId> = plan.actions().filter_map(stay_of).collect();
        assert_eq!(touched.len(), touched.iter().collect::<BTreeSet<_>>().len(), "a stay is named twice");
        for action in plan.actions() {
            match action.clone() {
                Action::Create { seen } => {
                    let stay = StayId::from_uuid(Uuid::from_u128(self.next));
                    self.next += 1;
                    let (kind, pending, to_review, nights) =
                        (seen.kind(), seen.pending(), seen.to_review(), seen.nights);
                    let known =
                        Known { stay, seen, nights, state: KnownState::Live, decided: Decided::default(), missing: 0 };
                    self.rows.insert(stay, Row { known, kind, pending, to_review });
                }
                Action::Update { stay, seen, change } => self.change(stay, seen, change),
                Action::Revive { stay, seen, change } => {
                    self.change(stay, seen, change);
                    self.row(stay).known.state = KnownState::Live;
                }
                Action::MarkMissing { stay } => self.row(stay).known.missing = 1,
                Action::Cancel { stay } => self.row(stay).known.state = KnownState::EndedBySync,
                Action::Remove { stay } => {
                    self.rows.remove(&stay).unwrap();
                }
            }
        }
    }

    fn change(&mut self, stay: StayId, seen: Seen, change: Change) {
        let row = self.row(stay);
        row.known.nights = change.nights.unwrap_or(row.known.nights);
        row.kind = change.kind.unwrap_or(row.kind);
        row.pending = change.pending.unwrap_or(row.pending);
        row.to_review = change.to_review.unwrap_or(row.to_review);
        row.known.seen = seen;
        row.known.missing = 0;
    }

    fn row(&mut self, stay: StayId) -> &mut Row {
        self.rows.get_mut(&stay).unwrap()
    }

    /// The row that came n-th, from 1.
    fn nth(&mut self, n: u128) -> &mut Row {
        self.row(StayId::from_uuid(Uuid::from_u128(n)))
    }

    /// Live stays as `check_in/check_out kind`, in order of dates.
    fn live(&self) -> Vec<String> {
        let live = self.rows.values().filter(|row| row.known.state == KnownState::Live);
        let mut lines: Vec<String> = live
            .map(|Row { known, kind, pending, to_review }| {
                let pending = if *pending { " pending" } else { "" };
                let review = if *to_review { " to review" } else { "" };
                format!("{}/{} {kind}{pending}{review}", known.nights.check_in(), known.nights.check_out())
            })
            .collect();
        lines.sort();
        lines
    }
}

fn stay_of(action: &Action) -> Option<StayId> {
    match action {
        Action::Create { .. } => None,
        Action::Update { stay, .. }
        | Action::Revive { stay, .. }
        | Action::MarkMissing { stay }
        | Action::Cancel { stay }
        | Action::Remove { stay } => Some(*stay),
    }
}

/// The outcomes of a plan, in order.
fn outcomes(plan: &SyncPlan) -> Vec<Outcome> {
    plan.steps.iter().map(|step| step.decision.outcome).collect()
}

/// The reasons for what was left out.
fn ignored(plan: &SyncPlan) -> Vec<Reason> {
    let ignored = plan.steps.iter().filter(|step| step.decision.outcome == Outcome::Ignored);
    ignored.map(|step| step.decision.reason.clone()).collect()
}
