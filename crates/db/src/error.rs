//! What a database refuses, the same for both.

use std::{future::Future, time::Duration};

use kernel::Fault;

/// Why a statement failed.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A unique or check rule, as the database reports it: compare with [`DbError::violates`].
    #[error("violates {0}")]
    Constraint(String),
    /// A row refers to one that is not there, or is still referred to.
    #[error("violates a foreign key{}", .0.as_ref().map(|name| format!(" {name}")).unwrap_or_default())]
    ForeignKey(Option<String>),
    /// Another transaction was in the way, or no connection was free: trying again is likely to help.
    #[error("busy: {0}")]
    Busy(#[source] sqlx::Error),
    /// A column could not be read.
    #[error("column {0}")]
    Column(String),
    /// Anything else.
    #[error(transparent)]
    Other(sqlx::Error),
}

impl DbError {
    pub(crate) fn column(name: &str, message: &str) -> Self {
        Self::Column(format!("{name}: {message}"))
    }

    /// Whether this is the violation of that rule.
    #[must_use]
    pub fn violates(&self, rule: &Constraint) -> bool {
        let Self::Constraint(found) = self else { return false };
        // PostgreSQL names the rule; SQLite names a check, but of a unique rule only its columns: `t.a, t.b`.
        found == rule.name
            || found
                .split(", ")
                .map(|column| column.split_once('.').unwrap_or_default())
                .eq(rule.columns.iter().map(|column| (rule.table, *column)))
    }
}

/// A unique or check rule of the schema, as either database reports it.
#[derive(Debug, Clone, Copy)]
pub struct Constraint {
    name: &'static str,
    table: &'static str,
    columns: &'static [&'static str],
}

impl Constraint {
    /// A unique rule: its name in PostgreSQL (`<table>_pkey`, or the index's name), its table and columns in order.
    #[must_use]
    pub const fn unique(name: &'static str, table: &'static str, columns: &'static [&'static str]) -> Self {
        Self { name, table, columns }
    }
    /// A named check.
    #[must_use]
    pub const fn check(name: &'static str) -> Self {
        Self { name, table: "", columns: &[] }
    }
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        let Some(database) = error.as_database_error() else {
            return match error {
                sqlx::Error::PoolTimedOut => Self::Busy(error),
                other => Self::Other(other),
            };
        };
        let code = database.code().unwrap_or_default();
        // PostgreSQL: serialization failure, deadlock, lock timeout, statement timeout. SQLite: BUSY, LOCKED and their extended codes.
        if matches!(code.as_ref(), "40001" | "40P01" | "55P03" | "57014" | "5" | "6" | "261" | "517" | "773" | "262") {
            return Self::Busy(error);
        }
        if database.is_foreign_key_violation() {
            return Self::ForeignKey(database.constraint().map(str::to_owned));
        }
        if database.is_unique_violation() || database.is_check_violation() {
            let message = database.message();
            let detail = message.split_once("constraint failed: ").map_or(message, |(_, detail)| detail);
            return Self::Constraint(database.constraint().unwrap_or(detail).to_owned());
        }
        Self::Other(error)
    }
}

impl From<DbError> for Fault {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Busy(_) => Self::busy("database", error),
            other => Self::new("database", other),
        }
    }
}

/// An error that knows whether the whole transaction may be tried again.
pub trait Retry {
    /// Whether another transaction was merely in the way.
    fn is_transient(&self) -> bool;
}

impl Retry for DbError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Busy(_))
    }
}

impl Retry for Fault {
    fn is_transient(&self) -> bool {
        self.is_busy()
    }
}

/// Runs a whole use case again, at most three times, while other transactions are in the way (40001, 40P01, SQLITE_BUSY).
///
/// # Errors
/// The error of the last try.
pub async fn retrying<T, E: Retry, F: Future<Output = Result<T, E>>>(mut attempt: impl FnMut() -> F) -> Result<T, E> {
    for pause in [5, 25] {
        match attempt().await {
            Err(error) if error.is_transient() => tokio::time::sleep(Duration::from_millis(pause)).await,
            done => return done,
        }
    }
    attempt().await
}
