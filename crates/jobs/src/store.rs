//! The statements of the queue.

use std::time::Duration;

use chrono::TimeDelta;
use db::{Constraint, DbError, Query, Read, Row, Tx, sql};
use kernel::{Instant, JobId};

const READY_KEY: Constraint = Constraint::unique("job_dedupe_key", "job", &["kind", "dedupe_key"]);

pub(crate) struct NewRow {
    pub(crate) id: JobId,
    pub(crate) kind: &'static str,
    pub(crate) payload: String,
    pub(crate) priority: i64,
    pub(crate) run_at: Instant,
    pub(crate) dedupe_key: Option<String>,
    pub(crate) created_at: Instant,
}

/// Puts a job on the queue, or moves the waiting one with its key forward; answers the id of the one that waits.
pub(crate) async fn insert(tx: &mut Tx, row: &NewRow) -> Result<JobId, DbError> {
    let ids = sql!(
        "INSERT INTO job (id, kind, payload, state, priority, run_at, dedupe_key, created_at) \
         VALUES ($1, $2, $3, 'ready', $4, $5, $6, $7) \
         ON CONFLICT (kind, dedupe_key) WHERE state = 'ready' AND dedupe_key IS NOT NULL DO UPDATE SET \
         run_at = CASE WHEN excluded.run_at < job.run_at THEN excluded.run_at ELSE job.run_at END, \
         priority = CASE WHEN excluded.priority < job.priority THEN excluded.priority ELSE job.priority END \
         RETURNING id"
    )
    .bind(row.id)
    .bind(row.kind)
    .bind(&row.payload)
    .bind(row.priority)
    .bind(row.run_at)
    .bind(&row.dedupe_key)
    .bind(row.created_at)
    .returning(tx, |row| row.get("id"))
    .await?;
    ids.into_iter().next().ok_or(DbError::Column("id: no row".to_owned()))
}

/// A job that this worker holds the lease of.
#[derive(Debug, Clone)]
pub(crate) struct Claimed {
    pub(crate) id: JobId,
    pub(crate) kind: String,
    pub(crate) payload: String,
    /// How often it was claimed, this time included. It is the token of the lease: whoever claims the job next has another.
    pub(crate) attempts: u32,
}

fn claimed(row: &Row) -> Result<Claimed, DbError> {
    Ok(Claimed {
        id: row.get("id")?,
        kind: row.get("kind")?,
        payload: row.get("payload")?,
        attempts: row.get("attempts")?,
    })
}

/// Due jobs of the kinds in `$2` (`,a,b,`), but those whose key is running.
macro_rules! ready {
    () => {
        "FROM job WHERE state = 'ready' AND run_at <= $1 AND replace($2, ',' || kind || ',', '') <> $2 \
         AND NOT EXISTS (SELECT 1 FROM job other WHERE other.state = 'running' AND other.kind = job.kind \
         AND other.dedupe_key = job.dedupe_key AND other.dedupe_key IS NOT NULL)"
    };
}

/// Running jobs of those kinds whose worker did not renew its lease.
macro_rules! expired {
    () => {
        "FROM job WHERE state = 'running' AND lease_until < $1 AND replace($2, ',' || kind || ',', '') <> $2"
    };
}

/// Takes what a selection finds, at most `$4`, until `$3`. The common table expression is computed once, so that the limit holds.
macro_rules! claim {
    ($found:expr, $lock:expr) => {
        concat!(
            "WITH found AS (SELECT id ",
            $found,
            " ORDER BY priority, run_at, id LIMIT $4",
            $lock,
            ") UPDATE job SET state = 'running', attempts = attempts + 1, lease_until = $3 \
             WHERE id IN (SELECT id FROM found) RETURNING id, kind, payload, attempts, priority, run_at"
        )
    };
}

/// Whether [`claim`] would find something: asked first, because only a reader may be idle for free.
pub(crate) async fn is_due(read: &mut Read, kinds: &str, now: Instant) -> Result<bool, DbError> {
    let found = sql!("SELECT id ", ready!(), " UNION ALL SELECT id ", expired!(), " LIMIT 1")
        .bind(now)
        .bind(kinds)
        .fetch_optional(read, |row| row.get::<JobId>("id"))
        .await?;
    Ok(found.is_some())
}

/// Claims due jobs, those of dead workers first; each gets a lease.
pub(crate) async fn claim(
    tx: &mut Tx,
    kinds: &str,
    now: Instant,
    lease: TimeDelta,
    most: usize,
) -> Result<Vec<Claimed>, DbError> {
    let expired = sql!(
        sqlite: claim!(expired!(), ""),
        postgres: claim!(expired!(), " FOR UPDATE SKIP LOCKED"),
    );
    let ready = sql!(
        sqlite: claim!(ready!(), ""),
        postgres: claim!(ready!(), " FOR UPDATE SKIP LOCKED"),
    );
    let mut all = Vec::new();
    for statement in [expired, ready] {
        let left = i64::try_from(most.saturating_sub(all.len())).unwrap_or(i64::MAX);
        let query = statement.bind(now).bind(kinds).bind(now + lease).bind(left);
        let mut found: Vec<(i64, Instant, Claimed)> =
            query.returning(tx, |row| Ok((row.get("priority")?, row.get("run_at")?, claimed(row)?))).await?;
        found.sort_by_key(|(priority, run_at, job)| (*priority, *run_at, job.id));
        all.extend(found.into_iter().map(|(.., job)| job));
    }
    Ok(all)
}

/// Whether the lease is still ours: the last words of each statement that changes a claimed job.
macro_rules! held {
    () => {
        " WHERE id = $1 AND attempts = $2 AND state = 'running'"
    };
}

