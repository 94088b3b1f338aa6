//! Storage of tasks.

use db::{DbError, Ids, Insert, Query, Read, Row, Statement, Tx, sql, sql_of_ids};
use kernel::{Date, Env, Instant, Limit, OrganizationId, PropertyId, Scope, StayId, TaskId, UnitId, UserId};
use uuid::Uuid;

use super::model::{
    DayTurnover, Makes, NextGuests, StayFacts, Step, TaskCounts, TaskStatus, TaskTab, TaskView, Turnover, first_name,
};
use crate::{
    access::property_scope,
    today::{Today, today_at},
};

/// The reservation that arrives next at the task's unit, or at one that claims it: whoever has, or waits for, its nights from then on.
macro_rules! next_stay {
    () => {
        "(SELECT c.id FROM (SELECT a.* FROM (SELECT s.id, s.check_in FROM unit_night n JOIN stay s ON s.organization_id = $1 \
         AND s.id = n.stay_id WHERE n.organization_id = $1 AND n.unit_id = t.unit_id AND n.night >= t.due_on \
         AND s.check_in >= t.due_on AND s.kind = 'reservation' ORDER BY n.night LIMIT 1) a \
         UNION ALL SELECT b.* FROM (SELECT s.id, s.check_in FROM unit_night_wait n JOIN stay s ON s.organization_id = $1 \
         AND s.id = n.stay_id WHERE n.organization_id = $1 AND n.unit_id = t.unit_id AND n.night >= t.due_on \
         AND s.check_in >= t.due_on AND s.kind = 'reservation' ORDER BY n.night LIMIT 1) b) c ORDER BY c.check_in, c.id LIMIT 1)"
    };
}

/// What statements that answer whole tasks begin with; [`task`] reads them. Binds the scope; conditions on `t` and `p` may follow.
macro_rules! tasks_where {
    () => {
        concat!(
            "SELECT x.*, n.check_in AS next_check_in, n.guest_name AS next_guest, n.adults, n.children, n.infants, n.pets, \
             sb.name AS started_by_name, cb.name AS completed_by_name FROM (SELECT t.id, t.status, t.unit_id, u.name AS unit_name, \
             u.property_id, p.name AS property_name, p.colour, p.address_line, p.city, p.zone, p.check_in_time, p.check_out_time, \
             t.stay_id, t.due_on, t.provisional, t.stay_changed, t.dismissed_at, t.started_at, t.started_by, t.completed_at, \
             t.completed_by, t.version, ",
            next_stay!(),
            " AS next_id FROM task t JOIN unit u ON u.organization_id = $1 AND u.id = t.unit_id \
             JOIN property p ON p.organization_id = $1 AND p.id = u.property_id WHERE t.organization_id = $1 AND ",
            property_scope!("p.id")
        )
    };
}

/// What they end with, before the order.
macro_rules! tasks_end {
    () => {
        ") x LEFT JOIN stay n ON n.organization_id = $1 AND n.id = x.next_id LEFT JOIN app_user sb ON sb.id = x.started_by \
         LEFT JOIN app_user cb ON cb.id = x.completed_by"
    };
}

macro_rules! today_of_task {
    () => {
        today_at!("p.zone", "t.due_on", "$8", "$9", "$10", "$11", "$12")
    };
}

macro_rules! forward {
    () => {
        " AND (p.id = $4 OR $4 IS NULL) AND (t.due_on, t.id) > ($5, $6) ORDER BY t.due_on, t.id LIMIT $7"
    };
}

