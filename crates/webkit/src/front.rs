//! The outermost layer: what every answer needs, whatever the route, also where there is none.

use std::{panic::AssertUnwindSafe, pin::pin, sync::Arc, time::Duration};

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use http::{HeaderValue, Method, StatusCode, header, uri::Authority};
use kernel::Fault;
use tokio::time::{Instant, timeout};
use tracing::Instrument;

use crate::{
    CacheClass, Kit, Web, WebError,
    error::Failure,
    guard::Guarded,
    headers::{self, REQUEST_ID},
    render::render,
};

pub(crate) async fn front(State(kit): State<Arc<Kit>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let web = Web::open(kit.clone(), &request);
    request.extensions_mut().insert(web.clone());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let span = tracing::info_span!(target: "http", "request", request_id = %web.request_id());
    let answered = async {
        let mut response = if is_our_host(&kit, &request) {
            answer(&web, route.is_some(), request, next).await
        } else {
            WebError::new(StatusCode::MISDIRECTED_REQUEST, "misdirected").into_response()
        };
        if let Some(Failure(error)) = response.extensions_mut().remove::<Failure>() {
            response = drawn(&web, response, &error);
        }
        response
    };
    let mut response = answered.instrument(span.clone()).await;
    finish(&web, &mut response);
    let pattern = route.as_ref().map_or("(none)", MatchedPath::as_str);
    span.in_scope(|| log(&web, pattern, response.status(), started.elapsed()));
    response
}

/// Runs the route. A panic is a fault of this one request; a request that takes too long is given up.
async fn answer(web: &Web, matched: bool, request: Request, next: Next) -> Response {
    let mut running = pin!(AssertUnwindSafe(next.run(request)).catch_unwind());
    let mut ended = timeout(web.kit().settings.request_timeout, running.as_mut()).await;
    let extra = web.entry().map_or(Duration::ZERO, |entry| entry.body.extra_time());
    if ended.is_err() && !extra.is_zero() {
        ended = timeout(extra, running).await;
    }
    let response = match ended {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => return WebError::from(Fault::invariant("a handler panicked")).into_response(),
        Err(late) => return WebError::from(Fault::busy("the request took too long", late)).into_response(),
    };
    let accounted =
        response.extensions().get::<Guarded>().is_some() || response.extensions().get::<Failure>().is_some();
    if matched && !accounted {
        return WebError::from(Fault::invariant("a handler was mounted without its declaration")).into_response();
    }
    response
}

/// The error as this request wants it, with the headers that were already set, such as `Allow`.
fn drawn(web: &Web, response: Response, error: &WebError) -> Response {
    let mut page = render(web, error);
    for (name, value) in response.headers() {
        if !matches!(*name, header::CONTENT_LENGTH | header::CONTENT_TYPE | header::CACHE_CONTROL) {
            page.headers_mut().entry(name).or_insert(value.clone());
        }
    }
    page
}

/// Health checks are asked by address; all else only by the name that the installation has. A second `Host` header is
/// no way around it.
fn is_our_host(kit: &Kit, request: &Request) -> bool {
    let path = request.uri().path();
    let named = request.headers().get_all(header::HOST).iter().map(|value| value.to_str().unwrap_or(""));
    let mut named = named.chain(request.uri().authority().map(Authority::as_str)).peekable();
    let ours = named.peek().is_some() && named.all(|host| kit.public_url().is_our_host(host));
    ours || path == "/health" || path.starts_with("/health/")
}

fn finish(web: &Web, response: &mut Response) {
    let https = web.kit().is_https();
    let cookies = web.take_cookies();
    let own = web.entry().is_some_and(|entry| entry.cache == CacheClass::OwnFiles);
    let personal = !cookies.is_empty() || (web.known_identity().is_some() && !own);
    let kept = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    if personal || !kept {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    for cookie in cookies {
        match cookie.header(https) {
            Some(value) => {
                headers.append(header::SET_COOKIE, value);
            }
            None => tracing::error!(target: "http", name = cookie.name, "a cookie that no header may hold"),
        }
    }
    if let Ok(id) = HeaderValue::from_str(&web.request_id().to_string()) {
        headers.insert(REQUEST_ID, id);
    }
    headers::secure(headers, https);
}

/// One line a request: the pattern, never the path, which may hold a secret.
fn log(web: &Web, route: &str, status: StatusCode, took: Duration) {
    let user_id = web.known_identity().map(|identity| identity.actor.user_id.to_string());
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    // A method is the client's word too: only those that a route may have are written.
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
    let method = if known.contains(web.method()) { web.method().as_str() } else { "(other)" };
    tracing::info!(target: "http", method, route, status = status.as_u16(), duration_ms, user_id, "request");
}
