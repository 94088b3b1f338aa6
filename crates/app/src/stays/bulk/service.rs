//! Use cases of actions on many stays.

use std::collections::BTreeMap;

use db::Read;
use kernel::{
    Cursor, FieldErrors, Grant, Instant, Limit, StayId,
    permissions::{StaysCancel, StaysEdit, StaysView},
};

use super::model::{BulkAction, Done, MOST, Pick, Why, why};
use crate::{
    App,
    stays::{Stay, StayError, StayFilter, service as stays, store::lists},
};

/// Stays by their ids, in that order; those outside the scope are left out.
///
/// # Errors
/// [`StayError::Invalid`] (`stay_ids`) for more than 200.
pub(crate) async fn picked<P: kernel::Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    ids: &[StayId],
) -> Result<Vec<Stay>, StayError> {
    if ids.len() > MOST {
        return Err(too_many());
    }
    let found = lists::of_ids(read, grant.scope(), ids).await?;
    let mut found: BTreeMap<StayId, Stay> = found.into_iter().map(|stay| (stay.id, stay)).collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).map(|stay| stays::redacted(stay, grant)).collect())
}

fn too_many() -> StayError {
    let mut errors = FieldErrors::new();
    errors.add_bound("stay_ids", "too_many_stays", MOST);
    errors.into()
}

/// The first 200 stays of a list, and whether there are more.
///
/// # Errors
/// When the database fails.
pub(crate) async fn listed(
    read: &mut Read,
    grant: &Grant<StaysView>,
    filter: &StayFilter,
    now: Instant,
) -> Result<(Vec<Stay>, bool), StayError> {
    let (mut all, mut after) = (Vec::new(), None::<Cursor>);
    loop {
        let found = stays::list(read, grant, filter, after.as_ref(), Limit::new(Limit::MOST), now).await?;
        all.extend(found.items);
        after = found.next;
        if after.is_none() || all.len() >= MOST {
            let more = after.is_some() || all.len() > MOST;
            all.truncate(MOST);
            return Ok((all, more));
        }
    }
}

/// Why an action is not possible with each of these stays; none where it is.
pub(crate) fn plan(action: BulkAction, chosen: &[Stay], now: Instant) -> Vec<Option<Why>> {
    chosen.iter().map(|stay| action.why_not(stay, stay.today(now))).collect()
}

/// Cancels stays, each by itself.
///
/// # Errors
/// [`StayError::Invalid`] (`stay_ids`) for more than 200; [`StayError::Fault`], where the stays before it are done.
pub(crate) async fn cancel(app: &App, grant: &Grant<StaysCancel>, picks: &[Pick]) -> Result<Vec<Done>, StayError> {
    if picks.len() > MOST {
        return Err(too_many());
    }
    let mut done = Vec::with_capacity(picks.len());
    for pick in picks {
        done.push(outcome(pick, stays::cancel(app, grant, pick.stay, pick.version).await)?);
    }
    Ok(done)
}

/// Takes a step with stays, each by itself.
///
/// # Errors
/// As [`cancel`]; [`StayError::Invalid`] (`action`) for cancelling, which is another permission's.
pub(crate) async fn apply(
    app: &App,
    grant: &Grant<StaysEdit>,
    action: BulkAction,
    picks: &[Pick],
) -> Result<Vec<Done>, StayError> {
    let ids: Vec<StayId> = picks.iter().map(|pick| pick.stay).collect();
    let mut read = app.db.read().await?;
    let chosen = picked(&mut read, grant, &ids).await?;
    drop(read);
    let known: BTreeMap<StayId, &Stay> = chosen.iter().map(|stay| (stay.id, stay)).collect();
    let now = app.env.now();
    let mut done = Vec::with_capacity(picks.len());
    for pick in picks {
        let (id, version) = (pick.stay, pick.version);
        // Somebody may have been quicker: each step looks again.
        let skipped = known.get(&id).map_or(Some(Why::Gone), |stay| action.why_not(stay, stay.today(now)));
        if skipped.is_some() {
            done.push(Done { stay: id, skipped });
            continue;
        }
        let result = match (action, action.decision()) {
            (_, Some(decision)) => stays::decide_review(app, grant, id, version, decision).await,
            (BulkAction::CheckIn, _) => stays::check_in(app, grant, id, version).await,
            (BulkAction::CheckOut, _) => stays::check_out(app, grant, id, version).await,
            (BulkAction::Reinstate, _) => stays::reinstate(app, grant, id, version).await,
            _ => return Err(FieldErrors::one("action", "unknown_choice").into()),
        };
        done.push(outcome(pick, result)?);
    }
    Ok(done)
}

fn outcome(pick: &Pick, result: Result<Stay, StayError>) -> Result<Done, StayError> {
    let skipped = match result {
        Ok(_) => None,
        Err(error) => Some(why(error)?),
    };
    Ok(Done { stay: pick.stay, skipped })
}
