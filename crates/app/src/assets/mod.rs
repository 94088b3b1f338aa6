//! The built front end: what Vite wrote to `web/dist`, inside the binary.
//!
//! Optimised builds embed the files; other builds read them from the checkout, so that the front end can be rebuilt
//! without compiling. Every name carries a hash of its content, so browsers keep a file for ever.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use axum::{
    body::Body,
    extract::Path,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use rust_embed::RustEmbed;
use serde::Deserialize;
use webkit::{CacheClass, LimitClass, Routes, public};

#[cfg(test)]
mod tests;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// One file of Vite's manifest.
#[derive(Deserialize)]
struct Built {
    file: String,
}

/// Source path below `web/` to address.
static URLS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let manifest = Dist::get("manifest.json").map(|file| file.data).unwrap_or_default();
    urls(&manifest)
});

fn urls(manifest: &[u8]) -> HashMap<String, String> {
    if manifest.is_empty() {
        tracing::warn!("the front end is not built: run `npm ci && npm run build` in web/");
        return HashMap::new();
    }
    match serde_json::from_slice::<HashMap<String, Built>>(manifest) {
        Ok(built) => built.into_iter().map(|(source, built)| (source, format!("/assets/{}", built.file))).collect(),
        Err(error) => {
            tracing::error!(%error, "the front end's manifest is unreadable");
            HashMap::new()
        }
    }
}

/// The address of the file built from `source`, a path below `web/` such as `src/app.css`; empty when it is not built.
#[must_use]
pub fn url(source: &str) -> &'static str {
    URLS.get(source).map_or("", String::as_str)
}

/// `GET /assets/{file}`. Public, the same for everyone, kept by browsers for a year.
#[must_use]
pub fn routes<S: Clone + Send + Sync + 'static>() -> Routes<S> {
    Routes::new()
        .get("/assets/{*file}", public("styles and scripts, the same for everyone"), file)
        .limit(LimitClass::Assets)
        .cache(CacheClass::Assets)
}

async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    answer(&name, &headers, |path| Dist::get(path).map(|file| file.data))
}

/// Answers with a file of `read`, in the smallest encoding that the client takes.
fn answer(name: &str, headers: &HeaderMap, read: impl Fn(&str) -> Option<Cow<'static, [u8]>>) -> Response {
    // Vite writes one flat folder: a name with a separator, a hidden file or a bare encoding is none of ours.
    let Some(kind) = content_type(name).filter(|_| !name.contains(['/', '\\']) && !name.starts_with('.')) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let encoded = [("br", "br"), ("gzip", "gz")].into_iter().filter(|(encoding, _)| accepts(headers, encoding));
    let found = encoded
        .filter_map(|(encoding, extension)| Some((Some(encoding), read(&format!("{name}.{extension}"))?)))
        .next()
        .or_else(|| Some((None, read(name)?)));
    let Some((encoding, data)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = Response::new(match data {
        Cow::Borrowed(data) => Body::from(data),
        Cow::Owned(data) => Body::from(data),
    });
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    set.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    set.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(encoding) = encoding {
        set.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The types that the front end consists of; anything else (the manifest, encoded twins) is not served by name.
fn content_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "webp" => "image/webp",
        _ => return None,
    })
}

/// Whether `Accept-Encoding` takes this encoding: it names it with a weight that is not zero.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|item| {
            let (name, weight) = item.split_once(';').unwrap_or((item, ""));
            name.trim().eq_ignore_ascii_case(encoding).then_some(weight)
        })
        .any(|weight| {
            let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
            !weight.trim_matches(['0', '.']).is_empty()
        })
}
