//! The texts of the screens and mails, in every language the product speaks.
//!
//! They are Fluent files, `locales/<language>/<feature>.ftl`, with keys that begin with the feature's name. A message
//! without arguments is formatted once, when the program first asks for a text: looking it up is one hash lookup. A key
//! that a language lacks falls back to English, then to the key itself; a test keeps that from happening.

use std::{borrow::Cow, collections::HashMap, fmt::Display, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use kernel::Language;
use rust_embed::RustEmbed;

mod format;
#[cfg(test)]
mod tests;

pub use format::{
    amount, date, date_range, date_short, day, month, month_short, number, percent, tenths, time, weekday,
    weekday_short,
};

#[derive(RustEmbed)]
#[folder = "../../locales"]
struct Files;

/// The texts of one language.
struct Texts {
    /// Messages without arguments, as shown.
    plain: HashMap<String, String>,
    /// All messages, for those with arguments.
    bundle: FluentBundle<FluentResource>,
}

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::of(Language::English));
static SPANISH: LazyLock<Texts> = LazyLock::new(|| Texts::of(Language::Spanish));

fn texts(language: Language) -> &'static Texts {
    match language {
        Language::English => &ENGLISH,
        Language::Spanish => &SPANISH,
    }
}

impl Texts {
    fn of(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(language.as_str().parse().into_iter().collect());
        // The marks that isolate directions would be shown as boxes in mails; both languages run left to right.
        bundle.set_use_isolating(false);
        let mut keys = Vec::new();
        for file in files(language) {
            let resource = FluentResource::try_new(file).unwrap_or_else(|(resource, errors)| {
                tracing::error!(%language, ?errors, "a text file has errors");
                resource
            });
            keys.extend(message_keys(&resource));
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(%language, ?errors, "a text is defined twice");
            }
        }
        let plain = keys.into_iter().filter_map(|key| format(&bundle, &key, None).map(|text| (key, text))).collect();
        Self { plain, bundle }
    }
}

/// The contents of a language's files, in the order of their names.
fn files(language: Language) -> impl Iterator<Item = String> {
    let folder = format!("{language}/");
    Files::iter().filter(move |path| path.starts_with(&folder) && path.ends_with(".ftl")).filter_map(|path| {
        let data = Files::get(&path)?.data;
        Some(String::from_utf8_lossy(&data).into_owned())
    })
}

/// The keys of a file's messages.
fn message_keys(resource: &FluentResource) -> Vec<String> {
    resource
        .source()
        .lines()
        .filter_map(|line| {
            let key = line.split_once('=')?.0.trim_end();
            let named = key.starts_with(|c: char| c.is_ascii_alphabetic());
            (named && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))
                .then(|| key.to_owned())
        })
        .collect()
}

/// A message as text; `None` when there is none with this key or an argument is missing.
fn format(bundle: &FluentBundle<FluentResource>, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

/// The text of a message without arguments.
#[must_use]
pub fn text(language: Language, key: &str) -> &str {
    let found = texts(language).plain.get(key).or_else(|| ENGLISH.plain.get(key));
    found.map_or(key, String::as_str)
}

/// The text of a message with arguments. `count`, when given, is `$count` in the message and chooses its plural form.
#[must_use]
pub fn text_with(language: Language, key: &str, count: Option<i64>, values: &[(&str, &dyn Display)]) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in values {
        args.set(Cow::Owned((*name).to_owned()), FluentValue::from(value.to_string()));
    }
    // Last: as a number it chooses the plural form, as a text among the values it would not.
    if let Some(count) = count {
        args.set("count", FluentValue::from(count));
    }
    format(&texts(language).bundle, key, Some(&args))
        .or_else(|| format(&ENGLISH.bundle, key, Some(&args)))
        .unwrap_or_else(|| key.to_owned())
}

/// The text of a one-time message. Its argument `count`, when it is a number, chooses the plural form.
#[must_use]
pub fn text_of_flash(language: Language, flash: &webkit::Flash) -> String {
    let values: Vec<(&str, &dyn Display)> =
        flash.arguments.iter().map(|(name, value)| -> (&str, &dyn Display) { (name, value) }).collect();
    let count = flash.arguments.get("count").and_then(|count| count.parse().ok());
    text_with(language, &flash.key, count, &values)
}
