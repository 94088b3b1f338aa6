//! Use cases of stays. Each is one transaction: rules, storage, claims, audit entry, turnovers.

use db::{DbError, Read, Retry, Tx};
use kernel::{
    Currency, Cursor, Date, Fault, FieldErrors, Grant, Instant, Limit, Nights, Page, Permission, PermissionName, Scope,
    StayId, UnitId,
    permissions::{StaysCancel, StaysCreate, StaysEdit, StaysView},
};

use webkit::WebError;

use super::{
    input::{ChangeStay, NewStay},
    model::{
        BlockKind, Decided, Decision, Guest, InTheWay, Stay, StayDetails, StayFilter, StayKind, StayStatus, WindowStay,
    },
    store::{
        self,
        claims::{self, Demand, Locked},
        lists,
    },
};
use crate::{App, audit, availability, guests, properties, tasks};

/// Why a stay could not be made or changed. Nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum StayError {
    /// There is none with this id within the grant's scope.
    #[error("no such stay")]
    NotFound,
    /// Something about the input.
    #[error("the input is not valid")]
    Invalid(FieldErrors),
    /// Another stay has at least one of the nights; the first in the way.
    #[error("the night of {} belongs to the stay {}", .0.first_night, .0.stay)]
    Taken(Box<InTheWay>),
    /// Rules of when nights can be booked are broken, and that was not said to be meant.
    #[error("{} rules are broken", .0.len())]
    AgainstRules(Vec<availability::Reason>),
    /// Somebody else changed the stay since it was read.
    #[error("the stay was changed meanwhile")]
    Stale,
    /// Not in this status, or not yet.
    #[error("not possible while the stay is {0}")]
    NotNow(StayStatus),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for StayError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<guests::GuestError> for StayError {
    fn from(error: guests::GuestError) -> Self {
        match error {
            guests::GuestError::Invalid(errors) => Self::Invalid(errors),
            guests::GuestError::Fault(fault) => Self::Fault(fault),
            // The person was changed or merged while the stay was written.
            guests::GuestError::NotFound | guests::GuestError::Stale | guests::GuestError::Merged(_) => {
                FieldErrors::one("guest_id", "unknown_choice").into()
            }
        }
    }
}

impl From<FieldErrors> for StayError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl From<StayError> for WebError {
    fn from(error: StayError) -> Self {
        match error {
            StayError::NotFound => Self::not_found(),
            StayError::Invalid(errors) => Self::invalid(&errors),
            StayError::Taken(other) => Self::conflict("nights_taken")
                .detail(format!("the night of {} belongs to stay {}", other.first_night, other.stay)),
            StayError::AgainstRules(reasons) => Self::invalid(&availability::as_errors("against_rules", &reasons)),
            StayError::Stale => {
                Self::conflict("stay_changed").detail("read the stay again and send its present version")
            }
            StayError::NotNow(status) => {
                Self::conflict("not_now").detail(format!("not possible now, while the stay is {status}"))
            }
            StayError::Fault(fault) => fault.into(),
        }
    }
}

impl Retry for StayError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Fault(fault) if fault.is_transient())
    }
}

pub(super) fn subject(id: StayId) -> audit::Subject {
    audit::Subject::new("stay", id.uuid())
}

/// Brings the turnovers of these stays in line with them.
pub(super) async fn reconcile_turnovers(
    tx: &mut Tx,
    app: &App,
    scope: &Scope,
    stays: &[StayId],
) -> Result<(), DbError> {
    tasks::turnovers::reconcile(tx, &app.env, scope.organization_id(), stays).await
}

/// Books or blocks nights: all of them, or none.
///
/// # Errors
/// [`StayError::Invalid`] for a unit that is not there or too small, [`StayError::Taken`], [`StayError::AgainstRules`].
pub async fn book(app: &App, grant: &Grant<StaysCreate>, new: &NewStay) -> Result<Stay, StayError> {
    db::retrying(|| book_once(app, grant, new)).await
}

