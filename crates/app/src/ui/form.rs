//! What a form shows: its values as typed, and what is wrong with them.

use kernel::{FieldError, FieldErrors};
use serde::Serialize;
use serde_json::Value;

/// The values and errors of a form. Fields without a value are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    values: Vec<(String, String)>,
    errors: FieldErrors,
}

impl Form {
    /// An empty form.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The form that shows a structure's fields: texts, numbers, flags (`true` or none) and lists of them.
    ///
    /// Give it the form as received, or a view of the row to edit. Passwords never come back: their component shows no
    /// value.
    #[must_use]
    pub fn of(fields: &impl Serialize) -> Self {
        let mut form = Self::new();
        if let Ok(Value::Object(fields)) = serde_json::to_value(fields) {
            for (name, value) in fields {
                form.add(&name, value);
            }
        }
        form
    }

    fn add(&mut self, name: &str, value: Value) {
        match value {
            Value::Null | Value::Bool(false) | Value::Object(_) => {}
            Value::Array(values) => values.into_iter().for_each(|value| self.add(name, value)),
            Value::Bool(true) => self.values.push((name.to_owned(), "true".to_owned())),
            Value::Number(number) => self.values.push((name.to_owned(), number.to_string())),
            Value::String(text) => self.values.push((name.to_owned(), text)),
        }
    }

    /// The same form with a value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.retain(|(known, _)| known != name);
        self.values.push((name.to_owned(), value.to_string()));
        self
    }

    /// The same form with what is wrong.
    #[must_use]
    pub fn with_errors(self, errors: FieldErrors) -> Self {
        Self { errors, ..self }
    }

    /// The value of a field; empty when it has none.
    #[must_use]
    pub fn value(&self, field: &str) -> &str {
        self.values.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value)
    }

    /// Whether the field has this value, or one of its values is this.
    #[must_use]
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.values.iter().any(|(name, known)| name == field && known == value)
    }

    /// Whether a checkbox is ticked.
    #[must_use]
    pub fn checked(&self, field: &str) -> bool {
        !matches!(self.value(field), "" | "false")
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn error(&self, field: &str) -> Option<&FieldError> {
        self.errors.of(field)
    }

    /// Everything that is wrong.
    #[must_use]
    pub const fn errors(&self) -> &FieldErrors {
        &self.errors
    }
}

/// One option of a select.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// For a country: the zone it proposes; empty for none.
    pub zone: String,
    /// For a country: the currency it proposes; empty for none.
    pub currency: String,
}

impl Choice {
    /// An option.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Raw {
        name: &'static str,
        adults: u8,
        pets: bool,
        cot: bool,
        notes: Option<&'static str>,
        days: Vec<&'static str>,
    }

    #[test]
    fn a_form_shows_what_was_typed_and_what_is_wrong_with_it() {
        let raw = Raw { name: " O'Brien", adults: 2, pets: true, cot: false, notes: None, days: vec!["mon", "tue"] };
        let form = Form::of(&raw).with_errors(FieldErrors::one("name", "required"));
        assert_eq!((form.value("name"), form.value("adults"), form.value("notes")), (" O'Brien", "2", ""));
        assert!(form.checked("pets") && !form.checked("cot"));
        assert!(form.has("days", "tue") && !form.has("days", "wed"));
        assert_eq!(form.error("name").map(|error| error.code), Some("required"));
        assert!(form.error("adults").is_none());
    }
}
