//! The one use case: what matters today to a member.

use std::time::Duration;

use chrono::TimeDelta;
use db::{DbError, Read};
use kernel::{
    Actor, Grant, Instant,
    permissions::{PropertiesCreate, StaysView, TasksView},
};

use super::{
    model::{Overview, SHOWN, StaysToday, Work},
    store,
};
use crate::{feeds, properties, tasks, today::Today};

/// What matters today in the active organization, as far as the actor may see it. A constant number of statements: one for the dates, two for
/// tasks, six for stays and their calendars, and one more on a day on which nothing happens.
///
/// # Errors
/// When the database fails.
pub(super) async fn overview(
    read: &mut Read,
    actor: &Actor,
    now: Instant,
    stale_after: Duration,
) -> Result<Overview, DbError> {
    let mut overview = Overview::default();
    let Ok(grant) = actor.grant::<TasksView>() else { return Ok(overview) };
    let today = properties::today(read, &grant, now).await?;
    overview.work = Some(Work {
        due: tasks::due(read, &grant, &today, SHOWN).await?,
        counts: tasks::counts_on(read, &grant, &today).await?,
    });
    if let Ok(grant) = actor.grant::<StaysView>() {
        let stale_before = TimeDelta::from_std(stale_after).ok().and_then(|span| now.checked_sub_signed(span));
        overview.stays = Some(stays(read, &grant, &today, stale_before.unwrap_or(now)).await?);
    }
    if let (true, Ok(grant)) = (overview.is_quiet(), actor.grant::<PropertiesCreate>()) {
        overview.setup = Some(store::setup(read, grant.scope()).await?).filter(|setup| setup.is_open());
    }
    Ok(overview)
}

async fn stays(
    read: &mut Read,
    grant: &Grant<StaysView>,
    today: &Today,
    stale_before: Instant,
) -> Result<StaysToday, DbError> {
    let scope = grant.scope();
    Ok(StaysToday {
        arrivals: store::arrivals(read, scope, today).await?,
        departures: store::departures(read, scope, today).await?,
        in_house: store::in_house(read, scope, today).await?,
        conflicts: store::conflicts(read, scope).await?,
        stale_feeds: store::stale_feeds(read, scope, stale_before).await?,
        suspicious_feeds: feeds::suspicious(read, grant).await?,
    })
}