async fn book_once(app: &App, grant: &Grant<StaysCreate>, new: &NewStay) -> Result<Stay, StayError> {
    let mut tx = app.db.begin().await?;
    // Before the unit is looked at: whoever retires it takes turns with us.
    let locked = claims::lock(&mut tx, grant.organization_id(), [new.unit_id]).await?;
    let unit = usable_unit(&mut tx, grant, new).await?;
    let stay = book_in(&mut tx, app, grant, &locked, unit, new).await?;
    reconcile_turnovers(&mut tx, app, grant.scope(), &[stay.id]).await?;
    tx.commit().await?;
    Ok(stay)
}

/// Books or blocks nights of a locked unit, without its turnover, within a transaction which the caller commits, or drops when this fails.
pub(super) async fn book_in(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<StaysCreate>,
    locked: &Locked,
    unit: properties::UnitView,
    new: &NewStay,
) -> Result<Stay, StayError> {
    let now = app.env.now();
    let mut stay = Stay {
        id: StayId::new(&app.env),
        unit_id: unit.id,
        unit_name: unit.name,
        property_id: unit.property_id,
        property_name: unit.property_name,
        zone: unit.zone,
        kind: new.kind,
        block_kind: new.block_kind,
        status: StayStatus::Confirmed,
        channel: new.channel,
        reservation_code: new.reservation_code.clone(),
        nights: new.nights,
        guest: guests::as_booked(tx, grant, new.guest_id, &new.guest).await?,
        guest_id: new.guest_id,
        counts: new.counts,
        amount: new.amount,
        notes: new.notes.clone(),
        needs_review: false,
        feed_id: None,
        decided: Decided::default(),
        in_conflict: false,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    store::insert(tx, grant.organization_id(), &stay).await?;
    claim(tx, locked, &stay).await?;
    let broken = broken_rules(tx, app, grant, None, &stay, new.against_rules).await?;
    store::write_nights(tx, grant.organization_id(), &stay).await?;
    audit::record(tx, &app.env, grant, "stays.stay.book", subject(stay.id), broken.as_slice()).await?;
    stay.guest_id = guests::link_lead(tx, app, grant, stay.id, new.guest_id, &stay.guest).await?;
    Ok(stay)
}

/// The unit, if it can be booked for that many.
pub(super) async fn usable_unit<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    facts: &NewStay,
) -> Result<properties::UnitView, StayError> {
    let unit = properties::unit(read, grant, facts.unit_id).await?.filter(|unit| !unit.archived);
    let unit = unit.ok_or_else(|| FieldErrors::one("unit_id", "unknown_choice"))?;
    if facts.counts.beds() > unit.capacity && !facts.over_capacity {
        let mut errors = FieldErrors::new();
        errors.add_bound("adults", "over_capacity", unit.capacity);
        return Err(errors.into());
    }
    Ok(unit)
}

/// Claims what a live stay wants, all or nothing.
pub(super) async fn claim(tx: &mut Tx, locked: &Locked, stay: &Stay) -> Result<(), StayError> {
    let demand = Demand { stay: stay.id, unit: stay.unit_id, nights: stay.nights };
    match claims::claim_all(tx, locked, demand).await? {
        None => Ok(()),
        Some(other) => Err(StayError::Taken(Box::new(other))),
    }
}

/// Looks whether a stay that has its nights breaks rules of when they can be booked; what the audit entry says of it. Blocks break none, and
/// what was sold elsewhere is sold; an arrival that stays what it was is not asked about again.
pub(super) async fn broken_rules<P: Permission>(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<P>,
    before: Option<&Stay>,
    stay: &Stay,
    is_meant: bool,
) -> Result<Option<&'static str>, StayError> {
    if stay.kind == StayKind::Block || stay.feed_id.is_some() {
        return Ok(None);
    }
    let mut broken = availability::broken_by(tx, grant, stay.id, stay.unit_id, stay.nights, app.env.now()).await?;
    let arrives = |stay: &Stay| (stay.unit_id, stay.nights.check_in());
    if before.is_some_and(|before| arrives(before) == arrives(stay)) {
        broken.retain(|reason| !reason.is_of_arrival());
    }
    match (broken.is_empty(), is_meant) {
        (true, _) => Ok(None),
        (false, true) => Ok(Some("against_rules")),
        (false, false) => Err(StayError::AgainstRules(broken)),
    }
}

