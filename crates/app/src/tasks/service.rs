//! Use cases of tasks.

use db::{DbError, Read, Tx};
use kernel::{
    Cursor, Date, Fault, Grant, Instant, Limit, OrganizationId, Page, Permission, PropertyId, Rows, StayId, TaskId,
    UnitId, UserId,
    permissions::{TasksComplete, TasksCreate, TasksView},
};
use webkit::WebError;

use super::{
    model::{DayTurnover, TaskCounts, TaskStatus, TaskTab, TaskView},
    store::{self, Change, ListOf},
    turnovers,
};
use crate::{App, audit, properties, today::Today};

/// Why a task could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// There is none with this id within the grant's scope.
    #[error("no such task")]
    NotFound,
    /// The step does not follow from its status.
    #[error("a task that is {0} does not allow this")]
    WrongStatus(TaskStatus),
    /// The last step was not taken today.
    #[error("only what was done today can be undone")]
    TooLate,
    /// Somebody else changed it since it was read.
    #[error("somebody else changed it")]
    Changed,
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for TaskError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<TaskError> for WebError {
    fn from(error: TaskError) -> Self {
        match error {
            TaskError::NotFound => Self::not_found(),
            TaskError::WrongStatus(status) => {
                Self::conflict("task_status").detail(format!("a task that is {status} does not allow this"))
            }
            TaskError::TooLate => Self::conflict("task_undo_too_late"),
            TaskError::Changed => Self::conflict("changed_meanwhile"),
            TaskError::Fault(fault) => fault.into(),
        }
    }
}

/// Owners learn how many come, and not who.
fn shown<P: Permission>(grant: &Grant<P>, mut task: TaskView) -> TaskView {
    if matches!(grant.scope().rows(), Rows::OwnedBy(_)) {
        task.next.iter_mut().for_each(|next| next.first_name = None);
    }
    task
}

/// A task within the scope.
///
/// # Errors
/// [`TaskError::NotFound`] outside it.
pub async fn find<P: Permission>(read: &mut Read, grant: &Grant<P>, id: TaskId) -> Result<TaskView, TaskError> {
    store::find(read, grant.scope(), id).await?.map(|task| shown(grant, task)).ok_or(TaskError::NotFound)
}

/// The turnover of a stay, if it is within the scope; a cancelled one too.
///
/// # Errors
/// When the database fails.
pub async fn of_stay(read: &mut Read, grant: &Grant<TasksView>, stay: StayId) -> Result<Option<TaskView>, DbError> {
    Ok(store::of_stay(read, grant.scope(), stay).await?.map(|task| shown(grant, task)))
}

/// A page of a list of the tasks within the scope, by day; of one property when it is given.
///
/// # Errors
/// When the database fails.
pub async fn list(
    read: &mut Read,
    grant: &Grant<TasksView>,
    now: Instant,
    tab: TaskTab,
    property: Option<PropertyId>,
    after: Option<&Cursor>,
    limit: Limit,
) -> Result<Page<TaskView>, DbError> {
    let today = &properties::today(read, grant, now).await?;
    let after = after.and_then(Cursor::open).and_then(|(day, id)| Some((day.parse().ok()?, id)));
    let rows = store::list(read, grant.scope(), ListOf { tab, property, after, limit, today }).await?;
    let page = Page::from_rows(rows, limit, |task| (task.due_on.to_string(), task.id.uuid()));
    Ok(page.map(|task| shown(grant, task)))
}

/// How many tasks within the scope wait, today and from earlier days.
///
/// # Errors
/// When the database fails.
pub async fn counts(read: &mut Read, grant: &Grant<TasksView>, now: Instant) -> Result<TaskCounts, DbError> {
    let today = properties::today(read, grant, now).await?;
    counts_on(read, grant, &today).await
}

/// As [`counts`], by dates that are known already.
///
/// # Errors
/// When the database fails.
pub(crate) async fn counts_on(read: &mut Read, grant: &Grant<TasksView>, today: &Today) -> Result<TaskCounts, DbError> {
    store::counts(read, grant.scope(), today).await
}

/// The first tasks within the scope that are to do by today, the oldest first.
///
/// # Errors
/// When the database fails.
pub(crate) async fn due(
    read: &mut Read,
    grant: &Grant<TasksView>,
    today: &Today,
    most: i64,
) -> Result<Vec<TaskView>, DbError> {
    let due = store::due(read, grant.scope(), today, most).await?;
    Ok(due.into_iter().map(|task| shown(grant, task)).collect())
}

/// The turnovers of these units that lie within the scope, from a day until before another, but for cancelled ones.
///
/// # Errors
/// When the database fails.
pub async fn on_days(
    read: &mut Read,
    grant: &Grant<TasksView>,
    units: &[UnitId],
    from: Date,
    until: Date,
) -> Result<Vec<DayTurnover>, DbError> {
    store::on_days(read, grant.scope(), units, from, until).await
}

/// Starts a task: from now on its stay may not move it. Starting it twice is the same as once.
///
/// # Errors
/// [`TaskError::NotFound`] outside the scope, [`TaskError::WrongStatus`] when it is over.
pub async fn start(app: &App, grant: &Grant<TasksComplete>, id: TaskId) -> Result<(), TaskError> {
    let allowed = |task: &TaskView| match task.status {
        TaskStatus::InProgress => Ok(None),
        status if status.may_start() => Ok(Some(Change::Start)),
        status => Err(TaskError::WrongStatus(status)),
    };
    take(app, grant, id, "tasks.task.start", allowed).await
}

