//! Turning stays into the other kind as JSON.

use axum::{Json, extract::State};
use kernel::{Fault, StayId, permissions::StaysEdit};
use webkit::{Allowed, ApiJson, Path, WebError};

use super::service;
use crate::{
    App,
    stays::{
        ChangeStay, StayForm,
        api::{StayBody, StayInput},
        service as stays,
    },
};

pub(super) async fn convert(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    ApiJson(input): ApiJson<StayInput>,
) -> Result<Json<StayBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let currency = stays::currency(&mut read, &grant).await.map_err(Fault::from)?;
    let stay = stays::find(&mut read, &grant, id).await?;
    drop(read);
    let change = ChangeStay::parse_converted(&input.over(StayForm::of(&stay), currency)?, &stay, currency)?;
    Ok(Json(service::convert(&app, &grant, id, &change).await?.into()))
}
