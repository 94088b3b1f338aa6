//! Statements, and the registry of them all.

use crate::{Bind, Query};

/// A statement written once for both databases, known to the registry.
#[derive(Debug, PartialEq, Eq)]
pub struct Statement {
    text: &'static str,
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
        Self { text, file, line }
    }
    /// The SQL text.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }
    /// Source file and line.
    #[must_use]
    pub const fn place(&self) -> (&'static str, u32) {
        (self.file, self.line)
    }
    /// Starts a query with its first value, `$1`.
    #[must_use]
    pub fn bind(&'static self, value: impl Bind) -> Query {
        self.query().bind(value)
    }
    /// A query without values.
    #[must_use]
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
#[macro_export]
macro_rules! sql {
    ($($part:tt)+) => {{
        static STATEMENT: $crate::Statement = $crate::Statement::new(concat!($($part)+), file!(), line!());
        $crate::inventory::submit! { $crate::Registered(&STATEMENT) }
        &STATEMENT
    }};
}
