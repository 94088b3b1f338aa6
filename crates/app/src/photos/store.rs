//! Storage of photos.

use std::collections::HashMap;

use db::{Constraint, DbError, Ids, Insert, Read, Row, Tx, row, sql, sql_of_ids};
use kernel::{FileId, Instant, PhotoId, PropertyId, Scope};

use super::{Cover, NewFacts, PhotoView, Size};
use crate::{access::property_scope, files::FileView};

/// The same picture twice at a property.
pub(super) const SOURCE_KEY: Constraint =
    Constraint::unique("photo_source_key", "photo", &["organization_id", "property_id", "source_sha256"]);

/// A photo's own row.
pub(super) struct NewRow<'a> {
    pub(super) id: PhotoId,
    pub(super) property: PropertyId,
    pub(super) facts: &'a NewFacts,
    pub(super) source_sha256: &'a [u8; 32],
    pub(super) sizes: &'a [Size],
}

macro_rules! photos {
    ($condition:literal) => {
        concat!(
            "SELECT p.id, p.property_id, p.caption, p.room, p.created_at, f.width, f.height, f.file_id FROM photo p JOIN photo_file f \
             ON f.organization_id = $1 AND f.photo_id = p.id WHERE p.organization_id = $1 AND ",
            property_scope!("p.property_id"),
            $condition
        )
    };
}

/// One photo for all of its rows, one for each size.
fn grouped(rows: Vec<(PhotoView, Size)>) -> Vec<PhotoView> {
    let mut photos: Vec<PhotoView> = Vec::new();
    for (photo, size) in rows {
        match photos.last_mut() {
            Some(last) if last.id == photo.id => last.sizes.push(size),
            _ => photos.push(PhotoView { sizes: vec![size], ..photo }),
        }
    }
    photos
}

fn photo(row: &Row) -> Result<(PhotoView, Size), DbError> {
    let view = PhotoView {
        id: row.get("id")?,
        property_id: row.get("property_id")?,
        caption: row.get("caption")?,
        room: row.get("room")?,
        created_at: row.get("created_at")?,
        sizes: Vec::new(),
    };
    Ok((view, Size { width: row.get("width")?, height: row.get("height")?, file_id: row.get("file_id")? }))
}

pub(super) async fn of_property(
    read: &mut Read,
    scope: &Scope,
    property: PropertyId,
) -> Result<Vec<PhotoView>, DbError> {
    let rows = sql!(photos!(" AND p.property_id = $4 ORDER BY p.position, p.id, f.width"))
        .query()
        .bind_scope(scope)
        .bind(property)
        .fetch_all(read, photo)
        .await?;
    Ok(grouped(rows))
}

pub(super) async fn find(read: &mut Read, scope: &Scope, id: PhotoId) -> Result<Option<PhotoView>, DbError> {
    let rows = sql!(photos!(" AND p.id = $4 ORDER BY f.width"))
        .query()
        .bind_scope(scope)
        .bind(id)
        .fetch_all(read, photo)
        .await?;
    Ok(grouped(rows).pop())
}

/// The main photo of each of these properties that has one, in its smallest size.
pub(super) async fn covers(
    read: &mut Read,
    scope: &Scope,
    properties: &[PropertyId],
) -> Result<HashMap<PropertyId, Cover>, DbError> {
    let rows = sql_of_ids!(
        ["SELECT p.property_id, p.id, p.caption, f.width, f.height FROM photo p JOIN photo_file f \
          ON f.organization_id = $1 AND f.photo_id = p.id WHERE p.organization_id = $1 AND ",
         property_scope!("p.property_id"),
         " AND p.id = (SELECT m.id FROM photo m WHERE m.organization_id = $1 AND m.property_id = p.property_id \
          ORDER BY m.position, m.id LIMIT 1) \
          AND f.width = (SELECT min(s.width) FROM photo_file s WHERE s.organization_id = $1 AND s.photo_id = p.id) \
          AND p.property_id IN "] "$4" []
    )
    .query()
    .bind_scope(scope)
    .bind(properties.iter().copied().collect::<Ids>())
    .fetch_all(read, |row| {
        let cover = Cover {
            id: row.get("id")?,
            caption: row.get("caption")?,
            width: row.get("width")?,
            height: row.get("height")?,
        };
        Ok((row.get("property_id")?, cover))
    })
    .await?;
    Ok(rows.into_iter().collect())
}

