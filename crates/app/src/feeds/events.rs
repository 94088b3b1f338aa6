//! From what is written to what is listed: nights, classes, identities, one entry for each stay.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, NaiveDate};
use kernel::{Date, Nights};
use sha2::{Digest as _, Sha256};

use super::classify::{Words, classify};
use super::decision::{Decision, Outcome, Reason};
use super::ical::{Calendar, EventStatus, Moment, RawEvent};
use super::model::{EndMeaning, FeedFacts, Seen};
use super::recurrence::{self, MAX_BARREN, MAX_OCCURRENCES, MAX_SERIES, Refused};

/// Events and occurrences that end earlier than this many days ago are history that nobody needs imported.
const DAYS_BACK: u64 = 366;
/// Events and occurrences that begin later than this many days ahead are looked at when they come nearer.
const DAYS_AHEAD: u64 = 3 * 365 + 1;

/// An answer in the form that planning needs. The order of its events has no influence on it.
#[derive(Default)]
pub(super) struct Listing {
    /// What is listed, each identity once, in order of nights and then identity.
    pub(super) stays: Vec<Seen>,
    /// What is listed as cancelled.
    pub(super) cancelled: Vec<Cancelled>,
    /// The reservation codes of those.
    pub(super) cancelled_codes: BTreeSet<Option<Box<str>>>,
    /// Ids whose events cannot be read: their stays are not missing.
    pub(super) unreadable: BTreeSet<Box<str>>,
    /// Identities that lie outside the window: their stays are not missing, and no new one is made of them.
    pub(super) outside: BTreeSet<(Box<str>, Option<Date>)>,
    /// What was left out, and why.
    pub(super) decisions: Vec<Decision>,
    /// How many events could be read, whatever they are.
    pub(super) readable: usize,
}

/// An event with `STATUS:CANCELLED`; without an occurrence it speaks for every stay of its id.
pub(super) struct Cancelled {
    pub(super) uid: Box<str>,
    pub(super) occurrence: Option<Date>,
    pub(super) code: Option<Box<str>>,
    pub(super) summary: Box<str>,
    pub(super) nights: Option<Nights>,
    revision: Revision,
}

/// `SEQUENCE`, then the stamp: which of two events with one identity is the later.
type Revision = (u32, Box<str>);

struct Candidate {
    seen: Seen,
    revision: Revision,
}

/// Reads the events of a complete answer.
pub(super) fn list(facts: &FeedFacts, calendar: &Calendar) -> Listing {
    let mut lister = Lister {
        facts,
        from: facts.today.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(facts.today),
        to: facts.today.checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(facts.today),
        listing: Listing::default(),
        candidates: Vec::new(),
        replaced: replaced(facts, calendar),
        series: Vec::new(),
        outside: 0,
    };
    for event in &calendar.events {
        lister.event(event);
    }
    lister.expand_series();
    lister.finish()
}

/// The occurrences that an event of their own replaces, by the id of their series.
fn replaced<'c>(facts: &FeedFacts, calendar: &'c Calendar) -> BTreeMap<&'c str, BTreeSet<Date>> {
    let mut replaced = BTreeMap::<&str, BTreeSet<Date>>::new();
    for event in &calendar.events {
        if let (Some(uid), Some(moment)) = (&event.uid, event.recurrence_id) {
            replaced.entry(uid).or_default().insert(moment.date_in(facts.zone));
        }
    }
    replaced
}

struct Lister<'a> {
    facts: &'a FeedFacts,
    from: Date,
    to: Date,
    listing: Listing,
    candidates: Vec<Candidate>,
    replaced: BTreeMap<&'a str, BTreeSet<Date>>,
    series: Vec<(Candidate, Moment, &'a RawEvent)>,
    outside: u32,
}

