use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

use super::server::{Answers, INSIDE, OUTSIDE, Server, fetcher, get, ok, redirect};
use crate::config;
use crate::fetcher::{AddressError, FetchError, FetchRequest, Fetched, FetchedBody, Fetcher as _, HttpFetcher};

fn request(address: String) -> FetchRequest {
    FetchRequest { address, ..FetchRequest::default() }
}

fn body(bytes: &[u8], etag: Option<&str>) -> Fetched {
    Fetched::Body(FetchedBody { bytes: bytes.into(), etag: etag.map(Into::into), last_modified: None })
}

#[tokio::test]
async fn a_calendar_is_fetched_with_its_validator() {
    let server = Server::answering(OUTSIDE, ok("BEGIN:VCALENDAR")).await;
    assert_eq!(get(&server.url("/a.ics")).await, Ok(body(b"BEGIN:VCALENDAR", Some("\"v1\""))));
}

#[tokio::test]
async fn what_is_known_is_asked_for_again_and_may_be_unchanged() {
    let server = Server::start(OUTSIDE, |mut stream, head| async move {
        let head = head.to_ascii_lowercase();
        assert!(head.contains("if-none-match: \"v1\"\r\n"), "{head}");
        assert!(head.contains("if-modified-since: mon, 04 jan 2027 09:00:00 gmt\r\n"), "{head}");
        assert!(head.contains("user-agent: landlord/"), "{head}");
        assert!(!head.contains("cookie:") && !head.contains("referer:") && !head.contains("authorization:"), "{head}");
        stream.write_all(b"HTTP/1.1 304 Not Modified\r\n\r\n").await
    })
    .await;
    let request = FetchRequest {
        address: server.url("/a.ics"),
        etag: Some("\"v1\"".into()),
        last_modified: Some("Mon, 04 Jan 2027 09:00:00 GMT".into()),
    };
    assert_eq!(fetcher(&[], Answers::new(&[])).fetch(&request).await, Ok(Fetched::NotModified));
}

#[tokio::test]
async fn an_unasked_not_modified_is_no_good_answer() {
    let server = Server::answering(OUTSIDE, "HTTP/1.1 304 Not Modified\r\n\r\n").await;
    assert_eq!(get(&server.url("/")).await, Err(FetchError::Status { status: 304, retry_after: None }));
}

#[tokio::test]
async fn a_status_is_told_with_the_time_to_wait() {
    let date = "Date: Mon, 04 Jan 2027 09:00:00 GMT\r\n";
    let later = "Retry-After: Mon, 04 Jan 2027 09:02:00 GMT\r\n";
    let table = [
        ("404 Not Found", String::new(), 404, None),
        ("203 Non-Authoritative Information", String::new(), 203, None),
        ("204 No Content", String::new(), 204, None),
        ("206 Partial Content", String::new(), 206, None),
        ("429 Too Many Requests", "Retry-After: 120\r\n".into(), 429, Some(120)),
        ("503 Service Unavailable", format!("{date}{later}"), 503, Some(120)),
        ("503 Service Unavailable", "Retry-After: soon\r\n".into(), 503, None),
        ("503 Service Unavailable", format!("{date}Retry-After: Mon, 04 Jan 2027 08:00:00 GMT\r\n"), 503, None),
    ];
    for (line, headers, status, seconds) in table {
        let server = Server::answering(OUTSIDE, format!("HTTP/1.1 {line}\r\n{headers}Content-Length: 0\r\n\r\n")).await;
        let retry_after = seconds.map(Duration::from_secs);
        assert_eq!(get(&server.url("/")).await, Err(FetchError::Status { status, retry_after }), "{line} {headers}");
    }
}

#[tokio::test]
async fn redirects_are_followed_three_times() {
    let counted = |path: &str| {
        let left: usize = path.split("/left").nth(1)?.split(' ').next()?.parse().ok()?;
        left.checked_sub(1)
    };
    let server = Server::start(OUTSIDE, move |mut stream, head| async move {
        let answer = counted(&head).map_or_else(|| ok("there"), |left| redirect(&format!("/left{left}")));
        stream.write_all(answer.as_bytes()).await
    })
    .await;
    assert_eq!(get(&server.url("/left3")).await, Ok(body(b"there", Some("\"v1\""))));
    assert_eq!(get(&server.url("/left4")).await, Err(FetchError::TooManyRedirects));
}

