//! Secrets at rest: columns that are encrypted (addresses of private calendars, door codes, tokens of others) and keyed hashes
//! for finding a row by a value that must not be stored.
//!
//! Invariants: a sealed value opens only under the purpose that it was sealed for; every key is used for one purpose only (keys
//! for purposes are derived); nothing here shows a key or a plain value in `Debug` or in an error.

mod keys;
mod tokens;

#[cfg(test)]
mod tests;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key as CipherKey, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use kernel::Env;
use sha2::Sha256;

pub use keys::{KeyError, KeyRing};
pub use tokens::StoredToken;

/// First byte of a sealed value: the layout below, and the cipher.
const LAYOUT: u8 = 1;
const NONCE_LEN: usize = 24;

/// Why a sealed value does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It was sealed with a key that is no longer in the ring.
    #[error("the value was sealed with a key that is not in the ring")]
    UnknownKey,
    /// It was changed, is not a sealed value, or was sealed for another purpose.
    #[error("the value does not open: it was changed, or sealed for another purpose")]
    NotAuthentic,
}

/// Sealing failed. It happens only for values of more than 256 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the value cannot be sealed")]
pub struct SealError;

impl KeyRing {
    /// Encrypts a value for a column, with the newest key. `purpose` names the column, such as `feed.url`; it must not change
    /// as long as values are stored.
    ///
    /// The answer is: layout (1 byte), length of the key's id (1), key id, nonce (24), ciphertext with tag.
    ///
    /// # Errors
    /// Only for absurdly long values.
    pub fn seal(&self, purpose: &str, plain: &[u8], env: &Env) -> Result<Vec<u8>, SealError> {
        let key = &self.newest;
        let nonce: [u8; NONCE_LEN] = env.random_bytes();
        let payload = Payload { msg: plain, aad: purpose.as_bytes() };
        let ciphertext = cipher(key, purpose).encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError)?;
        let id_len = u8::try_from(key.id.len()).map_err(|_| SealError)?;
        Ok([&[LAYOUT, id_len], key.id.as_bytes(), &nonce, &ciphertext].concat())
    }

    /// Decrypts what [`KeyRing::seal`] made for the same purpose, with whichever key of the ring.
    ///
    /// # Errors
    /// When its key is gone, or it is not authentic.
    pub fn open_sealed(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, OpenError> {
        let (id, rest) = split_id(sealed).ok_or(OpenError::NotAuthentic)?;
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_LEN>().ok_or(OpenError::NotAuthentic)?;
        let key = self.keys().find(|key| key.id.as_bytes() == id).ok_or(OpenError::UnknownKey)?;
        let payload = Payload { msg: ciphertext, aad: purpose.as_bytes() };
        cipher(key, purpose).decrypt(&XNonce::from(*nonce), payload).map_err(|_| OpenError::NotAuthentic)
    }

    /// Whether a sealed value should be sealed again, because a newer key is in force.
    pub fn is_outdated(&self, sealed: &[u8]) -> bool {
        split_id(sealed).is_none_or(|(id, _)| id != self.newest.id.as_bytes())
    }

    /// 32 bytes for a use that has keys of its own, such as signing forms: the same for all instances and after a rotation.
    pub fn secret_for(&self, purpose: &str) -> [u8; 32] {
        derive(self.oldest(), "secret", purpose)
    }

    /// A hash by which to find a row without storing the value. It depends on the purpose and on the oldest key of the ring, so
    /// that it stays the same when a newer key is put in front.
    pub fn lookup_hash(&self, purpose: &str, value: &[u8]) -> [u8; 32] {
        let key = derive(self.oldest(), "lookup", purpose);
        prf(&key, &[value])
    }
}

fn split_id(sealed: &[u8]) -> Option<(&[u8], &[u8])> {
    let ([layout, id_len], rest) = sealed.split_first_chunk::<2>()?;
    (*layout == LAYOUT).then_some(())?;
    rest.split_at_checked(usize::from(*id_len))
}

fn cipher(key: &keys::Key, purpose: &str) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&CipherKey::from(derive(key, "seal", purpose)))
}

/// A key for one use and purpose. The use has a fixed set of values without the separator, so that no two pairs collide.
fn derive(key: &keys::Key, usage: &str, purpose: &str) -> [u8; 32] {
    prf(&key.bytes, &[usage.as_bytes(), b"/", purpose.as_bytes()])
}

/// HMAC-SHA256, a pseudo-random function of the parts one after the other.
fn prf(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC itself fills a key up to the block with zeros; done here, its length is right by type.
    let mut block = [0; 64];
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
