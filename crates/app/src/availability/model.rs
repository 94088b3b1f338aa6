//! Whether a unit is free for some nights, and if not, why: without I/O.

use chrono::{NaiveTime, TimeDelta};
use kernel::{Date, Instant, Nights, Zone, text_enum};

use super::rules::{Length, Rules, Tight, earlier, later};
use crate::stays::{BlockKind, Occupant, StayKind};

/// How far ahead the next free nights are looked for, in days.
pub(super) const LOOK_AHEAD: u32 = 365;

/// Why some nights cannot be booked, each with its bound and with who is in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Another stay has some of the nights: the first of them, and how many.
    Taken {
        /// The stay.
        by: Box<Occupant>,
        /// The first night that both want.
        first_night: Date,
        /// How many nights both want.
        nights: u32,
    },
    /// The arrival is before today.
    Past {
        /// Today at the property.
        today: Date,
    },
    /// It is too late to book this arrival.
    Notice {
        /// The first day of arrival that can still be booked.
        first: Date,
    },
    /// It is too early to book this arrival.
    Window {
        /// The last day of arrival that can be booked already.
        last: Date,
    },
    /// Nobody arrives on that day.
    ArrivalClosed {
        /// The day.
        date: Date,
    },
    /// Nobody leaves on that day.
    DepartureClosed {
        /// The day.
        date: Date,
    },
    /// The stay is too short.
    MinStay {
        /// The fewest nights.
        nights: u32,
        /// The date that asks for them.
        on: Date,
    },
    /// The stay is too long.
    MaxStay {
        /// The most nights.
        nights: u32,
        /// The date that allows no more.
        on: Date,
    },
    /// Nights must stay free between this stay and another.
    Preparation {
        /// How many.
        nights: u32,
        /// The other stay.
        other: Box<Occupant>,
    },
    /// Beside the stay a gap would be left that nobody can book.
    Gap {
        /// The nights of the gap.
        nights: u32,
        /// The fewest that could be booked there.
        least: u32,
        /// The stay on the other side of it.
        other: Box<Occupant>,
    },
    /// A warning: the cleaning does not fit between this stay and another on the same day.
    Turnover {
        /// When it would be done, at the property.
        ready: NaiveTime,
        /// When guests arrive.
        check_in: NaiveTime,
        /// The other stay.
        other: Box<Occupant>,
    },
}

impl Reason {
    /// A stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Taken { .. } => "nights_taken",
            Self::Past { .. } => "arrival_past",
            Self::Notice { .. } => "notice_too_short",
            Self::Window { .. } => "beyond_window",
            Self::ArrivalClosed { .. } => "arrival_closed",
            Self::DepartureClosed { .. } => "departure_closed",
            Self::MinStay { .. } => "below_min_stay",
            Self::MaxStay { .. } => "above_max_stay",
            Self::Preparation { .. } => "preparation_needed",
            Self::Gap { .. } => "gap_left",
            Self::Turnover { .. } => "turnover_tight",
        }
    }

    /// Whether the unit is free in spite of it.
    #[must_use]
    pub const fn is_warning(&self) -> bool {
        matches!(self, Self::Turnover { .. })
    }

    /// Whether it follows from the day of arrival alone.
    #[must_use]
    pub const fn is_of_arrival(&self) -> bool {
        matches!(self, Self::Past { .. } | Self::Notice { .. } | Self::Window { .. } | Self::ArrivalClosed { .. })
    }

    /// The bound, where it is a date.
    #[must_use]
    pub const fn date(&self) -> Option<Date> {
        match self {
            Self::Taken { first_night: date, .. }
            | Self::Past { today: date }
            | Self::Notice { first: date }
            | Self::Window { last: date }
            | Self::ArrivalClosed { date }
            | Self::DepartureClosed { date } => Some(*date),
            _ => None,
        }
    }

    /// The bound, where it is a number of nights.
    #[must_use]
    pub const fn nights(&self) -> Option<u32> {
        match self {
            Self::Taken { nights, .. }
            | Self::MinStay { nights, .. }
            | Self::MaxStay { nights, .. }
            | Self::Preparation { nights, .. }
            | Self::Gap { nights, .. } => Some(*nights),
            _ => None,
        }
    }

    /// The stay that is in the way.
    #[must_use]
    pub fn stay(&self) -> Option<&Occupant> {
        match self {
            Self::Taken { by: other, .. }
            | Self::Preparation { other, .. }
            | Self::Gap { other, .. }
            | Self::Turnover { other, .. } => Some(other),
            _ => None,
        }
    }
}

