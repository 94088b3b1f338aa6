//! Where the bytes are.

use std::{fmt, fs::DirBuilder, io, os::unix::fs::DirBuilderExt as _, path::Path as FsPath, path::PathBuf, sync::Arc};

use futures_util::stream::BoxStream;
use kernel::{Fault, FileId, OrganizationId};
use object_store::{
    ObjectStore, ObjectStoreExt as _, PutPayload, RetryConfig, aws::AmazonS3Builder, local::LocalFileSystem, path::Path,
};

use super::s3::{ClientError, Connector};
use crate::{config, fetcher::FetcherSetupError};

/// Why the storage of files cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum FilesSetupError {
    /// The folder cannot be made.
    #[error("the folder {path} cannot be used: {reason}", path = .path.display())]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// TLS cannot be set up.
    #[error(transparent)]
    Tls(#[from] FetcherSetupError),
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up: {0}")]
    Client(#[from] ClientError),
    /// The storage refuses its settings.
    #[error("the storage of files cannot be set up: {0}")]
    Storage(#[from] object_store::Error),
}

/// A folder or a bucket; cheap to clone.
#[derive(Clone)]
pub(super) struct Storage(Arc<dyn ObjectStore>);

/// The bytes of a file as they arrive.
pub(super) type Bytes = BoxStream<'static, object_store::Result<tokio_util::bytes::Bytes>>;

impl Storage {
    /// What is configured. A folder is made when it is missing; a bucket is not asked.
    pub(super) fn open(data: &config::Data, files: &config::Files) -> Result<Self, FilesSetupError> {
        let Some(bucket) = &files.s3_bucket else { return Self::folder(&data.dir.join("files")) };
        let secret = |key: &Option<config::Secret<String>>| key.as_ref().map(|key| key.expose().clone());
        let mut s3 = AmazonS3Builder::new()
            .with_bucket_name(bucket)
            .with_region(&files.s3_region)
            .with_access_key_id(secret(&files.s3_access_key_id).unwrap_or_default())
            .with_secret_access_key(secret(&files.s3_secret_access_key).unwrap_or_default())
            // Some services of this kind do not know how to delete many at once, and one at a time is what we do.
            .with_disable_bulk_delete(true)
            .with_retry(RetryConfig { max_retries: 3, ..RetryConfig::default() })
            .with_http_connector(Connector::new()?);
        if let Some(endpoint) = &files.s3_endpoint {
            let endpoint_text = endpoint.as_str().trim_end_matches('/');
            s3 = s3.with_endpoint(endpoint_text).with_allow_http(endpoint.scheme() == "http");
        }
        Ok(Self(Arc::new(s3.build()?)))
    }

    fn folder(path: &FsPath) -> Result<Self, FilesSetupError> {
        let failed = |reason| FilesSetupError::Folder { path: path.to_owned(), reason };
        DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(failed)?;
        // Empty folders are removed with their last file. An object is whole on the disk before its row says so.
        let local = LocalFileSystem::new_with_prefix(path)?.with_automatic_cleanup(true).with_fsync(true);
        Ok(Self(Arc::new(local)))
    }

    #[cfg(test)]
    pub(super) fn in_memory() -> Self {
        Self(Arc::new(object_store::memory::InMemory::new()))
    }

    pub(super) async fn put(&self, organization: OrganizationId, id: FileId, bytes: Vec<u8>) -> Result<(), Fault> {
        let put = self.0.put(&place(organization, id), PutPayload::from(bytes)).await;
        put.map(drop).map_err(|error| Fault::new("writing a file", error))
    }

    /// The bytes; `None` when the object is gone.
    pub(super) async fn get(&self, organization: OrganizationId, id: FileId) -> Result<Option<Bytes>, Fault> {
        match self.0.get(&place(organization, id)).await {
            Ok(found) => Ok(Some(found.into_stream())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Fault::new("reading a file", error)),
        }
    }

    /// Deletes an object; one that is gone already counts as deleted.
    pub(super) async fn delete(&self, organization: OrganizationId, id: FileId) -> Result<(), Fault> {
        match self.0.delete(&place(organization, id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Fault::new("deleting a file", error)),
        }
    }

    /// The names and bytes of all objects.
    #[cfg(test)]
    pub(super) async fn everything(&self) -> Vec<(String, Vec<u8>)> {
        use futures_util::TryStreamExt as _;
        let listed: Vec<_> = self.0.list(None).try_collect().await.unwrap();
        let mut all = Vec::new();
        for object in listed {
            let bytes = self.0.get(&object.location).await.unwrap().bytes().await.unwrap();
            all.push((object.location.to_string(), bytes.to_vec()));
        }
        all
    }
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The store's own form would show the bucket's settings.
        write!(f, "{}", self.0)
    }
}

/// The name of an object: the organization's folder, and the file's id.
fn place(organization: OrganizationId, id: FileId) -> Path {
    Path::from_iter([organization.to_string(), id.to_string()])
}
