//! The tables of a report as files.

use kernel::{Currency, Money};

use super::model::{Figures, NightCounts, Ratio, Report};
use crate::ui::{
    Page,
    csv::{Csv, hundredths, text, whole},
};

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
