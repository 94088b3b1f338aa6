use kernel::FieldErrors;

use super::*;
use crate::accounts::model::{Counter, Email, check_password};

fn codes(form: &RegisterForm) -> Vec<(&'static str, &'static str)> {
    let errors = NewLandlord::parse(form, Language::English).err().unwrap_or_default();
    errors.iter().map(|error| (error.field, error.code)).collect()
}

#[test]
fn a_country_is_enough_for_zone_and_currency_and_the_page_for_the_language() {
    let landlord = NewLandlord::parse(&form(), Language::Spanish).unwrap();
    let facts = landlord.organization;
    assert_eq!((facts.zone.name(), facts.currency.code(), facts.language), ("Europe/Madrid", "EUR", Language::Spanish));
    let chosen =
        RegisterForm { zone: "Atlantic/Canary".into(), currency: "USD".into(), language: "en".into(), ..form() };
    let facts = NewLandlord::parse(&chosen, Language::Spanish).unwrap().organization;
    assert_eq!(
        (facts.zone.name(), facts.currency.code(), facts.language),
        ("Atlantic/Canary", "USD", Language::English)
    );
}

#[test]
fn every_field_says_what_is_wrong_with_it() {
    let empty = RegisterForm::default();
    assert_eq!(
        codes(&empty),
        [
            ("name", "required"),
            ("email", "required"),
            ("password", "required"),
            ("organization", "required"),
            ("country", "required")
        ]
    );
    let long = "x".repeat(121);
    for (wrong, field, code) in [
        (RegisterForm { name: long.clone(), ..form() }, "name", "too_long"),
        (RegisterForm { name: " \u{0} \n".into(), ..form() }, "name", "required"),
        (RegisterForm { email: "lena".into(), ..form() }, "email", "email_invalid"),
        (RegisterForm { password: "elevenbytes".into(), ..form() }, "password", "password_short"),
        (RegisterForm { password: "x".repeat(257), ..form() }, "password", "password_long"),
        (RegisterForm { password: "password1234".into(), ..form() }, "password", "password_common"),
        (RegisterForm { organization: long, ..form() }, "organization", "too_long"),
        (RegisterForm { country: "XX".into(), ..form() }, "country", "unknown_choice"),
        (RegisterForm { zone: "Europe/Atlantis".into(), ..form() }, "zone", "unknown_zone"),
        (RegisterForm { currency: "XYZ".into(), ..form() }, "currency", "unknown_choice"),
        (RegisterForm { language: "tlh".into(), ..form() }, "language", "unknown_choice"),
    ] {
        assert_eq!(codes(&wrong), [(field, code)]);
    }
}

#[test]
fn names_keep_their_apostrophes_and_lose_line_breaks() {
    let landlord = NewLandlord::parse(&RegisterForm { name: " Lena\r\nO'Brien ".into(), ..form() }, Language::English);
    assert_eq!(landlord.unwrap().name, "Lena  O'Brien");
}

#[test]
fn addresses_are_ascii_with_a_name_and_a_host_of_two_words() {
    for good in ["a@b.co", "O'Brien+x@mail.example.com", " lena@landlord.example ", "a_b-c@xn--bcher-kva.example"] {
        assert!(Email::parse(good).is_ok(), "{good}");
    }
    let long = format!("{}@landlord.example", "a".repeat(65));
    for bad in [
        "a",
        "@b.co",
        "a@",
        "a@b",
        "a@b..co",
        "a@.co",
        "a@b.co.",
        "a b@c.de",
        "a@b@c.de",
        "a@b c.de",
        ".a@b.co",
        "a..b@c.de",
        "a@-b.co",
        "a@b-.co",
        "a@[127.0.0.1]",
        "a@b.co\r\nBcc: x@y.z",
        "lén@b.co",
        "\"a\"@b.co",
        "a,b@c.de",
        "<a@b.co>",
        &long,
    ] {
        assert_eq!(Email::parse(bad), Err("email_invalid"), "{bad}");
    }
    assert_eq!(Email::parse("  "), Err("required"));
    assert_eq!(Email::parse("LENA@b.co").unwrap().folded(), Email::parse("lena@B.CO").unwrap().folded());
}

#[test]
fn a_password_may_be_anything_that_is_not_guessed_first() {
    let problem = |password: &str| {
        let mut errors = FieldErrors::new();
        check_password(&mut errors, "password", password, &["Lena O'Brien", EMAIL, "Harbour Stays"]);
        errors.of("password").map(|error| error.code)
    };
    let longest = "long words of many kinds; ".repeat(10)[..256].to_owned();
    for good in [PASSWORD, "            9 spaces count", "ñandú ñandú río", "X7#qL!9z@Tn2", &longest] {
        assert_eq!(problem(good), None, "{good}");
    }
    for common in [
        "123456789012",
        "qwertyuiop123",
        "aaaaaaaaaaaa",
        "passwordpassword",
        "lena@landlord.example",
        "Lena O'Brien",
        "harbourstays",
        "landlord1234",
    ] {
        assert_eq!(problem(common), Some("password_common"), "{common}");
    }
}

#[test]
fn the_pause_grows_with_failures_and_ends() {
    let minutes = |counter: Counter, failures| counter.pause_after(failures).map(|pause| pause.as_secs() / 60);
    let visitor: Vec<_> = (1..=13).map(|n| minutes(Counter::Visitor, n)).collect();
    assert_eq!(visitor[..4], [None; 4]);
    assert_eq!(visitor[4..], [1, 2, 4, 8, 16, 32, 60, 60, 60].map(Some));
    assert_eq!(
        [19, 20, 24, 25, i64::MAX].map(|n| minutes(Counter::Account, n)),
        [None, Some(5), Some(5), Some(20), Some(20)]
    );

    // A whole day of guessing at one account from ever new addresses.
    let (mut now, mut failures) = (0, 0);
    while now < 24 * 60 {
        failures += 1;
        now += minutes(Counter::Account, failures).unwrap_or(0);
    }
    assert!(failures < 100, "{failures}");
}
