//! Use cases of accounts with suppliers.

use db::{DbError, Read};
use kernel::{FieldErrors, Grant, PropertyId, UtilityId, permissions::PropertiesEdit};

use super::{
    super::{
        PropertyError,
        service::{begin_change, end_change},
    },
    model::{MOST_UTILITIES, NewUtility, UtilityView},
    store,
};
use crate::App;

/// The accounts of a property within the scope, by kind; empty outside it. Their numbers are for those who may change the property.
///
/// # Errors
/// When the database fails.
pub async fn list(
    read: &mut Read,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
) -> Result<Vec<UtilityView>, DbError> {
    let mut all = store::list(read, grant.scope(), property).await?;
    all.sort_by_key(|utility| utility.facts.kind);
    Ok(all)
}

/// An account of a property within the scope.
///
/// # Errors
/// [`PropertyError::NotFound`] outside it.
pub async fn find(
    read: &mut Read,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    id: UtilityId,
) -> Result<UtilityView, PropertyError> {
    let all = list(read, grant, property).await?;
    all.into_iter().find(|known| known.id == id).ok_or(PropertyError::NotFound)
}

/// Adds an account.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope, [`PropertyError::Invalid`] when the property has as many as it may.
pub async fn add(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    new: NewUtility,
) -> Result<UtilityView, PropertyError> {
    let utility = UtilityView { id: UtilityId::new(&app.env), facts: new };
    let mut tx = begin_change(app, grant, property).await?;
    if store::list(&mut tx, grant.scope(), property).await?.len() >= MOST_UTILITIES {
        let mut errors = FieldErrors::new();
        errors.add_bound("", "too_many", MOST_UTILITIES);
        return Err(errors.into());
    }
    store::insert(&mut tx, grant.organization_id(), property, &utility).await?;
    end_change(app, grant, tx, "properties.utility.add", property, &["utilities"]).await?;
    Ok(utility)
}

/// Replaces what is known of an account.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn change(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    id: UtilityId,
    new: &NewUtility,
) -> Result<(), PropertyError> {
    let mut tx = begin_change(app, grant, property).await?;
    let fields = find(&mut tx, grant, property, id).await?.facts.changed_fields(new);
    if fields.is_empty() {
        return Ok(());
    }
    store::update(&mut tx, grant.organization_id(), id, new).await?;
    end_change(app, grant, tx, "properties.utility.change", property, &fields).await
}

/// Removes an account.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn remove(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    id: UtilityId,
) -> Result<(), PropertyError> {
    let mut tx = begin_change(app, grant, property).await?;
    find(&mut tx, grant, property, id).await?;
    store::remove(&mut tx, grant.organization_id(), id).await?;
    end_change(app, grant, tx, "properties.utility.remove", property, &["utilities"]).await
}
