//! Storage of the audit trail.

use db::{DbError, Read, Row, Tx, sql};
use kernel::{OrganizationId, Scope, SystemReason, UserId};
use uuid::Uuid;

use super::{AuditEntry, By, Subject};

pub(super) async fn insert(tx: &mut Tx, organization: OrganizationId, entry: &AuditEntry) -> Result<(), DbError> {
    let (user, reason) = match entry.by {
        By::User(user) => (Some(user), None),
        By::System(reason) => (None, Some(reason)),
    };
    sql!(
        "INSERT INTO audit_entry (organization_id, id, at, user_id, reason, action, subject_kind, subject_id, fields) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    )
    .bind(organization)
    .bind(entry.id)
    .bind(entry.at)
    .bind(user)
    .bind(reason)
    .bind(&entry.action)
    .bind(&entry.subject.kind)
    .bind(entry.subject.id)
    .bind(entry.fields.join(","))
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn history(read: &mut Read, scope: &Scope, subject_id: Uuid) -> Result<Vec<AuditEntry>, DbError> {
    sql!(
        "SELECT e.id, e.at, e.user_id, e.reason, e.action, e.subject_kind, e.subject_id, e.fields, u.name AS user_name \
         FROM audit_entry e LEFT JOIN app_user u ON u.id = e.user_id \
         WHERE e.organization_id = $1 AND e.subject_id = $2 ORDER BY e.id DESC LIMIT 200"
    )
    .bind(scope.organization_id())
    .bind(subject_id)
    .fetch_all(read, entry)
    .await
}

pub(super) async fn latest(
    read: &mut Read,
    scope: &Scope,
    subject_id: Uuid,
    action: &str,
    most: u32,
) -> Result<Vec<AuditEntry>, DbError> {
    sql!(
        "SELECT e.id, e.at, e.user_id, e.reason, e.action, e.subject_kind, e.subject_id, e.fields, u.name AS user_name \
         FROM audit_entry e LEFT JOIN app_user u ON u.id = e.user_id \
         WHERE e.organization_id = $1 AND e.subject_id = $2 AND e.action = $3 ORDER BY e.id DESC LIMIT $4"
    )
    .bind(scope.organization_id())
    .bind(subject_id)
    .bind(action)
    .bind(most)
    .fetch_all(read, entry)
    .await
}

fn entry(row: &Row) -> Result<AuditEntry, DbError> {
    let by = match row.get::<Option<UserId>>("user_id")? {
        Some(user) => By::User(user),
        None => By::System(row.get::<Option<SystemReason>>("reason")?.unwrap_or(SystemReason::Operator)),
    };
    let fields: String = row.get("fields")?;
    Ok(AuditEntry {
        id: row.get("id")?,
        at: row.get("at")?,
        by,
        user_name: row.get("user_name")?,
        action: row.get("action")?,
        subject: Subject { kind: row.get("subject_kind")?, id: row.get("subject_id")? },
        fields: fields.split(',').filter(|field| !field.is_empty()).map(str::to_owned).collect(),
    })
}
