//! Use cases of series.

use std::collections::BTreeMap;

use db::Read;
use kernel::{
    BlockSeriesId, Date, FieldErrors, Grant, Permission, StayId,
    permissions::{StaysCancel, StaysCreate, StaysEdit, StaysView},
};

use super::{
    model::{ChangeSeries, Made, NewSeries, Occurrence, Series, SeriesDetails, nights_from, overlaps},
    store,
};
use crate::{
    App, audit,
    stays::{
        ChangeStay, InTheWay, Stay, StayError, service as stays,
        store::{claims, lists},
    },
};

/// The blocks that a series would make, and who is in the way of each. Nothing is written.
///
/// # Errors
/// [`StayError::Invalid`] for a unit that is not there.
pub(crate) async fn preview(
    read: &mut Read,
    grant: &Grant<StaysCreate>,
    new: &NewSeries,
) -> Result<Vec<Occurrence>, StayError> {
    let occurrences = new.rule.occurrences();
    let (Some(first), Some(last)) = (occurrences.first(), occurrences.last()) else { return Ok(Vec::new()) };
    stays::usable_unit(read, grant, &new.block(*first)).await?;
    let span = (first.check_in(), last.check_out());
    let taken = store::taken(read, grant.organization_id(), new.unit_id, span).await?;
    let holder = |nights: &kernel::Nights| taken.range(nights.check_in()..nights.check_out()).next().map(|(_, id)| *id);
    let ids: Vec<StayId> = occurrences.iter().filter_map(holder).collect();
    let holders = lists::of_ids(read, grant.scope(), &ids).await?;
    let holders: BTreeMap<StayId, Stay> = holders.into_iter().map(|stay| (stay.id, stay)).collect();
    let occurrence = |nights: kernel::Nights| {
        let in_the_way = holder(&nights).and_then(|id| holders.get(&id).cloned());
        Occurrence { nights, in_the_way: in_the_way.map(|stay| stays::redacted(stay, grant)) }
    };
    Ok(occurrences.into_iter().map(occurrence).collect())
}

/// Makes the blocks of a series: all of them, or, with `only_free`, those whose nights are all free.
///
/// # Errors
/// As [`preview`]; [`StayError::Taken`] when one cannot be made and `only_free` is not given, or none can.
pub(crate) async fn add(
    app: &App,
    grant: &Grant<StaysCreate>,
    new: &NewSeries,
    only_free: bool,
) -> Result<Made, StayError> {
    db::retrying(|| add_once(app, grant, new, only_free)).await
}

async fn add_once(app: &App, grant: &Grant<StaysCreate>, new: &NewSeries, only_free: bool) -> Result<Made, StayError> {
    let organization = grant.organization_id();
    let mut tx = app.db.begin().await?;
    let locked = claims::lock(&mut tx, organization, [new.unit_id]).await?;
    let occurrences = preview(&mut tx, grant, new).await?;
    let free: Vec<_> = occurrences.iter().filter(|one| one.in_the_way.is_none()).map(|one| one.nights).collect();
    let left_out = occurrences.len() - free.len();
    if left_out > 0 && (!only_free || free.is_empty()) {
        return Err(taken(&occurrences));
    }
    let id = BlockSeriesId::new(&app.env);
    store::insert(&mut tx, organization, id, new, app.env.now()).await?;
    let mut made = Vec::with_capacity(free.len());
    if let Some(first) = free.first() {
        let unit = stays::usable_unit(&mut tx, grant, &new.block(*first)).await?;
        for nights in &free {
            made.push(stays::book_in(&mut tx, app, grant, &locked, unit.clone(), &new.block(*nights)).await?.id);
        }
    }
    store::assign(&mut tx, organization, id, &made).await?;
    audit::record(&mut tx, &app.env, grant, "stays.series.add", subject(id), &[]).await?;
    stays::reconcile_turnovers(&mut tx, app, grant.scope(), &made).await?;
    tx.commit().await?;
    Ok(Made { id, made: made.len(), left_out })
}

fn taken(occurrences: &[Occurrence]) -> StayError {
    let first = occurrences.iter().find_map(|one| one.in_the_way.as_ref().map(|stay| (one.nights, stay)));
    match first {
        Some((nights, stay)) => StayError::Taken(Box::new(InTheWay {
            stay: stay.id,
            kind: stay.kind,
            guest_name: stay.guest.name.clone(),
            channel: stay.channel,
            nights: stay.nights,
            first_night: nights.check_in().max(stay.nights.check_in()),
            count: nights.shared(stay.nights),
        })),
        None => FieldErrors::one("first_day", "no_dates").into(),
    }
}

fn subject(id: BlockSeriesId) -> audit::Subject {
    audit::Subject::new("block_series", id.uuid())
}