text_enum! {
    /// What a day of a unit is like for whoever would like to arrive on it.
    pub enum DayState {
        /// One can arrive.
        Free = "free",
        /// The night is free, but nobody arrives on this day.
        ArrivalClosed = "arrival_closed",
        /// The night is free, but it is too late to book it.
        Notice = "notice",
        /// The night is free, but it is too early to book it.
        Window = "window",
        /// The night stays free before or after a stay.
        Preparation = "preparation",
        /// The day is over.
        Past = "past",
        /// A stay has the night.
        Taken = "taken",
    }
}

/// A day of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Its date.
    pub date: Date,
    /// What it is like.
    pub state: DayState,
    /// Whether people may leave on it.
    pub departure: bool,
    /// The fewest nights of a stay that arrives on it.
    pub min: u32,
    /// The most.
    pub max: Option<u32>,
}

/// All that decides whether a unit is free: what is said of it, its times, and the stays around the nights in question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// What is said of its property.
    pub rules: Rules,
    /// The property's zone.
    pub zone: Zone,
    /// When guests arrive.
    pub check_in_time: NaiveTime,
    /// When guests leave.
    pub check_out_time: NaiveTime,
    /// Whether it is out of use, so that nobody is offered it.
    pub archived: bool,
    /// The stays that have nights of it: its own, those of the units above and below. All within [`Rules::reach`] of the nights in question.
    pub occupants: Vec<Occupant>,
}

/// Whether it is to be made ready before and after: guests sleep there, or the owner. Nothing happens around other blocks.
fn is_slept(occupant: &Occupant) -> bool {
    occupant.kind == StayKind::Reservation || occupant.block_kind == Some(BlockKind::OwnerStay)
}

impl Facts {
    /// What facts must reach over, so that after [`Facts::check`] of some nights [`Facts::next_free`] can be asked too.
    #[must_use]
    pub fn to_look_ahead(nights: Nights, now: Instant) -> Nights {
        // It may be a day later at the property than anywhere else.
        let from = nights.check_in().max(later(now.date_naive(), 1));
        let until = later(from, LOOK_AHEAD + nights.count());
        Nights::clipped(nights.check_in(), until).map_or(nights, |(span, _)| span)
    }

    /// Why a reservation cannot have these nights; nothing when it can. Warnings are among them.
    #[must_use]
    pub fn check(&self, nights: Nights, now: Instant) -> Vec<Reason> {
        let today = self.zone.date_of(now);
        let mut reasons = Vec::new();
        let taken = self.occupants.iter().filter(|other| other.nights.overlaps(nights));
        reasons.extend(taken.map(|other| Reason::Taken {
            by: Box::new(other.clone()),
            first_night: other.nights.check_in().max(nights.check_in()),
            nights: other.nights.shared(nights),
        }));
        reasons.extend(self.arrival(nights.check_in(), now));
        if self.rules.days(nights.check_out()).what.no_departure.contain(nights.check_out()) {
            reasons.push(Reason::DepartureClosed { date: nights.check_out() });
        }
        reasons.extend(self.length(nights));
        for other in &self.occupants {
            reasons.extend(self.between(other, nights));
        }
        reasons.extend(self.gap_before(nights, today));
        reasons.extend(self.gap_after(nights));
        reasons
    }

    /// The next nights that are free, of which there are so many or as few more as the rules ask for; looked for from an arrival on, as far as
    /// [`LOOK_AHEAD`].
    #[must_use]
    pub fn next_free(&self, nights: Nights, now: Instant) -> Option<Nights> {
        let from = nights.check_in().max(self.zone.date_of(now));
        let is_open = |arrival: &Date| {
            let taken = self.occupants.iter().any(|other| other.nights.contains(*arrival));
            !taken && self.arrival(*arrival, now).next().is_none()
        };
        (0..=LOOK_AHEAD).map(|days| later(from, days)).filter(is_open).find_map(|arrival| {
            let asked = nights.count();
            let least = self.rules.length(arrival).what.min.max(asked);
            let free = |count: u32| {
                let nights = Nights::new(arrival, later(arrival, count)).ok()?;
                self.check(nights, now).iter().all(Reason::is_warning).then_some(nights)
            };
            // A departure that is closed is a matter of a few nights more.
            [asked].into_iter().chain((0..7).map(|more| least + more)).find_map(free)
        })
    }

