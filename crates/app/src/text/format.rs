//! Dates, times, numbers and money as each language writes them. No floats.

use chrono::{Locale, NaiveTime, Timelike as _};
use kernel::{Date, Language, Money};

const fn locale(language: Language) -> Locale {
    match language {
        Language::English => Locale::en_US,
        Language::Spanish => Locale::es_ES,
    }
}

fn localized(language: Language, date: Date, english: &str, spanish: &str) -> String {
    let pattern = match language {
        Language::English => english,
        Language::Spanish => spanish,
    };
    date.format_localized(pattern, locale(language)).to_string()
}

/// A date with its year: `Jan 4, 2027`, `4 ene 2027`.
#[must_use]
pub fn date(language: Language, date: Date) -> String {
    localized(language, date, "%b %-d, %Y", "%-d %b %Y")
}

/// A date near today, with its weekday: `Mon, Jan 4`, `lun 4 ene`.
#[must_use]
pub fn date_short(language: Language, date: Date) -> String {
    localized(language, date, "%a, %b %-d", "%a %-d %b")
}

/// The day of the week in full: `Monday`, `lunes`.
#[must_use]
pub fn weekday(language: Language, date: Date) -> String {
    localized(language, date, "%A", "%A")
}

/// The day of the week, short: `Mon`, `lun`.
#[must_use]
pub fn weekday_short(language: Language, date: Date) -> String {
    localized(language, date, "%a", "%a")
}

/// The month and year of a date: `January 2027`, `enero de 2027`.
#[must_use]
pub fn month(language: Language, date: Date) -> String {
    localized(language, date, "%B %Y", "%B de %Y")
}

/// A day of a known year, as short as it can be: `Jan 4`, `4 ene`.
#[must_use]
pub fn day(language: Language, date: Date) -> String {
    localized(language, date, "%b %-d", "%-d %b")
}

/// The month and year of a date, as short as they can be: `Jan 2027`, `ene 2027`.
#[must_use]
pub fn month_short(language: Language, date: Date) -> String {
    localized(language, date, "%b %Y", "%b %Y")
}

/// Two dates, without saying twice what they share: `Jan 4 – 8, 2027`, `30 ene – 2 feb 2027`.
#[must_use]
pub fn date_range(language: Language, from: Date, to: Date) -> String {
    use chrono::Datelike as _;
    let same_year = from.year() == to.year();
    let same_month = same_year && from.month() == to.month();
    let (first, last) = match language {
        Language::English if same_month => {
            (localized(language, from, "%b %-d", ""), localized(language, to, "%-d, %Y", ""))
        }
        Language::English if same_year => (localized(language, from, "%b %-d", ""), date(language, to)),
        Language::Spanish if same_month => (localized(language, from, "", "%-d"), date(language, to)),
        Language::Spanish if same_year => (localized(language, from, "", "%-d %b"), date(language, to)),
        _ => (date(language, from), date(language, to)),
    };
    format!("{first} – {last}")
}

/// A time of day: `3:00 PM`, `15:00`.
#[must_use]
pub fn time(language: Language, time: NaiveTime) -> String {
    match language {
        Language::English => {
            let (afternoon, hour) = time.hour12();
            format!("{hour}:{:02} {}", time.minute(), if afternoon { "PM" } else { "AM" })
        }
        Language::Spanish => time.format("%H:%M").to_string(),
    }
}

/// A whole number with its thousands apart: `12,500`, `12.500`. Spanish leaves four digits together.
#[must_use]
pub fn number(language: Language, number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let sign = if number < 0 { "−" } else { "" };
    format!("{sign}{}", grouped(language, &digits))
}

/// A number of tenths with its one decimal: `4.3`, `4,3`.
#[must_use]
pub fn tenths(language: Language, tenths: i64) -> String {
    let sign = if tenths < 0 { "−" } else { "" };
    let (whole, digit) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    let point = if language == Language::English { '.' } else { ',' };
    format!("{sign}{}{point}{digit}", grouped(language, &whole.to_string()))
}

/// A percentage given in tenths of a percent: `39.5%`, `39,5 %`.
#[must_use]
pub fn percent(language: Language, in_tenths: i64) -> String {
    let space = if language == Language::English { "" } else { "\u{a0}" };
    format!("{}{space}%", tenths(language, in_tenths))
}

