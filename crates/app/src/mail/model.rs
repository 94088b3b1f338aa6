//! A mail before and after it is written.

use kernel::{Instant, Language, MailId, OrganizationId};

use super::{Letter, Writer};

/// A kind of mail; the type holds what a mail of it says.
pub trait MailMessage {
    /// The stored name.
    const KIND: &'static str;
    /// The mail's content in the writer's language.
    fn letter(&self, writer: &Writer) -> Letter;
}

/// A mail to be written.
#[derive(Debug, Clone)]
pub struct Mail<M> {
    /// The organization it is about; `None` for mails about an account.
    pub organization: Option<OrganizationId>,
    /// The recipient's address.
    pub to: String,
    /// The recipient's language.
    pub language: Language,
    /// What it says.
    pub message: M,
    /// Unique in the organization: a mail with a key that was used before is not written again.
    pub dedupe_key: String,
}

kernel::text_enum! {
    /// What became of a mail.
    pub enum MailState {
        /// Waits for the job that sends it.
        Queued = "queued",
        /// The mail server took it.
        Sent = "sent",
        /// There is no mail server: it is only kept to be looked at.
        Kept = "kept",
        /// It could not be sent.
        Failed = "failed",
    }
}

db::stored_as_text!(MailState);

/// A mail as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StoredMail {
    pub(super) organization: OrganizationId,
    pub(super) id: MailId,
    pub(super) recipient: String,
    pub(super) language: Language,
    pub(super) kind: String,
    pub(super) dedupe_key: String,
    pub(super) subject: String,
    /// `None` once deleted, as is `html`.
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
    pub(super) state: MailState,
    /// Failed attempts to send it.
    pub(super) attempts: u32,
    pub(super) last_error: Option<String>,
    pub(super) created_at: Instant,
}
