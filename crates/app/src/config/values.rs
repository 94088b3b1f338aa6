//! The types that a setting may have, and how each is read from TOML.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;

use lettre::message::Mailbox;
use toml::Value;
use url::Url;
use webkit::{IpNet, PublicUrl};

/// A type that a key of the configuration may have.
pub(super) trait Setting: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// What the value must be, to be read after "must be". It never repeats the value, which may be a secret.
    fn read(value: &Value) -> Result<Self, String>;

    /// The value as it may be shown to people.
    fn shown(value: &Value) -> Value {
        value.clone()
    }
}

/// A value that never shows itself: its `Debug` is a mask, and it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T>(T);

/// What is written in place of a secret.
pub(super) const MASK: &str = "********";

impl<T> Secret<T> {
    /// Wraps a secret.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The secret itself. Each use of this is a place to look at in a review.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl<T: Setting> Setting for Secret<T> {
    fn read(value: &Value) -> Result<Self, String> {
        T::read(value).map(Self)
    }

    fn shown(value: &Value) -> Value {
        match value {
            Value::String(text) if text.is_empty() => value.clone(),
            _ => Value::String(MASK.into()),
        }
    }
}

/// A size in bytes, written `64kB` or `5MB` (decimal).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteSize(usize);

impl ByteSize {
    /// So many bytes.
    pub const fn new(bytes: usize) -> Self {
        Self(bytes)
    }

    /// The number of bytes.
    pub const fn get(self) -> usize {
        self.0
    }
}

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file on this machine.
    Sqlite(PathBuf),
    /// A PostgreSQL server; the address usually has a password in it.
    Postgres(Secret<String>),
}

kernel::text_enum! {
    /// What this installation is for.
    pub enum Environment {
        /// One person working on the program.
        Development = "development",
        /// Made-up data to look at.
        Demo = "demo",
        /// Real people's data.
        Production = "production",
    }
}

kernel::text_enum! {
    /// Whether strangers may register.
    pub enum Registration {
        /// Anyone may register as a landlord.
        Open = "open",
        /// Accounts are made by invitation or by the operator.
        Closed = "closed",
    }
}

kernel::text_enum! {
    /// How log lines are written.
    pub enum LogFormat {
        /// For people at a terminal.
        Text = "text",
        /// One JSON object a line.
        Json = "json",
    }
}

kernel::text_enum! {
    /// The least important line that is logged.
    pub enum LogLevel {
        /// Something failed that should not.
        Error = "error",
        /// Something to look at.
        Warn = "warn",
        /// What happens.
        Info = "info",
        /// For finding a fault.
        Debug = "debug",
        /// Everything.
        Trace = "trace",
    }
}

/// One of an enumeration's names.
macro_rules! choices {
    ($($name:ident)+) => {$(
        impl Setting for $name {
            fn read(value: &Value) -> Result<Self, String> {
                let chosen = value.as_str().and_then(|name| name.parse().ok());
                chosen.ok_or_else(|| format!("one of {}", Self::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ")))
            }
        }
    )+};
}

choices! { Environment Registration LogFormat LogLevel }

fn text<'a>(value: &'a Value, expected: &str) -> Result<&'a str, String> {
    value.as_str().ok_or_else(|| expected.to_owned())
}

/// Splits `15m` into 15 and `m`.
fn number_and_unit(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, unit.trim_start()))
}

impl Setting for bool {
    fn read(value: &Value) -> Result<Self, String> {
        value.as_bool().ok_or_else(|| "true or false".to_owned())
    }
}

impl Setting for String {
    fn read(value: &Value) -> Result<Self, String> {
        text(value, "a text").map(str::to_owned)
    }
}

impl Setting for u8 {
    fn read(value: &Value) -> Result<Self, String> {
        let number = value.as_integer().and_then(|n| Self::try_from(n).ok());
        number.ok_or_else(|| "a whole number from 0 to 255".to_owned())
    }
}

impl Setting for u32 {
    fn read(value: &Value) -> Result<Self, String> {
        let number = value.as_integer().and_then(|n| Self::try_from(n).ok());
        number.ok_or_else(|| "a whole number from 0".to_owned())
    }
}

impl Setting for NonZeroU32 {
    fn read(value: &Value) -> Result<Self, String> {
        let number = value.as_integer().and_then(|n| u32::try_from(n).ok());
        number.and_then(Self::new).ok_or_else(|| "a whole number from 1".to_owned())
    }
}

impl Setting for NonZeroUsize {
    fn read(value: &Value) -> Result<Self, String> {
        let number = value.as_integer().and_then(|n| usize::try_from(n).ok());
        number.and_then(Self::new).ok_or_else(|| "a whole number from 1".to_owned())
    }
}

impl Setting for Duration {
    fn read(value: &Value) -> Result<Self, String> {
        const EXPECTED: &str = "a duration above zero such as \"250ms\", \"30s\", \"15m\", \"12h\" or \"60d\"";
        let parse = |text| {
            let (number, unit) = number_and_unit(text)?;
            let seconds = |each: u64| number.checked_mul(each).map(Self::from_secs);
            match unit {
                "ms" => Some(Self::from_millis(number)),
                "s" => seconds(1),
                "m" => seconds(60),
                "h" => seconds(3_600),
                "d" => seconds(86_400),
                _ => None,
            }
        };
        // A hundred years: longer ones are mistakes, and would overflow sums with today's date.
        let longest = Self::from_secs(100 * 366 * 86_400);
        parse(text(value, EXPECTED)?)
            .filter(|duration| !duration.is_zero() && *duration <= longest)
            .ok_or_else(|| EXPECTED.to_owned())
    }
}

