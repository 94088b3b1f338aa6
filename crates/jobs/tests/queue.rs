//! The queue on both databases.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{
    collections::BTreeMap,
    future::pending,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::TimeDelta;
use db::{
    Db, Row, db_test, sql,
    testing::{TestDb, test_env},
};
use jobs::{Endings, Job, JobError, NewJob, Options, Registry, Schedule, Worker, enqueue, queue_facts};
use kernel::{Env, Instant, SystemClock, SystemRandomness};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

#[derive(Serialize, Deserialize)]
struct Count {
    number: u32,
}

impl Job for Count {
    const KIND: &'static str = "test.count";
    const MAX_ATTEMPTS: u32 = 4;
}

const OPTIONS: Options = Options {
    workers: 4,
    lease: Duration::from_secs(120),
    poll: Duration::from_secs(3_600),
    drain: Duration::from_secs(10),
};

/// How often each number was run.
type Runs = Arc<Mutex<BTreeMap<u32, u32>>>;

fn runs_of(runs: &Runs) -> Vec<(u32, u32)> {
    runs.lock().unwrap().iter().map(|(number, times)| (*number, *times)).collect()
}

fn counting() -> Registry<Runs> {
    let mut registry = Registry::new();
    registry.handle(|runs: Runs, job: Count| async move {
        *runs.lock().unwrap().entry(job.number).or_default() += 1;
        Ok(())
    });
    registry
}

fn worker(db: &Db, env: &Env, registry: Registry<Runs>) -> (Worker<Runs>, Runs) {
    let runs = Runs::default();
    (Worker::new(db.clone(), env.clone(), runs.clone(), registry, OPTIONS), runs)
}

