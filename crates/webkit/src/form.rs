//! Forms, readable only after the route's checks.

use axum::extract::FromRequestParts;
use http::{StatusCode, request::Parts};
use serde::{Deserialize, de::DeserializeOwned};
use url::form_urlencoded;

use crate::{CsrfClass, WebError, web};

/// The field of the token.
pub(crate) const FIELD: &str = "csrf_token";

/// The body of a form whose source and token were verified. Only the route's check puts it into a request.
#[derive(Clone)]
pub(crate) struct Verified(pub(crate) axum::body::Bytes);

/// The token in a form's body.
pub(crate) fn token(body: &[u8]) -> Option<String> {
    form_urlencoded::parse(body).find(|(name, _)| name == FIELD).map(|(_, value)| value.into_owned())
}

/// The fields of a form. They can be had only when the request was proven to come from a page of ours.
///
/// A field that the type reads once and the form brings twice is refused (400). Give every field the type `String` (or
/// `Vec<String>`, `Option<String>` for a check box) and parse in the model, so that the form can be shown again with what was typed.
#[derive(Debug)]
pub struct Csrf<T>(pub T);

/// A form without fields of its own: a button.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoFields {}

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Csrf<T> {
    type Rejection = WebError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        let web = web::of(parts)?;
        if web.entry().is_none_or(|entry| entry.csrf != CsrfClass::Form) {
            return Err(kernel::Fault::invariant("a form on a route that takes none").into());
        }
        let Verified(body) = parts
            .extensions
            .get::<Verified>()
            .cloned()
            .ok_or_else(|| WebError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"))?;
        parse(&body).map(Self)
    }
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, WebError> {
    // Without the token, so that a type may refuse unknown fields.
    let fields: Vec<&[u8]> = body
        .split(|byte| *byte == b'&')
        .filter(|pair| form_urlencoded::parse(pair).next().is_some_and(|(name, _)| name != FIELD))
        .collect();
    serde_html_form::from_bytes(&fields.join(&b'&')).map_err(|_| WebError::bad_request("malformed"))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct StayForm {
        guest: String,
        #[serde(default)]
        unit: Vec<String>,
        notes: Option<String>,
    }

    #[test]
    fn fields_are_read_as_typed_without_the_token() {
        let form: StayForm = parse(b"csrf_token=x&guest=O%27Brien+%26+Zo%C3%AB&unit=1&unit=2&notes=").unwrap();
        assert_eq!(form.guest, "O'Brien & Zoë");
        assert_eq!(form.unit, ["1", "2"]);
        assert_eq!(form.notes.as_deref(), Some(""));
        assert_eq!(token(b"a=1&csrf%5Ftoken=a%2Bb").as_deref(), Some("a+b"));
    }

    #[test]
    fn repeated_missing_and_unknown_fields_are_refused() {
        for body in ["guest=a&guest=b", "unit=1", "guest=a&role=manager", "", "guest=a&notes=b&notes=c"] {
            let error = parse::<StayForm>(body.as_bytes()).unwrap_err();
            assert_eq!(error.status(), StatusCode::BAD_REQUEST, "{body}");
        }
    }
}
