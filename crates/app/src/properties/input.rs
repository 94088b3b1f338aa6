//! Reading the fields of a property's forms.

use chrono::NaiveTime;
use kernel::{FieldErrors, trimmed};

/// A text of at most so many characters; `None` when nothing was typed.
pub(super) fn text(errors: &mut FieldErrors, field: &'static str, input: &str, most: usize) -> Option<String> {
    let text = trimmed(input)?;
    if text.chars().count() > most {
        errors.add_bound(field, "too_long", most);
    }
    Some(text)
}

/// A whole number within bounds; it must be there.
pub(super) fn number(errors: &mut FieldErrors, field: &'static str, input: &str, least: u32, most: u32) -> Option<u32> {
    let Some(text) = trimmed(input) else {
        errors.add(field, "required");
        return None;
    };
    match text.parse::<i64>().ok().map(u32::try_from) {
        Some(Ok(n)) if n > most => errors.add_bound(field, "too_large", most),
        Some(Ok(n)) if n >= least => return Some(n),
        Some(_) => errors.add_bound(field, "too_small", least),
        None => errors.add(field, "number_invalid"),
    }
    None
}

/// A whole number within bounds, or none when nothing was typed.
pub(super) fn optional_number(
    errors: &mut FieldErrors,
    field: &'static str,
    input: &str,
    least: u32,
    most: u32,
) -> Option<u32> {
    trimmed(input).and_then(|input| number(errors, field, &input, least, most))
}

/// A case of an enumeration; it must be there.
pub(super) fn case<T: std::str::FromStr>(errors: &mut FieldErrors, field: &'static str, input: &str) -> Option<T> {
    errors.keep(
        field,
        input.trim().parse().map_err(|_| if input.trim().is_empty() { "required" } else { "choice_unknown" }),
    )
}

/// A case of an enumeration, or none when nothing was chosen.
pub(super) fn optional_case<T: std::str::FromStr>(
    errors: &mut FieldErrors,
    field: &'static str,
    input: &str,
) -> Option<T> {
    trimmed(input).and_then(|input| case(errors, field, &input))
}

/// A time of day, `HH:MM`; it must be there.
pub(super) fn time_of_day(errors: &mut FieldErrors, field: &'static str, input: &str) -> Option<NaiveTime> {
    errors.keep(field, NaiveTime::parse_from_str(input.trim(), "%H:%M").map_err(|_| "time_invalid"))
}

/// A time of day, or none when nothing was typed.
pub(super) fn optional_time(errors: &mut FieldErrors, field: &'static str, input: &str) -> Option<NaiveTime> {
    trimmed(input).and_then(|input| time_of_day(errors, field, &input))
}

/// A time of day as it is typed and sent.
pub(super) fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}
