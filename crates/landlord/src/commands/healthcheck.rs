//! `landlord healthcheck`: asks the server of this machine for `/health/live`.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Failure;
use crate::options::Options;

const TIMEOUT: Duration = Duration::from_secs(5);

pub(super) async fn run(options: &Options) -> Result<ExitCode, Failure> {
    let config = options.load()?.config;
    let listen = config.server.listen;
    // The server answers only to the name that it is known by.
    let url = config.public_url(listen)?;
    let host = url.origin().split_once("://").map_or("", |(_, host)| host);
    let status = tokio::time::timeout(TIMEOUT, status(reachable(listen), host)).await.map_err(io::Error::from)??;
    match status.as_str() {
        "200" => Ok(ExitCode::SUCCESS),
        other => Err(format!("the server answered with status {other}").into()),
    }
}

/// The address to connect to for one to listen on: "all addresses" is reached by loopback.
fn reachable(listen: SocketAddr) -> SocketAddr {
    match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => (Ipv4Addr::LOCALHOST, listen.port()).into(),
        IpAddr::V6(ip) if ip.is_unspecified() => (Ipv4Addr::LOCALHOST, listen.port()).into(),
        _ => listen,
    }
}

/// The status of the answer, three digits. So small a request needs no client library.
async fn status(address: SocketAddr, host: &str) -> io::Result<String> {
    let connected = TcpStream::connect(address).await;
    let mut stream =
        connected.map_err(|error| io::Error::new(error.kind(), format!("nothing answers at {address}")))?;
    let request = format!("GET /health/live HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut line = [0; "HTTP/1.1 200".len()];
    stream.read_exact(&mut line).await?;
    let line = String::from_utf8_lossy(&line);
    let status = line.strip_prefix("HTTP/1.1 ").ok_or_else(|| io::Error::other("what answers does not speak HTTP"))?;
    Ok(status.to_owned())
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    async fn answering(answer: &'static str) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = [0; 1_000];
            let length = stream.read(&mut head).await.unwrap();
            assert!(String::from_utf8_lossy(&head[..length]).contains("\r\nHost: stays.example\r\n"));
            stream.write_all(answer.as_bytes()).await.unwrap();
        });
        address
    }

    #[tokio::test]
    async fn the_status_is_read_from_what_answers() {
        let ok = answering("HTTP/1.1 200 OK\r\n\r\n").await;
        assert_eq!(status(ok, "stays.example").await.unwrap(), "200");
        let bad = answering("HTTP/1.1 503 Service Unavailable\r\n\r\n").await;
        assert_eq!(status(bad, "stays.example").await.unwrap(), "503");
        let other = answering("220 mail.example ESMTP ready").await;
        assert!(status(other, "stays.example").await.is_err());
    }
}
