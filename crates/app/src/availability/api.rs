//! Availability as JSON.

use axum::{Json, extract::State};
use chrono::NaiveTime;
use http::StatusCode;
use kernel::{
    Date, Fault, FieldErrors, Grant, Instant, Nights, Permission, PropertyId, RuleId, StayId, UnitId,
    permissions::{AvailabilityEdit, AvailabilityView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, Path, Query, WebError};

use super::{
    Day, DayState, Days, Facts, Length, Level, NewRule, Notice, Reason, Rule, RuleForm, RuleSet, Tight, Turnover,
    Weekday, Weekdays, Window, service,
};
use crate::App;

/// The most days of one answer.
const MOST_DAYS: i64 = 400;

/// Which nights.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct NightsQuery {
    check_in: Date,
    check_out: Date,
}

/// Which days.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct DaysQuery {
    from: Date,
    /// Not included; at most 400 days later.
    until: Date,
}

/// Whether a unit is free for some nights.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AnswerBody {
    /// Whether they can be booked: nothing but warnings is in the way.
    free: bool,
    reasons: Vec<ReasonBody>,
    /// The next nights that are free when these are not, at least as many; null when there are none within a year.
    next_free: Option<NightsBody>,
}

/// Some nights.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct NightsBody {
    check_in: Date,
    check_out: Date,
}

impl From<Nights> for NightsBody {
    fn from(nights: Nights) -> Self {
        Self { check_in: nights.check_in(), check_out: nights.check_out() }
    }
}

/// Why nights cannot be booked.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ReasonBody {
    /// `nights_taken`, `arrival_past`, `notice_too_short`, `beyond_window`, `arrival_closed`, `departure_closed`, `below_min_stay`,
    /// `above_max_stay`, `preparation_needed`, `gap_left`, `turnover_tight`.
    code: &'static str,
    /// Whether the nights can be booked all the same.
    warning: bool,
    /// The bound when it is a day: the first or last possible arrival, the day that is closed, the first night taken.
    date: Option<Date>,
    /// The bound in nights: the fewest or most, those to be kept free, those of the gap, those taken.
    nights: Option<u32>,
    /// The stay in the way.
    stay_id: Option<StayId>,
    /// Its nights.
    stay: Option<NightsBody>,
}

impl From<&Reason> for ReasonBody {
    fn from(reason: &Reason) -> Self {
        Self {
            code: reason.code(),
            warning: reason.is_warning(),
            date: reason.date(),
            nights: reason.nights(),
            stay_id: reason.stay().map(|other| other.stay),
            stay: reason.stay().map(|other| other.nights.into()),
        }
    }
}

/// A day of a unit.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DayBody {
    date: Date,
    state: DayState,
    /// Whether people may leave on it.
    departure: bool,
    /// The fewest nights of a stay that arrives on it.
    min_nights: u32,
    /// The most; null for any number.
    max_nights: Option<u32>,
}

impl From<Day> for DayBody {
    fn from(day: Day) -> Self {
        Self { date: day.date, state: day.state, departure: day.departure, min_nights: day.min, max_nights: day.max }
    }
}

fn nights(check_in: Date, check_out: Date, field: &'static str) -> Result<Nights, FieldErrors> {
    Nights::new(check_in, check_out).map_err(|error| FieldErrors::one(field, error.code()))
}

async fn facts(app: &App, grant: &Grant<AvailabilityView>, unit: UnitId, span: Nights) -> Result<Facts, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let mut facts = service::facts(&mut read, grant, &[unit], span).await.map_err(Fault::from)?;
    facts.remove(&unit).ok_or_else(WebError::not_found)
}

pub(super) async fn answer(
    State(app): State<App>,
    Allowed(grant): Allowed<AvailabilityView>,
    Path(id): Path<UnitId>,
    Query(query): Query<NightsQuery>,
) -> Result<Json<AnswerBody>, WebError> {
    let (nights, now) = (nights(query.check_in, query.check_out, "check_out")?, app.env.now());
    let facts = facts(&app, &grant, id, Facts::to_look_ahead(nights, now)).await?;
    let reasons = facts.check(nights, now);
    let free = reasons.iter().all(Reason::is_warning);
    Ok(Json(AnswerBody {
        free,
        next_free: if free { None } else { facts.next_free(nights, now).map(NightsBody::from) },
        reasons: reasons.iter().map(ReasonBody::from).collect(),
    }))
}

