//! Use cases of exports.

use std::{collections::BTreeSet, net::IpAddr};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta};
use db::{DbError, Read};
use kernel::{
    Cursor, ExportId, Fault, FieldErrors, Grant, Limit, OrganizationId, Page, Permission, PermissionName, PropertyId,
    StayId, SystemReason, UnitId,
    permissions::{FeedsEdit, FeedsView},
};
use sha2::{Digest as _, Sha256};

use super::{
    calendar::{CalendarText, Event},
    model::{ExportFetch, ExportView, NewExport},
    store::{self, across, fetches as log},
};
use crate::{
    App, audit,
    feeds::{self, FeedChannel, FeedError, FeedView, Told, instance_id, service::opened_cursor},
    properties,
    secrets::StoredToken,
    stays::{self, TakenNights},
};

/// What the secrets of addresses are sealed and hashed for. Never change it while any are stored.
const TOKEN: &str = "export.token";
/// What a channel's visitors read of a night that is taken.
const SUMMARY: &str = "Not available";
/// A stay is listed through the day on which it ends: where the channel is, it may be the day before.
const DAYS_BACK: TimeDelta = TimeDelta::days(1);
/// The fetches that are kept of an export, and how long.
const KEPT_FETCHES: u32 = 200;
const KEPT_FOR: TimeDelta = TimeDelta::days(90);
/// A channel that has not read our calendar for so long may have been told to forget it.
const FORGETS_AFTER: TimeDelta = TimeDelta::days(7);

fn subject(id: ExportId) -> audit::Subject {
    audit::Subject::new("feed_export", id.uuid())
}

fn new_token(app: &App) -> Result<StoredToken, Fault> {
    app.keys.new_token(TOKEN, &app.env).map_err(|error| Fault::new("sealing an address", error))
}

/// A violated rule of the input as the error of its field.
fn taken(error: DbError) -> FeedError {
    if error.violates(&store::CHANNEL_KEY) { FieldErrors::one("channel", "channel_taken").into() } else { error.into() }
}

/// Publishes a calendar of a unit for a channel.
///
/// # Errors
/// [`FeedError::Invalid`] for a unit that is not there or at rest (`unit_id`), a channel that the unit has an export for (`channel`), or a
/// feed that is not of the unit and the channel `other` (`feed_id`).
pub async fn add(app: &App, grant: &Grant<FeedsEdit>, new: &NewExport) -> Result<ExportId, FeedError> {
    let (organization, id) = (grant.organization_id(), ExportId::new(&app.env));
    let token = new_token(app)?;
    let mut tx = app.db.begin().await?;
    let unit = properties::unit(&mut tx, grant, new.unit_id).await?;
    unit.filter(|unit| !unit.archived).ok_or_else(|| FieldErrors::one("unit_id", "choice_unknown"))?;
    if let Some(feed) = new.feed_id {
        let is_its_own = |feed: &FeedView| feed.unit_id == new.unit_id && feed.channel == FeedChannel::Other;
        let feed = feeds::find(&mut tx, grant, feed).await.ok().filter(is_its_own);
        feed.ok_or_else(|| FieldErrors::one("feed_id", "choice_unknown"))?;
    }
    store::insert(&mut tx, organization, id, new, &token, app.env.now()).await.map_err(taken)?;
    audit::record(&mut tx, &app.env, grant, "feeds.export.add", subject(id), &[]).await?;
    tx.commit().await?;
    Ok(id)
}

/// Gives an export another address; the old one stops at once.
///
/// # Errors
/// [`FeedError::NotFound`].
pub async fn rotate(app: &App, grant: &Grant<FeedsEdit>, id: ExportId) -> Result<ExportView, FeedError> {
    let token = new_token(app)?;
    let mut tx = app.db.begin().await?;
    find(&mut tx, grant, id).await?;
    store::set_token(&mut tx, grant.organization_id(), id, &token, app.env.now()).await?;
    audit::record(&mut tx, &app.env, grant, "feeds.export.rotate", subject(id), &["token"]).await?;
    let after = find(&mut tx, grant, id).await?;
    tx.commit().await?;
    Ok(after)
}