async fn held(query: Query, tx: &mut Tx) -> Result<bool, DbError> {
    Ok(query.execute(tx).await? > 0)
}

/// Prolongs the lease; `false` when it is not ours any more.
pub(crate) async fn renew(tx: &mut Tx, job: &Claimed, until: Instant) -> Result<bool, DbError> {
    held(sql!("UPDATE job SET lease_until = $3", held!()).bind(job.id).bind(job.attempts).bind(until), tx).await
}

/// Takes a job off the queue for good.
pub(crate) async fn delete(tx: &mut Tx, job: &Claimed) -> Result<bool, DbError> {
    held(sql!("DELETE FROM job", held!()).bind(job.id).bind(job.attempts), tx).await
}

/// Sets a job aside.
pub(crate) async fn fail(tx: &mut Tx, job: &Claimed, reason: &str) -> Result<bool, DbError> {
    let query = sql!("UPDATE job SET state = 'failed', lease_until = NULL, last_error = $3", held!());
    held(query.bind(job.id).bind(job.attempts).bind(reason), tx).await
}

/// Puts a job back. `None` as answer: another with its key waits already, and does its work; the transaction is spent then.
async fn put_back(query: Query, tx: &mut Tx) -> Result<Option<bool>, DbError> {
    match held(query, tx).await {
        Err(error) if error.violates(&READY_KEY) => Ok(None),
        other => other.map(Some),
    }
}

/// Puts a job back for another try at that moment.
pub(crate) async fn retry(tx: &mut Tx, job: &Claimed, run_at: Instant, reason: &str) -> Result<Option<bool>, DbError> {
    let query = sql!("UPDATE job SET state = 'ready', lease_until = NULL, run_at = $3, last_error = $4", held!());
    put_back(query.bind(job.id).bind(job.attempts).bind(run_at).bind(reason), tx).await
}

/// Puts a job back as if it had not been claimed.
pub(crate) async fn release(tx: &mut Tx, job: &Claimed) -> Result<Option<bool>, DbError> {
    let query = sql!("UPDATE job SET state = 'ready', lease_until = NULL, attempts = attempts - 1", held!());
    put_back(query.bind(job.id).bind(job.attempts), tx).await
}

/// The kinds of due jobs, with how many of each.
pub(crate) async fn due_kinds(read: &mut Read, now: Instant) -> Result<Vec<(String, i64)>, DbError> {
    sql!("SELECT kind, count(*) AS n FROM job WHERE state = 'ready' AND run_at <= $1 GROUP BY kind ORDER BY kind")
        .bind(now)
        .fetch_all(read, |row| Ok((row.get("kind")?, row.get("n")?)))
        .await
}

/// Makes the row of a schedule, due at once; a next time beyond `latest` comes from a longer interval of before, and is brought forward.
pub(crate) async fn prepare_schedule(tx: &mut Tx, name: &str, now: Instant, latest: Instant) -> Result<(), DbError> {
    sql!(
        "INSERT INTO schedule (name, next_run_at) VALUES ($1, $2) \
         ON CONFLICT (name) DO UPDATE SET next_run_at = $3 WHERE schedule.next_run_at > $3"
    )
    .bind(name)
    .bind(now)
    .bind(latest)
    .execute(tx)
    .await
    .map(drop)
}

/// The schedules that are due.
pub(crate) async fn due_schedules(read: &mut Read, now: Instant) -> Result<Vec<String>, DbError> {
    sql!("SELECT name FROM schedule WHERE next_run_at <= $1 ORDER BY name")
        .bind(now)
        .fetch_all(read, |row| row.get("name"))
        .await
}

/// Takes a schedule's turn; `false` when another instance took it.
pub(crate) async fn take_turn(tx: &mut Tx, name: &str, now: Instant, next: Instant) -> Result<bool, DbError> {
    let taken = sql!("UPDATE schedule SET next_run_at = $3, last_run_at = $2 WHERE name = $1 AND next_run_at <= $2")
        .bind(name)
        .bind(now)
        .bind(next)
        .execute(tx)
        .await?;
    Ok(taken > 0)
}

/// How the queue is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueFacts {
    /// Jobs that could run now.
    pub due: u64,
    /// Jobs that wait for their time.
    pub later: u64,
    /// Jobs that run, those of dead workers included until their lease ends.
    pub running: u64,
    /// Jobs that were set aside.
    pub failed: u64,
    /// How long the oldest due job has been waiting; zero when none is.
    pub oldest_due: Duration,
}

/// Counts the queue.
///
/// # Errors
/// When the database fails.
pub async fn queue_facts(read: &mut Read, now: Instant) -> Result<QueueFacts, DbError> {
    let count = |row: &Row, name| row.get::<i64>(name).map(|n| u64::try_from(n).unwrap_or(0));
    sql!(
        "SELECT count(*) FILTER (WHERE state = 'ready' AND run_at <= $1) AS due, \
         count(*) FILTER (WHERE state = 'ready' AND run_at > $1) AS later, \
         count(*) FILTER (WHERE state = 'running') AS running, count(*) FILTER (WHERE state = 'failed') AS failed, \
         min(run_at) FILTER (WHERE state = 'ready') AS oldest FROM job"
    )
    .bind(now)
    .fetch_one(read, |row| {
        let oldest: Option<Instant> = row.get("oldest")?;
        Ok(QueueFacts {
            due: count(row, "due")?,
            later: count(row, "later")?,
            running: count(row, "running")?,
            failed: count(row, "failed")?,
            oldest_due: oldest.and_then(|oldest| (now - oldest).to_std().ok()).unwrap_or_default(),
        })
    })
    .await
}
