//! From the transaction that writes a mail to the mail server.

use std::time::Duration;

use chrono::TimeDelta;
use db::{db_test, testing::TestDb};
use jobs::{Endings, Options, Registry, Worker, queue_facts};
use kernel::{Language, MailId};

use super::smtp_server::SmtpServer;
use crate::{
    App,
    mail::{
        Mail, MailState, VerifyEmail, handle_jobs,
        model::StoredMail,
        queue,
        service::{self, MOST_ATTEMPTS},
    },
    testing::World,
};

const PRODUCTION: &[(&str, &str)] = &[
    ("server.environment", "production"),
    ("server.public_url", "https://stays.example.com"),
    ("security.encryption_keys", "test:4FhWeuyIWWwOWDQb8RL+VQKbGYKOstIkG4RrGvaf5vI="),
];

fn mail(to: &str, key: &str) -> Mail<VerifyEmail> {
    Mail {
        organization: None,
        to: to.to_owned(),
        language: Language::Spanish,
        message: VerifyEmail {
            name: "Zoë".to_owned(),
            path: "/verify-email?token=secret".to_owned(),
            valid_for: TimeDelta::days(1),
        },
        dedupe_key: key.to_owned(),
    }
}

async fn write(app: &App, mail: &Mail<VerifyEmail>) -> Option<MailId> {
    let mut tx = app.db.begin().await.unwrap();
    let id = queue(app, &mut tx, mail).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn worker(app: &App) -> Worker<App> {
    let mut registry = Registry::new();
    handle_jobs(&mut registry);
    let seconds = Duration::from_secs;
    let options = Options { workers: 1, lease: seconds(60), poll: seconds(60), drain: seconds(1) };
    Worker::new(app.db.clone(), app.env.clone(), app.clone(), registry, options)
}

async fn run_jobs(app: &App) -> Endings {
    worker(app).run_until_empty().await.unwrap()
}

async fn all(app: &App) -> Vec<StoredMail> {
    service::recent(app).await.unwrap()
}

async fn with_server(db: TestDb, settings: &[(&str, &str)], server: &SmtpServer) -> World {
    let url = server.url();
    let mut settings = settings.to_vec();
    settings.push(("mail.smtp_url", &url));
    World::with_settings(db, &settings).await
}

const DONE: Endings = Endings { done: 1, retried: 0, failed: 0 };
const RETRIED: Endings = Endings { done: 0, retried: 1, failed: 0 };
const FAILED: Endings = Endings { done: 0, retried: 0, failed: 1 };
const NOTHING: Endings = Endings { done: 0, retried: 0, failed: 0 };

#[db_test]
async fn a_mail_is_sent_once_and_its_body_deleted(db: TestDb) {
    let server = SmtpServer::answering(&[]).await;
    let world = with_server(db, PRODUCTION, &server).await;
    let id = write(&world.app, &mail("zoe@example.org", "verify:1")).await.unwrap();
    assert_eq!(run_jobs(&world.app).await, DONE);
    assert_eq!(run_jobs(&world.app).await, NOTHING);

    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    for part in [
        "RCPT TO:<zoe@example.org>\n",
        "\nFrom: Landlord <landlord@localhost>\n",
        "\nTo: zoe@example.org\n",
        "\nSubject: Confirma tu correo =?utf-8?b?",
        "\nDate: Mon, 04 Jan 2027 09:00:00 +0000\n",
        &format!("\nMessage-ID: <{id}@stays.example.com>\n"),
        "\nAuto-Submitted: auto-generated\n",
        "\nContent-Type: multipart/alternative;",
        "https://stays.example.com/verify-email?token=3Dsecret",
    ] {
        assert!(taken[0].contains(part), "{part} is not in {}", taken[0]);
    }
    let stored = &all(&world.app).await[0];
    assert_eq!((stored.state, &stored.text, &stored.html), (MailState::Sent, &None, &None));
}

#[db_test]
async fn a_server_that_is_busy_is_asked_again(db: TestDb) {
    let server = SmtpServer::answering(&["451 <zoe@example.org> greylisted", "421 busy"]).await;
    let world = with_server(db, PRODUCTION, &server).await;
    write(&world.app, &mail("zoe@example.org", "verify:1")).await;
    for attempts in 1..=2 {
        assert_eq!(run_jobs(&world.app).await, RETRIED);
        let stored = &all(&world.app).await[0];
        assert_eq!((stored.state, stored.attempts, stored.text.is_some()), (MailState::Queued, attempts, true));
        world.clock.advance(TimeDelta::hours(1));
    }
    assert_eq!(all(&world.app).await[0].last_error.as_deref(), Some("the mail server answered 421"));
    assert_eq!(run_jobs(&world.app).await, DONE);
    assert_eq!((server.taken().len(), all(&world.app).await[0].state), (1, MailState::Sent));
}

#[db_test]
async fn a_refusal_is_final_and_leaves_no_body_and_no_address_in_the_reason(db: TestDb) {
    let server = SmtpServer::answering(&["550 <zoe@example.org> unknown"]).await;
    let world = with_server(db, PRODUCTION, &server).await;
    write(&world.app, &mail("zoe@example.org", "verify:1")).await;
    assert_eq!(run_jobs(&world.app).await, FAILED);
    let stored = &all(&world.app).await[0];
    assert_eq!((stored.state, &stored.text, &stored.html), (MailState::Failed, &None, &None));
    assert_eq!(stored.last_error.as_deref(), Some("the mail server answered 550"));
    let facts = queue_facts(&mut world.db.read().await.unwrap(), world.env.now()).await.unwrap();
    assert_eq!((facts.failed, facts.later, server.taken().len()), (1, 0, 0));
}

#[db_test]
async fn a_server_that_is_away_is_given_up_in_the_end(db: TestDb) {
    let settings = [PRODUCTION, &[("mail.smtp_url", "smtp://127.0.0.1:1")]].concat();
    let world = World::with_settings(db, &settings).await;
    write(&world.app, &mail("zoe@example.org", "verify:1")).await;
    for _ in 1..MOST_ATTEMPTS {
        assert_eq!(run_jobs(&world.app).await, RETRIED);
        world.clock.advance(TimeDelta::hours(1));
    }
    assert_eq!(run_jobs(&world.app).await, FAILED);
    let stored = &all(&world.app).await[0];
    assert_eq!((stored.state, stored.attempts), (MailState::Failed, MOST_ATTEMPTS));
    assert_eq!(stored.last_error.as_deref(), Some("the mail server cannot be reached"));
}

#[db_test]
async fn development_keeps_what_it_does_not_send(db: TestDb) {
    let world = World::new(db).await;
    write(&world.app, &mail("zoe@example.org", "verify:1")).await;
    assert_eq!(run_jobs(&world.app).await, DONE);
    let stored = &all(&world.app).await[0];
    assert_eq!(stored.state, MailState::Kept);
    let link = "http://127.0.0.1:8080/verify-email?token=secret";
    assert!(stored.text.as_ref().unwrap().contains(link) && stored.html.as_ref().unwrap().contains(link));
}

#[db_test]
async fn production_without_a_server_waits_for_one(db: TestDb) {
    let world = World::with_settings(db, PRODUCTION).await;
    write(&world.app, &mail("zoe@example.org", "verify:1")).await;
    assert_eq!(run_jobs(&world.app).await, RETRIED);
    assert_eq!(all(&world.app).await[0].last_error.as_deref(), Some("no mail server is configured"));
}

#[db_test]
async fn a_mail_exists_when_its_transaction_commits_and_once_for_each_key(db: TestDb) {
    let world = World::new(db).await;
    let mut tx = world.app.db.begin().await.unwrap();
    queue(&world.app, &mut tx, &mail("zoe@example.org", "verify:1")).await.unwrap();
    drop(tx);
    assert_eq!(all(&world.app).await, []);
    assert!(write(&world.app, &mail("zoe@example.org", "verify:1")).await.is_some());
    assert!(write(&world.app, &mail("zoe@example.org", "verify:1")).await.is_none());
    let elsewhere = Mail { organization: Some(world.home.organization), ..mail("zoe@example.org", "verify:1") };
    assert!(write(&world.app, &elsewhere).await.is_some());
    assert_eq!(run_jobs(&world.app).await.done, 2);
}

#[db_test]
async fn no_address_adds_a_header_or_a_recipient(db: TestDb) {
    let server = SmtpServer::answering(&[]).await;
    let world = with_server(db, PRODUCTION, &server).await;
    let bad = ["zoe@example.org\r\nBcc: eve@example.org", "zoe@example.org>\r\nRCPT TO:<eve@example.org", "nobody"];
    for (key, address) in bad.into_iter().enumerate() {
        write(&world.app, &mail(address, &key.to_string())).await;
    }
    assert_eq!(run_jobs(&world.app).await.failed, bad.len());
    assert_eq!(server.taken(), [""; 0]);
}

#[db_test]
async fn mails_are_forgotten_after_90_days_but_not_what_still_waits(db: TestDb) {
    let world = World::new(db).await;
    write(&world.app, &mail("zoe@example.org", "old")).await;
    run_jobs(&world.app).await;
    write(&world.app, &mail("zoe@example.org", "waiting")).await;
    world.clock.advance(TimeDelta::days(90));
    let keys = async || all(&world.app).await.into_iter().map(|mail| mail.dedupe_key).collect::<Vec<_>>();
    service::forget(&world.app).await.unwrap();
    assert_eq!(keys().await.len(), 2);
    world.clock.advance(TimeDelta::microseconds(1));
    worker(&world.app).run_schedules().await.unwrap();
    service::forget(&world.app).await.unwrap();
    assert_eq!(keys().await, ["waiting"]);
    assert_eq!(run_jobs(&world.app).await.done, 2);
}
