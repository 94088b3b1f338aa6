//! Moving a stay to other nights or another unit, splitting it in two, and joining the two again. What each would do can be read before.

use std::collections::BTreeMap;

use db::Read;
use kernel::{Date, FieldErrors, Grant, Instant, Money, Nights, Permission, StayId, UnitId, permissions::StaysEdit};

use super::{
    input::{ChangeStay, NewStay},
    model::{Decided, InTheWay, Stay, StayKind, StayStatus},
    service::{StayError, change_with, claim, current, find, reconcile_turnovers, redacted, subject, usable_unit},
    store::{
        self,
        claims::{self, Demand},
    },
};
use crate::{
    App, audit, availability, guests,
    properties::{self, UnitView},
};

/// Where a stay is to go. The version is the one that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveTo {
    /// The unit.
    pub unit_id: UnitId,
    /// The nights.
    pub nights: Nights,
    /// The version that they change.
    pub version: i64,
    /// Whether more guests than the property takes are meant.
    pub over_capacity: bool,
    /// Whether syncs may move an imported stay again. A move that is taken back says so, if they might before.
    pub follow_calendar: bool,
}

/// What a move would do.
#[derive(Debug, Clone)]
pub struct MovePreview {
    /// The stay as it is.
    pub stay: Stay,
    /// Where it would be.
    pub unit: UnitView,
    /// When it would be.
    pub nights: Nights,
    /// Who has some of these nights, by the first of them; the move is possible only when there is nobody.
    pub in_the_way: Vec<InTheWay>,
    /// The rules of when nights can be booked that it would break. It is possible all the same.
    pub broken: Vec<availability::Reason>,
}

impl MovePreview {
    /// Whether it would change anything.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.stay.unit_id != self.unit.id || self.stay.nights != self.nights
    }

    /// How many nights it would have that it has not, and how many it has that it would not have.
    #[must_use]
    pub fn won_and_lost(&self) -> (u32, u32) {
        let (before, after) = (self.stay.nights, self.nights);
        let same = if self.stay.unit_id == self.unit.id { before.shared(after) } else { 0 };
        (after.count().saturating_sub(same), before.count().saturating_sub(same))
    }

    /// The day of the turnover before and after, when it would move; a stay of the calendar's owner or a block has none.
    #[must_use]
    pub fn turnover(&self) -> Option<(Date, Date)> {
        let (before, after) = (self.stay.nights.check_out(), self.nights.check_out());
        let moves = before != after || self.stay.unit_id != self.unit.id;
        (moves && self.stay.kind == StayKind::Reservation && self.stay.status != StayStatus::Inquiry)
            .then_some((before, after))
    }

    /// How many guests the property takes, when more would come to it.
    #[must_use]
    pub fn over_capacity(&self) -> Option<u32> {
        too_small(&self.stay, &self.unit)
    }
}

fn too_small(stay: &Stay, unit: &UnitView) -> Option<u32> {
    (stay.unit_id != unit.id && stay.counts.beds() > unit.capacity).then_some(unit.capacity)
}

/// Where a stay is to be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// The first night of the second part.
    pub at: Date,
    /// The unit of the second part; that of the stay when it is not given.
    pub unit_id: Option<UnitId>,
    /// The version that was read.
    pub version: i64,
    /// Whether more guests than the property takes are meant.
    pub over_capacity: bool,
}

/// What splitting would do.
#[derive(Debug, Clone)]
pub struct SplitPreview {
    /// The stay as it is.
    pub stay: Stay,
    /// Where the second part would be.
    pub unit: UnitView,
    /// The nights of the two parts.
    pub nights: (Nights, Nights),
    /// What the two parts would earn: the sum of their nights' prices.
    pub amounts: Option<(Money, Money)>,
    /// Who has some of the second part's nights.
    pub in_the_way: Vec<InTheWay>,
}

impl SplitPreview {
    /// How many guests the property of the second part takes, when more would come to it.
    #[must_use]
    pub fn over_capacity(&self) -> Option<u32> {
        too_small(&self.stay, &self.unit)
    }
}

/// Which two stays are to be one again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Join {
    /// The version of the first that was read.
    pub version: i64,
    /// The stay that begins where the first ends.
    pub other: StayId,
    /// The version of the other that was read.
    pub other_version: i64,
    /// As [`MoveTo::follow_calendar`].
    pub follow_calendar: bool,
}

