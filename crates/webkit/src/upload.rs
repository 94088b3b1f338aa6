//! Files that people send, read as they arrive and never kept in memory whole.

use std::{
    error::Error,
    marker::PhantomData,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::{Body, BodyDataStream, Bytes},
    extract::{FromRequest, Request},
};
use futures_util::StreamExt;
use http::{HeaderMap, StatusCode, header};
use http_body_util::LengthLimitError;
use kernel::Fault;

use crate::{CsrfClass, Web, WebError, csrf, form, guard, web};

/// A field that is no file is at most this long while the token is looked for.
const MOST_TOKEN_BYTES: usize = 1024;

/// The parts of an upload, in the order in which they were sent.
///
/// On a page's route it is a form with `enctype="multipart/form-data"` whose source and token were verified before the handler
/// runs: the token comes in the header `X-CSRF-Token`, or in the form's first field. Under `/api/` it is such a form too, or one
/// file as the body itself, whatever its type; then the only part has an empty name.
///
/// The route declares [`crate::BodyClass::Upload`], which bounds the whole. How large one part may be is the handler's affair.
pub struct Upload(Source);

enum Source {
    Form(multer::Multipart<'static>),
    Body { media_type: Option<String>, body: Option<BodyDataStream> },
}

/// An upload whose source and token were verified, until the handler takes it.
#[derive(Clone)]
pub(crate) struct Verified(Arc<Mutex<Option<Upload>>>);

impl Upload {
    /// Proves that a form with files comes from a page of ours. Its source was checked before.
    pub(crate) async fn verified(web: &Web, request: Request, header: Option<String>) -> Result<Request, WebError> {
        let (mut parts, body) = request.into_parts();
        let mut upload = Self(Source::form(&parts.headers, body)?);
        let token = match header {
            Some(token) => token,
            None => upload.first_token().await?.ok_or_else(csrf::refused)?,
        };
        web.check_csrf_token(&token)?;
        parts.extensions.insert(Verified(Arc::new(Mutex::new(Some(upload)))));
        Ok(Request::from_parts(parts, Body::empty()))
    }

    async fn first_token(&mut self) -> Result<Option<String>, WebError> {
        match self.0.next().await? {
            Some(part) if part.name == form::FIELD => part.text(MOST_TOKEN_BYTES).await.map(Some),
            _ => Ok(None),
        }
    }

    /// The next part; what was not read of the one before is skipped. The form's token is none.
    ///
    /// # Errors
    /// 413 when the whole is larger than the route allows, 400 when it is broken off or no form.
    pub async fn part(&mut self) -> Result<Option<Part<'_>>, WebError> {
        loop {
            match self.0.next().await? {
                Some(part) if part.name == form::FIELD => drop(part),
                other => return Ok(other),
            }
        }
    }
}

impl Source {
    fn form(headers: &HeaderMap, body: Body) -> Result<Self, WebError> {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        let boundary = multer::parse_boundary(kind).map_err(|_| WebError::bad_request("malformed"))?;
        Ok(Self::Form(multer::Multipart::new(body.into_data_stream(), boundary)))
    }

    async fn next<'u>(&mut self) -> Result<Option<Part<'u>>, WebError> {
        match self {
            Self::Form(form) => Ok(form.next_field().await.map_err(|error| broken(&error))?.map(|field| Part {
                name: field.name().unwrap_or("").to_owned(),
                file_name: field.file_name().map(str::to_owned),
                media_type: field.content_type().map(ToString::to_string),
                chunks: Chunks::Field(Box::new(field)),
                upload: PhantomData,
            })),
            Self::Body { media_type, body } => Ok(body.take().map(|body| Part {
                name: String::new(),
                file_name: None,
                media_type: media_type.take(),
                chunks: Chunks::Body(body),
                upload: PhantomData,
            })),
        }
    }
}

/// One field or file of an upload.
pub struct Part<'u> {
    name: String,
    file_name: Option<String>,
    media_type: Option<String>,
    chunks: Chunks,
    // One part at a time: the next begins where this one ends.
    upload: PhantomData<&'u mut Upload>,
}

enum Chunks {
    Field(Box<multer::Field<'static>>),
    Body(BodyDataStream),
}

impl Part<'_> {
    /// The field's name; empty when the body itself is the file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
    /// What the client calls the file. It is good for messages, never for a path or for telling what the file is. A form's file field
    /// in which nothing was chosen has an empty one.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }
    /// What the client says that it is.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// As [`Upload::part`].
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, WebError> {
        match &mut self.chunks {
            Chunks::Field(field) => field.chunk().await.map_err(|error| broken(&error)),
            Chunks::Body(body) => body.next().await.transpose().map_err(|error| broken(&error)),
        }
    }

    /// All bytes.
    ///
    /// # Errors
    /// 413 when there are more than `most`, else as [`Upload::part`].
    pub async fn bytes(mut self, most: usize) -> Result<Vec<u8>, WebError> {
        let mut all = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            if all.len() + chunk.len() > most {
                return Err(guard::too_large());
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all)
    }

    /// All of it as text.
    ///
    /// # Errors
    /// 400 when it is no UTF-8, else as [`Part::bytes`].
    pub async fn text(self, most: usize) -> Result<String, WebError> {
        String::from_utf8(self.bytes(most).await?).map_err(|_| WebError::bad_request("malformed"))
    }
}

/// Too large, or broken off, or no form.
fn broken(error: &(dyn Error + 'static)) -> WebError {
    let mut cause = Some(error);
    while let Some(inner) = cause {
        if inner.is::<LengthLimitError>() {
            return guard::too_large();
        }
        // The parser does not call the body's error its source.
        cause = match inner.downcast_ref::<multer::Error>() {
            Some(multer::Error::StreamReadFailed(failed)) => Some(failed.as_ref()),
            _ => inner.source(),
        };
    }
    WebError::bad_request("malformed")
}

impl<S: Sync> FromRequest<S> for Upload {
    type Rejection = WebError;
    async fn from_request(request: Request, _: &S) -> Result<Self, WebError> {
        let (parts, body) = request.into_parts();
        let unsupported = || WebError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type");
        match web::of(&parts)?.entry().map(|entry| entry.csrf) {
            Some(CsrfClass::Form) => {
                let Verified(upload) = parts.extensions.get::<Verified>().ok_or_else(unsupported)?;
                upload.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(unsupported)
            }
            Some(CsrfClass::Api) if guard::is_of_type(&parts.headers, FORM) => {
                Source::form(&parts.headers, body).map(Self)
            }
            Some(CsrfClass::Api) => {
                let media_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
                let media_type = media_type.map(str::to_owned);
                Ok(Self(Source::Body { media_type, body: Some(body.into_data_stream()) }))
            }
            _ => Err(Fault::invariant("an upload on a route that takes none").into()),
        }
    }
}

/// The type of forms with files.
pub(crate) const FORM: &str = "multipart/form-data";
