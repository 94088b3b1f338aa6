//! How long a file may get.

use crate::{Finding, Source, about, none, sources};

/// Past this a file holds more than one thing.
const MOST_LINES: usize = 800;

/// Files that may be longer, up to how long, and why. Never add one to get a change in.
const LONGER: &[(&str, usize, &str)] = &[];

fn rule(source: &Source) -> Vec<Finding> {
    let lines = source.text.lines().count();
    let most = LONGER.iter().find(|(path, ..)| *path == source.path).map_or(MOST_LINES, |(_, most, _)| *most);
    if lines <= most {
        return Vec::new();
    }
    vec![Finding::new(source, 0, format!("{lines} lines, at most {most}: split it where it holds two things"))]
}

#[test]
fn files_stay_short() {
    let files = sources(&["crates", "web", "e2e", "scripts"], &[".rs", ".html", ".ts", ".css"]);
    none(&files.iter().flat_map(rule).collect::<Vec<_>>());
    for (path, ..) in LONGER {
        let still = files.iter().any(|file| file.path == *path && file.text.lines().count() > MOST_LINES);
        assert!(still, "{path} is no longer long: take it off the list");
    }
}

#[test]
fn a_long_file_is_found() {
    let found = about(rule, "crates/app/src/stays/service.rs", &"\n".repeat(801));
    assert_eq!(
        found,
        ["crates/app/src/stays/service.rs:0: 801 lines, at most 800: split it where it holds two things"]
    );
}
