//! The storage layer itself, on both databases.
#![expect(clippy::unwrap_used, reason = "tests")]

use db::{Bind, Constraint, Dialect, Insert, Migration, db_test, sql, testing::TestDb};

const NAME: Constraint = Constraint::unique("schema_migration_pkey", "schema_migration", &["name"]);

#[db_test]
async fn a_taken_key_is_reported_by_the_same_name(db: TestDb) {
    let add = || {
        sql!("INSERT INTO schema_migration (name, checksum, oldest_binary, applied_at) VALUES ($1, 'x', '0.1.0', 1)")
            .bind("twice")
    };
    let mut tx = db.begin().await.unwrap();
    add().execute(&mut tx).await.unwrap();
    let refused = add().execute(&mut tx).await.unwrap_err();
    assert!(refused.violates(&NAME), "{refused}");
}

#[db_test]
async fn a_finder_cannot_write(db: TestDb) {
    let mut read = db.read().await.unwrap();
    let refused = sql!("DELETE FROM schema_migration WHERE name = $1 RETURNING name")
        .bind("any")
        .fetch_optional(&mut read, |row| row.get::<String>("name"))
        .await;
    assert!(refused.is_err());
}

#[db_test]
async fn dropping_a_transaction_undoes_it_and_committing_keeps_it(db: TestDb) {
    for (name, keep) in [("kept", true), ("dropped", false)] {
        let mut tx = db.begin().await.unwrap();
        let written = Insert::into("schema_migration", ["name", "checksum", "oldest_binary", "applied_at"])
            .rows([db::row![name, "x", "0.1.0", 1_i64]])
            .execute(&mut tx)
            .await
            .unwrap();
        assert_eq!(written, 1);
        if keep {
            tx.commit().await.unwrap();
        }
    }
    let mut read = db.read().await.unwrap();
    let found: Vec<String> = sql!("SELECT name FROM schema_migration WHERE checksum = $1")
        .bind("x")
        .fetch_all(&mut read, |row| row.get("name"))
        .await
        .unwrap();
    assert_eq!(found, ["kept"]);
}

#[db_test]
async fn values_of_every_type_come_back_as_they_went_in(db: TestDb) {
    let mut read = db.read().await.unwrap();
    let id = kernel::StayId::from_uuid(uuid::Uuid::from_u128(0x0192_7000_0000));
    let date: kernel::Date = "2027-02-28".parse().unwrap();
    let row = sql!("SELECT CAST($1 AS BIGINT) AS n, $2 AS t WHERE $3 IS NULL")
        .bind(i64::MIN)
        .bind("O'Brien \u{1F3E0}")
        .bind(None::<String>);
    let (n, t): (i64, String) = row.fetch_one(&mut read, |row| Ok((row.get("n")?, row.get("t")?))).await.unwrap();
    assert_eq!((n, t.as_str()), (i64::MIN, "O'Brien \u{1F3E0}"));
    assert_eq!(id.into_value(), db::Value::Uuid(Some(id.uuid())));
    assert_eq!(date.into_value(), db::Value::Date(Some(date)));
}

#[db_test]
async fn an_older_binary_refuses_a_schema_that_does_not_allow_it_and_a_newer_step_is_accepted(db: TestDb) {
    let mut tx = db.begin().await.unwrap();
    sql!("INSERT INTO schema_migration (name, checksum, oldest_binary, applied_at) VALUES ($1, 'x', $2, 1)")
        .bind("20991231000000_from_the_future")
        .bind("9.2.0")
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let message = db.pending_migrations("9.1.7").await.unwrap_err().to_string();
    assert!(message.contains("9.2.0") && message.contains("9.1.7"), "{message}");
    assert_eq!(db.pending_migrations("9.2.0").await.unwrap(), Vec::<String>::new());
}

#[db_test]
async fn migrating_twice_does_nothing(db: TestDb) {
    let (env, _) = db::testing::test_env();
    assert_eq!(db.migrate(&env, "99.0.0").await.unwrap(), Vec::<String>::new());
}

#[test]
fn both_databases_have_the_same_steps() {
    let names = |dialect| -> Vec<String> { Migration::all(dialect).unwrap().into_iter().map(|m| m.name).collect() };
    assert_eq!(names(Dialect::Sqlite), names(Dialect::Postgres));
}

#[tokio::test]
async fn both_schemas_have_the_same_columns() {
    let (sqlite, postgres) = (TestDb::sqlite().await, TestDb::postgres().await);
    assert_eq!(db::testing::columns(&sqlite).await, db::testing::columns(&postgres).await);
}
