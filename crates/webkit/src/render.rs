//! Drawing errors: a page, a fragment for htmx, or problem+json.

use axum::{
    body::Body,
    response::{Html, IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use kernel::OrganizationId;
use serde_json::json;

use crate::{
    Web, WebError,
    htmx::{PUSH_URL, REDIRECT, RESELECT, RESWAP, RETARGET},
    location::{see_other, sign_in_location},
};

/// The selector of the region of every page into which htmx puts the fragment of an error.
pub const ERROR_REGION: &str = "#messages";

/// What an error page may say.
#[derive(Debug, Clone)]
pub struct ErrorView {
    /// The status.
    pub status: StatusCode,
    /// The stable code; the text is the message `error-<code>`.
    pub code: String,
    /// What a person quotes when they ask for help, for errors that are ours (from 500).
    pub reference: Option<String>,
    /// After how many seconds to try again.
    pub retry_after: Option<u32>,
    /// The organization to switch to, when the form belongs to another one than is active.
    pub organization_id: Option<OrganizationId>,
}

/// Draws errors for people; the application implements it.
pub trait ErrorPages: Send + Sync {
    /// A whole page. [`Web::known_identity`] says who is signed in, as far as it was looked up.
    fn page(&self, web: &Web, error: &ErrorView) -> String;
    /// An element with `role="alert"`, which is put into [`ERROR_REGION`] of the page that is shown.
    fn fragment(&self, web: &Web, error: &ErrorView) -> String;
}

/// Draws the error as this request wants it, and logs its fault with the request's id.
pub(crate) fn render(web: &Web, error: &WebError) -> Response {
    let inner = error.inner();
    if let Some(fault) = &inner.fault {
        tracing::error!(target: "http", request_id = %web.request_id(), fault = %fault, "request failed");
    }
    let mut response = if web.wants_json() {
        problem(web, error)
    } else if inner.status == StatusCode::UNAUTHORIZED {
        sign_in(web)
    } else {
        page(web, error)
    };
    if let Some(seconds) = inner.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn reference(web: &Web, status: StatusCode) -> Option<String> {
    status.is_server_error().then(|| web.request_id().to_string())
}

/// A page of an anonymous visitor leads to the sign-in page, and from there back.
fn sign_in(web: &Web) -> Response {
    let location = sign_in_location(web.page_shown().as_deref());
    match HeaderValue::from_str(&location) {
        // 401, so that nothing takes it for success; htmx looks at the header first.
        Ok(value) if web.htmx().is_request => (StatusCode::UNAUTHORIZED, [(REDIRECT, value)]).into_response(),
        _ => see_other(&location),
    }
}

fn page(web: &Web, error: &WebError) -> Response {
    let inner = error.inner();
    let view = ErrorView {
        status: inner.status,
        code: inner.code.clone().into_owned(),
        reference: reference(web, inner.status),
        retry_after: inner.retry_after,
        organization_id: inner.organization_id,
    };
    let pages = &web.kit().errors;
    if !web.htmx().is_request {
        return (inner.status, Html(pages.page(web, &view))).into_response();
    }
    // A navigation that htmx made is made again by the browser itself, which then shows the whole page.
    if web.htmx().is_full
        && web.method().is_safe()
        && let Ok(value) = HeaderValue::from_str(web.path_and_query())
    {
        return (inner.status, [(REDIRECT, value)]).into_response();
    }
    let headers =
        [(RETARGET, ERROR_REGION), (RESWAP, "innerHTML"), (RESELECT, "[role=\"alert\"]"), (PUSH_URL, "false")];
    (inner.status, headers, Html(pages.fragment(web, &view))).into_response()
}

fn problem(web: &Web, error: &WebError) -> Response {
    let inner = error.inner();
    let errors: Vec<_> = inner
        .fields
        .iter()
        .map(|field| {
            let mut line = json!({ "field": field.field, "code": field.code, "message": english(&field.code) });
            if let (Some(bound), Some(line)) = (&field.bound, line.as_object_mut()) {
                line.insert("bound".into(), bound.clone().into());
            }
            line
        })
        .collect();
    let detail = inner.detail.clone().unwrap_or_else(|| english(&inner.code).into());
    let mut body = json!({
        "type": "about:blank",
        "title": inner.status.canonical_reason().unwrap_or(""),
        "status": inner.status.as_u16(),
        "code": inner.code,
        "detail": detail,
    });
    if let Some(map) = body.as_object_mut() {
        if !errors.is_empty() {
            map.insert("errors".into(), errors.into());
        }
        if let Some(reference) = reference(web, inner.status) {
            map.insert("reference".into(), reference.into());
        }
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))];
    let mut response = (inner.status, kind, Body::from(body.to_string())).into_response();
    if inner.status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// The English sentence of a code, for developers. People read the message `error-<code>` in their language.
fn english(code: &str) -> String {
    let known = match code {
        "busy" => "The service is busy; try again soon",
        "csrf_failed" => "The form is too old or came from another site",
        "duplicate_field" => "This field is given more than once",
        "forbidden" => "The permission is missing",
        "idempotency_mismatch" => "The same Idempotency-Key came with another request",
        "idempotency_running" => "The first request with this Idempotency-Key is still running",
        "internal" => "Something broke; quote the reference when you ask for help",
        "invalid" => "Some fields are wrong",
        "invalid_id" => "This is not an id",
        "malformed" => "The request cannot be read",
        "method_not_allowed" => "The method is not allowed here",
        "misdirected" => "This host is not served here",
        "not_found" => "There is nothing here",
        "organization_changed" => "Another organization is active now",
        "required" => "This field is missing",
        "sign_in_required" => "A valid API token is needed",
        "too_large" => "The body is too large",
        "too_long" => "This is too long",
        "too_many_requests" => "Too many requests; try again later",
        "unknown_field" => "There is no such field",
        "unsupported_media_type" => "The content type is not supported here",
        "wrong_type" => "This is not of the right type",
        other => return sentence(other),
    };
    known.to_owned()
}

fn sentence(code: &str) -> String {
    let text = code.replace(['_', '-'], " ");
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
