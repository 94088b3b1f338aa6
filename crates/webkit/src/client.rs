//! Who calls: the client's address and the request's id, as far as they can be believed.

use std::net::IpAddr;

use http::HeaderMap;
use ipnet::IpNet;
use kernel::{Env, RequestId};
use uuid::Uuid;

use crate::headers::REQUEST_ID;

fn trusted(proxies: &[IpNet], address: IpAddr) -> bool {
    proxies.iter().any(|net| net.contains(&address))
}

/// The client's address: from the socket, then through `X-Forwarded-For` from the right for as long as the hop that
/// reported it is a trusted proxy. What a client wrote into the header itself is to the left of that and never reached.
pub(crate) fn address(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let reported: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().flat_map(|v| v.to_str().unwrap_or("").split(',')).collect();
    let mut address = peer.to_canonical();
    for hop in reported.into_iter().rev() {
        let (true, Ok(before)) = (trusted(proxies, address), hop.trim().parse::<IpAddr>()) else { break };
        address = before.to_canonical();
    }
    address
}

/// The request's id: a trusted proxy's, when it is a UUID in one of its spellings, otherwise a new one.
pub(crate) fn request_id(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet], env: &Env) -> RequestId {
    let sent = headers.get(REQUEST_ID).and_then(|value| Uuid::parse_str(value.to_str().ok()?).ok());
    match sent {
        Some(id) if trusted(proxies, peer.to_canonical()) => RequestId::from_uuid(id),
        _ => RequestId::new(env),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use kernel::{SeededRandomness, SystemClock};

    use super::*;

    fn seen(peer: &str, forwarded: &[&'static str]) -> String {
        let proxies: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_static(value));
        }
        address(peer.parse().unwrap(), &headers, &proxies).to_string()
    }

    #[test]
    fn the_address_is_the_right_most_hop_that_no_trusted_proxy_is() {
        assert_eq!(seen("203.0.113.9", &["1.2.3.4"]), "203.0.113.9", "a stranger's header says nothing");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &["1.2.3.4"]), "1.2.3.4");
        assert_eq!(seen("10.0.0.1", &["6.6.6.6, 1.2.3.4"]), "1.2.3.4", "what the client wrote is to the left");
        assert_eq!(seen("10.0.0.1", &["6.6.6.6", "1.2.3.4, 10.0.0.2"]), "1.2.3.4");
        assert_eq!(seen("10.0.0.1", &["6.6.6.6, garbage"]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &["10.0.0.3, 10.0.0.2"]), "10.0.0.3");
        assert_eq!(seen("::ffff:10.0.0.1", &["::ffff:1.2.3.4"]), "1.2.3.4");
        assert_eq!(seen("::1", &["2001:db8::7"]), "2001:db8::7");
    }

    #[test]
    fn a_request_id_is_taken_from_a_trusted_proxy_only_and_only_a_uuid() {
        let proxies: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap()];
        let env = Env::new(SystemClock, SeededRandomness::new(1));
        let id = |peer: &str, sent: &'static str| {
            let headers = HeaderMap::from_iter([(REQUEST_ID, HeaderValue::from_static(sent))]);
            request_id(peer.parse().unwrap(), &headers, &proxies, &env).to_string()
        };
        let sent = "0123456789abcdef0123456789abcdef";
        assert_eq!(id("10.0.0.1", sent).replace('-', ""), sent);
        assert_ne!(id("203.0.113.9", sent).replace('-', ""), sent);
        assert_ne!(id("10.0.0.1", "x"), "x");
    }
}
