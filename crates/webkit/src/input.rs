//! Reading JSON bodies, queries and paths, with errors that name the field.

use std::borrow::Cow;

use axum::extract::{FromRequest, FromRequestParts, Request};
use http::{StatusCode, request::Parts};
use kernel::{Cursor, Limit};
use schemars::JsonSchema;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    FieldProblem, WebError,
    guard::{is_of_type, read},
    web,
};

/// A JSON body. Unknown fields are refused at any depth, whether or not the type does so itself.
#[derive(Debug)]
pub struct ApiJson<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for ApiJson<T> {
    type Rejection = WebError;
    async fn from_request(request: Request, _: &S) -> Result<Self, WebError> {
        let (parts, body) = request.into_parts();
        let web = web::of(&parts)?;
        if !is_of_type(&parts.headers, "application/json") {
            return Err(WebError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"));
        }
        let most = web.entry().map_or(0, |entry| entry.body.bytes());
        parse_json(&read(body, most).await?).map(Self)
    }
}

fn field(path: impl ToString, code: &'static str) -> WebError {
    let path = path.to_string();
    let field = if path == "." { String::new() } else { path };
    WebError::invalid_fields(vec![FieldProblem { field, code: Cow::Borrowed(code), bound: None }])
}

/// The path as a client writes it: without the marks of optional values.
fn plain(path: &serde_ignored::Path<'_>) -> String {
    path.to_string().replace(".?", "").trim_start_matches("?.").to_owned()
}

fn parse_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, WebError> {
    let mut unknown = None;
    let mut json = serde_json::Deserializer::from_slice(body);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
    let parsed = serde_ignored::deserialize(tracked, |path| {
        unknown.get_or_insert_with(|| plain(&path));
    });
    let value: T = match parsed {
        Ok(value) => value,
        Err(error) if error.is_data() => return Err(data_error(&track.path().to_string(), &error.to_string())),
        Err(_) => return Err(WebError::bad_request("malformed")),
    };
    json.end().map_err(|_| WebError::bad_request("malformed"))?;
    unknown.map_or(Ok(value), |path| Err(field(path, "unknown_field")))
}

/// Serde says what is wrong only in words; these are the beginnings of its own.
fn data_error(path: &str, message: &str) -> WebError {
    let named = message.split('`').nth(1).unwrap_or("");
    let inside = |name: &str| if path == "." || path == name { name.to_owned() } else { format!("{path}.{name}") };
    if message.starts_with("missing field") {
        field(inside(named), "required")
    } else if message.starts_with("duplicate field") {
        field(inside(named), "duplicate_field")
    } else if message.starts_with("unknown field") {
        let parent = path.strip_suffix(named).map_or(path, |p| p.trim_end_matches('.'));
        field(
            if parent.is_empty() || parent == "." { named.to_owned() } else { format!("{parent}.{named}") },
            "unknown_field",
        )
    } else {
        field(path, "wrong_type")
    }
}

/// The query of an address. A parameter that is read once and given twice is refused; under `/api/` unknown ones too.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = WebError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        let strict = web::of(parts)?.is_api();
        parse_query(parts.uri.query().unwrap_or(""), strict).map(Self)
    }
}

fn parse_query<T: DeserializeOwned>(query: &str, strict: bool) -> Result<T, WebError> {
    let pairs = serde_html_form::Deserializer::from_bytes(query.as_bytes());
    let mut unknown = None;
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(pairs, &mut track);
    let parsed = serde_ignored::deserialize(tracked, |path| {
        unknown.get_or_insert_with(|| plain(&path));
    });
    let value = parsed.map_err(|error| data_error(&track.path().to_string(), &error.to_string()))?;
    match unknown.filter(|_| strict) {
        Some(path) => Err(field(path, "unknown_field")),
        None => Ok(value),
    }
}

/// The parameters of a path. What is not of the right form does not exist: 404.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = WebError;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, WebError> {
        let path = axum::extract::Path::from_request_parts(parts, state).await.map_err(|_| WebError::not_found())?;
        Ok(Self(path.0))
    }
}

/// The parameters of a list that has no others: which part of it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct PageQuery {
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub cursor: Option<Cursor>,
    /// The most rows, 1 to 100; 50 when it is not given.
    #[serde(default)]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
}

impl PageQuery {
    /// The limit within its bounds.
    #[must_use]
    pub fn limit(&self) -> Limit {
        self.limit.map_or_else(Limit::default, Limit::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Guests {
        #[expect(dead_code, reason = "only its parsing is tested")]
        adults: u8,
    }

    #[derive(Debug, Deserialize)]
    struct Body {
        #[expect(dead_code, reason = "only its parsing is tested")]
        name: String,
        #[expect(dead_code, reason = "only its parsing is tested")]
        #[serde(default)]
        guests: Option<Guests>,
    }

    fn wrong(error: WebError) -> (u16, String, String) {
        let status = error.status().as_u16();
        let (field, code) = error
            .fields()
            .first()
            .map_or((String::new(), error.code().to_owned()), |f| (f.field.clone(), f.code.clone().into_owned()));
        (status, field, code)
    }

    #[test]
    fn a_wrong_json_body_is_told_by_field() {
        assert!(parse_json::<Body>(br#"{"name":"a","guests":{"adults":2}}"#).is_ok());
        for (body, status, at, code) in [
            (r#"{"name":"a""#, 400, "", "malformed"),
            ("", 400, "", "malformed"),
            (r#"{"name":"a"} x"#, 400, "", "malformed"),
            (r#"{"name":1}"#, 422, "name", "wrong_type"),
            (r#"[]"#, 422, "", "wrong_type"),
            (r#"{}"#, 422, "name", "required"),
            (r#"{"name":"a","name":"b"}"#, 422, "name", "duplicate_field"),
            (r#"{"name":"a","role":"manager"}"#, 422, "role", "unknown_field"),
            (r#"{"name":"a","guests":{"adults":-1}}"#, 422, "guests.adults", "wrong_type"),
            (r#"{"name":"a","guests":{"adults":1,"price":3}}"#, 422, "guests.price", "unknown_field"),
            (r#"{"name":"a","guests":{}}"#, 422, "guests.adults", "required"),
        ] {
            let told = wrong(parse_json::<Body>(body.as_bytes()).unwrap_err());
            assert_eq!(told, (status, at.into(), code.into()), "{body}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(wrong(parse_json::<serde_json::Value>(deep.as_bytes()).unwrap_err()).0, 400);
    }

    #[test]
    fn a_wrong_query_is_told_by_parameter() {
        let query = |text: &str, strict| parse_query::<PageQuery>(text, strict);
        let page = query("limit=7&cursor=ab", true).unwrap();
        assert_eq!((page.limit, page.cursor.unwrap().as_str()), (Some(7), "ab"));
        assert!(query("utm_source=x", false).is_ok());
        assert_eq!(wrong(query("sort=x", true).unwrap_err()), (422, "sort".into(), "unknown_field".into()));
        for text in ["limit=x", "limit=1&limit=2", "limit=99999999999999999999", "limit=1e308", "limit=NaN"] {
            assert_eq!(wrong(query(text, true).unwrap_err()), (422, "limit".into(), "wrong_type".into()), "{text}");
        }
        for (text, kept) in [("limit=0", 1), ("limit=-5", 1), ("limit=1000000", 100)] {
            assert_eq!(query(text, true).unwrap().limit(), Limit::new(kept));
        }
    }
}
