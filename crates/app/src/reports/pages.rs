//! The page of reports, and its tables as files.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{Fault, FieldErrors, Grant, PropertyId, permissions::ReportsView};
use serde::{Deserialize, Serialize};
use webkit::{Allowed, Query, Web, WebError};

use super::{
    chart::Chart,
    csv,
    model::Report,
    period::{self, PeriodName},
    service::{self, Ask},
    view::{self, Card, ChannelLine, PropertyLine, StepLine, Writer},
};
use crate::{
    App,
    ui::{Choice, Form, Page, html},
};

/// The most properties on a page of their table.
const ROWS: usize = 50;

/// A period that is one click away.
struct Tab {
    href: String,
    label: String,
    current: bool,
}

/// Everything below the choice of the period.
struct Shown {
    subtitle: String,
    before: String,
    cards: Vec<Card>,
    occupancy: Chart,
    revenue: Option<Chart>,
    steps: Vec<StepLine>,
    properties: Vec<PropertyLine>,
    channels: Vec<ChannelLine>,
    /// Sold nights without a price, where amounts are shown.
    unpriced: i64,
    first_href: String,
    next_href: String,
    properties_csv: String,
    channels_csv: String,
}

#[derive(Template)]
#[template(path = "reports/templates/show.html")]
struct ReportPage {
    page: Page,
    tabs: Vec<Tab>,
    period: PeriodName,
    form: Form,
    choices: Vec<Choice>,
    /// None when the dates that were sent are none of a period.
    shown: Option<Shown>,
}

/// The period in the address of a page or a file.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub(super) struct PeriodQuery {
    #[serde(default)]
    period: Option<PeriodName>,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    /// Empty for all of them, as the form sends it.
    #[serde(default)]
    property: String,
    /// How many rows of the table of properties come before those that are shown.
    #[serde(default)]
    skip: usize,
}

impl PeriodQuery {
    fn name(&self) -> PeriodName {
        self.period.unwrap_or(PeriodName::ThisMonth)
    }

    fn property(&self) -> Result<Option<PropertyId>, WebError> {
        match self.property.trim() {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| WebError::not_found()),
        }
    }

    /// What is asked for; what is wrong with the dates is for the form to say.
    fn ask(&self) -> Result<Result<Ask, FieldErrors>, WebError> {
        Ok(Ask::parse(self.name(), &self.from, &self.until, self.property()?))
    }
}

/// The address of a period, of a page or of a file.
fn address(path: &str, period: PeriodName, (from, until): (&str, &str), property: Option<PropertyId>) -> String {
    let mut address = format!("{path}?period={period}");
    if period == PeriodName::Custom {
        address.push_str(&format!("&from={from}&until={until}"));
    }
    if let Some(property) = property {
        address.push_str(&format!("&property={property}"));
    }
    address
}

/// Tabs of the named periods; that of own dates begins with the dates that are shown.
fn tabs(page: &Page, current: PeriodName, dates: (&str, &str), property: Option<PropertyId>) -> Vec<Tab> {
    let tab = |name: &PeriodName| Tab {
        href: address("/reports", *name, dates, property),
        label: page.t_of("reports-period", name.as_str()),
        current: *name == current,
    };
    PeriodName::ALL.iter().map(tab).collect()
}

pub(super) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<ReportsView>,
    Query(query): Query<PeriodQuery>,
) -> Result<Response, WebError> {
    let ask = match query.ask()? {
        Ok(ask) => ask,
        Err(errors) => return refused(&app, &web, &grant, &query, errors).await,
    };
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let report = service::report(&mut read, &grant, &ask, app.env.now()).await?;
    let page = Page::of(&web);
    let (from, until) = (report.nights.check_in().to_string(), period::last(report.nights).to_string());
    let dates = (from.as_str(), until.as_str());
    html(&ReportPage {
        tabs: tabs(&page, ask.period, dates, ask.property),
        period: ask.period,
        form: Form::of(&query).with("from", &from).with("until", &until),
        choices: choices(&report),
        shown: Some(shown(&page, &report, &ask, dates, query.skip)),
        page,
    })
}

/// The page with what is wrong with the dates, and without figures: those of another period would pass for those that were asked for.
async fn refused(
    app: &App,
    web: &Web,
    grant: &Grant<ReportsView>,
    query: &PeriodQuery,
    errors: FieldErrors,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let this_month = Ask { period: PeriodName::ThisMonth, custom: None, property: query.property()? };
    let report = service::report(&mut read, grant, &this_month, app.env.now()).await?;
    let page = Page::of(web);
    let (from, until) = (report.nights.check_in().to_string(), period::last(report.nights).to_string());
    let answer = html(&ReportPage {
        tabs: tabs(&page, PeriodName::Custom, (&from, &until), this_month.property),
        period: PeriodName::Custom,
        form: Form::of(query).with_errors(errors),
        choices: choices(&report),
        shown: None,
        page,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

fn choices(report: &Report) -> Vec<Choice> {
    report.houses.iter().map(|house| Choice::new(house.id.to_string(), &*house.name)).collect()
}

fn shown(page: &Page, report: &Report, ask: &Ask, dates: (&str, &str), skip: usize) -> Shown {
    let writer = Writer { page, currency: report.currency };
    let here = address("/reports", ask.period, dates, ask.property);
    let next = skip.saturating_add(ROWS);
    let more = next < report.properties.len();
    Shown {
        subtitle: view::dates(page, report.nights),
        before: view::dates(page, report.before),
        cards: view::cards(&writer, report),
        occupancy: view::occupancy_chart(&writer, report),
        revenue: view::revenue_chart(&writer, report),
        steps: view::step_lines(&writer, report),
        properties: view::property_lines(&writer, report, skip, ROWS),
        channels: view::channel_lines(&writer, report),
        unpriced: report.currency.map_or(0, |_| report.total.nights.sold - report.total.nights.paid),
        first_href: if skip > 0 { format!("{here}#properties") } else { String::new() },
        next_href: if more { format!("{here}&skip={next}#properties") } else { String::new() },
        properties_csv: address("/reports/properties.csv", ask.period, dates, ask.property),
        channels_csv: address("/reports/channels.csv", ask.period, dates, ask.property),
    }
}

pub(super) async fn properties_csv(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<ReportsView>,
    Query(query): Query<PeriodQuery>,
) -> Result<Response, WebError> {
    file(&app, &web, &grant, &query, "properties", csv::properties).await
}

pub(super) async fn channels_csv(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<ReportsView>,
    Query(query): Query<PeriodQuery>,
) -> Result<Response, WebError> {
    file(&app, &web, &grant, &query, "channels", csv::channels).await
}

async fn file(
    app: &App,
    web: &Web,
    grant: &Grant<ReportsView>,
    query: &PeriodQuery,
    name: &str,
    table: fn(&Page, &Report) -> String,
) -> Result<Response, WebError> {
    let ask = query.ask()??;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let report = service::report(&mut read, grant, &ask, app.env.now()).await?;
    let (first, last) = (report.nights.check_in(), period::last(report.nights));
    Ok(crate::ui::csv::file(&format!("{name}-{first}-{last}"), table(&Page::of(web), &report))?)
}
