use std::os::unix::fs::PermissionsExt as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::{Env, FixedClock, SeededRandomness};

use super::{KeyError, KeyRing, OpenError};
use crate::config;

fn env(seed: u64) -> Env {
    Env::new(FixedClock::at("2027-01-04T09:00:00Z".parse().unwrap()), SeededRandomness::new(seed))
}

fn key(id: &str, seed: u64) -> String {
    format!("{id}:{}", STANDARD.encode(env(seed).random_bytes::<32>()))
}

fn ring(keys: &[String]) -> KeyRing {
    KeyRing::parse(keys.iter().map(String::as_str)).unwrap()
}

#[test]
fn a_sealed_value_opens_and_shows_nothing() {
    let ring = ring(&[key("k1", 1)]);
    let sealed = ring.seal("feed.url", b"https://example.com/private", &env(9)).unwrap();
    assert_eq!(ring.open_sealed("feed.url", &sealed).unwrap(), b"https://example.com/private");
    assert!(!sealed.windows(7).any(|part| part == b"private"));
    assert!(!ring.is_outdated(&sealed));
}

#[test]
fn equal_values_are_sealed_differently() {
    let (ring, env) = (ring(&[key("k1", 1)]), env(9));
    assert_ne!(ring.seal("p", b"same", &env).unwrap(), ring.seal("p", b"same", &env).unwrap());
}

#[test]
fn another_purpose_does_not_open_it() {
    let ring = ring(&[key("k1", 1)]);
    let sealed = ring.seal("property.wifi", b"secret", &env(9)).unwrap();
    assert_eq!(ring.open_sealed("feed.url", &sealed), Err(OpenError::NotAuthentic));
}

#[test]
fn any_changed_byte_is_noticed() {
    let ring = ring(&[key("k1", 1)]);
    let sealed = ring.seal("p", b"secret", &env(9)).unwrap();
    for index in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[index] ^= 1;
        assert!(ring.open_sealed("p", &changed).is_err(), "byte {index}");
        assert!(ring.open_sealed("p", &sealed[..index]).is_err(), "cut at {index}");
    }
}

#[test]
fn rotation_opens_old_values_and_keeps_lookups() {
    let old = ring(&[key("k1", 1)]);
    let rotated = ring(&[key("k2", 2), key("k1", 1)]);
    let sealed = old.seal("p", b"secret", &env(9)).unwrap();
    assert_eq!(rotated.open_sealed("p", &sealed).unwrap(), b"secret");
    assert!(rotated.is_outdated(&sealed));
    assert!(!rotated.is_outdated(&rotated.seal("p", b"secret", &env(9)).unwrap()));
    assert_eq!(old.lookup_hash("p", b"value"), rotated.lookup_hash("p", b"value"));
    assert_eq!(ring(&[key("k2", 2)]).open_sealed("p", &sealed), Err(OpenError::UnknownKey));
}

#[test]
fn lookups_depend_on_purpose_and_value() {
    let ring = ring(&[key("k1", 1)]);
    let hash = ring.lookup_hash("a", b"value");
    assert_ne!(hash, ring.lookup_hash("b", b"value"));
    assert_ne!(hash, ring.lookup_hash("a", b"other"));
}

#[test]
fn keys_that_cannot_be_good_are_refused() {
    let parse = |lines: &[&str]| KeyRing::parse(lines.iter().copied()).map(|_| ());
    let good = key("k1", 1);
    let zeros = format!("k1:{}", STANDARD.encode([0; 32]));
    let typed = format!("k1:{}", STANDARD.encode(b"correct horse battery staple 123"));
    let short = format!("k1:{}", STANDARD.encode([7; 31]));
    assert!(matches!(parse(&[]), Err(KeyError::Empty)));
    assert!(matches!(parse(&[&good, &short]), Err(KeyError::Malformed(2))));
    assert!(matches!(parse(&["k1"]), Err(KeyError::Malformed(1))));
    assert!(matches!(parse(&[&good.replace("k1", "a b")]), Err(KeyError::Malformed(1))));
    assert!(matches!(parse(&[&zeros]), Err(KeyError::Weak(_))));
    assert!(matches!(parse(&[&typed]), Err(KeyError::Weak(_))));
    assert!(matches!(parse(&[&good, &good]), Err(KeyError::Repeated(_))));
}

#[test]
fn nothing_shows_a_key() {
    let line = key("k1", 1);
    let encoded = line.split_once(':').unwrap().1;
    assert_eq!(format!("{:?}", ring(std::slice::from_ref(&line))), "[\"k1\"]");
    let error = KeyRing::parse([line.as_str(), line.as_str()]).unwrap_err();
    assert!(!format!("{error} {error:?}").contains(encoded));
}

#[test]
fn a_key_is_made_once_and_only_readable_by_its_user() {
    let folder = tempfile::tempdir().unwrap();
    let config = config::for_tests(&[("data.dir", folder.path().join("data").to_str().unwrap())]);
    let first = KeyRing::open(&config, &env(1)).unwrap();
    let second = KeyRing::open(&config, &env(2)).unwrap();
    let sealed = first.seal("p", b"secret", &env(9)).unwrap();
    assert_eq!(second.open_sealed("p", &sealed).unwrap(), b"secret");
    let files: Vec<_> = std::fs::read_dir(&config.data.dir).unwrap().map(Result::unwrap).collect();
    assert_eq!(files.len(), 1, "no draft is left behind");
    assert_eq!(files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
}
