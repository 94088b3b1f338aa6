//! The pages of properties.

mod choices;
pub(super) mod edit;
mod mode;
pub(super) mod setup;

use std::collections::HashMap;

use askama::Template;
use axum::{extract::State, response::Response};
use kernel::{
    Cursor, Fault, Limit, country,
    permissions::{PropertiesDelete, PropertiesView},
};
use serde::Deserialize;
use webkit::{Allowed, Csrf, Flash, NoFields, Path, Query, Web, WebError};

use super::{
    PropertyError, PropertyFilter, PropertyView,
    rooms::{self, Sleeping},
    service,
};
use crate::{
    App,
    feeds::{self, CalendarsSection},
    photos::{self, Cover, PhotoView},
    ui::{Page, html},
};

pub(super) use mode::Mode;

#[derive(Template)]
#[template(path = "properties/templates/list.html")]
struct ListPage {
    page: Page,
    properties: Vec<PropertyView>,
    /// The main photo of each that has one.
    covers: HashMap<kernel::PropertyId, Cover>,
    archived: bool,
    first_href: String,
    next_href: String,
}

#[derive(Template)]
#[template(path = "properties/templates/show.html")]
struct ShowPage {
    page: Page,
    property: PropertyView,
    country: String,
    photo: Option<PhotoView>,
    rooms: usize,
    sleeping: Sleeping,
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
    let ids: Vec<kernel::PropertyId> = found.items.iter().map(|property| property.id).collect();
    let covers = photos::covers(&mut read, &grant, &ids).await.map_err(Fault::from)?;
    let address = format!("/properties?filter={filter}");
    html(&ListPage {
        page: Page::of(&web),
        properties: found.items,
        covers,
        archived: filter == PropertyFilter::Archived,
        next_href: found.next.map(|next| format!("{address}&cursor={}", next.as_str())).unwrap_or_default(),
        first_href: query.cursor.map(|_| address).unwrap_or_default(),
    })
}

pub(super) async fn show(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<PropertiesView>,
    Path(id): Path<kernel::PropertyId>,
) -> Result<Response, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let property = service::find(&mut read, &grant, id).await?;
    let rooms = rooms::list(&mut read, &grant, id).await.map_err(Fault::from)?;
    let calendars = match grant.also() {
        Ok(grant) => Some(feeds::calendars_of(&app, &mut read, &grant, id, property.archived_at.is_some()).await),
        Err(_) => None,
    };
    let calendars = calendars.transpose().map_err(Fault::from)?;
    let photo = photos::main_photo(&mut read, &grant, id).await.map_err(Fault::from)?;
    let page = Page::of(&web);
    let country = country::by_code(property.facts.country).map(|country| country.name(page.language).to_owned());
    html(&ShowPage {
        country: country.unwrap_or_default(),
        page,
        property,
        photo,
        rooms: rooms.len(),
        sleeping: Sleeping::of(&rooms),
        calendars,
    })
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
