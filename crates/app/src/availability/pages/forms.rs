//! Saying, changing and removing rules.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{Fault, Grant, PropertyId, RuleId, permissions::AvailabilityEdit};
use serde::Deserialize;
use webkit::{Allowed, Csrf, Flash, NoFields, Path, Query, Web, WebError};

use super::words::{GroupView, groups, source};
use crate::{
    App,
    availability::{AvailabilityError, Level, NewRule, Rule, RuleForm, Tight, Weekday, service},
    properties,
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "availability/templates/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    level: Level,
    title: String,
    /// Where giving up leads, and what is there.
    back: String,
    back_text: String,
    /// What holds where this rule says nothing, by the order of the groups.
    otherwise: Vec<GroupView>,
    properties: Vec<Choice>,
    weekdays: Vec<Choice>,
    tights: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "availability/templates/remove.html")]
struct RemovePage {
    page: Page,
    rule: Rule,
    name: String,
    back: String,
}

impl FormPage {
    fn is_dated(&self) -> bool {
        service::is_dated(self.level)
    }
    fn is_season(&self) -> bool {
        self.level == Level::Season
    }
    /// What holds otherwise for the group at this place.
    fn otherwise(&self, place: &usize) -> String {
        let Some(group) = self.otherwise.get(*place) else { return String::new() };
        let lines = if group.lines.is_empty() {
            self.page.t("availability-not-restricted").to_owned()
        } else {
            group.lines.join(" · ")
        };
        self.page.t1("availability-otherwise", "rules", lines)
    }
}

/// The page of a property's rules, or of those of all.
fn place(property: Option<PropertyId>) -> String {
    property.map_or_else(|| "/availability".to_owned(), |id| format!("/properties/{id}/availability"))
}

async fn form_page(
    app: &App,
    web: &Web,
    grant: &Grant<AvailabilityEdit>,
    form: Form,
    level: Level,
    property: Option<PropertyId>,
) -> Result<FormPage, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let today = app.env.now().date_naive();
    let page = Page::of(web);
    let name = match property {
        Some(id) => Some(properties::find(&mut read, grant, id).await?.facts.name),
        None => None,
    };
    let rules = service::rules(&mut read, &grant.also()?, property, today).await?;
    let units = if service::is_dated(level) {
        properties::units(&mut read, grant).await.map_err(Fault::from)?
    } else {
        Vec::new()
    };
    let whole = units.into_iter().filter(|unit| unit.parent_id.is_none());
    Ok(FormPage {
        form,
        level,
        title: match (&name, level) {
            (Some(name), Level::Property) => page.t1("availability-edit-property", "name", name.as_str()),
            (_, level) => page.t_of("availability-edit", level.as_str()),
        },
        back: place(property),
        back_text: name.unwrap_or_else(|| page.t("availability-title").to_owned()),
        otherwise: groups(&page, &rules.below(level).undated(), today),
        properties: whole.map(|unit| Choice::new(unit.property_id.to_string(), unit.property_name)).collect(),
        weekdays: page.choices("weekday", Weekday::ALL.iter().map(|day| day.as_str())),
        tights: page.choices("availability-tight", Tight::ALL.iter().map(|tight| tight.as_str())),
        page,
    })
}

