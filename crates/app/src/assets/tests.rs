use super::*;

fn read(path: &str) -> Option<Cow<'static, [u8]>> {
    let data: &'static [u8] = match path {
        "app-1a.css" => b"plain",
        "app-1a.css.br" => b"brotli",
        "app-1a.css.gz" => b"gzip",
        "face-2b.woff2" => b"font",
        "manifest.json" | ".hidden.js" | "sub/app.js" => b"secret",
        _ => return None,
    };
    Some(Cow::Borrowed(data))
}

async fn ask(name: &str, encodings: &str) -> (StatusCode, HeaderMap, String) {
    let mut headers = HeaderMap::new();
    if !encodings.is_empty() {
        headers.insert(header::ACCEPT_ENCODING, encodings.parse().unwrap());
    }
    let response = answer(name, &headers, read);
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 1024).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn the_smallest_encoding_that_the_client_takes_is_served() {
    for (accepted, body, encoding) in [
        ("", "plain", None),
        ("identity", "plain", None),
        ("gzip, deflate", "gzip", Some("gzip")),
        ("gzip;q=1.0, br;q=0.8", "brotli", Some("br")),
        ("BR", "brotli", Some("br")),
        ("br;q=0, gzip;q=0.0", "plain", None),
    ] {
        let (status, headers, found) = ask("app-1a.css", accepted).await;
        assert_eq!((status, found.as_str()), (StatusCode::OK, body), "{accepted}");
        assert_eq!(headers.get(header::CONTENT_ENCODING).map(|v| v.to_str().unwrap()), encoding, "{accepted}");
        assert_eq!(headers[header::VARY], "accept-encoding");
    }
}

#[tokio::test]
async fn a_file_is_typed_kept_for_ever_and_never_sniffed() {
    let (_, headers, body) = ask("face-2b.woff2", "br, gzip").await;
    assert_eq!(body, "font");
    assert_eq!(headers[header::CONTENT_TYPE], "font/woff2");
    assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
}

#[tokio::test]
async fn nothing_but_the_files_of_the_front_end_can_be_asked_for() {
    for name in [
        "",
        "none.css",
        "manifest.json",
        ".hidden.js",
        "sub/app.js",
        "app-1a.css.br",
        "../Cargo.toml",
        "..\\app.js",
        "/etc/passwd",
        "%2e%2e/app.js",
        "app-1a.css/",
    ] {
        assert_eq!(ask(name, "br").await.0, StatusCode::NOT_FOUND, "{name}");
    }
}

#[test]
fn a_source_is_found_through_the_manifest() {
    let manifest = br#"{"src/app.css": {"file": "app-1a.css", "src": "src/app.css", "isEntry": true}}"#;
    assert_eq!(urls(manifest)["src/app.css"], "/assets/app-1a.css");
    assert!(urls(b"").is_empty());
    assert!(urls(b"{").is_empty());
}
