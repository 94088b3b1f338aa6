//! Use cases of photos.

use std::collections::HashMap;

use db::{DbError, Read};
use kernel::{
    Fault, FieldErrors, Grant, Permission, PhotoId, PropertyId,
    permissions::{PropertiesEdit, PropertiesView},
};
use webkit::WebError;

use super::{Cover, Move, NewFacts, PhotoView, Size, model::moved, store};
use crate::{
    App, audit,
    files::{self, FileView, FilesError, PictureError, ReceivedFile},
    properties::{self, PropertyError},
};

/// The most photos of a property: more than any channel shows.
const MOST: i64 = 100;

/// Why a photo could not be added or changed.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// There is none with this id, or no such property, within the grant's scope.
    #[error("no such photo")]
    NotFound,
    /// What was sent is not accepted. Problems of the file itself are those of the field `photo`.
    #[error("the photo is not accepted: {0:?}")]
    Invalid(FieldErrors),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for PhotoError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<PropertyError> for PhotoError {
    fn from(error: PropertyError) -> Self {
        match error {
            PropertyError::Fault(fault) => Self::Fault(fault),
            _ => Self::NotFound,
        }
    }
}

impl From<PhotoError> for WebError {
    fn from(error: PhotoError) -> Self {
        match error {
            PhotoError::NotFound => Self::not_found(),
            PhotoError::Invalid(errors) => errors.into(),
            PhotoError::Fault(fault) => fault.into(),
        }
    }
}

/// A problem of the file itself.
fn refused(code: &'static str) -> PhotoError {
    PhotoError::Invalid(FieldErrors::one("photo", code))
}

fn subject(id: PhotoId) -> audit::Subject {
    audit::Subject::new("photo", id.uuid())
}

/// Adds a photo after the others of a property.
///
/// # Errors
/// [`PhotoError::NotFound`] for a property outside the scope; [`PhotoError::Invalid`] (`photo`) when it is no picture that is taken
/// (`picture_kind`, `picture_pixels`, `picture_unreadable`), is there already (`photo_twice`), or there is no room for it (`photo_most`,
/// `file_quota`).
pub async fn add(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    received: ReceivedFile,
    facts: &NewFacts,
) -> Result<PhotoId, PhotoError> {
    let source = *received.sha256();
    let room_for = |(count, same): (i64, bool)| match (count, same) {
        (_, true) => Err(refused("photo_twice")),
        (count, _) if count >= MOST => {
            let mut errors = FieldErrors::new();
            errors.add_bound("photo", "photo_most", MOST);
            Err(PhotoError::Invalid(errors))
        }
        _ => Ok(()),
    };
    {
        let mut read = app.db.read().await?;
        properties::find(&mut read, grant, property).await?;
        room_for(store::count(&mut read, grant.scope(), property, &source).await?)?;
    }
    let picture = files::picture(app, received).await.map_err(|error| match error {
        PictureError::Fault(fault) => PhotoError::Fault(fault),
        other => refused(other.code().unwrap_or("picture_unreadable")),
    })?;
    let sizes: Vec<(u32, u32)> = picture.renditions.iter().map(|size| (size.width, size.height)).collect();
    let contents = picture.renditions.into_iter().map(|size| size.content);
    let written = files::write(app, grant, contents).await.map_err(|error| match error {
        FilesError::Quota => refused("file_quota"),
        FilesError::Fault(fault) => PhotoError::Fault(fault),
    })?;
    let sizes: Vec<Size> = sizes
        .into_iter()
        .zip(&written)
        .map(|((width, height), file_id)| Size { width, height, file_id: *file_id })
        .collect();
    let id = PhotoId::new(&app.env);
    let mut tx = app.db.begin().await?;
    // Again: others may have added some while this one was made.
    properties::find(&mut tx, grant, property).await?;
    room_for(store::count(&mut tx, grant.scope(), property, &source).await?)?;
    let row = store::NewRow { id, property, facts, source_sha256: &source, sizes: &sizes };
    store::insert(&mut tx, grant.scope(), &row, app.env.now())
        .await
        .map_err(|error| if error.violates(&store::SOURCE_KEY) { refused("photo_twice") } else { error.into() })?;
    files::settle(&mut tx, grant, &written).await?;
    audit::record(&mut tx, &app.env, grant, "photos.photo.add", subject(id), &[]).await?;
    tx.commit().await?;
    Ok(id)
}

/// The photos of a property within the scope, in their order; empty outside it.
///
/// # Errors
/// When the database fails.
pub async fn list<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    property: PropertyId,
) -> Result<Vec<PhotoView>, DbError> {
    store::of_property(read, grant.scope(), property).await
}

