//! The ring of keys: where it comes from and what a key must look like.

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::Env;

use crate::config::Config;

/// The generated key's file in the data folder.
const GENERATED_FILE: &str = "secret.key";

/// Why there is no usable ring of keys. Never contains a key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A key is not of the form that the configuration documents.
    #[error(
        "must hold keys written \"ID:BASE64 OF 32 BYTES\", the ID of 1 to 16 letters, digits, - or _ (key number {0})"
    )]
    Malformed(usize),
    /// The bytes of a key are not random.
    #[error("must hold random keys; the one named {0} is not random")]
    Weak(String),
    /// Two keys have one name.
    #[error("must not hold two keys named {0}")]
    Repeated(String),
    /// There is no key.
    #[error("must hold at least one key")]
    Empty,
    /// The file cannot be read or made.
    #[error("the key file {path} cannot be used: {source}", path = .path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file was read, but not what is in it.
    #[error("the key file {path} {source}", path = .path.display())]
    InFile {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: Box<KeyError>,
    },
}

/// One key. Its bytes are only used to derive a key for each purpose.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) id: String,
    pub(super) bytes: [u8; 32],
}

/// Keys by age: the first encrypts, every one decrypts, and the last makes the hashes for lookups, which therefore survive
/// a rotation.
#[derive(Clone)]
pub struct KeyRing {
    /// Never empty.
    pub(super) newest: Key,
    pub(super) older: Vec<Key>,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys().map(|key| &key.id)).finish()
    }
}

impl KeyRing {
    /// The ring that the configuration names; outside production a missing one is made in the data folder.
    ///
    /// # Errors
    /// When a file cannot be read or made, or a key is not usable.
    pub fn open(config: &Config, env: &Env) -> Result<Self, KeyError> {
        let security = &config.security;
        if !security.encryption_keys.is_empty() {
            return Self::parse(security.encryption_keys.iter().map(|key| key.expose().as_str()));
        }
        if let Some(path) = &security.encryption_key_file {
            return Self::read(path);
        }
        if config.is_production() {
            return Err(KeyError::Empty);
        }
        let path = config.data.dir.join(GENERATED_FILE);
        if !path.exists() {
            generate(&path, env).map_err(|source| KeyError::File { path: path.clone(), source })?;
        }
        Self::read(&path)
    }

    /// Reads keys of the form `ID:BASE64`, the active one first.
    ///
    /// # Errors
    /// When there is none, or one is malformed, weak or repeated.
    pub fn parse<'a>(lines: impl IntoIterator<Item = &'a str>) -> Result<Self, KeyError> {
        let mut keys: Vec<Key> = Vec::new();
        for (index, line) in lines.into_iter().enumerate() {
            let key = parse_key(line).ok_or(KeyError::Malformed(index.saturating_add(1)))?;
            if is_weak(&key.bytes) {
                return Err(KeyError::Weak(key.id));
            }
            if keys.iter().any(|other| other.id == key.id) {
                return Err(KeyError::Repeated(key.id));
            }
            keys.push(key);
        }
        let mut keys = keys.into_iter();
        let newest = keys.next().ok_or(KeyError::Empty)?;
        Ok(Self { newest, older: keys.collect() })
    }

    fn read(path: &Path) -> Result<Self, KeyError> {
        let text = fs::read_to_string(path).map_err(|source| KeyError::File { path: path.to_owned(), source })?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self::parse(lines).map_err(|source| KeyError::InFile { path: path.to_owned(), source: Box::new(source) })
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    pub(super) fn oldest(&self) -> &Key {
        self.older.last().unwrap_or(&self.newest)
    }
}

fn parse_key(line: &str) -> Option<Key> {
    let (id, encoded) = line.trim().split_once(':')?;
    let named =
        (1..=16).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let bytes: [u8; 32] = STANDARD.decode(encoded.trim()).ok()?.try_into().ok()?;
    named.then(|| Key { id: id.to_owned(), bytes })
}

/// Whether the bytes are surely not random: 32 random ones have about 30 different values and, short of a miracle, never fewer
/// than 16; or they are all printable, which is a sentence that somebody typed (chance: below one in ten million million).
fn is_weak(bytes: &[u8; 32]) -> bool {
    let mut sorted = *bytes;
    sorted.sort_unstable();
    let different = sorted.chunk_by(|a, b| a == b).count();
    different < 16 || bytes.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ')
}

/// Makes a key file that only this user may read. When two processes do so at once, both end up with the same key: the file
/// appears whole under its name, and only the first one does.
fn generate(path: &Path, env: &Env) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let line = format!("generated:{}\n", STANDARD.encode(env.random_bytes::<32>()));
    let draft = path.with_extension(format!("{}.new", env.new_uuid()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(line.as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}
