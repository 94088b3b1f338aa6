//! Finding rows by the words of their texts: every word of the search must begin a word of the row, whatever its case and accents.
//!
//! A row keeps its words twice: as rows of `search_word`, which are read in the order of words, and in its own `search_text` (see
//! [`text_of`]). A search for a rare word begins with `search_word`; a common one reads the list in its own order, where matches are near.
//! Either way it costs about the same in a large organization as in a small one.

mod store;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use kernel::{fold, text_enum};

pub(crate) use store::{rarest, remove, write};

text_enum! {
    /// What is found by its words.
    pub enum SearchKind {
        /// A stay.
        Stay = "stay",
        /// A guest.
        Guest = "guest",
    }
}

db::stored_as_text!(SearchKind);

/// The longest word that is kept; of a longer one the beginning is.
const LONGEST: usize = 40;
/// The most words of a row that are kept.
const MOST_WORDS: usize = 250;
/// How many words of a search count: the longest ones.
const MOST_TERMS: usize = 3;

/// The condition that a row has a word of a range; takes the row's id, its kind as SQL, and the places of what [`rarest`]
/// gives. SQLite begins there only where no index serves the order: order by an expression.
macro_rules! found_by_word {
    ($id:literal, $kind:literal, $from:literal, $below:literal) => {
        concat!(
            $id,
            " IN (SELECT sw.subject_id FROM search_word sw WHERE sw.organization_id = $1 AND sw.subject_kind = ",
            $kind,
            " AND sw.word >= ",
            $from,
            " AND sw.word < ",
            $below,
            ")"
        )
    };
}
pub(crate) use found_by_word;

fn words(text: &str) -> impl Iterator<Item = String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST).collect())
        .collect::<Vec<String>>()
        .into_iter()
}

/// The words of a row's texts, each once and after a space: what its `search_text` is.
pub(crate) fn text_of<'a>(texts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let mut seen = BTreeSet::new();
    let all = texts.into_iter().flatten().flat_map(words);
    let kept = all.filter(|word| seen.insert(word.clone())).take(MOST_WORDS);
    kept.fold(String::new(), |text, word| text + " " + &word)
}

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Search {
    /// The longest first.
    terms: Vec<String>,
}

impl Search {
    /// The words of what was typed; those past the three longest do not count.
    pub(crate) fn of(typed: &str) -> Self {
        let mut terms: Vec<String> = words(typed).collect();
        terms.sort_by_key(|term| std::cmp::Reverse(term.chars().count()));
        terms.dedup();
        terms.truncate(MOST_TERMS);
        Self { terms }
    }

    /// Whether nothing that was typed is part of a word: it finds nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// For each word: those that begin with it lie from the first up to the second, in the order of bytes.
    fn ranges(&self) -> impl Iterator<Item = (String, String)> {
        self.terms.iter().map(|term| (term.clone(), format!("{term}{}", char::MAX)))
    }

    /// Patterns for `search_text LIKE $n`, all of which must fit; `None` for those that are not needed.
    pub(crate) fn patterns(&self) -> [Option<String>; MOST_TERMS] {
        std::array::from_fn(|at| self.terms.get(at).map(|term| format!("% {term}%")))
    }
}

/// The patterns of a search, or none.
pub(crate) fn patterns(search: Option<&Search>) -> [Option<String>; MOST_TERMS] {
    search.map(Search::patterns).unwrap_or_default()
}
