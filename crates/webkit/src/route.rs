//! What is declared of a route. The router, the checks before a handler, the API's description and the authorization
//! tests all read it from here.

use std::time::Duration;

use http::Method;
use kernel::{Permission, PermissionName};
use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::LimitClass;

/// Who may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, for this reason.
    Public(&'static str),
    /// Any user who is signed in, whatever their role.
    SignedIn,
    /// Whoever has the permission in the active organization.
    Permission(PermissionName),
    /// Whoever has the permission on the platform.
    Platform(PermissionName),
}

/// Access for whoever has `P` in the active organization; the handler takes [`crate::Allowed<P>`].
#[must_use]
pub const fn allow<P: Permission>() -> Access {
    Access::Permission(P::NAME)
}

/// Access for platform admins; the handler takes [`crate::AllowedPlatform<P>`].
#[must_use]
pub const fn platform<P: Permission>() -> Access {
    Access::Platform(P::NAME)
}

/// Access for anybody, with the reason why.
#[must_use]
pub const fn public(why: &'static str) -> Access {
    Access::Public(why)
}

/// How large a body may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyClass {
    /// 64 KB: forms and JSON.
    Small,
    /// This many bytes, for uploads.
    Upload(usize),
}

impl BodyClass {
    /// The most bytes.
    #[must_use]
    pub const fn bytes(self) -> usize {
        match self {
            Self::Small => 64 * 1024,
            Self::Upload(bytes) => bytes,
        }
    }

    /// How much longer than others a request with such a body may take: as long as the largest takes at 1 Mbit/s.
    pub(crate) fn extra_time(self) -> Duration {
        match self {
            Self::Small => Duration::ZERO,
            Self::Upload(bytes) => Duration::from_secs(u64::try_from(bytes).unwrap_or(u64::MAX) / 125_000),
        }
    }
}

/// Who may keep an answer. Errors, answers that set a cookie and answers to signed-in users are never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheClass {
    /// Nobody.
    NoStore,
    /// Anybody, for a minute: public descriptions.
    PublicShort,
    /// Anybody, but to be checked each time: files with a fixed name.
    Revalidate,
    /// Whoever asked, but to be checked each time: what is behind a secret address. Nobody is looked up there, and no cookie is set.
    Private,
    /// Anybody, for a year: files whose name changes with their content.
    Assets,
    /// Whoever asked, in their own browser alone, until they sign out: files for some only, which never change under their address.
    OwnFiles,
}

impl CacheClass {
    /// Whether it is looked up who asks.
    pub(crate) const fn knows_who_asks(self) -> bool {
        matches!(self, Self::NoStore | Self::OwnFiles)
    }

    pub(crate) const fn header(self) -> &'static str {
        match self {
            Self::NoStore => "no-store",
            Self::PublicShort => "public, max-age=60",
            Self::Revalidate => "no-cache",
            Self::Private => "private, no-cache",
            Self::Assets => "public, max-age=31536000, immutable",
            Self::OwnFiles => "private, max-age=31536000, immutable",
        }
    }
}

/// How a route is kept from being called by another site's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsrfClass {
    /// It changes nothing (GET).
    Safe,
    /// Fetch metadata or origin, and a token in the form or in the header `X-CSRF-Token`.
    Form,
    /// It takes an API token, which no browser adds by itself; cookies are not looked at.
    Api,
    /// Not at all, for this reason, such as a signature over the body.
    None(&'static str),
}

/// Gives the schema of a type.
pub(crate) type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// What the API's description says of a route.
#[derive(Debug, Clone, Default)]
pub struct ApiDoc {
    pub(crate) summary: &'static str,
    pub(crate) request: Option<SchemaOf>,
    pub(crate) query: Option<SchemaOf>,
    pub(crate) answers: Vec<(u16, Option<SchemaOf>)>,
    pub(crate) secret: bool,
}

impl ApiDoc {
    /// A route that does this.
    #[must_use]
    pub fn new(summary: &'static str) -> Self {
        Self { summary, ..Self::default() }
    }
    /// The type of the JSON body.
    #[must_use]
    pub fn request<T: JsonSchema>(mut self) -> Self {
        self.request = Some(SchemaGenerator::subschema_for::<T>);
        self
    }
    /// The type of the query; its fields become parameters.
    #[must_use]
    pub fn query<T: JsonSchema>(mut self) -> Self {
        self.query = Some(T::json_schema);
        self
    }
    /// An answer with a JSON body.
    #[must_use]
    pub fn answer<T: JsonSchema>(mut self, status: u16) -> Self {
        self.answers.push((status, Some(SchemaGenerator::subschema_for::<T>)));
        self
    }
    /// An answer without a body, or, from 400, with a problem. Those that every route may give need not be named.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.answers.push((status, None));
        self
    }
    /// Its answer holds a secret that is shown once: a repeated request with the same key gets the status without it.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }
}

/// The declaration of a route.
#[derive(Debug, Clone)]
pub struct RouteEntry {
    /// The path's pattern, such as `/stays/{id}`.
    pub path: &'static str,
    /// The method. GET answers HEAD too.
    pub method: Method,
    /// Who may come.
    pub access: Access,
    /// Which buckets it takes from.
    pub limit: LimitClass,
    /// How large its body may be.
    pub body: BodyClass,
    /// Who may keep its answer.
    pub cache: CacheClass,
    /// How it is kept from other sites' pages.
    pub csrf: CsrfClass,
    /// The audit entry that it leaves, when it leaves one.
    pub audit: Option<&'static str>,
    /// What the API's description says; only under `/api/v1`.
    pub api: Option<ApiDoc>,
}

impl RouteEntry {
    pub(crate) fn new(path: &'static str, method: Method, access: Access) -> Self {
        let is_api = is_api(path);
        let csrf = match (is_api, method.is_safe()) {
            (true, _) => CsrfClass::Api,
            (false, true) => CsrfClass::Safe,
            (false, false) => CsrfClass::Form,
        };
        let limit = if is_api { LimitClass::Api } else { LimitClass::Pages };
        let (body, cache) = (BodyClass::Small, CacheClass::NoStore);
        Self { path, method, access, limit, body, cache, csrf, audit: None, api: None }
    }

    /// What contradicts itself in the declaration; empty when nothing does.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut check = |wrong: bool, text: &str| {
            if wrong {
                problems.push(format!("{} {}: {text}", self.method, self.path));
            }
        };
        let is_api = is_api(self.path);
        let safe = self.method.is_safe();
        check(matches!(self.access, Access::Public("")), "public without a reason");
        check(self.csrf == CsrfClass::None(""), "without protection from other sites, without a reason");
        check(!safe && self.csrf == CsrfClass::Safe, "changes something, but counts as safe");
        check(is_api != (self.csrf == CsrfClass::Api), "cookies and API tokens are mixed up");
        check(is_api != self.api.is_some(), "described if and only if it is under /api/");
        check(safe && self.audit.is_some(), "reads, but leaves an audit entry");
        check(!safe && self.cache != CacheClass::NoStore, "changes something, but its answer may be kept");
        let guarded = !matches!(self.access, Access::Public(_));
        check(guarded && !self.cache.knows_who_asks(), "for some only, but its answer may be kept");
        check(
            matches!(self.access, Access::Permission(p) if p.is_platform())
                || matches!(self.access, Access::Platform(p) if !p.is_platform()),
            "a permission of the platform is not one in an organization",
        );
        problems
    }
}

pub(crate) fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}
