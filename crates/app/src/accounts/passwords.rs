//! Hashing passwords: Argon2id, on threads of its own, few at a time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use kernel::{Env, Fault};
use tokio::sync::Semaphore;

use crate::config::Secret;

/// Memory in KiB, passes, lanes.
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// Verified where there is no account, so that it takes the same work. Nobody knows a password for it: its hash is made up.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2hvcnQtdGVybS1sYW5kbG9yZA$dGhpcyBpcyBub3QgdGhlIGhhc2ggb2YgYW55dGhpbmc";
/// How long one waits for its turn before the server says that it is busy.
const PATIENCE: Duration = Duration::from_secs(10);

/// Hashes and verifies passwords. Cheap to clone; clones share their limit.
#[derive(Clone, Debug)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    done: Arc<AtomicU64>,
}

impl Passwords {
    /// Hashes at most this many passwords at the same time; each takes 19 MB.
    #[must_use]
    pub fn new(parallel: std::num::NonZeroUsize) -> Self {
        Self { turns: Arc::new(Semaphore::new(parallel.get())), done: Arc::default() }
    }

    /// The hash to store, in PHC form with its parameters and a salt of 128 bits.
    ///
    /// # Errors
    /// When too many others wait for their turn.
    pub async fn hash(&self, env: &Env, password: &Secret<String>) -> Result<String, Fault> {
        let salt: [u8; 16] = env.random_bytes();
        let password = password.clone();
        self.work(move || {
            let hash: PasswordHash = hasher()?
                .hash_password_with_salt(password.expose().as_bytes(), &salt)
                .map_err(|error| Fault::new("hashing a password", error.to_string()))?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password belongs to the stored hash. Without one the answer is no, after the same work.
    ///
    /// # Errors
    /// When too many others wait for their turn, or the stored hash is none.
    pub async fn verify(&self, password: &Secret<String>, stored: Option<&str>) -> Result<bool, Fault> {
        let known = stored.is_some();
        let stored = stored.unwrap_or(NOBODY).to_owned();
        let password = password.clone();
        self.work(move || {
            let hash = PasswordHash::new(&stored).map_err(|error| Fault::new("a stored hash", error.to_string()))?;
            Ok(hasher()?.verify_password(password.expose().as_bytes(), &hash).is_ok() && known)
        })
        .await
    }

    /// Passwords hashed or verified by this process.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned())
            .await
            .map_err(|error| Fault::busy("waiting to hash a password", error))?
            .map_err(|error| Fault::new("waiting to hash a password", error))?;
        let result = tokio::task::spawn_blocking(move || {
            // Held until the work is done, also when the request was given up meanwhile.
            let _turn = turn;
            work()
        })
        .await
        .map_err(|error| Fault::new("hashing a password", error))?;
        self.done.fetch_add(1, Ordering::Relaxed);
        result
    }
}

fn hasher() -> Result<Argon2<'static>, Fault> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None)
        .map_err(|error| Fault::new("the cost of hashing", error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}
