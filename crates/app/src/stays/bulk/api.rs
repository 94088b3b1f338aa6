//! Actions on many stays as JSON.

use axum::{Json, extract::State};
use kernel::{
    Fault, Grant, Permission, StayId,
    permissions::{StaysCancel, StaysEdit},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, WebError};

use super::{
    model::{BulkAction, Done, Pick, Why},
    service,
};
use crate::App;

/// What is done with which stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct BulkInput {
    /// Anything but `cancel`, which has an address of its own.
    action: BulkAction,
    /// At most 200.
    stay_ids: Vec<StayId>,
    /// Answer what would be done, and do nothing.
    #[serde(default)]
    preview: bool,
}

/// Which stays are called off.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct CancelInput {
    /// At most 200.
    stay_ids: Vec<StayId>,
    /// Answer what would be done, and do nothing.
    #[serde(default)]
    preview: bool,
}

/// A stay with which nothing was done.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SkippedBody {
    stay_id: StayId,
    reason: Why,
}

/// What became of the stays.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BulkBody {
    done: Vec<StayId>,
    skipped: Vec<SkippedBody>,
}

impl From<Vec<Done>> for BulkBody {
    fn from(all: Vec<Done>) -> Self {
        let skipped = |one: &Done| one.skipped.map(|reason| SkippedBody { stay_id: one.stay, reason });
        Self {
            done: all.iter().filter(|one| one.skipped.is_none()).map(|one| one.stay).collect(),
            skipped: all.iter().filter_map(skipped).collect(),
        }
    }
}

async fn looked_at<P: Permission>(
    app: &App,
    grant: &Grant<P>,
    action: BulkAction,
    ids: &[StayId],
) -> Result<Json<BulkBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let chosen = service::picked(&mut read, grant, ids).await?;
    let plan = service::plan(action, &chosen, app.env.now());
    let mut all: Vec<Done> = chosen.iter().zip(plan).map(|(stay, skipped)| Done { stay: stay.id, skipped }).collect();
    let gone = |id: &&StayId| chosen.iter().all(|stay| stay.id != **id);
    all.extend(ids.iter().filter(gone).map(|id| Done { stay: *id, skipped: Some(Why::Gone) }));
    Ok(Json(all.into()))
}

fn picks(ids: &[StayId]) -> Vec<Pick> {
    ids.iter().map(|stay| Pick { stay: *stay, version: None }).collect()
}

pub(super) async fn apply(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    ApiJson(input): ApiJson<BulkInput>,
) -> Result<Json<BulkBody>, WebError> {
    if input.preview {
        return looked_at(&app, &grant, input.action, &input.stay_ids).await;
    }
    Ok(Json(service::apply(&app, &grant, input.action, &picks(&input.stay_ids)).await?.into()))
}

pub(super) async fn cancel(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysCancel>,
    ApiJson(input): ApiJson<CancelInput>,
) -> Result<Json<BulkBody>, WebError> {
    if input.preview {
        return looked_at(&app, &grant, BulkAction::Cancel, &input.stay_ids).await;
    }
    Ok(Json(service::cancel(&app, &grant, &picks(&input.stay_ids)).await?.into()))
}
