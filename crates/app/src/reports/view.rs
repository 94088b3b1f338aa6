//! A report as the page shows it: every figure as a text, with what it was reckoned from.

use kernel::{Currency, Money, Nights, PropertyId};

use super::{
    chart::{Chart, Value},
    model::{Figures, NightCounts, Ratio, Report},
    period::{self, Step},
};
use crate::{text, ui::Page};

/// Where nothing can be said: there was nothing to divide by.
const NOTHING: &str = "–";

/// Writes figures in the viewer's language.
pub(super) struct Writer<'a> {
    pub(super) page: &'a Page,
    /// None for who may not see amounts.
    pub(super) currency: Option<Currency>,
}

impl Writer<'_> {
    fn percent(&self, ratio: Ratio) -> String {
        ratio.scaled(1000).map_or_else(|| NOTHING.to_owned(), |tenths| text::percent(self.page.language, tenths))
    }

    fn mean(&self, ratio: Ratio) -> String {
        ratio.scaled(10).map_or_else(|| NOTHING.to_owned(), |tenths| text::tenths(self.page.language, tenths))
    }

    fn money(&self, minor: i64) -> String {
        self.currency.map_or_else(|| NOTHING.to_owned(), |currency| self.page.money(Money::new(minor, currency)))
    }

    fn mean_money(&self, ratio: Ratio) -> String {
        ratio.scaled(1).map_or_else(|| NOTHING.to_owned(), |minor| self.money(minor))
    }

    /// `30 / 76`.
    fn fraction(&self, ratio: Ratio) -> String {
        format!("{}\u{a0}/\u{a0}{}", self.page.number(ratio.part), self.page.number(ratio.whole))
    }

    /// A sentence of numerator and denominator.
    fn note(&self, key: &str, ratio: Ratio) -> String {
        self.page.t_with(key, &[("part", &self.page.number(ratio.part)), ("whole", &self.page.number(ratio.whole))])
    }

    /// The same, of an amount.
    fn money_note(&self, key: &str, ratio: Ratio) -> String {
        self.page.t_with(key, &[("part", &self.money(ratio.part)), ("whole", &self.page.number(ratio.whole))])
    }
}

/// A figure with what it was reckoned from.
pub(super) struct Card {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) note: String,
    pub(super) before: String,
}

/// The figures of all properties of the report together.
pub(super) fn cards(writer: &Writer<'_>, report: &Report) -> Vec<Card> {
    let page = writer.page;
    let (nights, stays) = (report.total.nights, report.total.stays);
    let card = |label: &str, value: &dyn Fn(&Figures) -> String, note: String| Card {
        label: page.t(label).to_owned(),
        value: value(&report.total),
        note,
        before: page.t1("reports-before", "value", value(&report.total_before)),
    };
    let mut cards = vec![
        card(
            "reports-adjusted",
            &|f| writer.percent(f.nights.adjusted()),
            writer.note("reports-note-adjusted", nights.adjusted()),
        ),
        card(
            "reports-occupancy",
            &|f| writer.percent(f.nights.occupancy()),
            writer.note("reports-note-occupancy", nights.occupancy()),
        ),
        card("reports-used", &|f| writer.percent(f.nights.used()), writer.note("reports-note-used", nights.used())),
        card("reports-guest-nights", &|f| page.number(f.nights.guest), other_nights(page, &nights)),
    ];
    if report.currency.is_some() {
        cards.extend(money_cards(writer, report, &card));
    }
    cards.extend([
        card("reports-arrivals", &|f| page.number(f.stays.arrivals), String::new()),
        card(
            "reports-mean-stay",
            &|f| writer.mean(f.mean_stay()),
            writer.note("reports-note-mean-stay", report.total.mean_stay()),
        ),
        card("reports-lead", &|f| writer.mean(f.stays.lead()), writer.note("reports-note-lead", stays.lead())),
        card(
            "reports-cancellation",
            &|f| writer.percent(f.stays.cancellation()),
            writer.note("reports-note-cancellation", stays.cancellation()),
        ),
    ]);
    cards
}

