//! Accounts with suppliers as JSON.

use axum::{Json, extract::State};
use http::StatusCode;
use kernel::{Fault, PropertyId, UtilityId, permissions::PropertiesEdit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, Path, WebError};

use super::{super::service::find, NewUtility, UtilityForm, UtilityKind, UtilityView, service};
use crate::App;

/// An account with a supplier.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct UtilityBody {
    id: UtilityId,
    kind: UtilityKind,
    provider: String,
    account_number: Option<String>,
    meter_number: Option<String>,
    phone: Option<String>,
    website: Option<String>,
    notes: Option<String>,
}

impl From<UtilityView> for UtilityBody {
    fn from(view: UtilityView) -> Self {
        let facts = view.facts;
        Self {
            id: view.id,
            kind: facts.kind,
            provider: facts.provider,
            account_number: facts.account_number,
            meter_number: facts.meter_number,
            phone: facts.phone,
            website: facts.website,
            notes: facts.notes,
        }
    }
}

/// What to change of an account, or what a new one is like. Fields that are left out keep their value.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct UtilityInput {
    /// Needed for a new account.
    #[serde(default)]
    kind: Option<String>,
    /// Needed for a new account.
    #[serde(default)]
    provider: Option<String>,
    #[serde(default)]
    account_number: Option<String>,
    #[serde(default)]
    meter_number: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    #[serde(default)]
    website: Option<String>,
    #[serde(default)]
    notes: Option<String>,
}

impl UtilityInput {
    /// The input laid over what is known.
    fn over(self, form: UtilityForm) -> UtilityForm {
        UtilityForm {
            kind: self.kind.unwrap_or(form.kind),
            provider: self.provider.unwrap_or(form.provider),
            account_number: self.account_number.unwrap_or(form.account_number),
            meter_number: self.meter_number.unwrap_or(form.meter_number),
            phone: self.phone.unwrap_or(form.phone),
            website: self.website.unwrap_or(form.website),
            notes: self.notes.unwrap_or(form.notes),
        }
    }
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
) -> Result<Json<Vec<UtilityBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    find(&mut read, &grant, id).await?;
    let all = service::list(&mut read, &grant, id).await.map_err(Fault::from)?;
    Ok(Json(all.into_iter().map(UtilityBody::from).collect()))
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    ApiJson(input): ApiJson<UtilityInput>,
) -> Result<(StatusCode, Json<UtilityBody>), WebError> {
    let new = NewUtility::parse(&input.over(UtilityForm::default()))?;
    Ok((StatusCode::CREATED, Json(service::add(&app, &grant, id, new).await?.into())))
}

pub(super) async fn change(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, utility)): Path<(PropertyId, UtilityId)>,
    ApiJson(input): ApiJson<UtilityInput>,
) -> Result<Json<UtilityBody>, WebError> {
    let known = service::find(&mut app.db.read().await.map_err(Fault::from)?, &grant, id, utility).await?;
    let facts = NewUtility::parse(&input.over(known.facts.to_form()))?;
    service::change(&app, &grant, id, utility, &facts).await?;
    Ok(Json(UtilityView { id: utility, facts }.into()))
}

pub(super) async fn remove(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, utility)): Path<(PropertyId, UtilityId)>,
) -> Result<StatusCode, WebError> {
    service::remove(&app, &grant, id, utility).await?;
    Ok(StatusCode::NO_CONTENT)
}