/// Answers a form: on to the page of the rules, or the form again.
async fn answered(
    app: &App,
    web: &Web,
    grant: &Grant<AvailabilityEdit>,
    form: &RuleForm,
    level: Level,
    property: Option<PropertyId>,
    done: Result<Option<PropertyId>, AvailabilityError>,
) -> Result<Response, WebError> {
    match done {
        Ok(property) => {
            web.flash(&Flash::success("availability-flash-saved"));
            Ok(web.redirect(&place(property)))
        }
        Err(AvailabilityError::Invalid(errors)) => {
            let page = form_page(app, web, grant, Form::of(form).with_errors(errors), level, property).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The form of what is said for a property, or for all of them.
async fn base_form(
    app: &App,
    web: &Web,
    grant: &Grant<AvailabilityEdit>,
    level: Level,
    property: Option<PropertyId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let rule = service::base(&mut read, grant, property).await?;
    drop(read);
    let form = rule.as_ref().map(RuleForm::of).unwrap_or_default();
    html(&form_page(app, web, grant, Form::of(&form), level, property).await?)
}

async fn say(
    app: &App,
    web: &Web,
    grant: &Grant<AvailabilityEdit>,
    form: RuleForm,
    level: Level,
    property: Option<PropertyId>,
) -> Result<Response, WebError> {
    let property_id = property.map(|id| id.to_string()).unwrap_or_default();
    let form = RuleForm { level: level.to_string(), property_id, ..form };
    let done = match NewRule::parse(&form) {
        Ok(new) => service::say(app, grant, &new).await.map(|()| property),
        Err(errors) => Err(errors.into()),
    };
    answered(app, web, grant, &form, level, property, done).await
}

pub(in crate::availability) async fn edit_shared(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<AvailabilityEdit>,
) -> Result<Response, WebError> {
    base_form(&app, &web, &grant, Level::Organization, None).await
}

pub(in crate::availability) async fn say_shared(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<AvailabilityEdit>,
    Csrf(form): Csrf<RuleForm>,
) -> Result<Response, WebError> {
    say(&app, &web, &grant, form, Level::Organization, None).await
}

pub(in crate::availability) async fn edit_property(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<AvailabilityEdit>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    base_form(&app, &web, &grant, Level::Property, Some(id)).await
}

pub(in crate::availability) async fn say_property(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<AvailabilityEdit>,
    Path(id): Path<PropertyId>,
    Csrf(form): Csrf<RuleForm>,
) -> Result<Response, WebError> {
    say(&app, &web, &grant, form, Level::Property, Some(id)).await
}

/// What a new season, or new dates, begin with.
#[derive(Debug, Deserialize)]
pub(in crate::availability) struct NewQuery {
    #[serde(default)]
    level: Option<Level>,
    #[serde(default)]
    property: Option<PropertyId>,
}

impl NewQuery {
    /// Dates, or a season.
    fn level(&self) -> Level {
        self.level.filter(|level| *level == Level::Date).unwrap_or(Level::Season)
    }
}

pub(in crate::availability) async fn new(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<AvailabilityEdit>,
    Query(query): Query<NewQuery>,
) -> Result<Response, WebError> {
    let form = RuleForm {
        property_id: query.property.map(|id| id.to_string()).unwrap_or_default(),
        priority: "0".to_owned(),
        ..RuleForm::default()
    };
    html(&form_page(&app, &web, &grant, Form::of(&form), query.level(), query.property).await?)
}

pub(in crate::availability) async fn create(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<AvailabilityEdit>,
    Query(query): Query<NewQuery>,
    Csrf(form): Csrf<RuleForm>,
) -> Result<Response, WebError> {
    let form = RuleForm { level: query.level().to_string(), ..form };
    let done = match NewRule::parse(&form) {
        Ok(new) => service::add(&app, &grant, &new).await.map(|_| new.property_id),
        Err(errors) => Err(errors.into()),
    };
    answered(&app, &web, &grant, &form, query.level(), query.property, done).await
}

async fn found(app: &App, grant: &Grant<AvailabilityEdit>, id: RuleId) -> Result<Rule, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(service::find(&mut read, grant, id).await?)
}

pub(in crate::availability) async fn edit(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<AvailabilityEdit>,
    Path(id): Path<RuleId>,
) -> Result<Response, WebError> {
    let rule = found(&app, &grant, id).await?;
    html(&form_page(&app, &web, &grant, Form::of(&RuleForm::of(&rule)), rule.level, rule.property_id).await?)
}

pub(in crate::availability) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<AvailabilityEdit>,
    Path(id): Path<RuleId>,
    Csrf(form): Csrf<RuleForm>,
) -> Result<Response, WebError> {
    let rule = found(&app, &grant, id).await?;
    let form = RuleForm { level: rule.level.to_string(), ..form };
    let done = match NewRule::parse(&form) {
        Ok(new) => service::change(&app, &grant, id, &new).await.map(|()| new.property_id),
        Err(errors) => Err(errors.into()),
    };
    answered(&app, &web, &grant, &form, rule.level, rule.property_id, done).await
}

pub(in crate::availability) async fn ask_remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<AvailabilityEdit>,
    Path(id): Path<RuleId>,
) -> Result<Response, WebError> {
    let rule = found(&app, &grant, id).await?;
    let page = Page::of(&web);
    html(&RemovePage { name: source(&page, &rule), back: place(rule.property_id), page, rule })
}

pub(in crate::availability) async fn remove(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<AvailabilityEdit>,
    Path(id): Path<RuleId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    let rule = found(&app, &grant, id).await?;
    service::remove(&app, &grant, id).await?;
    web.flash(&Flash::success("availability-flash-removed"));
    Ok(web.redirect(&place(rule.property_id)))
}
