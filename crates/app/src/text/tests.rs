use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::*;

/// Families of keys whose last part is a value: `page.t_of("channel", ...)`, `page.choices(...)` and error codes.
fn families(sources: &str) -> BTreeSet<String> {
    let mut families: BTreeSet<String> = BTreeSet::from(["error-".to_owned()]);
    for call in ["t_of(", "choices(", "badge("] {
        families.extend(literals_after(sources, call).into_iter().map(|name| format!("{name}-")));
    }
    families
}

/// The string literals that directly follow `call`.
fn literals_after(sources: &str, call: &str) -> Vec<String> {
    sources
        .match_indices(call)
        .filter(|(at, _)| {
            let before = sources.get(..*at).and_then(|s| s.chars().next_back());
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
        .filter_map(|(at, _)| {
            let rest = sources.get(at + call.len()..)?.trim_start();
            rest.strip_prefix('"')?.split('"').next().map(str::to_owned)
        })
        .collect()
}

fn keys(language: Language) -> BTreeSet<String> {
    files(language).flat_map(|file| message_keys(&FluentResource::try_new(file).unwrap())).collect()
}

/// All templates and Rust sources of this crate, but the tests.
fn sources() -> String {
    fn read(folder: &Path, all: &mut String) {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && name != "tests" {
                read(&path, all);
            } else if (name.ends_with(".html") || name.ends_with(".rs") || name.ends_with(".txt")) && name != "tests.rs"
            {
                all.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut all = String::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    all
}

#[test]
fn every_language_has_the_same_keys_without_errors() {
    let english = keys(Language::English);
    for language in Language::ALL {
        let bundle = &texts(*language).bundle;
        assert_eq!(keys(*language), english, "{language}");
        for key in &english {
            assert!(
                bundle.get_message(key).and_then(|message| message.value()).is_some(),
                "{language}: {key} is empty"
            );
        }
    }
}

#[test]
fn every_language_names_the_same_arguments() {
    let arguments = |language: Language| -> BTreeSet<(String, String)> {
        let mut found = BTreeSet::new();
        for file in files(language) {
            let mut key = String::new();
            for line in file.lines() {
                if !line.starts_with([' ', '#', '}']) {
                    key = line.split(" =").next().unwrap().to_owned();
                }
                for part in line.split("{ $").skip(1).chain(line.split("($").skip(1)) {
                    let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    found.insert((key.clone(), name));
                }
            }
        }
        found
    };
    assert_eq!(arguments(Language::Spanish), arguments(Language::English));
}

#[test]
fn every_text_that_is_asked_for_exists_and_every_one_that_exists_is_asked_for() {
    let (sources, keys) = (sources(), keys(Language::English));
    let families = families(&sources);
    let asked: BTreeSet<String> =
        ["t(", "tn(", "t1(", "t_with("].iter().flat_map(|call| literals_after(&sources, call)).collect();
    let missing: Vec<_> = asked.iter().filter(|key| !keys.contains(*key)).collect();
    assert!(missing.is_empty(), "no text for {missing:?}");

    let unused: Vec<_> = keys
        .iter()
        .filter(|key| !sources.contains(&format!("\"{key}\"")))
        .filter(|key| !families.iter().any(|family| key.starts_with(family.as_str())))
        .collect();
    assert!(unused.is_empty(), "nothing shows {unused:?}");
}

#[test]
fn a_key_without_a_text_shows_itself_rather_than_nothing() {
    assert_eq!(text(Language::Spanish, "ui-none-such"), "ui-none-such");
    assert_eq!(text_with(Language::Spanish, "ui-none-such", Some(1), &[]), "ui-none-such");
}

#[test]
fn arguments_are_put_in_as_they_are() {
    assert_eq!(text_with(Language::English, "ui-error-status", None, &[("status", &404)]), "Error 404");
    assert_eq!(text(Language::Spanish, "ui-sign-in"), "Entrar");
}
