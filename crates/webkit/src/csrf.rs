//! Keeping other sites' pages from acting in a visitor's name.
//!
//! Three walls: the browser's own word on where a request comes from (`Sec-Fetch-Site`, or `Origin` from browsers and
//! connections without it), a token in the form, and `SameSite` cookies.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use http::{HeaderMap, StatusCode, header};
use kernel::{Env, OrganizationId};
use uuid::Uuid;

use crate::{PublicUrl, WebError, keys::Keys};

const PURPOSE: &str = "form token 1";
/// The organization's id and the keyed hash.
const BYTES: usize = 16 + 32;

/// Whose forms.
pub(crate) enum Binding {
    /// Those of a session.
    Session([u8; 32]),
    /// Those of an anonymous visitor with this secret in a cookie.
    Visit(String),
}

impl Binding {
    fn parts(&self) -> [&[u8]; 2] {
        match self {
            Self::Session(secret) => [b"session", secret],
            Self::Visit(secret) => [b"visit", secret.as_bytes()],
        }
    }
}

/// A refusal that a person mends by loading the page again.
pub(crate) fn refused() -> WebError {
    WebError::new(StatusCode::FORBIDDEN, "csrf_failed")
}

/// Checks that a request which changes something comes from a page of ours.
pub(crate) fn check_source(headers: &HeaderMap, ours: &PublicUrl) -> Result<(), WebError> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    let from_us = match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => ours.is_ours(origin),
        (None, None) => false,
    };
    if from_us { Ok(()) } else { Err(refused().detail("the request does not come from a page of this site")) }
}

/// A token for the forms of one page. It is masked anew each time, so that a compressed page does not reveal it.
pub(crate) fn issue(keys: &Keys, env: &Env, binding: &Binding, active: Option<OrganizationId>) -> String {
    let organization = active.map_or(Uuid::nil(), OrganizationId::uuid);
    let mask = env.random_bytes::<BYTES>();
    let hash = sign(keys, binding, organization);
    let masked = mask.iter().zip(organization.as_bytes().iter().chain(&hash)).map(|(mask, byte)| mask ^ byte);
    BASE64_URL_SAFE_NO_PAD.encode(mask.iter().copied().chain(masked).collect::<Vec<u8>>())
}

/// Checks a token.
///
/// # Errors
/// 403 when it is not one of ours for this visitor; 409 when it is, but another organization is active now.
pub(crate) fn check(
    keys: &Keys,
    token: &str,
    binding: &Binding,
    active: Option<OrganizationId>,
) -> Result<(), WebError> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
    let (mask, masked) = bytes.split_at_checked(BYTES).filter(|(_, rest)| rest.len() == BYTES).ok_or_else(refused)?;
    let plain: Vec<u8> = mask.iter().zip(masked).map(|(mask, byte)| mask ^ byte).collect();
    let (organization, hash) = plain.split_at_checked(16).ok_or_else(refused)?;
    let organization = Uuid::from_slice(organization).map_err(|_| refused())?;
    let [kind, secret] = binding.parts();
    if !keys.verify(PURPOSE, &[kind, secret, organization.as_bytes()], hash) {
        return Err(refused());
    }
    if organization == active.map_or(Uuid::nil(), OrganizationId::uuid) {
        Ok(())
    } else if organization.is_nil() {
        // Rendered before any organization was entered: there is none to switch back to.
        Err(refused())
    } else {
        Err(WebError::organization_changed(OrganizationId::from_uuid(organization)))
    }
}

fn sign(keys: &Keys, binding: &Binding, organization: Uuid) -> [u8; 32] {
    let [kind, secret] = binding.parts();
    keys.sign(PURPOSE, &[kind, secret, organization.as_bytes()])
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use kernel::{SeededRandomness, SystemClock};

    use super::*;

    fn organization(n: u128) -> Option<OrganizationId> {
        Some(OrganizationId::from_uuid(Uuid::from_u128(n)))
    }

    #[test]
    fn a_token_is_for_one_visitor_and_one_organization() {
        let (keys, env) = (Keys::new([1; 32]), Env::new(SystemClock, SeededRandomness::new(1)));
        let mine = Binding::Session([1; 32]);
        let token = issue(&keys, &env, &mine, organization(1));
        assert_ne!(token, issue(&keys, &env, &mine, organization(1)), "masked anew");
        assert!(check(&keys, &token, &mine, organization(1)).is_ok());

        let other = check(&keys, &token, &mine, organization(2)).unwrap_err();
        assert_eq!((other.status(), other.code()), (StatusCode::CONFLICT, "organization_changed"));
        assert_eq!(other.inner().organization_id, organization(1));

        for (keys, binding) in [
            (&keys, Binding::Session([2; 32])),
            (&keys, Binding::Visit("\u{1}".repeat(32))),
            (&Keys::new([2; 32]), Binding::Session([1; 32])),
        ] {
            assert_eq!(check(keys, &token, &binding, organization(1)).unwrap_err().code(), "csrf_failed");
        }
        for forged in ["", "x", &token[1..], &format!("{token}AAAA"), &"A".repeat(128), &token.to_uppercase()] {
            assert_eq!(check(&keys, forged, &mine, organization(1)).unwrap_err().code(), "csrf_failed");
        }
    }

    #[test]
    fn only_pages_of_ours_may_send_forms() {
        let ours = PublicUrl::parse("https://stays.example").unwrap();
        let check = |pairs: &[(&'static str, &'static str)]| {
            let headers: HeaderMap =
                pairs.iter().map(|(n, v)| (n.parse().unwrap(), HeaderValue::from_static(v))).collect();
            check_source(&headers, &ours).is_ok()
        };
        let origin = ("origin", "https://stays.example");
        assert!(check(&[("sec-fetch-site", "same-origin")]));
        assert!(check(&[origin]));
        for site in ["cross-site", "same-site", "none", ""] {
            assert!(!check(&[("sec-fetch-site", site), origin]), "{site}: the browser's word comes first");
        }
        for foreign in ["null", "https://evil.example", "http://stays.example", "https://a.stays.example", ""] {
            assert!(!check(&[("origin", foreign)]), "{foreign}");
        }
        assert!(!check(&[]));
    }
}
