//! The whole router in process, visited by the members of the [`World`].
//!
//! Who asks is read from a cookie or token that names the member: signing in has tests of its own.

use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use axum::Router;
use kernel::{ActorKind, ApiTokenId, Language, PermissionName, SessionId, UserId};
use uuid::Uuid;
use webkit::{
    ActorSource, Begin, Credentials, IdempotencyKey, IdempotencyStore, Identified, Identity, MembershipFacts,
    PublicUrl, StoredAnswer, UserFacts, Via, WebError, testing::Client,
};

use super::{Member, World, token_of};
use crate::routes::router_for;

/// The application behind its router.
pub(crate) struct Site {
    router: Router,
}

const COOKIE: &str = "test-member";

impl World {
    /// The application's router, with the members of both organizations as its users.
    pub(crate) fn site(&self) -> Site {
        let tenants = [(&self.home, "Home"), (&self.foreign, "Foreign")];
        let members = tenants.into_iter().flat_map(|(tenant, name)| {
            [&tenant.manager, &tenant.owner, &tenant.staff].map(|member| (member.user_id(), (member.clone(), name)))
        });
        let public_url = PublicUrl::parse("http://127.0.0.1:8080").unwrap();
        let actors = Arc::new(Members(members.collect()));
        Site { router: router_for(&self.app, public_url, actors, Arc::new(NothingKept)) }
    }
}

impl Site {
    /// The router itself, for requests that a browser or an API client does not make.
    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    fn client(&self) -> Client {
        Client::new(self.router.clone(), "127.0.0.1:8080")
    }

    /// Somebody who is not signed in.
    pub(crate) fn anonymous(&self) -> Client {
        self.client()
    }

    /// A member in a browser.
    pub(crate) fn browser(&self, member: &Member) -> Client {
        self.client().cookie(COOKIE, &member.user_id().to_string())
    }

    /// A member's API token with these permissions; all of the role's when none is named.
    pub(crate) fn api(&self, member: &Member, permissions: &[PermissionName]) -> Client {
        let names: Vec<&str> = permissions.iter().map(|permission| permission.as_str()).collect();
        self.client().bearer(&format!("{}:{}", member.user_id(), names.join(",")))
    }
}

struct Members(HashMap<UserId, (Member, &'static str)>);

#[async_trait]
impl ActorSource for Members {
    async fn identify(&self, credentials: &Credentials<'_>) -> Result<Identified, WebError> {
        let token = credentials.bearer.and_then(|token| token.split_once(':'));
        let user = token.map_or_else(|| credentials.cookies.get(COOKIE), |(user, _)| Some(user));
        let found = user.and_then(|user| self.0.get(&user.parse().ok()?));
        let identity = found.map(|(member, organization)| {
            let mut actor = member.actor.clone();
            let mut via = Via::Session { id: SessionId::from_uuid(Uuid::nil()), csrf_binding: [7; 32] };
            if let Some((_, names)) = token {
                let named: Vec<PermissionName> = names.split(',').filter_map(|name| name.parse().ok()).collect();
                actor = token_of(member, if named.is_empty() { PermissionName::ALL } else { &named });
                via = Via::Token(ApiTokenId::from_uuid(Uuid::nil()));
            }
            debug_assert!(matches!(actor.kind, ActorKind::Session) != token.is_some());
            let membership = actor.membership.unwrap();
            Identity {
                actor,
                user: UserFacts {
                    name: "Member".to_owned(),
                    email: "member@home.example".to_owned(),
                    language: Language::English,
                    zone: "Europe/Madrid".parse().unwrap(),
                    theme: "system".to_owned(),
                },
                memberships: vec![MembershipFacts {
                    organization_id: membership.organization_id,
                    organization: (*organization).to_owned(),
                    role: membership.role,
                }],
                via,
            }
        });
        Ok(Identified { identity, cookies: Vec::new() })
    }
}

/// Every request is new: repeating them has tests of its own.
struct NothingKept;

#[async_trait]
impl IdempotencyStore for NothingKept {
    async fn begin(&self, _: &IdempotencyKey) -> Result<Begin, WebError> {
        Ok(Begin::New)
    }
    async fn finish(&self, _: &IdempotencyKey, _: &StoredAnswer) -> Result<(), WebError> {
        Ok(())
    }
    async fn abandon(&self, _: &IdempotencyKey) -> Result<(), WebError> {
        Ok(())
    }
}
