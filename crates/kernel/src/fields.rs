//! What is wrong with which field, in a form that a page and an API answer share.

use serde::Serialize;

/// One problem of one field. `code` is stable; its text is the message `error-<code>` in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field's name, as in the form and in JSON; empty for the whole input.
    pub field: &'static str,
    /// A stable code, such as `required` or `too_long`.
    pub code: &'static str,
    /// A bound that the message mentions, such as the greatest length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<String>,
}

/// Every problem of an input, in the order of the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// No problem yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
    /// A single problem.
    #[must_use]
    pub fn one(field: &'static str, code: &'static str) -> Self {
        let mut errors = Self::new();
        errors.add(field, code);
        errors
    }
    /// Notes a problem.
    pub fn add(&mut self, field: &'static str, code: &'static str) {
        self.0.push(FieldError { field, code, bound: None });
    }
    /// Notes a problem whose message mentions a bound.
    pub fn add_bound(&mut self, field: &'static str, code: &'static str, bound: impl ToString) {
        self.0.push(FieldError { field, code, bound: Some(bound.to_string()) });
    }
    /// Keeps the value of a parsed field, or notes its problem.
    pub fn keep<T>(&mut self, field: &'static str, parsed: Result<T, &'static str>) -> Option<T> {
        parsed.map_err(|code| self.add(field, code)).ok()
    }
    /// Adds the problems of another part of the input.
    pub fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The problem of a field, if it has one.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&FieldError> {
        self.0.iter().find(|error| error.field == field)
    }
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }
    /// `Ok` when nothing is wrong.
    ///
    /// # Errors
    /// The problems themselves, when there is one.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}
