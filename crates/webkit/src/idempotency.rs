//! The same request twice with the same `Idempotency-Key` is done once.

use std::sync::Arc;

use async_trait::async_trait;
use axum::{
    body::Body,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use kernel::{Fault, OrganizationId, UserId};
use sha2::{Digest, Sha256};
use tracing::Instrument;

use crate::{
    RouteEntry, Web, WebError,
    guard::{is_repeatable, read},
    identity::signed_in,
};

const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Answers above this size are not kept.
const MOST_BYTES: usize = 256 * 1024;

/// Which request a key stands for. Keys of different users, organizations and routes never meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Who asks.
    pub user_id: UserId,
    /// In which organization.
    pub organization_id: Option<OrganizationId>,
    /// The route's pattern.
    pub route: &'static str,
    /// What the client sent: 1 to 255 visible characters.
    pub key: String,
    /// SHA-256 of address and body.
    pub request_hash: [u8; 32],
}

/// An answer as it is kept for the repetition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The status, 200 to 299.
    pub status: u16,
    /// The header `Content-Type`.
    pub content_type: Option<String>,
    /// The header `Location`.
    pub location: Option<String>,
    /// The body, without secrets.
    pub body: Vec<u8>,
}

/// What a key means now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begin {
    /// It is new, and noted as running.
    New,
    /// It was answered so.
    Replay(StoredAnswer),
    /// It came with another request.
    Mismatch,
    /// Its first request is still running.
    Running,
}

/// Keeps keys and answers for 24 hours; the application implements it.
///
/// A key that is noted as running and never finished, because the process died, must end by itself after some minutes.
#[async_trait]
pub trait IdempotencyStore: Send + Sync {
    /// Notes a new key as running, or says what it already stands for; of two at once one gets [`Begin::New`].
    ///
    /// # Errors
    /// When the store fails.
    async fn begin(&self, key: &IdempotencyKey) -> Result<Begin, WebError>;
    /// Keeps the answer of a running key.
    ///
    /// # Errors
    /// When the store fails.
    async fn finish(&self, key: &IdempotencyKey, answer: &StoredAnswer) -> Result<(), WebError>;
    /// Forgets a running key: the request was refused and changed nothing, so it may be tried again.
    ///
    /// # Errors
    /// When the store fails.
    async fn abandon(&self, key: &IdempotencyKey) -> Result<(), WebError>;
}

/// Runs the handler, or repeats the answer of an earlier run. A request without a key is just run.
pub(crate) async fn run(web: &Web, entry: &RouteEntry, request: Request, next: Next) -> Result<Response, WebError> {
    let Some(sent) = request.headers().get(HEADER).filter(|_| is_repeatable(entry)).cloned() else {
        return Ok(next.run(request).await);
    };
    let sent = sent.to_str().ok().filter(|text| (1..=255).contains(&text.len())).map(str::to_owned);
    let sent = sent.ok_or_else(|| WebError::bad_request("idempotency_key_invalid"))?;
    let identity = signed_in(web)?;
    let (parts, body) = request.into_parts();
    let body = read(body, entry.body.bytes()).await?;
    let mut hash = Sha256::new();
    hash.update(web.path_and_query().as_bytes());
    hash.update([0]);
    hash.update(&body);
    let key = IdempotencyKey {
        user_id: identity.actor.user_id,
        organization_id: identity.actor.membership.map(|m| m.organization_id),
        route: entry.path,
        key: sent,
        request_hash: hash.finalize().into(),
    };
    let store = web.kit().idempotency.clone();
    match store.begin(&key).await? {
        Begin::Replay(answer) => replay(answer),
        Begin::Mismatch => Err(WebError::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_mismatch")),
        Begin::Running => Err(WebError::conflict("idempotency_running")),
        Begin::New => {
            let request = Request::from_parts(parts, Body::from(body));
            let secret = entry.api.as_ref().is_some_and(|doc| doc.secret);
            // A task of its own: it ends, and the answer is kept, even when the client hangs up meanwhile.
            let task = tokio::spawn(first(store, key, request, next, secret).in_current_span());
            task.await.unwrap_or_else(|error| Err(Fault::new("running a request with a key", error).into()))
        }
    }
}

async fn first(
    store: Arc<dyn IdempotencyStore>,
    key: IdempotencyKey,
    request: Request,
    next: Next,
    secret: bool,
) -> Result<Response, WebError> {
    // A panic drops the task: the running key then ends by itself, as after a crash.
    let response = next.run(request).await;
    if !response.status().is_success() {
        store.abandon(&key).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = read(body, MOST_BYTES).await.map_err(|_| Fault::invariant("an answer too large to repeat"))?;
    let text = |name| parts.headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok()).map(str::to_owned);
    let kept = if secret { br#"{"secret":"shown once, with the first answer"}"#.to_vec() } else { body.to_vec() };
    let answer = StoredAnswer {
        status: parts.status.as_u16(),
        content_type: text(header::CONTENT_TYPE),
        location: text(header::LOCATION),
        body: kept,
    };
    store.finish(&key, &answer).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn replay(answer: StoredAnswer) -> Result<Response, WebError> {
    let status = StatusCode::from_u16(answer.status).map_err(|e| Fault::new("reading a kept answer", e))?;
    let mut response = (status, Body::from(answer.body)).into_response();
    for (name, value) in [(header::CONTENT_TYPE, answer.content_type), (header::LOCATION, answer.location)] {
        if let Some(value) = value {
            let value = HeaderValue::from_str(&value).map_err(|e| Fault::new("reading a kept answer", e))?;
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}
