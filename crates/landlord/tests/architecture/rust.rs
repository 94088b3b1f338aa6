//! What each kind of Rust file may do. The rules look at tokens, so comments, texts and layout play no part.

use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::{Finding, Source, about, none, sources};

/// A path such as `crate::stays::store::find`, or a macro call such as `db::sql!`, with its line.
#[derive(Default)]
struct Named {
    segments: Vec<String>,
    line: usize,
}

/// Every path of two or more names and every macro call; the braces of a `use` are multiplied out.
fn names(text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    collect(TokenStream::from_str(text).unwrap(), &[], &mut found);
    found.retain(|named| named.segments.len() > 1 || named.segments.iter().any(|segment| segment.ends_with('!')));
    found
}

fn collect(tokens: TokenStream, prefix: &[String], found: &mut Vec<Named>) {
    let mut path = Named::default();
    // Whether `::` has just been read, so that what follows belongs to the path.
    let mut joined = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let next_is_colon = matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':');
        let next_is_group = matches!(tokens.peek(), Some(TokenTree::Group(_)));
        match token {
            TokenTree::Ident(ident) => {
                if !joined {
                    let line = ident.span().start().line;
                    found.push(std::mem::replace(&mut path, Named { segments: prefix.to_vec(), line }));
                }
                path.segments.push(ident.to_string());
                joined = false;
            }
            TokenTree::Punct(colon) if colon.as_char() == ':' && next_is_colon => {
                tokens.next();
                joined = true;
            }
            TokenTree::Punct(mark) if mark.as_char() == '!' && next_is_group => {
                if let Some(name) = path.segments.last_mut() {
                    name.push('!');
                }
            }
            TokenTree::Group(group) => {
                let of_use = joined && group.delimiter() == Delimiter::Brace;
                collect(group.stream(), if of_use { &path.segments } else { &[] }, found);
                found.push(std::mem::take(&mut path));
                joined = false;
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {
                found.push(std::mem::take(&mut path));
                joined = false;
            }
        }
    }
    found.push(path);
}

/// Whether `mod store` is declared with any visibility.
fn opens_store(text: &str) -> bool {
    let words: Vec<String> = TokenStream::from_str(text).unwrap().into_iter().map(|token| token.to_string()).collect();
    words
        .windows(3)
        .any(|three| three[1] == "mod" && three[2] == "store" && (three[0] == "pub" || three[0].starts_with('(')))
}

fn rule(source: &Source) -> Vec<Finding> {
    let parts: Vec<&str> = source.path.trim_end_matches(".rs").split('/').collect();
    let (krate, inside) = (parts[1], &parts[3..]);
    let is_one_of = |kinds: &[&str]| inside.iter().any(|part| kinds.contains(part));
    let of_app = krate == "app";
    let mut findings = Vec::new();
    if of_app && opens_store(&source.text) {
        findings.push(Finding::new(
            source,
            0,
            "a store belongs to its feature: write `mod store;`, and offer what others need in service.rs",
        ));
    }
    // What tests need to look behind the surface is theirs to choose.
    if is_one_of(&["tests", "testing"]) || parts[2] == "tests" {
        return findings;
    }
    for Named { segments, line } in names(&source.text) {
        let path: Vec<&str> = segments.iter().map(String::as_str).collect();
        let last = path[path.len() - 1];
        let sql = last == "sql!" || path.starts_with(&["db", "sql"]) || path.starts_with(&["db", "Insert"]);
        let problem = if sql && !(["db", "jobs"].contains(&krate) || of_app && is_one_of(&["store"])) {
            "SQL is written in a feature's store.rs only: move the statement there and call it through service.rs"
        } else if of_app && path[0] == "axum" && !is_one_of(&["pages", "api", "mod", "state", "routes", "assets", "ui"])
        {
            "axum is for pages.rs and api.rs: let the handler take the request apart and call this with plain values"
        } else if of_app && path[..path.len() - 1].contains(&"store") && is_one_of(&["pages", "api", "model", "jobs"]) {
            "service.rs is the only caller of store.rs: add a use case there, which takes the grant and begins the transaction"
        } else if of_app && path[0] == "reqwest" && !is_one_of(&["fetcher", "s3"]) {
            "outside addresses are fetched by app::fetcher, which guards them; only the operator's own bucket is reached without it"
        } else if of_app && path[0] == "lettre" && !is_one_of(&["mail", "config"]) {
            "mail is sent by app::mail, in a job: enqueue one there"
        } else if path.contains(&"__private") && path[0] != "crate" {
            "`__private` is for the macros of its own crate: use what the crate makes public"
        } else {
            continue;
        };
        findings.push(Finding::new(source, line, format!("{}: {problem}", segments.join("::"))));
    }
    findings
}

