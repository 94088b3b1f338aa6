//! Feeds, their syncs and what these decided, as JSON.

use axum::{Json, extract::State};
use http::StatusCode;
use kernel::{
    Cursor, Date, Fault, FeedId, Grant, Instant, Language, Limit, Nights, Page, Permission, PropertyId, StayId, SyncId,
    UnitId,
    permissions::{FeedsEdit, FeedsView},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use webkit::{Allowed, ApiJson, PageQuery, Path, Query, Web, WebError};

use super::{
    ChangeFeed, Counts, Decision, EndMeaning, FeedChannel, FeedForm, FeedState, FeedView, FutureStays, Kind, Lines,
    NewFeed, Outcome, StayDecision, SyncCause, SyncOutcome, SyncView,
    ical::{Warning, WarningKind},
    service,
};
use crate::{App, stays};

/// A feed: a calendar that a channel publishes for a unit.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FeedBody {
    id: FeedId,
    unit_id: UnitId,
    property_id: PropertyId,
    channel: FeedChannel,
    name: Option<String>,
    /// What unsure events of the channel `other` are.
    default_kind: Kind,
    /// What the last date of an event means.
    end_meaning: EndMeaning,
    /// The site of its address; the rest is a secret.
    address_host: String,
    state: FeedState,
    /// Whether a sync is under way or about to begin.
    syncing: bool,
    next_sync_at: Instant,
    last_good_at: Option<Instant>,
    /// Fetches since the last good one.
    failures: u32,
    last_error: Option<String>,
    /// A suspicious answer that waits for a person, or that one said to ignore.
    held: Option<HeldBody>,
    created_at: Instant,
    updated_at: Instant,
}

/// A suspicious answer.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct HeldBody {
    /// The sync that brought it: names it when it is confirmed or ignored.
    sync_id: SyncId,
    /// The stays that it leaves out.
    stay_ids: Vec<StayId>,
    ignored: bool,
}

impl FeedBody {
    fn of(app: &App, view: FeedView) -> Self {
        let now = app.env.now();
        Self {
            state: view.state(now, service::stale_after(app)),
            syncing: view.is_syncing(now),
            id: view.id,
            unit_id: view.unit_id,
            property_id: view.property_id,
            channel: view.channel,
            name: view.name,
            default_kind: view.default_kind,
            end_meaning: view.end,
            address_host: view.address_host,
            next_sync_at: view.next_sync_at,
            last_good_at: view.last_good_at,
            failures: view.failures,
            last_error: view.last_error,
            held: view.held.map(|held| HeldBody { sync_id: held.sync, stay_ids: held.stays, ignored: held.ignored }),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

/// What to change of a feed, or what a new one is like. Fields that are left out keep their value, or get the usual one.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct FeedInput {
    /// Needed for a new feed, and not to be changed.
    #[serde(default)]
    unit_id: Option<String>,
    /// `https://` or `webcal://`; needed for a new feed.
    #[serde(default)]
    address: Option<String>,
    /// The address tells when it is not given; not to be changed.
    #[serde(default)]
    channel: Option<String>,
    /// At most 80 characters.
    #[serde(default)]
    name: Option<String>,
    /// `reservation` when it is not given.
    #[serde(default)]
    default_kind: Option<String>,
    /// `check_out` when it is not given.
    #[serde(default)]
    end_meaning: Option<String>,
}

impl FeedInput {
    /// The input laid over what is known.
    fn over(self, form: FeedForm) -> FeedForm {
        FeedForm {
            unit_id: self.unit_id.unwrap_or(form.unit_id),
            address: self.address.unwrap_or(form.address),
            channel: self.channel.unwrap_or(form.channel),
            name: self.name.unwrap_or(form.name),
            default_kind: self.default_kind.unwrap_or(form.default_kind),
            end_meaning: self.end_meaning.unwrap_or(form.end_meaning),
        }
    }
}

/// Which feeds, or which exports.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct ListQuery {
    /// Only those of a property.
    #[serde(default)]
    pub(super) property_id: Option<PropertyId>,
    /// Only those of a unit.
    #[serde(default)]
    pub(super) unit_id: Option<UnitId>,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub(super) cursor: Option<Cursor>,
    /// The most rows, 1 to 100; 50 when it is not given.
    #[serde(default)]
    pub(super) limit: Option<i64>,
}

pub(super) async fn list(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsView>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<FeedBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let limit = query.limit.map_or_else(Limit::default, Limit::new);
    let after = query.cursor.as_ref();
    let page = service::list(&mut read, &grant, query.property_id, query.unit_id, after, limit).await?;
    Ok(Json(page.map(|feed| FeedBody::of(&app, feed))))
}

async fn body<P: Permission>(app: &App, grant: &Grant<P>, id: FeedId) -> Result<Json<FeedBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    Ok(Json(FeedBody::of(app, service::find(&mut read, grant, id).await?)))
}

