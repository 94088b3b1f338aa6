//! Sessions: one row for each device that signed in.

use db::{DbError, Read, Row, Tx, sql};
use kernel::{Instant, MembershipId, OrganizationId, SessionId, UserId};

use crate::accounts::model::{Bearer, Device, Hash, Joined, NewSession};

pub(in crate::accounts) async fn insert(tx: &mut Tx, session: &NewSession, now: Instant) -> Result<(), DbError> {
    sql!(
        "INSERT INTO session (id, user_id, token_hash, organization_id, user_agent, address, signed_in_at, started_at, \
         last_seen_at, remember_hash, remember_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8, $9)"
    )
    .bind(session.id)
    .bind(session.user_id)
    .bind(&session.token_hash)
    .bind(session.organization_id)
    .bind(&session.user_agent)
    .bind(&session.address)
    .bind(now)
    .bind(&session.remember_hash)
    .bind(session.remember_until)
    .execute(tx)
    .await?;
    Ok(())
}

/// Session, user and all memberships, a row for each membership; `e` is the organization that an admin entered.
macro_rules! joined {
    () => {
        "SELECT s.id, s.user_id, s.started_at, s.last_seen_at, s.organization_id AS active_id, \
         u.name, u.email, u.language, u.zone, u.theme, u.is_admin, \
         m.id AS membership_id, m.role, o.id AS organization_id, o.name AS organization_name, o.zone AS organization_zone, \
         e.name AS entered_name, e.zone AS entered_zone \
         FROM session s JOIN app_user u ON u.id = s.user_id AND u.status = 'active' \
         LEFT JOIN membership m ON m.user_id = u.id AND m.suspended_at IS NULL LEFT JOIN organization o ON o.id = m.organization_id \
         LEFT JOIN organization e ON e.id = s.organization_id AND u.is_admin"
    };
}

/// Who a session is, in one statement: what every request of a signed-in user asks.
pub(in crate::accounts) async fn by_token(read: &mut Read, token_hash: &Hash) -> Result<Vec<Joined>, DbError> {
    sql!(joined!(), " WHERE s.token_hash = $1 ORDER BY m.created_at, m.id")
        .bind(token_hash)
        .fetch_all(read, joined)
        .await
}

/// As [`by_token`], for a row that is known.
pub(in crate::accounts) async fn by_id(read: &mut Read, id: SessionId) -> Result<Vec<Joined>, DbError> {
    sql!(joined!(), " WHERE s.id = $1 ORDER BY m.created_at, m.id").bind(id).fetch_all(read, joined).await
}

fn joined(row: &Row) -> Result<Joined, DbError> {
    Ok(Joined {
        session_id: row.get("id")?,
        user_id: row.get("user_id")?,
        started_at: row.get("started_at")?,
        last_seen_at: row.get("last_seen_at")?,
        active_id: row.get("active_id")?,
        name: row.get("name")?,
        email: row.get("email")?,
        language: row.get("language")?,
        zone: row.get("zone")?,
        theme: row.get("theme")?,
        is_admin: row.get("is_admin")?,
        membership_id: row.get::<Option<MembershipId>>("membership_id")?,
        role: row.get("role")?,
        organization_id: row.get("organization_id")?,
        organization_name: row.get("organization_name")?,
        organization_zone: row.get("organization_zone")?,
        entered_name: row.get("entered_name")?,
        entered_zone: row.get("entered_zone")?,
    })
}

/// The session's "remember me", when it has one that is still good.
pub(in crate::accounts) async fn bearer(
    read: &mut Read,
    id: SessionId,
    now: Instant,
) -> Result<Option<Bearer>, DbError> {
    sql!(
        "SELECT remember_hash, remember_previous_hash, remember_rotated_at FROM session \
         WHERE id = $1 AND remember_until > $2 AND remember_hash IS NOT NULL"
    )
    .bind(id)
    .bind(now)
    .fetch_optional(read, |row| {
        Ok(Bearer {
            hash: row.get("remember_hash")?,
            previous: row.get("remember_previous_hash")?,
            rotated_at: row.get("remember_rotated_at")?,
        })
    })
    .await
}

