//! The only way out of this program to an address that a person gave.
//!
//! Invariants: only https on port 443, and only to public addresses, in every notation, at the moment of connecting and after
//! every redirect; bounded time, size and redirects; no proxy, cookies or credentials. What went wrong is told coarsely, so that
//! answers do not map the network this runs in. Addresses of private calendars are secrets: neither errors nor log lines hold
//! more of them than the host.
//!
//! `feeds.allow_local_addresses`, which production refuses, opens http, other ports and local addresses for trying things out.

mod address;
#[cfg(test)]
pub(crate) mod canned;
mod http;
mod resolver;
mod target;

#[cfg(test)]
mod tests;

use std::time::Duration;

use async_trait::async_trait;
use url::Url;

pub use address::is_public;
pub(crate) use http::tls;
pub use http::{FetcherSetupError, HttpFetcher};
pub use resolver::{Lookup, SystemLookup};
pub use target::AddressError;

/// Gets calendars of other sites.
#[async_trait]
pub trait Fetcher: Send + Sync {
    /// What would be fetched for an address as a person types it; for checking a form.
    ///
    /// # Errors
    /// When the address can be seen not to be allowed without asking anyone.
    fn check(&self, address: &str) -> Result<Url, AddressError>;

    /// Fetches an address.
    ///
    /// # Errors
    /// When there is no complete good answer.
    async fn fetch(&self, request: &FetchRequest) -> Result<Fetched, FetchError>;
}

/// What to fetch, and what is known of it.
#[derive(Clone, Default)]
pub struct FetchRequest {
    /// As a person typed it.
    pub address: String,
    /// `ETag` of the last good answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last good answer.
    pub last_modified: Option<String>,
}

/// A good answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// The same as last time.
    NotModified,
    /// A complete body.
    Body(FetchedBody),
}

/// A complete body, and what to send next time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchedBody {
    /// The body, decompressed.
    pub bytes: Vec<u8>,
    /// `ETag`, when the server gave one.
    pub etag: Option<String>,
    /// `Last-Modified`, when the server gave one.
    pub last_modified: Option<String>,
}

/// Why there is no good answer, as coarse as people may see it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address, or one that it redirects to, is not allowed.
    #[error("the address is not allowed: {0}")]
    Refused(#[from] AddressError),
    /// No answer came: the name is unknown or leads to where we do not go, nothing answers there, its certificate is not
    /// good, or it took too long to begin.
    #[error("the address cannot be reached")]
    Unreachable,
    /// The answer took too long to end.
    #[error("the answer took too long")]
    TooSlow,
    /// The answer is larger than a calendar may be.
    #[error("the answer is too large")]
    TooLarge,
    /// The answer was cut off, or is not what its headers say.
    #[error("the answer was cut off")]
    Incomplete,
    /// It redirects too often.
    #[error("the address redirects too often")]
    TooManyRedirects,
    /// The site answered that it has no calendar for us.
    #[error("the site answered with status {status}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// How long the site asks to be left alone.
        retry_after: Option<Duration>,
    },
}

impl FetchError {
    /// A stable word for storing and for choosing a text.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Unreachable => "unreachable",
            Self::TooSlow => "too_slow",
            Self::TooLarge => "too_large",
            Self::Incomplete => "incomplete",
            Self::TooManyRedirects => "too_many_redirects",
            Self::Status { .. } => "status",
        }
    }
}
