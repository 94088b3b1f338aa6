//! What an imported calendar does to stays, as a whole: everything that moves is released before anything is claimed, so that stays may
//! swap their nights. What a person typed or decided is never overwritten.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, Tx};
use kernel::{FeedId, Grant, Nights, Permission, StayId, UnitId};

use super::{
    model::{BlockKind, Channel, Decided, Guest, GuestCounts, InTheWay, Stay, StayKind, StayStatus},
    service::{import_fields, reconcile_turnovers, subject},
    store::{
        self,
        claims::{self, Demand, Key},
    },
};
use crate::{App, audit, properties};

/// One change of an imported stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportChange {
    /// A stay that was not known.
    Create(ImportCreate),
    /// New facts of a known one.
    Update(ImportUpdate),
    /// The stay is called off and kept.
    Cancel(StayId),
    /// The stay leaves no history, unless a person or a task has to do with it: then it is called off and kept. What else refers to it
    /// must be gone before.
    Remove(StayId),
}

/// An imported stay to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportCreate {
    /// The feed's unit.
    pub unit_id: UnitId,
    /// The feed.
    pub feed_id: FeedId,
    /// Its channel.
    pub channel: Channel,
    /// What it is.
    pub kind: StayKind,
    /// Pending rather than confirmed.
    pub pending: bool,
    /// Whether a person should say what it is.
    pub to_review: bool,
    /// Its nights.
    pub nights: Nights,
    /// The guest's name, as far as the channel tells it.
    pub guest_name: Option<String>,
    /// The channel's code of the reservation.
    pub reservation_code: Option<String>,
}

/// New facts of an imported stay; `None` leaves a fact as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportUpdate {
    /// The stay.
    pub stay_id: StayId,
    /// New nights; not when a person decided the dates.
    pub nights: Option<Nights>,
    /// New kind; not when a person decided it.
    pub kind: Option<StayKind>,
    /// Pending or confirmed, where it is one of the two and no person decided the status.
    pub pending: Option<bool>,
    /// Whether a person should say what it is; not when one did.
    pub to_review: Option<bool>,
    /// The guest's name as the channel tells it, for a reservation where no person typed another.
    pub guest_name: Option<String>,
    /// The name as it told it before.
    pub guest_name_before: Option<String>,
    /// The reservation code as the channel tells it, for a reservation where no person typed another.
    pub reservation_code: Option<String>,
    /// The code as it told it before.
    pub reservation_code_before: Option<String>,
    /// Whether a stay that a sync called off comes back.
    pub revive: bool,
}

impl ImportUpdate {
    /// No new fact of a stay.
    #[must_use]
    pub const fn of(stay_id: StayId) -> Self {
        Self {
            stay_id,
            nights: None,
            kind: None,
            pending: None,
            to_review: None,
            guest_name: None,
            guest_name_before: None,
            reservation_code: None,
            reservation_code_before: None,
            revive: false,
        }
    }
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportOutcome {
    /// The stay was made.
    Created,
    /// It was changed.
    Changed,
    /// It was left as it was: nothing differed, or a person had decided.
    Kept,
    /// It was called off.
    Cancelled,
    /// It is gone.
    Removed,
    /// There is no such stay in the organization.
    Unknown,
}

/// What became of a change, in the order of the changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The stay.
    pub stay_id: StayId,
    /// What became of it.
    pub outcome: ImportOutcome,
    /// Who has nights that it wants: the conflict that this change made or left.
    pub in_the_way: Vec<InTheWay>,
}

/// A change, worked out: the stay as it was and as it will be.
struct Work {
    before: Option<Stay>,
    after: Stay,
    outcome: ImportOutcome,
}

impl Work {
    /// Whether what the stay wants changes.
    fn reclaims(&self) -> bool {
        self.before.as_ref().is_none_or(|before| {
            before.nights != self.after.nights
                || before.status.is_live() != self.after.status.is_live()
                || self.outcome == ImportOutcome::Removed
        })
    }
}

