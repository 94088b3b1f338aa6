//! Invitations that wait for an answer.

use db::{Constraint, DbError, Ids, Read, Row, Tx, sql, sql_of_ids};
use kernel::{Instant, InvitationId, OrganizationId, PartyId, PropertyId, Scope, UserId};

use crate::members::model::{Invitation, MOST_OPEN, NewInvitation};

/// Two open invitations of one address.
pub(in crate::members) const ALREADY_INVITED: Constraint =
    Constraint::unique("invitation_open_key", "invitation", &["organization_id", "email_folded"]);

fn invitation(row: &Row) -> Result<Invitation, DbError> {
    Ok(Invitation {
        id: row.get("id")?,
        email: row.get("email")?,
        role: row.get("role")?,
        sent_at: row.get("sent_at")?,
        expires_at: row.get("expires_at")?,
    })
}

/// Those that wait, by address; there are at most [`MOST_OPEN`].
pub(in crate::members) async fn list(read: &mut Read, scope: &Scope) -> Result<Vec<Invitation>, DbError> {
    sql!(
        "SELECT id, email, role, sent_at, expires_at FROM invitation WHERE organization_id = $1 AND accepted_at IS NULL \
         ORDER BY email_folded LIMIT $2"
    )
    .bind(scope.organization_id())
    .bind(MOST_OPEN)
    .fetch_all(read, invitation)
    .await
}

pub(in crate::members) async fn find(
    read: &mut Read,
    scope: &Scope,
    id: InvitationId,
) -> Result<Option<Invitation>, DbError> {
    sql!(
        "SELECT id, email, role, sent_at, expires_at FROM invitation WHERE organization_id = $1 AND id = $2 \
         AND accepted_at IS NULL"
    )
    .bind(scope.organization_id())
    .bind(id)
    .fetch_optional(read, invitation)
    .await
}

pub(in crate::members) async fn count(read: &mut Read, scope: &Scope) -> Result<i64, DbError> {
    sql!("SELECT COUNT(*) AS open FROM invitation WHERE organization_id = $1 AND accepted_at IS NULL")
        .bind(scope.organization_id())
        .fetch_one(read, |row| row.get("open"))
        .await
}

/// Whether a member has the address.
pub(in crate::members) async fn is_member(read: &mut Read, scope: &Scope, email_folded: &str) -> Result<bool, DbError> {
    let found = sql!(
        "SELECT m.id FROM app_user u JOIN membership m ON m.organization_id = $1 AND m.user_id = u.id WHERE u.email_folded = $2"
    )
    .bind(scope.organization_id())
    .bind(email_folded)
    .fetch_optional(read, |_| Ok(()))
    .await?;
    Ok(found.is_some())
}

/// Owners of the organization without a user, by name: whom an owner who is invited may be.
pub(in crate::members) async fn parties_without_user(
    read: &mut Read,
    scope: &Scope,
) -> Result<Vec<(PartyId, String)>, DbError> {
    sql!("SELECT id, name FROM party WHERE organization_id = $1 AND user_id IS NULL ORDER BY name, id LIMIT 500")
        .bind(scope.organization_id())
        .fetch_all(read, |row| Ok((row.get("id")?, row.get("name")?)))
        .await
}

/// Stores an invitation; [`ALREADY_INVITED`] when the address has an open one.
pub(in crate::members) async fn insert(
    tx: &mut Tx,
    scope: &Scope,
    id: InvitationId,
    new: &NewInvitation,
    by: UserId,
    token_hash: &[u8],
    (now, expires_at): (Instant, Instant),
) -> Result<(), DbError> {
    sql!(
        "INSERT INTO invitation (organization_id, id, email, email_folded, role, party_id, token_hash, invited_by, sent_at, \
         expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9)"
    )
    .bind(scope.organization_id())
    .bind(id)
    .bind(new.email.as_str())
    .bind(new.email.folded())
    .bind(new.role)
    .bind(new.party)
    .bind(token_hash)
    .bind(by)
    .bind(now)
    .bind(expires_at)
    .execute(tx)
    .await?;
    if !new.properties.is_empty() {
        sql_of_ids!(
            ["INSERT INTO invitation_property (organization_id, invitation_id, property_id) SELECT organization_id, $2, id \
              FROM property WHERE organization_id = $1 AND id IN "] "$3" []
        )
        .bind(scope.organization_id())
        .bind(id)
        .bind(new.properties.iter().copied().collect::<Ids>())
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// Gives an open invitation another secret and new time: the letters before open nothing any more.
pub(in crate::members) async fn renew(
    tx: &mut Tx,
    scope: &Scope,
    id: InvitationId,
    token_hash: &[u8],
    (now, expires_at): (Instant, Instant),
) -> Result<bool, DbError> {
    let rows = sql!(
        "UPDATE invitation SET token_hash = $3, sent_at = $4, expires_at = $5 WHERE organization_id = $1 AND id = $2 \
         AND accepted_at IS NULL"
    )
    .bind(scope.organization_id())
    .bind(id)
    .bind(token_hash)
    .bind(now)
    .bind(expires_at)
    .execute(tx)
    .await?;
    Ok(rows == 1)
}

/// Takes an open invitation back; whether there was one.
pub(in crate::members) async fn delete(tx: &mut Tx, scope: &Scope, id: InvitationId) -> Result<bool, DbError> {
    let rows = sql!("DELETE FROM invitation WHERE organization_id = $1 AND id = $2 AND accepted_at IS NULL")
        .bind(scope.organization_id())
        .bind(id)
        .execute(tx)
        .await?;
    Ok(rows == 1)
}

/// The properties at which whoever accepts will work.
pub(in crate::members) async fn properties(
    read: &mut Read,
    organization: OrganizationId,
    id: InvitationId,
) -> Result<Vec<PropertyId>, DbError> {
    sql!("SELECT property_id FROM invitation_property WHERE organization_id = $1 AND invitation_id = $2")
        .bind(organization)
        .bind(id)
        .fetch_all(read, |row| row.get("property_id"))
        .await
}
