//! Secrets in addresses that this installation publishes and must be able to show again.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use kernel::Env;

use super::{KeyRing, SealError};

/// A secret as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredToken {
    /// Itself, sealed.
    pub sealed: Vec<u8>,
    /// By which it is found.
    pub hash: [u8; 32],
}

impl KeyRing {
    /// A new secret of 256 random bits: 43 letters, digits, `-` and `_`.
    ///
    /// # Errors
    /// As [`KeyRing::seal`].
    pub fn new_token(&self, purpose: &str, env: &Env) -> Result<StoredToken, SealError> {
        let token = BASE64_URL_SAFE_NO_PAD.encode(env.random_bytes::<32>());
        let sealed = self.seal(purpose, token.as_bytes(), env)?;
        Ok(StoredToken { sealed, hash: self.lookup_hash(purpose, token.as_bytes()) })
    }

    /// The secret again; `None` when its key is gone or it was not made for this purpose.
    #[must_use]
    pub fn open_token(&self, purpose: &str, sealed: &[u8]) -> Option<String> {
        String::from_utf8(self.open_sealed(purpose, sealed).ok()?).ok()
    }
}
