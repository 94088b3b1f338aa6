use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use axum::{Json, body::Body};
use http::{Method, Request, StatusCode};
use kernel::{
    Page, StayId,
    permissions::{StaysCreate, StaysView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::client;
use crate::{
    Allowed, ApiDoc, ApiInfo, ApiJson, PageQuery, Path, Query, Routes, WebError, allow, openapi, public,
    testing::Client,
};

#[derive(Debug, Deserialize, JsonSchema)]
struct NewStay {
    /// The guest's name.
    guest: String,
    #[serde(default)]
    adults: Option<u8>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Stay {
    id: u32,
    guest: String,
}

fn routes() -> Routes<()> {
    let made = Arc::new(AtomicU32::new(0));
    let count = made.clone();
    let create = async move |_: Allowed<StaysCreate>, ApiJson(new): ApiJson<NewStay>| {
        tokio::task::yield_now().await;
        if new.adults == Some(99) {
            return Err(WebError::conflict("too_many_guests"));
        }
        let id = made.fetch_add(1, Ordering::SeqCst) + 1;
        Ok((StatusCode::CREATED, [("location", "/api/v1/stays/1")], Json(Stay { id, guest: new.guest })))
    };
    let secret = async |_: Allowed<StaysCreate>| Json(json!({ "token": "shown-once" }));
    Routes::new()
        .api_get(
            "/api/v1/stays",
            allow::<StaysView>(),
            async |Query(page): Query<PageQuery>| format!("{:?}", page.limit()),
            ApiDoc::new("List stays").query::<PageQuery>().answer::<Page<Stay>>(200),
        )
        .api_post(
            "/api/v1/stays",
            allow::<StaysCreate>(),
            create,
            ApiDoc::new("Book a stay").request::<NewStay>().answer::<Stay>(201).status(409),
        )
        .audit("stay.created")
        .api_get(
            "/api/v1/stays/{id}",
            allow::<StaysView>(),
            async |Path(id): Path<StayId>| id.to_string(),
            ApiDoc::new("Show a stay").answer::<Stay>(200),
        )
        .api_post(
            "/api/v1/stays/{id}/cancel",
            allow::<StaysCreate>(),
            async || StatusCode::NO_CONTENT,
            ApiDoc::new("Cancel a stay").status(204),
        )
        .api_post(
            "/api/v1/tokens",
            allow::<StaysCreate>(),
            secret,
            ApiDoc::new("Make a token").answer::<Stay>(200).secret(),
        )
        .api_get(
            "/api/v1/made",
            public("a test counts here"),
            async move || count.load(Ordering::SeqCst).to_string(),
            ApiDoc::new("Count"),
        )
        .get("/stays", allow::<StaysView>(), async || "no API")
}

fn api() -> Client {
    client(routes()).bearer("manager")
}

async fn book(api: &mut Client, body: serde_json::Value) -> crate::testing::Answer {
    api.json(Method::POST, "/api/v1/stays", &body).await
}

#[tokio::test]
async fn json_in_and_out() {
    let mut api = api();
    let answer = book(&mut api, json!({ "guest": "Zoë", "adults": 2 })).await;
    assert_eq!((answer.status, answer.json()), (StatusCode::CREATED, json!({ "id": 1, "guest": "Zoë" })));
    assert_eq!(answer.header("cache-control"), "no-store");
    let answer = book(&mut api, json!({ "guest": "a", "role": "manager" })).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        answer.json()["errors"][0],
        json!({ "field": "role", "code": "unknown_field", "message": "There is no such field" })
    );
    assert_eq!(api.get("/api/v1/stays?limit=7").await.body, "Limit(7)");
    assert_eq!(api.get("/api/v1/stays?sort=x").await.json()["errors"][0]["field"], "sort");
    assert_eq!(api.get("/api/v1/stays/not-an-id").await.json()["code"], "not_found");
}

#[tokio::test]
async fn only_json_is_taken_and_not_too_much_of_it() {
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/json-patch+json", ""] {
        let request = Request::post("/api/v1/stays").header("content-type", kind).body(Body::from(r#"{"guest":"a"}"#));
        assert_eq!(api().send(request.unwrap()).await.json()["code"], "unsupported_media_type", "{kind}");
    }
    let request = Request::post("/api/v1/stays").header("content-type", "Application/JSON; charset=utf-8");
    assert_eq!(api().send(request.body(Body::from(r#"{"guest":"a"}"#)).unwrap()).await.status, StatusCode::CREATED);
    let long = book(&mut api(), json!({ "guest": "a".repeat(65 * 1024) })).await;
    assert_eq!((long.status, long.json()["code"].as_str()), (StatusCode::PAYLOAD_TOO_LARGE, Some("too_large")));
}

#[tokio::test]
async fn a_repeated_request_is_done_once_and_answered_alike() {
    let mut api = api().with("idempotency-key", "k1");
    let first = book(&mut api, json!({ "guest": "a" })).await;
    let again = book(&mut api, json!({ "guest": "a" })).await;
    assert_eq!((again.status, again.json()), (first.status, first.json()));
    assert_eq!((again.header("location"), again.header("content-type")), ("/api/v1/stays/1", "application/json"));
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
    let other = book(&mut api, json!({ "guest": "b" })).await;
    assert_eq!(
        (other.status, other.json()["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("idempotency_mismatch"))
    );
    assert_eq!(api.get("/api/v1/made").await.body, "1");
    let mut api = api.with("idempotency-key", "");
    assert_eq!(book(&mut api, json!({ "guest": "a" })).await.json()["id"], 2, "without a key each is its own");
}

#[tokio::test]
async fn of_two_at_once_one_runs() {
    let api = api().with("idempotency-key", "k1");
    let (mut one, mut two) = (api.clone(), api);
    let (one, two) = tokio::join!(book(&mut one, json!({ "guest": "a" })), book(&mut two, json!({ "guest": "a" })));
    assert_eq!((one.status, two.status), (StatusCode::CREATED, StatusCode::CONFLICT));
    assert_eq!(two.json()["code"], "idempotency_running");
}

#[tokio::test]
async fn a_refused_request_may_be_tried_again() {
    let mut api = api().with("idempotency-key", "k1");
    assert_eq!(book(&mut api, json!({ "guest": "a", "adults": 99 })).await.json()["code"], "too_many_guests");
    assert_eq!(book(&mut api, json!({ "guest": "a", "adults": 2 })).await.status, StatusCode::CREATED);
    let mut api = api.with("idempotency-key", &"k".repeat(256));
    assert_eq!(book(&mut api, json!({ "guest": "a" })).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_secret_is_not_kept_for_the_repetition() {
    let mut api = api().with("idempotency-key", "k1");
    let first = api.json(Method::POST, "/api/v1/tokens", &json!({})).await;
    let again = api.json(Method::POST, "/api/v1/tokens", &json!({})).await;
    assert!(first.body.contains("shown-once") && !again.body.contains("shown-once"));
    assert_eq!(again.status, StatusCode::OK);
}

#[tokio::test]
async fn a_client_that_hangs_up_does_not_leave_its_key_running() {
    let mut api = api().with("idempotency-key", "k1");
    {
        let body = json!({ "guest": "a" });
        let pending = book(&mut api, body);
        tokio::pin!(pending);
        // The handler has begun and waits; then the client is gone.
        tokio::select! {
            biased;
            _ = &mut pending => unreachable!("the handler yields first"),
            () = async {} => {}
        }
    }
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    assert_eq!(book(&mut api, json!({ "guest": "a" })).await.header("idempotency-replayed"), "true");
    assert_eq!(api.get("/api/v1/made").await.body, "1");
}

#[test]
fn the_description_has_every_route_of_the_api() {
    let info = ApiInfo { title: "Test".into(), version: "1".into(), server: "https://stays.example".into() };
    insta::assert_json_snapshot!(openapi(&routes().entries(), &info));
}
