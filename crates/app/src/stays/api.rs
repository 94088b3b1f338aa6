//! Stays as JSON.

use axum::{Json, extract::State};
use http::StatusCode;
use kernel::{
    Cursor, Date, Fault, FeedId, FieldErrors, Grant, GuestId, Instant, Limit, Money, Page, Permission, PropertyId,
    StayId, UnitId,
    permissions::{StaysCancel, StaysCreate, StaysEdit, StaysView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use webkit::{Allowed, ApiJson, Path, Query, WebError};

use super::{
    BlockKind, ChangeStay, Channel, Decision, InTheWay, Join, MoveTo, NewStay, Split, Stay, StayDetails, StayFilter,
    StayForm, StayKind, StayStatus, StayTab, input, moves, service,
};
use crate::App;

/// A stay.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::stays) struct StayBody {
    id: StayId,
    unit_id: UnitId,
    property_id: PropertyId,
    property_name: String,
    /// Null for the whole property.
    unit_name: Option<String>,
    kind: StayKind,
    /// Why, for a block.
    block_kind: Option<BlockKind>,
    status: StayStatus,
    channel: Channel,
    /// The channel's code of the reservation.
    reservation_code: Option<String>,
    check_in: Date,
    /// The day of departure, which is free for the next arrival.
    check_out: Date,
    /// The person who booked, where one is known.
    guest_id: Option<GuestId>,
    guest_name: Option<String>,
    /// Null without the permission `guests.contact`.
    guest_email: Option<String>,
    /// Null without the permission `guests.contact`.
    guest_phone: Option<String>,
    adults: u32,
    children: u32,
    infants: u32,
    pets: u32,
    /// Null without the permission `money.view`.
    amount: Option<Money>,
    notes: Option<String>,
    /// Imported, and unsure what it is.
    needs_review: bool,
    /// The calendar it came from; null when it was entered by hand.
    feed_id: Option<FeedId>,
    /// Whether another stay has a night that this one wants.
    in_conflict: bool,
    /// To be sent back with a change.
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Stay> for StayBody {
    fn from(stay: Stay) -> Self {
        Self {
            id: stay.id,
            unit_id: stay.unit_id,
            property_id: stay.property_id,
            property_name: stay.property_name,
            unit_name: stay.unit_name,
            kind: stay.kind,
            block_kind: stay.block_kind,
            status: stay.status,
            channel: stay.channel,
            reservation_code: stay.reservation_code,
            check_in: stay.nights.check_in(),
            check_out: stay.nights.check_out(),
            guest_id: stay.guest_id,
            guest_name: stay.guest.name,
            guest_email: stay.guest.email,
            guest_phone: stay.guest.phone,
            adults: stay.counts.adults,
            children: stay.counts.children,
            infants: stay.counts.infants,
            pets: stay.counts.pets,
            amount: stay.amount,
            notes: stay.notes,
            needs_review: stay.needs_review,
            feed_id: stay.feed_id,
            in_conflict: stay.in_conflict,
            version: stay.version,
            created_at: stay.created_at,
            updated_at: stay.updated_at,
        }
    }
}

/// Another stay that wants the same nights.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::stays) struct OtherBody {
    stay_id: StayId,
    kind: StayKind,
    channel: Channel,
    guest_name: Option<String>,
    check_in: Date,
    check_out: Date,
    first_night: Date,
    /// How many nights both want.
    nights: u32,
}

impl From<InTheWay> for OtherBody {
    fn from(other: InTheWay) -> Self {
        Self {
            stay_id: other.stay,
            kind: other.kind,
            channel: other.channel,
            guest_name: other.guest_name,
            check_in: other.nights.check_in(),
            check_out: other.nights.check_out(),
            first_night: other.first_night,
            nights: other.count,
        }
    }
}

/// A night with what it earns.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct NightBody {
    night: Date,
    price: Option<Money>,
}

/// A stay with its nights and conflicts.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StayDetailsBody {
    #[serde(flatten)]
    stay: StayBody,
    nights: Vec<NightBody>,
    /// Stays that have nights which this one wants.
    in_the_way: Vec<OtherBody>,
    /// Stays that want nights which this one has.
    wanted_by: Vec<OtherBody>,
}

