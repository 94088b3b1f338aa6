//! One error type for pages and the JSON interface: how it looks is decided where the answer leaves, from the request.

use std::{borrow::Cow, fmt, sync::Arc};

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kernel::{Denied, Fault, FieldErrors, OrganizationId};

/// What is wrong with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field's name or path; empty for the whole input.
    pub field: String,
    /// A stable code.
    pub code: Cow<'static, str>,
    /// A bound that the message mentions.
    pub bound: Option<String>,
}

/// Why a request was not answered as asked. Handlers return it; nothing of a [`Fault`] inside it is ever shown.
pub struct WebError(Box<Inner>);

pub(crate) struct Inner {
    pub(crate) status: StatusCode,
    pub(crate) code: Cow<'static, str>,
    pub(crate) detail: Option<Cow<'static, str>>,
    pub(crate) fields: Vec<FieldProblem>,
    pub(crate) retry_after: Option<u32>,
    pub(crate) organization_id: Option<OrganizationId>,
    pub(crate) fault: Option<Fault>,
}

/// The error inside a response until it is drawn.
#[derive(Clone)]
pub(crate) struct Failure(pub(crate) Arc<WebError>);

impl WebError {
    /// An error with a stable code; its text for people is the message `error-<code>`.
    #[must_use]
    pub fn new(status: StatusCode, code: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            status,
            code: code.into(),
            detail: None,
            fields: Vec::new(),
            retry_after: None,
            organization_id: None,
            fault: None,
        }))
    }

    /// 400: the request itself cannot be understood.
    #[must_use]
    pub fn bad_request(code: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code)
    }
    /// 401: nobody is signed in. A page leads to the sign-in page.
    #[must_use]
    pub fn sign_in_required() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "sign_in_required")
    }
    /// 403: the permission is missing.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden")
    }
    /// 404: it does not exist, or whoever asks must not know that it does.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }
    pub(crate) fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed")
    }
    /// 409: it contradicts the present state, such as nights that are taken.
    #[must_use]
    pub fn conflict(code: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, code)
    }
    /// 422: fields are wrong.
    #[must_use]
    pub fn invalid(errors: &FieldErrors) -> Self {
        let problem = |e: &kernel::FieldError| FieldProblem {
            field: e.field.to_owned(),
            code: e.code.into(),
            bound: e.bound.clone(),
        };
        Self::invalid_fields(errors.iter().map(problem).collect())
    }
    pub(crate) fn invalid_fields(fields: Vec<FieldProblem>) -> Self {
        let mut error = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        error.0.fields = fields;
        error
    }
    /// 429: try again after so many seconds.
    #[must_use]
    pub fn too_many_requests(seconds: u32) -> Self {
        let mut error = Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests");
        error.0.retry_after = Some(seconds);
        error
    }
    /// 409: the form belongs to this organization, and another one is active now. The page offers the switch.
    #[must_use]
    pub fn organization_changed(to: OrganizationId) -> Self {
        let mut error = Self::conflict("organization_changed");
        error.0.organization_id = Some(to);
        error
    }

    /// Adds an English sentence for developers who use the JSON interface. Never what a client sent, never a cause.
    #[must_use]
    pub fn detail(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(text.into());
        self
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0.code
    }
    /// What is wrong with which field.
    #[must_use]
    pub fn fields(&self) -> &[FieldProblem] {
        &self.0.fields
    }
    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }
}

impl From<Fault> for WebError {
    fn from(fault: Fault) -> Self {
        let mut error = if fault.is_busy() {
            let mut busy = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy");
            busy.0.retry_after = Some(2);
            busy
        } else {
            Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")
        };
        error.0.fault = Some(fault);
        error
    }
}

impl From<Denied> for WebError {
    fn from(denied: Denied) -> Self {
        Self::forbidden().detail(denied.to_string())
    }
}

impl From<FieldErrors> for WebError {
    fn from(errors: FieldErrors) -> Self {
        Self::invalid(&errors)
    }
}

impl fmt::Debug for WebError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?} {:?}", self.0.status, self.0.code, self.0.fields, self.0.fault)
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(Failure(Arc::new(self)));
        response
    }
}