/// A series with its blocks. Two statements.
///
/// # Errors
/// [`StayError::NotFound`] outside the scope.
pub(crate) async fn details<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    id: BlockSeriesId,
) -> Result<SeriesDetails, StayError> {
    let series = store::find(read, grant.scope(), id).await?.ok_or(StayError::NotFound)?;
    let stays = store::stays(read, grant.scope(), id).await?;
    Ok(SeriesDetails { series, stays: stays.into_iter().map(|stay| stays::redacted(stay, grant)).collect() })
}

/// The series that a stay is of.
///
/// # Errors
/// When the database fails.
pub(crate) async fn of_stay(
    read: &mut Read,
    grant: &Grant<StaysView>,
    stay: StayId,
) -> Result<Option<BlockSeriesId>, StayError> {
    Ok(store::of_stay(read, grant.organization_id(), stay).await?)
}

impl SeriesDetails {
    /// The blocks that a change concerns: those still to come, by the date at the property; from one of them on, where it is given.
    ///
    /// # Errors
    /// [`StayError::NotFound`] when that one is not of the series.
    pub(crate) fn ahead(&self, from: Option<StayId>, now: kernel::Instant) -> Result<Vec<&Stay>, StayError> {
        let first = match from {
            Some(id) => self.stays.iter().find(|stay| stay.id == id).ok_or(StayError::NotFound)?.nights.check_in(),
            None => Date::MIN,
        };
        let concerned = |stay: &&Stay| {
            let begins = stay.nights.check_in();
            stay.status.is_live() && begins >= first && begins >= stay.today(now)
        };
        Ok(self.stays.iter().filter(concerned).collect())
    }
}

/// Gives the blocks still to come, from one of them on or all, another reason, length or notes: all of them, or none. The days on which
/// they begin stay. Answers how many were changed.
///
/// # Errors
/// [`StayError::NotFound`], [`StayError::Stale`], [`StayError::Taken`]; [`StayError::Invalid`] (`nights`) when they would reach into each
/// other.
pub(crate) async fn change(
    app: &App,
    grant: &Grant<StaysEdit>,
    id: BlockSeriesId,
    from: Option<StayId>,
    change: &ChangeSeries,
) -> Result<usize, StayError> {
    db::retrying(|| change_once(app, grant, id, from, change)).await
}

async fn change_once(
    app: &App,
    grant: &Grant<StaysEdit>,
    id: BlockSeriesId,
    from: Option<StayId>,
    change: &ChangeSeries,
) -> Result<usize, StayError> {
    let organization = grant.organization_id();
    let mut tx = app.db.begin().await?;
    let details = details(&mut tx, grant, id).await?;
    let concerned = details.ahead(from, app.env.now())?;
    let days: Vec<Date> = concerned.iter().map(|stay| stay.nights.check_in()).collect();
    if overlaps(&days, change.nights) {
        return Err(FieldErrors::one("nights", "blocks_overlap").into());
    }
    if !store::update(&mut tx, organization, id, change, app.env.now()).await? {
        return Err(StayError::Stale);
    }
    for stay in &concerned {
        let mut new = ChangeStay::to_unit(stay, stay.unit_id, stay.version);
        new.facts.block_kind = stay.block_kind.map(|_| change.block_kind);
        new.facts.notes.clone_from(&change.notes);
        new.facts.nights = nights_from(stay.nights.check_in(), change.nights).unwrap_or(stay.nights);
        stays::change_in(&mut tx, app, grant, stay.id, &new, false).await?;
    }
    audit::record(&mut tx, &app.env, grant, "stays.series.change", subject(id), &[]).await?;
    tx.commit().await?;
    Ok(concerned.len())
}

/// Removes the blocks still to come, from one of them on or all. Those that have begun stay. Answers how many were removed.
///
/// # Errors
/// [`StayError::NotFound`].
pub(crate) async fn remove(
    app: &App,
    grant: &Grant<StaysCancel>,
    id: BlockSeriesId,
    from: Option<StayId>,
) -> Result<usize, StayError> {
    db::retrying(|| remove_once(app, grant, id, from)).await
}

async fn remove_once(
    app: &App,
    grant: &Grant<StaysCancel>,
    id: BlockSeriesId,
    from: Option<StayId>,
) -> Result<usize, StayError> {
    let mut tx = app.db.begin().await?;
    let details = details(&mut tx, grant, id).await?;
    let concerned = details.ahead(from, app.env.now())?;
    for stay in &concerned {
        stays::cancel_in(&mut tx, app, grant, stay.id, Some(stay.version)).await?;
    }
    audit::record(&mut tx, &app.env, grant, "stays.series.remove", subject(id), &[]).await?;
    tx.commit().await?;
    Ok(concerned.len())
}

impl Series {
    /// Where it is.
    pub(crate) fn place(&self) -> String {
        crate::properties::place_name(&self.property_name, self.unit_name.as_deref())
    }
}