/// Whether a stay may go there: it is still open, and guests who are there keep their arrival and their unit.
fn may_move(stay: &Stay, unit: UnitId, nights: Nights) -> Result<(), StayError> {
    let elsewhere = stay.unit_id != unit || stay.nights.check_in() != nights.check_in();
    if !stay.status.is_open() || (elsewhere && stay.status == StayStatus::CheckedIn) {
        return Err(StayError::NotNow(stay.status));
    }
    Ok(())
}

/// The nights before and after the split. Guests who are there change rooms today at the earliest.
fn halves(stay: &Stay, at: Date, now: Instant) -> Result<(Nights, Nights), StayError> {
    if !stay.status.is_live() {
        return Err(StayError::NotNow(stay.status));
    }
    let (check_in, check_out) = (stay.nights.check_in(), stay.nights.check_out());
    let outside = || FieldErrors::one("at", "not_within_stay");
    let parts = (Nights::new(check_in, at).map_err(|_| outside())?, Nights::new(at, check_out).map_err(|_| outside())?);
    if stay.status == StayStatus::CheckedIn && at < stay.today(now) {
        return Err(FieldErrors::one("at", "in_the_past").into());
    }
    Ok(parts)
}

/// What the nights before a date earn, and those from it on; nothing when the stay has no amount.
fn amounts(stay: &Stay, prices: &[(Date, Option<Money>)], at: Date) -> Option<(Money, Money)> {
    let currency = stay.amount?.currency;
    let sum = |of: &dyn Fn(Date) -> bool| {
        let part = prices.iter().filter(|(night, _)| of(*night)).filter_map(|(_, price)| *price);
        Money::new(part.map(|price| price.minor).sum(), currency)
    };
    Some((sum(&|night| night < at), sum(&|night| night >= at)))
}

/// A change to other nights of perhaps another unit, and of nothing else.
fn change_of(stay: &Stay, unit_id: UnitId, nights: Nights, version: i64, over_capacity: bool) -> ChangeStay {
    let ChangeStay { facts, version } = ChangeStay::to_unit(stay, unit_id, version);
    ChangeStay { facts: NewStay { nights, over_capacity, ..facts }, version }
}

async fn unit_of<P: Permission>(read: &mut Read, grant: &Grant<P>, unit: UnitId) -> Result<UnitView, StayError> {
    let found = properties::unit(read, grant, unit).await?;
    Ok(found.ok_or_else(|| FieldErrors::one("unit_id", "unknown_choice"))?)
}

/// What moving a stay would do; nothing is done.
///
/// # Errors
/// [`StayError::NotFound`], [`StayError::Invalid`] for a unit that is not there; [`StayError::NotNow`] when it is over, and for another
/// arrival or unit of guests who are there.
pub async fn preview(
    read: &mut Read,
    grant: &Grant<StaysEdit>,
    id: StayId,
    unit: UnitId,
    nights: Nights,
    now: Instant,
) -> Result<MovePreview, StayError> {
    let stay = find(read, grant, id).await?;
    may_move(&stay, unit, nights)?;
    let unit = unit_of(read, grant, unit).await?;
    let in_the_way = if stay.status.is_live() {
        claims::holders(read, grant.organization_id(), Demand { stay: id, unit: unit.id, nights }).await?
    } else {
        Vec::new()
    };
    let mut broken = Vec::new();
    // What a channel sold is sold, and blocks break no rules; an arrival that stays what it was is not asked about again.
    if stay.kind == StayKind::Reservation && stay.feed_id.is_none() {
        broken = availability::broken_by(read, grant, id, unit.id, nights, now).await?;
        let same = (stay.unit_id, stay.nights.check_in()) == (unit.id, nights.check_in());
        broken.retain(|reason| !(same && reason.is_of_arrival()));
    }
    Ok(MovePreview { stay, unit, nights, in_the_way, broken })
}

/// Moves a stay: all of its new nights are claimed, or nothing changes. Its amount stays, and is spread over the new nights.
///
/// # Errors
/// As [`preview`] and [`super::change`].
pub async fn move_to(app: &App, grant: &Grant<StaysEdit>, id: StayId, to: &MoveTo) -> Result<Stay, StayError> {
    let mut read = app.db.read().await?;
    let stay = find(&mut read, grant, id).await?;
    drop(read);
    may_move(&stay, to.unit_id, to.nights)?;
    let change = change_of(&stay, to.unit_id, to.nights, to.version, to.over_capacity);
    change_with(app, grant, id, &change, to.follow_calendar).await
}

