//! Invitations of all organizations: by the secret of their letter, from which the organization follows, and those to forget.

use db::{DbError, Read, Tx, sql};
use kernel::{Instant, InvitationId, OrganizationId, PartyId, UserId};

use crate::members::model::Offer;

/// An invitation that can be accepted.
pub(in crate::members) struct Found {
    pub(in crate::members) organization: OrganizationId,
    pub(in crate::members) id: InvitationId,
    pub(in crate::members) party: Option<PartyId>,
    pub(in crate::members) offer: Offer,
}

/// The open invitation with this secret.
pub(in crate::members) async fn find(
    read: &mut Read,
    token_hash: &[u8],
    now: Instant,
) -> Result<Option<Found>, DbError> {
    sql!(
        "SELECT i.organization_id, i.id, i.party_id, i.email, i.role, o.name AS organization, o.language, u.name AS invited_by \
         FROM invitation i JOIN organization o ON o.id = i.organization_id JOIN app_user u ON u.id = i.invited_by \
         WHERE i.token_hash = $1 AND i.accepted_at IS NULL AND i.expires_at > $2"
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(read, |row| {
        Ok(Found {
            organization: row.get("organization_id")?,
            id: row.get("id")?,
            party: row.get("party_id")?,
            offer: Offer {
                organization: row.get("organization")?,
                invited_by: row.get("invited_by")?,
                email: row.get("email")?,
                role: row.get("role")?,
                language: row.get("language")?,
            },
        })
    })
    .await
}

/// Uses the secret up, if it is still good: of two that bring it at once one succeeds.
pub(in crate::members) async fn accept(
    tx: &mut Tx,
    token_hash: &[u8],
    user: UserId,
    now: Instant,
) -> Result<bool, DbError> {
    let rows = sql!(
        "UPDATE invitation SET accepted_at = $3, accepted_by = $2 WHERE token_hash = $1 AND accepted_at IS NULL AND expires_at > $3"
    )
    .bind(token_hash)
    .bind(user)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(rows == 1)
}

/// Makes a user the party that the invitation named; whether it still had none.
pub(in crate::members) async fn become_party(
    tx: &mut Tx,
    organization: OrganizationId,
    party: PartyId,
    user: UserId,
) -> Result<bool, DbError> {
    let rows = sql!("UPDATE party SET user_id = $3 WHERE organization_id = $1 AND id = $2 AND user_id IS NULL")
        .bind(organization)
        .bind(party)
        .bind(user)
        .execute(tx)
        .await?;
    Ok(rows == 1)
}

/// Whether a user is a party of the organization already.
pub(in crate::members) async fn is_party(
    read: &mut Read,
    organization: OrganizationId,
    user: UserId,
) -> Result<bool, DbError> {
    let found = sql!("SELECT id FROM party WHERE organization_id = $1 AND user_id = $2")
        .bind(organization)
        .bind(user)
        .fetch_optional(read, |_| Ok(()))
        .await?;
    Ok(found.is_some())
}

/// Deletes what was answered or has expired before; answers how many there were.
pub(in crate::members) async fn purge(tx: &mut Tx, before: Instant) -> Result<u64, DbError> {
    sql!("DELETE FROM invitation WHERE accepted_at < $1 OR (accepted_at IS NULL AND expires_at < $1)")
        .bind(before)
        .execute(tx)
        .await
}
