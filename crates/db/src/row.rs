//! A row of either database.

use sqlx::{postgres::PgRow, sqlite::SqliteRow};

use crate::{DbError, Stored, value::Primitive};

/// One row of an answer; columns are read by name.
pub struct Row(pub(crate) Driver);

pub(crate) enum Driver {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// One body for the rows of both drivers.
macro_rules! each_row {
    ($row:expr, $r:ident => $body:expr) => {
        match &$row.0 {
            $crate::row::Driver::Sqlite($r) => $body,
            $crate::row::Driver::Postgres($r) => $body,
        }
    };
}
pub(crate) use each_row;

/// What a column may be read as: a stored type, or an option of one.
pub trait Column: Sized {
    #[doc(hidden)]
    fn read(row: &Row, name: &str) -> Result<Self, DbError>;
}

fn read_optional<T: Stored>(row: &Row, name: &str) -> Result<Option<T>, DbError> {
    T::Raw::column(row, name)
        .map_err(DbError::from)?
        .map(T::from_raw)
        .transpose()
        .map_err(|message| DbError::column(name, &message))
}

impl<T: Stored> Column for T {
    fn read(row: &Row, name: &str) -> Result<Self, DbError> {
        read_optional(row, name)?.ok_or_else(|| DbError::column(name, "is NULL"))
    }
}

impl<T: Stored> Column for Option<T> {
    fn read(row: &Row, name: &str) -> Result<Self, DbError> {
        read_optional(row, name)
    }
}

impl Row {
    /// The value of a column.
    ///
    /// # Errors
    /// When the statement does not answer that column, or its value is none of `T`.
    pub fn get<T: Column>(&self, name: &str) -> Result<T, DbError> {
        T::read(self, name)
    }
}
