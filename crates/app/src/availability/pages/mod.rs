//! The pages of availability: the rules of all properties, and those of one with its days. Forms are in `forms`, texts in `words`.

pub(super) mod forms;
pub(crate) mod words;

use askama::Template;
use axum::{extract::State, response::Response};
use chrono::Datelike as _;
use kernel::{Date, Fault, FieldErrors, Nights, PropertyId, RuleId, UnitId, permissions::AvailabilityView};
use serde::{Deserialize, Serialize};
use webkit::{Allowed, Path, Query, Web, WebError};

use self::words::{GroupView, groups};
use super::{Contradiction, Day, DayState, Facts, Reason, Rule, Rules, rules::earlier, service};
use crate::{
    App,
    properties::{self, PropertyView},
    text,
    ui::{Choice, Form, Page, html},
};

/// A season, or dates, in a list.
struct DatedRow {
    id: RuleId,
    title: String,
    when: String,
    /// Whether it is of all properties.
    shared: bool,
    priority: u32,
    says: Vec<String>,
    /// What it makes impossible; empty for nothing.
    warning: String,
}

#[derive(Template)]
#[template(path = "availability/templates/shared.html")]
struct SharedPage {
    page: Page,
    groups: Vec<GroupView>,
    /// What the rules together make impossible; empty for nothing.
    warning: String,
    seasons: Vec<DatedRow>,
    dates: Vec<DatedRow>,
}

#[derive(Template)]
#[template(path = "availability/templates/property.html")]
struct PropertyPage {
    page: Page,
    property: PropertyView,
    form: Form,
    unit: UnitId,
    /// Where the property has more than one.
    units: Vec<Choice>,
    answer: Option<AnswerView>,
    months: Vec<Month>,
    groups: Vec<GroupView>,
    warning: String,
    seasons: Vec<DatedRow>,
    dates: Vec<DatedRow>,
}

/// Whether some nights are free.
struct AnswerView {
    dates: String,
    free: bool,
    reasons: Vec<String>,
    /// Where to book them; empty for who may not.
    book_href: String,
    /// The next nights that are free, and where to look at them; empty for none.
    next: String,
    next_href: String,
}

/// A month of days.
struct Month {
    title: String,
    /// Days of other months are left out.
    weeks: Vec<Vec<Option<Cell>>>,
}

/// A day in a month.
struct Cell {
    number: u32,
    state: DayState,
    is_today: bool,
    /// All there is to say of it.
    label: String,
}

fn row(page: &Page, rules: &Rules, rule: &Rule, today: Date) -> Option<DatedRow> {
    let span = rule.span?;
    let (first, _) = span.next(today)?;
    let when = words::when(page, &span);
    let warning = rules.contradiction(first.max(today)).map(|found| contradiction(page, found));
    Some(DatedRow {
        id: rule.id,
        title: rule.name.clone().unwrap_or_else(|| when.clone()),
        when,
        shared: rule.property_id.is_none(),
        priority: rule.priority,
        says: words::says(page, &rule.set),
        // Closing a few dates is what dates are for.
        warning: warning.filter(|_| rule.level == super::Level::Season).unwrap_or_default(),
    })
}

fn contradiction(page: &Page, found: Contradiction) -> String {
    page.t_of("availability-contradiction", found.code())
}

/// Seasons and dates that are not over, by when they are.
fn rows(page: &Page, rules: &Rules, today: Date) -> (Vec<DatedRow>, Vec<DatedRow>) {
    let mut dated: Vec<&Rule> = rules.iter().filter(|rule| super::service::is_dated(rule.level)).collect();
    dated.sort_by_key(|rule| (rule.span.and_then(|span| span.next(today)), rule.id));
    let of = |level| {
        let wanted = dated.iter().filter(|rule| rule.level == level);
        wanted.filter_map(|rule| row(page, rules, rule, today)).collect()
    };
    (of(super::Level::Season), of(super::Level::Date))
}

pub(super) async fn shared(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<AvailabilityView>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let today = app.env.now().date_naive();
    let rules = service::rules(&mut read, &grant, None, today).await?;
    let page = Page::of(&web);
    let always = rules.undated();
    let (seasons, dates) = rows(&page, &rules, today);
    html(&SharedPage {
        groups: groups(&page, &always, today),
        warning: always.contradiction(today).map(|found| contradiction(&page, found)).unwrap_or_default(),
        seasons,
        dates,
        page,
    })
}

/// Which nights to look at.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct AskQuery {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    check_in: String,
    #[serde(default)]
    check_out: String,
}

impl AskQuery {
    /// The nights that are asked for; nothing when none are.
    fn nights(&self) -> Result<Option<Nights>, FieldErrors> {
        if self.check_in.trim().is_empty() && self.check_out.trim().is_empty() {
            return Ok(None);
        }
        let mut errors = FieldErrors::new();
        let in_range =
            |date: Date| if (2000..=2100).contains(&date.year()) { Ok(date) } else { Err("date_out_of_range") };
        let mut date = |field, typed: &str| {
            errors.keep(field, typed.trim().parse::<Date>().map_err(|_| "date_invalid").and_then(in_range))
        };
        let (check_in, check_out) = (date("check_in", &self.check_in), date("check_out", &self.check_out));
        errors.into_result()?;
        let (Some(check_in), Some(check_out)) = (check_in, check_out) else { return Ok(None) };
        Nights::new(check_in, check_out).map(Some).map_err(|error| FieldErrors::one("check_out", error.code()))
    }
}

