//! Turnovers follow their stays.

use db::{DbError, Tx};
use kernel::{Env, OrganizationId, StayId, TaskId};

use super::{
    model::{StayFacts, Step, step},
    store,
};

/// Makes, moves, cancels and revives the turnovers of these stays so that each fits its stay. To be called in the transaction that changed
/// them, after the change; safe to call at any time and as often as wanted. A constant number of statements, however many stays.
///
/// # Errors
/// When the database fails.
pub async fn reconcile(tx: &mut Tx, env: &Env, organization: OrganizationId, stays: &[StayId]) -> Result<(), DbError> {
    // Once, unless somebody begins a turnover or makes one at the same time: then what they did is looked at again.
    for _ in 0..3 {
        if stays.is_empty() || pass(tx, env, organization, stays).await? {
            break;
        }
    }
    Ok(())
}

/// One look at the stays; whether every step found what it supposed.
async fn pass(tx: &mut Tx, env: &Env, organization: OrganizationId, stays: &[StayId]) -> Result<bool, DbError> {
    let found = store::stays_with_turnovers(tx, organization, stays).await?;
    let mut missing: Vec<&StayFacts> = Vec::new();
    let mut steps: [(Step, Vec<TaskId>); 4] =
        [Step::Follow, Step::Cancel, Step::Note { changed: true }, Step::Note { changed: false }]
            .map(|step| (step, Vec::new()));
    for (stay, turnover) in &found {
        let next = step(stay, turnover.as_ref());
        if next == Step::Create {
            missing.push(stay);
        }
        for (_, tasks) in steps.iter_mut().filter(|(step, _)| *step == next) {
            tasks.extend(turnover.as_ref().map(|turnover| turnover.id));
        }
    }
    let mut planned = missing.len();
    let mut done = store::insert(tx, env, organization, &missing).await?;
    for (step, tasks) in steps.iter().filter(|(_, tasks)| !tasks.is_empty()) {
        planned += tasks.len();
        done += store::apply(tx, organization, *step, tasks, env.now()).await?;
    }
    Ok(u64::try_from(planned).is_ok_and(|planned| planned == done))
}
