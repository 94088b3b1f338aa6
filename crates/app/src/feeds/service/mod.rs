//! Use cases of feeds.

mod alerts;
mod answer;
mod schedule;
mod sync;
#[cfg(test)]
pub(super) use {
    answer::ask,
    sync::{begin, finish},
};

use chrono::TimeDelta;
use db::{DbError, Read, Retry, Tx};
use kernel::{
    Cursor, Fault, FeedId, FieldErrors, Grant, Instant, Limit, Page, Permission, PropertyId, SyncId, UnitId,
    permissions::{FeedsEdit, FeedsView},
};
use url::Url;
use uuid::Uuid;
use webkit::WebError;

use super::{
    Decision, Known, KnownState, Outcome,
    input::{ChangeFeed, NewFeed},
    jobs::SyncFeed,
    record::{FeedView, FutureStays, Lines, StayDecision, SyncCause, SyncView},
    store::{self, StoredAddress, links, syncs},
};
use crate::{
    App, audit, properties,
    stays::{self, ImportChange, Stay},
};

pub use schedule::{stale, suspicious};
pub(crate) use sync::instance_id;
pub(super) use {answer::opened_lines, schedule::reconcile, sync::run};

/// What the addresses of feeds are sealed and hashed for. Never change it while addresses are stored.
const ADDRESS: &str = "feed.address";

/// Why a feed could not be added, changed or decided about. Nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// There is none with this id within the grant's scope, or no such sync of it.
    #[error("no such feed or sync")]
    NotFound,
    /// Something about the input.
    #[error("the input is not valid")]
    Invalid(FieldErrors),
    /// Its property is archived.
    #[error("the property is archived")]
    Archived,
    /// What a person decided about is no longer what the feed says.
    #[error("the feed says something else by now")]
    Changed,
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for FeedError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<FieldErrors> for FeedError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl Retry for FeedError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Fault(fault) if fault.is_transient())
    }
}

impl From<FeedError> for WebError {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::NotFound => Self::not_found(),
            FeedError::Invalid(errors) => Self::invalid(&errors),
            FeedError::Archived => Self::conflict("property_archived"),
            FeedError::Changed => Self::conflict("feed_changed"),
            FeedError::Fault(fault) => fault.into(),
        }
    }
}

fn subject(id: FeedId) -> audit::Subject {
    audit::Subject::new("feed", id.uuid())
}

fn stored(app: &App, address: &Url) -> Result<StoredAddress, Fault> {
    let plain = address.as_str().as_bytes();
    Ok(StoredAddress {
        sealed: app.keys.seal(ADDRESS, plain, &app.env).map_err(|error| Fault::new("sealing an address", error))?,
        hash: app.keys.lookup_hash(ADDRESS, plain),
        host: address.host_str().unwrap_or_default().to_owned(),
    })
}

/// The address as it was given; `None` when its key is no longer there.
fn opened(app: &App, feed: &FeedView) -> Option<String> {
    String::from_utf8(app.keys.open_sealed(ADDRESS, &feed.address_sealed).ok()?).ok()
}

/// A violated rule of the input as the error of its field.
fn taken(error: DbError) -> FeedError {
    if error.violates(&store::ADDRESS_KEY) { FieldErrors::one("address", "address_taken").into() } else { error.into() }
}

/// Notes that a person waits for a sync, and queues it before all that are merely due.
async fn request(tx: &mut Tx, app: &App, grant: &Grant<FeedsEdit>, id: FeedId) -> Result<(), FeedError> {
    let organization = grant.organization_id();
    store::request(tx, organization, id, app.env.now()).await?;
    SyncFeed { organization, feed: id }.enqueue(tx, &app.env, true).await?;
    Ok(())
}