/// The file of a photo in a width.
pub(super) async fn file(read: &mut Read, scope: &Scope, id: PhotoId, width: i64) -> Result<Option<FileView>, DbError> {
    sql!(
        "SELECT b.id, b.media_type, b.sha256, b.size_bytes FROM photo p \
         JOIN photo_file f ON f.organization_id = $1 AND f.photo_id = p.id AND f.width = $5 \
         JOIN file b ON b.organization_id = $1 AND b.id = f.file_id \
         WHERE p.organization_id = $1 AND p.id = $4 AND ",
        property_scope!("p.property_id")
    )
    .query()
    .bind_scope(scope)
    .bind(id)
    .bind(width)
    .fetch_optional(read, |row| {
        Ok(FileView {
            organization_id: scope.organization_id(),
            id: row.get("id")?,
            media_type: row.get("media_type")?,
            sha256: row.get("sha256")?,
            size_bytes: row.get("size_bytes")?,
        })
    })
    .await
}

/// How many photos a property has, and whether this picture is one of them.
pub(super) async fn count(
    read: &mut Read,
    scope: &Scope,
    property: PropertyId,
    source_sha256: &[u8; 32],
) -> Result<(i64, bool), DbError> {
    sql!(
        "SELECT count(*) AS n, CAST(coalesce(sum(CASE WHEN source_sha256 = $3 THEN 1 ELSE 0 END), 0) AS BIGINT) AS same \
         FROM photo WHERE organization_id = $1 AND property_id = $2"
    )
    .bind(scope.organization_id())
    .bind(property)
    .bind(&source_sha256[..])
    .fetch_one(read, |row| Ok((row.get("n")?, row.get::<i64>("same")? > 0)))
    .await
}

/// Adds a photo after the others.
pub(super) async fn insert(tx: &mut Tx, scope: &Scope, new: &NewRow<'_>, now: Instant) -> Result<(), DbError> {
    sql!(
        "INSERT INTO photo (organization_id, id, property_id, position, caption, room, source_sha256, created_at, updated_at) \
         SELECT $1, $2, $3, coalesce(max(position), 0) + 1, $4, $5, $6, $7, $7 FROM photo WHERE organization_id = $1 AND property_id = $3"
    )
    .bind(scope.organization_id())
    .bind(new.id)
    .bind(new.property)
    .bind(&new.facts.caption)
    .bind(&new.facts.room)
    .bind(&new.source_sha256[..])
    .bind(now)
    .execute(tx)
    .await?;
    Insert::into("photo_file", ["organization_id", "photo_id", "width", "height", "file_id"])
        .rows(new.sizes.iter().map(|size| {
            row![scope.organization_id(), new.id, i64::from(size.width), i64::from(size.height), size.file_id]
        }))
        .execute(tx)
        .await?;
    Ok(())
}

pub(super) async fn update(
    tx: &mut Tx,
    scope: &Scope,
    id: PhotoId,
    facts: &NewFacts,
    now: Instant,
) -> Result<(), DbError> {
    sql!("UPDATE photo SET caption = $3, room = $4, updated_at = $5 WHERE organization_id = $1 AND id = $2")
        .bind(scope.organization_id())
        .bind(id)
        .bind(&facts.caption)
        .bind(&facts.room)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

pub(super) async fn set_position(tx: &mut Tx, scope: &Scope, id: PhotoId, position: i64) -> Result<(), DbError> {
    sql!("UPDATE photo SET position = $3 WHERE organization_id = $1 AND id = $2 AND position <> $3")
        .bind(scope.organization_id())
        .bind(id)
        .bind(position)
        .execute(tx)
        .await?;
    Ok(())
}

pub(super) async fn delete(tx: &mut Tx, scope: &Scope, id: PhotoId) -> Result<Vec<FileId>, DbError> {
    let files = sql!("DELETE FROM photo_file WHERE organization_id = $1 AND photo_id = $2 RETURNING file_id")
        .bind(scope.organization_id())
        .bind(id)
        .returning(tx, |row| row.get("file_id"))
        .await?;
    sql!("DELETE FROM photo WHERE organization_id = $1 AND id = $2")
        .bind(scope.organization_id())
        .bind(id)
        .execute(tx)
        .await?;
    Ok(files)
}
