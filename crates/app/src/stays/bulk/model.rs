//! What can be done with many stays, and why not with one.

use kernel::{Date, StayId, text_enum};

use crate::stays::{Decision, Stay, StayError, StayKind, StayStatus};

/// The most stays of an action.
pub(crate) const MOST: usize = 200;

text_enum! {
    /// What is done with each.
    pub enum BulkAction {
        /// Note that the guests have come.
        CheckIn = "check_in",
        /// Note that the guests have left, on the day of departure or later.
        CheckOut = "check_out",
        /// Say of imported events that guests come.
        Reservation = "reservation",
        /// Say of imported events that the channel closed the nights.
        Block = "block",
        /// Say of imported events that they are neither.
        Dismiss = "dismiss",
        /// Call off.
        Cancel = "cancel",
        /// Bring back.
        Reinstate = "reinstate",
    }
}

text_enum! {
    /// Why an action is not possible with a stay.
    pub enum Why {
        /// Not in its status.
        Status = "status",
        /// Its day has not come.
        NotYet = "not_yet",
        /// It was not imported.
        NotImported = "not_imported",
        /// Another stay has its nights.
        Taken = "taken",
        /// Somebody else changed it meanwhile.
        Changed = "changed",
        /// It is no longer there.
        Gone = "gone",
    }
}

impl BulkAction {
    /// What is said of an imported event.
    pub(super) const fn decision(self) -> Option<Decision> {
        match self {
            Self::Reservation => Some(Decision::Reservation),
            Self::Block => Some(Decision::Block),
            Self::Dismiss => Some(Decision::Dismiss),
            _ => None,
        }
    }

    /// Why it is not possible with a stay, given today at its property, as far as can be seen from the stay alone.
    pub(super) fn why_not(self, stay: &Stay, today: Date) -> Option<Why> {
        let unless = |possible: bool, why: Why| (!possible).then_some(why);
        let nights = stay.nights;
        match self {
            Self::Cancel => unless(stay.may_cancel(), Why::Status),
            Self::Reinstate => unless(stay.may_reinstate(), Why::Status),
            Self::CheckIn => {
                let possible = stay.kind == StayKind::Reservation && stay.status.can_become(StayStatus::CheckedIn);
                unless(possible, Why::Status).or_else(|| unless(nights.check_in() <= today, Why::NotYet))
            }
            Self::CheckOut => {
                unless(stay.may_check_out(), Why::Status).or_else(|| unless(nights.check_out() <= today, Why::NotYet))
            }
            Self::Reservation | Self::Block | Self::Dismiss => {
                let possible = stay.may_decide() && (self != Self::Dismiss || stay.may_cancel());
                unless(stay.feed_id.is_some(), Why::NotImported).or_else(|| unless(possible, Why::Status))
            }
        }
    }
}

/// One of the stays that were chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pick {
    /// The stay.
    pub(crate) stay: StayId,
    /// The version that was shown; whatever the present one is, if none.
    pub(crate) version: Option<i64>,
}

/// What became of a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Done {
    /// The stay.
    pub(crate) stay: StayId,
    /// Why nothing was done.
    pub(crate) skipped: Option<Why>,
}

/// Why a step was not taken; what is nobody's doing is passed on.
pub(super) fn why(error: StayError) -> Result<Why, StayError> {
    match error {
        StayError::NotFound => Ok(Why::Gone),
        StayError::Taken(_) => Ok(Why::Taken),
        StayError::Stale => Ok(Why::Changed),
        StayError::NotNow(_) => Ok(Why::Status),
        error => Err(error),
    }
}
