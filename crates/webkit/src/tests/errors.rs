use std::sync::{Arc, Mutex};

use axum::routing::get;
use http::StatusCode;
use kernel::{Fault, FieldErrors};
use tracing::instrument::WithSubscriber;

use super::{HOST, client, kit};
use crate::{ApiDoc, LimitSettings, Routes, Web, WebError, allow, assemble, public, testing::Client};

fn broken() -> WebError {
    Fault::new("reading stays", std::io::Error::other("secret-cause")).into()
}

fn routes() -> Routes<()> {
    Routes::new()
        .get("/broken/{token}", public("x"), async || broken())
        .get("/busy", public("x"), async || WebError::from(Fault::busy("pool", std::io::Error::other("full"))))
        .get("/panics", public("x"), async || -> &'static str { panic!("secret-cause") })
        .get("/slow", public("x"), async || tokio::time::sleep(std::time::Duration::from_secs(60)).await)
        .post("/taken", public("x"), async || WebError::conflict("nights_taken"))
        .get("/ok", public("x"), async |web: Web| web.csrf_token())
        .api_get("/api/v1/broken", public("x"), async || broken(), ApiDoc::new("x"))
        .api_post(
            "/api/v1/stays",
            allow::<kernel::permissions::StaysCreate>(),
            async || {
                let mut errors = FieldErrors::one("arrival", "required");
                errors.add_bound("guest", "too_long", 200);
                WebError::from(errors)
            },
            ApiDoc::new("x"),
        )
}

#[tokio::test]
async fn a_fault_shows_a_reference_and_never_its_cause() {
    for path in ["/broken/x", "/panics", "/api/v1/broken"] {
        let answer = client(routes()).get(path).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert!(answer.body.contains(answer.header("x-request-id")), "{path}: {}", answer.body);
        assert!(!answer.body.contains("secret-cause") && !answer.body.contains("reading"), "{path}");
    }
}

#[tokio::test]
async fn a_lookup_that_fails_is_a_fault_too() {
    let answer = client(routes()).signed_in("broken").get("/ok").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!answer.body.contains("secret-cause"));
}

#[tokio::test(start_paused = true)]
async fn busy_and_slow_answers_say_when_to_come_again() {
    for path in ["/busy", "/slow"] {
        let answer = client(routes()).get(path).await;
        assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "2"), "{path}");
    }
}

#[tokio::test]
async fn a_problem_names_fields_by_stable_codes() {
    let answer =
        client(routes()).bearer("manager").json(http::Method::POST, "/api/v1/stays", &serde_json::json!({})).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    insta::assert_json_snapshot!(answer.json());
}

#[tokio::test]
async fn what_does_not_exist_is_drawn_for_whoever_asks() {
    let answer = client(routes()).signed_in("manager").get("/nowhere").await;
    assert_eq!((answer.status, answer.body.contains("not_found for manager")), (StatusCode::NOT_FOUND, true));
    let answer = client(routes()).get("/api/v1/nowhere").await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (StatusCode::NOT_FOUND, Some("not_found")));
    let answer = client(routes()).with("accept", "application/json").get("/nowhere").await;
    assert_eq!(answer.json()["status"], 404);
    let answer = client(routes()).post("/ok", &[]).await;
    assert_eq!((answer.status, answer.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD"));
}

#[tokio::test]
async fn an_error_never_lands_inside_a_swapped_fragment() {
    let mut browser = client(routes()).with("hx-request", "true").with("hx-request-type", "partial");
    let token = browser.get("/ok").await.body;
    let answer = browser.post_with("/taken", &token, &[]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!((answer.header("hx-retarget"), answer.header("hx-reswap")), ("#messages", "innerHTML"));
    assert_eq!((answer.header("hx-push-url"), answer.header("hx-reselect")), ("false", "[role=\"alert\"]"));
    assert_eq!(answer.body, "<div role=\"alert\">nights_taken</div>");
    let mut browser = browser.with("hx-request-type", "full");
    assert_eq!(browser.get("/nowhere?a=b").await.header("hx-redirect"), "/nowhere?a=b");
}

#[tokio::test]
async fn a_handler_mounted_past_the_declarations_answers_nothing() {
    let kit = kit("http://127.0.0.1:8080", LimitSettings::off());
    let router = axum::Router::new()
        .route("/bare", get(async || "secret"))
        .layer(axum::middleware::from_fn_with_state(kit.clone(), crate::front::front));
    assert_eq!(Client::new(router, HOST).get("/bare").await.status, StatusCode::INTERNAL_SERVER_ERROR);
    let outside = axum::Router::new().route("/web", get(async |_: Web| "x"));
    assert_eq!(Client::new(outside, HOST).get("/web").await.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(Client::new(assemble(kit, routes(), ()), HOST).get("/ok").await.status, StatusCode::OK);
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_has_the_pattern_the_cause_and_the_id_and_nothing_personal() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
    let answer = async { client(routes()).signed_in("manager").get("/broken/path-secret?query-secret").await }
        .with_subscriber(subscriber)
        .await;
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2, "{text}");
    let id = answer.header("x-request-id");
    assert_eq!((lines[0]["level"].as_str(), lines[0]["fields"]["request_id"].as_str()), (Some("ERROR"), Some(id)));
    assert_eq!(lines[0]["fields"]["fault"], "reading stays: secret-cause");
    let request = &lines[1]["fields"];
    assert_eq!((request["route"].as_str(), request["status"].as_u64()), (Some("/broken/{token}"), Some(500)));
    assert_eq!(request["user_id"], "00000000-0000-0000-0000-000000000007");
    assert_eq!(lines[1]["span"]["request_id"], id);
    for secret in ["path-secret", "query-secret", "canary@example.org", "session="] {
        assert!(!text.contains(secret), "{secret}");
    }
}
