//! Many processes want the same nights, and some of them are killed: no night is held twice, and no acknowledged stay is lost. On both
//! databases.
//!
//! The program starts itself as the processes that book: `claims --worker URL ORGANIZATION ATTEMPTS`. A larger run is asked for by
//! `cargo test --release -p app --test claims -- --attempts 100000 [--processes 6]`; it prints one line of JSON for each database.
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

use app::{
    App, config,
    stays::{self, NewStay, StayError, StayForm},
};
use db::{Db, Insert, sql, testing::TestDb};
use kernel::{Date, Env, Grant, OrganizationId, PropertyId, StayId, SystemReason, UnitId, instant_micros};
use tokio::io::{AsyncBufReadExt, BufReader};

/// What a run is.
#[derive(Clone, Copy)]
struct Plan {
    attempts: usize,
    processes: usize,
}

const SMALL: Plan = Plan { attempts: 600, processes: 4 };
/// Bookings at once in each process.
const TASKS: usize = 6;

async fn open(url: &str) -> App {
    let flag = |key: &str, value: &str| config::Flag { flag: "--set", key: key.into(), value: value.into() };
    let flags = vec![
        flag("database.url", url),
        flag("security.encryption_keys", "test:4FhWeuyIWWwOWDQb8RL+VQKbGYKOstIkG4RrGvaf5vI="),
    ];
    let config = config::load(&config::Inputs { flags, ..config::Inputs::default() }).unwrap().config;
    let address = webkit::PublicUrl::parse("http://127.0.0.1:8080").unwrap();
    App::open(config, Env::system(), &address).await.unwrap()
}

/// One attempt; what became of it goes out as soon as the database has said so.
async fn attempt(app: &App, organization: OrganizationId, units: &[UnitId]) {
    let random = |bound: usize| usize::try_from(app.env.random_below(bound.try_into().unwrap())).unwrap();
    let check_in = Date::from_ymd_opt(2027, 1, 1).unwrap() + chrono::Days::new(random(20).try_into().unwrap());
    let check_out = check_in + chrono::Days::new((1 + random(5)).try_into().unwrap());
    let form = StayForm {
        unit_id: units[random(units.len())].to_string(),
        kind: "reservation".into(),
        check_in: check_in.to_string(),
        check_out: check_out.to_string(),
        adults: "1".into(),
        ..StayForm::default()
    };
    let new = NewStay::parse(&form, "EUR".parse().unwrap()).unwrap();
    match stays::book(app, &Grant::system(organization, SystemReason::Operator), &new).await {
        Ok(stay) => {
            println!("booked {}", stay.id);
            if random(2) == 0 {
                println!("cancelling {}", stay.id);
                stays::cancel(app, &Grant::system(organization, SystemReason::Operator), stay.id, None).await.unwrap();
            }
        }
        Err(StayError::Taken(_)) => println!("taken"),
        Err(StayError::Fault(fault)) if fault.is_busy() => println!("busy"),
        Err(error) => panic!("{error:?}"),
    }
}

