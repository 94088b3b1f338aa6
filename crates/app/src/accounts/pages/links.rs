//! The pages behind the links of letters. Opening one changes nothing, since mail scanners open them: its form does.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use webkit::{Csrf, Flash, MaybeSignedIn, NoFields, Path, Web, WebError};

use crate::{
    App,
    accounts::{
        model::{Email, TokenPurpose},
        service::recover::{self, LinkError},
    },
    ui::{Form, Page, html},
};

#[derive(Template)]
#[template(path = "accounts/templates/reset_password.html")]
struct ResetPage {
    page: Page,
    form: Form,
    email: Email,
}

#[derive(Template)]
#[template(path = "accounts/templates/confirm.html")]
struct ConfirmPage {
    page: Page,
    email: Email,
    /// Whether the address replaces another.
    is_change: bool,
}

#[derive(Template)]
#[template(path = "accounts/templates/dead_link.html")]
struct DeadPage {
    page: Page,
    purpose: TokenPurpose,
    is_taken: bool,
}

/// The secret in the address must not travel on, to nobody: not to our own pages either.
fn unseen(mut response: Response) -> Response {
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

fn dead(web: &Web, purpose: TokenPurpose, is_taken: bool) -> Result<Response, WebError> {
    let page = html(&DeadPage { page: Page::of(web), purpose, is_taken })?;
    let status = if is_taken { StatusCode::CONFLICT } else { StatusCode::NOT_FOUND };
    Ok(unseen((status, page).into_response()))
}

async fn confirm_page(app: &App, web: &Web, purpose: TokenPurpose, secret: &str) -> Result<Response, WebError> {
    let Some(email) = recover::look(app, purpose, secret).await? else { return dead(web, purpose, false) };
    let is_change = purpose == TokenPurpose::ChangeEmail;
    Ok(unseen(html(&ConfirmPage { page: Page::of(web), email, is_change })?))
}

pub(in crate::accounts) async fn verify_page(
    State(app): State<App>,
    web: Web,
    Path(secret): Path<String>,
) -> Result<Response, WebError> {
    confirm_page(&app, &web, TokenPurpose::VerifyEmail, &secret).await
}

pub(in crate::accounts) async fn change_page(
    State(app): State<App>,
    web: Web,
    Path(secret): Path<String>,
) -> Result<Response, WebError> {
    confirm_page(&app, &web, TokenPurpose::ChangeEmail, &secret).await
}

fn confirmed(
    web: &Web,
    signed_in: bool,
    purpose: TokenPurpose,
    done: Result<(), LinkError>,
) -> Result<Response, WebError> {
    match done {
        Ok(()) => {
            web.flash(&Flash::success("accounts-flash-email-confirmed"));
            Ok(unseen(web.redirect(if signed_in { "/profile" } else { "/sign-in" })))
        }
        Err(LinkError::Fault(fault)) => Err(fault.into()),
        Err(error) => dead(web, purpose, matches!(error, LinkError::EmailTaken)),
    }
}

pub(in crate::accounts) async fn verify(
    State(app): State<App>,
    web: Web,
    MaybeSignedIn(identity): MaybeSignedIn,
    Path(secret): Path<String>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    let done = recover::verify_email(&app, &secret).await;
    confirmed(&web, identity.is_some(), TokenPurpose::VerifyEmail, done)
}

pub(in crate::accounts) async fn change(
    State(app): State<App>,
    web: Web,
    MaybeSignedIn(identity): MaybeSignedIn,
    Path(secret): Path<String>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    let done = recover::confirm_email(&app, &secret).await;
    confirmed(&web, identity.is_some(), TokenPurpose::ChangeEmail, done)
}

pub(in crate::accounts) async fn reset_page(
    State(app): State<App>,
    web: Web,
    Path(secret): Path<String>,
) -> Result<Response, WebError> {
    let Some(email) = recover::look(&app, TokenPurpose::ResetPassword, &secret).await? else {
        return dead(&web, TokenPurpose::ResetPassword, false);
    };
    Ok(unseen(html(&ResetPage { page: Page::of(&web), form: Form::new(), email })?))
}

/// The form of a new password as it was sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::accounts) struct ResetForm {
    password: String,
}

pub(in crate::accounts) async fn reset(
    State(app): State<App>,
    web: Web,
    Path(secret): Path<String>,
    Csrf(form): Csrf<ResetForm>,
) -> Result<Response, WebError> {
    let purpose = TokenPurpose::ResetPassword;
    match recover::reset_password(&app, &secret, &form.password).await {
        Ok(()) => {
            web.flash(&Flash::success("accounts-flash-password-reset"));
            Ok(unseen(web.redirect("/sign-in")))
        }
        Err(LinkError::Invalid(errors)) => {
            let Some(email) = recover::look(&app, purpose, &secret).await? else { return dead(&web, purpose, false) };
            let form = Form::new().with_errors(errors);
            let page = html(&ResetPage { page: Page::of(&web), form, email })?;
            Ok(unseen((StatusCode::UNPROCESSABLE_ENTITY, page).into_response()))
        }
        Err(LinkError::Fault(fault)) => Err(fault.into()),
        Err(LinkError::Dead | LinkError::EmailTaken) => dead(&web, purpose, false),
    }
}
