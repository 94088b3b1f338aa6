//! Properties and units as JSON.

use axum::{Json, extract::State};
use http::StatusCode;
use kernel::{
    Cursor, Fault, Grant, Instant, Limit, Page, Permission, PropertyId, UnitId, Zone,
    permissions::{PropertiesCreate, PropertiesDelete, PropertiesEdit, PropertiesView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, Path, Query, WebError};

use super::{
    AreaUnit, NewProperty, PropertyFilter, PropertyForm, PropertyStatus, PropertyType, PropertyView, UnitView,
    input::clock, service,
};
use crate::{App, ui::PropertyColour};

/// A property.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PropertyBody {
    id: PropertyId,
    /// The unit for the whole property: what stays and feeds refer to.
    whole_unit_id: UnitId,
    name: String,
    property_type: PropertyType,
    status: PropertyStatus,
    address_line: Option<String>,
    address_extra: Option<String>,
    postal_code: Option<String>,
    city: Option<String>,
    region: Option<String>,
    /// ISO 3166-1, two letters.
    country: String,
    zone: Zone,
    /// `HH:MM`, in the property's zone.
    check_in_time: String,
    /// `HH:MM`, in the property's zone.
    check_out_time: String,
    bedrooms: u32,
    /// A number with steps of a half, as text: `1.5`.
    bathrooms: String,
    capacity: u32,
    colour: PropertyColour,
    registration_number: Option<String>,
    /// `latitude, longitude` in decimal degrees.
    position: Option<String>,
    area: Option<u32>,
    area_unit: Option<AreaUnit>,
    /// For those who may change the property; null for others.
    notes: Option<String>,
    archived_at: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
}

impl PropertyBody {
    fn of<P: Permission>(view: PropertyView, grant: &Grant<P>) -> Self {
        let facts = view.facts;
        let may_edit = grant.also::<PropertiesEdit>().is_ok();
        Self {
            id: view.id,
            whole_unit_id: view.whole_unit,
            name: facts.name,
            property_type: facts.property_type,
            status: facts.status,
            address_line: facts.address_line,
            address_extra: facts.address_extra,
            postal_code: facts.postal_code,
            city: facts.city,
            region: facts.region,
            country: facts.country.to_owned(),
            zone: facts.zone,
            check_in_time: clock(facts.check_in_time),
            check_out_time: clock(facts.check_out_time),
            bedrooms: facts.bedrooms,
            bathrooms: facts.bathrooms.to_string(),
            capacity: facts.capacity,
            colour: facts.colour,
            registration_number: facts.registration_number,
            position: facts.position.map(|position| position.to_string()),
            area: facts.area.map(|area| area.size),
            area_unit: facts.area.map(|area| area.unit),
            notes: facts.notes.filter(|_| may_edit),
            archived_at: view.archived_at,
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

/// What to change of a property, or what a new one is like. Fields that are left out keep their value, or get the usual one.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct PropertyInput {
    /// 1 to 120 characters; needed for a new property.
    #[serde(default)]
    name: Option<String>,
    /// `apartment` when it is not given.
    #[serde(default)]
    property_type: Option<String>,
    /// `active` when it is not given.
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    address_line: Option<String>,
    #[serde(default)]
    address_extra: Option<String>,
    #[serde(default)]
    postal_code: Option<String>,
    #[serde(default)]
    city: Option<String>,
    #[serde(default)]
    region: Option<String>,
    /// ISO 3166-1, two letters; needed for a new property.
    #[serde(default)]
    country: Option<String>,
    /// An IANA zone; the country's first when it is not given.
    #[serde(default)]
    zone: Option<String>,
    /// `HH:MM`; 16:00 when it is not given.
    #[serde(default)]
    check_in_time: Option<String>,
    /// `HH:MM`; 11:00 when it is not given.
    #[serde(default)]
    check_out_time: Option<String>,
    #[serde(default)]
    bedrooms: Option<i64>,
    /// With steps of a half, as text: `1.5`.
    #[serde(default)]
    bathrooms: Option<String>,
    #[serde(default)]
    capacity: Option<i64>,
    #[serde(default)]
    colour: Option<String>,
    #[serde(default)]
    registration_number: Option<String>,
    /// `latitude, longitude` in decimal degrees, or a link to a map.
    #[serde(default)]
    position: Option<String>,
    /// 1 to 100,000.
    #[serde(default)]
    area: Option<i64>,
    /// `m2` or `ft2`; the usual one of the country when it was never given.
    #[serde(default)]
    area_unit: Option<String>,
    /// At most 4,000 characters.
    #[serde(default)]
    notes: Option<String>,
}

impl PropertyInput {
    /// The input laid over what is known.
    fn over(self, form: PropertyForm) -> PropertyForm {
        PropertyForm {
            name: self.name.unwrap_or(form.name),
            property_type: self.property_type.unwrap_or(form.property_type),
            status: self.status.unwrap_or(form.status),
            address_line: self.address_line.unwrap_or(form.address_line),
            address_extra: self.address_extra.unwrap_or(form.address_extra),
            postal_code: self.postal_code.unwrap_or(form.postal_code),
            city: self.city.unwrap_or(form.city),
            region: self.region.unwrap_or(form.region),
            country: self.country.unwrap_or(form.country),
            zone: self.zone.unwrap_or(form.zone),
            check_in_time: self.check_in_time.unwrap_or(form.check_in_time),
            check_out_time: self.check_out_time.unwrap_or(form.check_out_time),
            bedrooms: self.bedrooms.map_or(form.bedrooms, |n| n.to_string()),
            bathrooms: self.bathrooms.unwrap_or(form.bathrooms),
            capacity: self.capacity.map_or(form.capacity, |n| n.to_string()),
            colour: self.colour.unwrap_or(form.colour),
            registration_number: self.registration_number.unwrap_or(form.registration_number),
            position: self.position.unwrap_or(form.position),
            area: self.area.map_or(form.area, |area| area.to_string()),
            area_unit: self.area_unit.unwrap_or(form.area_unit),
            notes: self.notes.unwrap_or(form.notes),
        }
    }
}

/// Which properties.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ListQuery {
    /// `current` when it is not given.
    #[serde(default)]
    filter: Option<PropertyFilter>,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    cursor: Option<Cursor>,
    /// The most rows, 1 to 100; 50 when it is not given.
    #[serde(default)]
    limit: Option<i64>,
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesView>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<PropertyBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let limit = query.limit.map_or_else(Limit::default, Limit::new);
    let filter = query.filter.unwrap_or(PropertyFilter::Current);
    let page = service::list(&mut read, &grant, filter, query.cursor.as_ref(), limit).await.map_err(Fault::from)?;
    Ok(Json(page.map(|view| PropertyBody::of(view, &grant))))
}

async fn body<P: Permission>(app: &App, grant: &Grant<P>, id: PropertyId) -> Result<Json<PropertyBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(Json(PropertyBody::of(service::find(&mut read, grant, id).await?, grant)))
}