fn task(row: &Row) -> Result<TaskView, DbError> {
    let next = match row.get::<Option<Date>>("next_check_in")? {
        None => None,
        Some(arrives_on) => Some(NextGuests {
            arrives_on,
            first_name: row.get::<Option<String>>("next_guest")?.as_deref().and_then(first_name),
            adults: row.get("adults")?,
            children: row.get("children")?,
            infants: row.get("infants")?,
            pets: row.get("pets")?,
        }),
    };
    let address: [Option<String>; 2] = [row.get("address_line")?, row.get("city")?];
    Ok(TaskView {
        id: row.get("id")?,
        status: row.get("status")?,
        unit_id: row.get("unit_id")?,
        unit_name: row.get("unit_name")?,
        property_id: row.get("property_id")?,
        property_name: row.get("property_name")?,
        colour: row.get("colour")?,
        address: address.into_iter().flatten().collect(),
        zone: row.get("zone")?,
        check_in_time: row.get("check_in_time")?,
        check_out_time: row.get("check_out_time")?,
        stay_id: row.get("stay_id")?,
        due_on: row.get("due_on")?,
        provisional: row.get("provisional")?,
        stay_changed: row.get("stay_changed")?,
        dismissed: row.get::<Option<Instant>>("dismissed_at")?.is_some(),
        started_at: row.get("started_at")?,
        started_by: row.get("started_by_name")?,
        completed_at: row.get("completed_at")?,
        completed_by: row.get("completed_by_name")?,
        next,
        version: row.get("version")?,
    })
}

pub(super) async fn find(read: &mut Read, scope: &Scope, id: TaskId) -> Result<Option<TaskView>, DbError> {
    sql!(tasks_where!(), " AND t.id = $4", tasks_end!())
        .query()
        .bind_scope(scope)
        .bind(id)
        .fetch_optional(read, task)
        .await
}

/// The turnover of a stay, cancelled or not.
pub(super) async fn of_stay(read: &mut Read, scope: &Scope, stay: StayId) -> Result<Option<TaskView>, DbError> {
    sql!(tasks_where!(), " AND t.stay_id = $4 AND t.kind = 'turnover'", tasks_end!())
        .query()
        .bind_scope(scope)
        .bind(stay)
        .fetch_optional(read, task)
        .await
}

/// What a page of a list is asked for by.
#[derive(Debug)]
pub(super) struct ListOf<'a> {
    pub(super) tab: TaskTab,
    pub(super) property: Option<PropertyId>,
    /// Day and id of the last row seen.
    pub(super) after: Option<(Date, Uuid)>,
    pub(super) limit: Limit,
    pub(super) today: &'a Today,
}

/// The rows of a page, one more than the limit, in the tab's order.
pub(super) async fn list(read: &mut Read, scope: &Scope, of: ListOf<'_>) -> Result<Vec<TaskView>, DbError> {
    let begin = |statement: &'static Statement, start: (Date, Uuid)| {
        let (day, id) = of.after.unwrap_or(start);
        statement.query().bind_scope(scope).bind(of.property).bind(day).bind(id).bind(of.limit.with_one_more())
    };
    let first = |statement| of.today.bind(begin(statement, (Date::MIN_STORED, Uuid::nil())));
    let query: Query = match of.tab {
        TaskTab::Today => first(sql!(
            tasks_where!(),
            " AND t.status NOT IN ('completed', 'cancelled') AND t.due_on >= $13 AND t.due_on <= $14 AND t.due_on = ",
            today_of_task!(),
            forward!(),
            tasks_end!(),
            " ORDER BY x.due_on, x.id"
        ))
        .bind(of.today.first())
        .bind(of.today.last()),
        TaskTab::Overdue => first(sql!(
            tasks_where!(),
            " AND t.status NOT IN ('completed', 'cancelled') AND t.due_on < $13 AND t.due_on < ",
            today_of_task!(),
            forward!(),
            tasks_end!(),
            " ORDER BY x.due_on, x.id"
        ))
        .bind(of.today.last()),
        TaskTab::Upcoming => first(sql!(
            tasks_where!(),
            " AND t.status NOT IN ('completed', 'cancelled') AND t.due_on > $13 AND t.due_on > ",
            today_of_task!(),
            forward!(),
            tasks_end!(),
            " ORDER BY x.due_on, x.id"
        ))
        .bind(of.today.first()),
        TaskTab::Done => begin(
            sql!(
                tasks_where!(),
                " AND t.status = 'completed' AND (p.id = $4 OR $4 IS NULL) AND (t.due_on, t.id) < ($5, $6) \
                 ORDER BY t.due_on DESC, t.id DESC LIMIT $7",
                tasks_end!(),
                " ORDER BY x.due_on DESC, x.id DESC"
            ),
            (Date::MAX_STORED, Uuid::max()),
        ),
    };
    query.fetch_all(read, task).await
}

