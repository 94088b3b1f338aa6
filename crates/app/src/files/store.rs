//! Storage of what is known of files.

use db::{DbError, Insert, Read, Tx, row, sql};
use kernel::{FileId, Instant, OrganizationId, Scope, UserId};

use super::model::FileState;

/// A file about to be written.
pub(super) struct NewRow {
    pub(super) id: FileId,
    pub(super) media_type: &'static str,
    pub(super) sha256: [u8; 32],
    pub(super) size_bytes: i64,
}

/// How many bytes an organization keeps, what is being written included.
pub(super) async fn bytes_kept(read: &mut Read, scope: &Scope) -> Result<i64, DbError> {
    sql!("SELECT CAST(coalesce(sum(size_bytes), 0) AS BIGINT) AS bytes FROM file WHERE organization_id = $1")
        .bind(scope.organization_id())
        .fetch_one(read, |row| row.get("bytes"))
        .await
}

pub(super) async fn insert(
    tx: &mut Tx,
    scope: &Scope,
    by: Option<UserId>,
    rows: &[NewRow],
    now: Instant,
) -> Result<(), DbError> {
    let columns = ["organization_id", "id", "state", "media_type", "sha256", "size_bytes", "created_by", "created_at"];
    Insert::into("file", columns)
        .rows(rows.iter().map(|file| {
            row![
                scope.organization_id(),
                file.id,
                FileState::Pending,
                file.media_type,
                &file.sha256[..],
                file.size_bytes,
                by,
                now
            ]
        }))
        .execute(tx)
        .await?;
    Ok(())
}

/// Whether the file was in the first state and is in the second now.
pub(super) async fn change_state(
    tx: &mut Tx,
    scope: &Scope,
    id: FileId,
    from: FileState,
    to: FileState,
) -> Result<bool, DbError> {
    let changed = sql!("UPDATE file SET state = $4 WHERE organization_id = $1 AND id = $2 AND state = $3")
        .bind(scope.organization_id())
        .bind(id)
        .bind(from)
        .bind(to)
        .execute(tx)
        .await?;
    Ok(changed > 0)
}

/// Some files of all organizations that nothing refers to: those that were given up, and those that began to be written before a moment.
pub(super) async fn unsettled(
    read: &mut Read,
    begun_before: Instant,
    most: i64,
) -> Result<Vec<(OrganizationId, FileId)>, DbError> {
    sql!(
        "SELECT organization_id, id FROM file WHERE state <> 'stored' AND (state = 'removed' OR created_at < $1) \
         ORDER BY created_at LIMIT $2"
    )
    .bind(begun_before)
    .bind(most)
    .fetch_all(read, |row| Ok((row.get("organization_id")?, row.get("id")?)))
    .await
}

/// Gives up a file whose writing was not finished, so that nothing can refer to it any more; whether it is given up.
pub(super) async fn give_up(tx: &mut Tx, organization: OrganizationId, id: FileId) -> Result<bool, DbError> {
    let changed =
        sql!("UPDATE file SET state = 'removed' WHERE organization_id = $1 AND id = $2 AND state <> 'stored'")
            .bind(organization)
            .bind(id)
            .execute(tx)
            .await?;
    Ok(changed > 0)
}

/// Forgets a file whose object is gone.
pub(super) async fn forget(tx: &mut Tx, organization: OrganizationId, id: FileId) -> Result<(), DbError> {
    sql!("DELETE FROM file WHERE organization_id = $1 AND id = $2 AND state = 'removed'")
        .bind(organization)
        .bind(id)
        .execute(tx)
        .await?;
    Ok(())
}
