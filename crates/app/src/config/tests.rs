use std::path::PathBuf;

use base64::Engine as _;

use super::*;

fn flag(key: &str, value: &str) -> Flag {
    Flag { flag: "--set", key: key.into(), value: value.into() }
}

/// Inputs with a file of this text, in a folder that lives as long as the first of the pair.
fn with_file(text: &str) -> (tempfile::TempDir, Inputs) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("landlord.toml"), text).unwrap();
    let inputs = Inputs { folder: folder.path().into(), ..Inputs::default() };
    (folder, inputs)
}

fn with_flags(flags: &[(&str, &str)]) -> Inputs {
    Inputs { flags: flags.iter().map(|(key, value)| flag(key, value)).collect(), ..Inputs::default() }
}

fn with_env(variables: &[(&str, &str)]) -> Inputs {
    let environment = variables.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    Inputs { environment, ..Inputs::default() }
}

fn problems(inputs: &Inputs) -> Vec<String> {
    load(inputs).map(|_| Vec::new()).unwrap_or_else(|error| error.problems.iter().map(ToString::to_string).collect())
}

/// A key as an operator makes one.
fn key() -> String {
    let bytes: Vec<u8> = (0..32_u8).map(|n| n.wrapping_mul(37).wrapping_add(11)).collect();
    format!("k1:{}", base64::engine::general_purpose::STANDARD.encode(bytes))
}

#[test]
fn defaults_and_struct_have_the_same_keys_in_the_same_order() {
    let written: Vec<String> = {
        let mut section = String::new();
        let keys = DEFAULTS.lines().filter_map(|line| {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = name.to_owned();
                return None;
            }
            let (key, _) = line.split_once(" = ").filter(|_| !line.starts_with('#'))?;
            Some(format!("{section}.{key}"))
        });
        keys.collect()
    };
    let known: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
    assert_eq!(written, known);
}

#[test]
fn every_key_has_a_comment_above_it_or_above_its_neighbour() {
    let mut commented = false;
    for line in DEFAULTS.lines() {
        match line.chars().next() {
            Some('#') => commented = true,
            Some('[') => commented = false,
            Some(_) => assert!(commented || line.starts_with("max_redirects"), "{line} follows no comment"),
            None => {}
        }
    }
}

