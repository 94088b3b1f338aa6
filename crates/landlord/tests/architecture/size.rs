//! How long a file and a function may get.

use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::{Finding, Source, about, none, sources};

/// Past this a file holds more than one thing.
const MOST_LINES: usize = 800;

/// Files that may be longer, up to how long, and why. Never add one to get a change in.
const LONGER: &[(&str, usize, &str)] = &[];

/// The longest function, from `fn` to its closing brace, by kind of file.
const LONGEST_FUNCTION: &[(&str, usize, &str)] = &[
    ("/pages.rs", 40, "a handler takes the request apart, calls the service and shows the answer: move the rest there"),
    ("/api.rs", 40, "a handler takes the request apart, calls the service and shows the answer: move the rest there"),
    ("/service.rs", 60, "a use case reads like its steps: give each step a name"),
];

fn file(source: &Source) -> Vec<Finding> {
    let lines = source.text.lines().count();
    let most = LONGER.iter().find(|(path, ..)| *path == source.path).map_or(MOST_LINES, |(_, most, _)| *most);
    if lines <= most {
        return Vec::new();
    }
    vec![Finding::new(source, 0, format!("{lines} lines, at most {most}: split it where it holds two things"))]
}

fn functions(source: &Source) -> Vec<Finding> {
    let Some((_, most, advice)) = LONGEST_FUNCTION.iter().find(|(kind, ..)| source.path.ends_with(kind)) else {
        return Vec::new();
    };
    let long = |(name, line, lines)| {
        (lines > *most)
            .then(|| Finding::new(source, line, format!("{name} has {lines} lines, at most {most}: {advice}")))
    };
    lengths(TokenStream::from_str(&source.text).unwrap()).into_iter().filter_map(long).collect()
}

/// Name, first line and number of lines of each function with a body.
fn lengths(tokens: TokenStream) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(String, usize)> = None;
    let mut after_fn = None;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if ident == "fn" => after_fn = Some(ident.span().start().line),
            TokenTree::Ident(ident) => open = after_fn.take().map(|line| (ident.to_string(), line)).or(open),
            TokenTree::Punct(mark) if mark.as_char() == ';' => open = None,
            TokenTree::Group(group) => {
                if group.delimiter() == Delimiter::Brace
                    && let Some((name, line)) = open.take()
                {
                    found.push((name, line, group.span_close().end().line + 1 - line));
                }
                found.extend(lengths(group.stream()));
            }
            _ => {}
        }
    }
    found
}

#[test]
fn files_stay_short() {
    let files = sources(&["crates", "web", "e2e", "scripts"], &[".rs", ".html", ".ts", ".css"]);
    none(&files.iter().flat_map(file).collect::<Vec<_>>());
    for (path, ..) in LONGER {
        let still = files.iter().any(|file| file.path == *path && file.text.lines().count() > MOST_LINES);
        assert!(still, "{path} is no longer long: take it off the list");
    }
}

#[test]
fn handlers_and_use_cases_stay_short() {
    let files = sources(&["crates"], &[".rs"]);
    none(&files.iter().filter(|file| !file.path.contains("/tests/")).flat_map(functions).collect::<Vec<_>>());
}

#[test]
fn what_is_long_is_found() {
    let found = about(file, "crates/app/src/stays/service.rs", &"\n".repeat(801));
    assert_eq!(
        found,
        ["crates/app/src/stays/service.rs:0: 801 lines, at most 800: split it where it holds two things"]
    );

    let long = format!(
        "impl X {{\n    fn short(f: fn() -> u8) {{}}\n    fn long<T>()\n    where T: Copy {{ {} }}\n}}\n",
        "\n".repeat(60)
    );
    let found = about(functions, "crates/app/src/stays/service.rs", &long);
    assert_eq!(
        found,
        [
            "crates/app/src/stays/service.rs:3: long has 62 lines, at most 60: a use case reads like its steps: give each step a name"
        ]
    );
    assert_eq!(about(functions, "crates/app/src/stays/model.rs", &long), [""; 0]);
}
