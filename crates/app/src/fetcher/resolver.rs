//! Name resolution that only yields addresses which may be connected to.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use async_trait::async_trait;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::target::Reach;

/// Asks for the addresses of a name.
#[async_trait]
pub trait Lookup: Send + Sync {
    /// All addresses of the name.
    ///
    /// # Errors
    /// When there are none, or nobody answers.
    async fn lookup(&self, name: &str) -> io::Result<Vec<IpAddr>>;
}

/// Asks the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemLookup;

#[async_trait]
impl Lookup for SystemLookup {
    async fn lookup(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect())
    }
}

/// The resolver of the HTTP client. It is asked once for each connection and the client connects to exactly what it answers, so
/// that a name cannot show one address to a check and another to the connection. IP addresses in place of a name never get here:
/// [`super::target`] checks them.
pub(super) struct GuardedResolver {
    pub(super) lookup: Arc<dyn Lookup>,
    pub(super) reach: Reach,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, reach) = (Arc::clone(&self.lookup), self.reach);
        Box::pin(async move {
            let addresses = lookup.lookup(name.as_str()).await?;
            // One address that is not allowed spoils all: a name with mixed answers is an attempt to get inside.
            if addresses.is_empty() || !addresses.iter().all(|address| (reach.allows)(*address)) {
                return Err("the name has no address, or one that is not allowed".into());
            }
            // Port 0 stands for the port of the request.
            let addresses: Addrs = Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(addresses)
        })
    }
}
