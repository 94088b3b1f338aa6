//! The pages of units.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{
    Fault, Grant, PropertyId, UnitId,
    permissions::{PropertiesEdit, PropertiesView},
};
use webkit::{Allowed, Csrf, Flash, NoFields, Path, Web, WebError};

use super::{InTheWay, NewUnit, UnitError, UnitFacts, UnitForm, service, tree};
use crate::{
    App,
    properties::{self, PropertyView, UnitView},
    ui::{Choice, Form, Page, html},
};

#[derive(Template)]
#[template(path = "units/templates/list.html")]
struct ListPage {
    page: Page,
    property: PropertyView,
    /// With a dash for each unit above the one.
    units: Vec<(String, UnitView)>,
}

#[derive(Template)]
#[template(path = "units/templates/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    property: PropertyId,
    property_name: String,
    /// `None` for a new one.
    unit: Option<UnitView>,
    /// Where there is more than the whole to choose.
    parents: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "units/templates/retire.html")]
struct RetirePage {
    page: Page,
    unit: UnitView,
    ways: InTheWay,
}

fn list_address(property: PropertyId) -> String {
    format!("/properties/{property}/units")
}

pub(super) async fn list(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesView>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, &grant, id).await?;
    let units = properties::units_of(&mut read, &grant, id).await.map_err(Fault::from)?;
    let units = tree(units).into_iter().map(|(depth, unit)| ("–\u{2002}".repeat(depth), unit)).collect();
    html(&ListPage { page: Page::of(&web), property, units })
}

async fn new_page(
    app: &App,
    web: &Web,
    grant: &Grant<PropertiesEdit>,
    id: PropertyId,
    form: Form,
) -> Result<FormPage, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = properties::find(&mut read, grant, id).await?;
    let mut units = properties::units_of(&mut read, grant, id).await.map_err(Fault::from)?;
    units.retain(|unit| !unit.archived);
    let page = Page::of(web);
    let choice = |(depth, unit): (usize, UnitView)| {
        let name = unit.name.unwrap_or_else(|| page.t("units-whole").to_owned());
        Choice::new(unit.id.to_string(), format!("{}{name}", "\u{2003}".repeat(depth)))
    };
    let parents = if units.len() > 1 { tree(units).into_iter().map(choice).collect() } else { Vec::new() };
    Ok(FormPage { form, property: id, property_name: property.facts.name, unit: None, parents, page })
}

pub(super) async fn new(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
) -> Result<Response, WebError> {
    html(&new_page(&app, &web, &grant, id, Form::new()).await?)
}

pub(super) async fn create(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    Csrf(form): Csrf<UnitForm>,
) -> Result<Response, WebError> {
    let added = match NewUnit::parse(&form) {
        Ok(new) => service::add(&app, &grant, id, &new).await.map(|_| new.facts.name),
        Err(errors) => Err(UnitError::Invalid(errors)),
    };
    match added {
        Ok(name) => {
            web.flash(&Flash::success("units-flash-added").with("name", name));
            Ok(web.redirect(&list_address(id)))
        }
        Err(UnitError::Invalid(errors)) => {
            let page = new_page(&app, &web, &grant, id, Form::of(&form).with_errors(errors)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn edit_page(web: &Web, unit: UnitView, form: Form) -> FormPage {
    FormPage {
        page: Page::of(web),
        form,
        property: unit.property_id,
        property_name: unit.property_name.clone(),
        unit: Some(unit),
        parents: Vec::new(),
    }
}

pub(super) async fn edit(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<UnitId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let unit = service::find(&mut read, &grant, id).await?;
    let form = UnitForm {
        name: unit.name.clone().unwrap_or_default(),
        capacity: unit.own_capacity.map(|guests| guests.to_string()).unwrap_or_default(),
        ..UnitForm::default()
    };
    html(&edit_page(&web, unit, Form::of(&form)))
}

pub(super) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<UnitId>,
    Csrf(form): Csrf<UnitForm>,
) -> Result<Response, WebError> {
    let changed = match UnitFacts::parse(&form) {
        Ok(facts) => service::change(&app, &grant, id, &facts).await,
        Err(errors) => Err(UnitError::Invalid(errors)),
    };
    match changed {
        Ok(unit) => {
            web.flash(&Flash::success("units-flash-saved"));
            Ok(web.redirect(&list_address(unit.property_id)))
        }
        Err(UnitError::Invalid(errors)) => {
            let mut read = app.db.read().await.map_err(Fault::from)?;
            let unit = service::find(&mut read, &grant, id).await?;
            let page = edit_page(&web, unit, Form::of(&form).with_errors(errors));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn ask_retire(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<UnitId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let unit = service::find(&mut read, &grant, id).await?;
    let ways = service::in_the_way(&app, &mut read, &grant, &unit).await?;
    html(&RetirePage { page: Page::of(&web), unit, ways })
}

pub(super) async fn retire(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<UnitId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    match service::retire(&app, &grant, id).await {
        Ok(unit) => {
            web.flash(&Flash::success("units-flash-retired"));
            Ok(web.redirect(&list_address(unit.property_id)))
        }
        Err(UnitError::InTheWay(ways)) => {
            let mut read = app.db.read().await.map_err(Fault::from)?;
            let unit = service::find(&mut read, &grant, id).await?;
            let page = RetirePage { page: Page::of(&web), unit, ways };
            Ok((StatusCode::CONFLICT, html(&page)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn restore(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<UnitId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    let unit = service::restore(&app, &grant, id).await?;
    web.flash(&Flash::success("units-flash-restored"));
    Ok(web.redirect(&list_address(unit.property_id)))
}
