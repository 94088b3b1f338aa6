//! `landlord migrate`: brings the tables up to date, for installations whose servers run with `--no-migrate`.

use std::process::ExitCode;

use db::Db;
use kernel::Env;

use super::{make_folder, say};
use crate::options::Options;
use crate::{Failure, telemetry};

pub(super) async fn run(options: &Options) -> Result<ExitCode, Failure> {
    let config = options.load()?.config;
    telemetry::start(&config.log)?;
    make_folder(&config.data.dir)?;
    let db = Db::connect(&config.database_options()).await?;
    let applied = db.migrate(&Env::system(), env!("CARGO_PKG_VERSION")).await?;
    db.close().await;
    match applied.as_slice() {
        [] => say("the database is up to date"),
        names => names.iter().for_each(|name| say(&format!("applied {name}"))),
    }
    Ok(ExitCode::SUCCESS)
}
