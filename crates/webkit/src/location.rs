//! Where to go next: redirects, and the addresses that may be followed.

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use percent_encoding::percent_decode_str;
use url::{Url, form_urlencoded};

use crate::{Htmx, WebError, htmx};

const SIGN_IN: &str = "/sign-in";

/// A path of ours that somebody asks to be sent to after signing in, or `None` when a browser could leave our origin
/// by it. The answer is in the form in which a browser would send it.
#[must_use]
pub fn safe_next(path: &str) -> Option<String> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let harmless = |text: &str| {
        text.starts_with('/')
            && !text.starts_with("//")
            && !text.contains('\\')
            && !text.chars().any(|c| c.is_control() || c.is_whitespace())
    };
    // Decoded too, for whoever decodes once more before redirecting.
    if path.len() > 2000
        || !harmless(path)
        || !decoded.starts_with('/')
        || decoded.starts_with("//")
        || decoded.contains('\\')
    {
        return None;
    }
    let base = Url::parse("http://ours.invalid/").ok()?;
    let url = base.join(path).ok().filter(|url| url.origin() == base.origin() && !url.path().starts_with("//"))?;
    if url.path().starts_with("/api/") || url.path() == SIGN_IN {
        return None;
    }
    Some(url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path())))
}

/// The sign-in page, which leads on to `next`.
#[must_use]
pub fn sign_in_location(next: Option<&str>) -> String {
    match next.and_then(safe_next) {
        Some(next) => {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", &next).finish();
            format!("{SIGN_IN}?{query}")
        }
        None => SIGN_IN.to_owned(),
    }
}

/// After a form: 303 to a path of ours.
#[must_use]
pub fn see_other(path: &str) -> Response {
    to(StatusCode::SEE_OTHER, header::LOCATION, path)
}

/// As [`see_other`], but htmx is told to load the page whole instead of swapping it into a part of this one.
pub(crate) fn redirect(htmx: &Htmx, path: &str) -> Response {
    if htmx.is_request { to(StatusCode::NO_CONTENT, htmx::REDIRECT, path) } else { see_other(path) }
}

fn to(status: StatusCode, name: HeaderName, path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(value) if path.starts_with('/') && !path.starts_with("//") => (status, [(name, value)]).into_response(),
        _ => WebError::from(kernel::Fault::invariant("a redirect that is no path of ours")).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_our_own_are_followed() {
        for (path, kept) in [
            ("/", "/"),
            ("/stays?from=2027-01-04&unit=1", "/stays?from=2027-01-04&unit=1"),
            ("/a/../b", "/b"),
            ("/stays#part", "/stays"),
            ("/caf%C3%A9", "/caf%C3%A9"),
            ("/é", "/%C3%A9"),
            ("/@evil.example", "/@evil.example"),
            ("/a?next=//evil.example", "/a?next=//evil.example"),
        ] {
            assert_eq!(safe_next(path).as_deref(), Some(kept), "{path}");
        }
        for path in [
            "",
            "stays",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "/a\\b",
            "https:evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\n/evil.example",
            "\t//evil.example",
            " //evil.example",
            "/%2f%2fevil.example",
            "/%2Fevil.example",
            "/%5cevil.example",
            "%2f%2fevil.example",
            "/.//evil.example",
            "/..//evil.example",
            "/a/..//evil.example",
            "/\u{a0}x",
            "/\u{0}",
            "/sign-in",
            "/sign-in?next=/",
            "/api/v1/stays",
            "/%ff",
            "@evil.example",
            "?a",
            "#a",
            "data:text/html,x",
        ] {
            assert_eq!(safe_next(path), None, "{path:?}");
        }
        assert_eq!(safe_next(&format!("/{}", "a".repeat(2000))), None);
    }

    #[test]
    fn sign_in_leads_on_to_where_one_wanted_to_go() {
        assert_eq!(sign_in_location(Some("/stays?a=b&c")), "/sign-in?next=%2Fstays%3Fa%3Db%26c");
        assert_eq!(sign_in_location(Some("//evil.example")), "/sign-in");
    }

    #[test]
    fn a_redirect_never_leaves() {
        assert_eq!(see_other("/stays").status(), StatusCode::SEE_OTHER);
        assert_eq!(see_other("//evil.example").status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(see_other("https://evil.example").status(), StatusCode::INTERNAL_SERVER_ERROR);
        let htmx = Htmx { is_request: true, ..Htmx::default() };
        assert_eq!(redirect(&htmx, "/stays").headers()["hx-redirect"], "/stays");
    }
}
