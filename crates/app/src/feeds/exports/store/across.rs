//! What is asked before the organization is known, or of all organizations at once.

use db::{DbError, Read, Tx, sql};
use kernel::{ExportId, Instant, OrganizationId};

/// The export with this secret, unless it was removed.
pub(in crate::feeds::exports) async fn by_token(
    read: &mut Read,
    token_hash: &[u8],
) -> Result<Option<(OrganizationId, ExportId)>, DbError> {
    sql!("SELECT organization_id, id FROM feed_export WHERE token_hash = $1 AND removed_at IS NULL")
        .bind(token_hash)
        .fetch_optional(read, |row| Ok((row.get("organization_id")?, row.get("id")?)))
        .await
}

/// Forgets fetches before a moment.
pub(in crate::feeds::exports) async fn forget_fetches(tx: &mut Tx, before: Instant) -> Result<u64, DbError> {
    sql!("DELETE FROM feed_export_fetch WHERE at < $1").bind(before).execute(tx).await
}