/// Adds a feed to a unit and has it fetched at once. An address that was removed from the unit before comes back with its stays.
///
/// # Errors
/// [`FeedError::Invalid`] for a unit that is not there or at rest, and for an address that the unit has already.
pub async fn add(app: &App, grant: &Grant<FeedsEdit>, new: &NewFeed) -> Result<FeedId, FeedError> {
    let organization = grant.organization_id();
    let address = stored(app, &new.address)?;
    let mut tx = app.db.begin().await?;
    let unit = properties::unit(&mut tx, grant, new.unit_id).await?;
    unit.filter(|unit| !unit.archived).ok_or_else(|| FieldErrors::one("unit_id", "choice_unknown"))?;
    let now = app.env.now();
    let id = match store::removed_with(&mut tx, organization, new, &address).await? {
        Some(id) => {
            store::bring_back(&mut tx, organization, id, now).await.map_err(taken)?;
            store::set_address(&mut tx, organization, id, &address, now).await?;
            store::update(&mut tx, organization, id, &new.settings, now).await?;
            id
        }
        None => {
            let id = FeedId::new(&app.env);
            store::insert(&mut tx, organization, id, new, &address, now).await.map_err(taken)?;
            id
        }
    };
    request(&mut tx, app, grant, id).await?;
    audit::record(&mut tx, &app.env, grant, "feeds.feed.add", subject(id), &[]).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes a feed. With another address it keeps its stays, and an answer of the old one that is under way is discarded.
///
/// # Errors
/// [`FeedError::NotFound`], [`FeedError::Invalid`] for an address that the unit has already.
pub async fn change(
    app: &App,
    grant: &Grant<FeedsEdit>,
    id: FeedId,
    change: &ChangeFeed,
) -> Result<FeedView, FeedError> {
    let organization = grant.organization_id();
    let mut tx = app.db.begin().await?;
    let before = store::lock(&mut tx, grant.scope(), id).await?.ok_or(FeedError::NotFound)?;
    let settings = &change.settings;
    let mut fields = Vec::new();
    for (field, changed) in [
        ("name", before.name != settings.name),
        ("default_kind", before.default_kind != settings.default_kind),
        ("end_meaning", before.end != settings.end),
    ] {
        fields.extend(changed.then_some(field));
    }
    let now = app.env.now();
    let known = opened(app, &before);
    if let Some(address) = change.address.as_ref().filter(|address| known.as_deref() != Some(address.as_str())) {
        store::set_address(&mut tx, organization, id, &stored(app, address)?, now).await.map_err(taken)?;
        fields.push("address");
    }
    if fields.is_empty() {
        return Ok(before);
    }
    store::update(&mut tx, organization, id, settings, now).await?;
    if fields != ["name"] && !before.archived {
        request(&mut tx, app, grant, id).await?;
    }
    audit::record(&mut tx, &app.env, grant, "feeds.feed.change", subject(id), &fields).await?;
    let after = store::find(&mut tx, grant.scope(), id).await?.ok_or(FeedError::NotFound)?;
    tx.commit().await?;
    Ok(after)
}

/// Takes a feed out of use. Stays that have begun stay; those still to come stay or are cancelled, as asked.
///
/// # Errors
/// [`FeedError::NotFound`].
pub async fn remove(
    app: &App,
    grant: &Grant<FeedsEdit>,
    id: FeedId,
    future: FutureStays,
) -> Result<FeedView, FeedError> {
    db::retrying(|| remove_once(app, grant, id, future)).await
}

async fn remove_once(
    app: &App,
    grant: &Grant<FeedsEdit>,
    id: FeedId,
    future: FutureStays,
) -> Result<FeedView, FeedError> {
    let organization = grant.organization_id();
    let mut tx = app.db.begin().await?;
    let feed = store::lock(&mut tx, grant.scope(), id).await?.ok_or(FeedError::NotFound)?;
    if future == FutureStays::Cancel {
        let today = feed.zone.date_of(app.env.now());
        let known = links::known(&mut tx, organization, id).await?;
        let ahead = known.iter().filter(|known| known.state == KnownState::Live && known.nights.check_in() > today);
        let changes: Vec<ImportChange> = ahead.map(|known| ImportChange::Cancel(known.stay)).collect();
        stays::apply_import(&mut tx, app, grant, &changes).await?;
    }
    store::remove(&mut tx, organization, id, app.env.now()).await?;
    audit::record(&mut tx, &app.env, grant, "feeds.feed.remove", subject(id), &["removed_at"]).await?;
    tx.commit().await?;
    Ok(feed)
}

/// Has a feed fetched now; once, however often it is asked.
///
/// # Errors
/// [`FeedError::NotFound`], [`FeedError::Archived`].
pub async fn sync_now(app: &App, grant: &Grant<FeedsEdit>, id: FeedId) -> Result<FeedView, FeedError> {
    let mut tx = app.db.begin().await?;
    let feed = store::lock(&mut tx, grant.scope(), id).await?.ok_or(FeedError::NotFound)?;
    if feed.archived {
        return Err(FeedError::Archived);
    }
    request(&mut tx, app, grant, id).await?;
    audit::record(&mut tx, &app.env, grant, "feeds.feed.sync", subject(id), &[]).await?;
    let feed = store::find(&mut tx, grant.scope(), id).await?.ok_or(FeedError::NotFound)?;
    tx.commit().await?;
    Ok(feed)
}

/// Says that a suspicious answer is wrong: it changes nothing for as long as it leaves out no other stays, and nobody is asked again.
///
/// # Errors
/// [`FeedError::NotFound`]; [`FeedError::Changed`] when `held` is not the one that waits.
pub async fn ignore(app: &App, grant: &Grant<FeedsEdit>, id: FeedId, held: SyncId) -> Result<(), FeedError> {
    let mut tx = app.db.begin().await?;
    let feed = store::lock(&mut tx, grant.scope(), id).await?.ok_or(FeedError::NotFound)?;
    if feed.held.is_none_or(|waiting| waiting.sync != held) {
        return Err(FeedError::Changed);
    }
    store::ignore_held(&mut tx, grant.organization_id(), id).await?;
    audit::record(&mut tx, &app.env, grant, "feeds.answer.ignore", subject(id), &["held"]).await?;
    tx.commit().await?;
    Ok(())
}

/// Says that a suspicious answer is right: the stays that it leaves out are gone. The answer is applied at once; the sync that did it.
///
/// # Errors
/// As [`ignore`].
pub async fn confirm(app: &App, grant: &Grant<FeedsEdit>, id: FeedId, held: SyncId) -> Result<SyncId, FeedError> {
    sync::again(app, grant, id, SyncCause::Confirm, |feed, _| {
        feed.held.as_ref().filter(|waiting| waiting.sync == held).map(|waiting| waiting.stays.iter().copied().collect())
    })
    .await
}

/// Applies the last complete answer again, with the settings of now; what it does not list is left alone, since nothing was fetched.
///
/// # Errors
/// [`FeedError::NotFound`]; [`FeedError::Changed`] when `sync` is not the one with the last complete answer.
pub async fn apply_again(app: &App, grant: &Grant<FeedsEdit>, id: FeedId, sync: SyncId) -> Result<SyncId, FeedError> {
    sync::again(app, grant, id, SyncCause::Replay, |_, last| (last == sync).then(Default::default)).await
}

/// What a kept answer would decide now, and whether it is the last complete one. Nothing is written.
///
/// # Errors
/// [`FeedError::NotFound`] also when its answer is not kept or is no complete calendar.
pub async fn replay(
    app: &App,
    read: &mut Read,
    grant: &Grant<FeedsView>,
    id: FeedId,
    sync: SyncId,
) -> Result<(Lines, bool), FeedError> {
    sync::dry_run(app, read, grant, id, sync).await
}

/// A feed within the scope.
///
/// # Errors
/// [`FeedError::NotFound`] outside it.
pub async fn find<P: Permission>(read: &mut Read, grant: &Grant<P>, id: FeedId) -> Result<FeedView, FeedError> {
    store::find(read, grant.scope(), id).await?.ok_or(FeedError::NotFound)
}

/// A page of the feeds within the scope, by property; only those of a property or a unit when one is given.
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
) -> Result<Page<FeedView>, FeedError> {
    let rows = store::list(read, grant.scope(), property, unit, opened_cursor(after)?, limit).await?;
    Ok(Page::from_rows(rows, limit, |(name, feed)| (name.clone(), feed.id.uuid())).map(|(_, feed)| feed))
}

