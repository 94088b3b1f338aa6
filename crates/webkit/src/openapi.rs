//! The description of the JSON interface (OpenAPI 3.1), assembled from the routes.

use http::StatusCode;
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::{Access, ApiDoc, RouteEntry, guard::is_repeatable, route::SchemaOf};

/// What the description says of the interface as a whole.
#[derive(Debug, Clone)]
pub struct ApiInfo {
    /// Its name.
    pub title: String,
    /// The version of the program.
    pub version: String,
    /// Where it is reached, such as `https://stays.example`.
    pub server: String,
}

/// The description of every route that has one.
#[must_use]
pub fn openapi(entries: &[RouteEntry], info: &ApiInfo) -> Value {
    // One generator, so that each name stands for one type: by what a client must send, which is the narrower reading.
    let settings = SchemaSettings::draft2020_12().with(|s| {
        s.definitions_path = "/components/schemas".into();
        s.meta_schema = None;
    });
    let mut types = settings.for_deserialize().into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for entry in entries {
        let Some(doc) = &entry.api else { continue };
        let item = paths.entry(entry.path).or_insert_with(|| json!({}));
        if let Some(item) = item.as_object_mut() {
            item.insert(entry.method.as_str().to_lowercase(), operation(entry, doc, &mut types));
        }
    }
    let mut schemas = types.take_definitions(true);
    schemas.insert("Problem".into(), problem_schema());
    json!({
        "openapi": "3.1.0",
        "info": { "title": info.title, "version": info.version },
        "servers": [{ "url": info.server }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "responses": { "Problem": {
                "description": "What went wrong (RFC 9457)",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            } },
        },
    })
}

fn operation(entry: &RouteEntry, doc: &ApiDoc, types: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "operationId": operation_id(entry),
        "summary": doc.summary,
        "tags": [tag(entry.path)],
        "parameters": parameters(entry, doc, types),
        "responses": responses(entry, doc, types),
        "security": if matches!(entry.access, Access::Public(_)) { json!([]) } else { json!([{ "token": [] }]) },
    });
    let Some(map) = operation.as_object_mut() else { return operation };
    if let Access::Permission(permission) | Access::Platform(permission) = entry.access {
        map.insert("description".into(), format!("Needs the permission `{permission}`.").into());
    }
    if let Some(request) = doc.request {
        let content = json!({ "application/json": { "schema": request(types) } });
        map.insert("requestBody".into(), json!({ "required": true, "content": content }));
    }
    operation
}

/// `POST /api/v1/stays/{id}/cancel` is `post_stays_id_cancel`.
fn operation_id(entry: &RouteEntry) -> String {
    let path = entry.path.trim_start_matches("/api/").split_once('/').map_or("", |(_, path)| path);
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    std::iter::once(entry.method.as_str().to_lowercase()).chain(words.map(str::to_owned)).collect::<Vec<_>>().join("_")
}

fn tag(path: &str) -> &str {
    path.split('/').nth(3).unwrap_or("api")
}

fn parameters(entry: &RouteEntry, doc: &ApiDoc, types: &mut SchemaGenerator) -> Vec<Value> {
    let names = entry.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> = names
        .map(|name| {
            let format = if name.ends_with("id") {
                json!({ "type": "string", "format": "uuid" })
            } else {
                json!({ "type": "string" })
            };
            json!({ "name": name, "in": "path", "required": true, "schema": format })
        })
        .collect();
    parameters.extend(doc.query.map_or_else(Vec::new, |query| query_parameters(query, types)));
    if is_repeatable(entry) {
        parameters.push(json!({
            "name": "Idempotency-Key",
            "in": "header",
            "required": false,
            "description": "A value of your own, such as a UUID. The same request with the same key is done once and answered alike for 24 hours.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255 },
        }));
    }
    parameters
}

fn query_parameters(query: SchemaOf, types: &mut SchemaGenerator) -> Vec<Value> {
    let schema: Schema = query(types);
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .map_or_else(Vec::new, |r| r.iter().filter_map(Value::as_str).collect());
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return Vec::new() };
    let parameter = |(name, schema): (&String, &Value)| {
        let mut schema = schema.clone();
        let description = schema.as_object_mut().and_then(|map| map.remove("description")).unwrap_or_default();
        json!({
            "name": name, "in": "query", "required": required.contains(&name.as_str()),
            "description": description.as_str().unwrap_or(""), "schema": schema,
        })
    };
    properties.iter().map(parameter).collect()
}

fn responses(entry: &RouteEntry, doc: &ApiDoc, types: &mut SchemaGenerator) -> Value {
    let mut responses = Map::new();
    let problem = || json!({ "$ref": "#/components/responses/Problem" });
    for (status, schema) in &doc.answers {
        let text = StatusCode::from_u16(*status).ok().and_then(|s| s.canonical_reason()).unwrap_or("");
        let answer = match schema {
            Some(schema) => {
                json!({ "description": text, "content": { "application/json": { "schema": schema(types) } } })
            }
            None if *status >= 400 => problem(),
            None => json!({ "description": text }),
        };
        responses.insert(status.to_string(), answer);
    }
    let mut common = vec!["429"];
    if !matches!(entry.access, Access::Public(_)) {
        common.extend(["401", "403"]);
    }
    if entry.path.contains('{') {
        common.push("404");
    }
    if doc.request.is_some() {
        common.extend(["400", "413", "415", "422"]);
    }
    if doc.query.is_some() {
        common.push("422");
    }
    if is_repeatable(entry) {
        common.extend(["409", "422"]);
    }
    for status in common {
        responses.entry(status).or_insert_with(problem);
    }
    responses.insert("default".into(), problem());
    responses.into()
}

fn problem_schema() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": {
            "type": text,
            "title": text,
            "status": { "type": "integer" },
            "code": { "type": "string", "description": "Stable: decide on this one" },
            "detail": text,
            "reference": { "type": "string", "description": "Quote it when you ask for help" },
            "errors": { "type": "array", "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": { "field": text, "code": text, "message": text, "bound": text },
            } },
        },
    })
}
