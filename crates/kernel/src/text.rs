//! Text: enumerations stored by name, folding for search, trimming of input.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A stored or received name that is none of an enumeration's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is not a {expected}")]
pub struct EnumError {
    /// The enumeration.
    pub expected: &'static str,
    /// What was found.
    pub value: String,
}

/// Declares an enumeration that is stored, sent and read by one lower-case name for each case.
///
/// Gives `ALL`, `as_str`, `Display`, `FromStr` (error [`EnumError`]), serde by name and a JSON schema.
#[macro_export]
macro_rules! text_enum {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$case_doc:meta])* $case:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name { $($(#[$case_doc])* $case),+ }

        impl $name {
            /// Every case, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$case),+];
            /// The name as stored and sent.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$case => $text),+ }
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = $crate::EnumError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$case),)+
                    other => Err($crate::EnumError { expected: stringify!($name), value: other.to_owned() }),
                }
            }
        }
        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <::std::borrow::Cow<'de, str> as $crate::__private::serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err($crate::__private::serde::de::Error::custom)
            }
        }
        impl $crate::__private::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut $crate::__private::schemars::SchemaGenerator) -> $crate::__private::schemars::Schema {
                $crate::__private::schemars::json_schema!({ "type": "string", "enum": [$($text),+] })
            }
        }
    };
}

/// The form in which text is searched: compatibility-decomposed, without accents, lower case, single spaces.
///
/// Stored beside what was typed, so that both databases find `Zoë` by `zoe` without a collation of their own.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase));
    }
    folded
}

/// Input without surrounding white space and control characters other than line breaks; `None` when nothing is left.
#[must_use]
pub fn trimmed(input: &str) -> Option<String> {
    let kept: String = input.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_makes_accents_and_case_equal_and_keeps_apostrophes() {
        assert_eq!(fold("  Zoë   O'BRIEN "), "zoe o'brien");
        assert_eq!(fold("Straße"), "straße");
    }

    #[test]
    fn trimming_keeps_line_breaks_and_drops_other_controls() {
        assert_eq!(trimmed(" a\u{0}b\nc\r ").as_deref(), Some("ab\nc"));
        assert_eq!(trimmed(" \t "), None);
    }
}