#[test]
fn each_kind_of_file_keeps_to_its_work() {
    let files = sources(&["crates"], &[".rs"]);
    assert!(files.len() > 20, "the sources were not found");
    none(&files.iter().flat_map(rule).collect::<Vec<_>>());
}

#[test]
fn names_are_found_wherever_they_hide() {
    let text = r#"
        use crate::{stays::{store, model as m}, tasks::service::*};
        // crate::comment::store
        fn f() -> a::B { let s = "crate::text::store"; if x != (y) { assert!(tasks::store::find(1)) } else { sql! { "x" } } }
    "#;
    let found: Vec<String> =
        names(text).into_iter().map(|named| format!("{} {}", named.line, named.segments.join("::"))).collect();
    for expected in [
        "2 crate::stays::store",
        "2 crate::stays::model",
        "2 crate::tasks::service",
        "4 a::B",
        "4 tasks::store::find",
        "4 sql!",
    ] {
        assert!(found.iter().any(|name| name == expected), "{expected} is not in {found:?}");
    }
    assert!(
        !found.iter().any(|name| name.contains("comment") || name.contains("text") || name.ends_with("x!")),
        "{found:?}"
    );
}

#[test]
fn a_file_that_does_the_work_of_another_is_found() {
    let pages = "crates/app/src/stays/pages.rs";
    let service = "crates/app/src/stays/service.rs";
    let store = "crates/app/src/stays/store.rs";
    for (path, text, words) in [
        (service, "fn f() { sql!(\"SELECT 1\") }", "store.rs only"),
        (service, "use db::{Tx, sql};", "store.rs only"),
        (service, "fn f() { db::Insert::into(\"stay\", []) }", "store.rs only"),
        ("crates/landlord/src/main.rs", "fn f() { db::sql!(\"SELECT 1\") }", "store.rs only"),
        (service, "use axum::Json;", "axum is for"),
        (pages, "use super::store::find;", "only caller"),
        (pages, "use super::{service, store};\nfn f() { store::find() }", "only caller"),
        (service, "fn f() { reqwest::get(\"\") }", "guards them"),
        (service, "fn f() { lettre::Message::builder() }", "in a job"),
        (service, "use kernel::__private::serde;", "macros of its own crate"),
        ("crates/app/src/stays/mod.rs", "pub(crate) mod store;", "belongs to its feature"),
        ("crates/app/src/stays/mod.rs", "pub mod store;", "belongs to its feature"),
    ] {
        let found = about(rule, path, text);
        assert!(found.len() == 1 && found[0].contains(words), "{path} {text}: {found:?}");
    }
    for (path, text) in [
        (store, "use db::sql; fn f() { sql!(\"SELECT 1\") }"),
        (pages, "use axum::Form; use super::service;"),
        (service, "use super::store; fn f() { store::find() }"),
        ("crates/app/src/stays/tests/store.rs", "use db::sql; fn f() { sql!(\"SELECT 1\") }"),
        ("crates/app/src/stays/mod.rs", "mod store; pub use service::book;"),
    ] {
        assert_eq!(about(rule, path, text), [""; 0], "{path} {text}");
    }
}
