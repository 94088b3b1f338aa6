//! A browser and an API client in process, for tests of routes.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "test support: a broken expectation is a failed test"
)]

use std::collections::BTreeMap;

use axum::{Router, body::Body};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;
use url::form_urlencoded;

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

impl Answer {
    /// A header's text; empty when it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap_or(""))
    }
    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a JSON body")
    }
    /// The token in the first form of the page, or in htmx's header.
    #[must_use]
    pub fn csrf_token(&self) -> Option<String> {
        let after = self.body.split("name=\"csrf_token\" value=\"").nth(1)?;
        after.split('"').next().map(str::to_owned)
    }
}

/// A client with its own cookies. It behaves as a browser on a page of ours: it sends `Sec-Fetch-Site: same-origin`, and
/// the token of the last page that had one with each form.
#[derive(Clone)]
pub struct Client {
    router: Router,
    host: String,
    cookies: BTreeMap<String, String>,
    headers: HeaderMap,
    csrf_token: String,
}

impl Client {
    /// A new client of an assembled router; `host` is the one of its public address, such as `127.0.0.1:8080`.
    #[must_use]
    pub fn new(router: Router, host: &str) -> Self {
        let (cookies, headers, csrf_token) = (BTreeMap::new(), HeaderMap::new(), String::new());
        Self { router, host: host.to_owned(), cookies, headers, csrf_token }
    }

    /// The same client with a header on every request from now on; an empty value takes it away again.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        let name = HeaderName::from_static(name);
        if value.is_empty() {
            self.headers.remove(name);
        } else {
            self.headers.insert(name, HeaderValue::from_str(value).expect("a header's value"));
        }
        self
    }

    /// The same client with an API token.
    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    /// The same client with a cookie, by its full name.
    #[must_use]
    pub fn cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The value of a cookie by its full name, when there is one.
    #[must_use]
    pub fn cookie_value(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Sends any request, with the host, headers and cookies of this client where the request has none.
    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let (mut parts, body) = request.into_parts();
        for (name, value) in &self.headers {
            parts.headers.entry(name).or_insert(value.clone());
        }
        let host = HeaderValue::from_str(&self.host).expect("a host");
        parts.headers.entry(header::HOST).or_insert(host);
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let cookies = HeaderValue::from_str(&pairs.join("; ")).expect("cookies");
            parts.headers.entry(header::COOKIE).or_insert(cookies);
        }
        let response = self.router.clone().oneshot(Request::from_parts(parts, body)).await.expect("a router answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a whole body").to_bytes();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("a cookie");
            let (name, value) = text.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie's name");
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let body = String::from_utf8_lossy(&bytes).into_owned();
        let answer = Answer { status: parts.status, headers: parts.headers, body };
        if let Some(token) = answer.csrf_token() {
            self.csrf_token = token;
        }
        answer
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a path")).await
    }

    /// Sends a form with the token of the last page.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.csrf_token.clone();
        self.post_with(path, &token, fields).await
    }

    /// Sends a form with this token; none when it is empty.
    pub async fn post_with(&mut self, path: &str, token: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        if !token.is_empty() {
            form.append_pair("csrf_token", token);
        }
        let body = form.extend_pairs(fields).finish();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(body)).expect("a path")).await
    }

    /// Calls the JSON interface with a body.
    pub async fn json(&mut self, method: Method, path: &str, body: &Value) -> Answer {
        let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).expect("a path")).await
    }
}
