//! Making, using and revoking API tokens.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use db::{DbError, Read, Tx};
use kernel::{Actor, ActorKind, ApiTokenId, Fault, Membership, OrganizationId, UserId};
use sha2::{Digest, Sha256};
use webkit::{Identity, Via, WebError};

use super::{ApiToken, NewApiToken, store};
use crate::{App, audit};

/// Tokens begin with this, so that people and scanners recognise a leaked one.
const PREFIX: &str = "stl_";

fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

fn subject(id: ApiTokenId) -> audit::Subject {
    audit::Subject::new("api_token", id.uuid())
}

/// Makes a token for a user in an organization; answers its secret, which is not kept.
///
/// # Errors
/// When the database fails.
pub async fn create(app: &App, user: UserId, membership: Membership, new: &NewApiToken) -> Result<String, Fault> {
    let secret = format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(app.env.random_bytes::<32>()));
    let now = app.env.now();
    let token = ApiToken {
        id: ApiTokenId::new(&app.env),
        name: new.name.clone(),
        permissions: new.permissions.clone(),
        expires_at: now + new.lifetime,
        last_used_at: None,
        created_at: now,
    };
    let organization = membership.organization_id;
    let mut tx = app.db.begin().await?;
    store::insert(&mut tx, organization, user, &token, &hash(&secret)).await?;
    let by = audit::By::User(user);
    audit::record_by(&mut tx, &app.env, Some(organization), by, "api_tokens.token.create", subject(token.id), &[])
        .await?;
    tx.commit().await?;
    Ok(secret)
}

/// A user's tokens in an organization, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(read: &mut Read, user: UserId, membership: Membership) -> Result<Vec<ApiToken>, DbError> {
    store::list(read, membership.organization_id, user).await
}

/// Ends a token at once.
///
/// # Errors
/// 404 when the user has no such token in the organization.
pub async fn revoke(app: &App, user: UserId, membership: Membership, id: ApiTokenId) -> Result<(), WebError> {
    let organization = membership.organization_id;
    let mut tx = app.db.begin().await.map_err(Fault::from)?;
    if !store::delete(&mut tx, organization, user, id).await.map_err(Fault::from)? {
        return Err(WebError::not_found());
    }
    let by = audit::By::User(user);
    audit::record_by(&mut tx, &app.env, Some(organization), by, "api_tokens.token.revoke", subject(id), &[])
        .await
        .map_err(Fault::from)?;
    tx.commit().await.map_err(Fault::from)?;
    Ok(())
}

/// Ends every token of somebody who is no longer a member, in the caller's transaction.
///
/// # Errors
/// When the database refuses.
pub async fn end_all_in(tx: &mut Tx, organization: OrganizationId, user: UserId) -> Result<(), DbError> {
    store::delete_all(tx, organization, user).await
}

/// Who a token stands for; `None` when it is unknown, expired, revoked, or its user is disabled or no longer a member.
///
/// # Errors
/// When the database fails.
pub async fn identify(app: &App, secret: &str) -> Result<Option<Identity>, Fault> {
    if !secret.starts_with(PREFIX) {
        return Ok(None);
    }
    let now = app.env.now();
    let mut read = app.db.read().await?;
    let Some(found) = store::by_hash(&mut read, &hash(secret), now).await? else { return Ok(None) };
    drop(read);
    if found.last_used_at.is_none_or(|last| now - last >= TimeDelta::minutes(1)) {
        let mut tx = app.db.begin().await?;
        store::used(&mut tx, found.membership.organization_id, found.id, now).await?;
        tx.commit().await?;
    }
    Ok(Some(Identity {
        actor: Actor {
            user_id: found.user_id,
            // The platform's administration is for people in a browser.
            is_admin: false,
            membership: Some(found.membership),
            kind: ActorKind::ApiToken(found.permissions),
        },
        user: found.user,
        memberships: vec![found.organization],
        via: Via::Token(found.id),
    }))
}
