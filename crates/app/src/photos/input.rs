//! Reading what is uploaded: each file of a form by itself, so that one that is refused does not hinder the others.

use kernel::{FieldError, FieldErrors, Grant, PhotoId, PropertyId, permissions::PropertiesEdit};
use webkit::{Upload, WebError};

use super::{MOST_BYTES, NewFacts, PhotoError, PhotoForm, service};
use crate::{App, files::Received};

const MOST_TEXT: usize = 4_096;

/// What became of one file.
pub(super) struct Outcome {
    /// What the client calls it.
    pub(super) file_name: String,
    /// The photo that was added, or what is wrong.
    pub(super) result: Result<PhotoId, FieldErrors>,
}

fn too_large() -> FieldErrors {
    let mut errors = FieldErrors::new();
    errors.add_bound("photo", "photo_size", MOST_BYTES / 1_000_000);
    errors
}

/// Adds every file of an upload, up to so many; each costs half a second of a core. The fields `caption` and `room` are said of the files that come after them.
///
/// # Errors
/// Those of the upload itself; 404 for a property outside the scope; faults.
pub(super) async fn take(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    mut upload: Upload,
    most_files: usize,
) -> Result<Vec<Outcome>, WebError> {
    let (mut outcomes, mut form) = (Vec::new(), PhotoForm::default());
    while let Some(mut part) = upload.part().await? {
        match (part.name(), part.file_name()) {
            ("caption", None) => form.caption = part.text(MOST_TEXT).await?,
            ("room", None) => form.room = part.text(MOST_TEXT).await?,
            ("" | "photo", _) => {
                let file_name = part.file_name().unwrap_or("").to_owned();
                let result = match Received::of(&mut part, MOST_BYTES).await? {
                    Received::Nothing => continue,
                    Received::TooLarge => Err(too_large()),
                    Received::File(_) if outcomes.len() >= most_files => {
                        let mut errors = FieldErrors::new();
                        errors.add_bound("photo", "photo_files", most_files);
                        Err(errors)
                    }
                    Received::File(file) => match NewFacts::parse(&form) {
                        Err(errors) => Err(errors),
                        Ok(facts) => match service::add(app, grant, property, file, &facts).await {
                            Ok(id) => Ok(id),
                            Err(PhotoError::Invalid(errors)) => Err(errors),
                            Err(error) => return Err(error.into()),
                        },
                    },
                };
                outcomes.push(Outcome { file_name, result });
            }
            _ => return Err(WebError::bad_request("malformed")),
        }
    }
    Ok(outcomes)
}

impl Outcome {
    /// What is wrong with it, when something is.
    pub(super) fn problem(&self) -> Option<&FieldError> {
        self.result.as_ref().err().and_then(|errors| errors.iter().next())
    }
}