/// Writes new facts over a stay. Nights and unit move as one: the new ones are claimed, or nothing changes.
///
/// # Errors
/// As [`book`], and [`StayError::NotFound`], [`StayError::Stale`]; [`StayError::NotNow`] for other nights of a stay that is over.
pub async fn change(app: &App, grant: &Grant<StaysEdit>, id: StayId, change: &ChangeStay) -> Result<Stay, StayError> {
    change_with(app, grant, id, change, false).await
}

/// As [`change`]; with `follow_calendar`, syncs may move an imported stay again.
pub(super) async fn change_with(
    app: &App,
    grant: &Grant<StaysEdit>,
    id: StayId,
    change: &ChangeStay,
    follow_calendar: bool,
) -> Result<Stay, StayError> {
    db::retrying(|| change_once(app, grant, id, change, follow_calendar)).await
}

async fn change_once(
    app: &App,
    grant: &Grant<StaysEdit>,
    id: StayId,
    change: &ChangeStay,
    follow_calendar: bool,
) -> Result<Stay, StayError> {
    let mut tx = app.db.begin().await?;
    let after = change_in(&mut tx, app, grant, id, change, follow_calendar).await?;
    tx.commit().await?;
    Ok(redacted(after, grant))
}

/// [`change_with`] within a transaction, which the caller commits, or drops when this fails.
pub(super) async fn change_in<P: Permission>(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<P>,
    id: StayId,
    change: &ChangeStay,
    follow_calendar: bool,
) -> Result<Stay, StayError> {
    let before = current(tx, grant, id, Some(change.version)).await?;
    let mut after = with_facts(&before, change, grant);
    settle_guest(tx, grant, &before, &mut after).await?;
    let mut fields = changed_fields(&before, &after);
    if fields.is_empty() {
        return Ok(before);
    }
    let moved = before.unit_id != after.unit_id || before.nights != after.nights;
    if moved && !before.status.is_open() {
        return Err(StayError::NotNow(before.status));
    }
    let organization = grant.organization_id();
    let locked = claims::lock(tx, organization, [before.unit_id, after.unit_id]).await?;
    if before.unit_id != after.unit_id || before.counts != after.counts {
        let unit = usable_unit(tx, grant, &change.facts).await?;
        (after.unit_name, after.property_id) = (unit.name, unit.property_id);
        (after.property_name, after.zone) = (unit.property_name, unit.zone);
    }
    if moved {
        after.decided.dates = after.feed_id.is_some() && !follow_calendar;
    }
    if !store::update(tx, &app.env, organization, &mut after).await? {
        return Err(StayError::Stale);
    }
    if moved && after.status.is_live() {
        claims::release(tx, &locked, id, before.nights.check_in()).await?;
        claim(tx, &locked, &after).await?;
        fields.extend(broken_rules(tx, app, grant, Some(&before), &after, change.facts.against_rules).await?);
        claims::serve(tx, &locked).await?;
        after.in_conflict = false;
    }
    if before.nights != after.nights || before.amount != after.amount {
        store::write_nights(tx, organization, &after).await?;
    }
    audit::record(tx, &app.env, grant, "stays.stay.change", subject(id), &fields).await?;
    if after.guest_id != before.guest_id || after.guest != before.guest {
        after.guest_id = guests::link_lead(tx, app, grant, id, after.guest_id, &after.guest).await?;
    }
    reconcile_turnovers(tx, app, grant.scope(), &[id]).await?;
    Ok(after)
}

