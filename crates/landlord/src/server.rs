//! Accepting connections: a bounded number of them, each with a limit on how long it may stay silent, and an orderly end.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::config::Server;
use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt as _;

use crate::shutdown::Shutdown;

/// How long to pause when the system has no more file descriptors: until some connection ends.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers requests until the shutdown, then lets those under way finish for as long as `server.drain_timeout`.
pub(crate) async fn serve(listener: TcpListener, router: Router, config: &Server, shutdown: &Shutdown) {
    let places = Arc::new(Semaphore::new(config.max_connections.get()));
    let mut http = http1::Builder::new();
    // It also ends a kept-alive connection on which no next request begins.
    http.timer(TokioTimer::new()).header_read_timeout(config.header_timeout);
    let under_way = GracefulShutdown::new();
    loop {
        let connection = tokio::select! {
            connection = accept(&listener, &places) => connection,
            () = shutdown.draining.cancelled() => break,
        };
        match connection {
            Ok((stream, peer, place)) => {
                let router = router.clone();
                let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
                    request.extensions_mut().insert(ConnectInfo(peer));
                    let answer = router.clone().oneshot(request);
                    async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
                });
                let connection = under_way.watch(http.serve_connection(TokioIo::new(stream), service));
                tokio::spawn(async move {
                    // Its errors are the client's: gone, too slow, or not speaking HTTP.
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "connection ended");
                    }
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    // Closed before waiting, so that new clients turn to another instance.
    drop(listener);
    tokio::select! {
        () = under_way.shutdown() => tracing::info!("all requests are answered"),
        () = tokio::time::sleep(config.drain_timeout) => tracing::warn!("requests are cut off: they took too long"),
        () = shutdown.hard.cancelled() => {}
    }
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    // Answers are written whole: waiting to fill a packet only delays them. It fails only for a client that is gone already.
    let _ = stream.set_nodelay(true);
    Ok((stream, peer, place))
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;
    use std::time::Instant;

    use app::config::{Inputs, load};
    use axum::extract::Path;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::sync::Notify;
    use tokio::task::JoinHandle;

    use super::*;

    /// Far longer than anything here takes, on however busy a machine.
    const LONG: Duration = Duration::from_secs(20);

    struct Running {
        address: SocketAddr,
        shutdown: Shutdown,
        /// Told when `/slow` has begun.
        begun: Arc<Notify>,
        task: JoinHandle<()>,
    }

    /// A server whose `/slow/MS` takes that long and whose `/peer` tells the client's address.
    async fn start(change: impl FnOnce(&mut Server)) -> Running {
        let mut config = load(&Inputs::default()).unwrap().config.server;
        change(&mut config);
        let (shutdown, begun) = (Shutdown::default(), Arc::new(Notify::new()));
        let begins = Arc::clone(&begun);
        let slow = async move |Path(millis): Path<u64>| {
            begins.notify_one();
            tokio::time::sleep(Duration::from_millis(millis)).await;
            "done"
        };
        let peer = async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.ip().to_string();
        let router = Router::new().route("/peer", get(peer)).route("/slow/{millis}", get(slow));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let ending = shutdown.clone();
        let task = tokio::spawn(async move { serve(listener, router, &config, &ending).await });
        Running { address, shutdown, begun, task }
    }

    async fn send(address: SocketAddr, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }

    async fn rest(mut stream: TcpStream) -> String {
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer).await;
        answer
    }

    fn request(path: &str) -> String {
        format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    }

    #[tokio::test]
    async fn handlers_know_the_client() {
        let running = start(|_| {}).await;
        let answer = rest(send(running.address, &request("/peer")).await).await;
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("127.0.0.1"), "{answer}");
    }

    #[tokio::test]
    async fn silent_connections_are_ended() {
        let running = start(|server| server.header_timeout = Duration::from_millis(50)).await;
        let kept_alive = "GET /peer HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for begun in ["", "GET / HTTP/1.1\r\nHo", kept_alive] {
            let ended = tokio::time::timeout(LONG, rest(send(running.address, begun).await)).await;
            assert!(ended.is_ok(), "{begun:?}");
        }
    }

    #[tokio::test]
    async fn connections_wait_when_there_are_too_many() {
        let running = start(|server| server.max_connections = NonZeroUsize::MIN).await;
        let started = Instant::now();
        let first = send(running.address, &request("/slow/300")).await;
        running.begun.notified().await;
        let second = send(running.address, &request("/peer")).await;
        assert!(rest(second).await.contains(" 200 ") && rest(first).await.contains(" 200 "));
        assert!(started.elapsed() >= Duration::from_millis(300));
    }

    #[tokio::test]
    async fn requests_under_way_are_finished_and_new_ones_refused() {
        let running = start(|_| {}).await;
        let idle = send(running.address, "").await;
        let slow = send(running.address, &request("/slow/300")).await;
        running.begun.notified().await;
        running.shutdown.draining.cancel();
        assert!(rest(slow).await.ends_with("done"));
        running.task.await.unwrap();
        assert!(TcpStream::connect(running.address).await.is_err());
        assert_eq!(rest(idle).await, "");
    }

    #[tokio::test]
    async fn the_end_does_not_wait_longer_than_allowed() {
        let bounded = start(|server| server.drain_timeout = Duration::from_millis(20)).await;
        let impatient = start(|_| {}).await;
        for (running, hard) in [(bounded, false), (impatient, true)] {
            let _slow = send(running.address, &request("/slow/60000")).await;
            running.begun.notified().await;
            running.shutdown.draining.cancel();
            if hard {
                running.shutdown.hard.cancel();
            }
            tokio::time::timeout(LONG, running.task).await.unwrap().unwrap();
        }
    }
}