/// Dates before and after every stored one, with the four digits that ISO text sorts by.
trait Bounds {
    const MIN_STORED: Date;
    const MAX_STORED: Date;
}

impl Bounds for Date {
    const MIN_STORED: Self = match Self::from_ymd_opt(1, 1, 1) {
        Some(date) => date,
        None => Self::MIN,
    };
    const MAX_STORED: Self = match Self::from_ymd_opt(9999, 12, 31) {
        Some(date) => date,
        None => Self::MAX,
    };
}

macro_rules! open_of_scope {
    ($condition:literal) => {
        concat!(
            "(SELECT COUNT(*) FROM (SELECT 1 AS one FROM task t JOIN unit u ON u.organization_id = $1 AND u.id = t.unit_id \
             JOIN property p ON p.organization_id = $1 AND p.id = u.property_id WHERE t.organization_id = $1 \
             AND t.status NOT IN ('completed', 'cancelled') AND ",
            $condition,
            today_at!("p.zone", "t.due_on", "$4", "$5", "$6", "$7", "$8"),
            " AND ",
            property_scope!("p.id"),
            " LIMIT $11) c)"
        )
    };
}

pub(super) async fn counts(read: &mut Read, scope: &Scope, today: &Today) -> Result<TaskCounts, DbError> {
    let query = if let Some(date) = today.everywhere(scope) {
        sql!(
            "SELECT (SELECT COUNT(*) FROM (SELECT 1 AS one FROM task WHERE organization_id = $1 \
             AND status NOT IN ('completed', 'cancelled') AND due_on = $2 LIMIT $3) c) AS today, \
             (SELECT COUNT(*) FROM (SELECT 1 AS one FROM task WHERE organization_id = $1 \
             AND status NOT IN ('completed', 'cancelled') AND due_on < $2 LIMIT $3) c) AS overdue"
        )
        .bind(scope.organization_id())
        .bind(date)
    } else {
        let statement = sql!(
            "SELECT ",
            open_of_scope!("t.due_on >= $9 AND t.due_on <= $10 AND t.due_on = "),
            " AS today, ",
            open_of_scope!("t.due_on < $10 AND t.due_on < "),
            " AS overdue"
        );
        today.bind(statement.query().bind_scope(scope)).bind(today.first()).bind(today.last())
    };
    let counts = |row: &Row| Ok(TaskCounts { today: row.get("today")?, overdue: row.get("overdue")? });
    query.bind(TaskCounts::MOST).fetch_one(read, counts).await
}

/// The first tasks that are to do by today, the oldest first.
pub(super) async fn due(read: &mut Read, scope: &Scope, today: &Today, most: i64) -> Result<Vec<TaskView>, DbError> {
    let statement = sql!(
        tasks_where!(),
        " AND t.status NOT IN ('completed', 'cancelled') AND t.due_on <= $9 AND t.due_on <= ",
        today_at!("p.zone", "t.due_on", "$4", "$5", "$6", "$7", "$8"),
        " ORDER BY t.due_on, t.id LIMIT $10",
        tasks_end!(),
        " ORDER BY x.due_on, x.id"
    );
    let query = today.bind(statement.query().bind_scope(scope)).bind(today.last()).bind(most);
    query.fetch_all(read, task).await
}

/// Turnovers of these units from a day until before another, but for cancelled ones.
pub(super) async fn on_days(
    read: &mut Read,
    scope: &Scope,
    units: &[UnitId],
    from: Date,
    until: Date,
) -> Result<Vec<DayTurnover>, DbError> {
    sql_of_ids!(
        ["SELECT t.id, t.unit_id, t.due_on, t.status FROM task t JOIN unit u ON u.organization_id = $1 AND u.id = t.unit_id \
          WHERE t.organization_id = $1 AND t.kind = 'turnover' AND t.status <> 'cancelled' AND t.due_on >= $4 AND t.due_on < $5 AND ",
         property_scope!("u.property_id"), " AND t.unit_id IN "] "$6" []
    )
    .query()
    .bind_scope(scope)
    .bind(from)
    .bind(until)
    .bind(units.iter().copied().collect::<Ids>())
    .fetch_all(read, |row| {
        Ok(DayTurnover {
            id: row.get("id")?,
            unit_id: row.get("unit_id")?,
            due_on: row.get("due_on")?,
            status: row.get("status")?,
        })
    })
    .await
}

