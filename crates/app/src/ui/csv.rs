//! Tables as files for spreadsheets.
//!
//! Comma-separated (RFC 4180), with a point in numbers whatever the language, so that programs read them too. They begin with a UTF-8 byte
//! order mark: without one Excel takes accents for another alphabet, and other programs pass over it.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, header};
use kernel::Fault;

/// A table that is written row by row.
#[derive(Debug)]
pub(crate) struct Csv(String);

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl Csv {
    /// A table with these headings.
    pub(crate) fn new<'a>(headings: impl IntoIterator<Item = &'a str>) -> Self {
        let mut csv = Self("\u{feff}".to_owned());
        csv.row(headings.into_iter().map(text));
        csv
    }

    /// Adds a row of cells as [`text`], [`whole`] and [`hundredths`] write them.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().collect();
        self.0.push_str(&cells.join(","));
        self.0.push_str("\r\n");
    }

    /// The file's content.
    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

/// A table as a file to keep. The name is ours: letters, digits and hyphens.
pub(crate) fn file(name: &str, content: String) -> Result<Response, Fault> {
    let attachment = HeaderValue::try_from(format!("attachment; filename=\"{name}.csv\""))
        .map_err(|error| Fault::new("naming a file", error))?;
    let mut response = content.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, attachment);
    Ok(response)
}

/// A cell of what somebody typed. It never begins as a formula would: a quote goes before it.
pub(crate) fn text(cell: &str) -> String {
    let guard = if cell.starts_with(FORMULA) { "'" } else { "" };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{guard}{}\"", cell.replace('"', "\"\""))
    } else {
        format!("{guard}{cell}")
    }
}

/// A cell of a whole number.
pub(crate) fn whole(number: i64) -> String {
    number.to_string()
}

/// A cell of a number of hundredths, none of which is below zero; empty when there is nothing to say.
pub(crate) fn hundredths(number: Option<i64>) -> String {
    number.map(|number| format!("{}.{:02}", number / 100, number % 100)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_none_breaks_out_of_its_place() {
        for (typed, cell) in [
            ("Casa Azul", "Casa Azul"),
            ("=1+1", "'=1+1"),
            ("+34 600", "'+34 600"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            ("a\nb", "\"a\nb\""),
            ("\t=1", "'\t=1"),
            ("", ""),
        ] {
            assert_eq!(text(typed), cell, "{typed:?}");
        }
    }

    #[test]
    fn a_file_begins_with_its_mark_and_ends_each_row() {
        let mut csv = Csv::new(["Property", "Nights"]);
        csv.row([text("Niño"), whole(3)]);
        assert_eq!(csv.into_text(), "\u{feff}Property,Nights\r\nNiño,3\r\n");
        assert_eq!(
            (hundredths(Some(3947)), hundredths(Some(5)), hundredths(None)),
            ("39.47".into(), "0.05".into(), "".into())
        );
    }
}
