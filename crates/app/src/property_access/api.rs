//! Access facts as JSON.

use axum::{Json, extract::State};
use kernel::{
    Fault, Instant, PropertyId,
    permissions::{PropertySecretsEdit, PropertySecretsView},
    text_enum,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, Path, WebError};

use super::{AccessFact, AccessForm, FactValue, FactView, NewAccess, service};
use crate::App;

text_enum! {
    /// What is told of a fact.
    pub(super) enum FactState {
        /// It is not known.
        Unset = "unset",
        /// It is known, and shown only when it is asked for.
        Hidden = "hidden",
        /// `value` has it.
        Shown = "shown",
        /// It was sealed with a key that is gone: enter it anew.
        Unreadable = "unreadable",
    }
}

/// One fact. It has no `Debug`: it may hold a secret.
#[derive(Serialize, JsonSchema)]
pub(super) struct FactBody {
    fact: AccessFact,
    state: FactState,
    value: Option<String>,
    updated_at: Option<Instant>,
}

/// What is known of getting into a property.
#[derive(Serialize, JsonSchema)]
pub(super) struct AccessBody {
    facts: Vec<FactBody>,
}

impl From<Vec<FactView>> for AccessBody {
    fn from(views: Vec<FactView>) -> Self {
        let body = |view: FactView| FactBody {
            fact: view.fact,
            state: match view.value {
                FactValue::Unset => FactState::Unset,
                FactValue::Hidden => FactState::Hidden,
                FactValue::Shown(_) => FactState::Shown,
                FactValue::Unreadable => FactState::Unreadable,
            },
            value: view.value.shown().map(str::to_owned),
            updated_at: view.updated_at,
        };
        Self { facts: views.into_iter().map(body).collect() }
    }
}

/// What to change. Facts that are left out keep their value; an empty text forgets one.
#[derive(Deserialize, JsonSchema)]
pub(super) struct AccessInput {
    /// At most 32 bytes.
    #[serde(default)]
    wifi_network: Option<String>,
    /// At most 64 characters.
    #[serde(default)]
    wifi_password: Option<String>,
    /// At most 2,000 characters.
    #[serde(default)]
    entry_instructions: Option<String>,
    /// At most 40 characters.
    #[serde(default)]
    door_code: Option<String>,
    /// At most 40 characters.
    #[serde(default)]
    gate_code: Option<String>,
    /// At most 40 characters.
    #[serde(default)]
    lockbox_code: Option<String>,
    /// At most 2,000 characters.
    #[serde(default)]
    key_location: Option<String>,
    /// At most 40 characters.
    #[serde(default)]
    alarm_code: Option<String>,
    /// At most 2,000 characters.
    #[serde(default)]
    alarm_instructions: Option<String>,
    /// At most 2,000 characters.
    #[serde(default)]
    parking: Option<String>,
}

impl From<AccessInput> for AccessForm {
    fn from(input: AccessInput) -> Self {
        let mut clear = Vec::new();
        let mut sent = |fact: AccessFact, value: Option<String>| {
            clear.extend(value.is_some().then(|| fact.to_string()));
            value.unwrap_or_default()
        };
        Self {
            wifi_network: sent(AccessFact::WifiNetwork, input.wifi_network),
            wifi_password: sent(AccessFact::WifiPassword, input.wifi_password),
            entry_instructions: sent(AccessFact::EntryInstructions, input.entry_instructions),
            door_code: sent(AccessFact::DoorCode, input.door_code),
            gate_code: sent(AccessFact::GateCode, input.gate_code),
            lockbox_code: sent(AccessFact::LockboxCode, input.lockbox_code),
            key_location: sent(AccessFact::KeyLocation, input.key_location),
            alarm_code: sent(AccessFact::AlarmCode, input.alarm_code),
            alarm_instructions: sent(AccessFact::AlarmInstructions, input.alarm_instructions),
            parking: sent(AccessFact::Parking, input.parking),
            clear,
            revealed: String::new(),
        }
    }
}

pub(super) async fn get(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertySecretsView>,
    Path(id): Path<PropertyId>,
) -> Result<Json<AccessBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(Json(service::facts(&app, &mut read, &grant, id).await?.into()))
}

pub(super) async fn reveal(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertySecretsView>,
    Path(id): Path<PropertyId>,
) -> Result<Json<AccessBody>, WebError> {
    Ok(Json(service::reveal(&app, &grant, id).await?.into()))
}

pub(super) async fn change(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertySecretsEdit>,
    Path(id): Path<PropertyId>,
    ApiJson(input): ApiJson<AccessInput>,
) -> Result<Json<AccessBody>, WebError> {
    service::change(&app, &grant, id, &NewAccess::parse(&input.into())?).await?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(Json(service::facts(&app, &mut read, &grant, id).await?.into()))
}