/// What to change of a stay, or what a new one is like. Fields that are left out keep their value; an empty text clears it.
#[derive(Debug, Deserialize, JsonSchema)]
pub(in crate::stays) struct StayInput {
    /// Needed for a new stay.
    #[serde(default)]
    unit_id: Option<String>,
    /// `reservation` or `block`; `reservation` when it is not given.
    #[serde(default)]
    kind: Option<String>,
    /// `owner_stay`, `maintenance` or `other`, for a block.
    #[serde(default)]
    block_kind: Option<String>,
    /// `direct` when it is not given.
    #[serde(default)]
    channel: Option<String>,
    /// The channel's code of a reservation, at most 40 characters.
    #[serde(default)]
    reservation_code: Option<String>,
    /// `YYYY-MM-DD`; needed for a new stay.
    #[serde(default)]
    check_in: Option<String>,
    /// `YYYY-MM-DD`; needed for a new stay.
    #[serde(default)]
    check_out: Option<String>,
    /// A known person. Without one it is who has the e-mail address or the telephone number, or a new person with these.
    #[serde(default)]
    guest_id: Option<String>,
    #[serde(default)]
    guest_name: Option<String>,
    #[serde(default)]
    guest_email: Option<String>,
    #[serde(default)]
    guest_phone: Option<String>,
    /// At least one for a new reservation.
    #[serde(default)]
    adults: Option<i64>,
    #[serde(default)]
    children: Option<i64>,
    #[serde(default)]
    infants: Option<i64>,
    #[serde(default)]
    pets: Option<i64>,
    /// In the organization's currency; null clears it.
    #[serde(default, deserialize_with = "present")]
    amount: Option<Option<Money>>,
    #[serde(default)]
    notes: Option<String>,
    /// Take more guests than the property says it takes.
    #[serde(default)]
    over_capacity: bool,
    /// Book against the rules of when nights can be booked, as `GET /api/v1/units/{id}/availability` tells them.
    #[serde(default)]
    against_rules: bool,
    /// Needed for a change: the version that was read.
    #[serde(default)]
    version: Option<i64>,
}

/// Tells a field that is null from one that is left out.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Money>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl StayInput {
    /// The input laid over what is known.
    pub(in crate::stays) fn over(self, form: StayForm, currency: kernel::Currency) -> Result<StayForm, FieldErrors> {
        let number = |given: Option<i64>, known: String| given.map_or(known, |n| n.to_string());
        let amount = match self.amount {
            None => form.amount,
            Some(None) => String::new(),
            Some(Some(money)) if money.currency == currency => money.to_decimal(),
            Some(Some(_)) => {
                let mut errors = FieldErrors::new();
                errors.add_bound("amount", "other_currency", currency);
                return Err(errors);
            }
        };
        Ok(StayForm {
            unit_id: self.unit_id.unwrap_or(form.unit_id),
            kind: self.kind.unwrap_or(form.kind),
            block_kind: self.block_kind.unwrap_or(form.block_kind),
            channel: self.channel.unwrap_or(form.channel),
            reservation_code: self.reservation_code.unwrap_or(form.reservation_code),
            check_in: self.check_in.unwrap_or(form.check_in),
            check_out: self.check_out.unwrap_or(form.check_out),
            guest_id: self.guest_id.unwrap_or(form.guest_id),
            guest_search: String::new(),
            find: String::new(),
            guest_name: self.guest_name.unwrap_or(form.guest_name),
            guest_email: self.guest_email.unwrap_or(form.guest_email),
            guest_phone: self.guest_phone.unwrap_or(form.guest_phone),
            adults: number(self.adults, form.adults),
            children: number(self.children, form.children),
            infants: number(self.infants, form.infants),
            pets: number(self.pets, form.pets),
            amount,
            notes: self.notes.unwrap_or(form.notes),
            over_capacity: if self.over_capacity { "true".to_owned() } else { String::new() },
            against_rules: if self.against_rules { "true".to_owned() } else { String::new() },
            version: number(self.version, String::new()),
        })
    }
}

/// Which stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ListQuery {
    /// `all` when it is not given.
    #[serde(default)]
    tab: Option<StayTab>,
    /// Only those of a property.
    #[serde(default)]
    property_id: Option<PropertyId>,
    /// Only what was sold there.
    #[serde(default)]
    channel: Option<Channel>,
    /// Only reservations, or only blocks.
    #[serde(default)]
    kind: Option<StayKind>,
    /// Only what still has a night, or the departure, on this day or later.
    #[serde(default)]
    from: Option<Date>,
    /// Only what arrives on this day or earlier.
    #[serde(default)]
    until: Option<Date>,
    /// Only those with words that begin like these in the guest's name, the reservation code or the notes, whatever their case and
    /// accents. The longest three count; at most 100 characters.
    #[serde(default)]
    q: Option<String>,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    cursor: Option<Cursor>,
    /// The most rows, 1 to 100; 50 when it is not given.
    #[serde(default)]
    limit: Option<i64>,
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysView>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<StayBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let filter = StayFilter {
        tab: query.tab.unwrap_or(StayTab::All),
        property_id: query.property_id,
        channel: query.channel,
        kind: query.kind,
        from: query.from,
        until: query.until,
        search: query.q,
    };
    let limit = query.limit.map_or_else(Limit::default, Limit::new);
    let page = service::list(&mut read, &grant, &filter, query.cursor.as_ref(), limit, app.env.now()).await?;
    Ok(Json(page.map(StayBody::from)))
}

