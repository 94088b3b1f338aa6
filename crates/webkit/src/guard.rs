//! What a route declares, enforced before its handler runs.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, StatusCode, header};
use http_body_util::{LengthLimitError, Limited};
use kernel::{Denied, Fault};

use crate::{
    Access, BodyClass, CsrfClass, LimitKey, RouteEntry, Upload, Via, Web, WebError, csrf, form, idempotency, upload,
};

/// Says that an answer went through its route's declaration.
#[derive(Clone)]
pub(crate) struct Guarded;

pub(crate) async fn guard(State(entry): State<Arc<RouteEntry>>, request: Request, next: Next) -> Response {
    let Some(web) = request.extensions().get::<Web>().cloned() else {
        return WebError::from(Fault::invariant("a route outside webkit::assemble")).into_response();
    };
    web.enter(entry.clone());
    let mut response = match admit(&web, &entry, request).await {
        Ok(request) => match idempotency::run(&web, &entry, request, next).await {
            Ok(response) => response,
            Err(error) => error.into_response(),
        },
        Err(error) => error.into_response(),
    };
    response.extensions_mut().insert(Guarded);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(entry.cache.header()));
    response
}

async fn admit(web: &Web, entry: &RouteEntry, request: Request) -> Result<Request, WebError> {
    let limit = |key| web.kit().limits.check(entry.limit, key).map_err(WebError::too_many_requests);
    limit(LimitKey::address(web.client()))?;
    let request = bounded(request, entry.body.bytes())?;
    // Files are the same for everybody, and a secret address says enough: nobody is looked up.
    if entry.cache.knows_who_asks() {
        web.identify().await?;
    }
    match web.known_identity().map(|identity| (&identity.via, identity.actor.user_id)) {
        Some((Via::Token(token), _)) => limit(LimitKey::Token(*token))?,
        Some((Via::Session { .. }, user)) => limit(LimitKey::User(user))?,
        None => {}
    }
    check_access(web, entry.access)?;
    match entry.csrf {
        CsrfClass::Form => verified(web, request, entry.body).await,
        CsrfClass::Safe | CsrfClass::Api | CsrfClass::None(_) => Ok(request),
    }
}

fn check_access(web: &Web, access: Access) -> Result<(), WebError> {
    let permission = match access {
        Access::Public(_) => return Ok(()),
        Access::SignedIn => None,
        Access::Permission(permission) | Access::Platform(permission) => Some(permission),
    };
    let identity = crate::identity::signed_in(web)?;
    match permission {
        Some(permission) if !identity.actor.may(permission) => Err(Denied(permission).into()),
        _ => Ok(()),
    }
}

pub(crate) fn too_large() -> WebError {
    WebError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large")
}

/// Refuses a body that says it is too large, and cuts off one that does not say so.
fn bounded(request: Request, most: usize) -> Result<Request, WebError> {
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|bytes| bytes > most) {
        return Err(too_large());
    }
    Ok(request.map(|body| Body::new(Limited::new(body, most))))
}

/// The whole body.
pub(crate) async fn read(body: Body, most: usize) -> Result<Bytes, WebError> {
    to_bytes(body, most).await.map_err(|error| {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        while let Some(inner) = cause {
            if inner.is::<LengthLimitError>() {
                return too_large();
            }
            cause = inner.source();
        }
        WebError::bad_request("malformed")
    })
}

/// Whether the body is of this type, whatever parameters follow.
pub(crate) fn is_of_type(request: &http::HeaderMap, expected: &str) -> bool {
    let sent = request.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    sent.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(expected))
}

/// Proves that the request comes from a page of ours, by its source and by its token.
async fn verified(web: &Web, request: Request, allowed: BodyClass) -> Result<Request, WebError> {
    csrf::check_source(request.headers(), web.kit().public_url())?;
    let token = request.headers().get("x-csrf-token").and_then(|value| value.to_str().ok()).map(str::to_owned);
    if matches!(allowed, BodyClass::Upload(_)) && is_of_type(request.headers(), upload::FORM) {
        return Upload::verified(web, request, token).await;
    }
    if !is_of_type(request.headers(), "application/x-www-form-urlencoded") {
        web.check_csrf_token(&token.ok_or_else(csrf::refused)?)?;
        return Ok(request);
    }
    let (mut parts, body) = request.into_parts();
    let body = read(body, allowed.bytes()).await?;
    // The form's own token first: it says for which organization the form was filled in.
    let token = form::token(&body).or(token).ok_or_else(csrf::refused)?;
    web.check_csrf_token(&token)?;
    parts.extensions.insert(form::Verified(body.clone()));
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// Whether a route can be repeated by its key.
pub(crate) fn is_repeatable(entry: &RouteEntry) -> bool {
    entry.method == Method::POST && entry.csrf == CsrfClass::Api
}
