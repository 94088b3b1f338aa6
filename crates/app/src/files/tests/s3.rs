//! The bucket of a service on loopback, which believes only what is signed.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use futures_util::TryStreamExt as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{HeaderMap, Method, StatusCode, Uri};
use kernel::{FileId, OrganizationId};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{config, files::storage::Storage};

const KEY_ID: &str = "landlord";
const SECRET: &str = "a secret of the test";

/// What the service knows: objects by path, and what was asked.
#[derive(Default)]
struct Bucket {
    objects: BTreeMap<String, Bytes>,
    asked: Vec<String>,
    /// So many requests are answered with 503 first.
    busy: u32,
}

type Shared = Arc<Mutex<Bucket>>;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Whether the request carries a signature of version 4 over its method, address, headers and body, by whoever knows the secret.
fn is_signed(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> bool {
    let text = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
    let Some(rest) = text("authorization").strip_prefix("AWS4-HMAC-SHA256 ") else { return false };
    let part = |name: &str| rest.split(", ").find_map(|part| part.strip_prefix(name)).unwrap_or("");
    let (credential, signed) = (part("Credential="), part("SignedHeaders="));
    let Some(scope) = credential.strip_prefix(&format!("{KEY_ID}/")) else { return false };
    let hash = text("x-amz-content-sha256");
    if hash != hex(&Sha256::digest(body))
        || !["host", "x-amz-date"].iter().all(|name| signed.split(';').any(|s| s == *name))
    {
        return false;
    }
    let lines: String = signed.split(';').map(|name| format!("{name}:{}\n", text(name).trim())).collect();
    let mut query: Vec<&str> = uri.query().unwrap_or("").split('&').filter(|pair| !pair.is_empty()).collect();
    query.sort_unstable();
    let request = format!("{method}\n{}\n{}\n{lines}\n{signed}\n{hash}", uri.path(), query.join("&"));
    let to_sign =
        format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{}", text("x-amz-date"), hex(&Sha256::digest(request.as_bytes())));
    let key = scope.split('/').fold(format!("AWS4{SECRET}").into_bytes(), |key, part| mac(&key, part));
    hex(&mac(&key, &to_sign)) == part("Signature=")
}

async fn answer(State(bucket): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 10_000_000).await.unwrap();
    let mut bucket = bucket.lock().unwrap();
    if bucket.busy > 0 {
        bucket.busy -= 1;
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if !is_signed(&parts.method, &parts.uri, &parts.headers, &body) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let path = parts.uri.path().to_owned();
    bucket.asked.push(format!("{} {path}", parts.method));
    let tagged = |bytes: &Bytes| {
        [
            ("etag", format!("\"{}\"", hex(&Sha256::digest(bytes)[..16]))),
            ("last-modified", "Mon, 04 Jan 2027 09:00:00 GMT".to_owned()),
        ]
    };
    match parts.method {
        Method::PUT => {
            let headers = tagged(&body);
            bucket.objects.insert(path, body);
            headers.into_response()
        }
        Method::GET | Method::HEAD => match bucket.objects.get(&path) {
            Some(found) => (tagged(found), found.clone()).into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        },
        Method::DELETE => {
            bucket.objects.remove(&path);
            StatusCode::NO_CONTENT.into_response()
        }
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

async fn service() -> (Shared, String) {
    let bucket = Shared::default();
    let router = Router::new().fallback(answer).with_state(bucket.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (bucket, address)
}

fn storage(address: &str, secret: &str) -> Storage {
    let config = config::for_tests(&[
        ("files.s3_bucket", "photos"),
        ("files.s3_region", "eu-south-2"),
        ("files.s3_endpoint", address),
        ("files.s3_access_key_id", KEY_ID),
        ("files.s3_secret_access_key", secret),
    ]);
    Storage::open(&config.data, &config.files).unwrap()
}

const ORGANIZATION: OrganizationId = OrganizationId::from_uuid(Uuid::from_u128(1));
const FILE: FileId = FileId::from_uuid(Uuid::from_u128(2));

async fn read(storage: &Storage) -> Option<Vec<u8>> {
    let parts: Vec<Bytes> = storage.get(ORGANIZATION, FILE).await.unwrap()?.try_collect().await.unwrap();
    Some(parts.concat())
}

#[tokio::test]
async fn files_go_to_a_bucket_and_back_and_are_deleted_there() {
    let (bucket, address) = service().await;
    let storage = storage(&address, SECRET);
    assert_eq!(read(&storage).await, None);
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    storage.put(ORGANIZATION, FILE, bytes.clone()).await.unwrap();
    assert_eq!(read(&storage).await.as_ref(), Some(&bytes));
    storage.delete(ORGANIZATION, FILE).await.unwrap();
    storage.delete(ORGANIZATION, FILE).await.unwrap();
    assert_eq!(read(&storage).await, None);
    let place = format!("/photos/{ORGANIZATION}/{FILE}");
    let bucket = bucket.lock().unwrap();
    assert!(bucket.objects.is_empty());
    assert!(bucket.asked.iter().all(|line| line.ends_with(&place)), "{:?}", bucket.asked);
    assert!(bucket.asked.iter().any(|line| line.starts_with("DELETE ")), "one at a time");
}

#[tokio::test]
async fn a_service_that_is_busy_for_a_moment_is_asked_again() {
    let (bucket, address) = service().await;
    bucket.lock().unwrap().busy = 2;
    storage(&address, SECRET).put(ORGANIZATION, FILE, vec![1, 2, 3]).await.unwrap();
    assert_eq!(bucket.lock().unwrap().objects.len(), 1);
}

#[tokio::test]
async fn a_wrong_secret_writes_nothing_and_says_nothing_of_itself() {
    let (bucket, address) = service().await;
    let storage = storage(&address, "another-secret");
    let error = storage.put(ORGANIZATION, FILE, vec![1]).await.unwrap_err();
    assert!(!format!("{error:?} {error}").contains("another-secret"));
    assert!(!format!("{storage:?}").contains("another-secret"));
    assert!(bucket.lock().unwrap().objects.is_empty());
}