/// Whose a changed stay is, before it is written: whoever has the contact data is the same person, and who was chosen anew brings theirs.
pub(super) async fn settle_guest<P: Permission>(
    tx: &mut Tx,
    grant: &Grant<P>,
    before: &Stay,
    after: &mut Stay,
) -> Result<(), StayError> {
    if after.guest_id.is_none() && after.guest.same_contact(&before.guest) {
        after.guest_id = before.guest_id;
    } else if after.guest_id.is_some() && after.guest_id != before.guest_id {
        let typed = unlike(&after.guest, &before.guest);
        after.guest = guests::as_booked(tx, grant, after.guest_id, &typed).await?;
    }
    Ok(())
}

/// What differs from the guest of before: the rest belongs to them, not to the person who was chosen now.
fn unlike(typed: &Guest, before: &Guest) -> Guest {
    let other = |typed: &Option<String>, before: &Option<String>| typed.clone().filter(|_| typed != before);
    Guest {
        name: other(&typed.name, &before.name),
        email: other(&typed.email, &before.email),
        phone: other(&typed.phone, &before.phone),
    }
}

/// The stay with new facts. Who may not see contact data or amounts does not overwrite them either.
pub(super) fn with_facts<P>(before: &Stay, change: &ChangeStay, grant: &Grant<P>) -> Stay {
    let facts = &change.facts;
    let mut guest = facts.guest.clone();
    if !grant.may(PermissionName::GuestsContact) {
        (guest.email, guest.phone) = (before.guest.email.clone(), before.guest.phone.clone());
    }
    let amount = if grant.may(PermissionName::MoneyView) { facts.amount } else { before.amount };
    Stay {
        unit_id: facts.unit_id,
        block_kind: facts.block_kind,
        channel: facts.channel,
        reservation_code: facts.reservation_code.clone(),
        nights: facts.nights,
        guest,
        guest_id: facts.guest_id,
        counts: facts.counts,
        amount,
        notes: facts.notes.clone(),
        ..before.clone()
    }
}

pub(super) fn changed_fields(before: &Stay, after: &Stay) -> Vec<&'static str> {
    let pairs = [
        ("unit_id", before.unit_id != after.unit_id),
        ("block_kind", before.block_kind != after.block_kind),
        ("channel", before.channel != after.channel),
        ("reservation_code", before.reservation_code != after.reservation_code),
        ("check_in", before.nights.check_in() != after.nights.check_in()),
        ("check_out", before.nights.check_out() != after.nights.check_out()),
        ("guest_name", before.guest.name != after.guest.name),
        ("guest_id", before.guest_id != after.guest_id),
        ("guest_email", before.guest.email != after.guest.email),
        ("guest_phone", before.guest.phone != after.guest.phone),
        ("guests", before.counts != after.counts),
        ("amount", before.amount != after.amount),
        ("notes", before.notes != after.notes),
        ("kind", before.kind != after.kind),
        ("status", before.status != after.status),
        ("needs_review", before.needs_review != after.needs_review),
    ];
    pairs.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect()
}

pub(super) fn import_fields(before: &Stay, after: &Stay) -> Vec<&'static str> {
    changed_fields(before, after)
}

/// The stay as it is, if it is still the version that the caller saw.
pub(super) async fn current<P: Permission>(
    tx: &mut Tx,
    grant: &Grant<P>,
    id: StayId,
    version: Option<i64>,
) -> Result<Stay, StayError> {
    let stay = store::find(tx, grant.scope(), id).await?.ok_or(StayError::NotFound)?;
    if version.is_some_and(|version| version != stay.version) { Err(StayError::Stale) } else { Ok(stay) }
}

/// What a use case that moves a stay to another status does to its nights.
#[derive(Debug, Clone, Copy)]
enum Keep {
    /// They stay as they are.
    AsIs,
    /// Those before this date are kept, the others released.
    Before(Date),
    /// All are claimed again, or nothing is done.
    ClaimAll,
}