impl<'a> Lister<'a> {
    fn event(&mut self, event: &'a RawEvent) {
        let summary = clean(&event.summary);
        if event.uid.as_deref().is_some_and(|uid| self.is_own(uid)) {
            self.listing.readable += 1;
            return self.ignore(event, summary, None, Reason::OwnEvent);
        }
        let words = classify(self.facts.channel, self.facts.default_kind, event);
        let occurrence = event.recurrence_id.map(|moment| moment.date_in(self.facts.zone));
        let dates = self.dates(event);
        if event.status == EventStatus::Cancelled {
            self.listing.readable += 1;
            let dates = dates.ok();
            return self.listing.cancelled.push(Cancelled {
                uid: self.uid(event, dates),
                occurrence,
                code: words.code,
                summary,
                nights: dates.and_then(|(check_in, check_out)| Nights::new(check_in, check_out).ok()),
                revision: (event.sequence, event.stamp.clone()),
            });
        }
        let (check_in, check_out) = match dates {
            Ok(dates) => dates,
            Err(reason) => {
                if let Some(uid) = &event.uid {
                    self.listing.unreadable.insert(bounded_uid(uid));
                }
                return self.ignore(event, summary, None, reason);
            }
        };
        self.listing.readable += 1;
        let uid = self.uid(event, Some((check_in, check_out)));
        let Some((nights, clipped)) = self.clip(check_in, check_out) else {
            self.outside += 1;
            self.listing.outside.insert((uid, occurrence));
            return;
        };
        let Words { class: Some(class), code, phone_last4, guest_name } = words else {
            return self.ignore(event, summary, Some(nights), Reason::Reminder);
        };
        let seen = Seen { uid, occurrence, code, phone_last4, guest_name, summary, class, nights };
        if clipped {
            self.decide(&seen, Outcome::Noted, Reason::Clipped { until: check_out });
        }
        let candidate = Candidate { seen, revision: (event.sequence, event.stamp.clone()) };
        match (event.start, &event.repeats) {
            (Some(start), Some(_)) if occurrence.is_none() => self.series.push((candidate, start, event)),
            _ if nights.check_out() < self.from || nights.check_in() > self.to => {
                self.outside += 1;
                self.listing.outside.insert((candidate.seen.uid, occurrence));
            }
            _ => self.candidates.push(candidate),
        }
    }

    fn is_own(&self, uid: &str) -> bool {
        uid.strip_suffix(&*self.facts.instance).is_some_and(|rest| rest.ends_with('@'))
    }

    /// Arrival and departure in the property's zone.
    fn dates(&self, event: &RawEvent) -> Result<(Date, Date), Reason> {
        let zone = self.facts.zone;
        let start = event.start.filter(|_| !event.unreadable).ok_or(Reason::NoDates)?;
        let check_in = start.date_in(zone);
        let check_out = match (event.end, event.duration) {
            (Some(end), _) if end.is_date() && self.facts.end == EndMeaning::LastNight => end.date_in(zone).succ_opt(),
            (Some(end), _) => Some(end.date_in(zone)),
            (None, Some(length)) => start.after(length).map(|end| end.date_in(zone)),
            (None, None) => check_in.succ_opt(),
        };
        match check_out {
            None => Err(Reason::NoDates),
            Some(check_out) if check_out < check_in => Err(Reason::EndBeforeStart),
            Some(check_out) if check_out == check_in => Err(Reason::NoNight),
            Some(check_out) => Ok((check_in, check_out)),
        }
    }

    /// At most [`Nights::MOST`] nights, and whether some were cut off. What began long ago and still runs is counted from
    /// 1 January of last year, so that it does not move every day. `None` when nothing of it is within the window.
    fn clip(&self, check_in: Date, check_out: Date) -> Option<(Nights, bool)> {
        let whole = Nights::new(check_in, check_out);
        if let Ok(nights) = whole {
            return Some((nights, false));
        }
        let last_year = NaiveDate::from_ymd_opt(self.facts.today.year() - 1, 1, 1)?;
        let (nights, _) = Nights::clipped(check_in.max(last_year), check_out).ok()?;
        Some((nights, true))
    }

