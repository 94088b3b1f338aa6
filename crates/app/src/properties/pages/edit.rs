//! Changing what is known of a property, part by part. Each part saves on its own.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{Fault, PropertyId, permissions::PropertiesEdit};
use webkit::{Allowed, Csrf, Flash, Path, Web, WebError};

use super::{
    super::{NewProperty, Part, PropertyForm, PropertyView, service},
    choices::Choices,
};
use crate::{
    App,
    ui::{Form, Page, html},
};

#[derive(Template)]
#[template(path = "properties/templates/edit.html")]
struct EditPage {
    page: Page,
    property: PropertyView,
    part: Part,
    form: Form,
    choices: Choices,
}

fn edit_page(web: &Web, property: PropertyView, part: Part, form: Form) -> EditPage {
    let page = Page::of(web);
    EditPage { choices: Choices::of(&page), page, property, part, form }
}

/// The first part.
pub(in crate::properties) async fn first(
    app: State<App>,
    web: Web,
    grant: Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    show(app, web, grant, Path((id, Part::What))).await
}

pub(in crate::properties) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, part)): Path<(PropertyId, Part)>,
) -> Result<Response, WebError> {
    let property = service::find(&mut app.db.read().await.map_err(Fault::from)?, &grant, id).await?;
    let form = Form::of(&property.facts.to_form());
    html(&edit_page(&web, property, part, form))
}

pub(in crate::properties) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, part)): Path<(PropertyId, Part)>,
    Csrf(typed): Csrf<PropertyForm>,
) -> Result<Response, WebError> {
    let property = service::find(&mut app.db.read().await.map_err(Fault::from)?, &grant, id).await?;
    let form = property.facts.to_form().with_fields(part.fields(), &typed);
    match NewProperty::parse(&form) {
        Ok(new) => service::change(&app, &grant, id, &new).await?,
        Err(errors) => {
            let page = edit_page(&web, property, part, Form::of(&form).with_errors(errors));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response());
        }
    }
    web.flash(&Flash::success("properties-flash-saved"));
    Ok(web.redirect(&format!("/properties/{id}/edit/{part}")))
}
