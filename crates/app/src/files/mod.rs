//! Files that people send, kept out of the database: in a folder or in an S3 bucket.
//!
//! - A row of `file` is there from before its object is written until after it was deleted: [`write`] notes a file as pending, [`settle`]
//!   makes it stored in the transaction of what refers to it, [`release`] gives it up in the transaction that no longer does. A job deletes
//!   what was given up, and what a crash left pending; so no object is ever without its row.
//! - Nobody asks for a file by its own id: the feature that it belongs to finds it within the scope, and answers with [`answer`].
//! - Names of objects are ids; nothing that a person typed is part of them.
//! - [`picture`] makes pictures of what is sent as one: decoded within limits, turned upright, written anew in a few sizes. What was sent is
//!   not kept, so nothing of its metadata is.

mod jobs;
mod model;
mod pages;
mod picture;
mod received;
mod s3;
mod service;
mod storage;
mod store;
#[cfg(test)]
pub(crate) mod tests;

pub use jobs::handle_jobs;
pub use model::{Content, FileView};
pub use pages::answer;
pub use picture::{Picture, PictureError, Rendition};
pub use received::{Received, ReceivedFile};
pub use service::{Files, FilesError, picture, release, settle, write};
pub use storage::FilesSetupError;
