//! The pages of the administration.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{Cursor, FieldErrors, PlatformGrant, UserId, Zone, country, permissions::AdminPanel};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;
use webkit::{AllowedPlatform, Csrf, Flash, Path, Query, SignedIn, Web, WebError};

use super::{
    model::{Counts, OrganizationRow, Place, UserRow},
    service,
};
use crate::{
    App,
    accounts::{self, SetStatusError, StatusReason, UserStatus},
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "admin/templates/overview.html")]
struct OverviewPage {
    page: Page,
    counts: Counts,
}

#[derive(Template)]
#[template(path = "admin/templates/users.html")]
struct UsersPage {
    page: Page,
    users: Vec<UserRow>,
    q: String,
    first_href: String,
    next_href: String,
    zone: Zone,
}

#[derive(Template)]
#[template(path = "admin/templates/user.html")]
struct UserPage {
    page: Page,
    user: UserRow,
    places: Vec<Place>,
    form: Form,
    reasons: Vec<Choice>,
    /// Nobody disables themselves.
    is_me: bool,
    zone: Zone,
}

#[derive(Template)]
#[template(path = "admin/templates/organizations.html")]
struct OrganizationsPage {
    page: Page,
    organizations: Vec<OrganizationRow>,
    q: String,
    first_href: String,
    next_href: String,
    zone: Zone,
}

impl OrganizationsPage {
    fn country(&self, code: &str) -> String {
        country::by_code(code).map_or_else(|| code.to_owned(), |country| country.name(self.page.language).to_owned())
    }
}

/// What is searched, and where the page begins.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    cursor: Option<Cursor>,
}

impl Search {
    /// The addresses of the first page, unless this is it, and of the next one, if there is one.
    fn around(&self, path: &str, next: Option<Cursor>) -> (String, String) {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", &self.q).finish();
        let first = self.cursor.as_ref().map(|_| format!("{path}?{query}")).unwrap_or_default();
        (first, next.map(|next| format!("{path}?{query}&cursor={}", next.as_str())).unwrap_or_default())
    }
}

pub(super) async fn overview(
    State(app): State<App>,
    web: Web,
    AllowedPlatform(grant): AllowedPlatform<AdminPanel>,
) -> Result<Response, WebError> {
    html(&OverviewPage { page: Page::of(&web), counts: service::counts(&app, &grant).await? })
}

pub(super) async fn users(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    AllowedPlatform(grant): AllowedPlatform<AdminPanel>,
    Query(search): Query<Search>,
) -> Result<Response, WebError> {
    let found = service::users(&app, &grant, &search.q, search.cursor.as_ref()).await?;
    let (first_href, next_href) = search.around("/admin/users", found.next);
    let (page, zone) = (Page::of(&web), identity.user.zone);
    html(&UsersPage { page, users: found.items, q: search.q, first_href, next_href, zone })
}

pub(super) async fn organizations(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    AllowedPlatform(grant): AllowedPlatform<AdminPanel>,
    Query(search): Query<Search>,
) -> Result<Response, WebError> {
    let found = service::organizations(&app, &grant, &search.q, search.cursor.as_ref()).await?;
    let (first_href, next_href) = search.around("/admin/organizations", found.next);
    let (page, zone) = (Page::of(&web), identity.user.zone);
    html(&OrganizationsPage { page, organizations: found.items, q: search.q, first_href, next_href, zone })
}

async fn user_page(
    app: &App,
    web: &Web,
    (grant, zone): (&PlatformGrant<AdminPanel>, Zone),
    id: UserId,
    form: Form,
) -> Result<Response, WebError> {
    let (user, places) = service::user(app, grant, id).await?.ok_or_else(WebError::not_found)?;
    let page = Page::of(web);
    let reasons = match user.status {
        UserStatus::Active => {
            &[StatusReason::Asked, StatusReason::Left, StatusReason::Compromised, StatusReason::Misuse][..]
        }
        UserStatus::Disabled => &[StatusReason::Asked, StatusReason::Settled][..],
    };
    html(&UserPage {
        reasons: page.choices("admin-reason", reasons.iter().map(|reason| reason.as_str())),
        is_me: user.id == grant.user_id(),
        page,
        user,
        places,
        form,
        zone,
    })
}

pub(super) async fn user(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    AllowedPlatform(grant): AllowedPlatform<AdminPanel>,
    Path(id): Path<UserId>,
) -> Result<Response, WebError> {
    user_page(&app, &web, (&grant, identity.user.zone), id, Form::new()).await
}

/// Why a user is disabled or enabled, as it was sent.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonForm {
    reason: String,
}

pub(super) async fn disable(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    AllowedPlatform(grant): AllowedPlatform<AdminPanel>,
    Path(id): Path<UserId>,
    Csrf(form): Csrf<ReasonForm>,
) -> Result<Response, WebError> {
    set_status(&app, &web, (&grant, identity.user.zone), (id, UserStatus::Disabled), &form).await
}

pub(super) async fn enable(
    State(app): State<App>,
    web: Web,
    SignedIn(identity): SignedIn,
    AllowedPlatform(grant): AllowedPlatform<AdminPanel>,
    Path(id): Path<UserId>,
    Csrf(form): Csrf<ReasonForm>,
) -> Result<Response, WebError> {
    set_status(&app, &web, (&grant, identity.user.zone), (id, UserStatus::Active), &form).await
}

async fn set_status(
    app: &App,
    web: &Web,
    (grant, zone): (&PlatformGrant<AdminPanel>, Zone),
    (id, status): (UserId, UserStatus),
    form: &ReasonForm,
) -> Result<Response, WebError> {
    let result = match form.reason.parse() {
        Ok(reason) => accounts::set_status(app, grant, id, status, reason).await.map_err(|error| match error {
            SetStatusError::NotFound => Err(WebError::not_found()),
            SetStatusError::Yourself => Ok("own_account"),
            SetStatusError::LastManager => Ok("last_manager"),
            SetStatusError::Fault(fault) => Err(fault.into()),
        }),
        Err(_) => Err(Ok("unknown_choice")),
    };
    match result {
        Ok(()) => {
            let key = if status == UserStatus::Active { "admin-flash-enabled" } else { "admin-flash-disabled" };
            web.flash(&Flash::success(key));
            Ok(web.redirect(&format!("/admin/users/{id}")))
        }
        Err(Err(error)) => Err(error),
        Err(Ok(code)) => {
            let form = Form::of(form).with_errors(FieldErrors::one("reason", code));
            let page = user_page(app, web, (grant, zone), id, form).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}
