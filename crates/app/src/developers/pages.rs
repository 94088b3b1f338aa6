//! The description as JSON and as a page.

use std::sync::LazyLock;

use askama::Template;
use axum::{Json, extract::State, response::Response};
use serde_json::Value;
use webkit::{ApiInfo, Web, WebError, openapi};

use crate::{
    App,
    routes::routes,
    ui::{Page, html},
};

/// Without the address, which is the only part that differs between installations.
static DESCRIPTION: LazyLock<Value> = LazyLock::new(|| {
    let info = ApiInfo {
        title: "Short-Term Landlord".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        server: String::new(),
    };
    openapi(&routes().entries(), &info)
});

pub(super) async fn openapi_json(State(app): State<App>) -> Json<Value> {
    let mut description = DESCRIPTION.clone();
    let address = app.public_url.as_str().trim_end_matches('/');
    if let Some(url) = description.pointer_mut("/servers/0/url") {
        *url = Value::from(address);
    }
    Json(description)
}

/// A field of a body or a parameter of an address.
struct Field {
    name: String,
    kind: String,
    required: bool,
    about: String,
}

/// One operation.
struct Operation {
    method: String,
    path: String,
    summary: String,
    answers: String,
    fields: Vec<Field>,
}

/// The operations on one kind of thing.
struct Group {
    name: String,
    operations: Vec<Operation>,
}

#[derive(Template)]
#[template(path = "developers/templates/show.html")]
struct ShowPage {
    page: Page,
    address: String,
    groups: Vec<Group>,
}

pub(super) async fn show(State(app): State<App>, web: Web) -> Result<Response, WebError> {
    html(&ShowPage {
        page: Page::of(&web),
        address: app.public_url.as_str().trim_end_matches('/').to_owned(),
        groups: groups(&DESCRIPTION),
    })
}

fn groups(description: &Value) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (path, item) in description["paths"].as_object().into_iter().flatten() {
        let name = path.trim_start_matches("/api/v1/").split('/').next().unwrap_or_default();
        let operations = item.as_object().into_iter().flatten().map(|(method, operation)| Operation {
            method: method.to_uppercase(),
            path: path.clone(),
            summary: text(&operation["summary"]),
            answers: answers(operation),
            fields: fields(description, operation),
        });
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.operations.extend(operations),
            None => groups.push(Group { name: name.to_owned(), operations: operations.collect() }),
        }
    }
    groups
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn answers(operation: &Value) -> String {
    let statuses = operation["responses"].as_object().into_iter().flatten().map(|(status, _)| status.as_str());
    statuses.collect::<Vec<_>>().join(", ")
}

fn resolved<'a>(description: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    reference.and_then(|pointer| description.pointer(pointer)).unwrap_or(schema)
}

/// The JSON type in words: `string`, `integer or null`, or the allowed values.
fn kind(description: &Value, schema: &Value) -> String {
    let schema = resolved(description, schema);
    if let Some(cases) = schema["enum"].as_array() {
        return cases.iter().map(text).collect::<Vec<_>>().join(" | ");
    }
    if let Some(parts) = schema["anyOf"].as_array() {
        return parts.iter().map(|part| kind(description, part)).collect::<Vec<_>>().join(" or ");
    }
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(text).collect::<Vec<_>>().join(" or "),
        kind => text(kind),
    }
}

fn fields(description: &Value, operation: &Value) -> Vec<Field> {
    let parameters = operation["parameters"].as_array().into_iter().flatten().map(|parameter| Field {
        name: text(&parameter["name"]),
        kind: kind(description, &parameter["schema"]),
        required: parameter["required"] == true,
        about: [&parameter["description"], &parameter["schema"]["description"]]
            .into_iter()
            .map(text)
            .find(|t| !t.is_empty())
            .unwrap_or_default(),
    });
    let body = resolved(description, &operation["requestBody"]["content"]["application/json"]["schema"]);
    let required = |name: &str| body["required"].as_array().is_some_and(|names| names.iter().any(|n| n == name));
    let properties = body["properties"].as_object().into_iter().flatten().map(|(name, schema)| Field {
        name: name.clone(),
        kind: kind(description, schema),
        required: required(name),
        about: text(&schema["description"]),
    });
    parameters.chain(properties).collect()
}
