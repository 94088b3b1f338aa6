//! Entries of the audit trail.

use kernel::{AuditEntryId, Instant};
use uuid::Uuid;

use super::By;

/// What an entry speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The table's name.
    pub kind: String,
    /// The row.
    pub id: Uuid,
}

impl Subject {
    /// A row of a table.
    #[must_use]
    pub fn new(kind: &'static str, id: Uuid) -> Self {
        Self { kind: kind.to_owned(), id }
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its id; ids are in the order of time.
    pub id: AuditEntryId,
    /// When.
    pub at: Instant,
    /// Who.
    pub by: By,
    /// The user's name today, when read back.
    pub user_name: Option<String>,
    /// What: `area.noun.verb`.
    pub action: String,
    /// To which row.
    pub subject: Subject,
    /// The names of the fields that changed.
    pub fields: Vec<String>,
}
