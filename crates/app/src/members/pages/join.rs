//! The page behind an invitation's link. Opening it changes nothing: its form does.

use std::fmt::Display;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use webkit::{Csrf, Flash, Identity, MaybeSignedIn, Path, Web, WebError};

use crate::{
    App, accounts,
    members::{
        model::{AcceptForm, Offer},
        service::{self, JoinError},
    },
    ui::{Form, Page, html},
};

#[derive(Template)]
#[template(path = "members/templates/join.html")]
struct JoinPage {
    page: Page,
    form: Form,
    offer: Offer,
    /// Who asks, and as what.
    lead: String,
    who: Who,
    /// Where signing in leads back to.
    sign_in_href: String,
}

#[derive(Template)]
#[template(path = "members/templates/dead.html")]
struct DeadPage {
    page: Page,
}

/// Who looks at an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    /// Somebody without an account.
    New,
    /// Somebody with an account, not signed in.
    Known,
    /// The one who is asked.
    Invited,
    /// Somebody else who is signed in; the text that says so.
    Another(String),
}

impl Who {
    fn of(page: &Page, offer: &Offer, has_account: bool, identity: Option<&Identity>) -> Self {
        match identity {
            Some(identity) if service::is_for(offer, &identity.user.email) => Self::Invited,
            Some(identity) => {
                let addresses: [(&str, &dyn Display); 2] = [("email", &offer.email), ("present", &identity.user.email)];
                Self::Another(page.t_with("members-another-address", &addresses))
            }
            None if has_account => Self::Known,
            None => Self::New,
        }
    }
}

/// The secret in the address must not travel on.
fn unseen(mut response: Response) -> Response {
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

async fn join_page(
    app: &App,
    web: &Web,
    identity: Option<&Identity>,
    secret: &str,
    (status, form): (StatusCode, Form),
) -> Result<Response, WebError> {
    let page = Page::of(web);
    let Some((offer, has_account)) = service::look(app, secret).await? else {
        return Ok(unseen((StatusCode::NOT_FOUND, html(&DeadPage { page })?).into_response()));
    };
    let who = Who::of(&page, &offer, has_account, identity);
    let role = page.t_of("role", offer.role.as_str());
    let lead = page.t_with("members-join-text", &[("name", &offer.invited_by), ("role", &role)]);
    let sign_in_href = format!("/sign-in?next=%2Finvitations%2F{secret}");
    Ok(unseen((status, html(&JoinPage { page, form, offer, lead, who, sign_in_href })?).into_response()))
}

pub(in crate::members) async fn show(
    State(app): State<App>,
    web: Web,
    MaybeSignedIn(identity): MaybeSignedIn,
    Path(secret): Path<String>,
) -> Result<Response, WebError> {
    let form = Form::new().with("remember", "true");
    join_page(&app, &web, identity.as_deref(), &secret, (StatusCode::OK, form)).await
}

pub(in crate::members) async fn accept(
    State(app): State<App>,
    web: Web,
    MaybeSignedIn(identity): MaybeSignedIn,
    Path(secret): Path<String>,
    Csrf(form): Csrf<AcceptForm>,
) -> Result<Response, WebError> {
    let joined = match &identity {
        Some(identity) => {
            let user = (identity.actor.user_id, identity.user.name.as_str());
            service::join_as_user(&app, &secret, user, accounts::session_of(identity)?).await.map(|()| Vec::new())
        }
        None => service::join_as_new(&app, &secret, &form, web.language(), &accounts::visitor(&web)).await,
    };
    let (status, errors) = match joined {
        Ok(cookies) => {
            cookies.into_iter().for_each(|cookie| web.set_cookie(cookie));
            web.flash(&Flash::success("members-flash-joined"));
            return Ok(unseen(web.redirect("/dashboard")));
        }
        Err(JoinError::AlreadyMember) => {
            web.flash(&Flash::info("members-flash-already-member"));
            return Ok(unseen(web.redirect("/dashboard")));
        }
        Err(JoinError::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, errors),
        Err(JoinError::Dead) => (StatusCode::NOT_FOUND, kernel::FieldErrors::new()),
        Err(JoinError::HasAccount | JoinError::AnotherAddress) => (StatusCode::CONFLICT, kernel::FieldErrors::new()),
        Err(JoinError::Fault(fault)) => return Err(fault.into()),
    };
    let form = Form::of(&form).with_errors(errors);
    join_page(&app, &web, identity.as_deref(), &secret, (status, form)).await
}
