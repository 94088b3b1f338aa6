//! Use cases of collections of waste.

use db::{DbError, Read};
use kernel::{FieldErrors, Grant, Permission, PropertyId, WasteId, permissions::PropertiesEdit};

use super::{
    super::{
        PropertyError,
        service::{begin_change, end_change},
    },
    model::{MOST_WASTE, NewWaste, WasteView},
    store,
};
use crate::App;

/// The collections of a property within the scope; empty outside it.
///
/// # Errors
/// When the database fails.
pub async fn list<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    property: PropertyId,
) -> Result<Vec<WasteView>, DbError> {
    store::list(read, grant.scope(), property).await
}

/// A collection of a property within the scope.
///
/// # Errors
/// [`PropertyError::NotFound`] outside it.
pub async fn find<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    property: PropertyId,
    id: WasteId,
) -> Result<WasteView, PropertyError> {
    let all = list(read, grant, property).await?;
    all.into_iter().find(|known| known.id == id).ok_or(PropertyError::NotFound)
}

/// Adds a collection.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope, [`PropertyError::Invalid`] when the property has as many as it may.
pub async fn add(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    new: NewWaste,
) -> Result<WasteView, PropertyError> {
    let waste = WasteView { id: WasteId::new(&app.env), facts: new };
    let mut tx = begin_change(app, grant, property).await?;
    if store::list(&mut tx, grant.scope(), property).await?.len() >= MOST_WASTE {
        let mut errors = FieldErrors::new();
        errors.add_bound("", "too_many", MOST_WASTE);
        return Err(errors.into());
    }
    store::insert(&mut tx, grant.organization_id(), property, &waste).await?;
    end_change(app, grant, tx, "properties.waste.add", property, &["waste"]).await?;
    Ok(waste)
}

/// Replaces what is known of a collection.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn change(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    id: WasteId,
    new: &NewWaste,
) -> Result<(), PropertyError> {
    let mut tx = begin_change(app, grant, property).await?;
    let fields = find(&mut tx, grant, property, id).await?.facts.changed_fields(new);
    if fields.is_empty() {
        return Ok(());
    }
    store::update(&mut tx, grant.organization_id(), id, new).await?;
    end_change(app, grant, tx, "properties.waste.change", property, &fields).await
}

/// Removes a collection.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn remove(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    id: WasteId,
) -> Result<(), PropertyError> {
    let mut tx = begin_change(app, grant, property).await?;
    find(&mut tx, grant, property, id).await?;
    store::remove(&mut tx, grant.organization_id(), id).await?;
    end_change(app, grant, tx, "properties.waste.remove", property, &["waste"]).await
}