pub(super) async fn get(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsView>,
    Path(id): Path<FeedId>,
) -> Result<Json<FeedBody>, WebError> {
    body(&app, &grant, id).await
}

pub(super) async fn create(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsEdit>,
    ApiJson(input): ApiJson<FeedInput>,
) -> Result<(StatusCode, Json<FeedBody>), WebError> {
    let new = NewFeed::parse(&input.over(FeedForm::default()), app.fetcher.as_ref())?;
    let id = service::add(&app, &grant, &new).await?;
    Ok((StatusCode::CREATED, body(&app, &grant, id).await?))
}

pub(super) async fn change(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<FeedId>,
    ApiJson(input): ApiJson<FeedInput>,
) -> Result<Json<FeedBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let known = FeedForm::of(&service::find(&mut read, &grant, id).await?);
    drop(read);
    let typed = input.over(known.clone());
    for (field, same) in [("unit_id", typed.unit_id == known.unit_id), ("channel", typed.channel == known.channel)] {
        if !same {
            return Err(kernel::FieldErrors::one(field, "not_changeable").into());
        }
    }
    let change = ChangeFeed::parse(&typed, app.fetcher.as_ref())?;
    Ok(Json(FeedBody::of(&app, service::change(&app, &grant, id, &change).await?)))
}

/// How a feed is removed.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct RemoveQuery {
    /// What becomes of its future stays; `keep` when it is not given.
    #[serde(default)]
    future_stays: Option<FutureStays>,
}

pub(super) async fn remove(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<FeedId>,
    Query(query): Query<RemoveQuery>,
) -> Result<StatusCode, WebError> {
    service::remove(&app, &grant, id, query.future_stays.unwrap_or(FutureStays::Keep)).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn sync(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<FeedId>,
) -> Result<(StatusCode, Json<FeedBody>), WebError> {
    let feed = service::sync_now(&app, &grant, id).await?;
    Ok((StatusCode::ACCEPTED, Json(FeedBody::of(&app, feed))))
}

/// The address of a feed.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AddressBody {
    address: String,
}

pub(super) async fn address(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<FeedId>,
) -> Result<Json<AddressBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let feed = service::find(&mut read, &grant, id).await?;
    Ok(Json(AddressBody { address: service::address(&app, &grant, &feed)? }))
}

/// A suspicious answer that a person decides about.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct HeldInput {
    /// `held.sync_id` of the feed.
    sync_id: SyncId,
}

pub(super) async fn confirm(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<FeedId>,
    ApiJson(input): ApiJson<HeldInput>,
) -> Result<Json<FeedBody>, WebError> {
    service::confirm(&app, &grant, id, input.sync_id).await?;
    body(&app, &grant, id).await
}

pub(super) async fn ignore(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsEdit>,
    Path(id): Path<FeedId>,
    ApiJson(input): ApiJson<HeldInput>,
) -> Result<Json<FeedBody>, WebError> {
    service::ignore(&app, &grant, id, input.sync_id).await?;
    body(&app, &grant, id).await
}

/// One sync of a feed.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SyncBody {
    id: SyncId,
    /// The feed's first sync is 1.
    number: u32,
    cause: SyncCause,
    outcome: SyncOutcome,
    /// Why it failed or was refused.
    error: Option<String>,
    http_status: Option<u32>,
    started_at: Instant,
    finished_at: Instant,
    counts: Counts,
    /// Bytes of the answer.
    size: u32,
}

impl From<SyncView> for SyncBody {
    fn from(view: SyncView) -> Self {
        Self {
            id: view.id,
            number: view.number,
            cause: view.cause,
            outcome: view.outcome,
            error: view.error,
            http_status: view.http_status,
            started_at: view.started_at,
            finished_at: view.finished_at,
            counts: view.counts,
            size: view.size,
        }
    }
}

/// What was decided about one event or stay, and why.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DecisionBody {
    outcome: Outcome,
    /// `code`, and what the reason names.
    reason: serde_json::Value,
    /// The reason as a sentence in the user's language.
    text: String,
    stay_id: Option<StayId>,
    uid: Option<String>,
    /// Which of the stays under that uid.
    occurrence: Option<Date>,
    /// The event's title, as the channel wrote it.
    summary: String,
    nights: Option<Nights>,
}