pub(super) async fn get(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysView>,
    Path(id): Path<StayId>,
) -> Result<Json<StayDetailsBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let StayDetails { stay, nights, in_the_way, wanted_by, .. } = service::details(&mut read, &grant, id).await?;
    Ok(Json(StayDetailsBody {
        stay: stay.into(),
        nights: nights.into_iter().map(|(night, price)| NightBody { night, price }).collect(),
        in_the_way: in_the_way.into_iter().map(OtherBody::from).collect(),
        wanted_by: wanted_by.into_iter().map(OtherBody::from).collect(),
    }))
}

async fn currency<P: Permission>(app: &App, grant: &Grant<P>) -> Result<kernel::Currency, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(service::currency(&mut read, grant).await.map_err(Fault::from)?)
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysCreate>,
    ApiJson(input): ApiJson<StayInput>,
) -> Result<(StatusCode, Json<StayBody>), WebError> {
    let currency = currency(&app, &grant).await?;
    let usual = StayForm { kind: StayKind::Reservation.to_string(), ..StayForm::default() };
    let new = NewStay::parse(&input.over(usual, currency)?, currency)?;
    let stay = service::book(&app, &grant, &new).await?;
    Ok((StatusCode::CREATED, Json(stay.into())))
}

pub(super) async fn change(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    ApiJson(input): ApiJson<StayInput>,
) -> Result<Json<StayBody>, WebError> {
    let currency = currency(&app, &grant).await?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let stay = service::find(&mut read, &grant, id).await?;
    drop(read);
    let change = ChangeStay::parse(&input.over(StayForm::of(&stay), currency)?, &stay, currency)?;
    Ok(Json(service::change(&app, &grant, id, &change).await?.into()))
}

/// A step in a stay's life.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct StepInput {
    /// The version that was read; whatever the present one is, when it is not given.
    #[serde(default)]
    version: Option<i64>,
}

/// Nobody came.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct NoShowInput {
    /// The version that was read; whatever the present one is, when it is not given.
    #[serde(default)]
    version: Option<i64>,
    /// Whether the first night is free too; it stays taken when this is not given.
    #[serde(default)]
    free_first_night: bool,
}

/// What an imported event is.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ReviewInput {
    /// The version that was read; whatever the present one is, when it is not given.
    #[serde(default)]
    version: Option<i64>,
    /// `dismiss` frees the nights.
    decision: Decision,
}

pub(super) async fn cancel(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysCancel>,
    Path(id): Path<StayId>,
    ApiJson(input): ApiJson<StepInput>,
) -> Result<Json<StayBody>, WebError> {
    Ok(Json(service::cancel(&app, &grant, id, input.version).await?.into()))
}

pub(super) async fn check_in(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    ApiJson(input): ApiJson<StepInput>,
) -> Result<Json<StayBody>, WebError> {
    Ok(Json(service::check_in(&app, &grant, id, input.version).await?.into()))
}

pub(super) async fn check_out(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    ApiJson(input): ApiJson<StepInput>,
) -> Result<Json<StayBody>, WebError> {
    Ok(Json(service::check_out(&app, &grant, id, input.version).await?.into()))
}

pub(super) async fn no_show(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    ApiJson(input): ApiJson<NoShowInput>,
) -> Result<Json<StayBody>, WebError> {
    let keep = !input.free_first_night;
    Ok(Json(service::mark_no_show(&app, &grant, id, input.version, keep).await?.into()))
}

pub(super) async fn reinstate(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    ApiJson(input): ApiJson<StepInput>,
) -> Result<Json<StayBody>, WebError> {
    Ok(Json(service::reinstate(&app, &grant, id, input.version).await?.into()))
}

pub(super) async fn review(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    ApiJson(input): ApiJson<ReviewInput>,
) -> Result<Json<StayBody>, WebError> {
    Ok(Json(service::decide_review(&app, &grant, id, input.version, input.decision).await?.into()))
}

/// Where a stay would go; what is left out stays as it is.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct PlaceQuery {
    #[serde(default)]
    unit_id: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(default)]
    check_in: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(default)]
    check_out: Option<String>,
}

/// Where a stay is to go; what is left out stays as it is.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct MoveInput {
    #[serde(default)]
    unit_id: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(default)]
    check_in: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(default)]
    check_out: Option<String>,
    /// The version that was read.
    version: i64,
    /// Take more guests than the property says it takes.
    #[serde(default)]
    over_capacity: bool,
    /// Let syncs move an imported stay again: for a move that is taken back.
    #[serde(default)]
    follow_calendar: bool,
}