/// A photo within the scope.
///
/// # Errors
/// [`PhotoError::NotFound`] outside it.
pub async fn find<P: Permission>(read: &mut Read, grant: &Grant<P>, id: PhotoId) -> Result<PhotoView, PhotoError> {
    store::find(read, grant.scope(), id).await?.ok_or(PhotoError::NotFound)
}

/// The main photo of a property, when it has one within the scope.
///
/// # Errors
/// When the database fails.
pub async fn main_photo(
    read: &mut Read,
    grant: &Grant<PropertiesView>,
    property: PropertyId,
) -> Result<Option<PhotoView>, DbError> {
    Ok(list(read, grant, property).await?.into_iter().next())
}

/// The main photos of these properties, small.
///
/// # Errors
/// When the database fails.
pub async fn covers<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    properties: &[PropertyId],
) -> Result<HashMap<PropertyId, Cover>, DbError> {
    store::covers(read, grant.scope(), properties).await
}

/// The file of a photo in one of its widths.
///
/// # Errors
/// [`PhotoError::NotFound`] outside the scope, or for another width.
pub async fn file(
    read: &mut Read,
    grant: &Grant<PropertiesView>,
    id: PhotoId,
    width: u32,
) -> Result<FileView, PhotoError> {
    store::file(read, grant.scope(), id, i64::from(width)).await?.ok_or(PhotoError::NotFound)
}

/// Changes what is said of a photo.
///
/// # Errors
/// [`PhotoError::NotFound`] outside the scope.
pub async fn change(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    id: PhotoId,
    facts: &NewFacts,
) -> Result<PhotoView, PhotoError> {
    let mut tx = app.db.begin().await?;
    let before = find(&mut tx, grant, id).await?;
    let changed = [("caption", before.caption != facts.caption), ("room", before.room != facts.room)];
    let fields: Vec<&str> = changed.iter().filter(|(_, changed)| *changed).map(|(field, _)| *field).collect();
    if fields.is_empty() {
        return Ok(before);
    }
    store::update(&mut tx, grant.scope(), id, facts, app.env.now()).await?;
    audit::record(&mut tx, &app.env, grant, "photos.photo.change", subject(id), &fields).await?;
    let after = find(&mut tx, grant, id).await?;
    tx.commit().await?;
    Ok(after)
}

/// Moves a photo among those of its property; answers the property.
///
/// # Errors
/// [`PhotoError::NotFound`] outside the scope.
pub async fn place(app: &App, grant: &Grant<PropertiesEdit>, id: PhotoId, to: Move) -> Result<PropertyId, PhotoError> {
    let mut tx = app.db.begin().await?;
    let property = find(&mut tx, grant, id).await?.property_id;
    let order: Vec<PhotoId> = list(&mut tx, grant, property).await?.iter().map(|photo| photo.id).collect();
    for (position, id) in (1..).zip(moved(order, id, to)) {
        store::set_position(&mut tx, grant.scope(), id, position).await?;
    }
    audit::record(&mut tx, &app.env, grant, "photos.photo.order", subject(id), &["position"]).await?;
    tx.commit().await?;
    Ok(property)
}

/// Puts the photos of a property in this order. Those that are not named, such as one that was added meanwhile, come after the others; those
/// that are not there any more are passed over.
///
/// # Errors
/// [`PhotoError::NotFound`] for a property outside the scope.
pub async fn put_in_order(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    order: &[PhotoId],
) -> Result<Vec<PhotoView>, PhotoError> {
    let mut tx = app.db.begin().await?;
    properties::find(&mut tx, grant, property).await?;
    let mut photos = list(&mut tx, grant, property).await?;
    let place = |photo: &PhotoView| order.iter().position(|id| *id == photo.id).unwrap_or(order.len());
    photos.sort_by_key(place);
    for (position, photo) in (1..).zip(&photos) {
        store::set_position(&mut tx, grant.scope(), photo.id, position).await?;
    }
    let subject = audit::Subject::new("property", property.uuid());
    audit::record(&mut tx, &app.env, grant, "photos.photo.order", subject, &["position"]).await?;
    tx.commit().await?;
    Ok(photos)
}

/// Deletes a photo with its files; answers it as it was.
///
/// # Errors
/// [`PhotoError::NotFound`] outside the scope.
pub async fn remove(app: &App, grant: &Grant<PropertiesEdit>, id: PhotoId) -> Result<PhotoView, PhotoError> {
    let mut tx = app.db.begin().await?;
    let photo = find(&mut tx, grant, id).await?;
    let files = store::delete(&mut tx, grant.scope(), id).await?;
    files::release(&mut tx, &app.env, grant, &files).await?;
    audit::record(&mut tx, &app.env, grant, "photos.photo.delete", subject(id), &[]).await?;
    tx.commit().await?;
    Ok(photo)
}
