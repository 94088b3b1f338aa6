//! The audit trail: who did what to which row, written in the transaction that does it.
//!
//! Append-only. An entry names fields, never their values, so that it may outlive the data it speaks of.

mod model;
mod store;
#[cfg(test)]
mod tests;

use db::{DbError, Read, Tx};
use kernel::{AuditEntryId, Env, Grant, OrganizationId, Permission, Scope, SystemReason, UserId};
use uuid::Uuid;

pub use model::{AuditEntry, Subject};

/// Who an entry names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A user.
    User(UserId),
    /// The program itself.
    System(SystemReason),
}

/// Writes the entry of a use case. `action` is `area.noun.verb`, such as `stays.stay.cancel`; `fields` are the names of what changed.
///
/// # Errors
/// When the database refuses.
pub async fn record<P: Permission>(
    tx: &mut Tx,
    env: &Env,
    grant: &Grant<P>,
    action: &'static str,
    subject: Subject,
    fields: &[&str],
) -> Result<(), DbError> {
    let by = match (grant.user_id(), grant.reason()) {
        (Some(user), _) => By::User(user),
        (None, reason) => By::System(reason.unwrap_or(SystemReason::Operator)),
    };
    record_by(tx, env, Some(grant.organization_id()), by, action, subject, fields).await
}

/// Writes an entry where there is no grant: signing in, registering, the platform's administration. Without an organization the
/// entry belongs to the platform.
///
/// # Errors
/// When the database refuses.
pub async fn record_by(
    tx: &mut Tx,
    env: &Env,
    organization: Option<OrganizationId>,
    by: By,
    action: &'static str,
    subject: Subject,
    fields: &[&str],
) -> Result<(), DbError> {
    let entry = AuditEntry {
        id: AuditEntryId::new(env),
        at: env.now(),
        by,
        user_name: None,
        action: action.to_owned(),
        subject,
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
    };
    store::insert(tx, organization.unwrap_or(OrganizationId::from_uuid(Uuid::nil())), &entry).await
}

/// The last times that something was done to one row, newest first. The caller has shown by its own finder that the row is within the
/// scope.
///
/// # Errors
/// When the database fails.
pub async fn latest(
    read: &mut Read,
    scope: &Scope,
    subject_id: Uuid,
    action: &'static str,
    most: u32,
) -> Result<Vec<AuditEntry>, DbError> {
    store::latest(read, scope, subject_id, action, most).await
}

/// What happened to one row, newest first, at most 200 entries. The caller has shown by its own finder that the row is within the
/// scope.
///
/// # Errors
/// When the database fails.
pub async fn history(read: &mut Read, scope: &Scope, subject_id: Uuid) -> Result<Vec<AuditEntry>, DbError> {
    store::history(read, scope, subject_id).await
}
