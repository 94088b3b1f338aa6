//! What an installation gives the plumbing: its address, secret, limits, and the three things the application implements.

use std::{sync::Arc, time::Duration};

use ipnet::IpNet;
use kernel::Env;
use url::{Host, Url};

use crate::{ActorSource, ErrorPages, IdempotencyStore, LimitSettings, Limits, keys::Keys};

/// The address under which browsers reach the installation.
#[derive(Debug, Clone)]
pub struct PublicUrl {
    url: Url,
    origin: String,
}

impl PublicUrl {
    /// Reads an address such as `https://stays.example`.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence's second half: it must be http or https, with a host and nothing after it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let url = Url::parse(text).map_err(|_| "is not an address such as https://stays.example")?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("must begin with http:// or https://");
        }
        let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !plain || !url.username().is_empty() || url.password().is_some() {
            return Err("must be a scheme, a host and at most a port");
        }
        Ok(Self { origin: url.origin().ascii_serialization(), url })
    }

    /// Scheme, host and port, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether browsers come over https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The absolute address of a path that begins with a slash.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Whether an origin is ours. On a loopback address every name of the loopback is: a demo is opened by either.
    pub(crate) fn is_ours(&self, origin: &str) -> bool {
        let Ok(other) = Url::parse(origin) else { return false };
        let same_host = other.host() == self.url.host() || (is_loopback(&other) && is_loopback(&self.url));
        let bare = other.path() == "/" && other.query().is_none() && other.username().is_empty();
        same_host
            && bare
            && other.scheme() == self.url.scheme()
            && other.port_or_known_default() == self.url.port_or_known_default()
    }

    /// Whether a `Host` header names us.
    pub(crate) fn is_our_host(&self, host: &str) -> bool {
        let clean = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]_".contains(&b));
        clean && self.is_ours(&format!("{}://{host}", self.url.scheme()))
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// What an installation configures.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where browsers reach it.
    pub public_url: PublicUrl,
    /// Proxies whose `X-Forwarded-For` and `X-Request-Id` are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// How many requests of each class.
    pub limits: LimitSettings,
    /// How long a request may take before it is given up with 503.
    pub request_timeout: Duration,
}

/// The plumbing of one installation. Build it once, hand it to [`crate::assemble`].
pub struct Kit {
    pub(crate) env: Env,
    pub(crate) settings: Settings,
    pub(crate) keys: Keys,
    pub(crate) limits: Limits,
    pub(crate) actors: Arc<dyn ActorSource>,
    pub(crate) errors: Arc<dyn ErrorPages>,
    pub(crate) idempotency: Arc<dyn IdempotencyStore>,
}

impl Kit {
    /// `secret` is 32 random bytes that all instances of the installation share and that survive a restart.
    #[must_use]
    pub fn new(
        env: Env,
        secret: [u8; 32],
        settings: Settings,
        actors: Arc<dyn ActorSource>,
        errors: Arc<dyn ErrorPages>,
        idempotency: Arc<dyn IdempotencyStore>,
    ) -> Arc<Self> {
        let limits = Limits::new(&settings.limits);
        Arc::new(Self { env, settings, keys: Keys::new(secret), limits, actors, errors, idempotency })
    }

    /// The address of the installation.
    #[must_use]
    pub const fn public_url(&self) -> &PublicUrl {
        &self.settings.public_url
    }

    /// The rate limits, for what a handler limits by something it read, such as the account named in a sign-in form.
    #[must_use]
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(crate) fn is_https(&self) -> bool {
        self.settings.public_url.is_https()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_an_origin_and_nothing_else() {
        for bad in [
            "",
            "stays.example",
            "ftp://a.example",
            "https://a.example/app",
            "https://u:p@a.example",
            "https://a.example/?q",
        ] {
            assert!(PublicUrl::parse(bad).is_err(), "{bad}");
        }
        let url = PublicUrl::parse("https://Stays.Example:443/").unwrap();
        assert_eq!((url.origin(), url.join("/a").as_str()), ("https://stays.example", "https://stays.example/a"));
    }

    #[test]
    fn only_our_own_host_and_origin_are_ours() {
        let url = PublicUrl::parse("https://stays.example").unwrap();
        for ours in ["stays.example", "STAYS.example", "stays.example:443"] {
            assert!(url.is_our_host(ours), "{ours}");
        }
        for foreign in [
            "",
            "evil.example",
            "stays.example.evil.example",
            "stays.example:444",
            "stays.example@evil.example",
            "evil.example/stays.example",
            "stays.example,evil.example",
            "localhost",
        ] {
            assert!(!url.is_our_host(foreign), "{foreign}");
        }
        assert!(url.is_ours("https://stays.example"));
        for foreign in ["http://stays.example", "null", "", "https://a.stays.example", "https://stays.example/x"] {
            assert!(!url.is_ours(foreign), "{foreign}");
        }
        let demo = PublicUrl::parse("http://127.0.0.1:8080").unwrap();
        assert!(demo.is_our_host("localhost:8080") && demo.is_our_host("[::1]:8080"));
        assert!(!demo.is_our_host("localhost:9090") && !demo.is_our_host("evil.example:8080"));
    }
}