impl Setting for ByteSize {
    fn read(value: &Value) -> Result<Self, String> {
        const EXPECTED: &str = "a size such as \"64kB\", \"5MB\" or \"2GB\", up to 1000GB";
        let parse = |text| {
            let (number, unit) = number_and_unit(text)?;
            let each = match unit {
                "B" => 1,
                "kB" => 1_000,
                "MB" => 1_000_000,
                "GB" => 1_000_000_000,
                _ => return None,
            };
            number.checked_mul(each).filter(|bytes| (1..=1_000_000_000_000).contains(bytes))
        };
        parse(text(value, EXPECTED)?)
            .and_then(|bytes| usize::try_from(bytes).ok())
            .map(Self)
            .ok_or_else(|| EXPECTED.to_owned())
    }
}

impl Setting for SocketAddr {
    fn read(value: &Value) -> Result<Self, String> {
        const EXPECTED: &str = "an address and a port such as \"127.0.0.1:8080\"";
        text(value, EXPECTED)?.parse().map_err(|_| EXPECTED.to_owned())
    }
}

impl Setting for IpNet {
    fn read(value: &Value) -> Result<Self, String> {
        const EXPECTED: &str = "an address or a network such as \"10.0.0.0/8\"";
        let text = text(value, EXPECTED)?;
        let network = text.parse().ok().or_else(|| Some(Self::from(text.parse::<IpAddr>().ok()?)));
        network.ok_or_else(|| EXPECTED.to_owned())
    }
}

impl Setting for PathBuf {
    fn read(value: &Value) -> Result<Self, String> {
        let path = text(value, "a path")?;
        if path.is_empty() { Err("a path".to_owned()) } else { Ok(path.into()) }
    }
}

impl Setting for Url {
    fn read(value: &Value) -> Result<Self, String> {
        const EXPECTED: &str = "an address that begins with https:// or http://";
        let url = Self::parse(text(value, EXPECTED)?).map_err(|_| EXPECTED.to_owned())?;
        let ours = matches!(url.scheme(), "https" | "http") && url.has_host() && url.password().is_none();
        if ours { Ok(url) } else { Err(EXPECTED.to_owned()) }
    }
}

impl Setting for PublicUrl {
    fn read(value: &Value) -> Result<Self, String> {
        const EXPECTED: &str =
            "an address such as \"https://stays.example.com\", without a path, a query or credentials";
        Self::parse(text(value, EXPECTED)?).map_err(|_| EXPECTED.to_owned())
    }
}

impl Setting for DatabaseUrl {
    fn read(value: &Value) -> Result<Self, String> {
        const EXPECTED: &str = "\"sqlite:PATH\" or \"postgres://USER:PASSWORD@HOST/NAME\"";
        let text = text(value, EXPECTED)?;
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return if path.is_empty() { Err(EXPECTED.to_owned()) } else { Ok(Self::Sqlite(path.into())) };
        }
        let postgres = Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "postgres" | "postgresql"));
        if postgres { Ok(Self::Postgres(Secret(text.to_owned()))) } else { Err(EXPECTED.to_owned()) }
    }

    /// Without the password, when there is one to see.
    fn shown(value: &Value) -> Value {
        let Some(text) = value.as_str() else { return Value::String(MASK.into()) };
        if text.is_empty() || text.starts_with("sqlite:") {
            return value.clone();
        }
        let masked = Url::parse(text).ok().and_then(|mut url| {
            // A password may also come as a parameter.
            url.set_query(None);
            if url.password().is_some() {
                url.set_password(Some(MASK)).ok()?;
            }
            Some(url.to_string())
        });
        Value::String(masked.unwrap_or_else(|| MASK.into()))
    }
}

impl Setting for Mailbox {
    fn read(value: &Value) -> Result<Self, String> {
        const EXPECTED: &str = "a sender such as \"Landlord <mail@example.com>\"";
        text(value, EXPECTED)?.parse().map_err(|_| EXPECTED.to_owned())
    }
}

/// Empty means not set.
impl<T: Setting> Setting for Option<T> {
    fn read(value: &Value) -> Result<Self, String> {
        match value.as_str() {
            Some("") => Ok(None),
            _ => T::read(value).map(Some),
        }
    }

    fn shown(value: &Value) -> Value {
        T::shown(value)
    }
}

impl<T: Setting> Setting for Vec<T> {
    fn read(value: &Value) -> Result<Self, String> {
        let list = value.as_array().ok_or_else(|| "a list".to_owned())?;
        let items: Result<_, _> = list.iter().map(T::read).collect();
        items.map_err(|expected| format!("a list in which each is {expected}"))
    }

    fn shown(value: &Value) -> Value {
        match value {
            Value::Array(list) => Value::Array(list.iter().map(T::shown).collect()),
            other => T::shown(other),
        }
    }
}