pub(super) async fn days(
    State(app): State<App>,
    Allowed(grant): Allowed<AvailabilityView>,
    Path(id): Path<UnitId>,
    Query(query): Query<DaysQuery>,
) -> Result<Json<Vec<DayBody>>, WebError> {
    let span = nights(query.from, query.until, "until")?;
    if i64::from(span.count()) > MOST_DAYS {
        let mut errors = FieldErrors::new();
        errors.add_bound("until", "too_large", MOST_DAYS);
        return Err(errors.into());
    }
    let facts = facts(&app, &grant, id, span).await?;
    Ok(Json(facts.days(span, app.env.now()).into_iter().map(DayBody::from).collect()))
}

/// How long stays are, and which gaps they may leave.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LengthBody {
    /// 1 to 365.
    min_nights: u32,
    /// The most nights; null for any number.
    #[serde(default)]
    max_nights: Option<u32>,
    /// Whether it holds for every stay with a night on such a date, not only for those that arrive on one.
    #[serde(default)]
    stay_through: bool,
    /// Whether a stay may leave no gap beside it that nobody can book.
    #[serde(default)]
    keep_gaps: bool,
    /// The fewest nights in a gap shorter than `min_nights`; null for no exception.
    #[serde(default)]
    gap_min_nights: Option<u32>,
}

/// The days of the week on which nobody arrives or leaves.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DaysBody {
    #[serde(default)]
    no_arrival: Vec<Weekday>,
    #[serde(default)]
    no_departure: Vec<Weekday>,
}

/// How long before their arrival people must book.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoticeBody {
    days: u32,
    /// `HH:MM`: from when on, at the property, a day counts as over; null for the whole day.
    #[serde(default)]
    until: Option<String>,
}

/// How far ahead people may book.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WindowBody {
    /// The last day of arrival is so many days from today; null for as far as they like.
    #[serde(default)]
    days: Option<u32>,
}

/// What lies between two stays.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TurnoverBody {
    /// Nights that stay free between two stays, once.
    #[serde(default)]
    preparation_nights: u32,
    /// How long a cleaning takes; null when it is not looked at.
    #[serde(default)]
    cleaning_minutes: Option<u32>,
    /// What happens when it does not fit between departure and arrival on one day; `warn` when it is not given.
    #[serde(default)]
    tight: Option<Tight>,
}

/// A rule. A group that is null is not said here: another level says it, or nothing is restricted.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RuleBody {
    id: RuleId,
    level: Level,
    /// Null for all properties.
    property_id: Option<PropertyId>,
    name: Option<String>,
    /// The first day of a season or of dates.
    first_day: Option<Date>,
    /// The last day, which is part of it.
    last_day: Option<Date>,
    /// Whether a season comes again every year.
    yearly: bool,
    /// Of seasons on one date the greater wins, then the shorter.
    priority: u32,
    length: Option<LengthBody>,
    days: Option<DaysBody>,
    notice: Option<NoticeBody>,
    window: Option<WindowBody>,
    turnover: Option<TurnoverBody>,
    updated_at: Instant,
}

fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

impl From<&Rule> for RuleBody {
    fn from(rule: &Rule) -> Self {
        let RuleSet { length, days, notice, window, turnover } = rule.set;
        Self {
            id: rule.id,
            level: rule.level,
            property_id: rule.property_id,
            name: rule.name.clone(),
            first_day: rule.span.map(|span| span.first),
            last_day: rule.span.map(|span| span.last),
            yearly: rule.span.is_some_and(|span| span.yearly),
            priority: rule.priority,
            length: length.map(|Length { min, max, stay_through, keep_gaps, gap_min }| LengthBody {
                min_nights: min,
                max_nights: max,
                stay_through,
                keep_gaps,
                gap_min_nights: gap_min,
            }),
            days: days.map(|Days { no_arrival, no_departure }| DaysBody {
                no_arrival: no_arrival.iter().collect(),
                no_departure: no_departure.iter().collect(),
            }),
            notice: notice.map(|Notice { days, until }| NoticeBody { days, until: until.map(clock) }),
            window: window.map(|Window { days }| WindowBody { days }),
            turnover: turnover.map(|Turnover { preparation, cleaning, tight }| TurnoverBody {
                preparation_nights: preparation,
                cleaning_minutes: cleaning,
                tight: Some(tight),
            }),
            updated_at: rule.updated_at,
        }
    }
}

