//! Use cases of properties.

use db::{DbError, Read, Tx};
use kernel::{
    Cursor, Fault, FieldErrors, Grant, Instant, Limit, Page, Permission, PropertyId, Rows, UnitId,
    permissions::{PropertiesCreate, PropertiesDelete, PropertiesEdit, PropertiesView},
};

use webkit::WebError;

use super::{NewProperty, PropertyFilter, PropertyView, UnitView, store};
use crate::{App, audit, today::Today, ui::PropertyColour};

/// Why a property could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum PropertyError {
    /// There is none with this id within the grant's scope.
    #[error("no such property")]
    NotFound,
    /// It cannot be archived: so many stays are still to end.
    #[error("{0} stays are still to end")]
    StaysAhead(i64),
    /// Something about the input.
    #[error("the input is not valid")]
    Invalid(FieldErrors),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for PropertyError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<FieldErrors> for PropertyError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl From<PropertyError> for WebError {
    fn from(error: PropertyError) -> Self {
        match error {
            PropertyError::NotFound => Self::not_found(),
            PropertyError::StaysAhead(count) => {
                Self::conflict("stays_ahead").detail(format!("{count} stays are still to end"))
            }
            PropertyError::Invalid(errors) => Self::invalid(&errors),
            PropertyError::Fault(fault) => fault.into(),
        }
    }
}

fn subject(id: PropertyId) -> audit::Subject {
    audit::Subject::new("property", id.uuid())
}

/// Begins a change of a part of a property. Whoever changes the same property waits until this change is done.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub(super) async fn begin_change(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    id: PropertyId,
) -> Result<Tx, PropertyError> {
    let mut tx = app.db.begin().await?;
    if !store::touch(&mut tx, grant.scope(), id, app.env.now()).await? {
        return Err(PropertyError::NotFound);
    }
    Ok(tx)
}

