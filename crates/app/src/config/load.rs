//! Reading the places that settings come from, and remembering which of them each value came from.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::{Config, DEFAULTS, KEYS, check, values::Setting};

/// The file that is read when none is named and it is there.
const DEFAULT_FILE: &str = "landlord.toml";
const ENVIRONMENT_PREFIX: &str = "LANDLORD_";
/// What was given from outside.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// `section.key` and value of what a command sets differently from the defaults; anything given overrides it.
    pub presets: Vec<(&'static str, &'static str)>,
    /// The file; `None`: `landlord.toml` of `folder` when it is there.
    pub file: Option<PathBuf>,
    /// The folder to look for `landlord.toml` in.
    pub folder: PathBuf,
    /// The variables of the environment, all of them.
    pub environment: Vec<(String, String)>,
    /// `section.key` and value of each flag, with the flag's own name.
    pub flags: Vec<Flag>,
}

/// A setting given on the command line.
#[derive(Clone, Debug)]
pub struct Flag {
    /// As the person knows it, such as `--listen`.
    pub flag: &'static str,
    /// `section.key`.
    pub key: String,
    /// The text of the value.
    pub value: String,
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// `config.default.toml`.
    Default,
    /// The command that runs.
    Command,
    /// A file.
    File(PathBuf),
    /// A variable of the environment, by name.
    Environment(String),
    /// A flag, by name.
    Flag(&'static str),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Command => f.write_str("the command"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment(name) => f.write_str(name),
            Self::Flag(name) => f.write_str(name),
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// `section.key`, or empty when the problem is none of a key's.
    pub key: String,
    /// What is wrong, without the value.
    pub message: String,
    /// Where the value came from.
    pub source: Source,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.key.is_empty() {
            write!(f, "{} ", self.key)?;
        }
        write!(f, "{} (from {})", self.message, self.source)
    }
}

/// Everything that is wrong, at once.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the configuration is not usable:{}", .problems.iter().map(|p| format!("\n  {p}")).collect::<String>())]
pub struct ConfigError {
    /// At least one.
    pub problems: Vec<Problem>,
}

/// A value as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// `section.key`.
    pub key: &'static str,
    /// The value as TOML, secrets masked.
    pub value: String,
    /// Where it came from.
    pub source: Source,
}

/// A usable configuration.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The values.
    pub config: Config,
    /// The same for showing, in the order of `config.default.toml`.
    pub shown: Vec<Shown>,
}

struct Entry {
    value: Value,
    source: Source,
}

/// The values of all keys, and the problems found so far.
pub(super) struct Reader<'a> {
    entries: &'a BTreeMap<String, Entry>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// The typed value of a key; `None`, and a problem noted, when it is not of that type.
    pub(super) fn get<T: Setting>(&mut self, key: &str) -> Option<T> {
        let Some(entry) = self.entries.get(key) else {
            self.problem(key, "has no default");
            return None;
        };
        T::read(&entry.value).map_err(|expected| self.problem(key, &format!("must be {expected}"))).ok()
    }

    /// Notes a problem of a key.
    pub(super) fn problem(&mut self, key: &str, message: &str) {
        let source = self.entries.get(key).map_or(Source::Default, |entry| entry.source.clone());
        self.problems.push(Problem { key: key.to_owned(), message: message.to_owned(), source });
    }
}

/// Reads and checks the configuration.
///
/// # Errors
/// With everything that is wrong: unreadable file, unknown keys, values of a wrong kind, values that do not go together.
pub fn load(inputs: &Inputs) -> Result<Loaded, ConfigError> {
    let mut values = Values::default();
    values.merge_text(DEFAULTS, &Source::Default);
    for (key, value) in &inputs.presets {
        values.merge_word(key, value, Source::Command);
    }
    if let Some(path) = chosen_file(inputs) {
        values.merge_file(&path);
    }
    values.merge_environment(&inputs.environment);
    for flag in &inputs.flags {
        values.merge_word(&flag.key, &flag.value, Source::Flag(flag.flag));
    }
    let Values { entries, problems } = values;

    let mut reader = Reader { entries: &entries, problems };
    let config = Config::read(&mut reader);
    if let Some(config) = &config {
        check::check(config, &mut reader);
    }
    match config {
        Some(config) if reader.problems.is_empty() => Ok(Loaded { config, shown: shown(&entries) }),
        _ => Err(ConfigError { problems: reader.problems }),
    }
}

