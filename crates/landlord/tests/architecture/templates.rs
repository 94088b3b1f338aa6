//! What a template may contain: only what the content security policy lets a browser run, and no text in one language.

use crate::{Finding, Source, about, none, sources};

/// Marks of Askama: what is between them is not HTML.
const MARKS: [(&str, &str); 3] = [("{#", "#}"), ("{%", "%}"), ("{{", "}}")];

/// The template with everything of Askama's blanked out, lines kept.
fn html_of(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, close)) = MARKS.iter().filter_map(|(open, close)| Some((rest.find(open)?, *close))).min() {
        let end = rest[at..].find(close).map_or(rest.len(), |end| at + end + close.len());
        html.push_str(&rest[..at]);
        html.extend(rest[at..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &rest[end..];
    }
    html + rest
}

/// A tag: its name, that of an end tag with its `/`, and its attributes, lower case.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    line: usize,
    /// What stands between this tag and the next `<`.
    text: String,
}

fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut offset = 0;
    while let Some(at) = html[offset..].find('<').map(|at| offset + at) {
        let rest = &html[at + 1..];
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || ['-', '/'].contains(c)).collect();
        offset = at + 1 + name.len();
        if name.is_empty() {
            continue;
        }
        let (attributes, end) = attributes(&html[offset..]);
        offset += end;
        let mut text = html[offset..].split('<').next().unwrap_or_default().trim().to_owned();
        let line = html[..at].matches('\n').count() + 1;
        // A macro that holds the attributes of a tag elsewhere.
        let outside = if text.contains("=\"") { self::attributes(&std::mem::take(&mut text)).0 } else { Vec::new() };
        let attributes = attributes.into_iter().chain(outside).collect();
        found.push(Tag { name: name.to_lowercase(), attributes, line, text });
    }
    found
}

/// The attributes up to the `>` that closes the tag, and where it ends.
fn attributes(text: &str) -> (Vec<(String, String)>, usize) {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c == '>' {
            return (found, at + 1);
        }
        let name: String =
            text[at..].chars().take_while(|c| !c.is_whitespace() && !['=', '>', '"', '\''].contains(c)).collect();
        if name.is_empty() {
            at += c.len_utf8();
            continue;
        }
        at += name.len();
        let mut value = "";
        if let Some(rest) = text[at..].strip_prefix('=') {
            let quote = rest.chars().next().filter(|c| ['"', '\''].contains(c));
            let body = &rest[quote.map_or(0, char::len_utf8)..];
            let length = body
                .find(|c: char| quote.map_or(c.is_whitespace() || c == '>', |quote| c == quote))
                .unwrap_or(body.len());
            value = &body[..length];
            at += 1 + length + quote.map_or(0, |quote| 2 * quote.len_utf8()).min(rest.len() - length);
        }
        found.push((name.to_lowercase(), value.to_owned()));
    }
    (found, at)
}

fn rule(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for tag in tags(&html_of(&source.text)) {
        let mut bad = |message: String| findings.push(Finding::new(source, tag.line, message));
        match tag.name.as_str() {
            "script" if !tag.text.is_empty() || !tag.attributes.iter().any(|(name, _)| name == "src") => {
                bad("inline script: write an island in web/src/islands and name it by data-island".to_owned());
            }
            "style" => bad("inline style sheet: use classes, or web/src/app.css".to_owned()),
            _ => {}
        }
        for (name, value) in &tag.attributes {
            if name == "style" {
                bad("style attribute: use classes, SVG attributes or an island that sets the property".to_owned());
            } else if name.starts_with("hx-on") || name.starts_with("on") && name.len() > 2 {
                bad(format!("{name}: listen in an island of web/src/islands instead"));
            } else if value.trim_start().to_lowercase().starts_with("javascript:")
                || value.trim_start().starts_with("js:")
            {
                bad(format!("script in {name}: listen in an island of web/src/islands instead"));
            } else if name.starts_with("hx-trigger") && value.contains('[') {
                bad("a trigger filter needs eval, which the content security policy refuses: filter in an island"
                    .to_owned());
            }
        }
    }
    findings
}

/// Attributes that people read or hear.
const READ: [&str; 4] = ["alt", "aria-label", "placeholder", "title"];

