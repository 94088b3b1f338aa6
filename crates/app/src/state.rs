//! What every use case may reach.

use std::{ops::Deref, sync::Arc};

use db::Db;
use kernel::Env;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::{accounts::Passwords, config::Config, fetcher::Fetcher, files::Files, mail::Mailer, secrets::KeyRing};

/// The application of this process; cheap to clone. Dereferences to its [`Parts`].
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What the application is made of.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// Time and randomness.
    pub env: Env,
    /// What was configured.
    pub config: Config,
    /// Hashes passwords, few at a time.
    pub passwords: Passwords,
    /// Keys for what is encrypted at rest.
    pub keys: KeyRing,
    /// The only way out to addresses that a user gave.
    pub fetcher: Arc<dyn Fetcher>,
    /// Files that people send.
    pub files: Files,
    /// How mails leave.
    pub mailer: Arc<dyn Mailer>,
    /// Where browsers reach this installation; links in mails are built from it.
    pub public_url: Url,
    /// Cancelled when the process begins to end: from then on it reports itself not ready.
    pub draining: CancellationToken,
}

impl App {
    /// The application made of these parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