/// Ends what [`begin_change`] began, with its audit entry; of the values only the fields' names are kept.
///
/// # Errors
/// When the database fails.
pub(super) async fn end_change(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    mut tx: Tx,
    action: &'static str,
    id: PropertyId,
    fields: &[&'static str],
) -> Result<(), PropertyError> {
    audit::record(&mut tx, &app.env, grant, action, subject(id), fields).await?;
    tx.commit().await?;
    Ok(())
}

/// Adds a property with its unit for the whole. What an owner adds is theirs alone.
///
/// # Errors
/// When the database fails.
pub async fn create(
    app: &App,
    grant: &Grant<PropertiesCreate>,
    new: &NewProperty,
) -> Result<PropertyId, PropertyError> {
    create_as(app, grant, PropertyId::new(&app.env), new).await
}

/// As [`create`], with an id that was chosen before, so that a form that is sent twice adds one property.
///
/// # Errors
/// [`PropertyError::NotFound`] when the id is that of a property outside the scope.
pub(super) async fn create_as(
    app: &App,
    grant: &Grant<PropertiesCreate>,
    id: PropertyId,
    new: &NewProperty,
) -> Result<PropertyId, PropertyError> {
    let mut tx = app.db.begin().await?;
    let (organization, unit) = (grant.organization_id(), UnitId::new(&app.env));
    let taken = |error: DbError| if error.violates(&store::ID_TAKEN) { PropertyError::NotFound } else { error.into() };
    store::insert(&mut tx, organization, id, unit, new, app.env.now()).await.map_err(taken)?;
    if let Rows::OwnedBy(_) = grant.scope().rows() {
        store::own(&mut tx, grant.scope(), id).await?;
    }
    audit::record(&mut tx, &app.env, grant, "properties.property.create", subject(id), &[]).await?;
    tx.commit().await?;
    Ok(id)
}

/// The colour that the fewest properties of the organization have: one recognises them by it.
///
/// # Errors
/// When the database fails.
pub(super) async fn free_colour(read: &mut Read, grant: &Grant<PropertiesCreate>) -> Result<PropertyColour, DbError> {
    let known = store::colours(read, grant.scope()).await?;
    let with = |colour: PropertyColour| known.iter().find(|(known, _)| *known == colour).map_or(0, |(_, count)| *count);
    let usual = std::iter::once(PropertyColour::Teal).chain(PropertyColour::ALL.iter().copied());
    Ok(usual.min_by_key(|colour| with(*colour)).unwrap_or(PropertyColour::Teal))
}

/// Replaces what is known of a property.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn change(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    id: PropertyId,
    new: &NewProperty,
) -> Result<(), PropertyError> {
    let mut tx = app.db.begin().await?;
    let before = store::find(&mut tx, grant.scope(), id).await?.ok_or(PropertyError::NotFound)?;
    let fields = before.facts.changed_fields(new);
    if fields.is_empty() {
        return Ok(());
    }
    store::update(&mut tx, grant.scope(), id, new, app.env.now()).await?;
    audit::record(&mut tx, &app.env, grant, "properties.property.change", subject(id), &fields).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts a property away. Its history stays; its calendars are no longer fetched.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope, [`PropertyError::StaysAhead`] while a live stay is still to end.
pub async fn archive(app: &App, grant: &Grant<PropertiesDelete>, id: PropertyId) -> Result<(), PropertyError> {
    let mut tx = app.db.begin().await?;
    let property = store::find(&mut tx, grant.scope(), id).await?.ok_or(PropertyError::NotFound)?;
    if property.archived_at.is_some() {
        return Ok(());
    }
    let today = property.facts.zone.date_of(app.env.now());
    let ahead = store::stays_ending_after(&mut tx, grant.scope(), id, today).await?;
    if ahead > 0 {
        return Err(PropertyError::StaysAhead(ahead));
    }
    store::set_archived(&mut tx, grant.scope(), id, Some(app.env.now()), app.env.now()).await?;
    audit::record(&mut tx, &app.env, grant, "properties.property.archive", subject(id), &["archived_at"]).await?;
    tx.commit().await?;
    Ok(())
}

/// Brings an archived property back.
///
/// # Errors
/// [`PropertyError::NotFound`] outside the scope.
pub async fn restore(app: &App, grant: &Grant<PropertiesDelete>, id: PropertyId) -> Result<(), PropertyError> {
    let mut tx = app.db.begin().await?;
    if !store::set_archived(&mut tx, grant.scope(), id, None, app.env.now()).await? {
        return Err(PropertyError::NotFound);
    }
    audit::record(&mut tx, &app.env, grant, "properties.property.restore", subject(id), &["archived_at"]).await?;
    tx.commit().await?;
    Ok(())
}

/// A property within the scope.
///
/// # Errors
/// [`PropertyError::NotFound`] outside it.
pub async fn find<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    id: PropertyId,
) -> Result<PropertyView, PropertyError> {
    store::find(read, grant.scope(), id).await?.ok_or(PropertyError::NotFound)
}

/// A page of the properties within the scope, by name.
///
/// # Errors
/// When the database fails.
pub async fn list(
    read: &mut Read,
    grant: &Grant<PropertiesView>,
    filter: PropertyFilter,
    after: Option<&Cursor>,
    limit: Limit,
) -> Result<Page<PropertyView>, DbError> {
    store::list(read, grant.scope(), filter, after, limit).await
}

/// Every unit in use of properties in use within the scope, by property; for choosing one.
///
/// # Errors
/// When the database fails.
pub async fn units<P: Permission>(read: &mut Read, grant: &Grant<P>) -> Result<Vec<UnitView>, DbError> {
    store::units(read, grant.scope()).await
}

/// The units of a property within the scope, the whole first, retired ones too; empty outside it.
///
/// # Errors
/// When the database fails.
pub async fn units_of<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    property: PropertyId,
) -> Result<Vec<UnitView>, DbError> {
    store::units_of(read, grant.scope(), property).await
}

/// Those of these units that are within the scope, in no order.
///
/// # Errors
/// When the database fails.
pub async fn units_of_ids<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    units: &[UnitId],
) -> Result<Vec<UnitView>, DbError> {
    store::units_of_ids(read, grant.scope(), units).await
}

/// A unit within the scope.
///
/// # Errors
/// When the database fails.
pub async fn unit<P: Permission>(read: &mut Read, grant: &Grant<P>, id: UnitId) -> Result<Option<UnitView>, DbError> {
    store::unit(read, grant.scope(), id).await
}

/// What day it is at each of the organization's properties.
///
/// # Errors
/// When the database fails.
pub(crate) async fn today<P: Permission>(read: &mut Read, grant: &Grant<P>, now: Instant) -> Result<Today, DbError> {
    Ok(Today::of(&store::zones(read, grant.scope()).await?, now))
}