/// Makes a card of a label, what its value is of any figures, and a note.
type MakeCard<'a> = dyn Fn(&str, &dyn Fn(&Figures) -> String, String) -> Card + 'a;

fn money_cards(writer: &Writer<'_>, report: &Report, card: &MakeCard<'_>) -> [Card; 4] {
    let (nights, stays) = (report.total.nights, report.total.stays);
    [
        card("reports-revenue", &|f| writer.money(f.nights.revenue), String::new()),
        card(
            "reports-adr",
            &|f| writer.mean_money(f.nights.adr()),
            writer.money_note("reports-note-adr", nights.adr()),
        ),
        card(
            "reports-revpar",
            &|f| writer.mean_money(f.nights.revpar()),
            writer.money_note("reports-note-revpar", nights.revpar()),
        ),
        card(
            "reports-cancelled-value",
            &|f| writer.percent(f.stays.cancelled_value()),
            writer.page.t_with(
                "reports-note-cancelled-value",
                &[("part", &writer.money(stays.cancelled_value)), ("whole", &writer.money(stays.booked_value))],
            ),
        ),
    ]
}

/// What the other nights were.
fn other_nights(page: &Page, nights: &NightCounts) -> String {
    page.t_with(
        "reports-note-nights",
        &[
            ("owner", &page.number(nights.owner)),
            ("held", &page.number(nights.held)),
            ("free", &page.number(nights.free())),
        ],
    )
}

/// A row of the table of properties.
pub(super) struct PropertyLine {
    pub(super) id: PropertyId,
    pub(super) name: String,
    pub(super) colour: &'static str,
    pub(super) archived: bool,
    pub(super) line: Line,
    pub(super) adjusted: String,
    pub(super) adjusted_of: String,
    pub(super) total: String,
    pub(super) total_of: String,
    pub(super) revpar: String,
}

/// What both tables show.
pub(super) struct Line {
    pub(super) revenue: String,
    pub(super) adr: String,
    pub(super) arrivals: String,
    pub(super) mean_stay: String,
    pub(super) cancellation: String,
}

fn line(writer: &Writer<'_>, figures: &Figures) -> Line {
    Line {
        revenue: writer.money(figures.nights.revenue),
        adr: writer.mean_money(figures.nights.adr()),
        arrivals: writer.page.number(figures.stays.arrivals),
        mean_stay: writer.mean(figures.mean_stay()),
        cancellation: writer.percent(figures.stays.cancellation()),
    }
}

/// Some rows of the table of properties.
pub(super) fn property_lines(writer: &Writer<'_>, report: &Report, skip: usize, most: usize) -> Vec<PropertyLine> {
    let rows = report.properties.iter().skip(skip).take(most);
    rows.map(|(house, figures)| PropertyLine {
        id: house.id,
        name: house.name.clone(),
        colour: house.colour.as_str(),
        archived: house.archived_at.is_some(),
        line: line(writer, figures),
        adjusted: writer.percent(figures.nights.adjusted()),
        adjusted_of: writer.fraction(figures.nights.adjusted()),
        total: writer.percent(figures.nights.occupancy()),
        total_of: writer.fraction(figures.nights.occupancy()),
        revpar: writer.mean_money(figures.nights.revpar()),
    })
    .collect()
}

/// A row of the table of channels.
pub(super) struct ChannelLine {
    pub(super) code: &'static str,
    pub(super) line: Line,
    pub(super) nights: String,
    /// Its part of all sold nights.
    pub(super) share: String,
    pub(super) lead: String,
}

/// The rows of the table of channels.
pub(super) fn channel_lines(writer: &Writer<'_>, report: &Report) -> Vec<ChannelLine> {
    let all = report.total.nights.sold;
    let rows = report.channels.iter().map(|(channel, figures)| ChannelLine {
        code: channel.as_str(),
        line: line(writer, figures),
        nights: writer.page.number(figures.nights.sold),
        share: writer.percent(Ratio { part: figures.nights.sold, whole: all }),
        lead: writer.mean(figures.stays.lead()),
    });
    rows.collect()
}