/// Calls a stay off: its nights are free, or go to the imported stay that waits for them.
///
/// # Errors
/// [`StayError::NotFound`], [`StayError::Stale`] when `version` is given and not the present one, [`StayError::NotNow`].
pub async fn cancel(
    app: &App,
    grant: &Grant<StaysCancel>,
    id: StayId,
    version: Option<i64>,
) -> Result<Stay, StayError> {
    db::retrying(|| step(app, grant, id, version, "stays.stay.cancel", called_off)).await
}

/// [`cancel`] within a transaction, which the caller commits, or drops when this fails.
pub(super) async fn cancel_in<P: Permission>(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<P>,
    id: StayId,
    version: Option<i64>,
) -> Result<Stay, StayError> {
    step_in(tx, app, grant, id, version, "stays.stay.cancel", called_off).await
}

fn called_off(stay: &mut Stay, _: Date) -> Result<Keep, StayError> {
    stay.status = go(stay.status, StayStatus::Cancelled)?;
    stay.needs_review = false;
    Ok(Keep::Before(stay.nights.check_in()))
}

/// Notes that the guests have come.
///
/// # Errors
/// As [`cancel`]; [`StayError::NotNow`] also before the day of arrival at the property, and for blocks.
pub async fn check_in(
    app: &App,
    grant: &Grant<StaysEdit>,
    id: StayId,
    version: Option<i64>,
) -> Result<Stay, StayError> {
    db::retrying(|| {
        step(app, grant, id, version, "stays.stay.check_in", |stay, today| {
            if !stay.may_check_in(today) {
                return Err(StayError::NotNow(stay.status));
            }
            stay.status = StayStatus::CheckedIn;
            Ok(Keep::AsIs)
        })
    })
    .await
}

/// Notes that the guests have left. Before the day of departure the stay becomes shorter, and the nights not slept are free; the first
/// night stays in any case.
///
/// # Errors
/// As [`cancel`].
pub async fn check_out(
    app: &App,
    grant: &Grant<StaysEdit>,
    id: StayId,
    version: Option<i64>,
) -> Result<Stay, StayError> {
    db::retrying(|| {
        step(app, grant, id, version, "stays.stay.check_out", |stay, today| {
            stay.status = go(stay.status, StayStatus::CheckedOut)?;
            let first = stay.nights.check_in();
            let left = today.max(first.succ_opt().unwrap_or(first));
            if left < stay.nights.check_out() {
                stay.nights = Nights::new(first, left).unwrap_or(stay.nights);
                stay.decided.dates = stay.feed_id.is_some();
            }
            Ok(Keep::Before(stay.nights.check_out()))
        })
    })
    .await
}

/// Notes that nobody came. The first night stays taken unless it is to be free too.
///
/// # Errors
/// As [`cancel`]; [`StayError::NotNow`] also before the day of arrival, and for blocks.
pub async fn mark_no_show(
    app: &App,
    grant: &Grant<StaysEdit>,
    id: StayId,
    version: Option<i64>,
    keep_first_night: bool,
) -> Result<Stay, StayError> {
    db::retrying(|| {
        step(app, grant, id, version, "stays.stay.no_show", |stay, today| {
            if !stay.may_be_no_show(today) {
                return Err(StayError::NotNow(stay.status));
            }
            stay.status = StayStatus::NoShow;
            let first = stay.nights.check_in();
            Ok(Keep::Before(if keep_first_night { first.succ_opt().unwrap_or(first) } else { first }))
        })
    })
    .await
}

/// Brings a stay back that had ended without its guests: all of its nights, or nothing.
///
/// # Errors
/// As [`cancel`], and [`StayError::Taken`].
pub async fn reinstate(
    app: &App,
    grant: &Grant<StaysEdit>,
    id: StayId,
    version: Option<i64>,
) -> Result<Stay, StayError> {
    db::retrying(|| {
        step(app, grant, id, version, "stays.stay.reinstate", |stay, _| {
            if !stay.may_reinstate() {
                return Err(StayError::NotNow(stay.status));
            }
            stay.status = StayStatus::Confirmed;
            Ok(Keep::ClaimAll)
        })
    })
    .await
}

