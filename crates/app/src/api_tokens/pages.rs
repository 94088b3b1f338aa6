//! The page of a user's API tokens.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{ApiTokenId, Fault, FieldErrors, Membership, Zone, permissions_of};
use webkit::{Csrf, Flash, Identity, NoFields, Path, SignedIn, Web, WebError};

use super::{ApiToken, NewApiToken, TokenForm, model::LIFETIMES, service};
use crate::{
    App,
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "api_tokens/templates/list.html")]
struct ListPage {
    page: Page,
    form: Form,
    tokens: Vec<ApiToken>,
    zone: Zone,
    lifetimes: Vec<Choice>,
    permissions: Vec<(&'static str, bool)>,
    /// The secret of a token that was just made; empty otherwise.
    secret: String,
}

fn membership(identity: &Identity) -> Result<Membership, WebError> {
    identity.actor.membership.ok_or_else(WebError::not_found)
}

async fn draw(
    app: &App,
    web: &Web,
    identity: &Identity,
    form: &TokenForm,
    errors: FieldErrors,
    secret: String,
) -> Result<Response, WebError> {
    let membership = membership(identity)?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let tokens = service::list(&mut read, identity.actor.user_id, membership).await.map_err(Fault::from)?;
    let page = Page::of(web);
    let chosen = |name: &str| form.permissions.iter().any(|permission| permission == name);
    html(&ListPage {
        lifetimes: LIFETIMES
            .iter()
            .map(|days| Choice::new(*days, page.tn("api-tokens-days", days.parse().unwrap_or(0_i64))))
            .collect(),
        permissions: permissions_of(membership.role)
            .iter()
            .map(|name| (name.as_str(), chosen(name.as_str())))
            .collect(),
        form: Form::new().with("name", &form.name).with("days", &form.days).with_errors(errors),
        zone: identity.user.zone,
        page,
        tokens,
        secret,
    })
}

pub(super) async fn list(State(app): State<App>, web: Web, SignedIn(identity): SignedIn) -> Result<Response, WebError> {
    let usual = TokenForm { days: "90".to_owned(), ..TokenForm::default() };
    draw(&app, &web, &identity, &usual, FieldErrors::new(), String::new()).await
}

pub(super) async fn create(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    Csrf(form): Csrf<TokenForm>,
) -> Result<Response, WebError> {
    let membership = membership(&identity)?;
    match NewApiToken::parse(&form, membership.role) {
        Ok(new) => {
            // Shown in the answer itself: a redirect would have to carry the secret.
            let secret = service::create(&app, identity.actor.user_id, membership, &new).await?;
            let empty = TokenForm { days: "90".to_owned(), ..TokenForm::default() };
            draw(&app, &web, &identity, &empty, FieldErrors::new(), secret).await
        }
        Err(errors) => {
            let page = draw(&app, &web, &identity, &form, errors, String::new()).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

pub(super) async fn revoke(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    Path(id): Path<ApiTokenId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::revoke(&app, identity.actor.user_id, membership(&identity)?, id).await?;
    web.flash(&Flash::success("api-tokens-flash-revoked"));
    Ok(web.redirect("/profile/tokens"))
}