/// Completes a task that was started. Completing it twice is the same as once.
///
/// # Errors
/// [`TaskError::NotFound`] outside the scope, [`TaskError::WrongStatus`] when it was not started.
pub async fn complete(app: &App, grant: &Grant<TasksComplete>, id: TaskId) -> Result<(), TaskError> {
    let allowed = |task: &TaskView| match task.status {
        TaskStatus::Completed => Ok(None),
        status if status.may_complete() => Ok(Some(Change::Complete)),
        status => Err(TaskError::WrongStatus(status)),
    };
    take(app, grant, id, "tasks.task.complete", allowed).await
}

/// Takes back the start or the completion of the same day. What is no longer begun follows its stay again.
///
/// # Errors
/// [`TaskError::NotFound`] outside the scope, [`TaskError::WrongStatus`] when there is nothing to undo, [`TaskError::TooLate`] on a later
/// day.
pub async fn undo(app: &App, grant: &Grant<TasksComplete>, id: TaskId) -> Result<(), TaskError> {
    let now = app.env.now();
    let allowed = |task: &TaskView| match (task.undo(now), task.status) {
        (Some(TaskStatus::InProgress), _) => Ok(Some(Change::UndoComplete)),
        (Some(_), _) => Ok(Some(Change::UndoStart)),
        (None, TaskStatus::InProgress | TaskStatus::Completed) => Err(TaskError::TooLate),
        (None, status) => Err(TaskError::WrongStatus(status)),
    };
    take(app, grant, id, "tasks.task.undo", allowed).await
}

/// Notes that a provisional turnover is not needed. It comes back by itself when its stay turns out to be one.
///
/// # Errors
/// [`TaskError::NotFound`] outside the scope, [`TaskError::WrongStatus`] when it is not provisional, or begun.
pub async fn dismiss(app: &App, grant: &Grant<TasksCreate>, id: TaskId) -> Result<(), TaskError> {
    let allowed = |task: &TaskView| match task.status {
        _ if task.may_restore() => Ok(None),
        _ if task.may_dismiss() => Ok(Some(Change::Dismiss)),
        status => Err(TaskError::WrongStatus(status)),
    };
    take(app, grant, id, "tasks.task.dismiss", allowed).await
}

/// Brings a dismissed turnover back, as far as its stay still makes one.
///
/// # Errors
/// [`TaskError::NotFound`] outside the scope, [`TaskError::WrongStatus`] when it was not dismissed.
pub async fn restore(app: &App, grant: &Grant<TasksCreate>, id: TaskId) -> Result<(), TaskError> {
    let allowed = |task: &TaskView| {
        if task.may_restore() { Ok(Some(Change::Restore)) } else { Err(TaskError::WrongStatus(task.status)) }
    };
    take(app, grant, id, "tasks.task.restore", allowed).await
}

/// How many tasks a user has begun and not completed.
///
/// # Errors
/// When the database fails.
pub async fn begun_by(read: &mut Read, organization: OrganizationId, user: UserId) -> Result<usize, DbError> {
    Ok(store::begun_by(read, organization, user).await?.len())
}

/// Gives back what somebody has begun who no longer works here, in the caller's transaction: others can begin it, and it follows its
/// stay again.
///
/// # Errors
/// When the database refuses.
pub async fn hand_back_in<P: Permission>(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<P>,
    user: UserId,
) -> Result<(), DbError> {
    let organization = grant.organization_id();
    let begun = store::begun_by(tx, organization, user).await?;
    store::hand_back(tx, organization, user, app.env.now()).await?;
    for (id, _) in &begun {
        let subject = audit::Subject::new("task", id.uuid());
        audit::record(tx, &app.env, grant, "tasks.task.hand_back", subject, &["status"]).await?;
    }
    let stays: Vec<StayId> = begun.into_iter().filter_map(|(_, stay)| stay).collect();
    turnovers::reconcile(tx, &app.env, organization, &stays).await
}

/// Takes the step that `allowed` answers, if any, and lets the task fit its stay again.
async fn take<P: Permission>(
    app: &App,
    grant: &Grant<P>,
    id: TaskId,
    action: &'static str,
    allowed: impl Fn(&TaskView) -> Result<Option<Change>, TaskError>,
) -> Result<(), TaskError> {
    let mut tx = app.db.begin().await?;
    let task = store::find(&mut tx, grant.scope(), id).await?.ok_or(TaskError::NotFound)?;
    let Some(change) = allowed(&task)? else { return Ok(()) };
    if !store::change(&mut tx, grant.scope(), &task, change, grant.user_id(), app.env.now()).await? {
        return Err(TaskError::Changed);
    }
    if let (Change::UndoStart | Change::Restore, Some(stay)) = (change, task.stay_id) {
        turnovers::reconcile(&mut tx, &app.env, grant.organization_id(), &[stay]).await?;
    }
    let subject = audit::Subject::new("task", id.uuid());
    audit::record(&mut tx, &app.env, grant, action, subject, &["status"]).await?;
    tx.commit().await?;
    Ok(())
}
