//! Guests as JSON.

use axum::{Json, extract::State};
use http::StatusCode;
use kernel::{
    Cursor, Date, Fault, FieldErrors, GuestId, Instant, Language, Limit, Money, Page, StayId,
    permissions::{GuestsEdit, GuestsView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, Path, Query, WebError};

use super::{Companion, Guest, GuestFacts, GuestForm, GuestRow, GuestStay, service};
use crate::{
    App,
    stays::{self, Channel, StayStatus},
};

/// A person known to the organization.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct GuestBody {
    id: GuestId,
    name: String,
    /// Null without the permission `guests.contact`.
    email: Option<String>,
    /// Null without the permission `guests.contact`.
    phone: Option<String>,
    /// The language to write to them in.
    language: Option<Language>,
    /// ISO 3166-1, two letters.
    country: Option<&'static str>,
    notes: Option<String>,
    /// To be sent back with a change.
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Guest> for GuestBody {
    fn from(guest: Guest) -> Self {
        let facts = guest.facts;
        Self {
            id: guest.id,
            name: facts.name,
            email: facts.email,
            phone: facts.phone,
            language: facts.language,
            country: facts.country,
            notes: facts.notes,
            version: guest.version,
            created_at: guest.created_at,
            updated_at: guest.updated_at,
        }
    }
}

/// A guest in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct GuestRowBody {
    #[serde(flatten)]
    guest: GuestBody,
    /// How many stays they are part of, whatever became of these.
    stays: i64,
    /// The last arrival, past or ahead.
    last_arrival: Option<Date>,
}

impl From<GuestRow> for GuestRowBody {
    fn from(row: GuestRow) -> Self {
        Self { guest: row.guest.into(), stays: row.stays, last_arrival: row.last_arrival }
    }
}

/// A guest of a stay.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StayGuestBody {
    #[serde(flatten)]
    guest: GuestBody,
    /// Whether they booked it; the others come along.
    is_lead: bool,
}

/// A stay of a guest.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct GuestStayBody {
    id: StayId,
    property_name: String,
    /// Null for the whole property.
    unit_name: Option<String>,
    /// Whether they booked it.
    is_lead: bool,
    status: StayStatus,
    channel: Channel,
    check_in: Date,
    check_out: Date,
    /// Null without the permission `money.view`.
    amount: Option<Money>,
}

impl From<GuestStay> for GuestStayBody {
    fn from(stay: GuestStay) -> Self {
        Self {
            id: stay.id,
            property_name: stay.property_name,
            unit_name: stay.unit_name,
            is_lead: stay.is_lead,
            status: stay.status,
            channel: stay.channel,
            check_in: stay.nights.check_in(),
            check_out: stay.nights.check_out(),
            amount: stay.amount,
        }
    }
}

/// A guest with their stays.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct GuestDetailsBody {
    #[serde(flatten)]
    guest: GuestBody,
    /// The last first; at most 200.
    stays: Vec<GuestStayBody>,
    /// The nights of the stays that they booked and that were not called off.
    nights: u32,
    /// What these earn, in each currency.
    revenue: Vec<Money>,
    /// Others with the same e-mail address or telephone number.
    likely_same: Vec<GuestBody>,
    /// Those who were merged into this one.
    merged: Vec<GuestBody>,
}

/// What to change of a guest, or what a new one is like. Fields that are left out keep their value; an empty text clears it.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct GuestInput {
    /// 1 to 200 characters; needed for a new guest.
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    /// `en` or `es`.
    #[serde(default)]
    language: Option<String>,
    /// ISO 3166-1, two letters.
    #[serde(default)]
    country: Option<String>,
    #[serde(default)]
    notes: Option<String>,
    /// Needed for a change: the version that was read.
    #[serde(default)]
    version: Option<i64>,
}

impl GuestInput {
    fn over(self, form: GuestForm) -> GuestForm {
        GuestForm {
            name: self.name.unwrap_or(form.name),
            email: self.email.unwrap_or(form.email),
            phone: self.phone.unwrap_or(form.phone),
            language: self.language.unwrap_or(form.language),
            country: self.country.unwrap_or(form.country),
            notes: self.notes.unwrap_or(form.notes),
            version: form.version,
        }
    }
}

/// Which guests.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ListQuery {
    /// Only those with words that begin like these in the name, the e-mail address or the telephone number. The longest three count.
    #[serde(default)]
    q: Option<String>,
    /// Only those with the e-mail address or the telephone number of another.
    #[serde(default)]
    doubles: bool,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    cursor: Option<Cursor>,
    /// The most rows, 1 to 100; 50 when it is not given.
    #[serde(default)]
    limit: Option<i64>,
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<GuestsView>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<GuestRowBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let limit = query.limit.map_or_else(Limit::default, Limit::new);
    let typed = query.q.as_deref().filter(|typed| !typed.trim().is_empty());
    let page = service::list(&mut read, &grant, typed, query.doubles, query.cursor.as_ref(), limit).await?;
    Ok(Json(page.map(GuestRowBody::from)))
}

