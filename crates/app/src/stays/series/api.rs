//! Series of blocks as JSON.

use axum::{Json, extract::State};
use kernel::{
    BlockSeriesId, Date, Fault, StayId, UnitId,
    permissions::{StaysCancel, StaysCreate, StaysEdit, StaysView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, Path, WebError};

use super::{
    model::{ChangeSeries, End, NewSeries, Repeats, SeriesDetails, SeriesForm, weekday_code},
    service,
};
use crate::{
    App,
    stays::{BlockKind, api::StayBody},
};

/// A series to be made.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct SeriesInput {
    unit_id: String,
    /// `owner_stay`, `maintenance` or `other`; the last when it is not given.
    #[serde(default)]
    block_kind: String,
    /// `weekly`, `monthly_by_day` or `monthly_by_weekday`.
    repeats: String,
    /// Every so many weeks or months, 1 to 52; 1 when it is not given.
    #[serde(default)]
    every: Option<u32>,
    /// For `weekly`: `mo`, `tu`, `we`, `th`, `fr`, `sa`, `su`; the first day's, when there are none.
    #[serde(default)]
    weekdays: Vec<String>,
    /// `YYYY-MM-DD`. It says which day of the month, too.
    first_day: String,
    /// How many nights each block has, 1 to 60; 1 when it is not given.
    #[serde(default)]
    nights: Option<u32>,
    /// The last day on which a block begins, `YYYY-MM-DD`; or else `times`.
    #[serde(default)]
    until: String,
    /// How many blocks, 1 to 200.
    #[serde(default)]
    times: Option<u32>,
    #[serde(default)]
    notes: String,
    /// Leave out the blocks that others are in the way of, instead of making none.
    #[serde(default)]
    only_free: bool,
    /// Answer which blocks could be made, and make none.
    #[serde(default)]
    preview: bool,
}

impl SeriesInput {
    fn form(&self) -> SeriesForm {
        let number = |given: Option<u32>| given.map(|n| n.to_string()).unwrap_or_default();
        SeriesForm {
            unit_id: self.unit_id.clone(),
            block_kind: self.block_kind.clone(),
            repeats: self.repeats.clone(),
            every: number(self.every),
            weekdays: self.weekdays.join(","),
            first_day: self.first_day.clone(),
            nights: number(self.nights),
            until: self.until.clone(),
            times: number(self.times),
            notes: self.notes.clone(),
            ..SeriesForm::default()
        }
    }
}

/// A block of a series that is to be made.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OccurrenceBody {
    check_in: Date,
    check_out: Date,
    /// The stay that has one of the nights; null when all are free.
    taken_by: Option<StayId>,
}

/// What became of a series.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MadeBody {
    /// Null for a preview.
    id: Option<BlockSeriesId>,
    made: usize,
    left_out: usize,
    /// Every block, for a preview.
    occurrences: Vec<OccurrenceBody>,
}

/// A series with its blocks.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SeriesBody {
    id: BlockSeriesId,
    unit_id: UnitId,
    block_kind: BlockKind,
    repeats: Repeats,
    every: u32,
    weekdays: Vec<&'static str>,
    first_day: Date,
    nights: u32,
    until: Option<Date>,
    times: Option<u32>,
    notes: Option<String>,
    /// To be sent back with a change.
    version: i64,
    /// The blocks, whatever became of them.
    stays: Vec<StayBody>,
}

impl From<SeriesDetails> for SeriesBody {
    fn from(details: SeriesDetails) -> Self {
        let SeriesDetails { series, stays } = details;
        let (until, times) = match series.rule.end {
            End::Until(date) => (Some(date), None),
            End::Times(times) => (None, Some(times)),
        };
        Self {
            id: series.id,
            unit_id: series.unit_id,
            block_kind: series.block_kind,
            repeats: series.rule.repeats,
            every: series.rule.every,
            weekdays: series.rule.weekdays.iter().map(|day| weekday_code(*day)).collect(),
            first_day: series.rule.first_day,
            nights: series.rule.nights,
            until,
            times,
            notes: series.notes,
            version: series.version,
            stays: stays.into_iter().map(StayBody::from).collect(),
        }
    }
}

/// What to change of the blocks still to come. Fields that are left out keep their value.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ChangeInput {
    /// The block from which on; all that are still to come, when it is not given.
    #[serde(default)]
    from: Option<StayId>,
    #[serde(default)]
    block_kind: Option<String>,
    /// 1 to 60.
    #[serde(default)]
    nights: Option<u32>,
    /// An empty text clears them.
    #[serde(default)]
    notes: Option<String>,
    /// The version that was read.
    version: i64,
}

/// Which blocks to remove.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct RemoveInput {
    /// The block from which on; all that are still to come, when it is not given.
    #[serde(default)]
    from: Option<StayId>,
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysCreate>,
    ApiJson(input): ApiJson<SeriesInput>,
) -> Result<Json<MadeBody>, WebError> {
    let new = NewSeries::parse(&input.form())?;
    if !input.preview {
        let made = service::add(&app, &grant, &new, input.only_free).await?;
        return Ok(Json(MadeBody {
            id: Some(made.id),
            made: made.made,
            left_out: made.left_out,
            occurrences: Vec::new(),
        }));
    }
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let found = service::preview(&mut read, &grant, &new).await?;
    let occurrences: Vec<OccurrenceBody> = found
        .into_iter()
        .map(|one| OccurrenceBody {
            check_in: one.nights.check_in(),
            check_out: one.nights.check_out(),
            taken_by: one.in_the_way.map(|stay| stay.id),
        })
        .collect();
    let left_out = occurrences.iter().filter(|one| one.taken_by.is_some()).count();
    Ok(Json(MadeBody { id: None, made: 0, left_out, occurrences }))
}

pub(super) async fn get(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysView>,
    Path(id): Path<BlockSeriesId>,
) -> Result<Json<SeriesBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(Json(service::details(&mut read, &grant, id).await?.into()))
}

pub(super) async fn change(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<BlockSeriesId>,
    ApiJson(input): ApiJson<ChangeInput>,
) -> Result<Json<SeriesBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let known = SeriesForm::of(&service::details(&mut read, &grant, id).await?.series, "");
    drop(read);
    let change = ChangeSeries::parse(&SeriesForm {
        block_kind: input.block_kind.unwrap_or(known.block_kind),
        nights: input.nights.map_or(known.nights, |nights| nights.to_string()),
        notes: input.notes.unwrap_or(known.notes),
        version: input.version.to_string(),
        ..SeriesForm::default()
    })?;
    service::change(&app, &grant, id, input.from, &change).await?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(Json(service::details(&mut read, &grant, id).await?.into()))
}

pub(super) async fn remove(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysCancel>,
    Path(id): Path<BlockSeriesId>,
    ApiJson(input): ApiJson<RemoveInput>,
) -> Result<Json<SeriesBody>, WebError> {
    service::remove(&app, &grant, id, input.from).await?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(Json(service::details(&mut read, &grant, id).await?.into()))
}
