//! The page of the active organization, and the way into another.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{Fault, OrganizationId, SessionId, permissions::OrganizationEdit};
use webkit::{Allowed, Csrf, Flash, NoFields, Path, SignedIn, Via, Web, WebError};

use super::{
    model::OrganizationForm,
    service::{self, EditError},
};
use crate::{
    App, accounts,
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "organizations/templates/edit.html")]
struct EditPage {
    page: Page,
    form: Form,
    countries: Vec<Choice>,
    zones: Vec<Choice>,
    currencies: Vec<Choice>,
    languages: Vec<Choice>,
    /// Whether the currency can still be changed.
    currency_open: bool,
}

fn edit_page(web: &Web, form: Form, currency_open: bool) -> Result<Response, WebError> {
    let page = Page::of(web);
    html(&EditPage {
        countries: accounts::countries(&page),
        zones: accounts::zones(),
        currencies: accounts::currencies(),
        languages: accounts::languages(&page),
        page,
        form,
        currency_open,
    })
}

pub(super) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<OrganizationEdit>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let organization = service::find(&mut read, &grant).await?;
    let currency_open = service::is_currency_open(&mut read, &grant).await.map_err(Fault::from)?;
    edit_page(&web, Form::of(&OrganizationForm::from(&organization.facts)), currency_open)
}

pub(super) async fn edit(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<OrganizationEdit>,
    Csrf(form): Csrf<OrganizationForm>,
) -> Result<Response, WebError> {
    match service::edit(&app, &grant, &form).await {
        Ok(()) => {
            web.flash(&Flash::success("organizations-flash-saved"));
            Ok(web.redirect("/organization"))
        }
        Err(EditError::Invalid(errors)) => {
            let mut read = app.db.read().await.map_err(Fault::from)?;
            let currency_open = service::is_currency_open(&mut read, &grant).await.map_err(Fault::from)?;
            let page = edit_page(&web, Form::of(&form).with_errors(errors), currency_open)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(EditError::Fault(fault)) => Err(fault.into()),
    }
}

pub(super) async fn enter(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    Path(id): Path<OrganizationId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    let session: SessionId = match identity.via {
        Via::Session { id, .. } => id,
        Via::Token(_) => return Err(WebError::sign_in_required()),
    };
    let cookies = service::enter(&app, &identity.actor, session, id).await?.ok_or_else(WebError::not_found)?;
    cookies.into_iter().for_each(|cookie| web.set_cookie(cookie));
    Ok(web.redirect("/dashboard"))
}
