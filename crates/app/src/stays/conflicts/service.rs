//! Use cases of conflicts.

use std::collections::BTreeMap;

use db::Read;
use kernel::{
    Cursor, Grant, Instant, Limit, Page, Permission, StayId, UnitId,
    permissions::{StaysCancel, StaysEdit, StaysView},
};

use super::{
    model::{Ask, Chosen, Conflict, ConflictDetails, FreePlace, Outcome, Really, parse_note},
    store,
};
use crate::{
    App, audit,
    stays::{
        ChangeStay, Decision, InTheWay, Stay, StayError, StayFilter, StayTab, service as stays,
        store::{
            claims::{self, Demand},
            lists,
        },
    },
};

/// A page of conflicts, by arrival of the stay that waits, the next first. Four statements, however many rows.
///
/// # Errors
/// [`StayError::Invalid`] (`after`) for a cursor that was made up.
pub(crate) async fn list(
    read: &mut Read,
    grant: &Grant<StaysView>,
    after: Option<&Cursor>,
    limit: Limit,
    now: Instant,
) -> Result<Page<Conflict>, StayError> {
    let organization = grant.organization_id();
    let found = stays::list(read, grant, &StayFilter::of(StayTab::Conflicts), after, limit, now).await?;
    let waiters: Vec<StayId> = found.items.iter().map(|stay| stay.id).collect();
    let mut others: BTreeMap<StayId, Vec<InTheWay>> = BTreeMap::new();
    for (waiter, other) in lists::waiting(read, organization, &waiters).await? {
        others.entry(waiter).or_default().push(other);
    }
    let all: Vec<StayId> = waiters.iter().copied().chain(others.values().flatten().map(|other| other.stay)).collect();
    let asks = store::asks(read, organization, &all).await?;
    Ok(found.map(|stay| {
        let in_the_way = others.remove(&stay.id).unwrap_or_default();
        let of_these = |ask: &&Ask| ask.stay == stay.id || in_the_way.iter().any(|other| other.stay == ask.stay);
        let asks = asks.iter().filter(of_these).cloned().collect();
        Conflict { stay, in_the_way, asks }
    }))
}

/// Who is in the way of a stay; nobody when it does not wait.
async fn in_the_way<P: Permission>(read: &mut Read, grant: &Grant<P>, stay: &Stay) -> Result<Vec<InTheWay>, StayError> {
    if !stay.in_conflict {
        return Ok(Vec::new());
    }
    let demand = Demand { stay: stay.id, unit: stay.unit_id, nights: stay.nights };
    Ok(claims::holders(read, grant.organization_id(), demand).await?)
}

/// A conflict with the stays that want the same nights. Where nobody is in the way any more, it is solved.
///
/// # Errors
/// [`StayError::NotFound`] outside the scope.
pub(crate) async fn details<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    id: StayId,
) -> Result<ConflictDetails, StayError> {
    let organization = grant.organization_id();
    let stay = stays::find(read, grant, id).await?;
    let in_the_way = in_the_way(read, grant, &stay).await?;
    let others: Vec<StayId> = in_the_way.iter().map(|other| other.stay).collect();
    let mut found: BTreeMap<StayId, Stay> =
        lists::of_ids(read, grant.scope(), &others).await?.into_iter().map(|stay| (stay.id, stay)).collect();
    let all: Vec<StayId> = std::iter::once(id).chain(others.iter().copied()).collect();
    let asks = store::asks(read, organization, &all).await?;
    let parties = std::iter::once(stay.clone())
        .chain(others.iter().filter_map(|id| found.remove(id)).map(|stay| stays::redacted(stay, grant)))
        .collect();
    Ok(ConflictDetails { conflict: Conflict { stay, in_the_way, asks }, parties })
}

/// A stay of a conflict, if it is one of those that want the same nights.
fn party(details: ConflictDetails, stay: StayId) -> Result<Stay, StayError> {
    if details.conflict.in_the_way.is_empty() {
        return Err(StayError::NotFound);
    }
    details.parties.into_iter().find(|party| party.id == stay).ok_or(StayError::NotFound)
}