/// Stops publishing an export and forgets who fetched it.
///
/// # Errors
/// [`FeedError::NotFound`].
pub async fn remove(app: &App, grant: &Grant<FeedsEdit>, id: ExportId) -> Result<ExportView, FeedError> {
    let mut tx = app.db.begin().await?;
    let export = find(&mut tx, grant, id).await?;
    store::remove(&mut tx, grant.organization_id(), id, app.env.now()).await?;
    audit::record(&mut tx, &app.env, grant, "feeds.export.remove", subject(id), &["removed_at"]).await?;
    tx.commit().await?;
    Ok(export)
}

/// An export within the scope.
///
/// # Errors
/// [`FeedError::NotFound`] outside it.
pub async fn find<P: Permission>(read: &mut Read, grant: &Grant<P>, id: ExportId) -> Result<ExportView, FeedError> {
    store::find(read, grant.scope(), id).await?.ok_or(FeedError::NotFound)
}

/// A page of the exports within the scope, by property; only those of a property or a unit when one is given.
///
/// # Errors
/// [`FeedError::Invalid`] (`cursor`) for a cursor that was made up.
pub async fn list(
    read: &mut Read,
    grant: &Grant<FeedsView>,
    property: Option<PropertyId>,
    unit: Option<UnitId>,
    after: Option<&Cursor>,
    limit: Limit,
) -> Result<Page<ExportView>, FeedError> {
    let rows = store::list(read, grant.scope(), property, unit, opened_cursor(after)?, limit).await?;
    Ok(Page::from_rows(rows, limit, |(name, export)| (name.clone(), export.id.uuid())).map(|(_, export)| export))
}

/// The exports of a property within the scope, in the order in which they were made.
///
/// # Errors
/// When the database fails.
pub async fn of_property(
    read: &mut Read,
    grant: &Grant<FeedsView>,
    property: PropertyId,
) -> Result<Vec<ExportView>, DbError> {
    store::of_property(read, grant.scope(), property).await
}

/// Who fetched an export, the last first: at most so many, those before a number if one is given. Network addresses are for who may change
/// exports.
///
/// # Errors
/// [`FeedError::NotFound`].
pub async fn fetches(
    read: &mut Read,
    grant: &Grant<FeedsView>,
    id: ExportId,
    before: Option<u32>,
    most: i64,
) -> Result<Vec<ExportFetch>, FeedError> {
    find(read, grant, id).await?;
    let mut fetches = log::list(read, grant.organization_id(), id, before.unwrap_or(u32::MAX), most).await?;
    if !grant.may(PermissionName::FeedsEdit) {
        fetches.iter_mut().for_each(|fetch| fetch.address.clear());
    }
    Ok(fetches)
}

/// The address to give to the channel, which is a secret.
///
/// # Errors
/// [`FeedError::NotFound`] when its key is no longer there.
pub fn address(app: &App, _: &Grant<FeedsEdit>, export: &ExportView) -> Result<String, FeedError> {
    let token = app.keys.open_token(TOKEN, &export.token_sealed).ok_or(FeedError::NotFound)?;
    let address = app.public_url.join(&format!("/calendars/{token}.ics"));
    Ok(address.map_err(|error| Fault::new("writing an address", error))?.into())
}

/// Who comes for a published calendar.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// From where.
    pub address: IpAddr,
    /// With which program, as it names itself.
    pub user_agent: &'a str,
    /// Whether that is a person's browser.
    pub by_browser: bool,
    /// The tags of what it has already, as `If-None-Match` says.
    pub known: &'a str,
    /// Whether it only asks about the calendar: then nothing is noted.
    pub head_only: bool,
}

/// A calendar for whoever came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The calendar.
    pub text: String,
    /// Its tag, as `ETag` says.
    pub etag: String,
    /// Whether the visitor has it already.
    pub is_known: bool,
}

/// The calendar behind a secret, and a note that it was fetched; `None` when there is none.
///
/// # Errors
/// When the database fails.
pub async fn serve(app: &App, token: &str, visit: &Visit<'_>) -> Result<Option<Served>, Fault> {
    let hash = app.keys.lookup_hash(TOKEN, token.as_bytes());
    let found = across::by_token(&mut app.db.read().await?, &hash).await?;
    let Some((organization, id)) = found else { return Ok(None) };
    Ok(db::retrying(|| serve_once(app, organization, id, &hash, visit)).await?)
}

