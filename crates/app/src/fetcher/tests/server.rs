//! Small servers on loopback addresses. 127.0.0.2 plays the public internet and 127.0.0.1 the inside, so that everything but
//! the list of public networks is the real thing.

use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::config;
use crate::fetcher::target::Reach;
use crate::fetcher::{FetchError, FetchRequest, Fetched, Fetcher as _, HttpFetcher, Lookup};

pub(super) const OUTSIDE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
pub(super) const INSIDE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Only 127.0.0.2 is public here, on any port.
pub(super) const REACH: Reach = Reach { allows: |address| address == OUTSIDE, any_service: true };

pub(super) struct Server {
    pub(super) address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Gives each connection, with the head of its request, to the function.
    pub(super) async fn start<F>(ip: IpAddr, serve: impl Fn(TcpStream, String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind((ip, 0)).await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), connections: Arc::default() };
        let connections = Arc::clone(&server.connections);
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                connections.fetch_add(1, Ordering::SeqCst);
                let head = read_head(&mut stream).await;
                tokio::spawn(serve(stream, head));
            }
        });
        server
    }

    /// Answers every request with these bytes.
    pub(super) async fn answering(ip: IpAddr, answer: impl Into<Vec<u8>>) -> Self {
        let answer = Arc::new(answer.into());
        Self::start(ip, move |mut stream, _| {
            let answer = Arc::clone(&answer);
            async move {
                stream.write_all(&answer).await?;
                stream.shutdown().await
            }
        })
        .await
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}

pub(super) fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nETag: \"v1\"\r\n\r\n{body}", body.len())
}

pub(super) fn redirect(to: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n")
}

/// Gives its answers one after the other, the last one for ever.
pub(super) struct Answers {
    answers: Vec<Vec<IpAddr>>,
    asked: Mutex<usize>,
}

impl Answers {
    pub(super) fn new(answers: &[&[IpAddr]]) -> Arc<Self> {
        Arc::new(Self { answers: answers.iter().map(|answer| answer.to_vec()).collect(), asked: Mutex::new(0) })
    }

    pub(super) fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }
}

#[async_trait]
impl Lookup for Answers {
    async fn lookup(&self, _name: &str) -> io::Result<Vec<IpAddr>> {
        let mut asked = self.asked.lock().unwrap();
        let answer = self.answers.get(*asked).or(self.answers.last()).cloned();
        *asked += 1;
        answer.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

pub(super) fn fetcher(settings: &[(&str, &str)], lookup: Arc<dyn Lookup>) -> HttpFetcher {
    HttpFetcher::with(&config::for_tests(settings).feeds, REACH, lookup).unwrap()
}

/// Fetches from outside with a limit of two seconds and 100 kB.
pub(super) async fn get(address: &str) -> Result<Fetched, FetchError> {
    let fetcher = fetcher(&[("feeds.timeout", "2s"), ("feeds.max_body", "100kB")], Answers::new(&[&[OUTSIDE]]));
    fetcher.fetch(&FetchRequest { address: address.into(), ..FetchRequest::default() }).await
}
