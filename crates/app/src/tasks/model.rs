//! What a turnover is, and how it follows its stay. No I/O.

use chrono::NaiveTime;
use kernel::{Date, Instant, PropertyId, StayId, TaskId, UnitId, Zone, text_enum};

use crate::{
    properties,
    stays::{StayKind, StayStatus},
    ui::PropertyColour,
};

text_enum! {
    /// Where a task is in its life.
    pub enum TaskStatus {
        /// To do.
        Pending = "pending",
        /// Offered to somebody.
        Offered = "offered",
        /// Somebody took it.
        Accepted = "accepted",
        /// Somebody is at it.
        InProgress = "in_progress",
        /// Done, and to be looked at.
        Submitted = "submitted",
        /// Done.
        Completed = "completed",
        /// Looked at and not good enough.
        Rejected = "rejected",
        /// Not to be done.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// The parts of the list of tasks. Every task that is not cancelled is in exactly one.
    pub enum TaskTab {
        /// To do, due today at the property.
        Today = "today",
        /// To do, due on an earlier day.
        Overdue = "overdue",
        /// To do, due on a later day.
        Upcoming = "upcoming",
        /// Completed, the latest day first.
        Done = "done",
    }
}

db::stored_as_text!(TaskStatus);

impl TaskStatus {
    /// Whether somebody has begun: from then on the work is theirs, and nothing moves or cancels it under their hands.
    #[must_use]
    pub const fn is_begun(self) -> bool {
        matches!(self, Self::InProgress | Self::Submitted | Self::Completed | Self::Rejected)
    }

    /// Whether it may be started.
    #[must_use]
    pub const fn may_start(self) -> bool {
        matches!(self, Self::Pending | Self::Accepted | Self::Rejected)
    }

    /// Whether it may be completed.
    #[must_use]
    pub const fn may_complete(self) -> bool {
        matches!(self, Self::InProgress)
    }
}

/// What a stay's kind and status mean for its turnover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Makes {
    /// Guests leave: there is one.
    Turnover,
    /// Guests left, or never came: the one that is there stays.
    Keeps,
    /// Nobody leaves.
    Nothing,
}

impl Makes {
    /// Blocks make none, and neither does what is not agreed: a hold, a tentative booking.
    pub(super) const fn of(kind: StayKind, status: StayStatus) -> Self {
        match (kind, status) {
            (StayKind::Reservation, StayStatus::Confirmed | StayStatus::CheckedIn) => Self::Turnover,
            (StayKind::Reservation, StayStatus::CheckedOut | StayStatus::NoShow) => Self::Keeps,
            _ => Self::Nothing,
        }
    }
}

/// What a turnover follows of its stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StayFacts {
    pub(super) id: StayId,
    pub(super) unit_id: UnitId,
    pub(super) makes: Makes,
    pub(super) check_out: Date,
    pub(super) needs_review: bool,
    /// The first day of its calendar here: guests who left before it were never ours to clean up after. None for stays by hand.
    pub(super) known_from: Option<Date>,
}

/// A turnover as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turnover {
    pub(super) id: TaskId,
    pub(super) status: TaskStatus,
    pub(super) unit_id: UnitId,
    pub(super) due_on: Date,
    pub(super) provisional: bool,
    pub(super) stay_changed: bool,
    pub(super) dismissed: bool,
}

/// What has to happen so that a turnover fits its stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It fits.
    Nothing,
    /// There is to be one.
    Create,
    /// It takes the stay's unit and day, and comes back if it was cancelled.
    Follow,
    /// There is none to do any more.
    Cancel,
    /// It was begun: note whether it still fits.
    Note { changed: bool },
}

/// The step for a stay and the turnover that it has. Taking it and asking again gives [`Step::Nothing`].
pub(super) fn step(stay: &StayFacts, turnover: Option<&Turnover>) -> Step {
    let in_time = stay.known_from.is_none_or(|day| stay.check_out >= day);
    let makes = stay.makes == Makes::Turnover && in_time;
    let Some(turnover) = turnover else {
        return if makes { Step::Create } else { Step::Nothing };
    };
    let fits = turnover.unit_id == stay.unit_id
        && turnover.due_on == stay.check_out
        && turnover.provisional == stay.needs_review;
    let keeps = stay.makes == Makes::Keeps && turnover.status != TaskStatus::Cancelled;
    if turnover.status.is_begun() {
        let changed = !(makes || keeps) || turnover.unit_id != stay.unit_id || turnover.due_on != stay.check_out;
        let noted = turnover.stay_changed == changed && turnover.provisional == stay.needs_review;
        return if noted { Step::Nothing } else { Step::Note { changed } };
    }
    if turnover.status == TaskStatus::Cancelled {
        // "Not needed" holds as long as it is open whether guests come at all.
        let dismissed = turnover.dismissed && stay.needs_review;
        return if makes && !dismissed { Step::Follow } else { Step::Nothing };
    }
    match (makes || keeps, fits) {
        (false, _) => Step::Cancel,
        (true, false) => Step::Follow,
        (true, true) => Step::Nothing,
    }
}