/// An amount with its currency: `€1,250.00`, `1.250,00 €`; a currency without a sign of its own shows its code.
#[must_use]
pub fn amount(language: Language, money: Money) -> String {
    let decimal = money.to_decimal();
    let (sign, digits) = decimal.strip_prefix('-').map_or(("", decimal.as_str()), |rest| ("−", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let symbol = money.currency.symbol();
    let (group, point) = (grouped(language, whole), if language == Language::English { '.' } else { ',' });
    let number = if part.is_empty() { group } else { format!("{group}{point}{part}") };
    match language {
        // A code needs a space, a sign does not.
        Language::English if symbol.ends_with(char::is_alphabetic) => format!("{sign}{symbol}\u{a0}{number}"),
        Language::English => format!("{sign}{symbol}{number}"),
        Language::Spanish => format!("{sign}{number}\u{a0}{symbol}"),
    }
}

fn grouped(language: Language, digits: &str) -> String {
    let (separator, least) = match language {
        Language::English => (',', 4),
        Language::Spanish => ('.', 5),
    };
    if digits.len() < least {
        return digits.to_owned();
    }
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn dates_read_as_people_write_them() {
        let (en, es) = (Language::English, Language::Spanish);
        assert_eq!(date(en, day_of("2027-01-04")), "Jan 4, 2027");
        assert_eq!(date(es, day_of("2027-01-04")), "4 ene 2027");
        assert_eq!(date_short(en, day_of("2027-01-04")), "Mon, Jan 4");
        assert_eq!(date_short(es, day_of("2027-01-04")), "lun 4 ene");
        assert_eq!(month(es, day_of("2027-01-04")), "enero de 2027");
        assert_eq!(weekday(es, day_of("2027-01-04")), "lunes");
    }

    #[test]
    fn a_range_says_the_shared_part_once() {
        let (en, es) = (Language::English, Language::Spanish);
        assert_eq!(date_range(en, day_of("2027-01-04"), day_of("2027-01-08")), "Jan 4 – 8, 2027");
        assert_eq!(date_range(es, day_of("2027-01-04"), day_of("2027-01-08")), "4 – 8 ene 2027");
        assert_eq!(date_range(en, day_of("2027-01-30"), day_of("2027-02-02")), "Jan 30 – Feb 2, 2027");
        assert_eq!(date_range(es, day_of("2027-01-30"), day_of("2027-02-02")), "30 ene – 2 feb 2027");
        assert_eq!(date_range(en, day_of("2026-12-30"), day_of("2027-01-02")), "Dec 30, 2026 – Jan 2, 2027");
    }

    #[test]
    fn tenths_and_percentages_have_the_point_of_the_language() {
        let (en, es) = (Language::English, Language::Spanish);
        assert_eq!((tenths(en, 43), tenths(es, 43)), ("4.3".to_owned(), "4,3".to_owned()));
        assert_eq!((percent(en, 395), percent(es, 1000)), ("39.5%".to_owned(), "100,0\u{a0}%".to_owned()));
        assert_eq!((tenths(en, -5), tenths(en, 12_345)), ("−0.5".to_owned(), "1,234.5".to_owned()));
        assert_eq!((day(en, day_of("2027-01-04")), day(es, day_of("2027-01-04"))), ("Jan 4".into(), "4 ene".into()));
        assert_eq!(month_short(es, day_of("2027-01-04")), "ene 2027");
    }

    #[test]
    fn times_follow_the_language() {
        let noon = NaiveTime::from_hms_opt(12, 5, 0).unwrap();
        assert_eq!(time(Language::English, noon), "12:05 PM");
        assert_eq!(time(Language::Spanish, noon), "12:05");
        assert_eq!(time(Language::English, NaiveTime::MIN), "12:00 AM");
    }

    #[test]
    fn amounts_have_the_decimals_of_their_currency_and_the_separators_of_the_language() {
        let money = |minor, code: &str| Money::new(minor, code.parse().unwrap());
        assert_eq!(amount(Language::English, money(125_000, "EUR")), "€1,250.00");
        assert_eq!(amount(Language::Spanish, money(125_000, "EUR")), "1250,00\u{a0}€");
        assert_eq!(amount(Language::Spanish, money(-12_500_000, "EUR")), "−125.000,00\u{a0}€");
        assert_eq!(amount(Language::English, money(1200, "JPY")), "¥1,200");
        assert_eq!(amount(Language::English, money(5, "KWD")).chars().last(), Some('5'));
        assert_eq!(number(Language::English, -1_234_567), "−1,234,567");
        assert_eq!(number(Language::Spanish, 1234), "1234");
    }
}
