//! Use cases of files. Other features call them; nobody has a page of files.

use std::{fmt, sync::Arc};

use chrono::TimeDelta;
use db::{DbError, Tx};
use jobs::NewJob;
use kernel::{Env, Fault, FileId, Grant, OrganizationId, Permission};
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use super::{
    Content, FileView, Picture, PictureError, ReceivedFile,
    jobs::Tidy,
    model::FileState,
    picture as pictures,
    storage::{self, FilesSetupError, Storage},
    store::{self, NewRow},
};
use crate::{App, config::Config};

/// A file whose writing began so long ago is not being written any more: no request takes that long.
const GIVEN_UP_AFTER: TimeDelta = TimeDelta::hours(1);
/// Files that are deleted before the queue is asked again.
const AT_ONCE: i64 = 200;

/// The storage of files, and what may be done there at once. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    storage: Storage,
    pictures: Arc<Semaphore>,
    quota: i64,
}

impl Files {
    /// What is configured. A bucket is not asked whether it is there.
    ///
    /// # Errors
    /// When the folder cannot be made, or TLS cannot be set up.
    pub fn open(config: &Config) -> Result<Self, FilesSetupError> {
        Ok(Self::over(Storage::open(&config.data, &config.files)?, config))
    }

    /// Files that end with the process.
    #[cfg(test)]
    pub(crate) fn in_memory(config: &Config) -> Self {
        Self::over(Storage::in_memory(), config)
    }

    fn over(storage: Storage, config: &Config) -> Self {
        let quota = i64::try_from(config.files.quota.get()).unwrap_or(i64::MAX);
        Self { storage, pictures: Arc::new(Semaphore::new(config.files.parallel_pictures.get())), quota }
    }

    /// The bytes of a file as they arrive; `None` when its object is gone.
    pub(super) async fn read(&self, file: &FileView) -> Result<Option<storage::Bytes>, Fault> {
        self.storage.get(file.organization_id, file.id).await
    }

    /// The names and bytes of all objects.
    #[cfg(test)]
    pub(crate) async fn everything(&self) -> Vec<(String, Vec<u8>)> {
        self.storage.everything().await
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Files").field("storage", &self.storage).finish_non_exhaustive()
    }
}

/// Why a file could not be stored.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The organization keeps as much as it may.
    #[error("the organization keeps as much as it may")]
    Quota,
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for FilesError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

/// Makes a picture's sizes from what was sent: few at a time, beside the threads that answer requests. It is finished even when the client
/// hangs up, so that whoever sends many does not get past the bound.
///
/// # Errors
/// [`PictureError`].
pub async fn picture(app: &App, received: ReceivedFile) -> Result<Picture, PictureError> {
    let permit = app.files.pictures.clone().acquire_owned().await;
    let permit = permit.map_err(|error| Fault::new("waiting to decode a picture", error))?;
    let made = tokio::task::spawn_blocking(move || {
        let made = pictures::make(received.file);
        drop(permit);
        made
    });
    made.await.unwrap_or_else(|error| {
        // A decoder that gives up so was given something that is none of its pictures.
        tracing::warn!(error = %error, "a picture's decoder panicked");
        Err(PictureError::Unreadable)
    })
}

/// Writes files that are to be stored together, and answers their ids in the same order. Nothing refers to them yet: [`settle`] them within
/// the hour, or they are deleted.
///
/// # Errors
/// [`FilesError::Quota`]; when the storage fails.
pub async fn write<P: Permission>(
    app: &App,
    grant: &Grant<P>,
    contents: impl IntoIterator<Item = Content>,
) -> Result<Vec<FileId>, FilesError> {
    let (mut rows, mut all) = (Vec::new(), Vec::new());
    for content in contents {
        rows.push(NewRow {
            id: FileId::new(&app.env),
            media_type: content.media_type,
            sha256: Sha256::digest(&content.bytes).into(),
            size_bytes: i64::try_from(content.bytes.len()).unwrap_or(i64::MAX),
        });
        all.push(content.bytes);
    }
    let mut tx = app.db.begin().await?;
    let kept = store::bytes_kept(&mut tx, grant.scope()).await?;
    if rows.iter().fold(kept, |sum, row| sum.saturating_add(row.size_bytes)) > app.files.quota {
        return Err(FilesError::Quota);
    }
    store::insert(&mut tx, grant.scope(), grant.user_id(), &rows, app.env.now()).await?;
    tx.commit().await?;
    let ids: Vec<FileId> = rows.iter().map(|row| row.id).collect();
    for (id, bytes) in ids.iter().zip(all) {
        app.files.storage.put(grant.organization_id(), *id, bytes).await?;
    }
    Ok(ids)
}

/// Keeps files that were written, in the transaction that refers to them.
///
/// # Errors
/// When one of them was given up meanwhile, or the database fails.
pub async fn settle<P: Permission>(tx: &mut Tx, grant: &Grant<P>, ids: &[FileId]) -> Result<(), Fault> {
    for id in ids {
        if !store::change_state(tx, grant.scope(), *id, FileState::Pending, FileState::Stored).await? {
            return Err(Fault::invariant("a file was given up before it was referred to"));
        }
    }
    Ok(())
}

/// Gives files up, in the transaction that no longer refers to them. A job deletes them.
///
/// # Errors
/// When the database fails.
pub async fn release<P: Permission>(tx: &mut Tx, env: &Env, grant: &Grant<P>, ids: &[FileId]) -> Result<(), Fault> {
    for id in ids {
        store::change_state(tx, grant.scope(), *id, FileState::Stored, FileState::Removed).await?;
    }
    jobs::enqueue(tx, env, NewJob::of(&Tidy {}).dedupe("")).await.map(drop)
}

/// Deletes what nothing refers to; again and again until there is nothing left.
pub(super) async fn tidy(app: &App) -> Result<(), Fault> {
    loop {
        let before = app.env.now() - GIVEN_UP_AFTER;
        let found = store::unsettled(&mut app.db.read().await?, before, AT_ONCE).await?;
        for (organization, id) in &found {
            delete(app, *organization, *id).await?;
        }
        if found.len() < usize::try_from(AT_ONCE).unwrap_or(0) {
            return Ok(());
        }
    }
}

async fn delete(app: &App, organization: OrganizationId, id: FileId) -> Result<(), Fault> {
    // Given up first: whoever is about to refer to it after all is told so.
    let mut tx = app.db.begin().await?;
    let given_up = store::give_up(&mut tx, organization, id).await?;
    tx.commit().await?;
    if given_up {
        app.files.storage.delete(organization, id).await?;
        let mut tx = app.db.begin().await?;
        store::forget(&mut tx, organization, id).await?;
        tx.commit().await?;
    }
    Ok(())
}
