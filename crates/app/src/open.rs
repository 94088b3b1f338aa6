//! Opening the application: everything that the configuration names, in the order in which it can fail.

use std::sync::Arc;

use db::Db;
use kernel::{Env, Fault};
use url::Url;
use webkit::PublicUrl;

use crate::accounts::Passwords;
use crate::config::{Config, Environment};
use crate::demo;
use crate::fetcher::{Fetcher, FetcherSetupError, HttpFetcher};
use crate::files::{Files, FilesSetupError};
use crate::mail;
use crate::secrets::{KeyError, KeyRing};
use crate::state::{App, Parts};

/// Why the application does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Keys are missing or not usable.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The fetcher of calendars cannot be set up.
    #[error(transparent)]
    Fetcher(#[from] FetcherSetupError),
    /// The storage of files cannot be set up.
    #[error(transparent)]
    Files(#[from] FilesSetupError),
    /// The public address cannot be used in links.
    #[error("the public address cannot be used: {0}")]
    Address(#[from] url::ParseError),
    /// The database does not answer, or the mail server's address cannot be used.
    #[error(transparent)]
    Outside(#[from] Fault),
}

impl App {
    /// Connects to the database and sets up all else. It applies no migrations.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(config: Config, env: Env, public_url: &PublicUrl) -> Result<Self, OpenError> {
        let keys = KeyRing::open(&config, &env)?;
        let mut fetcher: Arc<dyn Fetcher> = Arc::new(HttpFetcher::new(&config.feeds)?);
        if config.server.environment == Environment::Demo {
            fetcher = Arc::new(demo::Calendars::new(env.clone(), fetcher));
        }
        let public_url = Url::parse(public_url.origin())?;
        let db = Db::connect(&config.database_options()).await?;
        let files = Files::open(&config)?;
        let mailer = mail::mailer(&config, &public_url)?;
        let passwords = Passwords::new(config.accounts.parallel_hashes);
        let draining = Default::default();
        Ok(Self::new(Parts { db, env, config, passwords, keys, fetcher, files, mailer, public_url, draining }))
    }
}