fn chosen_file(inputs: &Inputs) -> Option<PathBuf> {
    inputs.file.clone().or_else(|| Some(inputs.folder.join(DEFAULT_FILE)).filter(|path| path.is_file()))
}

fn shown(entries: &BTreeMap<String, Entry>) -> Vec<Shown> {
    let show = |key: &super::Key| {
        let entry = entries.get(key.name)?;
        Some(Shown { key: key.name, value: (key.shown)(&entry.value).to_string(), source: entry.source.clone() })
    };
    KEYS.iter().filter_map(show).collect()
}

#[derive(Default)]
struct Values {
    entries: BTreeMap<String, Entry>,
    problems: Vec<Problem>,
}

impl Values {
    fn merge_file(&mut self, path: &Path) {
        let source = Source::File(path.to_owned());
        match std::fs::read_to_string(path) {
            Ok(text) => self.merge_text(&text, &source),
            Err(error) => self.general(format!("The file cannot be read: {error}"), source),
        }
    }

    fn merge_text(&mut self, text: &str, source: &Source) {
        match text.parse::<Table>() {
            Ok(table) => self.merge_table("", table, source),
            // Only the place: the message of the parser quotes the line, which may hold a secret.
            Err(error) => {
                let offset = error.span().map_or(0, |span| span.start);
                let line = text.get(..offset).map_or(1, |before| before.matches('\n').count() + 1);
                self.general(format!("line {line} is not TOML: {}", error.message()), source.clone());
            }
        }
    }

    fn merge_table(&mut self, prefix: &str, table: Table, source: &Source) {
        for (name, value) in table {
            let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
            match value {
                Value::Table(inner) if !inner.is_empty() || is_section(&key) => self.merge_table(&key, inner, source),
                value => self.set(&key, value, source.clone()),
            }
        }
    }

    fn merge_environment(&mut self, environment: &[(String, String)]) {
        for (name, value) in environment {
            let Some(rest) = name.strip_prefix(ENVIRONMENT_PREFIX) else { continue };
            let key = rest.to_ascii_lowercase().replace("__", ".");
            // Other programs of ours have variables too; one that begins like a section is a key that lacks an underscore.
            let section = key.split(['.', '_']).next().unwrap_or_default();
            if key.contains('.') || is_section(section) {
                self.merge_word(&key, value, Source::Environment(name.clone()));
            }
        }
    }

    /// Takes a value that came as a word: it is read as the kind of value that the key has by default.
    fn merge_word(&mut self, key: &str, word: &str, source: Source) {
        let text = || Value::String(word.to_owned());
        let value = match self.entries.get(key).map(|entry| &entry.value) {
            Some(Value::Integer(_)) => word.parse().map_or_else(|_| text(), Value::Integer),
            Some(Value::Boolean(_)) => word.parse().map_or_else(|_| text(), Value::Boolean),
            Some(Value::Array(_)) => {
                let items = word.split(',').map(str::trim).filter(|item| !item.is_empty());
                Value::Array(items.map(|item| Value::String(item.to_owned())).collect())
            }
            _ => text(),
        };
        self.set(key, value, source);
    }

    fn set(&mut self, key: &str, value: Value, source: Source) {
        if KEYS.iter().any(|known| known.name == key) {
            self.entries.insert(key.to_owned(), Entry { value, source });
            return;
        }
        let message = match nearest(key) {
            Some(known) => format!("is not a known key; the nearest is {known}"),
            None => "is not a known key".to_owned(),
        };
        self.problems.push(Problem { key: key.to_owned(), message, source });
    }

    fn general(&mut self, message: String, source: Source) {
        self.problems.push(Problem { key: String::new(), message, source });
    }
}

fn is_section(name: &str) -> bool {
    KEYS.iter().any(|key| key.name.split_once('.').is_some_and(|(section, _)| section == name))
}

/// The known key that takes the fewest edits.
fn nearest(key: &str) -> Option<&'static str> {
    // Within the same section first: `feeds.max_size` is meant for the section it was written in.
    let distance = |known: &str| {
        let other_section = known.split('.').next() != key.split('.').next();
        strsim::damerau_levenshtein(known, key) + if other_section { 2 } else { 0 }
    };
    KEYS.iter().map(|known| known.name).min_by_key(|known| distance(known))
}
