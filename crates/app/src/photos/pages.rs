//! The pages of photos.

use askama::Template;
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use kernel::{
    Fault, FieldErrors, PhotoId, PropertyId,
    permissions::{PropertiesEdit, PropertiesView},
};
use serde::{Deserialize, Serialize};
use webkit::{Allowed, Csrf, Flash, NoFields, Path, Upload, Web, WebError};

use super::{MOST_BYTES, Move, NewFacts, PhotoForm, PhotoView, input, service};
use crate::{
    App, files,
    properties::{self, PropertyView},
    ui::{Form, Page, html},
};

/// The most files of one form.
const MOST_FILES: usize = 50;

#[derive(Template)]
#[template(path = "photos/templates/list.html")]
struct ListPage {
    page: Page,
    property: PropertyView,
    photos: Vec<PhotoView>,
    problems: Vec<Problem>,
    /// What is said after a move, with marks for the place and the number of photos.
    moved: String,
    most_bytes: usize,
}

#[derive(Template)]
#[template(path = "photos/templates/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    photo: PhotoView,
}

#[derive(Template)]
#[template(path = "photos/templates/delete.html")]
struct DeletePage {
    page: Page,
    photo: PhotoView,
}

/// Why a file was not taken, in the reader's language.
#[derive(Serialize)]
struct Problem {
    file: String,
    message: String,
}

#[derive(Serialize)]
struct UploadAnswer {
    added: usize,
    problems: Vec<Problem>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MoveForm {
    to: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderForm {
    #[serde(default)]
    photo: Vec<String>,
}

fn photos_of(property: PropertyId) -> String {
    format!("/properties/{property}/photos")
}

async fn list_page(
    app: &App,
    web: &Web,
    grant: &kernel::Grant<PropertiesView>,
    id: PropertyId,
    problems: Vec<Problem>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, grant, id).await?;
    let photos = service::list(&mut read, grant, id).await.map_err(Fault::from)?;
    let page = Page::of(web);
    let moved = page.t_with("photos-moved", &[("position", &"%p"), ("count", &"%c")]);
    html(&ListPage { page, property, photos, problems, moved, most_bytes: MOST_BYTES })
}

pub(super) async fn list(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesView>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    list_page(&app, &web, &grant, id, Vec::new()).await
}

/// Takes the files of a form. A script sends each by itself and asks for JSON; a browser without script sends all at once.
pub(super) async fn upload(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    upload: Upload,
) -> Result<Response, WebError> {
    {
        // Before anything is read of what may be large.
        let mut read = app.db.read().await.map_err(Fault::from)?;
        properties::find(&mut read, &grant, id).await?;
    }
    let outcomes = input::take(&app, &grant, id, upload, MOST_FILES).await?;
    let page = Page::of(&web);
    let said = |outcome: &input::Outcome| {
        let message = page.error_text(outcome.problem()?);
        Some(Problem { file: outcome.file_name.clone(), message })
    };
    let mut problems: Vec<Problem> = outcomes.iter().filter_map(said).collect();
    if outcomes.is_empty() {
        let errors = FieldErrors::one("photo", "photo_none");
        let message = errors.of("photo").map(|error| page.error_text(error)).unwrap_or_default();
        problems.push(Problem { file: String::new(), message });
    }
    let added = outcomes.iter().filter(|outcome| outcome.result.is_ok()).count();
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    if web.wants_json() {
        return Ok((status, Json(UploadAnswer { added, problems })).into_response());
    }
    if problems.is_empty() {
        web.flash(&Flash::success("photos-flash-added").with("count", added));
        return Ok(web.redirect(&photos_of(id)));
    }
    let view = grant.also::<PropertiesView>()?;
    Ok((status, list_page(&app, &web, &view, id, problems).await?).into_response())
}

pub(super) async fn put_in_order(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    Csrf(form): Csrf<OrderForm>,
) -> Result<Response, WebError> {
    let order: Result<Vec<PhotoId>, _> = form.photo.iter().map(|id| id.parse()).collect();
    let order = order.map_err(|_| WebError::bad_request("malformed"))?;
    service::put_in_order(&app, &grant, id, &order).await?;
    Ok(web.redirect(&photos_of(id)))
}

pub(super) async fn place(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PhotoId>,
    Csrf(form): Csrf<MoveForm>,
) -> Result<Response, WebError> {
    let to: Move = form.to.parse().map_err(|_| WebError::bad_request("malformed"))?;
    let property = service::place(&app, &grant, id, to).await?;
    Ok(web.redirect(&format!("{}#photo-{id}", photos_of(property))))
}

pub(super) async fn edit(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PhotoId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let photo = service::find(&mut read, &grant, id).await?;
    let form = PhotoForm { caption: photo.caption.clone(), room: photo.room.clone() };
    html(&FormPage { page: Page::of(&web), form: Form::of(&form), photo })
}

pub(super) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PhotoId>,
    Csrf(form): Csrf<PhotoForm>,
) -> Result<Response, WebError> {
    let facts = match NewFacts::parse(&form) {
        Ok(facts) => facts,
        Err(errors) => {
            let mut read = app.db.read().await.map_err(Fault::from)?;
            let photo = service::find(&mut read, &grant, id).await?;
            let page = FormPage { page: Page::of(&web), form: Form::of(&form).with_errors(errors), photo };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response());
        }
    };
    let photo = service::change(&app, &grant, id, &facts).await?;
    web.flash(&Flash::success("photos-flash-saved"));
    Ok(web.redirect(&photos_of(photo.property_id)))
}

pub(super) async fn ask_delete(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PhotoId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let photo = service::find(&mut read, &grant, id).await?;
    html(&DeletePage { page: Page::of(&web), photo })
}

pub(super) async fn delete(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PhotoId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    let photo = service::remove(&app, &grant, id).await?;
    web.flash(&Flash::success("photos-flash-deleted"));
    Ok(web.redirect(&photos_of(photo.property_id)))
}

pub(super) async fn picture(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesView>,
    Path((id, width)): Path<(PhotoId, u32)>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let file = service::file(&mut read, &grant, id, width).await?;
    drop(read);
    files::answer(&app, &file, &headers).await
}
