//! Who asks. The application looks it up; handlers get proof of it.

use std::{net::IpAddr, sync::Arc};

use async_trait::async_trait;
use axum::extract::FromRequestParts;
use http::request::Parts;
use kernel::{
    Actor, ApiTokenId, Fault, Grant, Language, OrganizationId, Permission, PlatformGrant, Role, SessionId, Zone,
};

use crate::{Access, Cookie, Cookies, Web, WebError, web};

/// What a request brings to prove who asks. Pages bring cookies, the JSON interface a token, never both.
#[derive(Debug)]
pub struct Credentials<'a> {
    /// The cookies; empty under `/api/`.
    pub cookies: &'a Cookies,
    /// The token of `Authorization: Bearer`; only under `/api/`.
    pub bearer: Option<&'a str>,
    /// The client's address.
    pub client: IpAddr,
    /// The client's program, as it says.
    pub user_agent: &'a str,
}

/// The answer to who asks.
#[derive(Debug, Default)]
pub struct Identified {
    /// Who; `None` for nobody, also when a session or a token has ended.
    pub identity: Option<Identity>,
    /// Cookies to set, such as a renewed session or the removal of a dead one.
    pub cookies: Vec<Cookie>,
}

/// Looks up who asks; the application implements it. Called at most once a request.
#[async_trait]
pub trait ActorSource: Send + Sync {
    /// Looks up a session or a token.
    ///
    /// # Errors
    /// Only when it cannot be known, as without the database. Unknown and dead credentials are nobody.
    async fn identify(&self, credentials: &Credentials<'_>) -> Result<Identified, WebError>;
}

/// A user as one request knows them.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The user, their role and what the token allows.
    pub actor: Actor,
    /// What pages show of the user.
    pub user: UserFacts,
    /// The organizations of the user, the active one among them.
    pub memberships: Vec<MembershipFacts>,
    /// How they came.
    pub via: Via,
}

impl Identity {
    /// The active organization.
    #[must_use]
    pub fn organization(&self) -> Option<&MembershipFacts> {
        let active = self.actor.membership?.organization_id;
        self.memberships.iter().find(|membership| membership.organization_id == active)
    }
}

/// What pages show of a user.
#[derive(Debug, Clone)]
pub struct UserFacts {
    /// The name as the user writes it.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The language of screens and mails.
    pub language: Language,
    /// The zone in which the user reads times.
    pub zone: Zone,
    /// The name of the theme, as stored.
    pub theme: String,
}

/// One of a user's organizations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipFacts {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its name.
    pub organization: String,
    /// The user's role there.
    pub role: Role,
}

/// How a user came.
#[derive(Debug, Clone)]
pub enum Via {
    /// With a session.
    Session {
        /// The session.
        id: SessionId,
        /// A secret of the session to which its forms are bound, the same for as long as it lives.
        csrf_binding: [u8; 32],
    },
    /// With an API token.
    Token(ApiTokenId),
}

/// Whoever is signed in, or nobody.
#[derive(Debug, Clone)]
pub struct MaybeSignedIn(pub Option<Arc<Identity>>);

impl<S: Sync> FromRequestParts<S> for MaybeSignedIn {
    type Rejection = WebError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        Ok(Self(web::of(parts)?.known_identity().cloned()))
    }
}

/// The signed-in user.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Arc<Identity>);

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = WebError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        Ok(Self(signed_in(&web::of(parts)?)?))
    }
}

pub(crate) fn signed_in(web: &Web) -> Result<Arc<Identity>, WebError> {
    web.known_identity().cloned().ok_or_else(WebError::sign_in_required)
}

/// The grant of the permission that the route declares.
#[derive(Debug)]
pub struct Allowed<P: Permission>(pub Grant<P>);

impl<P: Permission, S: Sync> FromRequestParts<S> for Allowed<P> {
    type Rejection = WebError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        let web = web::of(parts)?;
        declared(&web, Access::Permission(P::NAME))?;
        Ok(Self(signed_in(&web)?.actor.grant()?))
    }
}

/// The grant of the platform permission that the route declares.
#[derive(Debug)]
pub struct AllowedPlatform<P>(pub PlatformGrant<P>);

impl<P: Permission, S: Sync> FromRequestParts<S> for AllowedPlatform<P> {
    type Rejection = WebError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        let web = web::of(parts)?;
        declared(&web, Access::Platform(P::NAME))?;
        Ok(Self(signed_in(&web)?.actor.platform_grant()?))
    }
}

/// A handler that takes another grant than its route declares would make the declaration a lie.
fn declared(web: &Web, access: Access) -> Result<(), WebError> {
    match web.entry() {
        Some(entry) if entry.access == access => Ok(()),
        _ => Err(Fault::invariant("the handler takes another permission than its route declares").into()),
    }
}