    fn expand_series(&mut self) {
        let mut series = std::mem::take(&mut self.series);
        // Which series are left out must not depend on the order of the events.
        series.sort_by(|(a, ..), (b, ..)| (&a.seen.uid, a.seen.nights).cmp(&(&b.seen.uid, b.seen.nights)));
        let (mut occurrences, mut barren) = (0, 0);
        for (at, (candidate, start, event)) in series.into_iter().enumerate() {
            let dates = match event.repeats.as_deref() {
                Some(repeats) if at < MAX_SERIES && barren < MAX_BARREN => {
                    let dates = recurrence::expand(start, repeats, self.facts.zone, self.from, self.to);
                    barren += usize::from(dates == Err(Refused::Barren));
                    dates.map_err(Reason::from)
                }
                _ => Err(Reason::TooManyRepeats),
            };
            match dates {
                Ok(dates) if occurrences + dates.len() <= MAX_OCCURRENCES => {
                    occurrences += dates.len();
                    self.occurrences(&candidate, event, &dates);
                }
                refused => {
                    let reason = refused.err().unwrap_or(Reason::TooManyRepeats);
                    self.decide(&candidate.seen, Outcome::Ignored, reason);
                    self.listing.unreadable.insert(candidate.seen.uid);
                }
            }
        }
    }

    fn occurrences(&mut self, series: &Candidate, event: &RawEvent, dates: &BTreeSet<Date>) {
        let replaced = event.uid.as_deref().and_then(|uid| self.replaced.get(uid));
        for date in dates.iter().filter(|date| !replaced.is_some_and(|replaced| replaced.contains(date))) {
            let end = date.checked_add_days(Days::new(u64::from(series.seen.nights.count())));
            let Some(nights) = end.and_then(|end| Nights::new(*date, end).ok()) else { continue };
            let seen = Seen { occurrence: Some(*date), nights, ..series.seen.clone() };
            self.candidates.push(Candidate { seen, revision: series.revision.clone() });
        }
    }

    fn finish(mut self) -> Listing {
        if self.outside > 0 {
            let reason = Reason::OutsideWindow { count: self.outside };
            self.listing.decisions.push(Decision::about_feed(Outcome::Ignored, reason));
        }
        let mut called_off = BTreeMap::<(Box<str>, Option<Date>), Revision>::new();
        for event in &self.listing.cancelled {
            let latest = called_off.entry((event.uid.clone(), event.occurrence)).or_default();
            *latest = event.revision.clone().max(std::mem::take(latest));
        }
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.retain(|Candidate { seen, revision }| {
            let no_later = |called_off: &Revision| called_off <= revision;
            called_off.is_empty() || called_off.get(&(seen.uid.clone(), seen.occurrence)).is_none_or(no_later)
        });
        candidates.sort_by(|a, b| (&a.seen.uid, a.seen.occurrence).cmp(&(&b.seen.uid, b.seen.occurrence)));
        let mut group = Vec::<Candidate>::new();
        for candidate in candidates {
            let another = |first: &Candidate| {
                first.seen.uid != candidate.seen.uid || first.seen.occurrence != candidate.seen.occurrence
            };
            if group.first().is_some_and(another) {
                self.one_identity(std::mem::take(&mut group));
            }
            group.push(candidate);
        }
        self.one_identity(group);
        self.one_code();
        let key = |seen: &Seen| (seen.nights, seen.uid.clone(), seen.occurrence);
        self.listing.stays.sort_by_cached_key(key);
        self.listing.cancelled_codes = self
            .listing
            .cancelled
            .iter()
            .filter(|event| event.code.is_some())
            .map(|event| event.code.clone())
            .collect();
        self.listing.cancelled.sort_by(|a, b| (&a.uid, a.occurrence, a.nights).cmp(&(&b.uid, b.occurrence, b.nights)));
        self.listing.decisions.sort_by(|a, b| (&a.uid, a.nights, &a.summary).cmp(&(&b.uid, b.nights, &b.summary)));
        self.listing
    }