async fn work(url: &str, organization: OrganizationId, attempts: i64) {
    let app = open(url).await;
    let units: Arc<[UnitId]> = units_below(&app.db, organization).await.into_keys().collect();
    let left = Arc::new(AtomicI64::new(attempts));
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let (app, left, units) = (app.clone(), Arc::clone(&left), Arc::clone(&units));
            tokio::spawn(async move {
                while left.fetch_sub(1, Ordering::Relaxed) > 0 {
                    attempt(&app, organization, &units).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

/// Every unit with itself and what is below it.
async fn units_below(db: &Db, organization: OrganizationId) -> BTreeMap<UnitId, Vec<UnitId>> {
    let rows: Vec<(UnitId, Option<UnitId>)> = sql!("SELECT id, parent_id FROM unit WHERE organization_id = $1")
        .bind(organization)
        .fetch_all(&mut db.read().await.unwrap(), |row| Ok((row.get("id")?, row.get("parent_id")?)))
        .await
        .unwrap();
    rows.iter()
        .map(|(unit, _)| {
            let below = rows.iter().filter(|(_, parent)| *parent == Some(*unit)).map(|(id, _)| *id);
            (*unit, std::iter::once(*unit).chain(below).collect())
        })
        .collect()
}

/// An organization with two houses of two rooms each.
async fn seed(db: &Db) -> OrganizationId {
    let env = Env::system();
    let (organization, now) = (OrganizationId::new(&env), instant_micros(env.now()));
    let mut tx = db.begin().await.unwrap();
    sql!(
        "INSERT INTO organization (id, name, country, zone, currency, language, created_at, updated_at) \
         VALUES ($1, 'Claims', 'ES', 'Europe/Madrid', 'EUR', 'en', $2, $2)"
    )
    .bind(organization)
    .bind(now)
    .execute(&mut tx)
    .await
    .unwrap();
    for _ in 0..2 {
        let (property, whole) = (PropertyId::new(&env), UnitId::new(&env));
        sql!(
            "INSERT INTO property (organization_id, id, name, name_folded, property_type, status, country, zone, check_in_time, \
             check_out_time, bedrooms, bathroom_halves, capacity, colour, created_at, updated_at) VALUES ($1, $2, 'House', 'house', \
             'house', 'active', 'ES', 'Europe/Madrid', 960, 660, 2, 2, 4, 'teal', $3, $3)"
        )
        .bind(organization)
        .bind(property)
        .bind(now)
        .execute(&mut tx)
        .await
        .unwrap();
        let units = [(whole, None), (UnitId::new(&env), Some(whole)), (UnitId::new(&env), Some(whole))];
        Insert::into("unit", ["organization_id", "id", "property_id", "parent_id", "created_at"])
            .rows(units.map(|(unit, parent)| db::row![organization, unit, property, parent, now]))
            .execute(&mut tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    organization
}

/// What the processes said.
#[derive(Default)]
struct Told {
    attempts: usize,
    booked: BTreeSet<StayId>,
    cancelling: BTreeSet<StayId>,
    busy: usize,
    killed: usize,
}

impl Told {
    fn line(&mut self, line: &str) {
        let (word, id) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "booked" => drop(self.booked.insert(id.parse().unwrap())),
            "cancelling" => drop(self.cancelling.insert(id.parse().unwrap())),
            "busy" => self.busy += 1,
            "taken" => {}
            other => panic!("a process said {other}"),
        }
        self.attempts += usize::from(word != "cancelling");
    }
}

/// Lets processes book, and kills every second one when it has done a third of its work, until enough was tried.
async fn contend(url: &str, organization: OrganizationId, plan: Plan) -> Told {
    let mut told = Told::default();
    while told.attempts < plan.attempts {
        let share = ((plan.attempts - told.attempts) / plan.processes).clamp(30, 5_000);
        let processes: Vec<_> = (0..plan.processes)
            .map(|index| {
                let mut process = tokio::process::Command::new(std::env::current_exe().unwrap())
                    .args(["--worker", url, &organization.to_string(), &share.to_string()])
                    .stdout(Stdio::piped())
                    .kill_on_drop(true)
                    .spawn()
                    .unwrap();
                tokio::spawn(async move {
                    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
                    let mut said = Vec::new();
                    while let Some(line) = lines.next_line().await.unwrap() {
                        said.push(line);
                        if index % 2 == 1 && said.len() == share / 3 {
                            process.start_kill().unwrap();
                        }
                    }
                    (said, process.wait().await.unwrap().success())
                })
            })
            .collect();
        for (index, process) in processes.into_iter().enumerate() {
            let (said, ended) = process.await.unwrap();
            assert!(ended || index % 2 == 1, "a process failed");
            told.killed += usize::from(!ended);
            said.iter().for_each(|line| told.line(line));
        }
    }
    told
}

type Held = BTreeMap<(UnitId, Date), Vec<StayId>>;

/// What is stored at the end: the live stays, who holds what by their dates, and who holds what by the claims.
async fn stored(db: &Db, organization: OrganizationId) -> (BTreeSet<StayId>, Held, Held) {
    let below = units_below(db, organization).await;
    let mut read = db.read().await.unwrap();
    let stays: Vec<(StayId, UnitId, Date, Date)> =
        sql!("SELECT id, unit_id, check_in, check_out FROM stay WHERE organization_id = $1 AND status = 'confirmed'")
            .bind(organization)
            .fetch_all(&mut read, |row| {
                Ok((row.get("id")?, row.get("unit_id")?, row.get("check_in")?, row.get("check_out")?))
            })
            .await
            .unwrap();
    let mut by_dates = Held::new();
    for (id, unit, check_in, check_out) in &stays {
        for night in check_in.iter_days().take_while(|night| night < check_out) {
            for unit in &below[unit] {
                by_dates.entry((*unit, night)).or_default().push(*id);
            }
        }
    }
    let claims: Vec<((UnitId, Date), StayId)> =
        sql!("SELECT unit_id, night, stay_id FROM unit_night WHERE organization_id = $1")
            .bind(organization)
            .fetch_all(&mut read, |row| Ok(((row.get("unit_id")?, row.get("night")?), row.get("stay_id")?)))
            .await
            .unwrap();
    let mut by_claims = Held::new();
    for (key, stay) in claims {
        by_claims.entry(key).or_default().push(stay);
    }
    (stays.iter().map(|(id, ..)| *id).collect(), by_dates, by_claims)
}

async fn run(name: &str, db: TestDb, plan: Plan) {
    let organization = seed(&db).await;
    let begun = Instant::now();
    let told = contend(db.url(), organization, plan).await;
    let seconds = begun.elapsed().as_secs();
    let (live, by_dates, by_claims) = stored(&db, organization).await;
    let overlaps = by_dates.values().filter(|stays| stays.len() > 1).count();
    let lost = told.booked.iter().filter(|id| !told.cancelling.contains(id) && !live.contains(id)).count();
    println!(
        "{{\"database\": \"{name}\", \"attempts\": {}, \"booked\": {}, \"busy\": {}, \"processes\": {}, \"killed\": {}, \
         \"overlaps\": {overlaps}, \"lost\": {lost}, \"seconds\": {seconds}}}",
        told.attempts,
        told.booked.len(),
        told.busy,
        plan.processes,
        told.killed,
    );
    assert_eq!((overlaps, lost), (0, 0));
    assert_eq!(by_dates, by_claims, "what is claimed is what live stays want");
    assert!(!told.booked.is_empty() && told.killed > 0, "nothing was tried");
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let number = |name: &str, usual: usize| {
        let at = arguments.iter().position(|argument| *argument == name);
        at.map_or(usual, |at| arguments[at + 1].parse().unwrap())
    };
    match arguments[..] {
        ["--worker", url, organization, attempts] => {
            runtime.block_on(work(url, organization.parse().unwrap(), attempts.parse().unwrap()));
        }
        // What `cargo test` passes on: a list is asked for, or tests of other names.
        _ if arguments.contains(&"--list") => {}
        [filter, ..] if !filter.starts_with('-') && !"claims".contains(filter) => {}
        _ => runtime.block_on(async {
            let attempts = number("--attempts", SMALL.attempts);
            let plan = Plan { attempts, processes: number("--processes", SMALL.processes) };
            run("sqlite", TestDb::sqlite().await, plan).await;
            run("postgres", TestDb::postgres().await, plan).await;
            println!("test claims ... ok");
        }),
    }
}