/// The guests who come next, as far as the viewer may know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextGuests {
    /// The day they arrive.
    pub arrives_on: Date,
    /// The first name of the lead guest; none when it is unknown or not for the viewer.
    pub first_name: Option<String>,
    /// Adults.
    pub adults: u32,
    /// Children.
    pub children: u32,
    /// Infants.
    pub infants: u32,
    /// Pets.
    pub pets: u32,
}

impl NextGuests {
    /// Whether the calendar said how many come.
    #[must_use]
    pub const fn counted(&self) -> bool {
        self.adults > 0 || self.children > 0 || self.infants > 0 || self.pets > 0
    }
}

/// The first word of a name: all that a worker needs to greet somebody.
#[must_use]
pub fn first_name(name: &str) -> Option<String> {
    name.split_whitespace().next().map(str::to_owned)
}

/// When a turnover can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The guests have left.
    pub from: Instant,
    /// The next guests may come in; none when nobody is expected.
    pub until: Option<Instant>,
}

/// A turnover with what its page shows. The window and the next guests are derived when it is read, never stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskView {
    /// Its id.
    pub id: TaskId,
    /// Where it is in its life.
    pub status: TaskStatus,
    /// The unit to turn over.
    pub unit_id: UnitId,
    /// The unit's name; none for the whole property.
    pub unit_name: Option<String>,
    /// The unit's property.
    pub property_id: PropertyId,
    /// The property's name.
    pub property_name: String,
    /// By which people recognise it.
    pub colour: PropertyColour,
    /// Street and city, as far as they are known.
    pub address: Vec<String>,
    /// Where its days begin.
    pub zone: Zone,
    /// Guests may arrive from.
    pub check_in_time: NaiveTime,
    /// Guests leave until.
    pub check_out_time: NaiveTime,
    /// The stay that ends.
    pub stay_id: Option<StayId>,
    /// The day to do it on: the check-out.
    pub due_on: Date,
    /// Whether its stay is still to be reviewed.
    pub provisional: bool,
    /// Whether the stay was moved or cancelled after the work had begun.
    pub stay_changed: bool,
    /// Whether a person said that nothing needs to be done.
    pub dismissed: bool,
    /// When it was started.
    pub started_at: Option<Instant>,
    /// Who started it.
    pub started_by: Option<String>,
    /// When it was completed.
    pub completed_at: Option<Instant>,
    /// Who completed it.
    pub completed_by: Option<String>,
    /// Who comes next.
    pub next: Option<NextGuests>,
    /// Grows with each change.
    pub version: i64,
}

impl TaskView {
    /// `Property` or `Property · unit`.
    #[must_use]
    pub fn place(&self) -> String {
        properties::place_name(&self.property_name, self.unit_name.as_deref())
    }

    /// From the departure to the next arrival.
    #[must_use]
    pub fn window(&self) -> Window {
        Window {
            from: self.zone.instant_of(self.due_on, self.check_out_time),
            until: self.next.as_ref().map(|next| self.zone.instant_of(next.arrives_on, self.check_in_time)),
        }
    }

    /// Whether the next guests arrive on the day the last ones leave.
    #[must_use]
    pub fn is_same_day(&self) -> bool {
        self.next.as_ref().is_some_and(|next| next.arrives_on == self.due_on)
    }

    /// Whether it ought to have been done on an earlier day.
    #[must_use]
    pub fn is_overdue(&self, now: Instant) -> bool {
        !matches!(self.status, TaskStatus::Completed | TaskStatus::Cancelled) && self.due_on < self.zone.date_of(now)
    }

    /// The status that undoing the last step leads to; none when there is no step, or it was not taken today.
    #[must_use]
    pub fn undo(&self, now: Instant) -> Option<TaskStatus> {
        let today = |at: Option<Instant>| at.is_some_and(|at| self.zone.date_of(at) == self.zone.date_of(now));
        match self.status {
            TaskStatus::Completed if today(self.completed_at) => Some(TaskStatus::InProgress),
            TaskStatus::InProgress if today(self.started_at) => Some(TaskStatus::Pending),
            _ => None,
        }
    }

    /// Whether it may be said that nothing needs to be done: nobody knows yet whether guests come, and nobody has begun.
    #[must_use]
    pub const fn may_dismiss(&self) -> bool {
        self.provisional && !self.status.is_begun() && !matches!(self.status, TaskStatus::Cancelled)
    }

    /// Whether it was dismissed and may be brought back.
    #[must_use]
    pub const fn may_restore(&self) -> bool {
        self.dismissed && matches!(self.status, TaskStatus::Cancelled)
    }
}

/// A turnover on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayTurnover {
    /// Its id.
    pub id: TaskId,
    /// The unit.
    pub unit_id: UnitId,
    /// The day.
    pub due_on: Date,
    /// Where it is in its life.
    pub status: TaskStatus,
}

/// How many tasks wait; counted to 100, which means "100 or more".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TaskCounts {
    /// To do, due today.
    pub today: i64,
    /// To do, due on an earlier day.
    pub overdue: i64,
}

impl TaskCounts {
    /// The most that is counted.
    pub const MOST: i64 = 100;

    /// A count as a page shows it: `99+` for what is not counted on.
    #[must_use]
    pub fn text(count: i64, page: &crate::ui::Page) -> String {
        if count >= Self::MOST { format!("{}+", page.number(Self::MOST - 1)) } else { page.number(count) }
    }
}