pub(super) async fn get(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesView>,
    Path(id): Path<PropertyId>,
) -> Result<Json<PropertyBody>, WebError> {
    body(&app, &grant, id).await
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesCreate>,
    ApiJson(input): ApiJson<PropertyInput>,
) -> Result<(StatusCode, Json<PropertyBody>), WebError> {
    let new = NewProperty::parse(&input.over(PropertyForm::usual()))?;
    let id = service::create(&app, &grant, &new).await?;
    Ok((StatusCode::CREATED, body(&app, &grant, id).await?))
}

pub(super) async fn change(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesEdit>,
    Path(id): Path<PropertyId>,
    ApiJson(input): ApiJson<PropertyInput>,
) -> Result<Json<PropertyBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let known = service::find(&mut read, &grant, id).await?;
    drop(read);
    let new = NewProperty::parse(&input.over(known.facts.to_form()))?;
    service::change(&app, &grant, id, &new).await?;
    body(&app, &grant, id).await
}

pub(super) async fn archive(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesDelete>,
    Path(id): Path<PropertyId>,
) -> Result<Json<PropertyBody>, WebError> {
    service::archive(&app, &grant, id).await?;
    body(&app, &grant, id).await
}

pub(super) async fn restore(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesDelete>,
    Path(id): Path<PropertyId>,
) -> Result<Json<PropertyBody>, WebError> {
    service::restore(&app, &grant, id).await?;
    body(&app, &grant, id).await
}

/// A unit: what stays and feeds refer to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UnitBody {
    id: UnitId,
    property_id: PropertyId,
    /// The unit above it; null for the one that stands for the whole property.
    parent_id: Option<UnitId>,
    name: Option<String>,
    /// Guests it takes: its own number, or else its property's.
    capacity: u32,
    /// When it was taken out of use.
    retired_at: Option<Instant>,
}

impl From<UnitView> for UnitBody {
    fn from(view: UnitView) -> Self {
        Self {
            id: view.id,
            property_id: view.property_id,
            parent_id: view.parent_id,
            name: view.name,
            capacity: view.capacity,
            retired_at: view.retired_at,
        }
    }
}

pub(super) async fn units(
    State(app): State<App>,
    Allowed(grant): Allowed<PropertiesView>,
    Path(id): Path<PropertyId>,
) -> Result<Json<Vec<UnitBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    service::find(&mut read, &grant, id).await?;
    let units = service::units_of(&mut read, &grant, id).await.map_err(Fault::from)?;
    Ok(Json(units.into_iter().map(UnitBody::from).collect()))
}