fn in_one_language(source: &Source) -> Vec<Finding> {
    // Two letters in a row: a single one is a mark, such as the × of a close button.
    let says = |text: &str| {
        let without_entities: String = text
            .split('&')
            .enumerate()
            .map(|(n, part)| if n == 0 { part } else { part.split_once(';').map_or(part, |(_, rest)| rest) })
            .collect();
        without_entities.as_bytes().windows(2).any(|two| two.iter().all(u8::is_ascii_alphabetic))
    };
    let mut findings = Vec::new();
    // What a program reads is in no language: a command, and the style sheet of a mail.
    for tag in tags(&html_of(&source.text)).into_iter().filter(|tag| !["code", "style"].contains(&tag.name.as_str())) {
        let attributes =
            tag.attributes.iter().filter(|(name, _)| READ.contains(&name.as_str())).map(|(_, value)| value);
        for text in attributes.chain([&tag.text]).filter(|text| says(text)) {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            findings.push(Finding::new(
                source,
                tag.line,
                format!("\"{text}\" is in one language: put it into locales/ and write page.t(...)"),
            ));
        }
    }
    findings
}

#[test]
fn templates_take_their_texts_from_the_locales() {
    let files = sources(&["crates"], &[".html"]);
    let templates = files.iter().filter(|file| file.path.contains("/templates/"));
    none(&templates.flat_map(in_one_language).collect::<Vec<_>>());
}

#[test]
fn a_text_in_one_language_is_found() {
    for text in ["<p>Hello</p>", "<p>{{ x }}</p> Hello", "<img alt=\"Hello\">", "<p>{% if a %}Hello{% endif %}</p>"] {
        let found = about(in_one_language, "x.html", text);
        assert_eq!(
            found,
            ["x.html:1: \"Hello\" is in one language: put it into locales/ and write page.t(...)"],
            "{text}"
        );
    }
    for text in
        ["<!doctype html><p class=\"big\">{{ page.t(\"hello\") }}&nbsp;×</p>", "{# Hello #}<p>1 – 2</p><!-- Hello -->"]
    {
        assert_eq!(about(in_one_language, "x.html", text), [""; 0], "{text}");
    }
}

#[test]
fn templates_hold_no_script_and_no_style() {
    // Mails have their styles inline, since their readers know nothing else.
    let files = sources(&["crates"], &[".html"]);
    let pages = files.iter().filter(|file| file.path.contains("/templates/") && !file.path.contains("/mail/"));
    none(&pages.flat_map(rule).collect::<Vec<_>>());
}

#[test]
fn script_and_style_in_a_template_are_found() {
    for (text, words) in [
        ("<p>\n<script>alert(1)</script>", "x.html:2: inline script"),
        ("<script src=\"a.js\">alert(1)</script>", "inline script"),
        ("<style>p {}</style>", "inline style sheet"),
        ("<p class=\"a > b\" style=\"color: red\">", "style attribute"),
        ("<p style='{{ x }}'>", "style attribute"),
        ("<button\n  onclick=\"f()\">", "onclick"),
        ("<a href=\" JavaScript:f()\">", "script in href"),
        ("<p hx-on:click=f()>", "hx-on:click"),
        ("<p hx-vals='js:{a: 1}'>", "script in hx-vals"),
        ("<p {% if a > b %}style=x{% endif %}>", "style attribute"),
        ("<p>\n{% macro common() %} style=\"{{ x }}\"{% endmacro %}", "x.html:1: style attribute"),
        ("<p hx-trigger=\"click[ctrlKey]\">", "trigger filter"),
    ] {
        let found = about(rule, "x.html", text);
        assert!(found.len() == 1 && found[0].contains(words), "{text}: {found:?}");
    }
    for text in [
        "<script type=\"module\" src=\"{{ page.asset(\"main.ts\") }}\"></script>",
        "{# <style> #}<p class=\"style\" title=\"on\">onclick is a word, 1 < 2</p>",
        "<p data-style=\"x\">{{ page.t(\"<script>\") }}</p>",
        "<input value=\"\" required><p class=''>",
    ] {
        assert_eq!(about(rule, "x.html", text), [""; 0], "{text}");
    }
}
