//! Use cases of calendar links.

use std::{collections::BTreeMap, fmt::Display};

use chrono::TimeDelta;
use db::{DbError, Read, Tx};
use kernel::{
    Actor, ActorKind, Fault, Grant, Instant, Language, Membership, Nights, OrganizationId, PermissionName, Role,
    UnitId, UserId,
    permissions::{StaysView, TasksView},
};
use webkit::WebError;

use super::store::{self, Holder};
use crate::{
    App, audit,
    feeds::{
        self,
        exports::calendar::{CalendarText, Event},
    },
    properties::{self, UnitView},
    stays::{self, StayKind, StayStatus, WindowStay},
    tasks::{self, DayTurnover, TaskStatus},
    text,
};

/// What the secrets of links are sealed and hashed for. Never change it while any are stored.
const TOKEN: &str = "calendar_link.token";
/// What a link shows: from so many days ago to so many days ahead.
const DAYS_BACK: TimeDelta = TimeDelta::days(30);
const DAYS_AHEAD: TimeDelta = TimeDelta::days(730);

/// A member's own calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarLink {
    /// Its address, which is a secret; empty when its key is no longer there.
    pub address: String,
    /// When it was last fetched, to the minute.
    pub fetched_at: Option<Instant>,
    /// When it was made.
    pub created_at: Instant,
}

fn subject(user: UserId) -> audit::Subject {
    audit::Subject::new("calendar_link", user.uuid())
}

/// A member's link, if they have one.
///
/// # Errors
/// When the database fails.
pub async fn find(
    app: &App,
    read: &mut Read,
    user: UserId,
    membership: Membership,
) -> Result<Option<CalendarLink>, Fault> {
    let Some(stored) = store::find(read, membership.organization_id, user).await? else { return Ok(None) };
    let address = match app.keys.open_token(TOKEN, &stored.token_sealed) {
        Some(token) => {
            let address = app.public_url.join(&format!("/calendars/mine/{token}.ics"));
            address.map_err(|error| Fault::new("writing an address", error))?.into()
        }
        None => String::new(),
    };
    Ok(Some(CalendarLink { address, fetched_at: stored.fetched_at, created_at: stored.created_at }))
}

/// Makes a member's link; one that they had stops at once.
///
/// # Errors
/// When the database fails.
pub async fn make(app: &App, user: UserId, membership: Membership) -> Result<(), Fault> {
    let organization = membership.organization_id;
    let token = app.keys.new_token(TOKEN, &app.env).map_err(|error| Fault::new("sealing an address", error))?;
    let mut tx = app.db.begin().await?;
    store::put(&mut tx, organization, user, &token, app.env.now()).await?;
    let by = audit::By::User(user);
    audit::record_by(&mut tx, &app.env, Some(organization), by, "calendar_links.link.make", subject(user), &[]).await?;
    Ok(tx.commit().await?)
}

/// Ends a member's link at once.
///
/// # Errors
/// 404 when they have none.
pub async fn remove(app: &App, user: UserId, membership: Membership) -> Result<(), WebError> {
    let organization = membership.organization_id;
    let mut tx = app.db.begin().await.map_err(Fault::from)?;
    if !store::delete(&mut tx, organization, user).await.map_err(Fault::from)? {
        return Err(WebError::not_found());
    }
    let by = audit::By::User(user);
    audit::record_by(&mut tx, &app.env, Some(organization), by, "calendar_links.link.remove", subject(user), &[])
        .await
        .map_err(Fault::from)?;
    Ok(tx.commit().await.map_err(Fault::from)?)
}

/// Ends the link of somebody who is no longer a member, in the caller's transaction.
///
/// # Errors
/// When the database refuses.
pub async fn end_in(tx: &mut Tx, organization: OrganizationId, user: UserId) -> Result<(), DbError> {
    store::delete(tx, organization, user).await.map(|_| ())
}

/// The calendar behind a secret; `None` when there is none, or its holder is disabled or no longer a member.
///
/// # Errors
/// When the database fails.
pub async fn serve(app: &App, token: &str) -> Result<Option<String>, Fault> {
    let hash = app.keys.lookup_hash(TOKEN, token.as_bytes());
    let now = app.env.now();
    let mut read = app.db.read().await?;
    let Some(holder) = store::by_token(&mut read, &hash).await? else { return Ok(None) };
    let calendar = calendar_of(app, &mut read, &holder).await?;
    drop(read);
    if holder.fetched_at.is_none_or(|last| now - last >= TimeDelta::minutes(1)) {
        let mut tx = app.db.begin().await?;
        store::fetched(&mut tx, holder.membership.organization_id, holder.user, now).await?;
        tx.commit().await?;
    }
    Ok(Some(calendar))
}

