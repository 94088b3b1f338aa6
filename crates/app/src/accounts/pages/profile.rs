//! What users see and change about themselves.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{FieldErrors, SessionId, Zone};
use webkit::{Csrf, Flash, Identity, NoFields, Path, SignedIn, Web, WebError};

use super::{languages, session_of, zones};
use crate::{
    App,
    accounts::{
        model::{Account, Device},
        service::{
            profile::{self, EmailForm, PasswordForm, ProfileError, ProfileForm},
            recover, session,
        },
    },
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "accounts/templates/profile.html")]
struct ProfilePage {
    page: Page,
    account: Account,
    form: Form,
    languages: Vec<Choice>,
    zones: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "accounts/templates/security.html")]
struct SecurityPage {
    page: Page,
    account: Account,
    email_form: Form,
    password_form: Form,
    devices: Vec<Device>,
    /// The session of this page.
    present: SessionId,
    zone: Zone,
}

pub(in crate::accounts) async fn show(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
) -> Result<Response, WebError> {
    let account = profile::account(&app, identity.actor.user_id).await?;
    let form = ProfileForm {
        name: account.name.clone(),
        language: account.language.to_string(),
        zone: account.zone.map(|zone| zone.to_string()).unwrap_or_default(),
    };
    profile_page(&web, account, Form::of(&form))
}

fn profile_page(web: &Web, account: Account, form: Form) -> Result<Response, WebError> {
    let page = Page::of(web);
    html(&ProfilePage { languages: languages(&page), zones: zones(), page, account, form })
}

pub(in crate::accounts) async fn edit(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    Csrf(form): Csrf<ProfileForm>,
) -> Result<Response, WebError> {
    match profile::edit(&app, identity.actor.user_id, &form).await {
        Ok(()) => {
            web.flash(&Flash::success("accounts-flash-saved"));
            Ok(web.redirect("/profile"))
        }
        Err(ProfileError::Invalid(errors)) => {
            let account = profile::account(&app, identity.actor.user_id).await?;
            let page = profile_page(&web, account, Form::of(&form).with_errors(errors))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(ProfileError::Wait(seconds)) => Err(WebError::too_many_requests(seconds)),
        Err(ProfileError::Fault(fault)) => Err(fault.into()),
    }
}

pub(in crate::accounts) async fn verification(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    recover::ask_verification(&app, identity.actor.user_id).await?;
    web.flash(&Flash::info("accounts-flash-verification-sent"));
    Ok(web.redirect("/profile"))
}

pub(in crate::accounts) async fn security(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
) -> Result<Response, WebError> {
    security_page(&app, &web, &identity, Form::new(), Form::new()).await
}

async fn security_page(
    app: &App,
    web: &Web,
    identity: &Identity,
    email_form: Form,
    password_form: Form,
) -> Result<Response, WebError> {
    html(&SecurityPage {
        page: Page::of(web),
        account: profile::account(app, identity.actor.user_id).await?,
        email_form,
        password_form,
        devices: session::devices(app, identity.actor.user_id).await?,
        present: session_of(identity)?,
        zone: identity.user.zone,
    })
}

fn problems(error: ProfileError) -> Result<FieldErrors, WebError> {
    match error {
        ProfileError::Invalid(errors) => Ok(errors),
        ProfileError::Wait(seconds) => Err(WebError::too_many_requests(seconds)),
        ProfileError::Fault(fault) => Err(fault.into()),
    }
}

pub(in crate::accounts) async fn email(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    Csrf(form): Csrf<EmailForm>,
) -> Result<Response, WebError> {
    if let Err(error) = profile::ask_email(&app, identity.actor.user_id, &form).await {
        let form = Form::of(&form).with_errors(problems(error)?);
        let page = security_page(&app, &web, &identity, form, Form::new()).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    web.flash(&Flash::info("accounts-flash-email-asked"));
    Ok(web.redirect("/profile/security"))
}

pub(in crate::accounts) async fn password(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    Csrf(form): Csrf<PasswordForm>,
) -> Result<Response, WebError> {
    let session = session_of(&identity)?;
    match profile::change_password(&app, identity.actor.user_id, session, &form).await {
        Ok(cookie) => {
            web.set_cookie(cookie);
            web.flash(&Flash::success("accounts-flash-password-changed"));
            Ok(web.redirect("/profile/security"))
        }
        Err(error) => {
            let form = Form::new().with_errors(problems(error)?);
            let page = security_page(&app, &web, &identity, Form::new(), form).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

pub(in crate::accounts) async fn end_session(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    Path(id): Path<SessionId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    if !session::revoke(&app, identity.actor.user_id, id).await? {
        return Err(WebError::not_found());
    }
    web.flash(&Flash::success("accounts-flash-session-ended"));
    Ok(web.redirect("/profile/security"))
}

pub(in crate::accounts) async fn end_others(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    let ended = session::revoke_others(&app, identity.actor.user_id, session_of(&identity)?).await?;
    web.flash(&Flash::success("accounts-flash-others-ended").with("count", ended));
    Ok(web.redirect("/profile/security"))
}