/// Writes the changes, all of them or none: the caller commits.
///
/// # Errors
/// When the database fails, or a unit is not there.
pub async fn apply<P: Permission>(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<P>,
    changes: &[ImportChange],
) -> Result<Vec<Applied>, DbError> {
    let organization = grant.organization_id();
    let mut units = BTreeSet::new();
    for change in changes {
        units.extend(unit_of(tx, grant, change).await?);
    }
    let locked = claims::lock(tx, organization, units).await?;

    let mut works: Vec<(StayId, Option<Work>)> = Vec::with_capacity(changes.len());
    for change in changes {
        works.push(work_out(tx, app, grant, change).await?);
    }
    let mut had: BTreeMap<Key, StayId> = BTreeMap::new();
    for work in works.iter().filter_map(|(_, work)| work.as_ref()).filter(|work| work.reclaims()) {
        if let Some(before) = &work.before {
            let released = claims::release(tx, &locked, before.id, before.nights.check_in()).await?;
            had.extend(released.into_iter().map(|key| (key, before.id)));
        }
    }
    let mut demands = Vec::new();
    for work in works.iter_mut().filter_map(|(_, work)| work.as_mut()) {
        write(tx, app, grant, work).await?;
        if work.after.status.is_live() && work.outcome != ImportOutcome::Removed && work.reclaims() {
            demands.push(Demand { stay: work.after.id, unit: work.after.unit_id, nights: work.after.nights });
        }
    }
    let waiting = claims::claim_free(tx, &locked, &demands, &had).await?;
    let mut in_the_way: BTreeMap<StayId, Vec<InTheWay>> = BTreeMap::new();
    for demand in demands.iter().filter(|demand| waiting.contains(&demand.stay)) {
        in_the_way.insert(demand.stay, claims::holders(tx, organization, *demand).await?);
    }
    let changed: Vec<StayId> = works
        .iter()
        .filter(|(_, work)| work.as_ref().is_some_and(|work| work.outcome != ImportOutcome::Removed))
        .map(|(id, _)| *id)
        .collect();
    reconcile_turnovers(tx, app, grant.scope(), &changed).await?;
    Ok(works
        .into_iter()
        .map(|(stay_id, work)| Applied {
            stay_id,
            outcome: work.map_or(ImportOutcome::Unknown, |work| work.outcome),
            in_the_way: in_the_way.remove(&stay_id).unwrap_or_default(),
        })
        .collect())
}

async fn unit_of<P: Permission>(
    tx: &mut Tx,
    grant: &Grant<P>,
    change: &ImportChange,
) -> Result<Option<UnitId>, DbError> {
    let id = match change {
        ImportChange::Create(create) => return Ok(Some(create.unit_id)),
        ImportChange::Update(update) => update.stay_id,
        ImportChange::Cancel(id) | ImportChange::Remove(id) => *id,
    };
    Ok(store::find(tx, grant.scope(), id).await?.map(|stay| stay.unit_id))
}

/// What a change comes to, given the stay as it is now.
async fn work_out<P: Permission>(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<P>,
    change: &ImportChange,
) -> Result<(StayId, Option<Work>), DbError> {
    let id = match change {
        ImportChange::Create(create) => {
            let unit = properties::unit(tx, grant, create.unit_id).await?;
            let unit = unit.ok_or_else(|| DbError::Column("unit_id: no such unit".to_owned()))?;
            let after = created(app, create, unit);
            return Ok((after.id, Some(Work { before: None, after, outcome: ImportOutcome::Created })));
        }
        ImportChange::Update(update) => update.stay_id,
        ImportChange::Cancel(id) | ImportChange::Remove(id) => *id,
    };
    let Some(before) = store::find(tx, grant.scope(), id).await? else { return Ok((id, None)) };
    let (after, outcome) = match change {
        ImportChange::Update(update) => (updated(&before, update), ImportOutcome::Changed),
        ImportChange::Remove(_) if untouched(&before) => (before.clone(), ImportOutcome::Removed),
        _ => (cancelled(&before), ImportOutcome::Cancelled),
    };
    let outcome = if after == before && outcome != ImportOutcome::Removed { ImportOutcome::Kept } else { outcome };
    Ok((id, Some(Work { before: Some(before), after, outcome })))
}