#[tokio::test]
async fn a_redirect_loop_ends() {
    let server = Server::answering(OUTSIDE, redirect("/again")).await;
    assert_eq!(get(&server.url("/")).await, Err(FetchError::TooManyRedirects));
    assert_eq!(server.connections(), 4);
}

#[tokio::test]
async fn a_redirect_to_the_inside_is_refused_without_a_connection() {
    let inside = Server::answering(INSIDE, ok("secret")).await;
    let port = inside.address.port();
    for host in ["127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "[::1]"] {
        let outside = Server::answering(OUTSIDE, redirect(&format!("http://{host}:{port}/"))).await;
        assert_eq!(get(&outside.url("/")).await, Err(FetchError::Refused(AddressError::NotPublic)), "{host}");
    }
    for location in ["file:///etc/passwd", "gopher://127.0.0.2/", "ftp://127.0.0.2/a.ics"] {
        let outside = Server::answering(OUTSIDE, redirect(location)).await;
        assert_eq!(get(&outside.url("/")).await, Err(FetchError::Refused(AddressError::NotHttps)), "{location}");
    }
    assert_eq!(inside.connections(), 0);
}

#[tokio::test]
async fn a_name_that_changes_its_address_never_leads_inside() {
    // One port on both sides, as a rebinding attack would have it.
    let outside = Server::answering(OUTSIDE, redirect("/again")).await;
    let port = outside.address.port();
    let inside = TcpListener::bind((INSIDE, port)).await.unwrap();
    let names = Answers::new(&[&[OUTSIDE], &[INSIDE]]);
    let fetcher = fetcher(&[("feeds.timeout", "2s")], names.clone());
    let address = format!("http://rebound.example:{port}/");
    assert_eq!(fetcher.fetch(&request(address.clone())).await, Err(FetchError::Unreachable), "the second answer");
    assert_eq!(outside.connections(), 1);
    assert_eq!(names.asked(), 2, "once for each connection: what is checked is what is connected to");
    assert_eq!(fetcher.fetch(&request(address)).await, Err(FetchError::Unreachable));
    let nobody = tokio::time::timeout(Duration::from_millis(50), inside.accept()).await;
    assert!(nobody.is_err(), "nothing reached the inside");
}

#[tokio::test]
async fn every_address_of_a_name_must_be_public() {
    let inside = Server::answering(INSIDE, ok("secret")).await;
    let metadata = IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254));
    let answers: [&[IpAddr]; 5] = [&[INSIDE], &[OUTSIDE, INSIDE], &[INSIDE, OUTSIDE], &[OUTSIDE, metadata], &[]];
    for answer in answers {
        let fetcher = fetcher(&[("feeds.timeout", "2s")], Answers::new(&[answer]));
        let address = format!("http://mixed.example:{}/", inside.address.port());
        assert_eq!(fetcher.fetch(&request(address)).await, Err(FetchError::Unreachable), "{answer:?}");
    }
    assert_eq!(inside.connections(), 0);
}

#[tokio::test]
async fn closed_silent_and_unknown_look_the_same() {
    let closed = {
        let listener = TcpListener::bind((OUTSIDE, 0)).await.unwrap();
        listener.local_addr().unwrap()
    };
    let silent = Server::start(OUTSIDE, |stream, _| async move {
        tokio::time::sleep(Duration::from_secs(30)).await;
        drop(stream);
        Ok(())
    })
    .await;
    let garbage = Server::answering(OUTSIDE, "220 mail.example.com ESMTP\r\n").await;
    let unknown = fetcher(&[], Answers::new(&[]));
    let errors = [
        get(&format!("http://{closed}/")).await,
        get(&silent.url("/")).await,
        get(&garbage.url("/")).await,
        unknown.fetch(&request("http://unknown.example/".into())).await,
    ];
    for error in errors {
        let error = error.unwrap_err();
        assert_eq!(error, FetchError::Unreachable);
        assert_eq!(error.to_string(), "the address cannot be reached");
    }
}

