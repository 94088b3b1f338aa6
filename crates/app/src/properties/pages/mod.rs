//! The pages of properties.

mod mode;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use kernel::{
    Cursor, Fault, FieldErrors, Limit, country,
    permissions::{PropertiesCreate, PropertiesDelete, PropertiesEdit, PropertiesView},
};
use serde::Deserialize;
use webkit::{Allowed, Csrf, Flash, NoFields, Path, Query, Web, WebError};

use super::{
    NewProperty, PropertyError, PropertyFilter, PropertyForm, PropertyStatus, PropertyType, PropertyView, service,
};
use crate::{
    App, accounts,
    feeds::{self, CalendarsSection},
    organizations,
    ui::{Choice, Form, Page, html},
};

pub(super) use mode::Mode;

#[derive(Template)]
#[template(path = "properties/templates/list.html")]
struct ListPage {
    page: Page,
    properties: Vec<PropertyView>,
    archived: bool,
    first_href: String,
    next_href: String,
}

#[derive(Template)]
#[template(path = "properties/templates/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    /// The property that is changed; `None` for a new one.
    property: Option<PropertyView>,
    types: Vec<Choice>,
    statuses: Vec<Choice>,
    countries: Vec<Choice>,
    zones: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "properties/templates/show.html")]
struct ShowPage {
    page: Page,
    property: PropertyView,
    country: String,
    /// `None` for who may not see calendars.
    calendars: Option<CalendarsSection>,
}

#[derive(Template)]
#[template(path = "properties/templates/archive.html")]
struct ArchivePage {
    page: Page,
    property: PropertyView,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ListQuery {
    #[serde(default)]
    filter: Option<PropertyFilter>,
    #[serde(default)]
    cursor: Option<Cursor>,
}

pub(super) async fn list(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesView>,
    Query(query): Query<ListQuery>,
) -> Result<Response, WebError> {
    let filter = query.filter.unwrap_or(PropertyFilter::Current);
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let found =
        service::list(&mut read, &grant, filter, query.cursor.as_ref(), Limit::default()).await.map_err(Fault::from)?;
    let address = format!("/properties?filter={filter}");
    html(&ListPage {
        page: Page::of(&web),
        properties: found.items,
        archived: filter == PropertyFilter::Archived,
        next_href: found.next.map(|next| format!("{address}&cursor={}", next.as_str())).unwrap_or_default(),
        first_href: query.cursor.map(|_| address).unwrap_or_default(),
    })
}

fn form_page(web: &Web, form: Form, property: Option<PropertyView>) -> FormPage {
    let page = Page::of(web);
    FormPage {
        types: page.choices("property-type", PropertyType::ALL.iter().map(|case| case.as_str())),
        statuses: page.choices("property-status", PropertyStatus::ALL.iter().map(|case| case.as_str())),
        countries: accounts::countries(&page),
        zones: accounts::zones(),
        page,
        form,
        property,
    }
}

pub(super) async fn new(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesCreate>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let organization = organizations::find(&mut read, &grant).await?.facts;
    let form = PropertyForm {
        country: organization.country,
        zone: organization.zone.to_string(),
        property_type: PropertyType::Apartment.to_string(),
        status: PropertyStatus::Active.to_string(),
        check_in_time: "16:00".to_owned(),
        check_out_time: "11:00".to_owned(),
        bedrooms: "1".to_owned(),
        bathrooms: "1".to_owned(),
        capacity: "2".to_owned(),
        colour: "teal".to_owned(),
        ..PropertyForm::default()
    };
    html(&form_page(&web, Form::of(&form), None))
}

fn shown_again(
    web: &Web,
    form: &PropertyForm,
    errors: FieldErrors,
    property: Option<PropertyView>,
) -> Result<Response, WebError> {
    let page = form_page(web, Form::of(form).with_errors(errors), property);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
}

pub(super) async fn create(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesCreate>,
    Csrf(form): Csrf<PropertyForm>,
) -> Result<Response, WebError> {
    let new = match NewProperty::parse(&form) {
        Ok(new) => new,
        Err(errors) => return shown_again(&web, &form, errors, None),
    };
    let id = service::create(&app, &grant, &new).await?;
    web.flash(&Flash::success("properties-flash-created").with("name", &new.name));
    Ok(web.redirect(&format!("/properties/{id}")))
}

pub(super) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesView>,
    Path(id): Path<kernel::PropertyId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = service::find(&mut read, &grant, id).await?;
    let calendars = match grant.also() {
        Ok(grant) => Some(feeds::calendars_of(&app, &mut read, &grant, id, property.archived_at.is_some()).await),
        Err(_) => None,
    };
    let calendars = calendars.transpose().map_err(Fault::from)?;
    let page = Page::of(&web);
    let country = country::by_code(property.facts.country).map(|country| country.name(page.language).to_owned());
    html(&ShowPage { country: country.unwrap_or_default(), page, property, calendars })
}

pub(super) async fn edit(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<kernel::PropertyId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = service::find(&mut read, &grant, id).await?;
    html(&form_page(&web, Form::of(&property.facts.to_form()), Some(property)))
}

pub(super) async fn update(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<kernel::PropertyId>,
    Csrf(form): Csrf<PropertyForm>,
) -> Result<Response, WebError> {
    match NewProperty::parse(&form) {
        Ok(new) => service::change(&app, &grant, id, &new).await?,
        Err(errors) => {
            let mut read = app.db.read().await.map_err(Fault::from)?;
            let property = service::find(&mut read, &grant, id).await?;
            return shown_again(&web, &form, errors, Some(property));
        }
    }
    web.flash(&Flash::success("properties-flash-saved"));
    Ok(web.redirect(&format!("/properties/{id}")))
}

pub(super) async fn ask_archive(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesDelete>,
    Path(id): Path<kernel::PropertyId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = service::find(&mut read, &grant, id).await?;
    html(&ArchivePage { page: Page::of(&web), property })
}

pub(super) async fn archive(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesDelete>,
    Path(id): Path<kernel::PropertyId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    match service::archive(&app, &grant, id).await {
        Ok(()) => web.flash(&Flash::success("properties-flash-archived")),
        Err(PropertyError::StaysAhead(count)) => {
            web.flash(&Flash::error("properties-flash-stays-ahead").with("count", count))
        }
        Err(error) => return Err(error.into()),
    }
    Ok(web.redirect(&format!("/properties/{id}")))
}

pub(super) async fn restore(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesDelete>,
    Path(id): Path<kernel::PropertyId>,
    Csrf(NoFields {}): Csrf<NoFields>,
) -> Result<Response, WebError> {
    service::restore(&app, &grant, id).await?;
    web.flash(&Flash::success("properties-flash-restored"));
    Ok(web.redirect(&format!("/properties/{id}")))
}