/// What splitting a stay would do; nothing is done.
///
/// # Errors
/// As [`split`], but for [`StayError::Taken`] and [`StayError::Stale`].
pub async fn preview_split(
    read: &mut Read,
    grant: &Grant<StaysEdit>,
    id: StayId,
    at: Date,
    unit: Option<UnitId>,
    now: Instant,
) -> Result<SplitPreview, StayError> {
    let stay = find(read, grant, id).await?;
    let nights = halves(&stay, at, now)?;
    let unit = unit_of(read, grant, unit.unwrap_or(stay.unit_id)).await?;
    let organization = grant.organization_id();
    let amounts = amounts(&stay, &store::priced_nights(read, organization, id).await?, at);
    let in_the_way = claims::holders(read, organization, Demand { stay: id, unit: unit.id, nights: nights.1 }).await?;
    Ok(SplitPreview { stay, unit, nights, amounts, in_the_way })
}

/// Makes two stays of one: the second has the nights from `at` on, each with its price, the same guests, channel and notes, and no
/// calendar moves it. Guests who are there have still to be checked in to it. Answers both.
///
/// # Errors
/// [`StayError::NotFound`], [`StayError::Stale`]; [`StayError::NotNow`] when it is not live; [`StayError::Invalid`] (`at`:
/// `not_within_stay`, `in_the_past`; `unit_id`; `adults`); [`StayError::Taken`] when the second part cannot have all of its nights.
pub async fn split(app: &App, grant: &Grant<StaysEdit>, id: StayId, split: &Split) -> Result<(Stay, Stay), StayError> {
    db::retrying(|| split_once(app, grant, id, split)).await
}

async fn split_once(app: &App, grant: &Grant<StaysEdit>, id: StayId, split: &Split) -> Result<(Stay, Stay), StayError> {
    let mut tx = app.db.begin().await?;
    let before = current(&mut tx, grant, id, Some(split.version)).await?;
    let (now, organization) = (app.env.now(), grant.organization_id());
    let nights = halves(&before, split.at, now)?;
    let prices = store::priced_nights(&mut tx, organization, id).await?;
    let (kept, given) = amounts(&before, &prices, split.at).unzip();
    let mut first = Stay { nights: nights.0, amount: kept, ..before.clone() };
    first.decided.dates |= first.feed_id.is_some();
    let mut second = Stay {
        id: StayId::new(&app.env),
        status: if before.status == StayStatus::CheckedIn { StayStatus::Confirmed } else { before.status },
        nights: nights.1,
        amount: given,
        needs_review: false,
        feed_id: None,
        decided: Decided::default(),
        in_conflict: false,
        version: 1,
        created_at: now,
        updated_at: now,
        ..before.clone()
    };
    if let Some(unit_id) = split.unit_id.filter(|unit| *unit != before.unit_id) {
        let change = change_of(&before, unit_id, nights.1, split.version, split.over_capacity);
        let unit = usable_unit(&mut tx, grant, &change.facts).await?;
        (second.unit_id, second.unit_name, second.property_id) = (unit.id, unit.name, unit.property_id);
        (second.property_name, second.zone) = (unit.property_name, unit.zone);
    }
    let locked = claims::lock(&mut tx, organization, [first.unit_id, second.unit_id]).await?;
    if !store::update(&mut tx, &app.env, organization, &mut first).await? {
        return Err(StayError::Stale);
    }
    store::insert(&mut tx, organization, &second).await?;
    second.guest_id = guests::link_lead(&mut tx, app, grant, second.id, before.guest_id, &second.guest).await?;
    let had = claims::release(&mut tx, &locked, id, before.nights.check_in()).await?;
    claim(&mut tx, &locked, &second).await?;
    let had: BTreeMap<claims::Key, StayId> = had.into_iter().map(|key| (key, id)).collect();
    let demand = Demand { stay: id, unit: first.unit_id, nights: first.nights };
    first.in_conflict = claims::claim_free(&mut tx, &locked, &[demand], &had).await?.contains(&id);
    store::give_nights(&mut tx, organization, id, second.id, split.at).await?;
    for stay in [id, second.id] {
        audit::record(&mut tx, &app.env, grant, "stays.stay.split", subject(stay), &[]).await?;
    }
    reconcile_turnovers(&mut tx, app, grant.scope(), &[id, second.id]).await?;
    tx.commit().await?;
    Ok((redacted(first, grant), redacted(second, grant)))
}

