use std::net::SocketAddr;

use axum::{body::Body, extract::ConnectInfo};
use http::{Request, StatusCode};
use kernel::permissions::StaysView;

use super::{HOST, client, kit, kit_behind};
use crate::{
    ApiDoc, CacheClass, Cookie, LimitClass, LimitSettings, Routes, Web, WebError, allow, assemble, public,
    testing::Client,
};

fn routes() -> Routes<()> {
    Routes::new()
        .get("/", public("x"), async || "hello")
        .get("/who", public("x"), async |web: Web| web.client().to_string())
        .get("/stays", allow::<StaysView>(), async || "stays")
        .get("/cookie", public("x"), async |web: Web| web.set_cookie(Cookie::session("a", "b")))
        .cache(CacheClass::Assets)
        .get("/assets/{*path}", public("files"), async |web: Web| format!("{:?}", web.known_identity().is_some()))
        .cache(CacheClass::Assets)
        .get("/assets-same", public("files"), async || StatusCode::NOT_MODIFIED)
        .cache(CacheClass::Assets)
        .get("/assets-gone", public("files"), async || WebError::not_found())
        .cache(CacheClass::Assets)
        .get("/openapi", public("x"), async || "{}")
        .cache(CacheClass::PublicShort)
        .get("/health/live", public("health"), async || "ok")
        .limit(LimitClass::Unlimited)
        .post("/sign-in", public("x"), async || "no")
        .limit(LimitClass::Credentials)
        .get("/panics", public("x"), async || -> &'static str { panic!() })
        .api_get("/api/v1/stays", allow::<StaysView>(), async || "[]", ApiDoc::new("x"))
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let router = assemble(kit("https://stays.example", LimitSettings::off()), routes(), ());
    let mut browser = Client::new(router, "stays.example").cookie("__Host-session", "manager");
    for path in [
        "/",
        "/stays",
        "/assets/a.css",
        "/assets-same",
        "/assets-gone",
        "/nowhere",
        "/panics",
        "/health/live",
        "/api/v1/stays",
        "/api/v1/nowhere",
        "/sign-in",
        "/cookie",
    ] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self';",
            "style-src 'self';",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {part}");
        }
        assert!(!policy.contains("unsafe"));
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=63072000; includeSubDomains"),
        ] {
            assert_eq!(answer.header(name), value, "{path} {name}");
        }
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 36, "{path}");
        let kept = matches!(path, "/assets/a.css" | "/assets-same");
        assert_eq!(answer.header("cache-control") != "no-store", kept, "{path}");
    }
    assert_eq!(client(routes()).get("/").await.header("strict-transport-security"), "", "not over http");
}

#[tokio::test]
async fn only_what_is_the_same_for_everybody_may_be_kept() {
    let mut visitor = client(routes());
    assert_eq!(visitor.get("/openapi").await.header("cache-control"), "public, max-age=60");
    let asset = visitor.get("/assets/a.css").await;
    assert_eq!(asset.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(client(routes()).signed_in("manager").get("/assets/a.css").await.body, "false", "nobody is looked up");
    let cookie = client(routes()).get("/cookie").await;
    assert_eq!(
        (cookie.header("cache-control"), cookie.header("set-cookie")),
        ("no-store", "a=b; Path=/; HttpOnly; SameSite=Lax")
    );
}

#[tokio::test]
async fn another_host_is_not_served_but_for_health() {
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:8081", "evil.example:8080", ""] {
        let mut client = Client::new(assemble(kit("http://127.0.0.1:8080", LimitSettings::off()), routes(), ()), host);
        assert_eq!(client.get("/").await.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert_eq!(client.get("/healthy").await.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert_eq!(client.get("/health/live").await.body, "ok", "{host}");
    }
    let forwarded = client(routes()).with("x-forwarded-host", "evil.example").get("/stays").await;
    assert_eq!(forwarded.header("location"), "/sign-in?next=%2Fstays");
}

#[tokio::test]
async fn a_second_host_is_no_way_around() {
    let request = Request::get("/").header("host", HOST).header("host", "evil.example").body(Body::empty());
    assert_eq!(client(routes()).send(request.unwrap()).await.status, StatusCode::MISDIRECTED_REQUEST);
    let request = Request::get("http://evil.example/").header("host", HOST).body(Body::empty());
    assert_eq!(client(routes()).send(request.unwrap()).await.status, StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn the_client_behind_a_trusted_proxy_is_known_by_its_own_address() {
    let proxies = vec!["10.0.0.0/8".parse().unwrap()];
    let kit = kit_behind(proxies, "http://127.0.0.1:8080", LimitSettings::default());
    let mut client = Client::new(assemble(kit, routes(), ()), HOST);
    let id = "01234567-89ab-cdef-0123-456789abcdef";
    for (peer, forwarded, seen, believed) in [
        ("10.0.0.1:5000", "6.6.6.6, 198.51.100.7", "198.51.100.7", true),
        ("203.0.113.9:5000", "6.6.6.6", "203.0.113.9", false),
    ] {
        let request = Request::get("/who")
            .header("x-forwarded-for", forwarded)
            .header("x-request-id", id)
            .extension(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
        let answer = client.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((answer.body.as_str(), answer.header("x-request-id") == id), (seen, believed));
    }
}

fn limited() -> Client {
    Client::new(assemble(kit("http://127.0.0.1:8080", LimitSettings::default()), routes(), ()), HOST)
}

#[tokio::test]
async fn too_many_attempts_wait_and_other_classes_do_not() {
    let mut browser = limited();
    for _ in 0..5 {
        assert_eq!(browser.post("/sign-in", &[]).await.status, StatusCode::FORBIDDEN, "no token, but counted");
    }
    let answer = browser.post("/sign-in", &[]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.body.contains("too_many_requests"));
    let seconds: u32 = answer.header("retry-after").parse().unwrap();
    assert!((1..=13).contains(&seconds), "{seconds}");
    // An untrusted peer's own header does not make it somebody else.
    let spoofed = browser.with("x-forwarded-for", "198.51.100.7").post("/sign-in", &[]).await;
    assert_eq!(spoofed.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_limited_api_answers_a_problem() {
    let mut api = limited().bearer("manager");
    let mut answer = api.get("/api/v1/stays").await;
    for _ in 0..30 {
        answer = api.get("/api/v1/stays").await;
    }
    assert_eq!(
        (answer.status, answer.json()["code"].as_str()),
        (StatusCode::TOO_MANY_REQUESTS, Some("too_many_requests"))
    );
    assert_eq!(answer.header("retry-after"), "1");
    assert_eq!(api.get("/health/live").await.body, "ok");
}

#[tokio::test]
async fn head_answers_as_get_without_a_body() {
    let request = Request::head("/").body(Body::empty());
    let answer = client(routes()).send(request.unwrap()).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, ""));
}