/// Says what an imported event is. No later sync changes it.
///
/// # Errors
/// As [`cancel`]; [`StayError::NotNow`] also for a stay that was not imported or is over.
pub async fn decide_review(
    app: &App,
    grant: &Grant<StaysEdit>,
    id: StayId,
    version: Option<i64>,
    decision: Decision,
) -> Result<Stay, StayError> {
    db::retrying(|| step(app, grant, id, version, "stays.stay.review", |stay, _| decided(stay, decision))).await
}

/// [`decide_review`] within a transaction, which the caller commits, or drops when this fails.
pub(super) async fn decide_in<P: Permission>(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<P>,
    id: StayId,
    version: Option<i64>,
    decision: Decision,
) -> Result<Stay, StayError> {
    step_in(tx, app, grant, id, version, "stays.stay.review", |stay, _| decided(stay, decision)).await
}

fn decided(stay: &mut Stay, decision: Decision) -> Result<Keep, StayError> {
    if !stay.may_decide() {
        return Err(StayError::NotNow(stay.status));
    }
    stay.needs_review = false;
    stay.decided.kind = true;
    match decision {
        Decision::Reservation => (stay.kind, stay.block_kind) = (StayKind::Reservation, None),
        Decision::Block => (stay.kind, stay.block_kind) = (StayKind::Block, Some(BlockKind::Other)),
        Decision::Dismiss => {
            stay.status = go(stay.status, StayStatus::Cancelled)?;
            return Ok(Keep::Before(stay.nights.check_in()));
        }
    }
    Ok(Keep::AsIs)
}

fn go(from: StayStatus, to: StayStatus) -> Result<StayStatus, StayError> {
    if from.can_become(to) { Ok(to) } else { Err(StayError::NotNow(from)) }
}

/// One step in a stay's life: `decide` changes the stay, given today at its property, and says what becomes of its nights.
async fn step<P: Permission>(
    app: &App,
    grant: &Grant<P>,
    id: StayId,
    version: Option<i64>,
    action: &'static str,
    decide: impl FnOnce(&mut Stay, Date) -> Result<Keep, StayError>,
) -> Result<Stay, StayError> {
    let mut tx = app.db.begin().await?;
    let after = step_in(&mut tx, app, grant, id, version, action, decide).await?;
    tx.commit().await?;
    Ok(redacted(after, grant))
}

/// [`step`] within a transaction, which the caller commits, or drops when this fails.
async fn step_in<P: Permission>(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<P>,
    id: StayId,
    version: Option<i64>,
    action: &'static str,
    decide: impl FnOnce(&mut Stay, Date) -> Result<Keep, StayError>,
) -> Result<Stay, StayError> {
    let before = current(tx, grant, id, version).await?;
    let mut after = before.clone();
    let keep = decide(&mut after, before.today(app.env.now()))?;
    after.decided.status |= before.status != after.status && before.feed_id.is_some();
    let organization = grant.organization_id();
    let locked = claims::lock(tx, organization, [before.unit_id]).await?;
    if !store::update(tx, &app.env, organization, &mut after).await? {
        return Err(StayError::Stale);
    }
    let fields = changed_fields(&before, &after);
    match keep {
        Keep::AsIs => {}
        Keep::Before(date) => {
            claims::release(tx, &locked, id, date).await?;
            claims::serve(tx, &locked).await?;
            after.in_conflict = false;
        }
        Keep::ClaimAll => {
            claims::release(tx, &locked, id, after.nights.check_in()).await?;
            claim(tx, &locked, &after).await?;
        }
    }
    if before.nights != after.nights {
        store::write_nights(tx, organization, &after).await?;
    }
    audit::record(tx, &app.env, grant, action, subject(id), &fields).await?;
    reconcile_turnovers(tx, app, grant.scope(), &[id]).await?;
    Ok(after)
}