/// Begins the session of a remembered device anew, if its "remember me" is the one that was shown: of two that show it at once one
/// succeeds.
pub(in crate::accounts) async fn renew(
    tx: &mut Tx,
    id: SessionId,
    shown: &Hash,
    token_hash: &Hash,
    remember_hash: &Hash,
    (now, until): (Instant, Instant),
) -> Result<bool, DbError> {
    let rows = sql!(
        "UPDATE session SET token_hash = $3, remember_previous_hash = remember_hash, remember_hash = $4, \
         remember_rotated_at = $5, remember_until = $6, started_at = $5, last_seen_at = $5 \
         WHERE id = $1 AND remember_hash = $2"
    )
    .bind(id)
    .bind(shown)
    .bind(token_hash)
    .bind(remember_hash)
    .bind(now)
    .bind(until)
    .execute(tx)
    .await?;
    Ok(rows == 1)
}

pub(in crate::accounts) async fn set_token(tx: &mut Tx, id: SessionId, token_hash: &Hash) -> Result<(), DbError> {
    sql!("UPDATE session SET token_hash = $2 WHERE id = $1").bind(id).bind(token_hash).execute(tx).await?;
    Ok(())
}

pub(in crate::accounts) async fn set_organization(
    tx: &mut Tx,
    id: SessionId,
    organization: OrganizationId,
) -> Result<(), DbError> {
    sql!("UPDATE session SET organization_id = $2 WHERE id = $1").bind(id).bind(organization).execute(tx).await?;
    Ok(())
}

pub(in crate::accounts) async fn touch(tx: &mut Tx, id: SessionId, now: Instant) -> Result<(), DbError> {
    sql!("UPDATE session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2")
        .bind(id)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// The devices on which a user is signed in, or remembered; last used first.
pub(in crate::accounts) async fn of_user(
    read: &mut Read,
    user: UserId,
    (seen_after, started_after, now): (Instant, Instant, Instant),
) -> Result<Vec<Device>, DbError> {
    sql!(
        "SELECT id, user_agent, address, signed_in_at, last_seen_at, remember_until FROM session WHERE user_id = $1 \
         AND ((last_seen_at > $2 AND started_at > $3) OR remember_until > $4) ORDER BY last_seen_at DESC, id DESC"
    )
    .bind(user)
    .bind(seen_after)
    .bind(started_after)
    .bind(now)
    .fetch_all(read, |row| {
        Ok(Device {
            id: row.get("id")?,
            user_agent: row.get("user_agent")?,
            address: row.get("address")?,
            signed_in_at: row.get("signed_in_at")?,
            last_seen_at: row.get("last_seen_at")?,
            is_remembered: row.get::<Option<Instant>>("remember_until")?.is_some(),
        })
    })
    .await
}

pub(in crate::accounts) async fn delete(tx: &mut Tx, user: UserId, id: SessionId) -> Result<bool, DbError> {
    let rows = sql!("DELETE FROM session WHERE user_id = $1 AND id = $2").bind(user).bind(id).execute(tx).await?;
    Ok(rows == 1)
}

pub(in crate::accounts) async fn delete_by_token(tx: &mut Tx, token_hash: &Hash) -> Result<(), DbError> {
    sql!("DELETE FROM session WHERE token_hash = $1").bind(token_hash).execute(tx).await?;
    Ok(())
}

/// Ends every session of a user but one; answers how many.
pub(in crate::accounts) async fn delete_others(
    tx: &mut Tx,
    user: UserId,
    keep: Option<SessionId>,
) -> Result<u64, DbError> {
    sql!("DELETE FROM session WHERE user_id = $1 AND id IS DISTINCT FROM $2").bind(user).bind(keep).execute(tx).await
}

/// Forgets sessions that have ended by themselves.
pub(in crate::accounts) async fn purge(
    tx: &mut Tx,
    (seen_before, started_before, now): (Instant, Instant, Instant),
) -> Result<u64, DbError> {
    sql!(
        "DELETE FROM session WHERE (last_seen_at <= $1 OR started_at <= $2) \
         AND (remember_until IS NULL OR remember_until <= $3)"
    )
    .bind(seen_before)
    .bind(started_before)
    .bind(now)
    .execute(tx)
    .await
}
