//! Keyed hashes of form tokens and signed cookies, one derived key for each purpose.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The installation's secret. Debug shows nothing of it.
pub(crate) struct Keys([u8; 32]);

impl Keys {
    pub(crate) const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// The keyed hash of some parts for one purpose. Each part is preceded by its length, so that none runs into the next.
    pub(crate) fn sign(&self, purpose: &'static str, parts: &[&[u8]]) -> [u8; 32] {
        let key = hmac(&self.0, &[purpose.as_bytes()]);
        hmac(&key, parts)
    }

    /// Whether a received hash is the one of these parts, in the same time whatever differs.
    pub(crate) fn verify(&self, purpose: &'static str, parts: &[&[u8]], received: &[u8]) -> bool {
        self.sign(purpose, parts).as_slice().ct_eq(received).into()
    }
}

fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // The block of SHA-256 is 64 bytes; a shorter key is filled with zeros by the definition of HMAC.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_and_the_borders_of_parts_change_the_hash() {
        let keys = Keys::new([7; 32]);
        let hash = keys.sign("form", &[b"ab", b"c"]);
        assert!(keys.verify("form", &[b"ab", b"c"], &hash));
        assert!(!keys.verify("form", &[b"a", b"bc"], &hash));
        assert!(!keys.verify("flash", &[b"ab", b"c"], &hash));
        assert!(!Keys::new([8; 32]).verify("form", &[b"ab", b"c"], &hash));
        assert!(!keys.verify("form", &[b"ab", b"c"], &hash[..31]));
    }
}
