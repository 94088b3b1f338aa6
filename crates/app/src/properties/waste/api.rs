//! Collections of waste as JSON.

use axum::{Json, extract::State};
use http::StatusCode;
use kernel::{
    Date, Fault, PropertyId, WasteId,
    permissions::{PropertiesEdit, PropertiesView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, Path, WebError};

use super::{
    super::service::find, Day, NewWaste, Ordinal, Repeats, Schedule, WasteForm, WasteStream, WasteView, service,
};
use crate::App;

/// A collection of waste.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WasteBody {
    id: WasteId,
    stream: WasteStream,
    repeats: Repeats,
    /// Of `weekly` and `monthly_weekday`.
    weekday: Option<Day>,
    /// Of `monthly_weekday`.
    ordinal: Option<Ordinal>,
    /// Of `monthly_day`; a month that has fewer days has its collection on the last.
    month_day: Option<u32>,
    /// Of `biweekly`: a day of a collection. Of `custom`: the first one.
    start: Option<Date>,
    /// Of `custom`: the value of an RRULE (RFC 5545).
    rule: Option<String>,
    notes: Option<String>,
    /// The next collection from today on, in the property's zone; null when there is none within nine years.
    next: Option<Date>,
}

impl WasteBody {
    fn of(view: WasteView, today: Date) -> Self {
        let next = view.facts.schedule.next(today);
        let base = Self {
            id: view.id,
            stream: view.facts.stream,
            repeats: view.facts.schedule.repeats(),
            weekday: None,
            ordinal: None,
            month_day: None,
            start: None,
            rule: None,
            notes: view.facts.notes,
            next,
        };
        match view.facts.schedule {
            Schedule::Weekly(day) => Self { weekday: Some(day), ..base },
            Schedule::Biweekly(date) => Self { start: Some(date), ..base },
            Schedule::MonthlyWeekday(ordinal, day) => Self { ordinal: Some(ordinal), weekday: Some(day), ..base },
            Schedule::MonthlyDay(day) => Self { month_day: Some(day), ..base },
            Schedule::Custom { rule, start } => Self { rule: Some(rule), start: Some(start), ..base },
        }
    }
}

/// What to change of a collection, or what a new one is like. Fields that are left out keep their value.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct WasteInput {
    /// Needed for a new collection.
    #[serde(default)]
    stream: Option<String>,
    /// Needed for a new collection.
    #[serde(default)]
    repeats: Option<String>,
    #[serde(default)]
    weekday: Option<String>,
    #[serde(default)]
    ordinal: Option<String>,
    /// 1 to 31.
    #[serde(default)]
    month_day: Option<i64>,
    /// `YYYY-MM-DD`.
    #[serde(default)]
    start: Option<String>,
    #[serde(default)]
    rule: Option<String>,
    #[serde(default)]
    notes: Option<String>,
}

impl WasteInput {
    /// The input laid over what is known.
    fn over(self, form: WasteForm) -> WasteForm {
        WasteForm {
            stream: self.stream.unwrap_or(form.stream),
            repeats: self.repeats.unwrap_or(form.repeats),
            weekday: self.weekday.unwrap_or(form.weekday),
            ordinal: self.ordinal.unwrap_or(form.ordinal),
            month_day: self.month_day.map_or(form.month_day, |day| day.to_string()),
            start: self.start.unwrap_or(form.start),
            rule: self.rule.unwrap_or(form.rule),
            notes: self.notes.unwrap_or(form.notes),
        }
    }
}

/// The date at a property.
async fn today<P: kernel::Permission>(app: &App, grant: &kernel::Grant<P>, id: PropertyId) -> Result<Date, WebError> {
    let property = find(&mut app.db.read().await.map_err(Fault::from)?, grant, id).await?;
    Ok(property.facts.zone.date_of(app.env.now()))
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesView>,
    Path(id): Path<PropertyId>,
) -> Result<Json<Vec<WasteBody>>, WebError> {
    let today = today(&app, &grant, id).await?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let all = service::list(&mut read, &grant, id).await.map_err(Fault::from)?;
    Ok(Json(all.into_iter().map(|waste| WasteBody::of(waste, today)).collect()))
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    ApiJson(input): ApiJson<WasteInput>,
) -> Result<(StatusCode, Json<WasteBody>), WebError> {
    let today = today(&app, &grant, id).await?;
    let waste = service::add(&app, &grant, id, NewWaste::parse(&input.over(WasteForm::default()))?).await?;
    Ok((StatusCode::CREATED, Json(WasteBody::of(waste, today))))
}

pub(super) async fn change(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, waste)): Path<(PropertyId, WasteId)>,
    ApiJson(input): ApiJson<WasteInput>,
) -> Result<Json<WasteBody>, WebError> {
    let today = today(&app, &grant, id).await?;
    let known = service::find(&mut app.db.read().await.map_err(Fault::from)?, &grant, id, waste).await?;
    let facts = NewWaste::parse(&input.over(known.facts.to_form()))?;
    service::change(&app, &grant, id, waste, &facts).await?;
    Ok(Json(WasteBody::of(WasteView { id: waste, facts }, today)))
}

pub(super) async fn remove(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, waste)): Path<(PropertyId, WasteId)>,
) -> Result<StatusCode, WebError> {
    service::remove(&app, &grant, id, waste).await?;
    Ok(StatusCode::NO_CONTENT)
}
