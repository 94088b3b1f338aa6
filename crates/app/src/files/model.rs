//! What a stored file is.

use kernel::{FileId, OrganizationId, text_enum};

text_enum! {
    /// Where a file is in its life.
    pub(super) enum FileState {
        /// Its object is being written.
        Pending = "pending",
        /// Something refers to it.
        Stored = "stored",
        /// Nothing does; its object is to be deleted.
        Removed = "removed",
    }
}

db::stored_as_text!(FileState);

/// What is to be stored.
#[derive(Debug, Clone)]
pub struct Content {
    /// The type, which this program found out or made itself.
    pub media_type: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A stored file, as far as an answer needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileView {
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: FileId,
    /// Its type.
    pub media_type: String,
    /// SHA-256 of its bytes.
    pub sha256: Vec<u8>,
    /// Its length.
    pub size_bytes: i64,
}
