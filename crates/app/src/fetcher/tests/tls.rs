use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::server::{Answers, OUTSIDE, fetcher, ok};
use crate::config;
use crate::fetcher::{FetchError, FetchRequest, Fetched, Fetcher as _, HttpFetcher};

/// A server by https for `feeds.example`, and the file of its certificate.
async fn server() -> (SocketAddr, tempfile::NamedTempFile) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["feeds.example".to_owned()]).unwrap();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(cert.pem().as_bytes()).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((OUTSIDE, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            // A client that does not believe the certificate leaves here.
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut head = [0; 4_096];
            let _ = stream.read(&mut head).await;
            let _ = stream.write_all(ok("BEGIN:VCALENDAR").as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    (address, file)
}

async fn get(name: &str, address: SocketAddr, ca_file: &str) -> Result<Fetched, FetchError> {
    let fetcher = fetcher(&[("feeds.extra_ca_file", ca_file), ("feeds.timeout", "5s")], Answers::new(&[&[OUTSIDE]]));
    let address = format!("https://{name}:{}/a.ics", address.port());
    fetcher.fetch(&FetchRequest { address, ..FetchRequest::default() }).await
}

#[tokio::test]
async fn a_certificate_must_be_believed_and_bear_the_name() {
    let (address, ca_file) = server().await;
    let ca_file = ca_file.path().to_str().unwrap();
    let answer = get("feeds.example", address, ca_file).await;
    assert!(matches!(answer, Ok(Fetched::Body(body)) if body.bytes == b"BEGIN:VCALENDAR"));
    assert_eq!(get("other.example", address, ca_file).await, Err(FetchError::Unreachable));
    assert_eq!(get("feeds.example", address, "").await, Err(FetchError::Unreachable));
}

#[test]
fn a_file_that_is_no_certificate_is_named() {
    let settings = [("feeds.extra_ca_file", "/nowhere/ca.pem")];
    let error = HttpFetcher::new(&config::for_tests(&settings).feeds).err().unwrap().to_string();
    assert!(error.contains("feeds.extra_ca_file /nowhere/ca.pem"), "{error}");
}