fn created(app: &App, create: &ImportCreate, unit: properties::UnitView) -> Stay {
    let now = app.env.now();
    Stay {
        id: StayId::new(&app.env),
        unit_id: unit.id,
        unit_name: unit.name,
        property_id: unit.property_id,
        property_name: unit.property_name,
        zone: unit.zone,
        kind: create.kind,
        block_kind: block_kind(create.kind, None),
        status: if create.pending { StayStatus::Pending } else { StayStatus::Confirmed },
        channel: create.channel,
        reservation_code: create.reservation_code.clone(),
        nights: create.nights,
        guest: Guest { name: create.guest_name.clone(), ..Guest::default() },
        guest_id: None,
        counts: GuestCounts::default(),
        amount: None,
        notes: None,
        needs_review: create.to_review,
        feed_id: Some(create.feed_id),
        decided: Decided::default(),
        in_conflict: false,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn block_kind(kind: StayKind, known: Option<BlockKind>) -> Option<BlockKind> {
    (kind == StayKind::Block).then(|| known.unwrap_or(BlockKind::Other))
}

/// The stay with a feed's new facts, where no person decided otherwise.
fn updated(before: &Stay, update: &ImportUpdate) -> Stay {
    let mut after = before.clone();
    if update.revive && before.status == StayStatus::Cancelled && !before.decided.status {
        after.status = StayStatus::Confirmed;
    }
    if !before.decided.kind {
        after.kind = update.kind.unwrap_or(before.kind);
        after.block_kind = block_kind(after.kind, before.block_kind);
        after.needs_review = update.to_review.unwrap_or(before.needs_review);
    }
    if !before.decided.dates && after.status.is_open() {
        after.nights = update.nights.unwrap_or(before.nights);
    }
    if !before.decided.status && matches!(after.status, StayStatus::Pending | StayStatus::Confirmed) {
        after.status = match update.pending {
            Some(true) => StayStatus::Pending,
            Some(false) => StayStatus::Confirmed,
            None => after.status,
        };
    }
    if after.kind == StayKind::Reservation {
        untyped(&mut after.guest.name, &update.guest_name_before, &update.guest_name);
        untyped(&mut after.reservation_code, &update.reservation_code_before, &update.reservation_code);
    }
    after
}

/// Takes over what the channel tells now, where the value is what it told before: no person typed another.
fn untyped(value: &mut Option<String>, before: &Option<String>, now: &Option<String>) {
    if now.is_some() && value == before {
        value.clone_from(now);
    }
}

fn cancelled(before: &Stay) -> Stay {
    let mut after = before.clone();
    if !before.decided.status && before.status.can_become(StayStatus::Cancelled) {
        after.status = StayStatus::Cancelled;
        after.needs_review = false;
    }
    after
}

/// Whether no person has typed or decided anything about it.
fn untouched(stay: &Stay) -> bool {
    stay.decided == Decided::default()
        && stay.guest.email.is_none()
        && stay.guest.phone.is_none()
        && stay.counts == GuestCounts::default()
        && stay.amount.is_none()
        && stay.notes.is_none()
}

/// Writes the stay and its nights; its claims were released before and are made after.
async fn write<P: Permission>(tx: &mut Tx, app: &App, grant: &Grant<P>, work: &mut Work) -> Result<(), DbError> {
    let organization = grant.organization_id();
    let id = work.after.id;
    let Some(before) = &work.before else {
        store::insert(tx, organization, &work.after).await?;
        store::write_nights(tx, organization, &work.after).await?;
        return audit::record(tx, &app.env, grant, "stays.stay.import", subject(id), &[]).await;
    };
    let action = match work.outcome {
        ImportOutcome::Kept | ImportOutcome::Created | ImportOutcome::Unknown => return Ok(()),
        ImportOutcome::Removed if store::delete(tx, organization, id).await? => {
            return audit::record(tx, &app.env, grant, "stays.stay.remove", subject(id), &[]).await;
        }
        ImportOutcome::Removed => {
            work.after = cancelled(before);
            work.outcome = ImportOutcome::Cancelled;
            "stays.stay.cancel"
        }
        ImportOutcome::Cancelled => "stays.stay.cancel",
        ImportOutcome::Changed => "stays.stay.change",
    };
    if !store::update(tx, &app.env, organization, &mut work.after).await? {
        return Err(DbError::Column("version: changed under the lock".to_owned()));
    }
    if before.nights != work.after.nights {
        store::write_nights(tx, organization, &work.after).await?;
    }
    audit::record(tx, &app.env, grant, action, subject(id), &import_fields(before, &work.after)).await
}
