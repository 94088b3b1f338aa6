//! Tables as files for spreadsheets.
//!
//! Comma-separated (RFC 4180), with a point in numbers whatever the language, so that programs read them too. They begin with a UTF-8 byte
//! order mark: without one Excel takes accents for another alphabet, and other programs pass over it.

use kernel::{Currency, Money};

use super::model::{Figures, NightCounts, Ratio, Report};
use crate::ui::Page;

/// A table that is written row by row.
#[derive(Debug)]
pub(super) struct Csv(String);

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl Csv {
    /// A table with these headings.
    pub(super) fn new<'a>(headings: impl IntoIterator<Item = &'a str>) -> Self {
        let mut csv = Self("\u{feff}".to_owned());
        csv.row(headings.into_iter().map(text));
        csv
    }

    /// Adds a row of cells as [`text`], [`whole`] and [`hundredths`] write them.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().collect();
        self.0.push_str(&cells.join(","));
        self.0.push_str("\r\n");
    }

    /// The file's content.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// A cell of what somebody typed. It never begins as a formula would: a quote goes before it.
pub(super) fn text(cell: &str) -> String {
    let guard = if cell.starts_with(FORMULA) { "'" } else { "" };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{guard}{}\"", cell.replace('"', "\"\""))
    } else {
        format!("{guard}{cell}")
    }
}

/// A cell of a whole number.
pub(super) fn whole(number: i64) -> String {
    number.to_string()
}

/// A cell of a number of hundredths, none of which is below zero; empty when there is nothing to say.
pub(super) fn hundredths(number: Option<i64>) -> String {
    number.map(|number| format!("{}.{:02}", number / 100, number % 100)).unwrap_or_default()
}

/// The table of properties, all of them. Amounts only for who may see them.
pub(super) fn properties(page: &Page, report: &Report) -> String {
    let money = report.currency;
    let mut headings = vec!["reports-property", "reports-archived", "reports-nights-in-all", "reports-guest-nights"];
    headings.extend(["reports-owner-nights", "reports-held-nights", "reports-occupancy-percent"]);
    headings.extend(["reports-adjusted-percent", "reports-used-percent", "reports-sold-nights"]);
    if money.is_some() {
        headings.extend(MONEY);
        headings.push("reports-revpar");
    }
    headings.extend(STAYS);
    let mut csv = Csv::new(headings.into_iter().map(|key| page.t(key)));
    for (house, figures) in &report.properties {
        let nights = &figures.nights;
        let archived = house.archived_at.map(|at| house.zone.date_of(at).to_string()).unwrap_or_default();
        let mut cells = vec![text(&house.name), archived];
        cells.extend([nights.total, nights.guest, nights.owner, nights.held].map(whole));
        cells.extend([nights.occupancy(), nights.adjusted(), nights.used()].map(percent));
        cells.push(whole(nights.sold));
        if let Some(currency) = money {
            cells.extend(amounts(nights, currency));
            cells.push(amount(nights.revpar().scaled(1), currency));
        }
        cells.extend(stays(figures));
        csv.row(cells);
    }
    csv.into_text()
}

/// The table of channels. Amounts only for who may see them.
pub(super) fn channels(page: &Page, report: &Report) -> String {
    let money = report.currency;
    let mut headings = vec!["reports-channel", "reports-sold-nights"];
    if money.is_some() {
        headings.extend(MONEY);
    }
    headings.extend(STAYS);
    let mut csv = Csv::new(headings.into_iter().map(|key| page.t(key)));
    for (channel, figures) in &report.channels {
        let mut cells = vec![text(&page.t_of("channel", channel.as_str())), whole(figures.nights.sold)];
        if let Some(currency) = money {
            cells.extend(amounts(&figures.nights, currency));
        }
        cells.extend(stays(figures));
        csv.row(cells);
    }
    csv.into_text()
}

const MONEY: [&str; 4] = ["reports-paid-nights", "reports-currency", "reports-revenue", "reports-adr"];
const STAYS: [&str; 7] = [
    "reports-arrivals",
    "reports-mean-stay",
    "reports-lead",
    "reports-lead-known",
    "reports-bookings",
    "reports-cancelled",
    "reports-cancellation-percent",
];

fn percent(ratio: Ratio) -> String {
    hundredths(ratio.scaled(10_000))
}

fn amount(minor: Option<i64>, currency: Currency) -> String {
    minor.map(|minor| Money::new(minor, currency).to_decimal()).unwrap_or_default()
}

fn amounts(nights: &NightCounts, currency: Currency) -> [String; 4] {
    [
        whole(nights.paid),
        currency.code().to_owned(),
        amount(Some(nights.revenue), currency),
        amount(nights.adr().scaled(1), currency),
    ]
}

fn stays(figures: &Figures) -> [String; 7] {
    let stays = &figures.stays;
    [
        whole(stays.arrivals),
        hundredths(figures.mean_stay().scaled(100)),
        hundredths(stays.lead().scaled(100)),
        whole(stays.lead_known),
        whole(stays.bookings),
        whole(stays.cancelled),
        percent(stays.cancellation()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_none_breaks_out_of_its_place() {
        for (typed, cell) in [
            ("Casa Azul", "Casa Azul"),
            ("=1+1", "'=1+1"),
            ("+34 600", "'+34 600"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            ("a\nb", "\"a\nb\""),
            ("\t=1", "'\t=1"),
            ("", ""),
        ] {
            assert_eq!(text(typed), cell, "{typed:?}");
        }
    }

    #[test]
    fn a_file_begins_with_its_mark_and_ends_each_row() {
        let mut csv = Csv::new(["Property", "Nights"]);
        csv.row([text("Niño"), whole(3)]);
        assert_eq!(csv.into_text(), "\u{feff}Property,Nights\r\nNiño,3\r\n");
        assert_eq!(
            (hundredths(Some(3947)), hundredths(Some(5)), hundredths(None)),
            ("39.47".into(), "0.05".into(), "".into())
        );
    }
}