/// A row of the table that says what the charts show.
pub(super) struct StepLine {
    pub(super) name: String,
    pub(super) adjusted: String,
    pub(super) adjusted_of: String,
    pub(super) total: String,
    pub(super) total_of: String,
    pub(super) others: String,
    pub(super) revenue: String,
}

fn step_name(page: &Page, step: Step, nights: Nights) -> String {
    match step {
        Step::Day => page.date_short(nights.check_in()),
        Step::Month => text::month(page.language, nights.check_in()),
    }
}

/// The rows of the table that says what the charts show.
pub(super) fn step_lines(writer: &Writer<'_>, report: &Report) -> Vec<StepLine> {
    let rows = report.steps.iter().map(|(nights, counts)| StepLine {
        name: step_name(writer.page, report.step, *nights),
        adjusted: writer.percent(counts.adjusted()),
        adjusted_of: writer.fraction(counts.adjusted()),
        total: writer.percent(counts.occupancy()),
        total_of: writer.fraction(counts.occupancy()),
        others: writer.page.number(counts.owner + counts.held),
        revenue: writer.money(counts.revenue),
    });
    rows.collect()
}

fn short_name(page: &Page, step: Step, nights: Nights) -> String {
    match step {
        Step::Day => text::day(page.language, nights.check_in()),
        Step::Month => text::month_short(page.language, nights.check_in()),
    }
}

fn step_title(page: &Page, step: Step, nights: Nights, value: &str) -> String {
    page.t_with("reports-chart-step", &[("name", &step_name(page, step, nights)), ("value", &value)])
}

/// How full the properties were, step by step.
pub(super) fn occupancy_chart(writer: &Writer<'_>, report: &Report) -> Chart {
    let page = writer.page;
    let values = report.steps.iter().map(|(nights, counts)| Value {
        label: short_name(page, report.step, *nights),
        title: step_title(page, report.step, *nights, &writer.percent(counts.occupancy())),
        parts: vec![("chart-bar", counts.guest), ("chart-bar-quiet", counts.owner + counts.held)],
        full: counts.total,
    });
    let values = values.collect();
    let scale = [1000, 500, 0].map(|tenths| text::percent(page.language, tenths));
    Chart::of(summary(writer, report, "reports-chart-occupancy-text"), scale, values)
}

/// What the nights earned, step by step; none for who may not see amounts.
pub(super) fn revenue_chart(writer: &Writer<'_>, report: &Report) -> Option<Chart> {
    report.currency?;
    let page = writer.page;
    let most = report.steps.iter().map(|(_, counts)| counts.revenue).max().unwrap_or(0);
    let values = report.steps.iter().map(|(nights, counts)| Value {
        label: short_name(page, report.step, *nights),
        title: step_title(page, report.step, *nights, &writer.money(counts.revenue)),
        parts: vec![("chart-bar", counts.revenue)],
        full: most,
    });
    let values = values.collect();
    let scale = [most, most / 2, 0].map(|minor| writer.money(minor));
    Some(Chart::of(summary(writer, report, "reports-chart-revenue-text"), scale, values))
}

fn summary(writer: &Writer<'_>, report: &Report, key: &str) -> String {
    let page = writer.page;
    page.t_with(
        key,
        &[
            ("dates", &dates(page, report.nights)),
            ("share", &writer.percent(report.total.nights.occupancy())),
            ("revenue", &writer.money(report.total.nights.revenue)),
        ],
    )
}

/// The first and the last night.
pub(super) fn dates(page: &Page, nights: Nights) -> String {
    match (nights.check_in(), period::last(nights)) {
        (first, last) if first == last => page.date(first),
        (first, last) => page.date_range(first, last),
    }
}