    /// Settles events with one identity. The latest revision speaks; what overlaps it is the same stay. Events that share
    /// no night with it, and are not older by their `SEQUENCE`, are other stays to which a careless writer gave the same id:
    /// losing one would open its nights, so all are kept, told apart by their arrival.
    fn one_identity(&mut self, mut group: Vec<Candidate>) {
        let order = |c: &Candidate| (c.revision.clone(), c.seen.nights.count(), c.seen.nights, c.seen.summary.clone());
        group.sort_by_cached_key(|candidate| std::cmp::Reverse(order(candidate)));
        let newest = group.first().map_or(0, |candidate| candidate.revision.0);
        let mut kept = Vec::<Seen>::new();
        for candidate in group {
            let twin = kept.iter().find(|seen| seen.nights.overlaps(candidate.seen.nights));
            match twin {
                Some(twin) if twin.nights == candidate.seen.nights => {
                    self.decide(&candidate.seen, Outcome::Ignored, Reason::Duplicate);
                }
                Some(_) => self.decide(&candidate.seen, Outcome::Ignored, Reason::OlderRevision),
                None if candidate.revision.0 < newest => {
                    self.decide(&candidate.seen, Outcome::Ignored, Reason::OlderRevision);
                }
                None => kept.push(candidate.seen),
            }
        }
        if kept.len() > 1 {
            for seen in &mut kept {
                seen.occurrence = Some(seen.nights.check_in());
            }
        }
        self.listing.stays.append(&mut kept);
    }

    /// Settles stays with one reservation code that share nights: one booking, listed under its old id and its new one.
    fn one_code(&mut self) {
        let (mut coded, mut stays): (Vec<Seen>, Vec<Seen>) =
            std::mem::take(&mut self.listing.stays).into_iter().partition(|seen| seen.code.is_some());
        coded.sort_by_cached_key(|seen| (seen.code.clone(), std::cmp::Reverse(seen.nights.count()), seen.nights));
        let mut of_code = 0;
        for seen in coded {
            if stays.last().is_none_or(|last| last.code != seen.code) {
                of_code = stays.len();
            }
            if stays.iter().skip(of_code).any(|kept| kept.nights.overlaps(seen.nights)) {
                self.decide(&seen, Outcome::Ignored, Reason::Duplicate);
            } else {
                stays.push(seen);
            }
        }
        self.listing.stays = stays;
    }

    /// The event's id; one without gets an id from the feed and its content, the same in every sync.
    fn uid(&self, event: &RawEvent, dates: Option<(Date, Date)>) -> Box<str> {
        if let Some(uid) = &event.uid {
            return bounded_uid(uid);
        }
        let dates = dates.map(|(check_in, check_out)| format!("{check_in}/{check_out}")).unwrap_or_default();
        hashed("auto", &[self.facts.id.to_string().as_bytes(), dates.as_bytes(), event.summary.as_bytes()])
    }

    fn ignore(&mut self, event: &RawEvent, summary: Box<str>, nights: Option<Nights>, reason: Reason) {
        let uid = event.uid.as_deref().map(bounded_uid);
        self.listing.decisions.push(Decision {
            outcome: Outcome::Ignored,
            reason,
            stay: None,
            uid,
            occurrence: None,
            summary,
            nights,
        });
    }

    fn decide(&mut self, seen: &Seen, outcome: Outcome, reason: Reason) {
        self.listing.decisions.push(Decision::about(seen, outcome, reason));
    }
}

impl From<Refused> for Reason {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::TooFast => Self::RepeatsTooFast,
            Refused::Unreadable | Refused::Barren => Self::RepeatUnreadable,
        }
    }
}

/// A title fit to be stored and shown: one line, no control characters, at most 200 characters.
fn clean(text: &str) -> Box<str> {
    let mut clean = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.push_str(word);
    }
    clean.chars().take(200).collect()
}

/// The id as it is, or a hash of one that is longer than any writer's.
fn bounded_uid(uid: &str) -> Box<str> {
    if uid.len() <= 255 && !uid.contains(char::is_control) {
        return uid.into();
    }
    hashed("long", &[uid.as_bytes()])
}

fn hashed(prefix: &str, parts: &[&[u8]]) -> Box<str> {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    let hex: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{prefix}-{hex}").into()
}
