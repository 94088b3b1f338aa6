//! Statements, and the registry of them all.

use crate::{Bind, Dialect, Query};

/// A statement written once for both databases, known to the registry.
#[derive(Debug, PartialEq, Eq)]
pub struct Statement {
    text: &'static str,
    postgres: Option<&'static str>,
    file: &'static str,
    line: u32,
}

/// What [`sql!`](crate::sql) hands to the registry.
pub struct Registered(pub &'static Statement);

inventory::collect!(Registered);

impl Statement {
    /// For [`sql!`](crate::sql) only: a statement outside the registry is not tested.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(text: &'static str, file: &'static str, line: u32) -> Self {
        Self { text, postgres: None, file, line }
    }
    /// For [`sql!`](crate::sql) only.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_postgres(mut self, text: &'static str) -> Self {
        self.postgres = Some(text);
        self
    }
    /// The SQL text; SQLite's where the two differ.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }
    /// The SQL text for that database.
    #[must_use]
    pub const fn text_for(&self, dialect: Dialect) -> &'static str {
        match (dialect, self.postgres) {
            (Dialect::Postgres, Some(text)) => text,
            _ => self.text,
        }
    }
    /// Source file and line.
    #[must_use]
    pub const fn place(&self) -> (&'static str, u32) {
        (self.file, self.line)
    }
    /// Starts a query with its first value, `$1`.
    pub fn bind(&'static self, value: impl Bind) -> Query {
        self.query().bind(value)
    }
    /// A query without values.
    pub fn query(&'static self) -> Query {
        Query::new(self)
    }
}

/// Every statement of the program, in the order of file and line.
#[must_use]
pub fn statements() -> Vec<&'static Statement> {
    let mut all: Vec<_> = inventory::iter::<Registered>.into_iter().map(|registered| registered.0).collect();
    all.sort_by_key(|statement| statement.place());
    all
}

/// A statement for both databases: literals, and macros that expand to literals, joined to one text.
///
/// ```ignore
/// sql!("SELECT name FROM property WHERE organization_id = $1 AND id = $2").bind(org).bind(id).fetch_optional(read).await?
/// ```
///
/// Where the databases must differ, such as in locking, it takes both texts: `sql!(sqlite: "...", postgres: "...")`.
#[macro_export]
macro_rules! sql {
    (sqlite: $sqlite:expr, postgres: $postgres:expr $(,)?) => {{
        static STATEMENT: $crate::Statement =
            $crate::Statement::new($sqlite, file!(), line!()).with_postgres($postgres);
        $crate::inventory::submit! { $crate::Registered(&STATEMENT) }
        &STATEMENT
    }};
    ($($part:tt)+) => {{
        static STATEMENT: $crate::Statement = $crate::Statement::new(concat!($($part)+), file!(), line!());
        $crate::inventory::submit! { $crate::Registered(&STATEMENT) }
        &STATEMENT
    }};
}

/// As [`sql!`](crate::sql), for rows whose id is one of many: `sql_of_ids!(["SELECT ... WHERE id IN "] "$2" [" AND ..."])`. That place binds
/// one [`Ids`](crate::Ids), whatever their number, so that the statement stays one and prepared. (Arrays and JSON differ between the
/// databases.)
#[macro_export]
macro_rules! sql_of_ids {
    ([$($before:tt)+] $place:literal [$($after:tt)*]) => {
        $crate::sql!(
            sqlite: concat!($($before)+, "(SELECT unhex(value) FROM json_each(", $place, "))", $($after)*),
            postgres: concat!(
                $($before)+, "(SELECT CAST(value AS uuid) FROM json_array_elements_text(CAST(", $place, " AS json)))", $($after)*
            ),
        )
    };
}
