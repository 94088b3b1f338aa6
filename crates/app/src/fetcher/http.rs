//! The fetcher that goes out.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use http::header::{ACCEPT, DATE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER};
use http::{HeaderMap, HeaderName, StatusCode};
use reqwest::{Client, Response};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::resolver::{GuardedResolver, Lookup, SystemLookup};
use super::target::{self, Reach};
use super::{AddressError, FetchError, FetchRequest, Fetched, FetchedBody, Fetcher};
use crate::config::Feeds;

const USER_AGENT: &str = concat!("landlord/", env!("CARGO_PKG_VERSION"), " (calendar import)");
/// A validator that is longer is not kept.
const MAX_VALIDATOR: usize = 1_000;

/// Why the fetcher cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum FetcherSetupError {
    /// The file of additional certificates is not usable.
    #[error("feeds.extra_ca_file {path} cannot be used: {reason}", path = .path.display())]
    Certificates {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// TLS cannot be set up.
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] rustls::Error),
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up: {0}")]
    Client(#[from] reqwest::Error),
}

/// Fetches over the network.
pub struct HttpFetcher {
    client: Client,
    reach: Reach,
    timeout: Duration,
    max_body: usize,
    max_redirects: u8,
}

impl HttpFetcher {
    /// A fetcher with the limits of the configuration.
    ///
    /// # Errors
    /// When the additional certificates cannot be read, or TLS cannot be set up.
    pub fn new(config: &Feeds) -> Result<Self, FetcherSetupError> {
        let reach = if config.allow_local_addresses { Reach::ANYWHERE } else { Reach::PUBLIC };
        Self::with(config, reach, Arc::new(SystemLookup))
    }

    pub(super) fn with(config: &Feeds, reach: Reach, lookup: Arc<dyn Lookup>) -> Result<Self, FetcherSetupError> {
        let client = Client::builder()
            .tls_backend_preconfigured(tls(config.extra_ca_file.as_deref())?)
            .dns_resolver(GuardedResolver { lookup, reach })
            .user_agent(USER_AGENT)
            // A proxy would resolve names out of our sight; redirects are followed here, each checked.
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            // Connections are not kept: a fetch every quarter of an hour gains nothing from them.
            .pool_max_idle_per_host(0)
            .build()?;
        let max_body = config.max_body.get();
        Ok(Self { client, reach, timeout: config.timeout, max_body, max_redirects: config.max_redirects })
    }

    /// Follows redirects up to an answer that is none.
    async fn open(&self, request: &FetchRequest) -> Result<Response, FetchError> {
        let mut url = target::parse(&request.address, self.reach)?;
        for _ in 0..=self.max_redirects {
            let response = self.send(&url, request).await?;
            let location = match response.status() {
                StatusCode::MOVED_PERMANENTLY
                | StatusCode::FOUND
                | StatusCode::SEE_OTHER
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT => text(response.headers(), &LOCATION),
                _ => None,
            };
            match location {
                Some(location) => url = target::redirected(&url, location, self.reach)?,
                None => return Ok(response),
            }
        }
        Err(FetchError::TooManyRedirects)
    }

    async fn send(&self, url: &Url, request: &FetchRequest) -> Result<Response, FetchError> {
        let mut get = self.client.get(url.clone()).header(ACCEPT, "text/calendar, */*;q=0.5");
        if let Some(etag) = &request.etag {
            get = get.header(IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = &request.last_modified {
            get = get.header(IF_MODIFIED_SINCE, last_modified);
        }
        get.send().await.map_err(|error| {
            tracing::debug!(host = url.host_str(), error = %causes(&error.without_url()), "feed not reached");
            FetchError::Unreachable
        })
    }

    async fn read(&self, mut response: Response, request: &FetchRequest) -> Result<Fetched, FetchError> {
        let status = response.status();
        let conditional = request.etag.is_some() || request.last_modified.is_some();
        if status == StatusCode::NOT_MODIFIED && conditional {
            return Ok(Fetched::NotModified);
        }
        // A part, or what a proxy made of it, is no whole calendar, however well it ends.
        if status != StatusCode::OK {
            return Err(FetchError::Status { status: status.as_u16(), retry_after: retry_after(response.headers()) });
        }
        let mut bytes = Vec::new();
        // What is counted is what is kept: after decompression.
        while let Some(chunk) = response.chunk().await.map_err(|error| {
            tracing::debug!(error = %causes(&error.without_url()), "feed cut off");
            FetchError::Incomplete
        })? {
            if bytes.len().saturating_add(chunk.len()) > self.max_body {
                return Err(FetchError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        let validator = |name| text(response.headers(), name).filter(|v| v.len() <= MAX_VALIDATOR).map(str::to_owned);
        let (etag, last_modified) = (validator(&ETAG), validator(&LAST_MODIFIED));
        Ok(Fetched::Body(FetchedBody { bytes, etag, last_modified }))
    }
}

#[async_trait]
impl Fetcher for HttpFetcher {
    fn check(&self, address: &str) -> Result<Url, AddressError> {
        target::parse(address, self.reach)
    }

    async fn fetch(&self, request: &FetchRequest) -> Result<Fetched, FetchError> {
        let deadline = Instant::now() + self.timeout;
        // A port that is filtered looks like one that is closed: until an answer begins, too slow is unreachable.
        let response = timeout_at(deadline, self.open(request)).await.map_err(|_| FetchError::Unreachable)??;
        timeout_at(deadline, self.read(response, request)).await.map_err(|_| FetchError::TooSlow)?
    }
}

/// TLS that believes the public roots compiled into the program, and those of a file.
/// TLS with the public roots of trust, and these certificates.
pub(crate) fn tls(extra: Option<&Path>) -> Result<ClientConfig, FetcherSetupError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = extra {
        let unusable = |reason: String| FetcherSetupError::Certificates { path: path.to_owned(), reason };
        let certificates = CertificateDer::pem_file_iter(path).map_err(|error| unusable(error.to_string()))?;
        for certificate in certificates {
            let certificate = certificate.map_err(|error| unusable(error.to_string()))?;
            roots.add(certificate).map_err(|error| unusable(error.to_string()))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// `Retry-After` in either of its forms. A date counts from the server's own `Date`, so that nobody's clock matters.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = text(headers, &RETRY_AFTER)?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = |text| chrono::DateTime::parse_from_rfc2822(text).ok();
    date(value)?.signed_duration_since(date(text(headers, &DATE)?)?).to_std().ok()
}

/// An error with its causes, on one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(": ");
        line.push_str(&error.to_string());
        cause = error.source();
    }
    line
}