pub(super) async fn of_property(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<AvailabilityView>,
    Path(id): Path<PropertyId>,
    Query(query): Query<AskQuery>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, &grant, id).await?;
    let units = properties::units_of(&mut read, &grant, id).await.map_err(Fault::from)?;
    let asked = query.unit.parse().ok().filter(|unit| units.iter().any(|known| known.id == *unit));
    let (unit, now) = (asked.unwrap_or(property.whole_unit), app.env.now());
    let today = property.facts.zone.date_of(now);
    let page = Page::of(&web);

    let begin = earlier(today, today.day0());
    let end = begin.checked_add_months(chrono::Months::new(2)).unwrap_or(begin);
    let span = Nights::new(begin, end).map_err(|error| Fault::new("two months", error))?;
    let shown = service::facts(&mut read, &grant, &[unit], span).await.map_err(Fault::from)?.remove(&unit);
    let shown = shown.ok_or_else(WebError::not_found)?;

    let nights = query.nights();
    let mut form = Form::of(&query);
    let answer = match nights {
        Ok(None) => None,
        Err(errors) => {
            form = form.with_errors(errors);
            None
        }
        Ok(Some(nights)) => {
            let around = Facts::to_look_ahead(nights, now);
            let facts = service::facts(&mut read, &grant, &[unit], around).await.map_err(Fault::from)?.remove(&unit);
            facts.map(|facts| answer(&page, &facts, unit, id, nights, now))
        }
    };
    let (seasons, dates) = rows(&page, &shown.rules, today);
    html(&PropertyPage {
        form: form.with("unit", unit),
        unit,
        units: if units.len() > 1 { unit_choices(&page, &units) } else { Vec::new() },
        answer,
        months: months(&page, &shown.days(span, now), today),
        groups: groups(&page, &shown.rules, today),
        warning: shown
            .rules
            .undated()
            .contradiction(today)
            .map(|found| contradiction(&page, found))
            .unwrap_or_default(),
        seasons,
        dates,
        property,
        page,
    })
}

fn unit_choices(page: &Page, units: &[properties::UnitView]) -> Vec<Choice> {
    let name =
        |unit: &properties::UnitView| unit.name.clone().unwrap_or_else(|| page.t("availability-whole").to_owned());
    units.iter().map(|unit| Choice::new(unit.id.to_string(), name(unit))).collect()
}

fn answer(
    page: &Page,
    facts: &Facts,
    unit: UnitId,
    property: PropertyId,
    nights: Nights,
    now: kernel::Instant,
) -> AnswerView {
    let reasons = facts.check(nights, now);
    let free = reasons.iter().all(Reason::is_warning);
    let next = if free { None } else { facts.next_free(nights, now) };
    let dates = |nights: Nights| {
        let range = page.date_range(nights.check_in(), nights.check_out());
        format!("{range}, {}", page.tn("stays-nights", nights.count()))
    };
    let query = |nights: Nights| format!("check_in={}&check_out={}", nights.check_in(), nights.check_out());
    AnswerView {
        dates: dates(nights),
        free,
        reasons: reasons.iter().map(|reason| words::words(page, reason)).collect(),
        book_href: if free && page.may("stays.create") {
            format!("/stays/new?unit={unit}&{}", query(nights))
        } else {
            String::new()
        },
        next: next.map(dates).unwrap_or_default(),
        next_href: next
            .map(|next| format!("/properties/{property}/availability?unit={unit}&{}#ask", query(next)))
            .unwrap_or_default(),
    }
}

fn months(page: &Page, days: &[Day], today: Date) -> Vec<Month> {
    days.chunk_by(|one, next| one.date.month() == next.date.month())
        .filter_map(|days| {
            let first = days.first()?.date;
            let empty = usize::try_from(first.weekday().num_days_from_monday()).unwrap_or(0);
            let cells = days.iter().map(|day| Some(cell(page, day, today)));
            let mut cells: Vec<Option<Cell>> = std::iter::repeat_with(|| None).take(empty).chain(cells).collect();
            let mut weeks = Vec::new();
            while !cells.is_empty() {
                let rest = cells.split_off(cells.len().min(7));
                cells.resize_with(7, || None);
                weeks.push(std::mem::replace(&mut cells, rest));
            }
            Some(Month { title: text::month(page.language, first), weeks })
        })
        .collect()
}

fn cell(page: &Page, day: &Day, today: Date) -> Cell {
    let state = page.t_of("availability-day", day.state.as_str());
    let mut label = format!("{}: {state}", page.date_short(day.date));
    if day.state == DayState::Free && day.min > 1 {
        label = format!("{label}, {}", page.tn("availability-says-min", day.min));
    }
    if !day.departure {
        label = format!("{label}, {}", page.t("availability-day-no-departure"));
    }
    Cell { number: day.date.day(), state: day.state, is_today: day.date == today, label }
}
