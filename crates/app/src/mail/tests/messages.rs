//! Every mail as people read it.

use chrono::TimeDelta;
use kernel::{Instant, Language, Nights, Zone};
use url::Url;

use crate::mail::{
    BookedStay, Conflict, EmailChange, EmailChanged, FeedStale, FeedSuspicious, Letter, MailMessage, PasswordChanged,
    PasswordReset, VerifyEmail, Writer,
};

fn writer(language: Language) -> Writer {
    Writer::new(language, Url::parse("https://stays.example.com").unwrap())
}

/// The text of a mail in both languages.
fn texts(message: &impl MailMessage) -> String {
    let texts: Vec<String> =
        Language::ALL.iter().map(|language| message.letter(&writer(*language)).to_text().unwrap()).collect();
    texts.join("\n================================\n\n")
}

fn name() -> String {
    "Zoë O'Brien".to_owned()
}

fn moment() -> Instant {
    "2027-01-04T09:00:00Z".parse().unwrap()
}

fn madrid() -> Zone {
    "Europe/Madrid".parse().unwrap()
}

fn nights(check_in: &str, check_out: &str) -> Nights {
    Nights::new(check_in.parse().unwrap(), check_out.parse().unwrap()).unwrap()
}

fn conflict() -> Conflict {
    Conflict {
        property: "Casa <b>Sol</b> & Mar".to_owned(),
        nights: nights("2027-02-12", "2027-02-14"),
        holds: BookedStay { channel: "airbnb", nights: nights("2027-02-10", "2027-02-14") },
        waits: BookedStay { channel: "booking_com", nights: nights("2027-02-12", "2027-02-17") },
        path: "/stays/01942f5e-0000-7000-8000-000000000001".to_owned(),
    }
}

#[test]
fn verify_email() {
    let path = "/verify-email?token=abc".to_owned();
    insta::assert_snapshot!(texts(&VerifyEmail { name: name(), path, valid_for: TimeDelta::days(2) }));
}

#[test]
fn password_reset() {
    let path = "/reset-password?token=abc".to_owned();
    insta::assert_snapshot!(texts(&PasswordReset { name: name(), path, valid_for: TimeDelta::hours(1) }));
}

#[test]
fn email_change() {
    let path = "/confirm-email?token=abc".to_owned();
    insta::assert_snapshot!(texts(&EmailChange { name: name(), path, valid_for: TimeDelta::minutes(90) }));
}

#[test]
fn email_changed() {
    insta::assert_snapshot!(texts(&EmailChanged { name: name(), at: moment(), zone: madrid() }));
}

#[test]
fn password_changed() {
    let path = "/forgot-password".to_owned();
    insta::assert_snapshot!(texts(&PasswordChanged { name: name(), at: moment(), zone: madrid(), path }));
}

#[test]
fn conflict_of_two_stays() {
    insta::assert_snapshot!(texts(&conflict()));
}

#[test]
fn feed_stale() {
    let stale = |last_good| FeedStale {
        property: "Casa Sol".to_owned(),
        channel: "vrbo",
        last_good,
        zone: madrid(),
        path: "/feeds/1".to_owned(),
    };
    insta::assert_snapshot!(texts(&stale(Some(moment()))));
    let never = stale(None).letter(&writer(Language::English)).to_text().unwrap();
    assert!(never.contains("Last read: never"), "{never}");
}

#[test]
fn feed_suspicious() {
    let (property, path) = ("Casa Sol".to_owned(), "/feeds/1".to_owned());
    insta::assert_snapshot!(texts(&FeedSuspicious { property, channel: "airbnb", gone: 7, path }));
}

#[test]
fn the_html_says_the_same_and_names_are_no_markup() {
    insta::assert_snapshot!(conflict().letter(&writer(Language::English)).to_html().unwrap());
}

#[test]
fn links_lead_here_only() {
    let writer = writer(Language::English);
    for (path, link) in [
        ("/stays/1?x=%2F", "https://stays.example.com/stays/1?x=%2F"),
        ("https://elsewhere.example.org/", "https://stays.example.com/"),
        ("//elsewhere.example.org/", "https://stays.example.com/"),
        ("/\\elsewhere.example.org/", "https://stays.example.com/"),
        ("javascript:alert(1)", "https://stays.example.com/"),
    ] {
        assert_eq!(writer.link(path).as_str(), link, "{path}");
    }
}

#[test]
fn a_subject_is_one_line() {
    let letter: Letter = writer(Language::English).letter("Casa\r\nBcc: x@example.org\t!");
    assert_eq!(letter.subject(), "Casa Bcc: x@example.org !");
}
