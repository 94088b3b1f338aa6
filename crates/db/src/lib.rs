//! The storage layer: one SQL text, two databases.
//!
//! A store writes each statement once with [`sql!`], binds values with [`Statement::bind`] and runs it on a [`Read`] (finders) or a
//! [`Tx`] (writers); a `&mut Tx` is a `&mut Read` wherever one is asked for. Which database answers is decided once, in [`Db::connect`].

mod connect;
mod error;
mod insert;
mod migrate;
mod pattern;
mod query;
mod row;
mod statement;
#[cfg(feature = "testing")]
pub mod testing;
mod value;

pub use connect::{Db, Dialect, Options, Read, Tx};
#[cfg(feature = "testing")]
pub use db_macros::db_test;
pub use error::{Constraint, DbError, Retry, retrying};
pub use insert::Insert;
pub use migrate::{MigrateError, Migration};
pub use pattern::containing;
pub use query::{Query, count_queries};
pub use row::Row;
pub use statement::{Registered, Statement, statements};
pub use value::{Bind, Ids, Storable, Stored, Value};

#[doc(hidden)]
pub use inventory;
