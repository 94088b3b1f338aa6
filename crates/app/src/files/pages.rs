//! A file as an answer.

use axum::{body::Body, response::Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kernel::Fault;
use webkit::WebError;

use super::FileView;
use crate::App;

/// Types that a browser only shows, when they were made by this program.
const SHOWN: [&str; 1] = ["image/jpeg"];

/// Answers with a file that whoever asks may see, or that it did not change. Whatever its bytes are, nothing in it runs in our origin:
/// only pictures are shown, all else is downloaded, and its type is not guessed.
///
/// The route declares [`webkit::CacheClass::OwnFiles`].
///
/// # Errors
/// 404 when the object is gone; when the storage fails.
pub async fn answer(app: &App, file: &FileView, asked: &HeaderMap) -> Result<Response, WebError> {
    let tag = file.sha256.iter().fold(String::from("\""), |tag, byte| format!("{tag}{byte:02x}")) + "\"";
    let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let unchanged = known.flat_map(|tags| tags.split(',')).any(|known| known.trim().trim_start_matches("W/") == tag);
    let (status, body) = if unchanged {
        (StatusCode::NOT_MODIFIED, Body::empty())
    } else {
        let bytes = app.files.read(file).await?.ok_or_else(WebError::not_found)?;
        (StatusCode::OK, Body::from_stream(bytes))
    };
    let text = |text: &str| HeaderValue::from_str(text).map_err(|error| Fault::new("answering with a file", error));
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let set = response.headers_mut();
    set.insert(header::ETAG, text(&tag)?);
    if !unchanged {
        set.insert(header::CONTENT_TYPE, text(&file.media_type)?);
        set.insert(header::CONTENT_LENGTH, HeaderValue::from(file.size_bytes));
    }
    let shown = SHOWN.contains(&file.media_type.as_str());
    set.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(if shown { "inline" } else { "attachment" }));
    set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    Ok(response)
}
