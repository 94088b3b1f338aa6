//! Adding a property in a few steps.
//!
//! The first step adds the property with what is usual, and each further one saves on its own: whoever stops anywhere has a whole property.
//! The id is chosen before the first step and stands in its address. So what is sent twice adds one property, and going back to the
//! first step finds what was typed there.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{
    Fault, FieldErrors, Grant, PropertyId,
    permissions::{PropertiesCreate, PropertiesEdit},
    text_enum,
};
use serde::{Deserialize, Serialize};
use webkit::{Allowed, Csrf, Flash, Path, Query, Web, WebError};

use super::{
    super::{
        NewProperty, Part, PropertyError, PropertyForm, PropertyView, Section,
        rooms::{self, RoomView, Sleeping},
        rules::{self, HouseRules, RuleChoices, RulesForm},
        service,
    },
    Mode,
    choices::Choices,
};
use crate::{
    App, organizations,
    ui::{Form, Page, html},
};

text_enum! {
    /// A step of adding a property.
    pub enum Step {
        /// What it is and where.
        Start = "start",
        /// How large it is.
        Size = "size",
        /// Rooms and beds.
        Rooms = "rooms",
        /// When guests come and go, and what they may.
        Times = "times",
        /// What to do next.
        Done = "done",
    }
}

impl Step {
    /// Where it is.
    fn href(self, id: PropertyId) -> String {
        format!("/properties/{id}/setup/{self}")
    }

    /// Its place among the steps, counted from 1.
    #[must_use]
    pub fn number(self) -> usize {
        Self::ALL.iter().take_while(|step| **step <= self).count()
    }

    /// The one after it.
    fn next(self) -> Self {
        Self::ALL.iter().copied().find(|step| *step > self).unwrap_or(self)
    }

    /// The one before it.
    fn back(self) -> Self {
        Self::ALL.iter().rev().copied().find(|step| *step < self).unwrap_or(self)
    }

    /// The fields of a property that it asks for.
    fn fields(self) -> Vec<&'static str> {
        match self {
            Self::Start => ["name", "property_type"].iter().chain(Part::Where.fields()).copied().collect(),
            Self::Size => Part::Size.fields().to_vec(),
            Self::Times => Part::Times.fields().to_vec(),
            Self::Rooms | Self::Done => Vec::new(),
        }
    }
}

/// Where to go when a step is saved.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Go {
    /// To the next one.
    #[default]
    Next,
    /// To the one before.
    Back,
    /// To the property: the rest is for another day.
    Later,
}

/// The query of a step.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::properties) struct StepQuery {
    go: Go,
    /// The id that the property will have.
    draft: Option<PropertyId>,
}

impl StepQuery {
    fn href(&self, step: Step, id: PropertyId) -> String {
        match self.go {
            Go::Next => step.next().href(id),
            Go::Back => step.back().href(id),
            Go::Later => format!("/properties/{id}"),
        }
    }
}

/// What a step may bring: facts, and in the last one house rules too.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::properties) struct StepForm {
    #[serde(flatten)]
    facts: PropertyForm,
    #[serde(flatten)]
    rules: RulesForm,
}

#[derive(Template)]
#[template(path = "properties/templates/setup.html")]
struct SetupPage {
    page: Page,
    step: Step,
    /// Where the form is sent, with a query that more may follow.
    action: String,
    form: Form,
    choices: Choices,
    rule_choices: RuleChoices,
}

#[derive(Template)]
#[template(path = "properties/templates/setup_rooms.html")]
struct RoomsPage {
    page: Page,
    step: Step,
    property: PropertyView,
    rooms: Vec<RoomView>,
    sleeping: Sleeping,
    mode: Mode,
}

#[derive(Template)]
#[template(path = "properties/templates/setup_done.html")]
struct DonePage {
    page: Page,
    step: Step,
    property: PropertyView,
    /// The pages on which to go on.
    sections: Vec<Section>,
}

fn setup_page(web: &Web, step: Step, action: String, form: Form) -> SetupPage {
    let page = Page::of(web);
    SetupPage { choices: Choices::of(&page), rule_choices: RuleChoices::of(&page), page, step, action, form }
}

/// Where the first step is sent while there is no property yet.
fn new_action(draft: PropertyId) -> String {
    format!("/properties/new?draft={draft}")
}

/// Where a step is sent.
fn own_action(step: Step, id: PropertyId) -> String {
    format!("{}?draft={id}", step.href(id))
}

/// What a new property is like before anything is typed.
async fn usual(app: &App, grant: &Grant<PropertiesCreate>) -> Result<PropertyForm, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let organization = organizations::find(&mut read, grant).await?.facts;
    Ok(PropertyForm {
        country: organization.country,
        zone: organization.zone.to_string(),
        colour: service::free_colour(&mut read, grant).await.map_err(Fault::from)?.to_string(),
        ..PropertyForm::usual()
    })
}

