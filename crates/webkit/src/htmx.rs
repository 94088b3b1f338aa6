//! What htmx 4 says about its request.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::{HeaderMap, HeaderName, request::Parts};

pub(crate) const REDIRECT: HeaderName = HeaderName::from_static("hx-redirect");
pub(crate) const RETARGET: HeaderName = HeaderName::from_static("hx-retarget");
pub(crate) const RESWAP: HeaderName = HeaderName::from_static("hx-reswap");
pub(crate) const RESELECT: HeaderName = HeaderName::from_static("hx-reselect");
pub(crate) const PUSH_URL: HeaderName = HeaderName::from_static("hx-push-url");

/// Facts of a request made by htmx; all empty for one made by the browser itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Htmx {
    /// Whether htmx made the request.
    pub is_request: bool,
    /// Whether it replaces the whole page: its target is the body, or it selects from a whole page.
    pub is_full: bool,
    /// The element that receives the answer, as `tag#id` or `tag`.
    pub target: Option<String>,
    /// The element that caused the request, as `tag#id` or `tag`.
    pub source: Option<String>,
    /// The address that the browser shows.
    pub current_url: Option<String>,
}

impl Htmx {
    /// Reads the headers.
    #[must_use]
    pub fn read(headers: &HeaderMap) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        if text("hx-request") != Some("true") {
            return Self::default();
        }
        let restores = text("hx-history-restore-request") == Some("true");
        Self {
            is_request: true,
            is_full: restores || text("hx-request-type") == Some("full"),
            target: text("hx-target").map(str::to_owned),
            source: text("hx-source").map(str::to_owned),
            current_url: text("hx-current-url").map(str::to_owned),
        }
    }

    /// Whether a part of a page is asked for, so that the handler may answer with the fragment alone.
    #[must_use]
    pub const fn is_partial(&self) -> bool {
        self.is_request && !self.is_full
    }

    /// Whether the element that receives the answer has this id.
    #[must_use]
    pub fn targets(&self, id: &str) -> bool {
        self.target.as_deref().and_then(|target| target.split_once('#')).is_some_and(|(_, target)| target == id)
    }
}

impl<S: Sync> FromRequestParts<S> for Htmx {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::read(&parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn read(pairs: &[(&'static str, &'static str)]) -> Htmx {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        Htmx::read(&headers)
    }

    #[test]
    fn a_fragment_is_for_requests_with_a_target_of_their_own() {
        let partial = read(&[("hx-request", "true"), ("hx-request-type", "partial"), ("hx-target", "div#list")]);
        assert!(partial.is_partial() && partial.targets("list") && !partial.targets("div"));
        assert!(!read(&[("hx-request", "true"), ("hx-request-type", "full")]).is_partial());
        assert!(!read(&[("hx-request", "true"), ("hx-history-restore-request", "true")]).is_partial());
        assert_eq!(read(&[("hx-target", "div#list")]), Htmx::default());
    }
}
