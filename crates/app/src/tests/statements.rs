//! Every statement of the program, on both databases.

use db::{db_test, statements, testing::TestDb};

/// Tables that belong to no organization, and why. A statement on another table begins with its organization.
const GLOBAL: [(&str, &str); 6] = [
    ("app_user", "one person may belong to several organizations"),
    ("session", "belongs to a user"),
    ("schema_migration", "the schema itself"),
    ("job", "the queue of the installation"),
    ("schedule", "the queue of the installation"),
    ("organization", "is the organization"),
];

/// Files whose statements look a row up before its organization is known, or across all of them, and why.
const ACROSS: [(&str, &str); 13] = [
    ("crates/app/src/files/store.rs", "files that nothing refers to are deleted for all organizations together"),
    ("crates/app/src/feeds/store/across.rs", "the schedule looks for due feeds of all organizations"),
    (
        "crates/app/src/feeds/exports/store/across.rs",
        "an export is found by its secret; the organization follows from it",
    ),
    ("crates/app/src/guests/store/across.rs", "a job looks for stays of before whose people are not known"),
    ("crates/app/src/calendar_links/store.rs", "a link is found by its secret; the organization follows from it"),
    (
        "crates/app/src/members/store/by_secret.rs",
        "an invitation is found by its secret, and old ones of all organizations are forgotten together",
    ),
    ("crates/app/src/api_tokens/store.rs", "a token is found by its hash; the organization follows from it"),
    ("crates/app/src/idempotency/store.rs", "old answers of all organizations are forgotten together"),
    ("crates/app/src/accounts/", "signing in: the organization follows from the user"),
    ("crates/app/src/organizations/", "a user's own organizations"),
    ("crates/app/src/admin/", "the platform's administration"),
    ("crates/app/src/mail/store.rs", "the development mailbox"),
    ("crates/jobs/", "the queue of the installation"),
];

#[db_test]
async fn every_statement_can_be_prepared(db: TestDb) {
    let mut refused = Vec::new();
    for statement in statements() {
        if let Err(message) = db::testing::prepare(&db, statement).await {
            let (file, line) = statement.place();
            refused.push(format!("{file}:{line}: {message}\n    {}", statement.text()));
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// The tables that a statement reads or writes.
fn tables(text: &str) -> Vec<String> {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || "(),".contains(c)).filter(|w| !w.is_empty()).collect();
    words
        .windows(2)
        .filter(|pair| ["FROM", "JOIN", "INTO", "UPDATE"].contains(&pair[0]) && pair[1] != "SET" && pair[1] != "SELECT")
        .map(|pair| pair[1].to_owned())
        .collect()
}

#[test]
fn statements_on_rows_of_organizations_name_their_organization() {
    let mut unscoped = Vec::new();
    for statement in statements() {
        let (file, line) = statement.place();
        let text = statement.text();
        let global = tables(text).iter().all(|table| GLOBAL.iter().any(|(name, _)| name == table));
        let named = text.contains("organization_id = $1")
            || (text.contains("INSERT INTO") && text.contains("(organization_id"));
        if !global && !named && !ACROSS.iter().any(|(prefix, _)| file.contains(prefix)) {
            unscoped.push(format!("{file}:{line}: {text}"));
        }
    }
    assert!(
        unscoped.is_empty(),
        "say `organization_id = $1`, or add the file to ACROSS with its reason:\n{}",
        unscoped.join("\n")
    );
}

#[test]
fn tables_are_found_in_a_statement() {
    assert_eq!(
        tables("SELECT a FROM stay s JOIN unit u ON x WHERE y IN (SELECT z FROM task)"),
        ["stay", "unit", "task"]
    );
    assert_eq!(tables("UPDATE job SET a = 1"), ["job"]);
}
