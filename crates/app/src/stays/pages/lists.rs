//! The list of stays.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use kernel::{Cursor, Fault, Limit, permissions::StaysView};
use serde::Deserialize;
use webkit::{Allowed, Query, Web, WebError};

use super::{channel_code, place, who_of};
use crate::{
    App, properties,
    stays::{Channel, FilterForm, Stay, StayKind, StayTab, bulk::BulkAction, service},
    ui::{
        Choice, Form, Page,
        csv::{self, Csv},
        html,
    },
};

/// A stay as a line of a list.
struct Row {
    who: String,
    place: String,
    stay: Stay,
}

impl Row {
    fn channel(&self) -> &'static str {
        channel_code(self.stay.kind, self.stay.channel)
    }
}

struct Tab {
    href: String,
    label: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "stays/templates/list.html")]
struct ListPage {
    page: Page,
    tab: StayTab,
    tabs: Vec<Tab>,
    filter: Form,
    /// How many conditions are set, but for the search.
    conditions: usize,
    /// Whether any condition or a search narrows the list.
    narrowed: bool,
    properties: Vec<Choice>,
    channels: Vec<Choice>,
    kinds: Vec<Choice>,
    rows: Vec<Row>,
    first_href: String,
    next_href: String,
    file_href: String,
    /// What may be done with several at once.
    actions: Vec<Choice>,
    /// Where the page begins.
    cursor: String,
}

#[derive(Debug, Default, Deserialize)]
pub(in crate::stays) struct ListQuery {
    #[serde(default)]
    tab: Option<StayTab>,
    #[serde(default)]
    cursor: Option<Cursor>,
    #[serde(flatten)]
    filter: FilterForm,
}

fn tabs(page: &Page, current: StayTab, filter: &FilterForm, (conflicts, reviews): (i64, i64)) -> Vec<Tab> {
    let tab = |tab: &StayTab| {
        let text = page.t_of("stays-tab", tab.as_str());
        let label = match tab {
            StayTab::Conflicts if conflicts > 0 => format!("{text} ({})", page.number(conflicts)),
            StayTab::Review if reviews > 0 => format!("{text} ({})", page.number(reviews)),
            _ => text,
        };
        Tab { href: filter.address("/stays", *tab), label, current: *tab == current }
    };
    StayTab::ALL.iter().map(tab).collect()
}

pub(in crate::stays) async fn list(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
    Query(query): Query<ListQuery>,
) -> Result<Response, WebError> {
    let tab = query.tab.unwrap_or(StayTab::Upcoming);
    let (filter, errors) = query.filter.parse(tab);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let found =
        service::list(&mut read, &grant, &filter, query.cursor.as_ref(), Limit::default(), app.env.now()).await?;
    let counts = service::counts(&mut read, &grant).await.map_err(Fault::from)?;
    let units = properties::units(&mut read, &grant).await.map_err(Fault::from)?;
    let page = Page::of(&web);
    let here = query.filter.address("/stays", tab);
    let mut properties: Vec<Choice> =
        units.iter().map(|unit| Choice::new(unit.property_id.to_string(), &*unit.property_name)).collect();
    properties.dedup();
    let shown = html(&ListPage {
        tab,
        tabs: tabs(&page, tab, &query.filter, counts),
        conditions: query.filter.set(),
        narrowed: query.filter != FilterForm::default(),
        filter: Form::of(&query.filter).with_errors(errors),
        properties,
        channels: page.choices("channel", Channel::ALL.iter().map(|channel| channel.as_str())),
        kinds: page.choices("stays-kind", StayKind::ALL.iter().map(|kind| kind.as_str())),
        file_href: query.filter.address("/stays.csv", tab),
        actions: page.choices("bulk-action", BulkAction::ALL.iter().map(|action| action.as_str())),
        cursor: query.cursor.as_ref().map(|cursor| cursor.as_str().to_owned()).unwrap_or_default(),
        next_href: found.next.map(|next| format!("{here}&cursor={}", next.as_str())).unwrap_or_default(),
        first_href: query.cursor.map(|_| here).unwrap_or_default(),
        rows: found
            .items
            .into_iter()
            .map(|stay| Row { who: who_of(&page, &stay), place: place(&stay), stay })
            .collect(),
        page,
    })?;
    Ok((status, shown).into_response())
}

/// The most rows of a file.
const MOST_ROWS: usize = 20_000;

pub(in crate::stays) const HEADINGS: [&str; 19] = [
    "stays-property",
    "stays-unit-name",
    "stays-filter-kind",
    "stays-status",
    "stays-channel",
    "stays-reservation-code",
    "stays-check-in",
    "stays-check-out",
    "stays-nights-heading",
    "stays-guest",
    "stays-guest-email",
    "stays-guest-phone",
    "stays-adults",
    "stays-children",
    "stays-infants",
    "stays-pets",
    "stays-amount",
    "stays-currency",
    "stays-notes",
];

pub(in crate::stays) fn cells(page: &Page, stay: &Stay) -> [String; HEADINGS.len()] {
    let optional = |typed: &Option<String>| csv::text(typed.as_deref().unwrap_or_default());
    let kind = match stay.block_kind {
        Some(kind) => page.t_of("block-kind", kind.as_str()),
        None => page.t_of("stays-kind", stay.kind.as_str()),
    };
    let counts = &stay.counts;
    [
        csv::text(&stay.property_name),
        optional(&stay.unit_name),
        csv::text(&kind),
        csv::text(&page.t_of("stay-status", stay.status.as_str())),
        csv::text(&page.t_of("channel", stay.channel.as_str())),
        optional(&stay.reservation_code),
        stay.nights.check_in().to_string(),
        stay.nights.check_out().to_string(),
        csv::whole(stay.nights.count().into()),
        optional(&stay.guest.name),
        optional(&stay.guest.email),
        optional(&stay.guest.phone),
        csv::whole(counts.adults.into()),
        csv::whole(counts.children.into()),
        csv::whole(counts.infants.into()),
        csv::whole(counts.pets.into()),
        stay.amount.map(|amount| amount.to_decimal()).unwrap_or_default(),
        stay.amount.map(|amount| amount.currency.code().to_owned()).unwrap_or_default(),
        optional(&stay.notes),
    ]
}

/// The list as a file, with what the viewer may see.
pub(in crate::stays) async fn file(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<StaysView>,
    Query(query): Query<ListQuery>,
) -> Result<Response, WebError> {
    let tab = query.tab.unwrap_or(StayTab::Upcoming);
    let (filter, errors) = query.filter.parse(tab);
    if !errors.is_empty() {
        return Err(WebError::invalid(&errors));
    }
    let page = Page::of(&web);
    let mut table = Csv::new(HEADINGS.iter().map(|key| page.t(key)));
    let (mut after, mut rows, now) = (None, 0, app.env.now());
    let mut read = app.db.read().await.map_err(Fault::from)?;
    loop {
        let found = service::list(&mut read, &grant, &filter, after.as_ref(), Limit::new(Limit::MOST), now).await?;
        rows += found.items.len();
        if rows > MOST_ROWS {
            return Err(WebError::conflict("too_many_rows"));
        }
        found.items.iter().for_each(|stay| table.row(cells(&page, stay)));
        after = found.next;
        if after.is_none() {
            return Ok(csv::file(&format!("stays-{tab}"), table.into_text())?);
        }
    }
}