#[tokio::test]
async fn a_slow_body_ends_in_time() {
    let server = Server::start(OUTSIDE, |mut stream, _| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n").await?;
        loop {
            stream.write_all(b"x").await?;
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    })
    .await;
    let started = Instant::now();
    assert_eq!(get(&server.url("/")).await, Err(FetchError::TooSlow));
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn an_endless_body_ends_at_the_limit() {
    let server = Server::start(OUTSIDE, |mut stream, _| async move {
        stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await?;
        let chunk = format!("2710\r\n{}\r\n", "x".repeat(10_000));
        loop {
            stream.write_all(chunk.as_bytes()).await?;
        }
    })
    .await;
    assert_eq!(get(&server.url("/")).await, Err(FetchError::TooLarge));
}

#[tokio::test]
async fn a_body_of_just_the_limit_is_good() {
    let limit = "x".repeat(100_000);
    let server = Server::answering(OUTSIDE, ok(&limit)).await;
    assert_eq!(get(&server.url("/")).await, Ok(body(limit.as_bytes(), Some("\"v1\""))));
    let server = Server::answering(OUTSIDE, ok(&format!("{limit}x"))).await;
    assert_eq!(get(&server.url("/")).await, Err(FetchError::TooLarge));
}

fn gzip(size: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = [b'x'; 10_000];
    for _ in 0..size / zeros.len() {
        encoder.write_all(&zeros).unwrap();
    }
    encoder.finish().unwrap()
}

fn gzipped(body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

#[tokio::test]
async fn compressed_calendars_are_unpacked() {
    let server = Server::answering(OUTSIDE, gzipped(&gzip(50_000))).await;
    assert_eq!(get(&server.url("/")).await, Ok(body(&[b'x'; 50_000], None)));
}

#[tokio::test]
async fn a_gzip_bomb_is_not_unpacked() {
    // 100 MB in 100 kB, of which no more than the limit is kept.
    let server = Server::answering(OUTSIDE, gzipped(&gzip(100_000_000))).await;
    assert_eq!(get(&server.url("/")).await, Err(FetchError::TooLarge));
}

#[tokio::test]
async fn an_answer_that_is_cut_off_is_not_good() {
    let whole = gzip(50_000);
    let answers = [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nBEGIN:VCALENDAR".to_vec(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nBEGIN\r\n".to_vec(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense".to_vec(),
        gzipped(&whole[..whole.len() / 2]),
        gzipped(b"not gzip at all"),
    ];
    for answer in answers {
        let server = Server::answering(OUTSIDE, answer.clone()).await;
        assert_eq!(get(&server.url("/")).await, Err(FetchError::Incomplete), "{}", String::from_utf8_lossy(&answer));
    }
}

#[tokio::test]
async fn as_configured_only_public_addresses_by_https_are_reached() {
    let inside = Server::answering(INSIDE, ok("secret")).await;
    let port = inside.address.port();
    let fetcher = HttpFetcher::new(&config::for_tests(&[]).feeds).unwrap();
    for address in
        [inside.url("/"), format!("https://127.0.0.1:{port}/"), "https://localhost/".into(), "https://[::1]/".into()]
    {
        assert!(fetcher.check(&address).is_err(), "{address}");
        assert!(matches!(fetcher.fetch(&request(address)).await, Err(FetchError::Refused(_))));
    }
    assert_eq!(inside.connections(), 0);
    let open = HttpFetcher::new(&config::for_tests(&[("feeds.allow_local_addresses", "true")]).feeds).unwrap();
    assert_eq!(open.fetch(&request(inside.url("/"))).await, Ok(body(b"secret", Some("\"v1\""))));
    assert_eq!(open.fetch(&request(format!("http://localhost:{port}/"))).await, Ok(body(b"secret", Some("\"v1\""))));
}