/// Claims for a unit that was just added below another, in the transaction that adds it: the live stays of the units above have it too.
///
/// # Errors
/// When the database fails.
pub async fn claim_for_new_unit(tx: &mut Tx, scope: &Scope, unit: UnitId) -> Result<(), DbError> {
    let locked = claims::lock(tx, scope.organization_id(), [unit]).await?;
    claims::claim_new_unit(tx, &locked, unit).await
}

/// The stay without what the grant's holder may not see.
pub(super) fn redacted<P>(mut stay: Stay, grant: &Grant<P>) -> Stay {
    if !grant.may(PermissionName::GuestsContact) {
        (stay.guest.email, stay.guest.phone) = (None, None);
    }
    if !grant.may(PermissionName::MoneyView) {
        stay.amount = None;
    }
    stay
}

/// A stay within the scope.
///
/// # Errors
/// [`StayError::NotFound`] outside it.
pub async fn find<P: Permission>(read: &mut Read, grant: &Grant<P>, id: StayId) -> Result<Stay, StayError> {
    let stay = store::find(read, grant.scope(), id).await?.ok_or(StayError::NotFound)?;
    Ok(redacted(stay, grant))
}

/// A stay with its nights, who is in its way, whose way it is in, and its history.
///
/// # Errors
/// [`StayError::NotFound`] outside the scope.
pub async fn details(read: &mut Read, grant: &Grant<StaysView>, id: StayId) -> Result<StayDetails, StayError> {
    let stay = find(read, grant, id).await?;
    let organization = grant.organization_id();
    let mut nights = store::priced_nights(read, organization, id).await?;
    if !grant.may(PermissionName::MoneyView) {
        nights.iter_mut().for_each(|(_, price)| *price = None);
    }
    let in_the_way = if stay.in_conflict {
        let demand = Demand { stay: id, unit: stay.unit_id, nights: stay.nights };
        claims::holders(read, organization, demand).await?
    } else {
        Vec::new()
    };
    let wanted_by = claims::wanted_by(read, organization, id).await?;
    let history = audit::history(read, grant.scope(), id.uuid()).await?;
    Ok(StayDetails { stay, nights, in_the_way, wanted_by, history })
}

/// A page of stays: by arrival, the next first, in the tabs that look ahead; the last first in those that look back.
///
/// # Errors
/// [`StayError::Invalid`] (`after`) for a cursor that was made up.
pub async fn list(
    read: &mut Read,
    grant: &Grant<StaysView>,
    filter: &StayFilter,
    after: Option<&Cursor>,
    limit: Limit,
    now: Instant,
) -> Result<Page<Stay>, StayError> {
    let after = after.map(|cursor| {
        let (date, id) = cursor.open()?;
        Some((date.parse::<Date>().ok()?, id))
    });
    let after = match after {
        Some(None) => return Err(FieldErrors::one("after", "invalid").into()),
        Some(opened) => opened,
        None => None,
    };
    let today = properties::today(read, grant, now).await?;
    let rows = lists::list(read, grant.scope(), filter, after, limit, &today).await?;
    let page = Page::from_rows(rows, limit, |stay| (stay.nights.check_in().to_string(), stay.id.uuid()));
    Ok(page.map(|stay| redacted(stay, grant)))
}

/// The stays that a timeline shows of these units, in no order.
///
/// # Errors
/// When the database fails.
pub async fn window(
    read: &mut Read,
    grant: &Grant<StaysView>,
    span: Nights,
    units: &[UnitId],
) -> Result<Vec<WindowStay>, DbError> {
    lists::window(read, grant.scope(), span, units).await
}

/// How many live stays wait for nights of another, and how many imported ones a person should say something of.
///
/// # Errors
/// When the database fails.
pub async fn counts<P: Permission>(read: &mut Read, grant: &Grant<P>) -> Result<(i64, i64), DbError> {
    lists::counts(read, grant.scope()).await
}

/// The organization's currency, in which amounts are read.
///
/// # Errors
/// When the database fails.
pub async fn currency<P: Permission>(read: &mut Read, grant: &Grant<P>) -> Result<Currency, DbError> {
    store::currency(read, grant.scope()).await
}