/// What the holder may see today.
async fn calendar_of(app: &App, read: &mut Read, holder: &Holder) -> Result<String, Fault> {
    let actor = Actor {
        user_id: holder.user,
        is_admin: false,
        membership: Some(holder.membership),
        kind: ActorKind::ApiToken([PermissionName::StaysView, PermissionName::TasksView].into()),
    };
    let today = app.env.now().date_naive();
    let (from, until) = (today - DAYS_BACK, today + DAYS_AHEAD);
    let span = Nights::new(from, until).map_err(|error| Fault::new("counting the days of a calendar", error))?;
    let mut writer = Writer::new(app, holder);
    if let Ok(grant) = actor.grant::<StaysView>() {
        let units = Units::of(read, &grant).await?;
        let mut stays = stays::window(read, &grant, span, &units.ids()).await?;
        stays.retain(|stay| stay.status != StayStatus::NoShow);
        stays.sort_by_key(|stay| (stay.nights, stay.id));
        stays.iter().for_each(|stay| writer.stay(stay, &units));
    } else if let Ok(grant) = actor.grant::<TasksView>() {
        let units = Units::of(read, &grant).await?;
        let mut turnovers = tasks::on_days(read, &grant, &units.ids(), from, until).await?;
        turnovers.sort_by_key(|turnover| (turnover.due_on, turnover.id));
        turnovers.iter().for_each(|turnover| writer.turnover(turnover, &units));
    }
    Ok(writer.calendar.finish())
}

/// The units of the holder's scope.
struct Units(BTreeMap<UnitId, UnitView>);

impl Units {
    async fn of<P: kernel::Permission>(read: &mut Read, grant: &Grant<P>) -> Result<Self, Fault> {
        let units = properties::units(read, grant).await?;
        Ok(Self(units.into_iter().map(|unit| (unit.id, unit)).collect()))
    }

    fn ids(&self) -> Vec<UnitId> {
        self.0.keys().copied().collect()
    }

    /// The property, and the unit where it is not the whole.
    fn place(&self, id: UnitId) -> String {
        self.0.get(&id).map(UnitView::label).unwrap_or_default()
    }
}

struct Writer {
    calendar: CalendarText,
    language: Language,
    /// Whether guests are named.
    names: bool,
    instance: String,
    now: Instant,
}

impl Writer {
    fn new(app: &App, holder: &Holder) -> Self {
        Self {
            calendar: CalendarText::new(&holder.organization_name),
            language: holder.language,
            names: holder.membership.role == Role::Manager,
            instance: feeds::instance_id(app),
            now: app.env.now(),
        }
    }

    fn title(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        text::text_with(self.language, key, None, values)
    }

    fn stay(&mut self, stay: &WindowStay, units: &Units) {
        let place = units.place(stay.unit_id);
        let guest = stay.guest_name.as_deref().filter(|_| self.names).and_then(tasks::first_name);
        let summary = match (stay.kind, stay.status, guest) {
            (StayKind::Block, ..) => self.title("calendar-links-block", &[("place", &place)]),
            (_, StayStatus::Hold | StayStatus::Pending, _) => {
                self.title("calendar-links-pending", &[("place", &place)])
            }
            (.., Some(guest)) => self.title("calendar-links-guest", &[("place", &place), ("guest", &guest)]),
            (.., None) => self.title("calendar-links-stay", &[("place", &place)]),
        };
        self.calendar.event(&Event {
            uid: format!("{}@{}", stay.id, self.instance),
            stamp: self.now,
            from: stay.nights.check_in(),
            until: stay.nights.check_out(),
            summary: &summary,
            description: "",
        });
    }

    fn turnover(&mut self, turnover: &DayTurnover, units: &Units) {
        let (Some(until), Some(unit)) = (turnover.due_on.succ_opt(), units.0.get(&turnover.unit_id)) else { return };
        let place = units.place(turnover.unit_id);
        let done = turnover.status == TaskStatus::Completed;
        let key = if done { "calendar-links-turnover-done" } else { "calendar-links-turnover" };
        let clock = |time| text::time(self.language, time);
        let (out, arrival) = (clock(unit.check_out_time), clock(unit.check_in_time));
        let summary = self.title(key, &[("place", &place)]);
        let description = self.title("calendar-links-times", &[("out", &out), ("in", &arrival)]);
        self.calendar.event(&Event {
            uid: format!("{}@{}", turnover.id, self.instance),
            stamp: self.now,
            from: turnover.due_on,
            until,
            summary: &summary,
            description: &description,
        });
    }
}