pub(super) async fn get(
    State(app): State<App>,
    Allowed(grant): Allowed<GuestsView>,
    Path(id): Path<GuestId>,
) -> Result<Json<GuestDetailsBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let details = service::details(&mut read, &grant, id, app.env.now()).await?;
    let (nights, revenue) = (details.nights(), details.revenue());
    Ok(Json(GuestDetailsBody {
        guest: details.guest.into(),
        stays: details.stays.into_iter().map(GuestStayBody::from).collect(),
        nights,
        revenue,
        likely_same: details.likely_same.into_iter().map(GuestBody::from).collect(),
        merged: details.merged.into_iter().map(GuestBody::from).collect(),
    }))
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed(grant): Allowed<GuestsEdit>,
    ApiJson(input): ApiJson<GuestInput>,
) -> Result<(StatusCode, Json<GuestBody>), WebError> {
    let facts = GuestFacts::parse(&input.over(GuestForm::default()))?;
    Ok((StatusCode::CREATED, Json(service::add(&app, &grant, &facts).await?.into())))
}

pub(super) async fn change(
    State(app): State<App>,
    Allowed(grant): Allowed<GuestsEdit>,
    Path(id): Path<GuestId>,
    ApiJson(input): ApiJson<GuestInput>,
) -> Result<Json<GuestBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let guest = service::find(&mut read, &grant, id).await?;
    drop(read);
    let version = input.version.ok_or_else(|| FieldErrors::one("version", "version_required"))?;
    let facts = GuestFacts::parse(&input.over(guest.facts.to_form()))?;
    Ok(Json(service::change(&app, &grant, id, version, &facts).await?.into()))
}

/// Two guests who are one.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct MergeInput {
    /// Who is no longer a person of their own.
    other: GuestId,
    /// The version of the guest that was read; whatever the present one is, when it is not given.
    #[serde(default)]
    version: Option<i64>,
}

pub(super) async fn merge(
    State(app): State<App>,
    Allowed(grant): Allowed<GuestsEdit>,
    Path(id): Path<GuestId>,
    ApiJson(input): ApiJson<MergeInput>,
) -> Result<Json<GuestBody>, WebError> {
    Ok(Json(service::merge(&app, &grant, id, input.other, input.version).await?.into()))
}

pub(super) async fn separate(
    State(app): State<App>,
    Allowed(grant): Allowed<GuestsEdit>,
    Path(id): Path<GuestId>,
) -> Result<Json<GuestBody>, WebError> {
    Ok(Json(service::separate(&app, &grant, id).await?.into()))
}

pub(super) async fn of_stay(
    State(app): State<App>,
    Allowed(grant): Allowed<GuestsView>,
    Path(id): Path<StayId>,
) -> Result<Json<Vec<StayGuestBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    stays::find(&mut read, &grant, id).await?;
    let guests = service::of_stay(&mut read, &grant, id).await.map_err(Fault::from)?;
    let body = |of: super::StayGuest| StayGuestBody { guest: of.guest.into(), is_lead: of.is_lead };
    Ok(Json(guests.into_iter().map(body).collect()))
}

/// Somebody who comes along: one who is known, or the name of a new one.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct CompanionInput {
    #[serde(default)]
    guest_id: Option<GuestId>,
    /// 1 to 200 characters.
    #[serde(default)]
    name: Option<String>,
}

pub(super) async fn add_companion(
    State(app): State<App>,
    Allowed(grant): Allowed<GuestsEdit>,
    Path(id): Path<StayId>,
    ApiJson(input): ApiJson<CompanionInput>,
) -> Result<(StatusCode, Json<GuestBody>), WebError> {
    let who = match input.guest_id {
        Some(guest) => Companion::Known(guest),
        None => {
            let form = GuestForm { name: input.name.unwrap_or_default(), ..GuestForm::default() };
            Companion::Named(GuestFacts::parse(&form)?.name)
        }
    };
    let guest = service::add_companion(&app, &grant, id, &who).await?;
    Ok((StatusCode::CREATED, Json(guest.into())))
}

pub(super) async fn remove_companion(
    State(app): State<App>,
    Allowed(grant): Allowed<GuestsEdit>,
    Path((id, guest)): Path<(StayId, GuestId)>,
) -> Result<StatusCode, WebError> {
    service::remove_companion(&app, &grant, id, guest).await?;
    Ok(StatusCode::NO_CONTENT)
}
