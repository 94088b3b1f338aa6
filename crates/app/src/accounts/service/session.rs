//! What a session cookie says, and what keeps it alive.

use chrono::TimeDelta;
use db::{DbError, Tx};
use kernel::{
    Actor, ActorKind, Env, Fault, Instant, Membership, MembershipId, OrganizationId, Role, SessionId, UserId, Zone,
};
use sha2::{Digest, Sha256};
use webkit::{Cookie, Identified, Identity, MembershipFacts, UserFacts, Via};

use super::super::{
    model::{Device, Hash, Joined, new_secret},
    store,
};
use crate::{
    audit::{self, By, Subject},
    state::App,
};

/// The cookie of the session's secret.
pub(in crate::accounts) const SESSION: &str = "session";
/// The cookie of "remember me": the session's id, a point, the secret.
pub(in crate::accounts) const REMEMBER: &str = "remember";

/// The use of a session is noted at most this often.
const NOTED_EVERY: TimeDelta = TimeDelta::seconds(60);
/// Requests sent at once after a long pause all show the same "remember me". The first replaces it; the others are still believed for so long.
const OVERLAP: TimeDelta = TimeDelta::seconds(30);

/// A configured duration; the configuration bounds it to a hundred years.
fn delta(duration: std::time::Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}

pub(super) fn remember_for(app: &App) -> TimeDelta {
    delta(app.config.accounts.remember_me)
}

pub(super) fn remember_cookie(app: &App, session: SessionId, secret: &str) -> Cookie {
    let seconds = u32::try_from(app.config.accounts.remember_me.as_secs()).unwrap_or(u32::MAX);
    Cookie::lasting(REMEMBER, format!("{session}.{secret}"), seconds)
}

/// The moments after which a session must have been used and begun to be alive, and now.
pub(super) fn alive_after(app: &App) -> (Instant, Instant, Instant) {
    let now = app.env.now();
    let accounts = &app.config.accounts;
    (now - delta(accounts.session_idle), now - delta(accounts.session_absolute), now)
}

/// Who these cookies belong to, and what the browser should keep from now on.
///
/// # Errors
/// When the database fails.
pub async fn identify(app: &App, session: Option<&str>, remember: Option<&str>) -> Result<Identified, Fault> {
    let (seen_after, started_after, now) = alive_after(app);
    if let Some(token) = session {
        let rows = store::sessions::by_token(&mut app.db.read().await?, &Hash::of(token)).await?;
        if let Some(first) = rows.first().filter(|row| row.last_seen_at > seen_after && row.started_at > started_after)
        {
            if now - first.last_seen_at >= NOTED_EVERY {
                note_use(app, first.session_id, now).await;
            }
            return Ok(Identified { identity: identity(&rows), cookies: Vec::new() });
        }
    }
    let mut found = match remember.and_then(|cookie| cookie.split_once('.')) {
        Some((id, secret)) => match id.parse() {
            Ok(id) => remembered(app, id, secret).await?,
            Err(_) => Identified::default(),
        },
        None => Identified::default(),
    };
    if found.identity.is_none() {
        let dead = [(SESSION, session), (REMEMBER, remember)];
        found.cookies.extend(dead.iter().filter(|(_, value)| value.is_some()).map(|(name, _)| Cookie::removed(name)));
    }
    Ok(found)
}

/// A page is worth more than the note: without it the session only ends earlier.
async fn note_use(app: &App, id: SessionId, now: Instant) {
    let noted: Result<(), DbError> = async {
        let mut tx = app.db.begin().await?;
        store::sessions::touch(&mut tx, id, now).await?;
        tx.commit().await
    }
    .await;
    if let Err(error) = noted {
        tracing::warn!(%error, "the use of a session was not noted");
    }
}

/// Begins the session of a remembered device anew. A secret that was replaced before has been stolen, by whoever shows it now or showed
/// the newer one: then the device is forgotten, and both must sign in.
async fn remembered(app: &App, id: SessionId, secret: &str) -> Result<Identified, Fault> {
    let (env, now) = (&app.env, app.env.now());
    let shown = Hash::of(secret);
    let mut tx = app.db.begin().await?;
    let rows = store::sessions::by_id(&mut tx, id).await?;
    let bearer = store::sessions::bearer(&mut tx, id, now).await?;
    let (Some(first), Some(bearer)) = (rows.first(), bearer) else { return Ok(Identified::default()) };
    let is_overlap =
        bearer.previous.as_ref() == Some(&shown) && bearer.rotated_at.is_some_and(|rotated| now - rotated < OVERLAP);
    if is_overlap {
        return Ok(Identified { identity: identity(&rows), cookies: Vec::new() });
    }
    let (token, token_hash) = new_secret(env);
    let (next, next_hash) = new_secret(env);
    let until = now + remember_for(app);
    if store::sessions::renew(&mut tx, id, &shown, &token_hash, &next_hash, (now, until)).await? {
        tx.commit().await?;
        let cookies = vec![Cookie::session(SESSION, token), remember_cookie(app, id, &next)];
        return Ok(Identified { identity: identity(&rows), cookies });
    }
    if bearer.hash == shown {
        // Another request of this moment was faster: it is the same browser, which has the newer secret by now.
        return Ok(Identified { identity: identity(&rows), cookies: Vec::new() });
    }
    store::sessions::delete(&mut tx, first.user_id, id).await?;
    let subject = Subject::new("session", id.uuid());
    audit::record_by(&mut tx, env, None, By::User(first.user_id), "accounts.session.revoke_stolen", subject, &[])
        .await?;
    tx.commit().await?;
    tracing::warn!(target: "security", event = "remember_me_reused", user = %first.user_id, "a replaced secret was shown: the device is forgotten");
    Ok(Identified::default())
}