/// Takes a split back: the first stay gets the nights of the second with their prices, and the second is called off.
///
/// # Errors
/// [`StayError::NotFound`], [`StayError::Stale`]; [`StayError::Invalid`] (`other`: `not_adjoining`) unless both are live, of one guest and
/// channel, and the second, which no calendar moves, begins where the first ends; [`StayError::Taken`] when the second is elsewhere and its
/// nights at the first's unit are taken.
pub async fn join(app: &App, grant: &Grant<StaysEdit>, id: StayId, join: &Join) -> Result<Stay, StayError> {
    db::retrying(|| join_once(app, grant, id, join)).await
}

/// Whether the second is the rest of the first.
fn adjoins(first: &Stay, second: &Stay) -> bool {
    first.status.is_live()
        && second.status.is_live()
        && second.status != StayStatus::CheckedIn
        && first.nights.check_out() == second.nights.check_in()
        && (first.kind, first.channel, &first.guest, first.counts)
            == (second.kind, second.channel, &second.guest, second.counts)
        && second.feed_id.is_none()
        && first.amount.map(|amount| amount.currency) == second.amount.map(|amount| amount.currency)
}

async fn join_once(app: &App, grant: &Grant<StaysEdit>, id: StayId, join: &Join) -> Result<Stay, StayError> {
    let mut tx = app.db.begin().await?;
    let mut first = current(&mut tx, grant, id, Some(join.version)).await?;
    let mut second = current(&mut tx, grant, join.other, Some(join.other_version)).await?;
    let apart = || FieldErrors::one("other", "not_adjoining");
    if !adjoins(&first, &second) {
        return Err(apart().into());
    }
    first.nights = Nights::new(first.nights.check_in(), second.nights.check_out()).map_err(|_| apart())?;
    if let (Some(mine), Some(other)) = (first.amount, second.amount) {
        let sum = mine.minor.checked_add(other.minor).ok_or_else(apart)?;
        first.amount = Some(Money::new(sum, mine.currency));
    }
    first.decided.dates = first.feed_id.is_some() && !join.follow_calendar;
    second.status = StayStatus::Cancelled;
    let organization = grant.organization_id();
    let locked = claims::lock(&mut tx, organization, [first.unit_id, second.unit_id]).await?;
    for stay in [&mut first, &mut second] {
        if !store::update(&mut tx, &app.env, organization, stay).await? {
            return Err(StayError::Stale);
        }
    }
    let mut had = claims::release(&mut tx, &locked, id, first.nights.check_in()).await?;
    had.extend(claims::release(&mut tx, &locked, second.id, second.nights.check_in()).await?);
    if first.in_conflict {
        let had: BTreeMap<claims::Key, StayId> = had.into_iter().map(|key| (key, id)).collect();
        let demand = Demand { stay: id, unit: first.unit_id, nights: first.nights };
        first.in_conflict = claims::claim_free(&mut tx, &locked, &[demand], &had).await?.contains(&id);
    } else {
        claim(&mut tx, &locked, &first).await?;
        claims::serve(&mut tx, &locked).await?;
    }
    store::copy_nights(&mut tx, organization, second.id, id).await?;
    for stay in [id, second.id] {
        audit::record(&mut tx, &app.env, grant, "stays.stay.join", subject(stay), &[]).await?;
    }
    reconcile_turnovers(&mut tx, app, grant.scope(), &[id, second.id]).await?;
    tx.commit().await?;
    Ok(redacted(first, grant))
}

/// The other stay as [`join`] needs it, when the two can be joined.
///
/// # Errors
/// As [`join`].
pub async fn joinable(
    read: &mut Read,
    grant: &Grant<StaysEdit>,
    id: StayId,
    other: StayId,
) -> Result<(Stay, Stay), StayError> {
    let (first, second) = (find(read, grant, id).await?, find(read, grant, other).await?);
    if adjoins(&first, &second) { Ok((first, second)) } else { Err(FieldErrors::one("other", "not_adjoining").into()) }
}
