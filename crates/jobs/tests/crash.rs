//! A worker process is killed in the middle of a job, and the job runs again. On both databases.
//!
//! The program starts itself as the worker that is to be killed: `crash --worker URL`.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::{
    future::pending,
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use db::{Db, sql, testing::TestDb};
use jobs::{Job, Options, Registry, Worker, enqueue};
use kernel::Env;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio_util::sync::CancellationToken;

#[derive(Serialize, Deserialize)]
struct Deadly {}

impl Job for Deadly {
    const KIND: &'static str = "test.deadly";
}

const OPTIONS: Options = Options {
    workers: 1,
    lease: Duration::from_secs(1),
    poll: Duration::from_millis(50),
    drain: Duration::from_secs(1),
};

/// Begins the job, says so, and never ends.
async fn die_in_the_middle(url: &str) {
    let mut registry = Registry::new();
    registry.handle(|(), _: Deadly| {
        println!("begun");
        pending()
    });
    let db = Db::connect(&db::Options::new(url)).await.unwrap();
    Worker::new(db, Env::system(), (), registry, OPTIONS).run(CancellationToken::new()).await;
}

async fn the_job_of_a_killed_process_runs_again(db: TestDb) {
    let env = Env::system();
    let mut tx = db.begin().await.unwrap();
    enqueue(&mut tx, &env, &Deadly {}).await.unwrap();
    tx.commit().await.unwrap();

    let mut process = tokio::process::Command::new(std::env::current_exe().unwrap())
        .args(["--worker", db.url()])
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let line = tokio::time::timeout(Duration::from_secs(60), lines.next_line()).await.unwrap().unwrap();
    assert_eq!(line.as_deref(), Some("begun"));

    let runs = Arc::new(AtomicU32::new(0));
    let mut registry = Registry::new();
    registry.handle(|runs: Arc<AtomicU32>, _: Deadly| async move {
        runs.fetch_add(1, Ordering::SeqCst);
        Ok(())
    });
    let worker = Worker::new(db.clone(), env, runs.clone(), registry, OPTIONS);
    // Longer than the lease: the living process keeps it by renewing.
    tokio::time::sleep(OPTIONS.lease * 2).await;
    assert_eq!(worker.run_until_empty().await.unwrap().done, 0, "the process lives");

    process.kill().await.unwrap();
    for _ in 0..600 {
        if worker.run_until_empty().await.unwrap().done == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(runs.load(Ordering::SeqCst), 1);
    let left = sql!("SELECT count(*) AS n FROM job").query();
    assert_eq!(left.fetch_one(&mut db.read().await.unwrap(), |row| row.get::<i64>("n")).await.unwrap(), 0);
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match arguments[..] {
        ["--worker", url] => runtime.block_on(die_in_the_middle(url)),
        // What `cargo test` passes on: a list is asked for, or tests of other names.
        _ if arguments.contains(&"--list") => {}
        [filter, ..] if !filter.starts_with('-') && !"crash".contains(filter) => {}
        _ => runtime.block_on(async {
            the_job_of_a_killed_process_runs_again(TestDb::sqlite().await).await;
            the_job_of_a_killed_process_runs_again(TestDb::postgres().await).await;
            println!("test crash ... ok");
        }),
    }
}
