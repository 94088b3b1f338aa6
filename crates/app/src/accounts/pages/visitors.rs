//! Registering, signing in and out, and what a visitor chooses.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use kernel::{Currency, FieldErrors};
use serde::{Deserialize, Serialize};
use webkit::{Cookie, Csrf, Flash, MaybeSignedIn, Query, SignedIn, Web, WebError, safe_next};

use super::{countries, home, languages, session_of, visitor, zones};
use crate::{
    App,
    accounts::{
        model::{Email, NewLandlord, RegisterForm},
        service::{
            profile, recover,
            register::{self, RegisterError},
            sign_in::{self, SignInError, SignInForm},
        },
    },
    config::Registration,
    ui::{Choice, Form, LandingPage, Page, Theme, html},
};

/// The page that says what this is.
pub(in crate::accounts) async fn landing(State(app): State<App>, web: Web) -> Result<Response, WebError> {
    let registration_open = app.config.accounts.registration == Registration::Open;
    html(&LandingPage { page: Page::of(&web), registration_open })
}

#[derive(Template)]
#[template(path = "accounts/templates/sign_in.html")]
struct SignInPage {
    page: Page,
    form: Form,
    /// Why it did not work, when it is not about a field.
    problem: String,
    open: bool,
}

#[derive(Debug, Default, Deserialize)]
pub(in crate::accounts) struct Next {
    #[serde(default)]
    next: String,
}

pub(in crate::accounts) async fn sign_in_page(
    State(app): State<App>,
    web: Web,
    MaybeSignedIn(identity): MaybeSignedIn,
    Query(Next { next }): Query<Next>,
) -> Result<Response, WebError> {
    if let Some(identity) = identity {
        return Ok(web.redirect(&safe_next(&next).unwrap_or_else(|| home(&identity).to_owned())));
    }
    html(&SignInPage {
        page: Page::of(&web),
        form: Form::new().with("next", next),
        problem: String::new(),
        open: app.config.accounts.registration == Registration::Open,
    })
}

pub(in crate::accounts) async fn sign_in(
    State(app): State<App>,
    web: Web,
    Csrf(form): Csrf<SignInForm>,
) -> Result<Response, WebError> {
    let mut errors = FieldErrors::new();
    for (field, value) in [("email", &form.email), ("password", &form.password)] {
        if value.is_empty() {
            errors.add(field, "required");
        }
    }
    if !errors.is_empty() {
        return refused(&app, &web, &form, StatusCode::UNPROCESSABLE_ENTITY, |_| String::new(), errors);
    }
    match sign_in::sign_in(&app, &form, &visitor(&web)).await {
        Ok(signed_in) => {
            signed_in.cookies.into_iter().for_each(|cookie| web.set_cookie(cookie));
            let home = if signed_in.is_admin { "/admin" } else { "/dashboard" };
            Ok(web.redirect(&safe_next(&form.next).unwrap_or_else(|| home.to_owned())))
        }
        Err(SignInError::Wrong) => refused(
            &app,
            &web,
            &form,
            StatusCode::UNPROCESSABLE_ENTITY,
            |page| page.t("accounts-sign-in-wrong").to_owned(),
            errors,
        ),
        Err(SignInError::Wait(seconds)) => {
            let wait = |page: &Page| page.tn("accounts-sign-in-wait", seconds.div_ceil(60));
            let mut response = refused(&app, &web, &form, StatusCode::TOO_MANY_REQUESTS, wait, errors)?;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
        Err(SignInError::Fault(fault)) => Err(fault.into()),
    }
}

fn refused(
    app: &App,
    web: &Web,
    form: &SignInForm,
    status: StatusCode,
    problem: impl FnOnce(&Page) -> String,
    errors: FieldErrors,
) -> Result<Response, WebError> {
    let page = Page::of(web);
    let problem = problem(&page);
    let open = app.config.accounts.registration == Registration::Open;
    Ok((status, html(&SignInPage { page, form: Form::of(form).with_errors(errors), problem, open })?).into_response())
}

pub(in crate::accounts) async fn sign_out(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
) -> Result<Response, WebError> {
    let cookies = sign_in::sign_out(&app, identity.actor.user_id, session_of(&identity)?).await?;
    cookies.into_iter().for_each(|cookie| web.set_cookie(cookie));
    web.flash(&Flash::success("accounts-flash-signed-out"));
    let mut response = web.redirect("/sign-in");
    // Not "storage": work that could not be sent yet waits there.
    let cleared = HeaderValue::from_static("\"cache\"");
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), cleared);
    Ok(response)
}

