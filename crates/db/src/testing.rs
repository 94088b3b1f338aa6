//! Fresh, migrated databases for tests, and questions about the schema and the plans.
//!
//! Each process migrates one template of each kind and copies it for every test, so that a test costs milliseconds.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot set up its database has failed")]

use std::{ops::Deref, path::PathBuf, sync::Arc};

use kernel::{Env, FixedClock, SeededRandomness};
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};
use tokio::sync::OnceCell;

use crate::{Db, Dialect, Options, Query, Statement, Value, connect::Pools};

static SQLITE_TEMPLATE: OnceCell<(Arc<tempfile::TempDir>, PathBuf)> = OnceCell::const_new();
static POSTGRES_TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// A database of its own for one test. Dereferences to [`Db`].
pub struct TestDb {
    db: Db,
    /// Keeps the embedded database's folder until the test ends.
    _folder: Option<tempfile::TempDir>,
    url: String,
}

impl Deref for TestDb {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.db
    }
}

/// 2027-01-04T09:00:00Z, where the sample calendars begin, and repeatable randomness.
#[must_use]
pub fn test_env() -> (Env, FixedClock) {
    let clock = FixedClock::at("2027-01-04T09:00:00Z".parse().expect("a valid instant"));
    (Env::new(clock.clone(), SeededRandomness::new(7)), clock)
}

fn options(url: String) -> Options {
    Options { write_connections: 4, ..Options::new(url) }
}

/// The server that the tests may use, from `LANDLORD_TEST_POSTGRES_URL`.
///
/// # Panics
/// When the variable is missing: a test on PostgreSQL is never skipped silently.
#[must_use]
pub fn postgres_server() -> String {
    #[expect(clippy::disallowed_methods, reason = "the one setting of the test suite")]
    let url = std::env::var("LANDLORD_TEST_POSTGRES_URL");
    url.unwrap_or_else(|_| {
        panic!("LANDLORD_TEST_POSTGRES_URL is not set: run the tests with `scripts/with-postgres cargo test`")
    })
}

fn with_database(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').map_or((server, None), |(base, query)| (base, Some(query)));
    let root =
        base.rsplit_once('/').filter(|(root, _)| root.len() > "postgres://".len()).map_or(base, |(root, _)| root);
    query.map_or_else(|| format!("{root}/{name}"), |query| format!("{root}/{name}?{query}"))
}

async fn run_on(url: &str, text: String) {
    let mut connection = <sqlx::PgConnection as sqlx::Connection>::connect(url).await.expect("the test server answers");
    connection.execute(AssertSqlSafe(text).into_sql_str()).await.expect("the test server obeys");
}

impl TestDb {
    /// A fresh SQLite database in a folder of its own.
    pub async fn sqlite() -> Self {
        let (_, template) = SQLITE_TEMPLATE
            .get_or_init(|| async {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let path = folder.path().join("template.db");
                let db = Db::connect(&options(format!("sqlite:{}", path.display()))).await.expect("a new database");
                db.migrate(&test_env().0, env!("CARGO_PKG_VERSION")).await.expect("the migrations apply");
                db.close().await;
                (Arc::new(folder), path)
            })
            .await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("test.db");
        std::fs::copy(template, &path).expect("copying the template");
        let url = format!("sqlite:{}", path.display());
        Self { db: Db::connect(&options(url.clone())).await.expect("a database"), _folder: Some(folder), url }
    }

