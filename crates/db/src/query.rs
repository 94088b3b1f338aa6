//! Running a statement on a connection.

use std::{cell::Cell, future::Future, time::Duration};

use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr, SqlStr};

use crate::{
    Bind, DbError, Dialect, Read, Row, Statement, Tx, Value,
    connect::{Connection, each_connection},
    row::Driver,
};

tokio::task_local! {
    static COUNT: Cell<u32>;
}

/// Runs a future and counts the statements it executed on this task. For query budgets.
pub async fn count_queries<F: Future>(future: F) -> (F::Output, u32) {
    COUNT
        .scope(Cell::new(0), async {
            let output = future.await;
            (output, COUNT.get_current())
        })
        .await
}

trait Current {
    fn get_current(&'static self) -> u32;
}

impl Current for tokio::task::LocalKey<Cell<u32>> {
    fn get_current(&'static self) -> u32 {
        self.with(Cell::get)
    }
}

/// A statement with its values.
#[derive(Debug)]
#[must_use = "a query does nothing until it is run"]
pub struct Query {
    text: Text,
    values: Vec<Value>,
}

#[derive(Debug)]
enum Text {
    Written(&'static Statement),
    Built(String),
}

impl Query {
    pub(crate) fn new(statement: &'static Statement) -> Self {
        Self { text: Text::Written(statement), values: Vec::with_capacity(8) }
    }

    pub(crate) fn built(text: String, values: Vec<Value>) -> Self {
        Self { text: Text::Built(text), values }
    }

    /// Binds the next value.
    pub fn bind(mut self, value: impl Bind) -> Self {
        self.values.push(value.into_value());
        self
    }

    /// Binds the three values that scoped statements begin with: `$1` organization, `$2` kind of rows, `$3` user.
    pub fn bind_scope(self, scope: &kernel::Scope) -> Self {
        self.bind(scope.organization_id()).bind(scope.rows().kind()).bind(scope.rows().user_id())
    }

    /// All rows.
    ///
    /// # Errors
    /// What the database refused, or what a row could not be read as.
    pub async fn fetch_all<T>(
        self,
        read: &mut Read,
        map: impl Fn(&Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        run(self, read, u64::MAX).await?.iter().map(map).collect()
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// What the database refused, or what the row could not be read as.
    pub async fn fetch_optional<T>(
        self,
        read: &mut Read,
        map: impl Fn(&Row) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        run(self, read, 1).await?.first().map(map).transpose()
    }

    /// The one row of a statement that always has one, such as a count.
    ///
    /// # Errors
    /// As [`Query::fetch_optional`], and when there is no row.
    pub async fn fetch_one<T>(self, read: &mut Read, map: impl Fn(&Row) -> Result<T, DbError>) -> Result<T, DbError> {
        self.fetch_optional(read, map).await?.ok_or_else(|| DbError::column("*", "no row"))
    }

    /// Writes; answers how many rows it touched.
    ///
    /// # Errors
    /// What the database refused; a violated constraint by name.
    pub async fn execute(self, tx: &mut Tx) -> Result<u64, DbError> {
        let place = self.place();
        let dialect = tx.dialect();
        let Self { text, values } = self;
        watched(place, async {
            each_connection!(&mut tx.read.connection, c => {
                Ok(c.execute(prepare!(text, values, dialect)).await?.rows_affected())
            })
        })
        .await
    }

    /// Writes and answers the rows of `RETURNING`.
    ///
    /// # Errors
    /// What the database refused; a violated constraint by name.
    pub async fn returning<T>(self, tx: &mut Tx, map: impl Fn(&Row) -> Result<T, DbError>) -> Result<Vec<T>, DbError> {
        self.fetch_all(&mut tx.read, map).await
    }

    fn place(&self) -> (&'static str, u32) {
        match &self.text {
            Text::Written(statement) => statement.place(),
            Text::Built(_) => ("built", 0),
        }
    }
}

/// A driver's query from text and values; one body for both drivers.
macro_rules! prepare {
    ($text:expr, $values:expr, $dialect:expr) => {{
        let mut query = sqlx::query($text.into_sql($dialect));
        for value in $values {
            query = match value {
                Value::Uuid(v) => query.bind(v),
                Value::Integer(v) => query.bind(v),
                Value::Text(v) => query.bind(v),
                Value::Bool(v) => query.bind(v),
                Value::Date(v) => query.bind(v),
                Value::Bytes(v) => query.bind(v),
            };
        }
        query
    }};
}
use prepare;

impl Text {
    fn into_sql(self, dialect: Dialect) -> SqlStr {
        match self {
            Self::Written(statement) => statement.text_for(dialect).into_sql_str(),
            Self::Built(text) => AssertSqlSafe(text).into_sql_str(),
        }
    }
}

async fn run(query: Query, read: &mut Read, most: u64) -> Result<Vec<Row>, DbError> {
    let dialect = read.dialect();
    let place = query.place();
    let Query { text, values } = query;
    watched(place, async {
        match &mut read.connection {
            Connection::Sqlite(c) => {
                collect(c.fetch(prepare!(text, values, dialect)).map_ok(Driver::Sqlite), most).await
            }
            Connection::SqliteTx(c) => {
                collect(c.fetch(prepare!(text, values, dialect)).map_ok(Driver::Sqlite), most).await
            }
            Connection::Postgres(c) => {
                collect(c.fetch(prepare!(text, values, dialect)).map_ok(Driver::Postgres), most).await
            }
            Connection::PostgresTx(c) => {
                collect(c.fetch(prepare!(text, values, dialect)).map_ok(Driver::Postgres), most).await
            }
        }
    })
    .await
}

async fn collect(
    mut rows: impl futures_util::Stream<Item = Result<Driver, sqlx::Error>> + Unpin,
    most: u64,
) -> Result<Vec<Row>, DbError> {
    let mut all = Vec::new();
    let mut left = most;
    while left > 0 {
        let Some(row) = rows.try_next().await? else { break };
        all.push(Row(row));
        left -= 1;
    }
    Ok(all)
}

/// Statements slower than this are logged, without their values.
const SLOW: Duration = Duration::from_millis(100);

async fn watched<T>(
    (file, line): (&'static str, u32),
    work: impl Future<Output = Result<T, DbError>>,
) -> Result<T, DbError> {
    let _ = COUNT.try_with(|count| count.set(count.get() + 1));
    let begun = tokio::time::Instant::now();
    let result = work.await;
    let took = begun.elapsed();
    if took > SLOW {
        tracing::warn!(target: "db.slow", file, line, millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX), "slow statement");
    }
    result
}