/// The places that are free for all nights of a stay of a conflict and large enough, the nearest first, at most 50; with the stay.
///
/// # Errors
/// [`StayError::NotFound`] when the stay has no part in the conflict, or there is none.
pub(crate) async fn free_places(
    read: &mut Read,
    grant: &Grant<StaysEdit>,
    conflict: StayId,
    stay: StayId,
) -> Result<(Stay, Vec<FreePlace>), StayError> {
    let stay = party(details(read, grant, conflict).await?, stay)?;
    let places = store::free_places(read, grant.scope(), &stay).await?;
    Ok((stay, places))
}

/// Moves a stay of a conflict to a free place.
///
/// # Errors
/// [`StayError::NotFound`] when it has no part in the conflict or there is none, [`StayError::Stale`], [`StayError::Taken`],
/// [`StayError::Invalid`] for a unit that is not there or too small, [`StayError::NotNow`].
pub(crate) async fn relocate(
    app: &App,
    grant: &Grant<StaysEdit>,
    chosen: Chosen,
    unit: UnitId,
    really: Really,
) -> Result<Outcome, StayError> {
    db::retrying(|| solve(app, grant, chosen, Way::Move(unit), really)).await
}

/// Cancels a stay of a conflict.
///
/// # Errors
/// As [`relocate`], but for what concerns the place.
pub(crate) async fn cancel(
    app: &App,
    grant: &Grant<StaysCancel>,
    chosen: Chosen,
    really: Really,
) -> Result<Outcome, StayError> {
    db::retrying(|| solve(app, grant, chosen, Way::Cancel, really)).await
}

/// Says that an imported stay of a conflict is not a second sale: its nights are free, and no later sync brings it back.
///
/// # Errors
/// As [`relocate`], but for what concerns the place; [`StayError::NotNow`] also for a stay that was not imported.
pub(crate) async fn dismiss(
    app: &App,
    grant: &Grant<StaysEdit>,
    chosen: Chosen,
    really: Really,
) -> Result<Outcome, StayError> {
    db::retrying(|| solve(app, grant, chosen, Way::Dismiss, really)).await
}

/// What is done with a stay. The callers hold the permission for it.
#[derive(Debug, Clone, Copy)]
enum Way {
    Move(UnitId),
    Cancel,
    Dismiss,
}

async fn solve<P: Permission>(
    app: &App,
    grant: &Grant<P>,
    chosen: Chosen,
    way: Way,
    really: Really,
) -> Result<Outcome, StayError> {
    let Chosen { conflict, stay: id, version } = chosen;
    let mut tx = app.db.begin().await?;
    let before = party(details(&mut tx, grant, conflict).await?, id)?;
    let after = match way {
        Way::Move(unit) => {
            let change = ChangeStay::to_unit(&before, unit, version.unwrap_or(before.version));
            stays::change_in(&mut tx, app, grant, id, &change, false).await?
        }
        Way::Cancel => stays::cancel_in(&mut tx, app, grant, id, version).await?,
        Way::Dismiss => stays::decide_in(&mut tx, app, grant, id, version, Decision::Dismiss).await?,
    };
    let waiting = stays::find(&mut tx, grant, conflict).await?;
    let left = in_the_way(&mut tx, grant, &waiting).await?;
    if really == Really::Do {
        tx.commit().await?;
    }
    Ok(Outcome { stay: stays::redacted(after, grant), waiting, left })
}

/// Notes that the channel of a stay of a conflict was asked for help, with a note of at most 500 characters.
///
/// # Errors
/// [`StayError::NotFound`] when it has no part in the conflict or there is none, [`StayError::Invalid`] (`note`).
pub(crate) async fn ask(
    app: &App,
    grant: &Grant<StaysEdit>,
    conflict: StayId,
    stay: StayId,
    note: &str,
) -> Result<(), StayError> {
    let note = parse_note(note)?;
    let mut tx = app.db.begin().await?;
    let stay = party(details(&mut tx, grant, conflict).await?, stay)?;
    let (organization, now) = (grant.organization_id(), app.env.now());
    store::ask(&mut tx, organization, stay.id, grant.user_id(), now, note.as_deref()).await?;
    audit::record(&mut tx, &app.env, grant, "stays.stay.ask", stays::subject(stay.id), &[]).await?;
    tx.commit().await?;
    Ok(())
}
