//! Which crate may depend on which.

use std::collections::BTreeSet;

use toml::Table;

use crate::{Finding, Source, about, none, sources};

/// Each crate of ours and those of ours that it may use: `kernel <- db <- jobs`, `kernel <- webkit`, all `<- app <- landlord`.
const LAYERS: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("db-macros", &[]),
    ("db", &["kernel", "db-macros"]),
    ("jobs", &["kernel", "db"]),
    ("webkit", &["kernel"]),
    ("app", &["kernel", "db", "jobs", "webkit"]),
    ("landlord", &["kernel", "db", "jobs", "webkit", "app"]),
];

/// Libraries that belong to some of our crates only, and what the others use instead.
const LIBRARIES: &[(&str, &[&str], &str)] = &[
    ("sqlx", &["db"], "the drivers stay behind db: use Db, Read and Tx"),
    ("axum", &["webkit", "app", "landlord"], "HTTP starts in webkit"),
    ("tokio", &["db", "jobs", "webkit", "app", "landlord"], "kernel does no I/O"),
    ("askama", &["webkit", "app"], "pages are rendered by webkit and the features"),
    ("reqwest", &["app"], "addresses are fetched by app's guarded fetcher"),
    ("lettre", &["app"], "mail is sent by app's mail feature"),
];

fn rule(manifest: &Source) -> Vec<Finding> {
    let table: Table = manifest.text.parse().unwrap();
    let name = manifest.path.split('/').nth(1).unwrap();
    let Some((_, allowed)) = LAYERS.iter().find(|(known, _)| *known == name) else {
        return vec![Finding::new(
            manifest,
            0,
            format!("the crate {name} has no place yet: add it to LAYERS and ARCHITECTURE.md"),
        )];
    };
    let used: BTreeSet<&String> = ["dependencies", "dev-dependencies", "build-dependencies"]
        .iter()
        .filter_map(|section| table.get(*section)?.as_table())
        .flat_map(Table::keys)
        .collect();
    let mut findings = Vec::new();
    for used in used {
        if used != name && LAYERS.iter().any(|(ours, _)| ours == used) && !allowed.contains(&used.as_str()) {
            let message = format!("{name} may not use {used}: move what both need down, or hand it in from above");
            findings.push(Finding::new(manifest, 0, message));
        }
        if let Some((_, owners, instead)) = LIBRARIES.iter().find(|(library, ..)| library == used)
            && !owners.contains(&name)
        {
            findings.push(Finding::new(manifest, 0, format!("{name} may not use {used}: {instead}")));
        }
    }
    findings
}

#[test]
fn crates_depend_downwards_only() {
    let manifests = sources(&["crates"], &["Cargo.toml"]);
    assert!(manifests.len() >= 6, "the crates were not found");
    none(&manifests.iter().flat_map(rule).collect::<Vec<_>>());
}

#[test]
fn a_dependency_upwards_is_found() {
    let found = about(
        rule,
        "crates/db/Cargo.toml",
        "[dependencies]\nkernel.workspace = true\n[dev-dependencies]\napp.workspace = true\n",
    );
    assert_eq!(
        found,
        ["crates/db/Cargo.toml:0: db may not use app: move what both need down, or hand it in from above"]
    );
    let found = about(rule, "crates/app/Cargo.toml", "[dependencies]\nsqlx = '1'\n");
    assert_eq!(
        found,
        ["crates/app/Cargo.toml:0: app may not use sqlx: the drivers stay behind db: use Db, Read and Tx"]
    );
    assert!(about(rule, "crates/extra/Cargo.toml", "")[0].contains("has no place yet"));
}
