//! Signing in and out.

use std::net::IpAddr;

use chrono::TimeDelta;
use db::{DbError, Tx};
use kernel::{Fault, Instant, SessionId, UserId};
use serde::{Deserialize, Serialize};
use webkit::Cookie;

use super::{
    super::model::{Account, Counter, Hash, NewSession, UserStatus, base64, new_secret},
    super::store,
    session::{self, REMEMBER, SESSION},
};
use crate::{
    audit::{self, By, Subject},
    config::Secret,
    state::App,
};

/// The cookie by which a browser is known to an account that signed in there.
pub(in crate::accounts) const DEVICE: &str = "device";
/// How long a browser stays known.
const DEVICE_SECONDS: u32 = 400 * 24 * 3_600;
/// Failures older than this do not count.
pub(super) const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(24);

/// The sign-in form as it was sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInForm {
    /// The address of the account.
    pub email: String,
    /// Its password.
    #[serde(skip_serializing)]
    pub password: String,
    /// `true` to stay signed in on this device.
    #[serde(default)]
    pub remember: String,
    /// Where to go on.
    #[serde(default)]
    pub next: String,
}

/// What the browser says about itself.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// Its address.
    pub address: String,
    /// Its program.
    pub user_agent: String,
    /// Its device cookie.
    pub device: Option<String>,
    /// Its session cookie, of a session that ends now.
    pub session: Option<String>,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Address or password are wrong, or the account is disabled. Never which of them.
    #[error("wrong address or password")]
    Wrong,
    /// Too many failures: try again after so many seconds.
    #[error("wait {0} seconds")]
    Wait(u32),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for SignInError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

/// Whoever has signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// Whether they administer the platform.
    pub is_admin: bool,
    /// What the browser keeps.
    pub cookies: Vec<Cookie>,
}

/// Checks a password and begins a session.
///
/// # Errors
/// [`SignInError`]; for an unknown account the same one after the same work.
pub async fn sign_in(app: &App, form: &SignInForm, visitor: &Visitor) -> Result<SignedIn, SignInError> {
    let folded = kernel::fold(&form.email);
    let account = {
        let mut read = app.db.read().await?;
        store::by_email(&mut read, &folded).await?
    };
    let attempt = Attempt::new(app, &folded, account.as_ref(), visitor);
    attempt.count(app).await?;
    let stored = account.as_ref().filter(|account| account.status == UserStatus::Active);
    let stored = stored.and_then(|account| account.password_hash.as_deref());
    let right = app.passwords.verify(&Secret::new(form.password.clone()), stored).await?;
    let (Some(account), Some(checked), true) = (&account, stored, right) else {
        tracing::info!(target: "security", event = "sign_in_failed", address = visitor.address, "sign-in failed");
        return Err(SignInError::Wrong);
    };
    begin(app, account, checked, (form.remember == "true", visitor), &attempt).await
}

async fn begin(
    app: &App,
    account: &Account,
    checked: &str,
    (remember, visitor): (bool, &Visitor),
    attempt: &Attempt,
) -> Result<SignedIn, SignInError> {
    let mut tx = app.db.begin().await?;
    if !store::note_sign_in(&mut tx, account.id, checked, app.env.now()).await? {
        return Err(SignInError::Wrong);
    }
    let cookies = begin_session_in(&mut tx, app, account.id, remember, visitor).await?;
    attempt.forgive(&mut tx, app.env.now()).await?;
    tx.commit().await?;
    Ok(SignedIn { is_admin: account.is_admin, cookies })
}

/// Begins a session of a user who has proved who they are, in place of the browser's present one; answers what the browser keeps.
///
/// # Errors
/// When the database refuses.
pub async fn begin_session_in(
    tx: &mut Tx,
    app: &App,
    user: UserId,
    remember: bool,
    visitor: &Visitor,
) -> Result<Vec<Cookie>, DbError> {
    let (env, now) = (&app.env, app.env.now());
    let (token, token_hash) = new_secret(env);
    let remembered = remember.then(|| new_secret(env));
    let session = NewSession {
        id: SessionId::new(env),
        user_id: user,
        token_hash,
        organization_id: None,
        user_agent: visitor.user_agent.clone(),
        address: visitor.address.clone(),
        remember_hash: remembered.as_ref().map(|(_, hash)| hash.clone()),
        remember_until: remembered.as_ref().map(|_| now + session::remember_for(app)),
    };
    if let Some(old) = &visitor.session {
        store::sessions::delete_by_token(tx, &Hash::of(old)).await?;
    }
    store::sessions::insert(tx, &session, now).await?;
    let subject = Subject::new("session", session.id.uuid());
    audit::record_by(tx, env, None, By::User(user), "accounts.session.begin", subject, &[]).await?;
    Ok(vec![
        Cookie::session(SESSION, token),
        Cookie::lasting(DEVICE, device_cookie(app, user), DEVICE_SECONDS),
        match remembered {
            Some((secret, _)) => session::remember_cookie(app, session.id, &secret),
            None => Cookie::removed(REMEMBER),
        },
    ])
}

