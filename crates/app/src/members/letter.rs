//! The letter that asks somebody to join.

use kernel::Role;

use super::model::VALID_FOR;
use crate::mail::{Letter, MailMessage, Writer};

/// Asks somebody to join an organization.
pub(super) struct InvitationLetter {
    /// Who asks.
    pub(super) invited_by: String,
    /// The organization's name.
    pub(super) organization: String,
    /// As what.
    pub(super) role: Role,
    /// The page that accepts, with its secret.
    pub(super) path: String,
}

impl MailMessage for InvitationLetter {
    const KIND: &'static str = "invitation";
    fn letter(&self, writer: &Writer) -> Letter {
        let names: [(&str, &dyn std::fmt::Display); 2] =
            [("name", &self.invited_by), ("organization", &self.organization)];
        writer
            .letter(writer.t1("members-mail-subject", "organization", &self.organization))
            .paragraph(writer.t_with("members-mail-text", &names))
            .fact(writer.t("members-role"), writer.t_of("role", self.role.as_str()))
            .button(writer.t("members-mail-button"), writer.link(&self.path))
            .note(writer.tn("members-mail-note", VALID_FOR.num_days()))
            .why(writer.t("members-mail-why"))
    }
}
