//! A file on its way in: to a temporary file without a name, which ends with whoever holds it.

use std::{
    fs::File,
    io::{self, Seek as _, Write as _},
};

use kernel::Fault;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};
use webkit::{Part, WebError};

/// A file that arrived whole.
#[derive(Debug)]
pub struct ReceivedFile {
    pub(super) file: File,
    sha256: [u8; 32],
}

impl ReceivedFile {
    /// A file that this program made itself.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn of_bytes(bytes: &[u8]) -> io::Result<Self> {
        let mut file = tempfile::tempfile()?;
        file.write_all(bytes)?;
        file.rewind()?;
        Ok(Self { file, sha256: Sha256::digest(bytes).into() })
    }

    /// SHA-256 of what was sent.
    #[must_use]
    pub const fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }
}

/// What became of a part of an upload.
#[derive(Debug)]
pub enum Received {
    /// It arrived.
    File(ReceivedFile),
    /// It is larger than is let in.
    TooLarge,
    /// It holds nothing, as a form's file field does when nothing was chosen.
    Nothing,
}

impl Received {
    /// Reads a part up to its end, or until it is larger than `most` bytes.
    ///
    /// # Errors
    /// As [`Part::chunk`]; when the temporary file cannot be written.
    pub async fn of(part: &mut Part<'_>, most: usize) -> Result<Self, WebError> {
        let failed = |error| Fault::new("writing a temporary file", error);
        let mut to: Option<tokio::fs::File> = None;
        let (mut hash, mut length) = (Sha256::new(), 0_usize);
        while let Some(chunk) = part.chunk().await? {
            length = length.saturating_add(chunk.len());
            if length > most {
                return Ok(Self::TooLarge);
            }
            hash.update(&chunk);
            let file = match &mut to {
                Some(file) => file,
                None => {
                    let made = tokio::task::spawn_blocking(tempfile::tempfile).await;
                    let made = made.map_err(|error| Fault::new("making a temporary file", error))?;
                    to.insert(tokio::fs::File::from_std(made.map_err(failed)?))
                }
            };
            file.write_all(&chunk).await.map_err(failed)?;
        }
        let Some(mut file) = to.filter(|_| length > 0) else { return Ok(Self::Nothing) };
        file.flush().await.map_err(failed)?;
        file.rewind().await.map_err(failed)?;
        Ok(Self::File(ReceivedFile { file: file.into_std().await, sha256: hash.finalize().into() }))
    }
}
