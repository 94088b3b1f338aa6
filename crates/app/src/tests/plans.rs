//! No statement reads through a table that grows with the business.

use db::{db_test, statements, testing::TestDb};

/// Tables that grow with stays, days or people.
const LARGE: [&str; 19] = [
    "stay",
    "unit_night",
    "unit_night_wait",
    "stay_night",
    "task",
    "audit_entry",
    "feed_sync",
    "feed_decision",
    "feed_link",
    "feed_export_stay",
    "feed_export_fetch",
    "mail",
    "session",
    "app_user",
    "membership",
    "property",
    "file",
    "photo",
    "photo_file",
];

/// Statements that may, by a part of their text, and why.
const MAY: [(&str, &str); 4] = [
    (
        "(SELECT COUNT(*) FROM app_user) AS users",
        "the front page of the platform's administration counts the installation",
    ),
    ("FROM schema_migration", "a few dozen rows, read at the start"),
    ("DELETE FROM session WHERE (last_seen_at", "once a day"),
    ("DELETE FROM mail WHERE created_at", "once a day"),
];

/// The large table that a line of a plan reads through without an index.
fn scanned(line: &str) -> Option<&str> {
    let line = line.trim().trim_start_matches("->").trim();
    // `SCAN t USING INDEX i` walks an index in order, which a LIMIT ends; a bare scan reads the table.
    let sqlite = line.strip_prefix("SCAN ").filter(|rest| !rest.contains("INDEX") && !rest.contains("PRIMARY KEY"));
    let postgres = line.strip_prefix("Seq Scan on ");
    sqlite.or(postgres)?.split_whitespace().next()
}

/// The table behind a name in a plan, which may be an alias.
fn table<'a>(text: &'a str, name: &'a str) -> &'a str {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || "(),".contains(c)).filter(|w| !w.is_empty()).collect();
    let aliased = words.windows(2).find(|pair| pair[1] == name && LARGE.contains(&pair[0]));
    aliased.map_or(name, |pair| pair[0])
}

#[db_test]
async fn every_statement_finds_rows_of_large_tables_by_an_index(db: TestDb) {
    let mut scans = Vec::new();
    for statement in statements() {
        let text = statement.text_for(db.dialect());
        let plain_insert = text.starts_with("INSERT") && !text.contains("SELECT");
        let of_a_test = statement.place().0.contains("/tests/");
        if plain_insert || of_a_test || MAY.iter().any(|(part, _)| text.contains(part)) {
            continue;
        }
        for line in db::testing::generic_plan(&db, statement).await {
            if let Some(name) = scanned(&line)
                && LARGE.contains(&table(text, name))
            {
                let (file, number) = statement.place();
                scans.push(format!("{file}:{number}: {line}\n    {text}"));
            }
        }
    }
    assert!(scans.is_empty(), "add an index, or a line in MAY with the reason:\n{}", scans.join("\n"));
}

#[test]
fn a_scan_is_recognised_in_both_kinds_of_plan() {
    assert_eq!(scanned("SCAN s"), Some("s"));
    assert_eq!(scanned("   ->  Seq Scan on stay s  (cost=0.00..1.00)"), Some("stay"));
    assert_eq!(scanned("SCAN s USING INDEX stay_by_check_in"), None);
    assert_eq!(scanned("SEARCH s USING INDEX stay_by_check_in (organization_id=?)"), None);
    assert_eq!(table("SELECT 1 FROM stay s WHERE x", "s"), "stay");
}
