//! Use cases of amenities.

use db::Read;
use kernel::{Grant, Permission, PropertyId, permissions::PropertiesEdit};

use super::{
    super::{
        PropertyError,
        service::{begin_change, end_change},
    },
    model::Amenities,
    store,
};
use crate::App;

/// The amenities of a property within the scope.
///
/// # Errors
/// [`PropertyError::NotFound`] outside it.
pub async fn find<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    id: PropertyId,
) -> Result<Amenities, PropertyError> {
    store::find(read, grant.scope(), id).await?.ok_or(PropertyError::NotFound)
}

/// Replaces the amenities of a property.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn replace(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    id: PropertyId,
    new: &Amenities,
) -> Result<(), PropertyError> {
    let mut tx = begin_change(app, grant, id).await?;
    let fields = find(&mut tx, grant, id).await?.changed_fields(new);
    if fields.is_empty() {
        return Ok(());
    }
    store::replace(&mut tx, grant.organization_id(), id, new).await?;
    end_change(app, grant, tx, "properties.amenities.change", id, &fields).await
}