pub(in crate::properties) async fn new(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesCreate>,
    Query(query): Query<StepQuery>,
) -> Result<Response, WebError> {
    let Some(draft) = query.draft else { return Ok(web.redirect(&new_action(PropertyId::new(&app.env)))) };
    if known(&app, &grant, draft).await?.is_some() {
        return Ok(web.redirect(&Step::Start.href(draft)));
    }
    let form = Form::of(&usual(&app, &grant).await?);
    html(&setup_page(&web, Step::Start, new_action(draft), form))
}

pub(in crate::properties) async fn create(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesCreate>,
    Query(query): Query<StepQuery>,
    Csrf(typed): Csrf<PropertyForm>,
) -> Result<Response, WebError> {
    let draft = query.draft.unwrap_or_else(|| PropertyId::new(&app.env));
    // There is one already when the form is sent twice, or once more after going back.
    let known = known(&app, &grant, draft).await?;
    let base = match &known {
        Some(property) => property.facts.to_form(),
        None => usual(&app, &grant).await?,
    };
    let form = base.with_fields(&Step::Start.fields(), &typed);
    let new = match NewProperty::parse(&form) {
        Ok(new) => new,
        Err(errors) => {
            let form = Form::of(&form).with_errors(errors);
            let page = setup_page(&web, Step::Start, new_action(draft), form);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response());
        }
    };
    if known.is_some() {
        service::change(&app, &grant.also()?, draft, &new).await?;
    } else {
        service::create_as(&app, &grant, draft, &new).await?;
        web.flash(&Flash::success("properties-flash-created").with("name", &new.name));
    }
    Ok(web.redirect(&query.href(Step::Start, draft)))
}

/// The property that has this id already.
async fn known(
    app: &App,
    grant: &Grant<PropertiesCreate>,
    id: PropertyId,
) -> Result<Option<PropertyView>, PropertyError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    match service::find(&mut read, grant, id).await {
        Ok(property) => Ok(Some(property)),
        Err(PropertyError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(in crate::properties) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, step)): Path<(PropertyId, Step)>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = service::find(&mut read, &grant, id).await?;
    let page = Page::of(&web);
    match step {
        Step::Rooms => {
            let rooms = rooms::list(&mut read, &grant, id).await.map_err(Fault::from)?;
            html(&RoomsPage { page, step, property, sleeping: Sleeping::of(&rooms), rooms, mode: Mode::of_setup() })
        }
        Step::Done => {
            let on = |section: &Section| *section != Section::Overview && *section != Section::Rooms;
            let sections = Section::open_to(&page).into_iter().filter(on).collect();
            html(&DonePage { page, step, property, sections })
        }
        Step::Start | Step::Size | Step::Times => {
            let rules = rules::find(&mut read, &grant, id).await?.to_form();
            let form = Form::of(&StepForm { facts: property.facts.to_form(), rules });
            html(&setup_page(&web, step, own_action(step, id), form))
        }
    }
}

/// Saves a step; what is wrong with its fields is an answer, not an error.
async fn save(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    (id, step): (PropertyId, Step),
    form: &StepForm,
) -> Result<Result<(), FieldErrors>, PropertyError> {
    let facts = NewProperty::parse(&form.facts);
    let rules = if step == Step::Times { HouseRules::parse(&form.rules).map(Some) } else { Ok(None) };
    match (facts, rules) {
        (Ok(facts), Ok(rules)) => {
            service::change(app, grant, id, &facts).await?;
            if let Some(rules) = rules {
                rules::replace(app, grant, id, &rules).await?;
            }
            Ok(Ok(()))
        }
        (Err(mut errors), Err(more)) => {
            errors.extend(more);
            Ok(Err(errors))
        }
        (Err(errors), Ok(_)) | (Ok(_), Err(errors)) => Ok(Err(errors)),
    }
}

pub(in crate::properties) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path((id, step)): Path<(PropertyId, Step)>,
    Query(query): Query<StepQuery>,
    Csrf(typed): Csrf<StepForm>,
) -> Result<Response, WebError> {
    let property = service::find(&mut app.db.read().await.map_err(Fault::from)?, &grant, id).await?;
    let facts = property.facts.to_form().with_fields(&step.fields(), &typed.facts);
    let form = StepForm { facts, rules: typed.rules };
    if let Err(errors) = save(&app, &grant, (id, step), &form).await? {
        let form = Form::of(&form).with_errors(errors);
        let page = setup_page(&web, step, own_action(step, id), form);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response());
    }
    Ok(web.redirect(&query.href(step, id)))
}
