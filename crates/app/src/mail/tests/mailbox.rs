//! The development mailbox, over HTTP.

use std::net::SocketAddr;

use axum::{body::Body, extract::ConnectInfo};
use chrono::TimeDelta;
use db::{db_test, testing::TestDb};
use http::{Request, StatusCode, header};
use kernel::{Language, MailId};
use tower::ServiceExt;
use webkit::testing::Answer;

use crate::{
    mail::{Mail, PasswordReset, queue},
    testing::World,
};

const HERE: &str = "127.0.0.1:40000";
const ELSEWHERE: &str = "192.0.2.7:40000";

async fn written(world: &World) -> MailId {
    let mail = Mail {
        organization: None,
        to: "zoe@example.org".to_owned(),
        language: Language::English,
        message: PasswordReset {
            name: "<script>alert(1)</script>".to_owned(),
            path: "/reset-password?token=secret".to_owned(),
            valid_for: TimeDelta::hours(1),
        },
        dedupe_key: "reset:1".to_owned(),
    };
    let mut tx = world.app.db.begin().await.unwrap();
    let id = queue(&world.app, &mut tx, &mail).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    id
}

/// A request from that address.
async fn get(world: &World, path: &str, peer: &str) -> Answer {
    let mut request = Request::get(path).header(header::HOST, "127.0.0.1:8080").body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    let response = world.site().router().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
}

#[db_test]
async fn mails_can_be_read_at_this_machine(db: TestDb) {
    let world = World::new(db).await;
    assert!(get(&world, "/dev/mail", HERE).await.body.contains("No mails yet"));
    let id = written(&world).await;
    let list = get(&world, "/dev/mail", HERE).await;
    assert!(list.body.contains("zoe@example.org") && list.body.contains(&format!("/dev/mail/{id}")));

    let page = get(&world, &format!("/dev/mail/{id}"), HERE).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("href=\"http://127.0.0.1:8080/reset-password?token=secret\""), "{}", page.body);
    assert!(!page.body.contains("<script>alert"));
    assert!(page.header("content-security-policy").ends_with("; frame-src 'self'"));

    let html = get(&world, &format!("/dev/mail/{id}/html"), HERE).await;
    assert_eq!(
        html.header("content-security-policy"),
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    );
    assert!(html.body.contains("&#60;script&#62;") && !html.body.contains("<script>"));
}

#[db_test]
async fn nobody_else_finds_them(db: TestDb) {
    let world = World::new(db).await;
    let id = written(&world).await;
    for path in ["/dev/mail".to_owned(), format!("/dev/mail/{id}"), format!("/dev/mail/{id}/html")] {
        let answer = get(&world, &path, ELSEWHERE).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(!answer.body.contains("zoe@example.org"));
    }
    let unknown = get(&world, "/dev/mail/00000000-0000-0000-0000-000000000001", HERE).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[db_test]
async fn production_has_no_such_pages(db: TestDb) {
    let settings = [
        ("server.environment", "production"),
        ("server.public_url", "https://stays.example.com"),
        ("security.encryption_keys", "test:4FhWeuyIWWwOWDQb8RL+VQKbGYKOstIkG4RrGvaf5vI="),
    ];
    let world = World::with_settings(db, &settings).await;
    let id = written(&world).await;
    for path in ["/dev/mail".to_owned(), format!("/dev/mail/{id}"), format!("/dev/mail/{id}/html")] {
        assert_eq!(get(&world, &path, HERE).await.status, StatusCode::NOT_FOUND);
    }
}