    /// A fresh PostgreSQL database on the test server.
    pub async fn postgres() -> Self {
        let server = postgres_server();
        let template = POSTGRES_TEMPLATE
            .get_or_init(|| async {
                let name = format!("template_{}", Env::system().new_uuid().simple());
                run_on(&server, format!("CREATE DATABASE {name}")).await;
                let db = Db::connect(&options(with_database(&server, &name))).await.expect("a new database");
                db.migrate(&test_env().0, env!("CARGO_PKG_VERSION")).await.expect("the migrations apply");
                db.close().await;
                name
            })
            .await;
        let name = format!("test_{}", Env::system().new_uuid().simple());
        run_on(&server, format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")).await;
        let url = with_database(&server, &name);
        Self { db: Db::connect(&options(url.clone())).await.expect("a database"), _folder: None, url }
    }

    /// The address, for another process or a second pool.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// Prepares a statement without running it; the database's message when it refuses.
pub async fn prepare(db: &Db, statement: &Statement) -> Result<(), String> {
    let result = match &db.pools {
        Pools::Sqlite { write, .. } => write.prepare(statement.text_for(db.dialect()).into_sql_str()).await.map(drop),
        Pools::Postgres { write, .. } => write.prepare(statement.text_for(db.dialect()).into_sql_str()).await.map(drop),
    };
    result.map_err(|error| error.to_string())
}

/// The plan of a statement with values, a line each. PostgreSQL plans with sequential scans discouraged, so that a scan that is left
/// means that no index serves.
pub async fn explain(db: &Db, statement: &Statement, values: Vec<Value>) -> Vec<String> {
    let mut tx = db.begin().await.expect("a transaction");
    let (prefix, column) = match db.dialect() {
        Dialect::Sqlite => ("EXPLAIN QUERY PLAN ", "detail"),
        Dialect::Postgres => {
            Query::built("SET LOCAL enable_seqscan = off".to_owned(), Vec::new())
                .execute(&mut tx)
                .await
                .expect("a setting");
            ("EXPLAIN ", "QUERY PLAN")
        }
    };
    Query::built(format!("{prefix}{}", statement.text_for(db.dialect())), values)
        .fetch_all(&mut tx, |row| row.get::<String>(column))
        .await
        .expect("a plan")
}

/// The plan of a statement whatever its values are, a line each. PostgreSQL plans it once for all values, as it does for a statement that is
/// run often, with sequential scans discouraged: one that is left means that no index serves.
pub async fn generic_plan(db: &Db, statement: &Statement) -> Vec<String> {
    let mut tx = db.begin().await.expect("a transaction");
    let text = statement.text_for(db.dialect());
    let (question, column) = match db.dialect() {
        Dialect::Sqlite => (format!("EXPLAIN QUERY PLAN {text}"), "detail"),
        Dialect::Postgres => {
            let values = (1..200).take_while(|n| text.contains(&format!("${n}"))).map(|_| "NULL");
            let values = values.collect::<Vec<_>>().join(", ");
            let values = if values.is_empty() { values } else { format!("({values})") };
            let prepare = format!(
                "SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan; PREPARE planned AS {text}"
            );
            crate::migrate::run_text(&mut tx, &prepare).await.expect("a statement that can be prepared");
            (format!("EXPLAIN EXECUTE planned{values}"), "QUERY PLAN")
        }
    };
    let plan =
        Query::built(question, Vec::new()).fetch_all(&mut tx, |row| row.get::<String>(column)).await.expect("a plan");
    if db.dialect() == Dialect::Postgres {
        crate::migrate::run_text(&mut tx, "DEALLOCATE planned").await.expect("the statement is forgotten");
    }
    plan
}

/// Every column as `(table, column, class, nullable)`, in order; the class is a name that both databases share.
pub async fn columns(db: &Db) -> Vec<(String, String, &'static str, bool)> {
    let text = match db.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name AS t, c.name AS c, lower(c.type) AS k, CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN 0 ELSE 1 END AS n \
             FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
        }
        Dialect::Postgres => {
            "SELECT CAST(table_name AS text) AS t, CAST(column_name AS text) AS c, CAST(data_type AS text) AS k, \
             CAST(CASE is_nullable WHEN 'YES' THEN 1 ELSE 0 END AS bigint) AS n FROM information_schema.columns \
             WHERE table_schema = 'public' ORDER BY table_name COLLATE \"C\", column_name COLLATE \"C\""
        }
    };
    let mut read = db.read().await.expect("a connection");
    let mut all: Vec<(String, String, String, i64)> = Query::built(text.to_owned(), Vec::new())
        .fetch_all(&mut read, |row| Ok((row.get("t")?, row.get("c")?, row.get("k")?, row.get("n")?)))
        .await
        .expect("the schema");
    all.sort();
    all.into_iter()
        .map(|(table, column, kind, nullable)| {
            let class = match kind.as_str() {
                "blob" | "uuid" | "bytea" => "bytes",
                "integer" | "bigint" | "boolean" => "integer",
                "text" | "date" => "text",
                other => panic!("{table}.{column} has the type {other}, which the two databases do not share"),
            };
            (table, column, class, nullable == 1)
        })
        .collect()
}

/// Everything that is stored, as text: bytes that are no text are replaced. For tests that look for what must not be there.
pub async fn contents(db: &Db) -> String {
    let mut all = String::new();
    for (table, column, ..) in columns(db).await {
        let text = match db.dialect() {
            Dialect::Sqlite => {
                format!("SELECT hex(CAST({column} AS BLOB)) AS v FROM {table} WHERE {column} IS NOT NULL")
            }
            Dialect::Postgres => format!(
                "SELECT encode(CASE WHEN CAST({column} AS text) LIKE '\\\\x%' THEN CAST(CAST({column} AS text) AS bytea) \
                 ELSE convert_to(CAST({column} AS text), 'UTF8') END, 'hex') AS v FROM {table} WHERE {column} IS NOT NULL"
            ),
        };
        let mut read = db.read().await.expect("a connection");
        let values: Vec<String> =
            Query::built(text, Vec::new()).fetch_all(&mut read, |row| row.get("v")).await.expect("a column");
        for value in values {
            let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
            let bytes: Vec<u8> = value.as_bytes().chunks(2).filter_map(byte).collect();
            all.push_str(&String::from_utf8_lossy(&bytes));
            all.push('\n');
        }
    }
    all
}
