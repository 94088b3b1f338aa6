//! Cookies: always `HttpOnly`, `SameSite=Lax`, on `/`; over https also `Secure` and with the `__Host-` prefix, so that no
//! sibling host can plant one.

use http::{HeaderMap, HeaderValue, header};

/// A cookie to set. The value must be of characters that need no escaping, such as base64url.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    /// The name without prefix.
    pub name: &'static str,
    /// The value; empty removes the cookie.
    pub value: String,
    /// Seconds to keep it; `None` until the browser closes.
    pub max_age: Option<u32>,
}

impl Cookie {
    /// A cookie that lives until the browser closes.
    #[must_use]
    pub fn session(name: &'static str, value: impl Into<String>) -> Self {
        Self { name, value: value.into(), max_age: None }
    }

    /// A cookie that lives this many seconds.
    #[must_use]
    pub fn lasting(name: &'static str, value: impl Into<String>, seconds: u32) -> Self {
        Self { name, value: value.into(), max_age: Some(seconds) }
    }

    /// The removal of a cookie.
    #[must_use]
    pub const fn removed(name: &'static str) -> Self {
        Self { name, value: String::new(), max_age: Some(0) }
    }

    /// The `Set-Cookie` header; `None` for a value that no header may hold.
    pub(crate) fn header(&self, https: bool) -> Option<HeaderValue> {
        let prefix = prefix(https);
        let mut text = format!("{prefix}{}={}; Path=/; HttpOnly; SameSite=Lax", self.name, self.value);
        if let Some(seconds) = self.max_age {
            text.push_str(&format!("; Max-Age={seconds}"));
        }
        if https {
            text.push_str("; Secure");
        }
        HeaderValue::from_str(&text).ok().filter(|_| !self.value.contains([';', ',', ' ', '"', '\\']))
    }
}

const fn prefix(https: bool) -> &'static str {
    if https { "__Host-" } else { "" }
}

/// The cookies of a request, by name without prefix.
#[derive(Debug, Clone, Default)]
pub struct Cookies(Vec<(String, String)>);

impl Cookies {
    /// Reads the `Cookie` headers. Over https only names with the `__Host-` prefix count.
    pub(crate) fn read(headers: &HeaderMap, https: bool) -> Self {
        let pairs = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter_map(|(name, value)| Some((name.strip_prefix(prefix(https))?.to_owned(), value.to_owned())));
        Self(pairs.collect())
    }

    /// The value of a cookie.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_https_cookies_are_secure_and_host_only_over_http_plain() {
        let cookie = Cookie::lasting("session", "abc", 60);
        assert_eq!(
            cookie.header(true).unwrap(),
            "__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure"
        );
        assert_eq!(cookie.header(false).unwrap(), "session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
        assert_eq!(Cookie::removed("a").header(false).unwrap(), "a=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    #[test]
    fn a_value_cannot_add_attributes_or_headers() {
        for value in ["a; Domain=evil", "a\r\nSet-Cookie: b=c", "a b", "a\"b"] {
            assert_eq!(Cookie::session("x", value).header(true), None, "{value}");
        }
    }

    #[test]
    fn over_https_a_cookie_without_the_prefix_is_not_ours() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("session=tossed; __Host-session=ours"));
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-flash=f=1"));
        let cookies = Cookies::read(&headers, true);
        assert_eq!((cookies.get("session"), cookies.get("flash")), (Some("ours"), Some("f=1")));
        assert_eq!(Cookies::read(&headers, false).get("session"), Some("tossed"));
    }
}
