//! The page of amenities.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{
    Fault, Grant, Permission, PropertyId,
    permissions::{PropertiesEdit, PropertiesView},
};
use webkit::{Allowed, Csrf, Flash, Path, Web, WebError};

use super::{
    super::{PropertyView, service::find},
    Amenities, AmenitiesForm, AmenityGroup, service,
};
use crate::{
    App,
    ui::{Form, Page, html},
};

#[derive(Template)]
#[template(path = "properties/amenities/templates/show.html")]
struct ShowPage {
    page: Page,
    property: PropertyView,
    amenities: Amenities,
    form: Form,
}

async fn shown<P: Permission>(
    app: &App,
    web: &Web,
    grant: &Grant<P>,
    id: PropertyId,
    typed: Option<Form>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = find(&mut read, grant, id).await?;
    let amenities = service::find(&mut read, grant, id).await?;
    let form = typed.unwrap_or_else(|| Form::of(&amenities.to_form()));
    html(&ShowPage { page: Page::of(web), property, amenities, form })
}

pub(super) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesView>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    shown(&app, &web, &grant, id, None).await
}

pub(super) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    Csrf(form): Csrf<AmenitiesForm>,
) -> Result<Response, WebError> {
    match Amenities::parse(&form) {
        Ok(new) => service::replace(&app, &grant, id, &new).await?,
        Err(errors) => {
            let page = shown(&app, &web, &grant, id, Some(Form::of(&form).with_errors(errors))).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    }
    web.flash(&Flash::success("properties-flash-saved"));
    Ok(web.redirect(&format!("/properties/{id}/amenities")))
}