/// Where a page begins that is sorted by a text; an error at `cursor` for one that was made up.
pub(super) fn opened_cursor(after: Option<&Cursor>) -> Result<Option<(String, Uuid)>, FieldErrors> {
    let opened = after.map(|cursor| cursor.open().ok_or_else(|| FieldErrors::one("cursor", "invalid")));
    opened.transpose()
}

/// The feeds of a property within the scope, in the order in which they were added.
///
/// # Errors
/// When the database fails.
pub async fn of_property(
    read: &mut Read,
    grant: &Grant<FeedsView>,
    property: PropertyId,
) -> Result<Vec<FeedView>, DbError> {
    store::of_property(read, grant.scope(), property).await
}

/// The stays that a suspicious answer of the feed leaves out, as they are known; oldest first.
///
/// # Errors
/// When the database fails.
pub(crate) async fn gone(read: &mut Read, grant: &Grant<FeedsView>, feed: &FeedView) -> Result<Vec<Known>, FeedError> {
    let Some(held) = &feed.held else { return Ok(Vec::new()) };
    let known = links::known(read, grant.organization_id(), feed.id).await?;
    Ok(known.into_iter().filter(|known| held.stays.contains(&known.stay)).collect())
}

/// A feed's kept syncs, the last first: at most so many, those before a number if one is given.
///
/// # Errors
/// [`FeedError::NotFound`].
pub async fn list_syncs(
    read: &mut Read,
    grant: &Grant<FeedsView>,
    id: FeedId,
    before: Option<u32>,
    most: i64,
) -> Result<Vec<SyncView>, FeedError> {
    find(read, grant, id).await?;
    Ok(syncs::list(read, grant.organization_id(), id, before.unwrap_or(u32::MAX), most).await?)
}