#[test]
fn the_defaults_are_usable() {
    let loaded = load(&Inputs::default()).unwrap();
    assert_eq!(loaded.config.server.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(loaded.config.accounts.remember_me, Duration::from_secs(60 * 86_400));
    assert_eq!(loaded.config.feeds.max_body, ByteSize::new(5_000_000));
    assert!(loaded.config.feeds.extra_ca_file.is_none());
    assert!(loaded.shown.iter().all(|shown| shown.source == Source::Default));
}

#[test]
fn file_environment_and_flags_override_in_this_order() {
    let (_folder, mut inputs) = with_file("[feeds]\ninterval = '20m'\njitter = '3m'\nmax_redirects = 1\n");
    inputs.environment =
        vec![("LANDLORD_FEEDS__JITTER".into(), "4m".into()), ("LANDLORD_FEEDS__MAX_REDIRECTS".into(), "2".into())];
    inputs.flags = vec![flag("feeds.max_redirects", "0")];
    let loaded = load(&inputs).unwrap();
    assert_eq!(loaded.config.feeds.interval, Duration::from_secs(1200));
    assert_eq!(loaded.config.feeds.jitter, Duration::from_secs(240));
    assert_eq!(loaded.config.feeds.max_redirects, 0);
    let source = |key| loaded.shown.iter().find(|shown| shown.key == key).unwrap().source.clone();
    assert_eq!(source("feeds.timeout"), Source::Default);
    assert_eq!(source("feeds.interval"), Source::File(inputs.folder.join("landlord.toml")));
    assert_eq!(source("feeds.jitter"), Source::Environment("LANDLORD_FEEDS__JITTER".into()));
    assert_eq!(source("feeds.max_redirects"), Source::Flag("--set"));
}

#[test]
fn what_a_command_sets_gives_way_to_everything_but_the_defaults() {
    let (_folder, mut inputs) = with_file("[data]\ndir = 'mine'\n");
    inputs.presets = vec![("data.dir", "its"), ("server.environment", "demo")];
    let loaded = load(&inputs).unwrap();
    assert_eq!(loaded.config.data.dir, PathBuf::from("mine"));
    assert_eq!(loaded.config.server.environment, Environment::Demo);
    assert_eq!(loaded.shown[0].source, Source::Command);
}

#[test]
fn words_of_the_environment_become_what_the_key_needs() {
    let inputs = with_env(&[
        ("LANDLORD_SERVER__TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
        ("LANDLORD_FEEDS__ALLOW_LOCAL_ADDRESSES", "true"),
        ("LANDLORD_CONFIG", "not a key"),
        ("LANDLORD_TEST_POSTGRES_URL", "not a key"),
        ("HOME", "/root"),
    ]);
    let config = load(&inputs).unwrap().config;
    assert_eq!(config.server.trusted_proxies.len(), 2);
    assert!(config.feeds.allow_local_addresses);
}

#[test]
fn an_unknown_key_is_named_with_the_nearest_one() {
    let (_folder, mut inputs) = with_file("[feeds]\nintervall = '20m'\n[sever]\nlisten = '127.0.0.1:1'\n[nothing]\n");
    inputs.environment = vec![("LANDLORD_SERVER_LISTEN".into(), "127.0.0.1:1".into())];
    inputs.flags = vec![flag("log.levle", "warn")];
    let problems = problems(&inputs).join("\n");
    assert!(
        problems.contains("feeds.intervall is not a known key; the nearest is feeds.interval (from "),
        "{problems}"
    );
    assert!(problems.contains("sever.listen is not a known key; the nearest is server.listen"), "{problems}");
    assert!(problems.contains("nothing is not a known key"), "{problems}");
    assert!(problems.contains("the nearest is server.listen (from LANDLORD_SERVER_LISTEN)"), "{problems}");
    assert!(problems.contains("log.levle is not a known key; the nearest is log.level (from --set)"), "{problems}");
}

#[test]
fn every_wrong_value_is_reported_at_once_by_its_key_and_never_repeated() {
    let wrong = [
        ("server.listen", "8080"),
        ("server.environment", "prod"),
        ("server.public_url", "https://user:hidden@example.com/path"),
        ("server.trusted_proxies", "10.0.0.0/33"),
        ("feeds.max_body", "1 potato"),
        ("server.request_timeout", "0s"),
        ("server.max_connections", "0"),
        ("database.url", "mysql://hidden"),
        ("mail.from", "nobody"),
        ("feeds.allow_local_addresses", "perhaps"),
        ("feeds.max_redirects", "-1"),
        ("accounts.remember_me", "99999999999999999999d"),
    ];
    let problems = problems(&with_flags(&wrong));
    assert_eq!(problems.len(), wrong.len(), "{problems:#?}");
    for (key, _) in wrong {
        assert!(problems.iter().any(|problem| problem.starts_with(&format!("{key} must be "))), "{key}: {problems:#?}");
    }
    assert!(!problems.join("\n").contains("hidden"));
}

#[test]
fn values_of_another_kind_in_a_file_are_reported() {
    let (_folder, inputs) =
        with_file("server = 3\n[feeds]\ntimeout = 10\nmax_redirects = '3'\n[security]\nencryption_keys = 'k1'\n");
    let problems = problems(&inputs).join("\n");
    for key in [
        "server is not a known key",
        "feeds.timeout must be",
        "feeds.max_redirects must be",
        "security.encryption_keys must be",
    ] {
        assert!(problems.contains(key), "{key}: {problems}");
    }
}

#[test]
fn a_broken_file_is_reported_by_line_without_its_text() {
    let (_folder, inputs) = with_file("[mail]\nsmtp_url = 'smtps://user:hidden\n");
    let problems = problems(&inputs).join("\n");
    assert!(problems.contains("line 2"), "{problems}");
    assert!(!problems.contains("hidden"), "{problems}");
    let missing = Inputs { file: Some(PathBuf::from("/nowhere/landlord.toml")), ..Inputs::default() };
    assert!(self::problems(&missing).join("\n").contains("/nowhere/landlord.toml"));
}

#[test]
fn values_that_do_not_go_together_are_reported() {
    let problems = problems(&with_flags(&[
        ("accounts.session_idle", "13h"),
        ("feeds.jitter", "16m"),
        ("database.statement_timeout", "500ms"),
        ("feeds.stale_after", "14m"),
        ("mail.smtp_url", "https://mail.example.com"),
        ("security.encryption_keys", "k1:AAAA"),
    ]));
    assert_eq!(problems.len(), 6, "{problems:#?}");
}

#[test]
fn production_refuses_what_is_only_for_trying_things_out() {
    let production = ("server.environment", "production");
    let problems = problems(&with_flags(&[
        production,
        ("server.public_url", "http://stays.example.com"),
        ("feeds.allow_local_addresses", "true"),
        ("database.url", "postgres://landlord:changeme@db/landlord"),
        ("limits.credentials_per_minute", "0"),
    ]));
    for key in [
        "limits.credentials_per_minute",
        "server.public_url",
        "feeds.allow_local_addresses",
        "security.encryption_keys",
        "database.url",
    ] {
        assert!(problems.iter().any(|problem| problem.starts_with(key)), "{key}: {problems:#?}");
    }
    let good = with_flags(&[
        production,
        ("server.public_url", "https://stays.example.com"),
        ("security.encryption_keys", &key()),
        ("database.url", "postgres://landlord@db/landlord"),
    ]);
    assert!(load(&good).is_ok(), "{:?}", load(&good));
    let weak = with_flags(&[
        production,
        ("server.public_url", "https://stays.example.com"),
        ("security.encryption_keys", "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ]);
    assert_eq!(self::problems(&weak).len(), 1);
}

#[test]
fn secrets_are_masked_everywhere() {
    let loaded = load(&with_flags(&[
        ("database.url", "postgres://landlord:hidden@db/landlord?password=hidden"),
        ("mail.smtp_url", "smtps://user:hidden@mail.example.com"),
        ("security.encryption_keys", &key()),
    ]))
    .unwrap();
    let secret = key();
    let encoded = secret.split_once(':').unwrap().1;
    let everything = format!("{:?} {:?}", loaded.config, loaded.shown);
    assert!(!everything.contains("hidden") && !everything.contains(encoded), "{everything}");
    let value = |key| loaded.shown.iter().find(|shown| shown.key == key).unwrap().value.clone();
    assert_eq!(value("database.url"), "\"postgres://landlord:********@db/landlord\"");
    assert_eq!(value("mail.smtp_url"), "\"********\"");
    assert_eq!(value("security.encryption_keys"), "[\"********\"]");
}

#[test]
fn addresses_follow_what_is_listened_on() {
    let url = |flags: &[(&str, &str)], bound: &str| {
        load(&with_flags(flags)).unwrap().config.public_url(bound.parse().unwrap()).unwrap().origin().to_owned()
    };
    assert_eq!(url(&[], "127.0.0.1:4000"), "http://127.0.0.1:4000");
    assert_eq!(url(&[], "[::1]:4000"), "http://[::1]:4000");
    assert_eq!(url(&[], "0.0.0.0:4000"), "http://localhost:4000");
    assert_eq!(url(&[("server.public_url", "https://a.example")], "127.0.0.1:4000"), "https://a.example");
}

#[test]
fn databases_are_told_apart() {
    let url = |text: &str| {
        let flags = with_flags(&[("database.url", text), ("data.dir", "/d")]);
        load(&flags).unwrap().config.database_options().url
    };
    assert_eq!(url(""), "sqlite:/d/landlord.db");
    assert_eq!(url("sqlite:relative.db"), "sqlite:relative.db");
    assert_eq!(url("sqlite:///var/landlord.db"), "sqlite:/var/landlord.db");
    assert_eq!(url("postgres://u:p@h/d"), "postgres://u:p@h/d");
}

#[test]
fn proxies_are_addresses_or_networks() {
    let config = load(&with_flags(&[("server.trusted_proxies", "10.0.0.0/8,192.0.2.7,fd00::/8")])).unwrap().config;
    let networks: Vec<String> = config.server.trusted_proxies.iter().map(ToString::to_string).collect();
    assert_eq!(networks, ["10.0.0.0/8", "192.0.2.7/32", "fd00::/8"]);
}
