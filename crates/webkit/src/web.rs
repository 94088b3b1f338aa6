//! What a handler knows of its request and may add to the answer.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use axum::extract::{ConnectInfo, FromRequestParts, Request};
use axum::response::Response;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use http::{HeaderMap, Method, header, request::Parts};
use kernel::{Env, Language, RequestId};
use url::Url;

use crate::{
    Cookie, Cookies, Credentials, Flash, Htmx, Identity, Kit, RouteEntry, Via, WebError, client, csrf, location, route,
};

const VISIT: &str = "visit";

/// One request: who asks, how, and what the answer carries besides its body. Cheap to clone.
#[derive(Clone)]
pub struct Web(Arc<Inner>);

struct Inner {
    kit: Arc<Kit>,
    request_id: RequestId,
    client: IpAddr,
    method: Method,
    path_and_query: String,
    is_api: bool,
    wants_json: bool,
    cookies: Cookies,
    bearer: Option<String>,
    user_agent: String,
    referrer: Option<String>,
    accepted: Language,
    htmx: Htmx,
    entry: OnceLock<Arc<RouteEntry>>,
    identity: OnceLock<Option<Arc<Identity>>>,
    visit: OnceLock<String>,
    outgoing: Mutex<Vec<Cookie>>,
}

impl Web {
    pub(crate) fn open(kit: Arc<Kit>, request: &Request) -> Self {
        let headers = request.headers();
        let text = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
        let peer = request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip());
        let proxies = &kit.settings.trusted_proxies;
        let is_api = route::is_api(request.uri().path());
        let path_and_query = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Self(Arc::new(Inner {
            request_id: client::request_id(peer, headers, proxies, &kit.env),
            client: client::address(peer, headers, proxies),
            method: request.method().clone(),
            path_and_query,
            is_api,
            wants_json: is_api || text(header::ACCEPT).is_some_and(|accept| accept.starts_with("application/json")),
            // Each surface has one kind of credentials: what a browser adds by itself opens no API, a token no page.
            cookies: if is_api { Cookies::default() } else { Cookies::read(headers, kit.is_https()) },
            bearer: bearer(headers).filter(|_| is_api),
            user_agent: text(header::USER_AGENT).unwrap_or("").chars().take(200).collect(),
            referrer: text(header::REFERER).map(str::to_owned),
            accepted: Language::accepted(text(header::ACCEPT_LANGUAGE).unwrap_or("")),
            htmx: Htmx::read(headers),
            entry: OnceLock::new(),
            identity: OnceLock::new(),
            visit: OnceLock::new(),
            outgoing: Mutex::default(),
            kit,
        }))
    }

    /// The installation.
    #[must_use]
    pub fn kit(&self) -> &Kit {
        &self.0.kit
    }
    /// Time and randomness.
    #[must_use]
    pub fn env(&self) -> &Env {
        &self.0.kit.env
    }
    /// The request's id in logs and on error pages.
    #[must_use]
    pub fn request_id(&self) -> RequestId {
        self.0.request_id
    }
    /// The client's address, as far as proxies can be believed.
    #[must_use]
    pub fn client(&self) -> IpAddr {
        self.0.client
    }
    /// The client's program, at most 200 characters. It is what the client says.
    #[must_use]
    pub fn user_agent(&self) -> &str {
        &self.0.user_agent
    }
    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.0.method
    }
    /// The path and query as received.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        &self.0.path_and_query
    }
    /// What htmx says.
    #[must_use]
    pub fn htmx(&self) -> &Htmx {
        &self.0.htmx
    }
    /// Whether errors are answered as problem+json: under `/api/`, or when `Accept` begins with JSON.
    #[must_use]
    pub fn wants_json(&self) -> bool {
        self.0.wants_json
    }
    pub(crate) fn is_api(&self) -> bool {
        self.0.is_api
    }
    /// The cookies that came.
    #[must_use]
    pub fn cookies(&self) -> &Cookies {
        &self.0.cookies
    }
    /// The language of the user, or else the one that the browser asks for.
    #[must_use]
    pub fn language(&self) -> Language {
        self.known_identity().map_or(self.0.accepted, |identity| identity.user.language)
    }
    /// The declaration of the route; `None` where none matched.
    #[must_use]
    pub fn entry(&self) -> Option<&Arc<RouteEntry>> {
        self.0.entry.get()
    }
    pub(crate) fn enter(&self, entry: Arc<RouteEntry>) {
        let _ = self.0.entry.set(entry);
    }

    /// Who is signed in. Always known in handlers, except in those of files.
    #[must_use]
    pub fn known_identity(&self) -> Option<&Arc<Identity>> {
        self.0.identity.get()?.as_ref()
    }

    /// Looks up who is signed in, once.
    pub(crate) async fn identify(&self) -> Result<(), WebError> {
        let inner = &self.0;
        if inner.identity.get().is_some() {
            return Ok(());
        }
        let identified = inner
            .kit
            .actors
            .identify(&Credentials {
                cookies: &inner.cookies,
                bearer: inner.bearer.as_deref(),
                client: inner.client,
                user_agent: &inner.user_agent,
            })
            .await?;
        identified.cookies.into_iter().for_each(|cookie| self.set_cookie(cookie));
        let _ = inner.identity.set(identified.identity.map(Arc::new));
        Ok(())
    }

    /// Sets a cookie with the answer, whatever the answer is.
    pub fn set_cookie(&self, cookie: Cookie) {
        let mut outgoing = self.0.outgoing.lock().unwrap_or_else(PoisonError::into_inner);
        outgoing.retain(|other| other.name != cookie.name);
        outgoing.push(cookie);
    }

    pub(crate) fn take_cookies(&self) -> Vec<Cookie> {
        std::mem::take(&mut *self.0.outgoing.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The token for the forms of this page: for the hidden field `csrf_token` and for htmx's header `X-CSRF-Token`.
    /// It belongs to the session and its active organization, or to an anonymous visitor's cookie, which is set here.
    #[must_use]
    pub fn csrf_token(&self) -> String {
        csrf::issue(&self.0.kit.keys, &self.0.kit.env, &self.form_binding(), self.organization())
    }

    pub(crate) fn check_csrf_token(&self, token: &str) -> Result<(), WebError> {
        csrf::check(&self.0.kit.keys, token, &self.form_binding(), self.organization())
    }

    fn organization(&self) -> Option<kernel::OrganizationId> {
        self.known_identity().and_then(|identity| identity.actor.membership).map(|m| m.organization_id)
    }

    fn form_binding(&self) -> csrf::Binding {
        match self.known_identity().map(|identity| &identity.via) {
            Some(Via::Session { csrf_binding, .. }) => csrf::Binding::Session(*csrf_binding),
            _ => csrf::Binding::Visit(self.visit()),
        }
    }

    /// The secret of an anonymous visitor: from the cookie, or a new one in a cookie.
    fn visit(&self) -> String {
        let known = self.0.cookies.get(VISIT).filter(|value| value.len() == 43);
        known.map_or_else(
            || {
                let fresh = self.0.visit.get_or_init(|| BASE64_URL_SAFE_NO_PAD.encode(self.env().random_bytes::<32>()));
                self.set_cookie(Cookie::session(VISIT, fresh.clone()));
                fresh.clone()
            },
            str::to_owned,
        )
    }

    /// Leaves a message for the next page that is shown.
    pub fn flash(&self, flash: &Flash) {
        self.set_cookie(flash.cookie(&self.0.kit.keys));
    }

    /// The message that the request before this one left, once.
    #[must_use]
    pub fn take_flash(&self) -> Option<Flash> {
        let flash = Flash::read(&self.0.cookies, &self.0.kit.keys);
        if self.0.cookies.get(Flash::COOKIE).is_some() {
            self.set_cookie(Cookie::removed(Flash::COOKIE));
        }
        flash
    }

    /// On to another page of ours: 303, or htmx's own header, so that the page is loaded whole.
    #[must_use]
    pub fn redirect(&self, path: &str) -> Response {
        location::redirect(&self.0.htmx, path)
    }

    /// The path of the page that the person looks at, as far as it is known.
    pub(crate) fn page_shown(&self) -> Option<String> {
        let inner = &self.0;
        if inner.method.is_safe() && !inner.htmx.is_request {
            return Some(inner.path_and_query.clone());
        }
        let shown = Url::parse(inner.htmx.current_url.as_deref().or(inner.referrer.as_deref())?).ok()?;
        let ours = inner.kit.public_url().is_ours(&shown.origin().ascii_serialization());
        ours.then(|| shown[url::Position::BeforePath..url::Position::AfterQuery].to_owned())
    }
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

impl<S: Sync> FromRequestParts<S> for Web {
    type Rejection = WebError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        of(parts)
    }
}

/// The request that the outermost layer opened.
pub(crate) fn of(parts: &Parts) -> Result<Web, WebError> {
    let missing = || kernel::Fault::invariant("a handler outside webkit::assemble").into();
    parts.extensions.get::<Web>().cloned().ok_or_else(missing)
}

impl<S: Sync> axum::extract::OptionalFromRequestParts<S> for Web {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(of(parts).ok())
    }
}