/// One sync with what it decided.
///
/// # Errors
/// [`FeedError::NotFound`].
pub async fn find_sync(
    read: &mut Read,
    grant: &Grant<FeedsView>,
    id: FeedId,
    sync: SyncId,
) -> Result<(SyncView, Lines), FeedError> {
    find(read, grant, id).await?;
    let (sync, lines) = syncs::find(read, grant.organization_id(), id, sync).await?.ok_or(FeedError::NotFound)?;
    Ok((sync, opened_lines(&lines)?))
}

/// The most syncs that are looked through for what was decided about a stay.
const MOST_SYNCS: i64 = 50;

/// What the kept syncs of its calendar decided about a stay, the last first; those that left everything as it was say nothing. Nothing for
/// a stay that was entered by hand.
///
/// # Errors
/// When the database fails.
pub async fn decisions_about(
    read: &mut Read,
    grant: &Grant<FeedsView>,
    stay: &Stay,
) -> Result<Vec<StayDecision>, FeedError> {
    let Some(feed) = stay.feed_id else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for (sync, at, lines) in syncs::notable_lines(read, grant.organization_id(), feed, MOST_SYNCS).await? {
        let about = |decision: &Decision| decision.stay == Some(stay.id) && decision.outcome != Outcome::Kept;
        let decisions = opened_lines(&lines)?.decisions.into_iter().filter(about);
        found.extend(decisions.map(|decision| StayDecision { feed, sync, at, decision }));
    }
    Ok(found)
}

/// The answer of a sync as it came.
///
/// # Errors
/// [`FeedError::NotFound`] also when it is not kept.
pub async fn body(read: &mut Read, grant: &Grant<FeedsEdit>, id: FeedId, sync: SyncId) -> Result<Vec<u8>, FeedError> {
    find(read, grant, id).await?;
    let body = syncs::body(read, grant.organization_id(), id, sync).await?.ok_or(FeedError::NotFound)?;
    Ok(answer::unpacked(&body)?)
}

/// A feed's address, which is a secret.
///
/// # Errors
/// [`FeedError::NotFound`] also when its key is no longer there.
pub fn address(app: &App, _: &Grant<FeedsEdit>, feed: &FeedView) -> Result<String, FeedError> {
    opened(app, feed).ok_or(FeedError::NotFound)
}

/// How old the last good fetch may be before a feed is stale.
#[must_use]
pub fn stale_after(app: &App) -> TimeDelta {
    TimeDelta::from_std(app.config.feeds.stale_after).unwrap_or(TimeDelta::MAX)
}

/// The moment before which a last good fetch makes a feed stale.
fn stale_since(app: &App) -> Instant {
    app.env.now() - stale_after(app)
}
