//! `data_map.toml` speaks of every column, and of no other.

use std::collections::{BTreeMap, BTreeSet};

use db::testing::TestDb;
use serde::Deserialize;

const MAP: &str = include_str!("../../../../data_map.toml");

kernel::text_enum! {
    /// What kind of data it is.
    enum Class {
        /// Points at a row or an event.
        Identifier = "identifier",
        /// About a thing.
        Fact = "fact",
        /// About a person.
        Personal = "personal",
        /// Reaches a person.
        Contact = "contact",
        /// Where something is.
        Location = "location",
        /// Amounts.
        Money = "money",
        /// Opens something.
        Secret = "secret",
        /// Only for running the program.
        Operational = "operational",
    }
}

kernel::text_enum! {
    /// What erasing a person does with it.
    enum Erase {
        /// Nothing.
        Keep = "keep",
        /// The value goes, the row stays.
        Clear = "clear",
        /// The row goes.
        Delete = "delete",
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    purpose: String,
    retention: String,
    columns: BTreeMap<String, Column>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    class: Class,
    export: bool,
    erase: Erase,
}

fn map() -> BTreeMap<String, Table> {
    toml::from_str(MAP).unwrap()
}

#[tokio::test]
async fn every_column_is_in_the_map_and_nothing_else() {
    let db = TestDb::sqlite().await;
    let stored: BTreeSet<(String, String)> = db::testing::columns(&db)
        .await
        .into_iter()
        .filter(|(table, ..)| table != "schema_migration")
        .map(|(table, column, ..)| (table, column))
        .collect();
    let mapped: BTreeSet<(String, String)> = map()
        .into_iter()
        .flat_map(|(table, facts)| facts.columns.into_keys().map(move |column| (table.clone(), column)))
        .collect();
    let missing: Vec<_> = stored.difference(&mapped).collect();
    let gone: Vec<_> = mapped.difference(&stored).collect();
    assert!(missing.is_empty() && gone.is_empty(), "data_map.toml lacks {missing:?} and speaks of {gone:?}");
}

#[test]
fn every_table_says_why_and_how_long() {
    for (name, table) in map() {
        assert!(!table.purpose.is_empty() && !table.retention.is_empty(), "{name}");
    }
}

#[test]
fn what_is_personal_goes_when_the_person_is_erased_and_secrets_are_never_exported() {
    for (name, table) in map() {
        for (column, facts) in table.columns {
            let personal = matches!(facts.class, Class::Personal | Class::Contact);
            assert!(!personal || facts.erase != Erase::Keep, "{name}.{column} is personal and would be kept");
            assert!(facts.class != Class::Secret || !facts.export, "{name}.{column} is secret and would be exported");
        }
    }
}