impl DecisionBody {
    fn of(decision: Decision, language: Language) -> Result<Self, WebError> {
        let reason = serde_json::to_value(&decision.reason);
        Ok(Self {
            outcome: decision.outcome,
            text: decision.reason.sentence(language),
            reason: reason.map_err(|error| Fault::new("writing a reason", error))?,
            stay_id: decision.stay,
            uid: decision.uid.map(String::from),
            occurrence: decision.occurrence,
            summary: decision.summary.into(),
            nights: decision.nights,
        })
    }
}

/// What a sync decided about a stay.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StayDecisionBody {
    feed_id: FeedId,
    sync_id: SyncId,
    at: Instant,
    #[serde(flatten)]
    decision: DecisionBody,
}

pub(super) async fn about_stay(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsView>,
    Path(id): Path<StayId>,
) -> Result<Json<Vec<StayDecisionBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let stay = stays::find(&mut read, &grant, id).await?;
    let about = service::decisions_about(&mut read, &grant, &stay).await?;
    let body = |about: StayDecision| {
        let decision = DecisionBody::of(about.decision, web.language())?;
        Ok(StayDecisionBody { feed_id: about.feed, sync_id: about.sync, at: about.at, decision })
    };
    about.into_iter().map(body).collect::<Result<_, WebError>>().map(Json)
}

/// Something in an answer that could not be read.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WarningBody {
    kind: WarningKind,
    /// The line of the text, from 1.
    line: u32,
    /// The property's or zone's name.
    name: String,
}

impl From<Warning> for WarningBody {
    fn from(warning: Warning) -> Self {
        Self { kind: warning.kind, line: warning.line, name: warning.name.into() }
    }
}

/// What an answer decided.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DecisionsBody {
    decisions: Vec<DecisionBody>,
    warnings: Vec<WarningBody>,
    /// How many more decisions there were than are kept.
    more: usize,
}

impl DecisionsBody {
    fn of(lines: Lines, language: Language) -> Result<Self, WebError> {
        let decisions = lines.decisions.into_iter().map(|decision| DecisionBody::of(decision, language));
        Ok(Self {
            decisions: decisions.collect::<Result<_, _>>()?,
            warnings: lines.warnings.into_iter().map(WarningBody::from).collect(),
            more: lines.more,
        })
    }
}

/// A sync with what it decided.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SyncDetailsBody {
    sync: SyncBody,
    decided: DecisionsBody,
}

pub(super) async fn syncs(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsView>,
    Path(id): Path<FeedId>,
    Query(query): Query<PageQuery>,
) -> Result<Json<Page<SyncBody>>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let before = match &query.cursor {
        Some(cursor) => {
            let number = cursor.open().and_then(|(number, _)| number.parse().ok());
            Some(number.ok_or_else(|| kernel::FieldErrors::one("cursor", "invalid"))?)
        }
        None => None,
    };
    let rows = service::list_syncs(&mut read, &grant, id, before, query.limit().with_one_more()).await?;
    let page = Page::from_rows(rows, query.limit(), |sync| (sync.number.to_string(), sync.id.uuid()));
    Ok(Json(page.map(SyncBody::from)))
}

pub(super) async fn get_sync(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsView>,
    Path((id, sync)): Path<(FeedId, SyncId)>,
) -> Result<Json<SyncDetailsBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let (sync, lines) = service::find_sync(&mut read, &grant, id, sync).await?;
    Ok(Json(SyncDetailsBody { sync: sync.into(), decided: DecisionsBody::of(lines, web.language())? }))
}

pub(super) async fn replay(
    State(app): State<App>,
    web: Web,
    Allowed(grant): Allowed<FeedsView>,
    Path((id, sync)): Path<(FeedId, SyncId)>,
) -> Result<Json<DecisionsBody>, WebError> {
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let (lines, _) = service::replay(&app, &mut read, &grant, id, sync).await?;
    Ok(Json(DecisionsBody::of(lines, web.language())?))
}

pub(super) async fn apply_again(
    State(app): State<App>,
    Allowed(grant): Allowed<FeedsEdit>,
    Path((id, sync)): Path<(FeedId, SyncId)>,
) -> Result<Json<FeedBody>, WebError> {
    service::apply_again(&app, &grant, id, sync).await?;
    body(&app, &grant, id).await
}
