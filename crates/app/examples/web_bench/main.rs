//! How many pages a second a real server answers on SQLite, with 500 properties and 15,000 stays, no cache and no rate limits.
//!
//! `cargo run --release --example web_bench -p app -- target/release/landlord` makes the data in a temporary folder, starts that program on
//! it and prints one line of JSON for each figure: `ready_ms` from the start of the process to its first good answer of `/health/ready`,
//! `idle_kib` its resident memory after that, and for each page the answers a second over `seconds` of `clients` that ask again at once.
//! The generator runs on the same machine, in one thread.
//!
//! With a command behind the program, only a window of the timeline is asked for, by one client; then the command runs and finds the server
//! in `BENCH_ADDRESS`, `BENCH_EMAIL` and `BENCH_PASSWORD`.

mod client;
mod store;

use std::{
    io::Write as _,
    path::Path,
    process::Stdio,
    rc::Rc,
    time::{Duration, Instant},
};

use app::{
    App,
    accounts::{NewLandlord, RegisterForm, register},
    config::{Flag, Inputs, load},
};
use client::{Client, Failure};
use kernel::{Env, Language};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};
use webkit::PublicUrl;

const CLIENTS: u32 = 16;
const SECONDS: u64 = 10;
const EMAIL: &str = "bench@landlord.example";
const PASSWORD: &str = "moss-lantern-orbit-92";

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next().ok_or("the argument is the program to measure")?;
    let then: Vec<String> = arguments.collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let folder = temporary_folder()?;
    let measured = tokio::task::LocalSet::new().block_on(&runtime, measure(&program, &then, &folder));
    std::fs::remove_dir_all(&folder)?;
    measured
}

fn temporary_folder() -> Result<std::path::PathBuf, Failure> {
    let folder = std::env::temp_dir().join(format!("landlord-bench-{}", std::process::id()));
    std::fs::create_dir(&folder)?;
    Ok(folder)
}

async fn measure(program: &str, then: &[String], folder: &Path) -> Result<(), Failure> {
    seed(folder).await?;
    let (mut server, address, ready) = start(program, folder).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let mut client = Client::connect(&address).await?;
    tell(&format!(r#"{{"ready_ms": {}, "idle_kib": {}}}"#, ready.as_millis(), resident_kib(&server)?))?;
    let cookie: Rc<str> = client.sign_in(EMAIL, PASSWORD).await?.into();
    let from = Env::system().now().date_naive() - chrono::TimeDelta::days(30);
    let window = format!("/calendar/window?from={from}&days=90&limit=60");
    if let [command, arguments @ ..] = then {
        load_page(&address, &cookie, &window, 1).await?;
        run(command, arguments, &address).await?;
        return Ok(server.kill().await?);
    }
    for path in ["/dashboard", window.as_str()] {
        load_page(&address, &cookie, path, CLIENTS).await?;
    }
    tell(&format!(r#"{{"loaded_kib": {}}}"#, resident_kib(&server)?))?;
    server.kill().await?;
    Ok(())
}

/// Runs a command that measures the server from outside.
async fn run(command: &str, arguments: &[String], address: &str) -> Result<(), Failure> {
    let mut command = Command::new(command);
    command.args(arguments).env("BENCH_ADDRESS", format!("http://{address}"));
    let ended = command.env("BENCH_EMAIL", EMAIL).env("BENCH_PASSWORD", PASSWORD).status().await?;
    if ended.success() { Ok(()) } else { Err(format!("the command ended with {ended}").into()) }
}

/// The data: a landlord who registered, with houses and stays written in bulk.
async fn seed(folder: &Path) -> Result<(), Failure> {
    let flag = |key: &str, value: String| Flag { flag: "--set", key: key.to_owned(), value };
    let flags = vec![flag("data.dir", folder.join("data").display().to_string())];
    let config = load(&Inputs { flags, folder: folder.to_owned(), ..Inputs::default() })?.config;
    std::fs::create_dir(&config.data.dir)?;
    let app = App::open(config, Env::system(), &PublicUrl::parse("http://127.0.0.1:8080")?).await?;
    app.db.migrate(&app.env, env!("CARGO_PKG_VERSION")).await?;
    let form = RegisterForm {
        name: "Bench".to_owned(),
        email: EMAIL.to_owned(),
        password: PASSWORD.to_owned(),
        organization: "Five hundred houses".to_owned(),
        country: "ES".to_owned(),
        ..RegisterForm::default()
    };
    let new = NewLandlord::parse(&form, Language::English).map_err(|errors| format!("{errors:?}"))?;
    register(&app, &new).await?;
    store::fill(&app).await?;
    app.db.close().await;
    Ok(())
}

/// Starts the program; answers its address and how long it took to be ready.
async fn start(program: &str, folder: &Path) -> Result<(Child, String, Duration), Failure> {
    let begun = Instant::now();
    let mut server = Command::new(program)
        .args(["serve", "--listen", "127.0.0.1:0", "--set", "log.level=warn"])
        .args(["--set", "limits.pages_per_minute=0", "--set", "limits.credentials_per_minute=0"])
        .current_dir(folder)
        .env_clear()
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let printed = server.stdout.take().ok_or("no output")?;
    let mut lines = BufReader::new(printed).lines();
    let address = loop {
        let line = lines.next_line().await?.ok_or("it ended at once")?;
        if let Some(address) = line.strip_prefix("listening: http://") {
            break address.to_owned();
        }
    };
    let mut client = Client::connect(&address).await?;
    while client.get("/health/ready", "").await?.status != 200 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok((server, address, begun.elapsed()))
}

/// Clients that ask for a page again and again.
async fn load_page(address: &str, cookie: &Rc<str>, path: &str, count: u32) -> Result<(), Failure> {
    let mut first = Client::connect(address).await?;
    let bytes = first.get(path, cookie).await?.good()?.body.len();
    let begun = Instant::now();
    let end = begun + Duration::from_secs(SECONDS);
    let mut clients = Vec::new();
    for _ in 0..count {
        let (address, cookie, path) = (address.to_owned(), cookie.clone(), path.to_owned());
        clients.push(tokio::task::spawn_local(async move {
            let mut client = Client::connect(&address).await?;
            let mut millis = Vec::new();
            while Instant::now() < end {
                let asked = Instant::now();
                client.get(&path, &cookie).await?.good()?;
                millis.push(asked.elapsed().as_millis());
            }
            Ok::<_, Failure>(millis)
        }));
    }
    let mut millis = Vec::new();
    for client in clients {
        millis.extend(client.await??);
    }
    millis.sort_unstable();
    let answers = u32::try_from(millis.len())?;
    let slow = millis.get(millis.len() * 99 / 100).copied().unwrap_or_default();
    let half = millis.get(millis.len() / 2).copied().unwrap_or_default();
    tell(&format!(
        r#"{{"page": "{path}", "bytes": {bytes}, "clients": {count}, "seconds": {SECONDS}, "answers_per_second": {:.0}, "median_ms": {half}, "p99_ms": {slow}}}"#,
        rate(answers, begun.elapsed()),
    ))
}

#[expect(clippy::float_arithmetic, reason = "a rate of a measurement, not money")]
fn rate(answers: u32, elapsed: Duration) -> f64 {
    f64::from(answers) / elapsed.as_secs_f64()
}

fn tell(line: &str) -> Result<(), Failure> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// The resident memory of the process, in KiB.
fn resident_kib(server: &Child) -> Result<u64, Failure> {
    let id = server.id().ok_or("it has ended")?;
    let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
