//! Use cases of owners.

use db::{DbError, Read, Tx};
use kernel::{
    Fault, FieldErrors, Grant, PartyId, PropertyId,
    permissions::{OwnersEdit, OwnersView},
};
use webkit::WebError;

use super::{NewOwners, OwnerView, PartyKind, PartyView, Share, Who, store};
use crate::{
    App, audit,
    properties::{self, PropertyError},
};

/// Why owners were not saved.
#[derive(Debug, thiserror::Error)]
pub enum OwnersError {
    /// There is no such property within the grant's scope.
    #[error("no such property")]
    NotFound,
    /// Fields are wrong.
    #[error("invalid")]
    Invalid(FieldErrors),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for OwnersError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<PropertyError> for OwnersError {
    fn from(error: PropertyError) -> Self {
        match error {
            PropertyError::Fault(fault) => Self::Fault(fault),
            _ => Self::NotFound,
        }
    }
}

impl From<OwnersError> for WebError {
    fn from(error: OwnersError) -> Self {
        match error {
            OwnersError::NotFound => Self::not_found(),
            OwnersError::Invalid(errors) => errors.into(),
            OwnersError::Fault(fault) => fault.into(),
        }
    }
}

/// The owners of a property, the largest share first. An owner gets their own only.
///
/// # Errors
/// [`OwnersError::NotFound`] outside the scope.
pub async fn of_property(
    read: &mut Read,
    grant: &Grant<OwnersView>,
    property: PropertyId,
) -> Result<Vec<OwnerView>, OwnersError> {
    properties::find(read, grant, property).await?;
    Ok(store::of_property(read, grant.scope(), property).await?)
}

/// Everybody who may own a property: the parties by name, then the members who are none yet.
///
/// # Errors
/// When the database fails.
pub async fn parties(read: &mut Read, grant: &Grant<OwnersEdit>) -> Result<Vec<PartyView>, DbError> {
    let mut found = store::parties(read, grant.scope()).await?;
    found.extend(store::members_without_party(read, grant.scope()).await?);
    Ok(found)
}

/// Says who owns which share of a property; whoever is not named owns none of it from then on.
///
/// # Errors
/// [`OwnersError::NotFound`] outside the scope, [`OwnersError::Invalid`] at `owners` for somebody who is neither a party nor a member.
pub async fn save(
    app: &App,
    grant: &Grant<OwnersEdit>,
    property: PropertyId,
    new: &NewOwners,
) -> Result<(), OwnersError> {
    let mut tx = app.db.begin().await?;
    properties::find(&mut tx, grant, property).await?;
    store::lock(&mut tx, grant.scope(), property).await?;
    let known = parties(&mut tx, grant).await?;
    let mut before: Vec<(PartyId, Share)> = store::of_property(&mut tx, grant.scope(), property)
        .await?
        .into_iter()
        .map(|owner| (owner.party_id, owner.share))
        .collect();
    let mut fields = Vec::new();
    let mut after = Vec::new();
    for (who, share) in &new.0 {
        let (party, renamed) = settle(&mut tx, app, grant, &known, who).await?;
        if renamed {
            fields.push("name");
        }
        after.push((party, *share));
    }
    before.sort_unstable();
    after.sort_unstable();
    if before != after {
        fields.push("owners");
        store::replace(&mut tx, grant.scope(), property, &after).await?;
    }
    if fields.is_empty() {
        return Ok(());
    }
    fields.sort_unstable();
    fields.dedup();
    let subject = audit::Subject::new("property", property.uuid());
    audit::record(&mut tx, &app.env, grant, "owners.property.change", subject, &fields).await?;
    tx.commit().await?;
    Ok(())
}

/// The party that is meant, made or renamed where that was asked for; whether it was renamed.
async fn settle(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<OwnersEdit>,
    known: &[PartyView],
    who: &Who,
) -> Result<(PartyId, bool), OwnersError> {
    let unknown = || OwnersError::Invalid(FieldErrors::one("owners", "choice_unknown"));
    let (name, kind, user) = match who {
        Who::Party(id, name) => {
            let party = known.iter().find(|party| party.id == Some(*id)).ok_or_else(unknown)?;
            let name = name.as_ref().filter(|name| party.user_id.is_none() && **name != party.name);
            if let Some(name) = name {
                store::rename(tx, grant.scope(), *id, name).await?;
            }
            return Ok((*id, name.is_some()));
        }
        Who::Member(user) => {
            let member = known.iter().find(|party| party.id.is_none() && party.user_id == Some(*user));
            (member.ok_or_else(unknown)?.name.as_str(), PartyKind::Person, Some(*user))
        }
        Who::New(name, kind) => (name.as_str(), *kind, None),
    };
    let id = PartyId::new(&app.env);
    store::insert_party(tx, grant.scope(), id, (name, kind, user), app.env.now()).await?;
    Ok((id, false))
}