/// What moving a stay would do.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MovePreviewBody {
    /// The stay as it is.
    stay: StayBody,
    unit_id: UnitId,
    property_id: PropertyId,
    check_in: Date,
    check_out: Date,
    /// Whether it would change anything.
    changes: bool,
    /// Nights that it would have and has not.
    nights_won: u32,
    /// Nights that it has and would not have.
    nights_lost: u32,
    /// The day of its turnover, when that would move.
    turnover_before: Option<Date>,
    turnover_after: Option<Date>,
    /// How many guests the property takes, when more would come to it: send `over_capacity` with the move.
    over_capacity: Option<u32>,
    /// Whether it came from a calendar, whose channel would not know.
    imported: bool,
    /// The codes of the rules that it would break; it can be moved all the same.
    broken_rules: Vec<String>,
    /// Who has some of the nights. The move is refused unless there is nobody.
    in_the_way: Vec<OtherBody>,
}

async fn place_of(
    app: &App,
    grant: &Grant<StaysEdit>,
    id: StayId,
    place: PlaceQuery,
) -> Result<(UnitId, kernel::Nights), WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let known = StayForm::of(&service::find(&mut read, grant, id).await?);
    let (unit, check_in) = (place.unit_id.unwrap_or(known.unit_id), place.check_in.unwrap_or(known.check_in));
    Ok(input::parse_place(&unit, &check_in, &place.check_out.unwrap_or(known.check_out))?)
}

pub(super) async fn preview_move(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    Query(place): Query<PlaceQuery>,
) -> Result<Json<MovePreviewBody>, WebError> {
    let (unit, nights) = place_of(&app, &grant, id, place).await?;
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let preview = moves::preview(&mut read, &grant, id, unit, nights, app.env.now()).await?;
    let ((nights_won, nights_lost), turnover) = (preview.won_and_lost(), preview.turnover());
    Ok(Json(MovePreviewBody {
        unit_id: preview.unit.id,
        property_id: preview.unit.property_id,
        check_in: nights.check_in(),
        check_out: nights.check_out(),
        changes: preview.changes(),
        nights_won,
        nights_lost,
        turnover_before: turnover.map(|(before, _)| before),
        turnover_after: turnover.map(|(_, after)| after),
        over_capacity: preview.over_capacity(),
        imported: preview.stay.feed_id.is_some(),
        broken_rules: preview.broken.iter().map(|reason| reason.code().to_owned()).collect(),
        in_the_way: preview.in_the_way.into_iter().map(OtherBody::from).collect(),
        stay: preview.stay.into(),
    }))
}

pub(super) async fn do_move(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    ApiJson(input): ApiJson<MoveInput>,
) -> Result<Json<StayBody>, WebError> {
    let MoveInput { unit_id, check_in, check_out, version, over_capacity, follow_calendar } = input;
    let (unit_id, nights) = place_of(&app, &grant, id, PlaceQuery { unit_id, check_in, check_out }).await?;
    let to = MoveTo { unit_id, nights, version, over_capacity, follow_calendar };
    Ok(Json(moves::move_to(&app, &grant, id, &to).await?.into()))
}

/// Where a stay is to be split.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct SplitInput {
    /// The first night of the second part.
    at: Date,
    /// The unit of the second part; that of the stay when it is not given.
    #[serde(default)]
    unit_id: Option<UnitId>,
    /// The version that was read.
    version: i64,
    /// Take more guests than the property says it takes.
    #[serde(default)]
    over_capacity: bool,
}

/// The two stays that were one.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SplitBody {
    first: StayBody,
    second: StayBody,
}

pub(super) async fn do_split(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    ApiJson(input): ApiJson<SplitInput>,
) -> Result<Json<SplitBody>, WebError> {
    let SplitInput { at, unit_id, version, over_capacity } = input;
    let (first, second) = moves::split(&app, &grant, id, &Split { at, unit_id, version, over_capacity }).await?;
    Ok(Json(SplitBody { first: first.into(), second: second.into() }))
}

/// The stay that was split off.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct JoinInput {
    /// The version of this stay that was read.
    version: i64,
    /// The other stay, which begins where this one ends.
    other: StayId,
    /// The version of the other that was read.
    other_version: i64,
    /// Let syncs move an imported stay again.
    #[serde(default)]
    follow_calendar: bool,
}

pub(super) async fn do_join(
    State(app): State<App>,
    Allowed(grant): Allowed<StaysEdit>,
    Path(id): Path<StayId>,
    ApiJson(input): ApiJson<JoinInput>,
) -> Result<Json<StayBody>, WebError> {
    let JoinInput { version, other, other_version, follow_calendar } = input;
    let join = Join { version, other, other_version, follow_calendar };
    Ok(Json(moves::join(&app, &grant, id, &join).await?.into()))
}