async fn serve_once(
    app: &App,
    organization: OrganizationId,
    id: ExportId,
    hash: &[u8],
    visit: &Visit<'_>,
) -> Result<Option<Served>, DbError> {
    let grant = Grant::<FeedsView>::system(organization, SystemReason::Export);
    let mut tx = app.db.begin().await?;
    // Counted under the secret: it may have been replaced since it was found.
    let Some(number) = log::begin(&mut tx, organization, id, hash).await? else { return Ok(None) };
    let Some(export) = store::find(&mut tx, grant.scope(), id).await? else { return Ok(None) };
    let stays = stays_of(app, &mut tx, &grant, &export).await?;
    let text = written(app, &stays);
    let etag = format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&text)));
    let is_known = visit.known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag);
    if visit.head_only {
        return Ok(Some(Served { text, etag, is_known }));
    }
    let fetch = ExportFetch {
        number,
        at: app.env.now(),
        status: if is_known { 304 } else { 200 },
        by_browser: visit.by_browser,
        user_agent: visit.user_agent.to_owned(),
        address: visit.address.to_string(),
        events: u32::try_from(stays.len()).unwrap_or(u32::MAX),
    };
    log::insert(&mut tx, organization, id, &fetch, KEPT_FETCHES).await?;
    if !visit.by_browser {
        log::read_by_channel(&mut tx, organization, id, &fetch, &etag).await?;
        if export.served_etag.as_ref() != Some(&etag) {
            log::remember_told(&mut tx, organization, id, &stays).await?;
        }
    }
    tx.commit().await?;
    Ok(Some(Served { text, etag, is_known }))
}

/// The stays that an export lists now.
async fn stays_of(
    app: &App,
    read: &mut Read,
    grant: &Grant<FeedsView>,
    export: &ExportView,
) -> Result<Vec<TakenNights>, DbError> {
    let after = export.zone.date_of(app.env.now() - DAYS_BACK);
    let mut stays = stays::taken(read, grant, export.unit_id, after).await?;
    stays.retain(|stay| !export.leaves_out(stay));
    Ok(stays)
}

fn written(app: &App, stays: &[TakenNights]) -> String {
    let instance = instance_id(app);
    let mut calendar = CalendarText::new("");
    for TakenNights { stay, nights, updated_at, .. } in stays {
        calendar.event(&Event {
            uid: format!("{stay}@{instance}"),
            stamp: *updated_at,
            from: nights.check_in(),
            until: nights.check_out(),
            summary: SUMMARY,
            description: "",
        });
    }
    if stays.is_empty() {
        // Booking.com refuses a calendar without events: one long ago takes no night.
        let stamp = DateTime::from_timestamp(946_684_800, 0).unwrap_or_default();
        let from = stamp.date_naive();
        let until = from.succ_opt().unwrap_or(from);
        let uid = format!("none@{instance}");
        calendar.event(&Event { uid, stamp, from, until, summary: SUMMARY, description: "" });
    }
    calendar.finish()
}

/// The nights of stays that are still there, of which the channel of a feed was told when it last read our calendar of the unit.
pub(in crate::feeds) async fn told_to<P: Permission>(
    app: &App,
    read: &mut Read,
    grant: &Grant<P>,
    feed: &FeedView,
) -> Result<Vec<Told>, DbError> {
    let now = app.env.now();
    let told = log::told_to(read, grant.organization_id(), feed, now - FORGETS_AFTER).await?;
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let after = feed.zone.date_of(now - DAYS_BACK);
    let taken = stays::taken(read, grant, feed.unit_id, after).await?;
    let there: BTreeSet<StayId> = taken.into_iter().map(|stay| stay.stay).collect();
    let still_there = told.into_iter().filter(|(stay, _)| there.contains(stay));
    Ok(still_there.map(|(stay, nights)| Told { stay, nights }).collect())
}

/// Forgets fetches that are too long ago.
pub(in crate::feeds) async fn forget_fetches(app: &App) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    across::forget_fetches(&mut tx, app.env.now() - KEPT_FOR).await?;
    tx.commit().await?;
    Ok(())
}
