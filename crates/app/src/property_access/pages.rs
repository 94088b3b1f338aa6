//! The page of access facts.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use db::{DbError, Read};
use http::StatusCode;
use kernel::{
    Fault, FieldErrors, Grant, Permission, PropertyId,
    permissions::{PropertySecretsEdit, PropertySecretsView},
};
use webkit::{Allowed, Csrf, Flash, Htmx, NoFields, Path, Web, WebError};

use super::{AccessFact, AccessForm, FactGroup, FactValue, FactView, NewAccess, QrCode, service};
use crate::{
    App,
    audit::AuditEntry,
    properties::{self, PropertyView},
    ui::{Form, Page, html},
};

/// What the page tells.
struct Told {
    groups: Vec<(FactGroup, Vec<FactView>)>,
    revealed: bool,
    /// Whether there is anything to ask for.
    has_secrets: bool,
    is_empty: bool,
    wifi: Option<QrCode>,
    /// `None` for who may not see who looked.
    looks: Option<Vec<AuditEntry>>,
}

impl Told {
    fn of(facts: Vec<FactView>, revealed: bool, looks: Option<Vec<AuditEntry>>) -> Self {
        let known = |view: &FactView| !matches!(view.value, FactValue::Unset);
        let value = |fact| facts.iter().find(|view| view.fact == fact).map(|view| &view.value);
        let shown = |fact| value(fact).and_then(FactValue::shown);
        let password = value(AccessFact::WifiPassword);
        let wifi = match (shown(AccessFact::WifiNetwork), password) {
            (Some(name), Some(FactValue::Unset)) => QrCode::of_network(name, None),
            (Some(name), Some(FactValue::Shown(password))) => QrCode::of_network(name, Some(password.expose())),
            _ => None,
        };
        let has_secrets = facts.iter().any(|view| view.fact.is_secret() && known(view));
        let is_empty = !facts.iter().any(known);
        let group = |group: &FactGroup| {
            (*group, facts.iter().filter(|view| view.fact.group() == *group).cloned().collect::<Vec<_>>())
        };
        Self { groups: FactGroup::ALL.iter().map(group).collect(), revealed, has_secrets, is_empty, wifi, looks }
    }
}

#[derive(Template)]
#[template(path = "property_access/templates/show.html")]
struct ShowPage {
    page: Page,
    property: PropertyView,
    told: Told,
}

#[derive(Template)]
#[template(path = "property_access/templates/facts.html")]
struct FactsPart {
    page: Page,
    property: PropertyView,
    told: Told,
}

/// A field of the form.
struct Field {
    fact: AccessFact,
    label: String,
    hint: String,
    longest: String,
    /// Whether a box is needed to remove what the field does not show.
    asks_to_clear: bool,
}

#[derive(Template)]
#[template(path = "property_access/templates/edit.html")]
struct EditPage {
    page: Page,
    property: PropertyView,
    form: Form,
    groups: Vec<(FactGroup, Vec<Field>)>,
    /// Whether there is anything that the form could show.
    can_reveal: bool,
}

async fn looks<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    property: PropertyId,
) -> Result<Option<Vec<AuditEntry>>, DbError> {
    match grant.also() {
        Ok(grant) => service::looks(read, &grant, property).await.map(Some),
        Err(_) => Ok(None),
    }
}

pub(super) async fn page(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertySecretsView>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, &grant, id).await?;
    let facts = service::facts(&app, &mut read, &grant, id).await?;
    let looks = looks(&mut read, &grant, id).await.map_err(Fault::from)?;
    html(&ShowPage { page: Page::of(&web), property, told: Told::of(facts, false, looks) })
}

pub(super) async fn reveal(
    State(app): State<App>,
    web: Web,
    htmx: Htmx,
    Allowed(grant): Allowed<PropertySecretsView>,
    Path(id): Path<PropertyId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    let facts = service::reveal(&app, &grant, id).await?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, &grant, id).await?;
    let looks = looks(&mut read, &grant, id).await.map_err(Fault::from)?;
    let (page, told) = (Page::of(&web), Told::of(facts, true, looks));
    if htmx.is_partial() { html(&FactsPart { page, property, told }) } else { html(&ShowPage { page, property, told }) }
}

/// The form with the values that `facts` shows; the others are kept by leaving their field empty.
fn form_of(facts: &[FactView], revealed: bool) -> Form {
    let form = if revealed { Form::new().with("revealed", true) } else { Form::new() };
    facts
        .iter()
        .filter_map(|view| Some((view.fact, view.value.shown()?)))
        .fold(form, |form, (fact, value)| form.with(fact.as_str(), value))
}

fn edit_page(web: &Web, property: PropertyView, form: Form, facts: &[FactView]) -> EditPage {
    let page = Page::of(web);
    let revealed = form.checked("revealed");
    let field = |view: &FactView| {
        let asks_to_clear = match view.value {
            FactValue::Unset | FactValue::Shown(_) => false,
            FactValue::Hidden => !revealed,
            FactValue::Unreadable => true,
        };
        let hint = match view.value {
            FactValue::Hidden if !revealed => page.t("property-access-keeps").to_owned(),
            FactValue::Unreadable => page.t("property-access-unreadable").to_owned(),
            _ if view.fact == AccessFact::EntryInstructions => page.t("property-access-entry-hint").to_owned(),
            _ => String::new(),
        };
        Field {
            fact: view.fact,
            label: page.t_of("property-access-fact", view.fact.as_str()),
            hint,
            longest: view.fact.longest().to_string(),
            asks_to_clear,
        }
    };
    let group = |group: &FactGroup| {
        (*group, facts.iter().filter(|view| view.fact.group() == *group).map(field).collect::<Vec<_>>())
    };
    let groups = FactGroup::ALL.iter().map(group).collect();
    let can_reveal = !revealed && facts.iter().any(|view| matches!(view.value, FactValue::Hidden));
    EditPage { page, property, form, groups, can_reveal }
}

pub(super) async fn edit(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertySecretsEdit>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, &grant, id).await?;
    let facts = service::facts(&app, &mut read, &grant, id).await?;
    html(&edit_page(&web, property, form_of(&facts, false), &facts))
}

pub(super) async fn edit_revealed(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertySecretsEdit>,
    Path(id): Path<PropertyId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    let facts = service::reveal(&app, &grant.also()?, id).await?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, &grant, id).await?;
    html(&edit_page(&web, property, form_of(&facts, true), &facts))
}

async fn shown_again(
    app: &App,
    web: &Web,
    grant: &Grant<PropertySecretsEdit>,
    id: PropertyId,
    (form, errors): (&AccessForm, FieldErrors),
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, grant, id).await?;
    let facts = service::facts(app, &mut read, grant, id).await?;
    let page = edit_page(web, property, Form::of(form).with_errors(errors), &facts);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
}

pub(super) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertySecretsEdit>,
    Path(id): Path<PropertyId>,
    Csrf(form): Csrf<AccessForm>,
) -> Result<Response, WebError> {
    match NewAccess::parse(&form) {
        Ok(new) => service::change(&app, &grant, id, &new).await?,
        Err(errors) => return shown_again(&app, &web, &grant, id, (&form, errors)).await,
    }
    web.flash(&Flash::success("property-access-flash-saved"));
    Ok(web.redirect(&format!("/properties/{id}/access")))
}
