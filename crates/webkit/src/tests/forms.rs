use axum::body::Body;
use http::{Request, StatusCode};
use kernel::permissions::StaysCreate;
use serde::Deserialize;

use super::client;
use crate::{Csrf, Flash, Routes, Web, allow, public, testing::Client};

#[derive(Deserialize)]
struct GuestForm {
    guest: String,
}

async fn form(web: Web) -> axum::response::Html<String> {
    let flash = web.take_flash().map_or_else(String::new, |flash| format!("{} {:?}", flash.key, flash.arguments));
    axum::response::Html(format!("{flash}<input name=\"csrf_token\" value=\"{}\">", web.csrf_token()))
}

fn routes() -> Routes<()> {
    let create = async |web: Web, Csrf(form): Csrf<GuestForm>| {
        web.flash(&Flash::success("stays-booked").with("guest", &form.guest));
        web.redirect("/stays/new")
    };
    Routes::new()
        .get("/stays/new", allow::<StaysCreate>(), form)
        .post("/stays/new", allow::<StaysCreate>(), create)
        // It reads no form, and is protected all the same.
        .post("/stays/forget", allow::<StaysCreate>(), async || "done")
        .get("/sign-in", public("one signs in here"), form)
        .post("/sign-in", public("one signs in here"), async |Csrf(form): Csrf<GuestForm>| form.guest)
        .post("/hook", public("a signed message"), async |body: String| body)
        .without_csrf("the body is signed")
}

async fn filled_in(name: &str) -> (Client, String) {
    let mut browser = client(routes()).signed_in(name);
    let token = browser.get("/stays/new").await.csrf_token().unwrap();
    (browser, token)
}

#[tokio::test]
async fn a_form_of_ours_is_taken_and_says_so_once() {
    let (mut browser, _) = filled_in("manager").await;
    let answer = browser.post("/stays/new", &[("guest", "O'Brien")]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/stays/new"));
    assert!(browser.get("/stays/new").await.body.starts_with("stays-booked {\"guest\": \"O'Brien\"}"));
    assert!(browser.get("/stays/new").await.body.starts_with("<input"));
}

#[tokio::test]
async fn htmx_is_told_to_load_the_next_page_whole() {
    let (browser, _) = filled_in("manager").await;
    let answer = browser.with("hx-request", "true").post("/stays/new", &[("guest", "a")]).await;
    assert_eq!((answer.status, answer.header("hx-redirect")), (StatusCode::NO_CONTENT, "/stays/new"));
}

#[tokio::test]
async fn without_a_token_of_ones_own_nothing_is_done() {
    let (mut browser, token) = filled_in("manager").await;
    for (path, forged) in
        [("/stays/new", ""), ("/stays/new", "x"), ("/stays/forget", ""), ("/stays/forget", &token[2..])]
    {
        let answer = browser.post_with(path, forged, &[("guest", "a")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(answer.body.contains("csrf_failed for manager"));
    }
    assert_eq!(browser.post_with("/stays/forget", &token, &[]).await.body, "done");
    // A visitor's token is none of a user's, and the other way round.
    let visitor = client(routes()).get("/sign-in").await.csrf_token().unwrap();
    assert_eq!(browser.post_with("/stays/forget", &visitor, &[]).await.status, StatusCode::FORBIDDEN);
    let mut visitor = client(routes());
    visitor.get("/sign-in").await;
    assert_eq!(visitor.post_with("/sign-in", &token, &[("guest", "a")]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_header_of_htmx_serves_as_token() {
    let (browser, token) = filled_in("manager").await;
    let mut browser = browser.with("x-csrf-token", &token);
    assert_eq!(browser.post_with("/stays/forget", "", &[]).await.body, "done");
    let bare = Request::post("/stays/forget").header("sec-fetch-site", "same-origin").body(Body::empty()).unwrap();
    assert_eq!(browser.send(bare).await.body, "done");
}

#[tokio::test]
async fn another_sites_page_cannot_send_even_with_a_token() {
    let (mut browser, token) = filled_in("manager").await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("x-nothing", "x"),
    ] {
        for kind in ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"] {
            let request = Request::post("/stays/forget")
                .header(name, value)
                .header("content-type", kind)
                .body(Body::from(format!("csrf_token={token}")))
                .unwrap();
            assert_eq!(browser.send(request).await.status, StatusCode::FORBIDDEN, "{name}: {value}, {kind}");
        }
    }
    let request = Request::post("/stays/forget")
        .header("origin", "http://127.0.0.1:8080")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("csrf_token={token}")));
    assert_eq!(browser.send(request.unwrap()).await.body, "done", "no fetch metadata over plain http");
}

#[tokio::test]
async fn a_form_of_another_tabs_organization_offers_the_switch() {
    let (browser, token) = filled_in("manager").await;
    let mut browser = browser.signed_in("manager-elsewhere");
    let answer = browser.post_with("/stays/new", &token, &[("guest", "a")]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("organization_changed for manager-elsewhere"));
    assert!(answer.body.contains("switch to 00000000-0000-0000-0000-000000000001"));
    // The page's header may be newer than its form: the form decides.
    let newer = browser.get("/stays/new").await.csrf_token().unwrap();
    let mut browser = browser.with("x-csrf-token", &newer);
    assert_eq!(browser.post_with("/stays/new", &token, &[("guest", "a")]).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn visitors_forms_are_protected_by_a_cookie_of_their_own() {
    let mut visitor = client(routes());
    visitor.get("/sign-in").await;
    assert_eq!(visitor.cookie_value("visit").map(str::len), Some(43));
    assert_eq!(visitor.post("/sign-in", &[("guest", "a")]).await.body, "a");
    let kept = visitor.cookie_value("visit").unwrap().to_owned();
    visitor.get("/sign-in").await;
    assert_eq!(visitor.cookie_value("visit"), Some(kept.as_str()), "two tabs share it");
    let mut other = visitor.cookie("visit", &"A".repeat(43));
    assert_eq!(other.post("/sign-in", &[("guest", "a")]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_body_that_is_no_form_of_ours_is_refused() {
    let (mut browser, token) = filled_in("manager").await;
    let twice = browser.post("/stays/new", &[("guest", "a"), ("guest", "b")]).await;
    assert_eq!(twice.status, StatusCode::BAD_REQUEST);
    assert_eq!(browser.post("/stays/new", &[]).await.status, StatusCode::BAD_REQUEST);
    let long = "a".repeat(65 * 1024);
    assert_eq!(browser.post("/stays/new", &[("guest", &long)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let json = Request::post("/stays/new")
        .header("sec-fetch-site", "same-origin")
        .header("x-csrf-token", &token)
        .header("content-type", "application/json")
        .body(Body::from(r#"{"guest":"a"}"#));
    assert_eq!(browser.send(json.unwrap()).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_body_of_unknown_length_is_cut_off() {
    let (mut browser, token) = filled_in("manager").await;
    let chunks = (0..100).map(|_| Ok::<_, std::io::Error>(vec![b'a'; 1024]));
    let request = Request::post("/stays/new")
        .header("sec-fetch-site", "same-origin")
        .header("x-csrf-token", &token)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from_stream(futures_util::stream::iter(chunks)));
    assert_eq!(browser.send(request.unwrap()).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_route_with_another_protection_says_so() {
    let request = Request::post("/hook").body(Body::from("signed"));
    assert_eq!(client(routes()).send(request.unwrap()).await.body, "signed");
}
