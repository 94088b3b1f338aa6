//! The use cases: a window, and what a page must know before it asks for one.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, Read};
use kernel::{
    Cursor, Date, Grant, Instant, Language, Nights, UnitId,
    permissions::{StaysView, TasksView},
};

use super::{
    model::{After, Ask, Bar, Mark, RowFilter, Window},
    store,
};
use crate::{
    stays::{self, StayKind, StayStatus, WindowStay},
    tasks::{self, DayTurnover},
    text,
};

/// What a page must know before it asks for a window.
pub(super) struct Begin {
    /// The organization's date.
    pub(super) today: Date,
    /// Whether any row fits the filter.
    pub(super) has_rows: bool,
    /// The cities to choose from.
    pub(super) cities: Vec<String>,
}

/// How a page begins, within the scope.
///
/// # Errors
/// When the database fails.
pub(super) async fn begin(
    read: &mut Read,
    grant: &Grant<StaysView>,
    filter: &RowFilter,
    now: Instant,
) -> Result<Begin, DbError> {
    let today = store::zone(read, grant.scope()).await?.date_of(now);
    let has_rows = !store::rows(read, grant.scope(), filter, today, None, 1).await?.is_empty();
    Ok(Begin { today, has_rows, cities: store::cities(read, grant.scope()).await? })
}

/// The rows, stays and turnovers that were asked for, within the scope. Five statements, however many rows.
///
/// # Errors
/// When the database fails.
pub(super) async fn window(
    read: &mut Read,
    grant: &Grant<StaysView>,
    language: Language,
    now: Instant,
    ask: &Ask,
) -> Result<Window, DbError> {
    let today = store::zone(read, grant.scope()).await?.date_of(now);
    let after = ask.after.as_ref().and_then(After::open);
    let mut rows = store::rows(read, grant.scope(), &ask.filter, today, after, ask.limit).await?;
    let most = usize::try_from(ask.limit).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let next: Option<Cursor> = rows.last().filter(|_| more).map(After::cursor);
    let units: Vec<UnitId> = rows.iter().map(|row| row.unit_id).collect();
    let parts = rows.iter().filter(|row| row.parent_id.is_some()).map(|row| row.property_id);
    let parents = store::parents(read, grant.scope(), parts).await?;
    let mut window =
        Window { from: ask.from, days: ask.days, today, rows, stays: Vec::new(), turnovers: Vec::new(), next };
    (window.stays, window.turnovers) =
        touching(read, grant, language, &units, &parents, (ask.from, ask.until())).await?;
    Ok(window)
}

/// The stays and turnovers of these units that touch the days from one up to, not including, another; stays by arrival. `parents` has the unit
/// above each that has one. Two statements.
///
/// # Errors
/// When the database fails.
pub(super) async fn touching(
    read: &mut Read,
    grant: &Grant<StaysView>,
    language: Language,
    units: &[UnitId],
    parents: &BTreeMap<UnitId, UnitId>,
    (from, until): (Date, Date),
) -> Result<(Vec<Bar>, Vec<Mark>), DbError> {
    // A stay that ends on the first day still shows its half of it.
    let Ok(span) = Nights::new(from.pred_opt().unwrap_or(from), until) else { return Ok((Vec::new(), Vec::new())) };
    // A unit's guests are expected in the units below it, which may be the only ones on this page.
    let asked: BTreeSet<UnitId> = units.iter().flat_map(|unit| with_those_above(*unit, parents)).collect();
    let mut found = stays::window(read, grant, span, &asked.into_iter().collect::<Vec<_>>()).await?;
    found.sort_by_key(|stay| (stay.nights.check_in(), stay.id));
    let arrivals: BTreeSet<(UnitId, Date)> = found
        .iter()
        .filter(|stay| stay.kind == StayKind::Reservation && stay.status != StayStatus::NoShow)
        .map(|stay| (stay.unit_id, stay.nights.check_in()))
        .collect();
    let mut turnovers = Vec::new();
    if let Ok(grant) = grant.also::<TasksView>() {
        let found = tasks::on_days(read, &grant, units, from, until).await?;
        turnovers = found.into_iter().map(|turnover| mark(&turnover, parents, &arrivals)).collect();
    }
    let shown = found.into_iter().filter(|stay| units.contains(&stay.unit_id));
    Ok((shown.map(|stay| bar(stay, language)).collect(), turnovers))
}

fn with_those_above(unit: UnitId, parents: &BTreeMap<UnitId, UnitId>) -> impl Iterator<Item = UnitId> {
    std::iter::successors(Some(unit), |unit| parents.get(unit).copied())
}

fn mark(turnover: &DayTurnover, parents: &BTreeMap<UnitId, UnitId>, arrivals: &BTreeSet<(UnitId, Date)>) -> Mark {
    let mut claiming = with_those_above(turnover.unit_id, parents);
    Mark {
        id: turnover.id,
        unit_id: turnover.unit_id,
        date: turnover.due_on,
        same_day: claiming.any(|unit| arrivals.contains(&(unit, turnover.due_on))),
        status: turnover.status,
    }
}

fn bar(stay: WindowStay, language: Language) -> Bar {
    let mut bar = Bar {
        id: stay.id,
        unit_id: stay.unit_id,
        kind: stay.kind,
        status: stay.status,
        channel: stay.channel,
        label: String::new(),
        check_in: stay.nights.check_in(),
        check_out: stay.nights.check_out(),
        conflict: stay.in_conflict,
        needs_review: stay.needs_review,
    };
    bar.label = stay
        .guest_name
        .unwrap_or_else(|| text::text(language, &format!("channel-{}", bar.badge().replace('_', "-"))).to_owned());
    bar
}
