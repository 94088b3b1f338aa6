//! What every mail is made of, and how it looks.

use std::fmt::Display;

use askama::Template;
use kernel::{Date, Instant, Language, Zone};
use url::Url;

use crate::text;

/// An address of this installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link(Url);

impl Link {
    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Writes in the recipient's language, for this installation.
#[derive(Debug, Clone)]
pub struct Writer {
    language: Language,
    public_url: Url,
}

impl Writer {
    /// A writer of this language; `public_url` is where people reach the installation.
    #[must_use]
    pub const fn new(language: Language, public_url: Url) -> Self {
        Self { language, public_url }
    }

    /// The text of a message without arguments.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        text::text(self.language, key).to_owned()
    }

    /// The text of a message with one argument.
    #[must_use]
    pub fn t1(&self, key: &str, name: &str, value: impl Display) -> String {
        text::text_with(self.language, key, None, &[(name, &value)])
    }

    /// The text of a message with several arguments.
    #[must_use]
    pub fn t_with(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        text::text_with(self.language, key, None, values)
    }

    /// The text of a message with a plural: `$count` in it is the number.
    #[must_use]
    pub fn tn(&self, key: &str, count: impl TryInto<i64>) -> String {
        text::text_with(self.language, key, Some(count.try_into().unwrap_or(i64::MAX)), &[])
    }

    /// The text of one case of an enumeration, as on the pages.
    #[must_use]
    pub fn t_of(&self, family: &str, case: &str) -> String {
        text::text(self.language, &format!("{family}-{}", case.replace('_', "-"))).to_owned()
    }

    /// Two dates without repeating what they share.
    #[must_use]
    pub fn date_range(&self, from: Date, to: Date) -> String {
        text::date_range(self.language, from, to)
    }

    /// Date and time of an instant in a zone.
    #[must_use]
    pub fn date_time(&self, instant: Instant, zone: Zone) -> String {
        let local = zone.local(instant);
        format!("{}, {}", text::date_short(self.language, local.date()), text::time(self.language, local.time()))
    }

    /// A page of ours by its path and query. What would lead elsewhere leads to the start page instead.
    #[must_use]
    pub fn link(&self, path: &str) -> Link {
        let ours = |url: &Url| url.origin() == self.public_url.origin();
        Link(self.public_url.join(path).ok().filter(ours).unwrap_or_else(|| self.public_url.clone()))
    }

    /// An empty letter with this subject, which is also its heading.
    #[must_use]
    pub fn letter(&self, subject: impl Into<String>) -> Letter {
        Letter {
            language: self.language,
            product: self.t("ui-product"),
            home: self.link("/"),
            // One line, whatever a name in it holds.
            subject: subject.into().split_whitespace().collect::<Vec<_>>().join(" "),
            paragraphs: Vec::new(),
            facts: Vec::new(),
            button: None,
            note: None,
            why: String::new(),
            link_hint: self.t("mail-link-hint"),
        }
    }
}

/// A mail's content. It is rendered as text and as HTML.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "mail/templates/letter.html")]
pub struct Letter {
    language: Language,
    product: String,
    home: Link,
    subject: String,
    paragraphs: Vec<String>,
    facts: Vec<(String, String)>,
    button: Option<(String, Link)>,
    note: Option<String>,
    why: String,
    link_hint: String,
}

/// The text form of a letter.
#[derive(Template)]
#[template(path = "mail/templates/letter.txt")]
struct TextLetter<'a> {
    letter: &'a Letter,
}

impl Letter {
    /// Adds a paragraph.
    #[must_use]
    pub fn paragraph(mut self, text: impl Into<String>) -> Self {
        self.paragraphs.push(text.into());
        self
    }

    /// Adds a named fact to the table below the paragraphs.
    #[must_use]
    pub fn fact(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.facts.push((name.into(), value.into()));
        self
    }

    /// The one thing to do.
    #[must_use]
    pub fn button(mut self, text: impl Into<String>, link: Link) -> Self {
        self.button = Some((text.into(), link));
        self
    }

    /// What to know besides, below the button.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = Some(text.into());
        self
    }

    /// Why the recipient gets it, at the end.
    #[must_use]
    pub fn why(mut self, text: impl Into<String>) -> Self {
        self.why = text.into();
        self
    }

    /// The subject: one line.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The letter as plain text.
    ///
    /// # Errors
    /// Never with these templates; rendering says so by a result.
    pub fn to_text(&self) -> Result<String, askama::Error> {
        TextLetter { letter: self }.render()
    }

    /// The letter as an HTML document.
    ///
    /// # Errors
    /// As [`Letter::to_text`].
    pub fn to_html(&self) -> Result<String, askama::Error> {
        self.render()
    }
}
