//! Small routers behind the whole plumbing.

mod access;
mod api;
mod errors;
mod forms;
mod front;
mod uploads;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use kernel::{
    Actor, ActorKind, ApiTokenId, Env, FixedClock, Language, Membership, MembershipId, OrganizationId, PermissionName,
    Role, SeededRandomness, SessionId, UserId, Zone,
};
use uuid::Uuid;

use crate::{
    ActorSource, Begin, Cookie, Credentials, ErrorPages, ErrorView, IdempotencyKey, IdempotencyStore, Identified,
    Identity, IpNet, Kit, LimitSettings, MembershipFacts, PublicUrl, Routes, Settings, StoredAnswer, UserFacts, Via,
    Web, WebError, assemble, testing::Client,
};

pub(super) const HOST: &str = "127.0.0.1:8080";

/// `session=<name>` and `Bearer <name>` are users by what they are.
struct Users;

#[async_trait]
impl ActorSource for Users {
    async fn identify(&self, credentials: &Credentials<'_>) -> Result<Identified, WebError> {
        let session = credentials.cookies.get("session");
        let Some(name) = session.or(credentials.bearer) else { return Ok(Identified::default()) };
        let (role, organization) = match name {
            "manager" | "narrow" => (Some(Role::Manager), 1),
            "manager-elsewhere" => (Some(Role::Manager), 2),
            "staff" => (Some(Role::Staff), 1),
            "admin" | "newcomer" => (None, 1),
            "broken" => return Err(kernel::Fault::invariant("the database is gone: secret-cause").into()),
            _ => return Ok(Identified { identity: None, cookies: vec![Cookie::removed("session")] }),
        };
        let organization_id = OrganizationId::from_uuid(Uuid::from_u128(organization));
        let membership =
            role.map(|role| Membership { id: MembershipId::from_uuid(Uuid::from_u128(9)), organization_id, role });
        let kind = match name {
            "narrow" => ActorKind::ApiToken([PermissionName::TasksView].into()),
            _ if session.is_none() => ActorKind::ApiToken(PermissionName::ALL.iter().copied().collect()),
            _ => ActorKind::Session,
        };
        let via = match session {
            Some(_) => Via::Session { id: SessionId::from_uuid(Uuid::from_u128(3)), csrf_binding: [5; 32] },
            None => Via::Token(ApiTokenId::from_uuid(Uuid::from_u128(4))),
        };
        let identity = Identity {
            actor: Actor {
                user_id: UserId::from_uuid(Uuid::from_u128(7)),
                is_admin: name == "admin",
                membership,
                kind,
            },
            user: UserFacts {
                name: name.to_owned(),
                email: "canary@example.org".into(),
                language: Language::Spanish,
                zone: Zone::UTC,
                theme: "light".into(),
            },
            memberships: role
                .map(|role| MembershipFacts { organization_id, organization: "Casa".into(), role })
                .into_iter()
                .collect(),
            via,
        };
        Ok(Identified { identity: Some(identity), cookies: Vec::new() })
    }
}

struct Pages;

impl ErrorPages for Pages {
    fn page(&self, web: &Web, error: &ErrorView) -> String {
        let who = web.known_identity().map_or("nobody", |identity| &identity.user.name);
        let switch = error.organization_id.map_or_else(String::new, |id| format!(" switch to {id}"));
        format!("<html>{} for {who}, {:?}{switch}</html>", error.code, error.reference)
    }
    fn fragment(&self, _: &Web, error: &ErrorView) -> String {
        format!("<div role=\"alert\">{}</div>", error.code)
    }
}

#[derive(Default)]
pub(super) struct Answers(Mutex<HashMap<String, (IdempotencyKey, Option<StoredAnswer>)>>);

#[async_trait]
impl IdempotencyStore for Answers {
    async fn begin(&self, key: &IdempotencyKey) -> Result<Begin, WebError> {
        let mut all = self.0.lock().unwrap();
        let place = format!("{} {}", key.route, key.key);
        Ok(match all.get(&place) {
            None => {
                all.insert(place, (key.clone(), None));
                Begin::New
            }
            Some((first, _)) if first != key => Begin::Mismatch,
            Some((_, None)) => Begin::Running,
            Some((_, Some(answer))) => Begin::Replay(answer.clone()),
        })
    }
    async fn finish(&self, key: &IdempotencyKey, answer: &StoredAnswer) -> Result<(), WebError> {
        let place = format!("{} {}", key.route, key.key);
        self.0.lock().unwrap().insert(place, (key.clone(), Some(answer.clone())));
        Ok(())
    }
    async fn abandon(&self, key: &IdempotencyKey) -> Result<(), WebError> {
        self.0.lock().unwrap().remove(&format!("{} {}", key.route, key.key));
        Ok(())
    }
}

pub(super) fn kit(url: &str, limits: LimitSettings) -> Arc<Kit> {
    kit_behind(Vec::new(), url, limits)
}

pub(super) fn kit_behind(trusted_proxies: Vec<IpNet>, url: &str, limits: LimitSettings) -> Arc<Kit> {
    let start = kernel::instant_from_micros(1_799_053_200_000_000).unwrap();
    let env = Env::new(FixedClock::at(start), SeededRandomness::new(1));
    let settings = Settings {
        public_url: PublicUrl::parse(url).unwrap(),
        trusted_proxies,
        limits,
        request_timeout: Duration::from_secs(5),
    };
    Kit::new(env, [1; 32], settings, Arc::new(Users), Arc::new(Pages), Arc::new(Answers::default()))
}

/// A browser that nobody is signed in at.
pub(super) fn client(routes: Routes<()>) -> Client {
    Client::new(assemble(kit("http://127.0.0.1:8080", LimitSettings::off()), routes, ()), HOST)
}

impl Client {
    /// The same browser with a user signed in.
    fn signed_in(self, name: &str) -> Self {
        self.cookie("session", name)
    }
}
