//! From what a person typed to an address that may be fetched.

use std::net::IpAddr;

use url::{Host, Url};

use super::address::is_public;

/// Longer addresses are not of calendars.
const MAX_LEN: usize = 2_000;

/// Names that stand for this machine or its network by convention.
const LOCAL_SUFFIXES: &[&str] = &["localhost", "local", "internal", "intranet", "lan", "home.arpa", "corp", "home"];

/// How far out, or in, a fetch may go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    /// Whether an address may be connected to.
    pub(super) allows: fn(IpAddr) -> bool,
    /// Whether http, other ports than 443 and names without a dot are allowed too.
    pub(super) any_service: bool,
}

impl Reach {
    /// The public internet by https.
    pub(super) const PUBLIC: Self = Self { allows: is_public, any_service: false };
    /// Anything; for development.
    pub(super) const ANYWHERE: Self = Self { allows: |_| true, any_service: true };
}

/// What can be seen to be wrong with an address without asking anyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is not an address of the web.
    #[error("it is not a web address")]
    Malformed,
    /// It is longer than 2,000 bytes.
    #[error("it is too long")]
    TooLong,
    /// It does not begin with `https://` (or `webcal://`, which becomes that).
    #[error("it must begin with https://")]
    NotHttps,
    /// It has a port other than 443.
    #[error("it must not have a port")]
    Port,
    /// It has a user name or a password in it.
    #[error("it must not have a user name or a password in it")]
    Credentials,
    /// It is of this machine or its network.
    #[error("it must be on the public internet")]
    NotPublic,
}

impl AddressError {
    /// A stable word for choosing a text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::TooLong => "too_long",
            Self::NotHttps => "not_https",
            Self::Port => "port",
            Self::Credentials => "credentials",
            Self::NotPublic => "not_public",
        }
    }
}

/// Parses an address once, by the rules of browsers, which know every notation of IP addresses; what is checked here is what
/// is connected to.
pub(super) fn parse(typed: &str, reach: Reach) -> Result<Url, AddressError> {
    let typed = typed.trim();
    if typed.len() > MAX_LEN {
        return Err(AddressError::TooLong);
    }
    // Before parsing: in an address of an unknown scheme the host would be kept as it was typed.
    let https = ["webcal://", "webcals://"].iter().find_map(|prefix| {
        let scheme = typed.get(..prefix.len())?;
        scheme
            .eq_ignore_ascii_case(prefix)
            .then(|| format!("https://{}", typed.get(prefix.len()..).unwrap_or_default()))
    });
    let url = Url::parse(https.as_deref().unwrap_or(typed)).map_err(|_| AddressError::Malformed)?;
    check(url, reach)
}

/// The address that a redirect leads to.
pub(super) fn redirected(from: &Url, location: &str, reach: Reach) -> Result<Url, AddressError> {
    let url = from.join(location).map_err(|_| AddressError::Malformed)?;
    if url.as_str().len() > MAX_LEN {
        return Err(AddressError::TooLong);
    }
    if from.scheme() == "https" && url.scheme() != "https" {
        return Err(AddressError::NotHttps);
    }
    check(url, reach)
}

fn check(mut url: Url, reach: Reach) -> Result<Url, AddressError> {
    match url.scheme() {
        "https" => {}
        "http" if reach.any_service => {}
        _ => return Err(AddressError::NotHttps),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::Credentials);
    }
    let public = match url.host() {
        Some(Host::Ipv4(address)) => (reach.allows)(address.into()),
        Some(Host::Ipv6(address)) => (reach.allows)(address.into()),
        // Resolved, and checked again, when connecting.
        Some(Host::Domain(name)) => reach.any_service || is_public_name(name),
        None => return Err(AddressError::Malformed),
    };
    if !public {
        return Err(AddressError::NotPublic);
    }
    if !reach.any_service && url.port_or_known_default() != Some(443) {
        return Err(AddressError::Port);
    }
    url.set_fragment(None);
    Ok(url)
}

/// Whether a name has a dot (one without is completed by the local network's search list) and no ending of local names.
fn is_public_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let local = |suffix: &&str| name.strip_suffix(*suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    name.contains('.') && !LOCAL_SUFFIXES.iter().any(local)
}
