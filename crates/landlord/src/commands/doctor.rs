//! `landlord doctor`: tries everything that a server needs and says what is wrong, one line each. It changes nothing, but for
//! the database file and the key that a first start would make too.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use app::config::Config;
use app::fetcher::HttpFetcher;
use app::secrets::KeyRing;
use db::Db;
use kernel::Env;

use super::{make_folder, say};
use crate::options::Options;
use crate::{Failure, causes};

/// What was found by one look: something to tell, or what is wrong.
type Finding = Result<String, Failure>;

pub(super) async fn run(options: &Options) -> Result<ExitCode, Failure> {
    let config = options.load()?.config;
    let findings: [(&str, Finding); 5] = [
        ("configuration", Ok(format!("usable, for {}", config.server.environment))),
        ("data folder", data_folder(&config.data.dir)),
        ("keys", KeyRing::open(&config, &Env::system()).map(|_| "usable".to_owned()).map_err(Failure::from)),
        ("database", database(&config).await),
        ("fetching", HttpFetcher::new(&config.feeds).map(|_| "ready".to_owned()).map_err(Failure::from)),
    ];
    let mut healthy = true;
    for (name, finding) in findings {
        healthy &= finding.is_ok();
        let told = finding.unwrap_or_else(|failure| format!("WRONG: {}", causes(failure.as_ref())));
        say(&format!("{name:<15} {told}"));
    }
    Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn data_folder(dir: &Path) -> Finding {
    make_folder(dir)?;
    let probe = dir.join(format!("probe.{}", std::process::id()));
    let made = OpenOptions::new().write(true).create_new(true).open(&probe).map(drop);
    made.and_then(|()| std::fs::remove_file(&probe))
        .map_err(|error| io::Error::new(error.kind(), format!("{} cannot be written to: {error}", dir.display())))?;
    Ok(format!("{} can be written to", dir.display()))
}

async fn database(config: &Config) -> Finding {
    let db = Db::connect(&config.database_options()).await?;
    let pending = db.pending_migrations(env!("CARGO_PKG_VERSION")).await?;
    db.close().await;
    match pending.len() {
        0 => Ok("answers, and is up to date".to_owned()),
        count => Ok(format!("answers; {count} migrations are to be applied, by the next start or by landlord migrate")),
    }
}
