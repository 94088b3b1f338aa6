//! House rules as JSON.

use axum::{Json, extract::State};
use kernel::{
    Fault, PropertyId,
    permissions::{PropertiesEdit, PropertiesView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, Path, WebError};

use super::{super::input::clock, Allowance, HouseRules, RulesForm, Smoking, service};
use crate::App;

/// The house rules of a property; null where nothing is said.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RulesBody {
    pets: Option<Allowance>,
    smoking: Option<Smoking>,
    parties: Option<Allowance>,
    children: Option<Allowance>,
    /// How old who books must be.
    minimum_age: Option<u32>,
    /// `HH:MM`, in the property's zone.
    quiet_from: Option<String>,
    /// `HH:MM`, in the property's zone; the day after when it is not later than the beginning.
    quiet_until: Option<String>,
    house_rules: Option<String>,
}

impl From<HouseRules> for RulesBody {
    fn from(rules: HouseRules) -> Self {
        let (quiet_from, quiet_until) = rules.quiet.map(|(from, until)| (clock(from), clock(until))).unzip();
        Self {
            pets: rules.pets,
            smoking: rules.smoking,
            parties: rules.parties,
            children: rules.children,
            minimum_age: rules.minimum_age,
            quiet_from,
            quiet_until,
            house_rules: rules.text,
        }
    }
}

/// All house rules of a property.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct RulesInput {
    #[serde(default)]
    pets: Option<String>,
    #[serde(default)]
    smoking: Option<String>,
    #[serde(default)]
    parties: Option<String>,
    #[serde(default)]
    children: Option<String>,
    /// 1 to 99.
    #[serde(default)]
    minimum_age: Option<i64>,
    /// `HH:MM`; together with the end.
    #[serde(default)]
    quiet_from: Option<String>,
    /// `HH:MM`; together with the beginning.
    #[serde(default)]
    quiet_until: Option<String>,
    #[serde(default)]
    house_rules: Option<String>,
}

impl From<RulesInput> for RulesForm {
    fn from(input: RulesInput) -> Self {
        Self {
            pets: input.pets.unwrap_or_default(),
            smoking: input.smoking.unwrap_or_default(),
            parties: input.parties.unwrap_or_default(),
            children: input.children.unwrap_or_default(),
            minimum_age: input.minimum_age.map(|age| age.to_string()).unwrap_or_default(),
            quiet_from: input.quiet_from.unwrap_or_default(),
            quiet_until: input.quiet_until.unwrap_or_default(),
            house_rules: input.house_rules.unwrap_or_default(),
        }
    }
}

pub(super) async fn get(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesView>,
    Path(id): Path<PropertyId>,
) -> Result<Json<RulesBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(Json(service::find(&mut read, &grant, id).await?.into()))
}

pub(super) async fn replace(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    ApiJson(input): ApiJson<RulesInput>,
) -> Result<Json<RulesBody>, WebError> {
    let new = HouseRules::parse(&input.into())?;
    service::replace(&app, &grant, id, &new).await?;
    Ok(Json(new.into()))
}