    /// What each day of a span is like. Facts must reach as far around it.
    #[must_use]
    pub fn days(&self, span: Nights, now: Instant) -> Vec<Day> {
        let today = self.zone.date_of(now);
        span.iter()
            .map(|date| {
                let length = self.rules.length(date).what;
                let state = if self.occupants.iter().any(|other| other.nights.contains(date)) {
                    DayState::Taken
                } else if date < today {
                    DayState::Past
                } else if self.is_prepared(date) {
                    DayState::Preparation
                } else {
                    match self.arrival(date, now).next() {
                        None | Some(Reason::Past { .. }) => DayState::Free,
                        Some(Reason::Notice { .. }) => DayState::Notice,
                        Some(Reason::Window { .. }) => DayState::Window,
                        Some(_) => DayState::ArrivalClosed,
                    }
                };
                let departure = !self.rules.days(date).what.no_departure.contain(date);
                Day { date, state, departure, min: length.min, max: length.max }
            })
            .collect()
    }

    /// What is wrong with arriving on a day, the stays aside.
    fn arrival(&self, date: Date, now: Instant) -> impl Iterator<Item = Reason> {
        let local = self.zone.local(now);
        let today = local.date();
        let notice = self.rules.notice(date).what;
        let late = u32::from(notice.until.is_some_and(|until| local.time() >= until));
        let first = later(today, notice.days.saturating_add(late));
        let last = self.rules.window(date).what.days.map(|days| later(today, days));
        let when = if date < today {
            Some(Reason::Past { today })
        } else if date < first {
            Some(Reason::Notice { first })
        } else {
            last.filter(|last| date > *last).map(|last| Reason::Window { last })
        };
        let closed = self.rules.days(date).what.no_arrival.contain(date);
        when.into_iter().chain(closed.then_some(Reason::ArrivalClosed { date }))
    }

    /// Too few nights, or too many: by the date of arrival, and by every night that says so.
    fn length(&self, nights: Nights) -> impl Iterator<Item = Reason> {
        let asked = nights.iter().map(|night| (night, self.rules.length(night).what));
        let asked: Vec<(Date, Length)> =
            asked.filter(|(night, length)| length.stay_through || *night == nights.check_in()).collect();
        let room = self.room(nights);
        let min = |length: &Length| {
            if room.is_some_and(|room| room < i64::from(length.min)) { length.least() } else { length.min }
        };
        let short = asked.iter().map(|(on, length)| (min(length), *on)).filter(|(min, _)| *min > nights.count());
        // Of several the one that asks for most, and of those the first night.
        let short = short.max_by_key(|(min, on)| (*min, std::cmp::Reverse(*on)));
        let long =
            asked.iter().filter_map(|(on, length)| Some((length.max?, *on))).filter(|(max, _)| *max < nights.count());
        let long = long.min_by_key(|(max, on)| (*max, *on));
        short
            .map(|(nights, on)| Reason::MinStay { nights, on })
            .into_iter()
            .chain(long.map(|(nights, on)| Reason::MaxStay { nights, on }))
    }

    /// The nights between the neighbours that a stay could have at most; none when there is a neighbour on one side at most.
    fn room(&self, nights: Nights) -> Option<i64> {
        let (first, _) = self.first_arrival(nights.check_in())?;
        let (last, _) = self.last_departure(nights.check_out())?;
        Some((last - first).num_days())
    }

    /// How many nights stay free after a departure on a date, before the next arrival.
    fn kept(&self, departure: Date) -> u32 {
        let turnover = self.rules.turnover(departure).what;
        let night = turnover.preparation == 0 && turnover.tight == Tight::Night && self.tight(departure).is_some();
        if night { 1 } else { turnover.preparation }
    }

