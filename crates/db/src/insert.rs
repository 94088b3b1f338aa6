//! Inserting many rows with few statements.

use crate::{Bind, DbError, Query, Row, Tx, Value};

/// The most values of one statement. SQLite finds each by its name among those before it, so what a statement costs grows with the
/// square of their number.
const MOST_VALUES: usize = 1_000;

/// A multi-row INSERT. Tables and columns are written in the program, never received.
#[derive(Debug)]
pub struct Insert<const N: usize> {
    table: &'static str,
    columns: [&'static str; N],
    skip_taken: bool,
    rows: Vec<[Value; N]>,
}

/// The values of a row: `row![a, b, c]`.
#[macro_export]
macro_rules! row {
    ($($value:expr),+ $(,)?) => { [$($crate::Bind::into_value($value)),+] };
}

impl<const N: usize> Insert<N> {
    /// An INSERT into these columns, without rows yet.
    #[must_use]
    pub const fn into(table: &'static str, columns: [&'static str; N]) -> Self {
        Self { table, columns, skip_taken: false, rows: Vec::new() }
    }

    /// Leaves out rows whose key is taken, instead of failing.
    #[must_use]
    pub const fn skip_taken(mut self) -> Self {
        self.skip_taken = true;
        self
    }

    /// Adds a row, made by [`row!`](crate::row).
    pub fn push(&mut self, row: [Value; N]) {
        self.rows.push(row);
    }

    /// Adds rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = [Value; N]>) -> Self {
        self.rows.extend(rows);
        self
    }

    fn queries(self, returning: &str) -> impl Iterator<Item = Query> {
        let head = format!("INSERT INTO {} ({}) VALUES ", self.table, self.columns.join(", "));
        let tail = format!("{}{returning}", if self.skip_taken { " ON CONFLICT DO NOTHING" } else { "" });
        let mut rows = self.rows.into_iter();
        std::iter::from_fn(move || {
            let chunk: Vec<[Value; N]> = rows.by_ref().take((MOST_VALUES / N).max(1)).collect();
            if chunk.is_empty() {
                return None;
            }
            let mut text = head.clone();
            for row in 0..chunk.len() {
                text.push_str(if row == 0 { "(" } else { ", (" });
                for column in 1..=N {
                    text.push_str(&format!("{}${}", if column == 1 { "" } else { ", " }, row * N + column));
                }
                text.push(')');
            }
            text.push_str(&tail);
            Some(Query::built(text, chunk.into_iter().flatten().collect()))
        })
    }

    /// Writes the rows; answers how many were written.
    ///
    /// # Errors
    /// What the database refused; a violated constraint by name.
    pub async fn execute(self, tx: &mut Tx) -> Result<u64, DbError> {
        let mut written = 0;
        for query in self.queries("") {
            written += query.execute(tx).await?;
        }
        Ok(written)
    }

    /// Writes the rows; answers the named columns of those that were written.
    ///
    /// # Errors
    /// What the database refused; a violated constraint by name.
    pub async fn returning<T>(
        self,
        tx: &mut Tx,
        columns: &'static str,
        map: impl Fn(&Row) -> Result<T, DbError> + Copy,
    ) -> Result<Vec<T>, DbError> {
        let mut written = Vec::new();
        for query in self.queries(&format!(" RETURNING {columns}")) {
            written.extend(query.returning(tx, map).await?);
        }
        Ok(written)
    }
}

impl Bind for Value {
    fn into_value(self) -> Value {
        self
    }
}