async fn put(db: &Db, env: &Env, job: impl Into<NewJob> + Send) -> kernel::JobId {
    let mut tx = db.begin().await.unwrap();
    let id = enqueue(&mut tx, env, job).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[derive(Debug, PartialEq, Eq)]
struct Stored {
    state: String,
    attempts: i64,
    run_at: Instant,
    lease_until: Option<Instant>,
    last_error: Option<String>,
}

async fn stored(db: &Db) -> Vec<Stored> {
    let read_row = |row: &Row| {
        Ok(Stored {
            state: row.get("state")?,
            attempts: row.get("attempts")?,
            run_at: row.get("run_at")?,
            lease_until: row.get("lease_until")?,
            last_error: row.get("last_error")?,
        })
    };
    sql!("SELECT state, attempts, run_at, lease_until, last_error FROM job ORDER BY kind, payload")
        .query()
        .fetch_all(&mut db.read().await.unwrap(), read_row)
        .await
        .unwrap()
}

async fn eventually(what: &str, mut test: impl AsyncFnMut() -> bool) {
    for _ in 0..1_000 {
        if test().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what} did not happen");
}

#[db_test]
async fn a_job_exists_when_its_transaction_commits_and_is_gone_when_done(db: TestDb) {
    let (env, _) = test_env();
    let mut tx = db.begin().await.unwrap();
    enqueue(&mut tx, &env, &Count { number: 1 }).await.unwrap();
    drop(tx);
    put(&db, &env, &Count { number: 2 }).await;
    let (worker, runs) = worker(&db, &env, counting());
    assert_eq!(worker.run_until_empty().await.unwrap(), Endings { done: 1, ..Endings::default() });
    assert_eq!(runs_of(&runs), [(2, 1)]);
    assert_eq!(stored(&db).await, []);
}

#[db_test]
async fn jobs_run_when_due_by_priority_and_then_in_order(db: TestDb) {
    let (env, clock) = test_env();
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut registry = Registry::new();
    registry.handle(|order: Arc<Mutex<Vec<u32>>>, job: Count| async move {
        order.lock().unwrap().push(job.number);
        Ok(())
    });
    let worker = Worker::new(db.clone(), env.clone(), order.clone(), registry, OPTIONS);
    let later = env.now() + TimeDelta::minutes(5);
    put(&db, &env, NewJob::of(&Count { number: 3 }).at(later)).await;
    put(&db, &env, &Count { number: 2 }).await;
    put(&db, &env, NewJob::of(&Count { number: 1 }).priority(-1)).await;
    worker.run_until_empty().await.unwrap();
    assert_eq!(*order.lock().unwrap(), [1, 2]);
    clock.set(later);
    worker.run_until_empty().await.unwrap();
    assert_eq!(*order.lock().unwrap(), [1, 2, 3]);
}

#[db_test]
async fn two_workers_never_run_one_job_at_once(db: TestDb) {
    let env = Env::new(SystemClock, SystemRandomness);
    let mut tx = db.begin().await.unwrap();
    for number in 0..60 {
        enqueue(&mut tx, &env, &Count { number }).await.unwrap();
    }
    tx.commit().await.unwrap();
    let second = Db::connect(&db::Options::new(db.url())).await.unwrap();
    let runs = Runs::default();
    let stop = CancellationToken::new();
    let works: Vec<_> = [(*db).clone(), second]
        .into_iter()
        .map(|db| {
            let options = Options { poll: Duration::from_millis(20), ..OPTIONS };
            let worker = Worker::new(db, env.clone(), runs.clone(), counting(), options);
            let stop = stop.clone();
            tokio::spawn(async move { worker.run(stop).await })
        })
        .collect();
    eventually("an empty queue", async || stored(&db).await.is_empty()).await;
    stop.cancel();
    for work in works {
        work.await.unwrap();
    }
    assert_eq!(runs_of(&runs), (0..60).map(|number| (number, 1)).collect::<Vec<_>>());
}

/// A signal between a test and a job.
type Signal = Arc<Notify>;

/// A worker whose job waits for `go`; tells `begun` first.
fn held_up(db: &Db, env: &Env, options: Options) -> (Worker<(Signal, Signal)>, Signal, Signal) {
    let (begun, go) = (Signal::default(), Signal::default());
    let mut registry = Registry::new();
    registry.handle(|(begun, go): (Signal, Signal), _: Count| async move {
        begun.notify_one();
        go.notified().await;
        Ok(())
    });
    (Worker::new(db.clone(), env.clone(), (begun.clone(), go.clone()), registry, options), begun, go)
}

#[db_test]
async fn a_lease_that_ends_lets_the_job_run_again_and_the_late_worker_changes_nothing(db: TestDb) {
    let (env, clock) = test_env();
    put(&db, &env, &Count { number: 1 }).await;
    let (slow, begun, go) = held_up(&db, &env, OPTIONS);
    let slow = tokio::spawn(async move { slow.run_until_empty().await.unwrap() });
    begun.notified().await;

    let (quick, runs) = worker(&db, &env, counting());
    clock.advance(TimeDelta::seconds(120));
    assert_eq!(quick.run_until_empty().await.unwrap(), Endings::default(), "the lease holds");
    clock.advance(TimeDelta::microseconds(1));
    assert_eq!(quick.run_until_empty().await.unwrap().done, 1);
    assert_eq!(runs_of(&runs), [(1, 1)]);

    put(&db, &env, NewJob::of(&Count { number: 2 }).at(env.now() + TimeDelta::days(1))).await;
    go.notify_one();
    assert_eq!(slow.await.unwrap(), Endings::default(), "its ending does not count");
    assert_eq!(stored(&db).await.len(), 1);
}

#[db_test]
async fn a_lease_is_renewed_while_the_job_runs(db: TestDb) {
    let (env, clock) = test_env();
    put(&db, &env, &Count { number: 1 }).await;
    let (worker, begun, go) = held_up(&db, &env, Options { lease: Duration::from_millis(300), ..OPTIONS });
    let work = tokio::spawn(async move { worker.run_until_empty().await.unwrap() });
    begun.notified().await;
    for _ in 0..3 {
        clock.advance(TimeDelta::milliseconds(200));
        let renewed = Some(env.now() + TimeDelta::milliseconds(300));
        eventually("a renewal", async || stored(&db).await[0].lease_until == renewed).await;
    }
    go.notify_one();
    assert_eq!(work.await.unwrap().done, 1);
}

#[db_test]
async fn a_job_whose_worker_dies_each_time_is_set_aside(db: TestDb) {
    let (env, clock) = test_env();
    put(&db, &env, &Count { number: 1 }).await;
    for attempt in 1..=4 {
        let (worker, begun, _) = held_up(&db, &env, OPTIONS);
        let work = tokio::spawn(async move { worker.run_until_empty().await });
        begun.notified().await;
        work.abort();
        assert!(work.await.is_err());
        assert_eq!(stored(&db).await[0].attempts, attempt);
        clock.advance(TimeDelta::seconds(121));
    }
    let (worker, runs) = worker(&db, &env, counting());
    assert_eq!(worker.run_until_empty().await.unwrap().failed, 1);
    assert_eq!(runs_of(&runs), []);
    assert_eq!(stored(&db).await[0].last_error.as_deref(), Some("the worker died in every attempt"));
}

#[db_test]
async fn one_waiting_job_for_each_key_at_its_earliest_time(db: TestDb) {
    let (env, _) = test_env();
    let soon = env.now() + TimeDelta::minutes(1);
    let job = |number, minutes| NewJob::of(&Count { number }).dedupe("key").at(env.now() + TimeDelta::minutes(minutes));
    let first = put(&db, &env, job(1, 30)).await;
    assert_eq!(put(&db, &env, job(2, 1)).await, first);
    assert_eq!(put(&db, &env, job(3, 60)).await, first);
    assert_ne!(put(&db, &env, job(4, 1).dedupe("another key")).await, first);
    let all = stored(&db).await;
    assert_eq!((all.len(), all[0].run_at), (2, soon));
}

#[db_test]
async fn jobs_of_one_key_run_one_after_the_other(db: TestDb) {
    let (env, _) = test_env();
    let job = |number| NewJob::of(&Count { number }).dedupe("key");
    put(&db, &env, job(1)).await;
    let (first, begun, go) = held_up(&db, &env, OPTIONS);
    let first = tokio::spawn(async move { first.run_until_empty().await.unwrap() });
    begun.notified().await;

    put(&db, &env, job(2)).await;
    let (second, runs) = worker(&db, &env, counting());
    assert_eq!(second.run_until_empty().await.unwrap(), Endings::default());
    assert_eq!(runs_of(&runs), []);
    go.notify_one();
    begun.notified().await;
    go.notify_one();
    assert_eq!(first.await.unwrap().done, 2);
}

#[db_test]
async fn a_job_to_be_retried_leaves_its_work_to_one_with_its_key_that_waits(db: TestDb) {
    let (env, _) = test_env();
    let mut registry = Registry::new();
    let (database, environment) = ((*db).clone(), env.clone());
    registry.handle(move |(), job: Count| {
        let (db, env) = (database.clone(), environment.clone());
        async move {
            put(&db, &env, NewJob::of(&job).dedupe("key").at(env.now() + TimeDelta::days(1))).await;
            Err(JobError::retry("not now"))
        }
    });
    put(&db, &env, NewJob::of(&Count { number: 1 }).dedupe("key")).await;
    let worker = Worker::new(db.clone(), env.clone(), (), registry, OPTIONS);
    assert_eq!(worker.run_until_empty().await.unwrap().retried, 1);
    let all = stored(&db).await;
    assert_eq!((all.len(), all[0].state.as_str(), all[0].attempts), (1, "ready", 0));
}

#[db_test]
async fn retries_come_at_growing_intervals_until_the_last_attempt(db: TestDb) {
    let (env, clock) = test_env();
    put(&db, &env, &Count { number: 1 }).await;
    let mut registry = Registry::new();
    registry.handle(|_: Runs, _: Count| async { Err(JobError::retry("no answer")) });
    let (worker, _) = worker(&db, &env, registry);
    for (attempt, seconds) in [(1, 10), (2, 20), (3, 40)] {
        assert_eq!(worker.run_until_empty().await.unwrap().retried, 1);
        let job = &stored(&db).await[0];
        let pause = job.run_at - env.now();
        assert!(pause >= TimeDelta::seconds(seconds) / 2 && pause <= TimeDelta::seconds(seconds), "{attempt}: {pause}");
        assert_eq!((job.state.as_str(), job.attempts, job.lease_until), ("ready", attempt, None));
        clock.set(job.run_at - TimeDelta::microseconds(1));
        assert_eq!(worker.run_until_empty().await.unwrap(), Endings::default());
        clock.set(job.run_at);
    }
    assert_eq!(worker.run_until_empty().await.unwrap().failed, 1);
    let job = &stored(&db).await[0];
    assert_eq!((job.state.as_str(), job.last_error.as_deref()), ("failed", Some("no answer")));
}

#[db_test]
async fn a_handler_may_fail_at_once_choose_its_pause_or_panic(db: TestDb) {
    let (env, _) = test_env();
    for number in 1..=3 {
        put(&db, &env, &Count { number }).await;
    }
    let mut registry = Registry::new();
    registry.handle(|_: Runs, job: Count| async move {
        match job.number {
            1 => Err(JobError::fail("refused")),
            2 => Err(JobError::retry("busy").after(Duration::from_secs(7))),
            _ => panic!("a fault in the program"),
        }
    });
    let (worker, _) = worker(&db, &env, registry);
    assert_eq!(worker.run_until_empty().await.unwrap(), Endings { done: 0, retried: 2, failed: 1 });
    let all = stored(&db).await;
    let error = |n: usize| (all[n].state.as_str(), all[n].last_error.as_deref().unwrap());
    assert_eq!(
        [error(0), error(1), error(2)],
        [("failed", "refused"), ("ready", "busy"), ("ready", "the handler panicked")]
    );
    assert_eq!(all[1].run_at, env.now() + TimeDelta::seconds(7));
}

#[derive(Serialize, Deserialize)]
struct Named {
    name: String,
}

impl Job for Named {
    const KIND: &'static str = "test.named";
}

#[derive(Serialize, Deserialize)]
struct Misread {
    name: String,
}

impl Job for Misread {
    const KIND: &'static str = Count::KIND;
}

#[db_test]
async fn unknown_kinds_stay_retired_ones_go_and_foreign_payloads_fail(db: TestDb) {
    let (env, _) = test_env();
    put(&db, &env, &Named { name: "x".to_owned() }).await;
    put(&db, &env, &Misread { name: "x".to_owned() }).await;
    let (knows_one, _) = worker(&db, &env, counting());
    assert_eq!(knows_one.run_until_empty().await.unwrap(), Endings { failed: 1, ..Endings::default() });
    assert_eq!(stored(&db).await.iter().map(|job| job.state.as_str()).collect::<Vec<_>>(), ["failed", "ready"]);

    let mut registry = counting();
    registry.retire(Named::KIND);
    let (retires, _) = worker(&db, &env, registry);
    assert_eq!(retires.run_until_empty().await.unwrap().done, 1);
    assert_eq!(stored(&db).await.len(), 1);
}

#[db_test]
async fn a_schedule_runs_once_for_all_workers_and_takes_up_a_shorter_interval(db: TestDb) {
    let (env, clock) = test_env();
    let hour = Duration::from_secs(3_600);
    let scheduled = |every| {
        let mut registry = counting();
        registry.schedule(Schedule { name: "hourly", every, jitter: Duration::from_secs(60) }, Count { number: 7 });
        worker(&db, &env, registry)
    };
    let ((a, runs_a), (b, runs_b)) = (scheduled(hour), scheduled(hour));
    let round = async || {
        let (first, second) = tokio::join!(a.run_schedules(), b.run_schedules());
        first.unwrap();
        second.unwrap();
        a.run_until_empty().await.unwrap().done + b.run_until_empty().await.unwrap().done
    };
    assert_eq!(round().await, 1);
    assert_eq!(round().await, 0);
    clock.advance(TimeDelta::minutes(59));
    assert_eq!(round().await, 0);
    clock.advance(TimeDelta::minutes(2));
    assert_eq!(round().await, 1);
    assert_eq!(runs_of(&runs_a).len() + runs_of(&runs_b).len(), 1, "{runs_a:?} {runs_b:?}");

    let (quicker, _) = scheduled(hour / 6);
    quicker.run_schedules().await.unwrap();
    clock.advance(TimeDelta::minutes(12));
    assert_eq!(round().await, 1);
}

#[db_test]
async fn a_commit_wakes_the_worker_and_a_stop_puts_back_what_does_not_finish(db: TestDb) {
    let (env, _) = test_env();
    let mut registry = counting();
    registry.handle(|_: Runs, _: Named| pending());
    let runs = Runs::default();
    let options = Options { drain: Duration::from_millis(20), ..OPTIONS };
    let worker = Worker::new(db.clone(), env.clone(), runs.clone(), registry, options);
    let stop = CancellationToken::new();
    let work = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await }
    });
    put(&db, &env, &Count { number: 1 }).await;
    eventually("the first job", async || stored(&db).await.is_empty()).await;
    put(&db, &env, &Named { name: "endless".to_owned() }).await;
    eventually("the second job", async || stored(&db).await[0].state == "running").await;
    stop.cancel();
    work.await.unwrap();
    assert_eq!(
        stored(&db).await,
        [Stored { state: "ready".to_owned(), attempts: 0, run_at: env.now(), lease_until: None, last_error: None }]
    );
}

#[db_test]
async fn the_queue_can_be_counted(db: TestDb) {
    let (env, clock) = test_env();
    put(&db, &env, &Named { name: "due".to_owned() }).await;
    put(&db, &env, NewJob::of(&Count { number: 1 }).at(env.now() + TimeDelta::days(1))).await;
    clock.advance(TimeDelta::seconds(90));
    let facts = queue_facts(&mut db.read().await.unwrap(), env.now()).await.unwrap();
    assert_eq!((facts.due, facts.later, facts.running, facts.failed), (1, 1, 0, 0));
    assert_eq!(facts.oldest_due, Duration::from_secs(90));
}
