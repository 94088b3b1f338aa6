//! The rules of ARCHITECTURE.md that the compiler does not know: which crate may use which, which kind of file may do what, and
//! what a template may contain. Each finding says what to do about it.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the sources has failed")]

mod crates;
mod rust;
mod size;
mod templates;

use std::path::{Path, PathBuf};
use std::{fmt, fs};

/// A file of the repository.
struct Source {
    /// From the root of the repository, with `/`.
    path: String,
    text: String,
}

/// A broken rule.
#[derive(Debug)]
struct Finding {
    path: String,
    /// Counted from 1; 0 when it is about the whole file.
    line: usize,
    /// What is wrong and what to do instead.
    message: String,
}

impl Finding {
    fn new(source: &Source, line: usize, message: impl Into<String>) -> Self {
        Self { path: source.path.clone(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Every file below these folders with one of these endings, in the order of their paths.
fn sources(folders: &[&str], endings: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let mut waiting: Vec<PathBuf> =
        folders.iter().map(|folder| root.join(folder)).filter(|path| path.exists()).collect();
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let generated = ["node_modules", "dist", "results", "target"].contains(&name.as_str());
            if !generated {
                waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let relative = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            found.push(Source { path: relative, text: fs::read_to_string(&path).unwrap() });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Fails with all findings, one a line.
#[track_caller]
fn none(findings: &[Finding]) {
    assert!(findings.is_empty(), "\n{}\n", findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}

/// What a rule says about a file that was made up.
fn about(rule: impl Fn(&Source) -> Vec<Finding>, path: &str, text: &str) -> Vec<String> {
    rule(&Source { path: path.to_owned(), text: text.to_owned() }).iter().map(ToString::to_string).collect()
}
