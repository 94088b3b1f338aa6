//! The page of house rules.

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
    Allowance, HouseRules, RulesForm, Smoking, service,
};
use crate::{
    App,
    ui::{Choice, Form, Page, html},
};

/// What the selects of house rules offer.
pub(in crate::properties) struct RuleChoices {
    /// For what guests may, ask for or may not.
    pub(in crate::properties) allowances: Vec<Choice>,
    /// For smoking.
    pub(in crate::properties) smoking: Vec<Choice>,
}

impl RuleChoices {
    /// In the page's language.
    pub(in crate::properties) fn of(page: &Page) -> Self {
        Self {
            allowances: page.choices("allowance", Allowance::ALL.iter().map(|case| case.as_str())),
            smoking: page.choices("smoking", Smoking::ALL.iter().map(|case| case.as_str())),
        }
    }
}

#[derive(Template)]
#[template(path = "properties/rules/templates/show.html")]
struct ShowPage {
    page: Page,
    property: PropertyView,
    rules: HouseRules,
    form: Form,
    rule_choices: RuleChoices,
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
    let rules = service::find(&mut read, grant, id).await?;
    let form = typed.unwrap_or_else(|| Form::of(&rules.to_form()));
    let page = Page::of(web);
    html(&ShowPage { rule_choices: RuleChoices::of(&page), page, property, rules, form })
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
    Csrf(form): Csrf<RulesForm>,
) -> Result<Response, WebError> {
    match HouseRules::parse(&form) {
        Ok(new) => service::replace(&app, &grant, id, &new).await?,
        Err(errors) => {
            let page = shown(&app, &web, &grant, id, Some(Form::of(&form).with_errors(errors))).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    }
    web.flash(&Flash::success("properties-flash-saved"));
    Ok(web.redirect(&format!("/properties/{id}/rules")))
}
