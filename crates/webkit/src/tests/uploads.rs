use axum::body::{Body, Bytes};
use http::{Request, StatusCode};
use kernel::permissions::StaysCreate;

use super::client;
use crate::{ApiDoc, BodyClass, Routes, Upload, Web, WebError, allow, testing::Client};

const MOST: usize = 200_000;

/// What came, in one line.
async fn told(mut upload: Upload) -> Result<String, WebError> {
    let mut told = Vec::new();
    while let Some(part) = upload.part().await? {
        let (name, file) = (part.name().to_owned(), part.file_name().map(str::to_owned));
        let kind = part.media_type().unwrap_or("-").to_owned();
        let bytes = part.bytes(150_000).await?;
        told.push(format!("{name} {file:?} {kind} {}", bytes.len()));
    }
    Ok(told.join("; "))
}

fn routes() -> Routes<()> {
    Routes::new()
        .get("/photos", allow::<StaysCreate>(), async |web: Web| {
            format!("name=\"csrf_token\" value=\"{}\"", web.csrf_token())
        })
        .post("/photos", allow::<StaysCreate>(), told)
        .body(BodyClass::Upload(MOST))
        // It reads nothing, and is protected all the same.
        .post("/photos/blind", allow::<StaysCreate>(), async || "done")
        .body(BodyClass::Upload(MOST))
        .post("/small", allow::<StaysCreate>(), told)
        .api_post("/api/v1/photos", allow::<StaysCreate>(), told, ApiDoc::new("Upload"))
        .body(BodyClass::Upload(MOST))
}

fn form(parts: &[(&str, Option<&str>, usize)], token: Option<&str>) -> Vec<u8> {
    let mut body = Vec::new();
    if let Some(token) = token {
        body.extend(
            format!("--edge\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\n{token}\r\n").bytes(),
        );
    }
    for (name, file, bytes) in parts {
        let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\"\r\nContent-Type: image/jpeg"));
        body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
        body.extend(std::iter::repeat_n(b'x', *bytes));
        body.extend(b"\r\n");
    }
    body.extend(b"--edge--\r\n");
    body
}

fn request(path: &str, kind: &str, body: Vec<u8>) -> http::request::Builder {
    let length = body.len();
    drop(body);
    Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", kind)
        .header("content-length", length)
}

const FORM: &str = "multipart/form-data; boundary=edge";

async fn send(browser: &mut Client, path: &str, body: Vec<u8>) -> (StatusCode, String) {
    let built = request(path, FORM, body.clone()).body(Body::from(body)).unwrap();
    let answer = browser.send(built).await;
    (answer.status, answer.body)
}

async fn browser() -> (Client, String) {
    let mut browser = client(routes()).signed_in("manager");
    let token = browser.get("/photos").await.csrf_token().unwrap();
    (browser, token)
}

#[tokio::test]
async fn parts_are_read_in_order_and_the_token_is_none_of_them() {
    let (mut browser, token) = browser().await;
    let parts = [("caption", None, 3), ("photo", Some("a.jpg"), 120_000), ("photo", Some("../../b.jpg"), 0)];
    let expected =
        "caption None - 3; photo Some(\"a.jpg\") image/jpeg 120000; photo Some(\"../../b.jpg\") image/jpeg 0";
    assert_eq!(send(&mut browser, "/photos", form(&parts, Some(&token))).await, (StatusCode::OK, expected.to_owned()));
    let mut scripted = browser.clone().with("x-csrf-token", &token);
    for token in [None, Some("anything")] {
        assert_eq!(send(&mut scripted, "/photos", form(&parts, token)).await.1, expected, "the header is enough");
    }
}

#[tokio::test]
async fn without_a_token_of_ones_own_nothing_is_read() {
    let (mut browser, token) = browser().await;
    let photo = [("photo", Some("a.jpg"), 10)];
    for path in ["/photos", "/photos/blind"] {
        for forged in [None, Some(""), Some("x"), Some(&token[1..])] {
            assert_eq!(
                send(&mut browser, path, form(&photo, forged)).await.0,
                StatusCode::FORBIDDEN,
                "{path} {forged:?}"
            );
        }
        let late = form(&[("photo", Some("a.jpg"), 10), ("csrf_token", None, 0)], None);
        assert_eq!(send(&mut browser, path, late).await.0, StatusCode::FORBIDDEN, "the token comes first");
    }
    assert_eq!(send(&mut browser, "/photos/blind", form(&photo, Some(&token))).await.1, "done");
    let body = form(&photo, Some(&token));
    let foreign = Request::post("/photos").header("sec-fetch-site", "cross-site").header("content-type", FORM);
    assert_eq!(browser.send(foreign.body(Body::from(body)).unwrap()).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_is_too_large_is_refused_whether_or_not_it_says_so() {
    let (mut browser, token) = browser().await;
    let too_much = StatusCode::PAYLOAD_TOO_LARGE;
    assert_eq!(send(&mut browser, "/photos", form(&[("a", Some("a"), MOST)], Some(&token))).await.0, too_much);
    assert_eq!(send(&mut browser, "/photos", form(&[("a", Some("a"), 150_001)], Some(&token))).await.0, too_much);
    let body = form(&[("a", Some("a"), 120_000), ("b", Some("b"), 120_000)], Some(&token));
    let chunks: Vec<Result<Bytes, std::io::Error>> =
        body.chunks(9_000).map(|c| Ok(Bytes::copy_from_slice(c))).collect();
    let silent = Request::post("/photos").header("sec-fetch-site", "same-origin").header("content-type", FORM);
    let silent = silent.body(Body::from_stream(futures_util::stream::iter(chunks))).unwrap();
    assert_eq!(browser.send(silent).await.status, too_much, "without a length");
}

#[tokio::test]
async fn what_is_no_form_or_breaks_off_is_refused() {
    let (mut browser, token) = browser().await;
    let mut cut = form(&[("photo", Some("a.jpg"), 1000)], Some(&token));
    cut.truncate(cut.len() - 500);
    assert_eq!(send(&mut browser, "/photos", cut).await.0, StatusCode::BAD_REQUEST);
    for kind in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=other"] {
        let body = form(&[("photo", Some("a.jpg"), 10)], Some(&token));
        let built = request("/photos", kind, body.clone()).body(Body::from(body)).unwrap();
        assert!(browser.send(built).await.status.is_client_error(), "{kind}");
    }
    let plain = browser.post("/photos", &[("photo", "x")]).await;
    assert_eq!(plain.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let mut scripted = browser.clone().with("x-csrf-token", &token);
    let body = form(&[("photo", Some("a.jpg"), 10)], None);
    assert_eq!(send(&mut scripted, "/small", body).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE, "not declared");
}

#[tokio::test]
async fn the_interface_takes_a_form_or_the_file_itself() {
    let mut api = client(routes()).bearer("manager");
    let parts = [("photo", Some("a.jpg"), 5)];
    let answer = send(&mut api, "/api/v1/photos", form(&parts, None)).await;
    assert_eq!(answer, (StatusCode::OK, "photo Some(\"a.jpg\") image/jpeg 5".to_owned()));
    let whole =
        Request::post("/api/v1/photos").header("content-type", "image/png").body(Body::from(vec![b'x'; 7])).unwrap();
    assert_eq!(api.send(whole).await.body, " None image/png 7");
}