/// Ends a session and forgets its device.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(app: &App, user: UserId, session: SessionId) -> Result<Vec<Cookie>, Fault> {
    let mut tx = app.db.begin().await?;
    store::sessions::delete(&mut tx, user, session).await?;
    let subject = Subject::new("session", session.uuid());
    audit::record_by(&mut tx, &app.env, None, By::User(user), "accounts.session.end", subject, &[]).await?;
    tx.commit().await?;
    Ok(vec![Cookie::removed(SESSION), Cookie::removed(REMEMBER)])
}

/// An attempt to prove a password, as the counters see it.
pub(super) struct Attempt {
    keys: Vec<(Counter, Hash)>,
}

impl Attempt {
    fn new(app: &App, folded: &str, account: Option<&Account>, visitor: &Visitor) -> Self {
        let device = visitor.device.as_deref().zip(account);
        let known = device.and_then(|(cookie, account)| known_device(app, cookie, account.id));
        let keys = match known {
            Some(nonce) => vec![(Counter::Visitor, Hash::of(&format!("device {nonce}")))],
            None => vec![
                (Counter::Visitor, Hash::of(&format!("visitor {} {folded}", network(&visitor.address)))),
                (Counter::Account, account_key(folded)),
            ],
        };
        Self { keys }
    }

    /// An attempt of somebody who is signed in already.
    pub(super) fn of_user(user: UserId) -> Self {
        Self { keys: vec![(Counter::Visitor, Hash::of(&format!("user {user}")))] }
    }

    /// Counts the attempt as failed before it is made, so that attempts made at once count too; [`Attempt::forgive`] takes it back.
    pub(super) async fn count(&self, app: &App) -> Result<(), SignInError> {
        let now = app.env.now();
        let mut tx = app.db.begin().await?;
        for (counter, key) in &self.keys {
            let Some(failures) = store::throttle::count(&mut tx, key, now, now - FORGOTTEN_AFTER).await? else {
                let until = store::throttle::blocked_until(&mut tx, key).await?.unwrap_or(now);
                let seconds = u32::try_from((until - now).num_seconds()).unwrap_or(0).max(1);
                tracing::info!(target: "security", event = "sign_in_slowed", seconds, "too many failed attempts");
                return Err(SignInError::Wait(seconds));
            };
            if let Some(pause) = counter.pause_after(failures) {
                store::throttle::block(&mut tx, key, now + pause).await?;
            }
        }
        Ok(tx.commit().await?)
    }

    pub(super) async fn forgive(&self, tx: &mut Tx, now: Instant) -> Result<(), DbError> {
        for (counter, key) in &self.keys {
            match counter {
                Counter::Visitor => store::throttle::forget(tx, key).await?,
                Counter::Account => store::throttle::forgive(tx, key, now).await?,
            }
        }
        Ok(())
    }
}

/// What one customer of a provider holds: of IPv6 the network of 64 bits.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(v6)) if v6.to_ipv4_mapped().is_none() => format!("{:x}", v6.to_bits() >> 64),
        _ => address.to_owned(),
    }
}

/// The counter of all unknown browsers of an account, whether or not it exists.
pub(super) fn account_key(folded: &str) -> Hash {
    Hash::of(&format!("account {folded}"))
}

/// The value of the device cookie: the user, a nonce, and proof that we made them.
pub(super) fn device_cookie(app: &App, user: UserId) -> String {
    let (nonce, _) = new_secret(&app.env);
    let proof = device_proof(app, user, &nonce);
    format!("{nonce}.{proof}")
}

/// The nonce of a device cookie that we gave to this user.
fn known_device(app: &App, cookie: &str, user: UserId) -> Option<String> {
    let (nonce, proof) = cookie.split_once('.')?;
    // A proof is compared by its hash, which takes the same time whatever differs.
    (Hash::of(proof) == Hash::of(&device_proof(app, user, nonce))).then(|| nonce.to_owned())
}

fn device_proof(app: &App, user: UserId, nonce: &str) -> String {
    let value = [user.uuid().as_bytes().as_slice(), nonce.as_bytes()].concat();
    base64(&app.keys.lookup_hash("accounts.device", &value))
}