/// A step that a person takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Start,
    Complete,
    UndoStart,
    UndoComplete,
    Dismiss,
    Restore,
}

/// Takes a step; false when the task has changed since it was read. The caller has found it within its scope.
pub(super) async fn change(
    tx: &mut Tx,
    scope: &Scope,
    task: &TaskView,
    change: Change,
    user: Option<UserId>,
    now: Instant,
) -> Result<bool, DbError> {
    macro_rules! set {
        ($columns:literal) => {
            sql!(
                "UPDATE task SET ",
                $columns,
                ", version = version + 1, updated_at = $4 WHERE organization_id = $1 AND id = $2 AND version = $3"
            )
        };
    }
    let (statement, names_user) = match change {
        Change::Start => (set!("status = 'in_progress', started_at = $4, started_by = $5"), true),
        Change::Complete => (set!("status = 'completed', completed_at = $4, completed_by = $5"), true),
        Change::UndoStart => {
            (set!("status = 'pending', started_at = NULL, started_by = NULL, stay_changed = FALSE"), false)
        }
        Change::UndoComplete => (set!("status = 'in_progress', completed_at = NULL, completed_by = NULL"), false),
        Change::Dismiss => (set!("status = 'cancelled', dismissed_at = $4"), false),
        Change::Restore => (set!("dismissed_at = NULL"), false),
    };
    let query = statement.bind(scope.organization_id()).bind(task.id).bind(task.version).bind(now);
    let query = if names_user { query.bind(user) } else { query };
    Ok(query.execute(tx).await? == 1)
}

/// What a user has begun and not completed in an organization: tasks with their stays.
pub(super) async fn begun_by(
    read: &mut Read,
    organization: OrganizationId,
    user: UserId,
) -> Result<Vec<(TaskId, Option<StayId>)>, DbError> {
    sql!("SELECT id, stay_id FROM task WHERE organization_id = $1 AND started_by = $2 AND status = 'in_progress'")
        .bind(organization)
        .bind(user)
        .fetch_all(read, |row| Ok((row.get("id")?, row.get("stay_id")?)))
        .await
}

