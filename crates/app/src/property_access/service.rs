//! Use cases of access facts.

use db::Read;
use kernel::{
    Fault, Grant, Permission, PropertyId,
    permissions::{LogsView, PropertySecretsEdit, PropertySecretsView},
};

use super::{
    AccessFact, Change, FactValue, FactView, NewAccess,
    store::{self, Stored},
};
use crate::{
    App,
    audit::{self, AuditEntry},
    config::Secret,
    properties::{self, PropertyError},
    secrets::{KeyRing, OpenError},
};

/// The audit entry of each look at secrets.
pub(super) const REVEALED: &str = "property_access.secrets.reveal";
/// How many looks are told.
const MOST_LOOKS: u32 = 5;

fn subject(property: PropertyId) -> audit::Subject {
    audit::Subject::new("property", property.uuid())
}

fn open(keys: &KeyRing, stored: &Stored) -> FactValue {
    match keys.open_sealed(&stored.fact.purpose(), &stored.sealed).map(String::from_utf8) {
        Ok(Ok(text)) => FactValue::Shown(Secret::new(text)),
        Err(OpenError::UnknownKey) => FactValue::Unreadable,
        Ok(Err(_)) | Err(OpenError::NotAuthentic) => {
            tracing::error!(fact = %stored.fact, "a stored access fact is not authentic");
            FactValue::Unreadable
        }
    }
}

/// Every fact, in the order of [`AccessFact`].
fn told(keys: &KeyRing, stored: &[Stored], with_secrets: bool) -> Vec<FactView> {
    let view = |fact: &AccessFact| {
        let row = stored.iter().find(|row| row.fact == *fact);
        let value = match row {
            None => FactValue::Unset,
            Some(_) if fact.is_secret() && !with_secrets => FactValue::Hidden,
            Some(row) => open(keys, row),
        };
        FactView { fact: *fact, value, updated_at: row.map(|row| row.updated_at) }
    };
    AccessFact::ALL.iter().map(view).collect()
}

/// What is known of a property; secrets are hidden.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn facts<P: Permission>(
    app: &App,
    read: &mut Read,
    grant: &Grant<P>,
    property: PropertyId,
) -> Result<Vec<FactView>, PropertyError> {
    properties::find(read, grant, property).await?;
    let stored = store::of_property(read, grant.organization_id(), property).await?;
    Ok(told(&app.keys, &stored, false))
}

/// The same with the secrets. Who looked is written down with it.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn reveal(
    app: &App,
    grant: &Grant<PropertySecretsView>,
    property: PropertyId,
) -> Result<Vec<FactView>, PropertyError> {
    let mut tx = app.db.begin().await?;
    properties::find(&mut tx, grant, property).await?;
    let stored = store::of_property(&mut tx, grant.organization_id(), property).await?;
    let views = told(&app.keys, &stored, true);
    let seen: Vec<&str> = views
        .iter()
        .filter(|view| view.fact.is_secret() && view.value.shown().is_some())
        .map(|view| view.fact.as_str())
        .collect();
    if !seen.is_empty() {
        audit::record(&mut tx, &app.env, grant, REVEALED, subject(property), &seen).await?;
        tx.commit().await?;
    }
    Ok(views)
}

/// Who last looked at the secrets of a property that the caller has found within the scope, newest first.
///
/// # Errors
/// When the database fails.
pub async fn looks(
    read: &mut Read,
    grant: &Grant<LogsView>,
    property: PropertyId,
) -> Result<Vec<AuditEntry>, db::DbError> {
    audit::latest(read, grant.scope(), property.uuid(), REVEALED, MOST_LOOKS).await
}

/// Changes facts. One that is set to what it was already is left alone.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn change(
    app: &App,
    grant: &Grant<PropertySecretsEdit>,
    property: PropertyId,
    new: &NewAccess,
) -> Result<(), PropertyError> {
    let (organization, now) = (grant.organization_id(), app.env.now());
    let mut tx = app.db.begin().await?;
    properties::find(&mut tx, grant, property).await?;
    let before = told(&app.keys, &store::of_property(&mut tx, organization, property).await?, true);
    let mut changed = Vec::new();
    for (fact, change) in &new.0 {
        let Some(old) = before.iter().find(|view| view.fact == *fact) else { continue };
        match change {
            Change::Set(value) if old.value.shown() == Some(value.expose()) => continue,
            Change::Clear if matches!(old.value, FactValue::Unset) => continue,
            Change::Set(value) => {
                let sealed = app.keys.seal(&fact.purpose(), value.expose().as_bytes(), &app.env);
                let sealed = sealed.map_err(|error| Fault::new("sealing an access fact", error))?;
                store::set(&mut tx, organization, property, *fact, &sealed, now).await?;
            }
            Change::Clear => store::clear(&mut tx, organization, property, *fact).await?,
        }
        changed.push(fact.as_str());
    }
    if changed.is_empty() {
        return Ok(());
    }
    audit::record(&mut tx, &app.env, grant, "property_access.facts.change", subject(property), &changed).await?;
    tx.commit().await?;
    Ok(())
}
