//! Keyset pages: a list continues after the last row that was seen, whatever was inserted meanwhile.

use serde::{Deserialize, Serialize};

/// How many rows at the most, 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(i64);

impl Limit {
    /// The most rows of a page.
    pub const MOST: i64 = 100;

    /// A limit within 1 to 100.
    #[must_use]
    pub fn new(rows: i64) -> Self {
        Self(rows.clamp(1, Self::MOST))
    }

    /// The rows to ask the database for: one more than shown, to know whether there is a next page.
    #[must_use]
    pub const fn with_one_more(self) -> i64 {
        self.0 + 1
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

/// Where a page ends, opaque to clients. It holds the sort key's text form and the row's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Cursor(String);

impl Cursor {
    /// The cursor after the row with this sort key and id.
    #[must_use]
    pub fn after(key: &str, id: uuid::Uuid) -> Self {
        let mut text = id.simple().to_string();
        for byte in key.bytes() {
            text.push_str(&format!("{byte:02x}"));
        }
        Self(text)
    }

    /// A cursor as a client sent it; checked when it is opened.
    #[must_use]
    pub fn received(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Sort key and id of the last row seen; `None` when a client made the cursor up.
    #[must_use]
    pub fn open(&self) -> Option<(String, uuid::Uuid)> {
        let (id, hex) = (self.0.get(..32)?, self.0.get(32..)?);
        let bytes: Option<Vec<u8>> =
            (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(hex.get(i..i + 2)?, 16).ok()).collect();
        Some((String::from_utf8(bytes?).ok()?, uuid::Uuid::parse_str(id).ok()?))
    }

    /// The text to put into an address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A part of a list.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; absent on the last one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// A page from rows asked for by [`Limit::with_one_more`]; `key` gives a row's sort key and id.
    #[must_use]
    pub fn from_rows(mut rows: Vec<T>, limit: Limit, key: impl Fn(&T) -> (String, uuid::Uuid)) -> Self {
        let most = usize::try_from(limit.0).unwrap_or(usize::MAX);
        let more = rows.len() > most;
        rows.truncate(most);
        let next = rows.last().filter(|_| more).map(|row| {
            let (key, id) = key(row);
            Cursor::after(&key, id)
        });
        Self { items: rows, next }
    }

    /// The same page of other things.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_opens_to_what_it_was_made_of_and_nonsense_does_not() {
        let id = uuid::Uuid::from_u128(7);
        assert_eq!(Cursor::after("2027-01-04 é", id).open(), Some(("2027-01-04 é".into(), id)));
        for nonsense in ["", "zz", "é", "00000000000000000000000000000007f", "00000000000000000000000000000007ff"] {
            assert_eq!(Cursor::received(nonsense).open(), None, "{nonsense}");
        }
    }

    #[test]
    fn the_last_page_has_no_next() {
        let page = Page::from_rows(vec![1, 2, 3], Limit::new(2), |n| (n.to_string(), uuid::Uuid::nil()));
        assert_eq!((page.items, page.next.is_some()), (vec![1, 2], true));
        assert!(Page::from_rows(vec![1, 2], Limit::new(2), |n| (n.to_string(), uuid::Uuid::nil())).next.is_none());
    }
}