/// Makes what a user has begun as if nobody had.
pub(super) async fn hand_back(
    tx: &mut Tx,
    organization: OrganizationId,
    user: UserId,
    now: Instant,
) -> Result<(), DbError> {
    sql!(
        "UPDATE task SET status = 'pending', started_at = NULL, started_by = NULL, stay_changed = FALSE, version = version + 1, \
         updated_at = $3 WHERE organization_id = $1 AND started_by = $2 AND status = 'in_progress'"
    )
    .bind(organization)
    .bind(user)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// What the turnovers of these stays follow, with the turnover that each has. Reads the columns of `stay` that a turnover depends on.
pub(super) async fn stays_with_turnovers(
    read: &mut Read,
    organization: OrganizationId,
    stays: &[StayId],
) -> Result<Vec<(StayFacts, Option<Turnover>)>, DbError> {
    sql_of_ids!(
        ["SELECT s.id, s.unit_id, s.kind, s.status, s.check_out, s.needs_review, p.zone, f.created_at AS feed_created_at, \
          t.id AS task_id, t.status AS task_status, t.unit_id AS task_unit_id, t.due_on, t.provisional, t.stay_changed, t.dismissed_at \
          FROM stay s JOIN unit u ON u.organization_id = $1 AND u.id = s.unit_id \
          JOIN property p ON p.organization_id = $1 AND p.id = u.property_id \
          LEFT JOIN feed f ON f.organization_id = $1 AND f.id = s.feed_id \
          LEFT JOIN task t ON t.organization_id = $1 AND t.stay_id = s.id AND t.kind = 'turnover' \
          WHERE s.organization_id = $1 AND s.id IN "] "$2" []
    )
    .bind(organization)
    .bind(stays.iter().copied().collect::<Ids>())
    .fetch_all(read, |row| Ok((stay_facts(row)?, turnover(row)?)))
    .await
}

fn stay_facts(row: &Row) -> Result<StayFacts, DbError> {
    let zone: kernel::Zone = row.get("zone")?;
    let feed_created_at: Option<Instant> = row.get("feed_created_at")?;
    Ok(StayFacts {
        id: row.get("id")?,
        unit_id: row.get("unit_id")?,
        makes: Makes::of(row.get("kind")?, row.get("status")?),
        check_out: row.get("check_out")?,
        needs_review: row.get("needs_review")?,
        known_from: feed_created_at.map(|at| zone.date_of(at)),
    })
}

fn turnover(row: &Row) -> Result<Option<Turnover>, DbError> {
    let Some(id) = row.get("task_id")? else { return Ok(None) };
    Ok(Some(Turnover {
        id,
        status: row.get("task_status")?,
        unit_id: row.get("task_unit_id")?,
        due_on: row.get("due_on")?,
        provisional: row.get("provisional")?,
        stay_changed: row.get("stay_changed")?,
        dismissed: row.get::<Option<Instant>>("dismissed_at")?.is_some(),
    }))
}

/// Makes the turnovers of these stays; answers how many, without those that somebody else made meanwhile.
pub(super) async fn insert(
    tx: &mut Tx,
    env: &Env,
    organization: OrganizationId,
    stays: &[&StayFacts],
) -> Result<u64, DbError> {
    let now = env.now();
    Insert::into(
        "task",
        [
            "organization_id",
            "id",
            "kind",
            "status",
            "unit_id",
            "stay_id",
            "due_on",
            "provisional",
            "created_at",
            "updated_at",
        ],
    )
    .skip_taken()
    .rows(stays.iter().map(|stay| {
        let id = TaskId::new(env);
        let status = TaskStatus::Pending;
        db::row![
            organization,
            id,
            "turnover",
            status,
            stay.unit_id,
            stay.id,
            stay.check_out,
            stay.needs_review,
            now,
            now
        ]
    }))
    .execute(tx)
    .await
}

/// Applies a step to turnovers that are there; answers how many still were as the step supposes.
pub(super) async fn apply(
    tx: &mut Tx,
    organization: OrganizationId,
    step: Step,
    turnovers: &[TaskId],
    now: Instant,
) -> Result<u64, DbError> {
    let ids: Ids = turnovers.iter().copied().collect();
    macro_rules! unbegun {
        () => {
            " AND task.status IN ('pending', 'offered', 'accepted', 'cancelled')"
        };
    }
    let query = match step {
        Step::Nothing | Step::Create => return Ok(0),
        Step::Follow => sql_of_ids!(
            ["UPDATE task SET unit_id = s.unit_id, due_on = s.check_out, provisional = s.needs_review, dismissed_at = NULL, \
              status = CASE WHEN task.status = 'cancelled' THEN 'pending' ELSE task.status END, version = task.version + 1, \
              updated_at = $3 FROM stay s WHERE task.organization_id = $1 AND s.organization_id = $1 AND s.id = task.stay_id \
              AND task.id IN "] "$2" [unbegun!()]
        )
        .bind(organization)
        .bind(ids)
        .bind(now),
        Step::Cancel => sql_of_ids!(
            ["UPDATE task SET status = 'cancelled', version = version + 1, updated_at = $3 \
              WHERE organization_id = $1 AND id IN "] "$2" [unbegun!()]
        )
        .bind(organization)
        .bind(ids)
        .bind(now),
        Step::Note { changed } => sql_of_ids!(
            ["UPDATE task SET stay_changed = $4, provisional = s.needs_review, version = task.version + 1, updated_at = $3 \
              FROM stay s WHERE task.organization_id = $1 AND s.organization_id = $1 AND s.id = task.stay_id \
              AND task.id IN "] "$2" [""]
        )
        .bind(organization)
        .bind(ids)
        .bind(now)
        .bind(changed),
    };
    query.execute(tx).await
}
