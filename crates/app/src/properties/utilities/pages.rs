//! The pages of accounts with suppliers.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{Fault, Grant, PropertyId, UtilityId, permissions::PropertiesEdit};
use webkit::{Allowed, Csrf, Flash, NoFields, Path, Web, WebError};

use super::{
    super::{PropertyError, PropertyView, service::find},
    MOST_UTILITIES, NewUtility, UtilityForm, UtilityKind, UtilityView, service,
};
use crate::{
    App,
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "properties/utilities/templates/list.html")]
struct ListPage {
    page: Page,
    property: PropertyView,
    all: Vec<UtilityView>,
}

#[derive(Template)]
#[template(path = "properties/utilities/templates/form.html")]
struct FormPage {
    page: Page,
    property: PropertyView,
    /// The account that is changed; `None` for a new one.
    utility: Option<UtilityId>,
    form: Form,
    kinds: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "properties/utilities/templates/remove.html")]
struct RemovePage {
    page: Page,
    property: PropertyView,
    utility: UtilityView,
}

pub(super) async fn list(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = find(&mut read, &grant, id).await?;
    let all = service::list(&mut read, &grant, id).await.map_err(Fault::from)?;
    html(&ListPage { page: Page::of(&web), property, all })
}

fn form_page(web: &Web, property: PropertyView, utility: Option<UtilityId>, form: Form) -> FormPage {
    let page = Page::of(web);
    FormPage {
        kinds: page.choices("utility-kind", UtilityKind::ALL.iter().map(|case| case.as_str())),
        page,
        property,
        utility,
        form,
    }
}

pub(super) async fn new(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    let property = find(&mut app.db.read().await.map_err(Fault::from)?, &grant, id).await?;
    html(&form_page(&web, property, None, Form::new()))
}

pub(super) async fn create(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    Csrf(form): Csrf<UtilityForm>,
) -> Result<Response, WebError> {
    let added = match NewUtility::parse(&form) {
        Ok(new) => service::add(&app, &grant, id, new).await.map(|_| ()),
        Err(errors) => Err(errors.into()),
    };
    saved(&app, &web, &grant, (id, None), form, added).await
}

pub(super) async fn edit(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, utility)): Path<(PropertyId, UtilityId)>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = find(&mut read, &grant, id).await?;
    let known = service::find(&mut read, &grant, id, utility).await?;
    html(&form_page(&web, property, Some(utility), Form::of(&known.facts.to_form())))
}

pub(super) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, utility)): Path<(PropertyId, UtilityId)>,
    Csrf(form): Csrf<UtilityForm>,
) -> Result<Response, WebError> {
    let changed = match NewUtility::parse(&form) {
        Ok(new) => service::change(&app, &grant, id, utility, &new).await,
        Err(errors) => Err(errors.into()),
    };
    saved(&app, &web, &grant, (id, Some(utility)), form, changed).await
}

/// Back to the accounts, or the form once more with what is wrong.
async fn saved(
    app: &App,
    web: &Web,
    grant: &Grant<PropertiesEdit>,
    (id, utility): (PropertyId, Option<UtilityId>),
    form: UtilityForm,
    done: Result<(), PropertyError>,
) -> Result<Response, WebError> {
    match done {
        Ok(()) => {
            web.flash(&Flash::success("properties-flash-saved"));
            Ok(web.redirect(&format!("/properties/{id}/utilities")))
        }
        Err(PropertyError::Invalid(errors)) => {
            let property = find(&mut app.db.read().await.map_err(Fault::from)?, grant, id).await?;
            let page = form_page(web, property, utility, Form::of(&form).with_errors(errors));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn ask_remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, utility)): Path<(PropertyId, UtilityId)>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = find(&mut read, &grant, id).await?;
    let utility = service::find(&mut read, &grant, id, utility).await?;
    html(&RemovePage { page: Page::of(&web), property, utility })
}

pub(super) async fn remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, utility)): Path<(PropertyId, UtilityId)>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::remove(&app, &grant, id, utility).await?;
    web.flash(&Flash::success("utilities-flash-removed"));
    Ok(web.redirect(&format!("/properties/{id}/utilities")))
}
