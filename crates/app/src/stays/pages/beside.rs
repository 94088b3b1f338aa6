//! What a stay's page shows of other features: who stays, where it came from and what was decided there, and the work that it makes.

use db::Read;
use kernel::{Fault, Grant, permissions::StaysView};
use webkit::WebError;

use crate::{
    App,
    feeds::{self, AboutStay, Outcome},
    guests::{self, StayGuest},
    properties,
    stays::{Stay, StayStatus},
    tasks,
    ui::Page,
};

/// The most other stays of the guest that are listed; the guest's page has all.
const MOST_OTHERS: usize = 5;

/// The turnover of a stay.
pub(super) struct Turnover {
    pub(super) href: String,
    pub(super) date: String,
    pub(super) status: &'static str,
}

/// Another stay of the guest who booked.
pub(super) struct OtherStay {
    pub(super) href: String,
    pub(super) dates: String,
    pub(super) place: String,
    pub(super) status: &'static str,
}

/// All of it, each part as far as the viewer may see it.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) guests: Vec<StayGuest>,
    /// The other stays of who booked, the last first, and how many more there are.
    pub(super) others: (Vec<OtherStay>, usize),
    /// What the calendar is called; empty when there is none any more.
    pub(super) feed: String,
    pub(super) decisions: Vec<AboutStay>,
    pub(super) turnover: Option<Turnover>,
}

impl Beside {
    pub(super) async fn of(
        app: &App,
        page: &Page,
        read: &mut Read,
        grant: &Grant<StaysView>,
        stay: &Stay,
    ) -> Result<Self, WebError> {
        let mut beside = Self::default();
        if let Ok(grant) = grant.also() {
            beside.guests = guests::of_stay(read, &grant, stay.id).await.map_err(Fault::from)?;
            if let Some(lead) = stay.guest_id {
                let mut others = guests::stays_of(read, &grant, lead, app.env.now()).await.map_err(Fault::from)?;
                others.retain(|other| other.id != stay.id);
                let more = others.len().saturating_sub(MOST_OTHERS);
                let line = |other: &guests::GuestStay| OtherStay {
                    href: format!("/stays/{}", other.id),
                    dates: page.date_range(other.nights.check_in(), other.nights.check_out()),
                    place: properties::place_name(&other.property_name, other.unit_name.as_deref()),
                    status: other.status.as_str(),
                };
                beside.others = (others.iter().take(MOST_OTHERS).map(line).collect(), more);
            }
        }
        if let Ok(grant) = grant.also() {
            (beside.feed, beside.decisions) = feeds::about_stay(page, read, &grant, stay).await?.unwrap_or_default();
        }
        if let Ok(grant) = grant.also() {
            let turnover = tasks::of_stay(read, &grant, stay.id).await.map_err(Fault::from)?;
            beside.turnover = turnover.map(|task| Turnover {
                href: format!("/tasks/{}", task.id),
                date: page.date(task.due_on),
                status: task.status.as_str(),
            });
        }
        Ok(beside)
    }

    /// Why the stay was called off, where its calendar is the reason.
    pub(super) fn cancelled_because(&self, stay: &Stay) -> Option<&AboutStay> {
        let last = self.decisions.first().filter(|last| last.outcome == Outcome::Cancelled);
        last.filter(|_| stay.status == StayStatus::Cancelled && !stay.decided.status)
    }
}