/// What the rows of one session say; the active organization is the session's, or else the user's first.
fn identity(rows: &[Joined]) -> Option<Identity> {
    let first = rows.first()?;
    let mut memberships: Vec<(Membership, MembershipFacts, Option<Zone>)> =
        rows.iter().filter_map(membership).collect();
    let mut active = memberships.iter().position(|(member, ..)| Some(member.organization_id) == first.active_id);
    if active.is_none() {
        memberships.extend(entered(first));
        active =
            (!memberships.is_empty()).then(|| if first.entered_name.is_some() { memberships.len() - 1 } else { 0 });
    }
    let active = active.and_then(|index| memberships.get(index));
    Some(Identity {
        actor: Actor {
            user_id: first.user_id,
            is_admin: first.is_admin,
            membership: active.map(|(member, ..)| *member),
            kind: ActorKind::Session,
        },
        user: UserFacts {
            name: first.name.clone(),
            email: first.email.clone(),
            language: first.language,
            zone: first.zone.or(active.and_then(|(.., zone)| *zone)).unwrap_or(Zone::UTC),
            theme: first.theme.to_string(),
        },
        via: Via::Session {
            id: first.session_id,
            csrf_binding: Sha256::digest(first.session_id.uuid().as_bytes()).into(),
        },
        memberships: memberships.into_iter().map(|(_, facts, _)| facts).collect(),
    })
}

fn membership(row: &Joined) -> Option<(Membership, MembershipFacts, Option<Zone>)> {
    let (organization_id, role) = (row.organization_id?, row.role?);
    let facts = MembershipFacts { organization_id, organization: row.organization_name.clone()?, role };
    Some((Membership { id: row.membership_id?, organization_id, role }, facts, row.organization_zone))
}

/// An admin who entered an organization has a manager's reach there. They are no member, so the membership's id is the nil one.
fn entered(row: &Joined) -> Option<(Membership, MembershipFacts, Option<Zone>)> {
    let (organization_id, role) = (row.active_id?, Role::Manager);
    let facts = MembershipFacts { organization_id, organization: row.entered_name.clone()?, role };
    let id = MembershipId::from_uuid(uuid::Uuid::nil());
    Some((Membership { id, organization_id, role }, facts, row.entered_zone))
}

/// Makes an organization the active one of a session. The caller has checked that its user may be there.
///
/// # Errors
/// When the database refuses.
pub async fn activate_in(tx: &mut Tx, session: SessionId, organization: OrganizationId) -> Result<(), DbError> {
    store::sessions::set_organization(tx, session, organization).await
}

/// Gives a session another secret: after a change of what it may do, the old one opens nothing.
///
/// # Errors
/// When the database refuses.
pub async fn renew_token_in(tx: &mut Tx, env: &Env, session: SessionId) -> Result<Cookie, DbError> {
    let (token, hash) = new_secret(env);
    store::sessions::set_token(tx, session, &hash).await?;
    Ok(Cookie::session(SESSION, token))
}

/// The devices on which a user is signed in, last used first.
///
/// # Errors
/// When the database fails.
pub async fn devices(app: &App, user: UserId) -> Result<Vec<Device>, Fault> {
    Ok(store::sessions::of_user(&mut app.db.read().await?, user, alive_after(app)).await?)
}

/// Ends one session of a user; whether there was one.
///
/// # Errors
/// When the database fails.
pub async fn revoke(app: &App, user: UserId, session: SessionId) -> Result<bool, Fault> {
    let mut tx = app.db.begin().await?;
    if !store::sessions::delete(&mut tx, user, session).await? {
        return Ok(false);
    }
    let subject = Subject::new("session", session.uuid());
    audit::record_by(&mut tx, &app.env, None, By::User(user), "accounts.session.revoke", subject, &[]).await?;
    tx.commit().await?;
    Ok(true)
}

/// Ends every session of a user but the present one; answers how many.
///
/// # Errors
/// When the database fails.
pub async fn revoke_others(app: &App, user: UserId, present: SessionId) -> Result<u64, Fault> {
    let mut tx = app.db.begin().await?;
    let ended = store::sessions::delete_others(&mut tx, user, Some(present)).await?;
    let subject = Subject::new("app_user", user.uuid());
    audit::record_by(&mut tx, &app.env, None, By::User(user), "accounts.session.revoke_others", subject, &[]).await?;
    tx.commit().await?;
    Ok(ended)
}