#[derive(Template)]
#[template(path = "accounts/templates/register.html")]
struct RegisterPage {
    page: Page,
    form: Form,
    open: bool,
    countries: Vec<Choice>,
    zones: Vec<Choice>,
    currencies: Vec<Choice>,
    languages: Vec<Choice>,
}

/// Every currency in use, by code.
pub(crate) fn currencies() -> Vec<Choice> {
    let choice =
        |currency: Currency| Choice::new(currency.code(), format!("{} · {}", currency.code(), currency.name()));
    Currency::all().into_iter().map(choice).collect()
}

fn register_form(app: &App, web: &Web, form: Form) -> Result<Response, WebError> {
    let page = Page::of(web);
    html(&RegisterPage {
        open: app.config.accounts.registration == Registration::Open,
        countries: countries(&page),
        zones: zones(),
        currencies: currencies(),
        languages: languages(&page),
        page,
        form,
    })
}

pub(in crate::accounts) async fn register_page(
    State(app): State<App>,
    web: Web,
    MaybeSignedIn(identity): MaybeSignedIn,
) -> Result<Response, WebError> {
    if let Some(identity) = identity {
        return Ok(web.redirect(home(&identity)));
    }
    let language = web.language();
    register_form(&app, &web, Form::new().with("language", language))
}

pub(in crate::accounts) async fn register(
    State(app): State<App>,
    web: Web,
    Csrf(form): Csrf<RegisterForm>,
) -> Result<Response, WebError> {
    let checked = {
        let (form, language) = (form.clone(), web.language());
        // Judging a password takes milliseconds of computing.
        tokio::task::spawn_blocking(move || NewLandlord::parse(&form, language))
            .await
            .map_err(|error| kernel::Fault::new("checking a registration", error))?
    };
    let new = match checked {
        Ok(new) => new,
        Err(errors) => {
            let page = register_form(&app, &web, Form::of(&form).with_errors(errors))?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    match register::register(&app, &new).await {
        Ok(()) => {
            web.flash(&Flash::success("accounts-flash-registered"));
            Ok(web.redirect("/sign-in"))
        }
        Err(RegisterError::Closed) => {
            Ok((StatusCode::FORBIDDEN, register_form(&app, &web, Form::new())?).into_response())
        }
        Err(RegisterError::Fault(fault)) => Err(fault.into()),
    }
}

#[derive(Template)]
#[template(path = "accounts/templates/forgot_password.html")]
struct ForgotPage {
    page: Page,
    form: Form,
}

/// The form of an address as it was sent.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::accounts) struct ForgotForm {
    email: String,
}

pub(in crate::accounts) async fn forgot_page(web: Web) -> Result<Response, WebError> {
    html(&ForgotPage { page: Page::of(&web), form: Form::new() })
}

pub(in crate::accounts) async fn forgot(
    State(app): State<App>,
    web: Web,
    Csrf(form): Csrf<ForgotForm>,
) -> Result<Response, WebError> {
    match Email::parse(&form.email) {
        Ok(email) => {
            recover::ask_reset(&app, &email).await?;
            web.flash(&Flash::info("accounts-flash-reset-asked"));
            Ok(web.redirect("/sign-in"))
        }
        Err(code) => {
            let form = Form::of(&form).with_errors(FieldErrors::one("email", code));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&ForgotPage { page: Page::of(&web), form })?).into_response())
        }
    }
}

/// The form of the theme, at the foot of every page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::accounts) struct ThemeForm {
    theme: String,
    #[serde(default)]
    return_to: String,
}

pub(in crate::accounts) async fn theme(
    State(app): State<App>,
    web: Web,
    MaybeSignedIn(identity): MaybeSignedIn,
    Csrf(form): Csrf<ThemeForm>,
) -> Result<Response, WebError> {
    let theme: Theme = form.theme.parse().map_err(|_| WebError::bad_request("malformed"))?;
    if let Some(identity) = identity {
        profile::set_theme(&app, identity.actor.user_id, theme).await?;
    }
    // Also for the pages of whoever is not signed in, on this device.
    web.set_cookie(Cookie::lasting(Theme::COOKIE, theme.as_str(), 400 * 24 * 3_600));
    Ok(web.redirect(&safe_next(&form.return_to).unwrap_or_else(|| "/".to_owned())))
}
