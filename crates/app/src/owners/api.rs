//! Owners as JSON.

use axum::{Json, extract::State};
use kernel::{
    Fault, PartyId, PropertyId, UserId,
    permissions::{OwnersEdit, OwnersView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, Path, WebError};

use super::{NewOwners, OwnerEntry, OwnerView, PartyKind, PartyView, service};
use crate::App;

/// An owner of a property.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OwnerBody {
    party_id: PartyId,
    name: String,
    kind: PartyKind,
    /// Who signs in for it.
    user_id: Option<UserId>,
    /// A percentage with two decimals, as text: `33.34`.
    share: String,
}

impl From<OwnerView> for OwnerBody {
    fn from(owner: OwnerView) -> Self {
        Self {
            party_id: owner.party_id,
            name: owner.name,
            kind: owner.kind,
            user_id: owner.user_id,
            share: owner.share.to_string(),
        }
    }
}

/// Somebody who may own properties.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PartyBody {
    /// None for a member who has owned nothing yet: name them by `user_id`.
    party_id: Option<PartyId>,
    name: String,
    kind: PartyKind,
    user_id: Option<UserId>,
}

impl From<PartyView> for PartyBody {
    fn from(party: PartyView) -> Self {
        Self { party_id: party.id, name: party.name, kind: party.kind, user_id: party.user_id }
    }
}

/// An owner: a party by `party_id`, a member by `user_id`, or somebody new by `name`.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct OwnerInput {
    #[serde(default)]
    party_id: Option<String>,
    #[serde(default)]
    user_id: Option<String>,
    /// At most 120 characters. With `party_id`: another name for a party that nobody signs in for.
    #[serde(default)]
    name: Option<String>,
    /// `person` when it is not given.
    #[serde(default)]
    kind: Option<String>,
    /// A percentage with at most two decimals, as text: `33.34`.
    share: String,
}

/// All owners of a property. Their shares sum to 100; an empty list leaves it without owners.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct OwnersInput {
    owners: Vec<OwnerInput>,
}

impl From<OwnerInput> for OwnerEntry {
    fn from(input: OwnerInput) -> Self {
        Self {
            party_id: input.party_id.unwrap_or_default(),
            user_id: input.user_id.unwrap_or_default(),
            name: input.name.unwrap_or_default(),
            kind: input.kind.unwrap_or_default(),
            share: input.share,
        }
    }
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<OwnersView>,
    Path(id): Path<PropertyId>,
) -> Result<Json<Vec<OwnerBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let owners = service::of_property(&mut read, &grant, id).await?;
    Ok(Json(owners.into_iter().map(OwnerBody::from).collect()))
}

pub(super) async fn replace(
    State(app): State<App>,
    Allowed(grant): Allowed<OwnersEdit>,
    Path(id): Path<PropertyId>,
    ApiJson(input): ApiJson<OwnersInput>,
) -> Result<Json<Vec<OwnerBody>>, WebError> {
    let entries: Vec<OwnerEntry> = input.owners.into_iter().map(OwnerEntry::from).collect();
    service::save(&app, &grant, id, &NewOwners::parse(&entries)?).await?;
    list(State(app), Allowed(grant.also()?), Path(id)).await
}

pub(super) async fn parties(
    State(app): State<App>,
    Allowed(grant): Allowed<OwnersEdit>,
) -> Result<Json<Vec<PartyBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let found = service::parties(&mut read, &grant).await.map_err(Fault::from)?;
    Ok(Json(found.into_iter().map(PartyBody::from).collect()))
}