    /// When the cleaning would be done between a departure and an arrival on a date, if that is too late.
    fn tight(&self, date: Date) -> Option<NaiveTime> {
        let minutes = self.rules.turnover(date).what.cleaning?;
        let ready = self.zone.instant_of(date, self.check_out_time) + TimeDelta::minutes(i64::from(minutes));
        (ready > self.zone.instant_of(date, self.check_in_time)).then(|| self.zone.local(ready).time())
    }

    /// The first day on which a stay could arrive after those that end by a day, and the last of those.
    fn first_arrival(&self, by: Date) -> Option<(Date, &Occupant)> {
        let before = self.occupants.iter().filter(|other| other.nights.check_out() <= by);
        let free_from = |other: &Occupant| {
            let departure = other.nights.check_out();
            if is_slept(other) { later(departure, self.kept(departure)) } else { departure }
        };
        before.map(|other| (free_from(other), other)).max_by_key(|(date, _)| *date)
    }

    /// The last day on which a stay could leave before those that begin from a day on, and the first of those.
    fn last_departure(&self, from: Date) -> Option<(Date, &Occupant)> {
        let after = || self.occupants.iter().filter(|other| other.nights.check_in() >= from);
        let first = after().min_by_key(|other| other.nights.check_in())?;
        let last = self.departure_before(first.nights.check_in(), |departure, kept| {
            after().filter(|other| is_slept(other)).all(|other| later(departure, kept) <= other.nights.check_in())
        });
        Some((last, first))
    }

    /// The last day up to another on which one can leave, given what is kept free from then on: that depends on the day itself.
    fn departure_before(&self, until: Date, fits: impl Fn(Date, u32) -> bool) -> Date {
        let days = (0..=self.rules.reach()).map(|days| earlier(until, days));
        days.clone().find(|departure| fits(*departure, self.kept(*departure))).unwrap_or(until)
    }

    /// What is wrong between a stay and another before or after it.
    fn between(&self, other: &Occupant, nights: Nights) -> Option<Reason> {
        if !is_slept(other) || other.nights.overlaps(nights) {
            return None;
        }
        let (departure, arrival) = if other.nights.check_out() <= nights.check_in() {
            (other.nights.check_out(), nights.check_in())
        } else {
            (nights.check_out(), other.nights.check_in())
        };
        let kept = self.kept(departure);
        if arrival < later(departure, kept) {
            return Some(Reason::Preparation { nights: kept, other: Box::new(other.clone()) });
        }
        let ready = self.tight(departure).filter(|_| departure == arrival)?;
        Some(Reason::Turnover { ready, check_in: self.check_in_time, other: Box::new(other.clone()) })
    }

    /// The gap between the stay before and this one. One that has begun is lost anyway.
    fn gap_before(&self, nights: Nights, today: Date) -> Option<Reason> {
        let (first, other) = self.first_arrival(nights.check_in())?;
        let length = self.rules.length(first).what;
        if !length.keep_gaps || first >= nights.check_in() || first < today {
            return None;
        }
        let arrival = nights.check_in();
        let last = self.departure_before(arrival, |departure, kept| later(departure, kept) <= arrival);
        let sold = (last - first).num_days();
        self.gap(first, nights.check_in(), sold, length.least(), other)
    }

    /// The gap between this stay and the one after it.
    fn gap_after(&self, nights: Nights) -> Option<Reason> {
        let (last, other) = self.last_departure(nights.check_out())?;
        let first = later(nights.check_out(), self.kept(nights.check_out()));
        let length = self.rules.length(first).what;
        if !length.keep_gaps || last <= nights.check_out() {
            return None;
        }
        self.gap(nights.check_out(), last, (last - first).num_days(), length.least(), other)
    }

    /// A gap from one day to another, of which so many nights could be sold.
    fn gap(&self, from: Date, to: Date, sold: i64, least: u32, other: &Occupant) -> Option<Reason> {
        let nights = u32::try_from((to - from).num_days()).ok()?;
        (sold < i64::from(least)).then(|| Reason::Gap { nights, least, other: Box::new(other.clone()) })
    }

    /// Whether a night stays free because of the stays around it.
    fn is_prepared(&self, night: Date) -> bool {
        let next = later(night, 1);
        self.first_arrival(night).is_some_and(|(first, _)| first > night)
            || self.last_departure(next).is_some_and(|(last, _)| last < next)
    }
}