/// A rule to be written, whole.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct RuleInput {
    /// `organization`, `property`, `season` or `date`.
    level: Level,
    /// Needed for the level `property`; without it a season or dates are those of all properties.
    #[serde(default)]
    property_id: Option<PropertyId>,
    /// Needed for a season; at most 80 characters.
    #[serde(default)]
    name: Option<String>,
    /// Needed for a season and dates.
    #[serde(default)]
    first_day: Option<Date>,
    /// Needed for a season and dates; it is part of them.
    #[serde(default)]
    last_day: Option<Date>,
    /// Whether a season comes again every year.
    #[serde(default)]
    yearly: bool,
    /// 0 to 100, for a season.
    #[serde(default)]
    priority: u32,
    #[serde(default)]
    length: Option<LengthBody>,
    #[serde(default)]
    days: Option<DaysBody>,
    #[serde(default)]
    notice: Option<NoticeBody>,
    #[serde(default)]
    window: Option<WindowBody>,
    #[serde(default)]
    turnover: Option<TurnoverBody>,
}

impl RuleInput {
    /// What it says, but for the time of the notice, which is still text.
    fn set(&self) -> RuleSet {
        let Self { length, days, notice, window, turnover, .. } = self;
        RuleSet {
            length: length.as_ref().map(|length| Length {
                min: length.min_nights,
                max: length.max_nights,
                stay_through: length.stay_through,
                keep_gaps: length.keep_gaps,
                gap_min: length.gap_min_nights,
            }),
            days: days.as_ref().map(|days| Days {
                no_arrival: days.no_arrival.iter().copied().collect::<Weekdays>(),
                no_departure: days.no_departure.iter().copied().collect::<Weekdays>(),
            }),
            notice: notice.as_ref().map(|notice| Notice { days: notice.days, until: None }),
            window: window.as_ref().map(|window| Window { days: window.days }),
            turnover: turnover.as_ref().map(|turnover| Turnover {
                preparation: turnover.preparation_nights,
                cleaning: turnover.cleaning_minutes,
                tight: turnover.tight.unwrap_or(Tight::Warn),
            }),
        }
    }
}

impl From<RuleInput> for RuleForm {
    fn from(input: RuleInput) -> Self {
        let text = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let said = Self::saying(&input.set());
        Self {
            level: input.level.to_string(),
            property_id: input.property_id.map(|id| id.to_string()).unwrap_or_default(),
            name: input.name.unwrap_or_default(),
            first_day: text(input.first_day),
            last_day: text(input.last_day),
            yearly: if input.yearly { "true".to_owned() } else { String::new() },
            priority: input.priority.to_string(),
            notice_until: input.notice.and_then(|notice| notice.until).unwrap_or_default(),
            ..said
        }
    }
}

/// Whose rules.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ListQuery {
    #[serde(default)]
    property_id: Option<PropertyId>,
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<AvailabilityView>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Vec<RuleBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let today = app.env.now().date_naive();
    let rules = service::rules(&mut read, &grant, query.property_id, today).await?;
    Ok(Json(rules.iter().map(RuleBody::from).collect()))
}

async fn body<P: Permission>(app: &App, grant: &Grant<P>, id: RuleId) -> Result<Json<RuleBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let rule = service::find(&mut read, grant, id).await?;
    Ok(Json(RuleBody::from(&rule)))
}

pub(super) async fn get(
    State(app): State<App>,
    Allowed(grant): Allowed<AvailabilityView>,
    Path(id): Path<RuleId>,
) -> Result<Json<RuleBody>, WebError> {
    body(&app, &grant, id).await
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed(grant): Allowed<AvailabilityEdit>,
    ApiJson(input): ApiJson<RuleInput>,
) -> Result<(StatusCode, Json<RuleBody>), WebError> {
    let id = service::add(&app, &grant, &NewRule::parse(&input.into())?).await?;
    Ok((StatusCode::CREATED, body(&app, &grant, id).await?))
}

pub(super) async fn change(
    State(app): State<App>,
    Allowed(grant): Allowed<AvailabilityEdit>,
    Path(id): Path<RuleId>,
    ApiJson(input): ApiJson<RuleInput>,
) -> Result<Json<RuleBody>, WebError> {
    let new = NewRule::parse(&input.into())?;
    service::change(&app, &grant, id, &new).await?;
    body(&app, &grant, id).await
}

pub(super) async fn remove(
    State(app): State<App>,
    Allowed(grant): Allowed<AvailabilityEdit>,
    Path(id): Path<RuleId>,
) -> Result<StatusCode, WebError> {
    service::remove(&app, &grant, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
