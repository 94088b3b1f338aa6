//! A sync: begin, ask outside any transaction, decide and write in one.
//!
//! Two workers never sync one feed at once: the feed names the sync that is under way, for at most [`LONGEST`], and an answer counts only
//! while it is named. Another address, or removing the feed, takes the name away.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use chrono::TimeDelta;
use db::{Read, Tx};
use kernel::{
    Fault, FeedId, Grant, Instant, OrganizationId, StayId, SyncId, SystemReason,
    permissions::{FeedsEdit, FeedsView},
};

use super::{
    FeedError, alerts,
    answer::{self, Answer},
    subject,
};
use crate::{
    App, audit,
    feeds::{
        Action, Change, FeedChannel, FeedFacts, Kind, Known, Outcome, Reason, Seen, SyncPlan, channel_of_author,
        exports,
        ical::Calendar,
        leave_out_reflections, plan,
        record::{Counts, FeedView, Held, Lines, SyncCause, SyncOutcome, SyncView},
        store::{self, Aftermath, links, syncs},
    },
    stays::{self, Channel, ImportChange, ImportCreate, ImportOutcome, ImportUpdate, StayKind},
};

/// How long a sync may take before another may begin: far longer than any does.
const LONGEST: TimeDelta = TimeDelta::minutes(5);
/// The longest pause after failures.
const LONGEST_PAUSE: Duration = Duration::from_secs(6 * 3_600);

/// A sync that has begun.
#[derive(Debug, Clone)]
pub(crate) struct Begun {
    pub(crate) id: SyncId,
    pub(crate) feed: FeedView,
    started_at: Instant,
}

/// Syncs a feed, unless it is being synced, at rest or gone. What goes wrong outside is noted at the feed; an error is our own.
pub(crate) async fn run(app: &App, organization: OrganizationId, feed: FeedId) -> Result<(), Fault> {
    let grant = Grant::system(organization, SystemReason::FeedSync);
    let Some(begun) = begin(app, &grant, feed).await? else { return Ok(()) };
    let answer = answer::ask(app, organization, &begun.feed).await?;
    finish(app, &grant, &begun, answer).await
}

/// Begins a sync; `None` when it must not be now.
pub(crate) async fn begin(app: &App, grant: &Grant<FeedsEdit>, id: FeedId) -> Result<Option<Begun>, Fault> {
    let (sync, started_at) = (SyncId::new(&app.env), app.env.now());
    let feed = db::retrying(|| async {
        let mut tx = app.db.begin().await?;
        let feed = store::begin(&mut tx, grant.scope(), id, sync, started_at, started_at + LONGEST).await?;
        tx.commit().await?;
        Ok::<_, db::DbError>(feed)
    })
    .await?;
    Ok(feed.map(|feed| Begun { id: sync, feed, started_at }))
}

/// Decides about an answer and writes what follows; nothing when it came too late.
pub(crate) async fn finish(app: &App, grant: &Grant<FeedsEdit>, begun: &Begun, answer: Answer) -> Result<(), Fault> {
    let cause = if begun.feed.requested_at.is_some() { SyncCause::Person } else { SyncCause::Schedule };
    let concluded = db::retrying(|| async {
        let mut tx = app.db.begin().await?;
        let feed = store::lock(&mut tx, grant.scope(), begun.feed.id).await?;
        let Some(feed) = feed.filter(|feed| feed.running_sync_id == Some(begun.id)) else { return Ok(()) };
        let sync = Sync { id: begun.id, cause, started_at: begun.started_at, confirmed_gone: BTreeSet::new() };
        conclude(&mut tx, app, grant, &feed, &sync, &answer).await?;
        tx.commit().await?;
        Ok::<_, Fault>(())
    });
    concluded.await
}

/// Applies the last complete answer again because a person said so. `choose` gets the feed and the sync with that answer, and says which
/// stays are confirmed to be gone, or nothing when the person meant another answer.
pub(super) async fn again(
    app: &App,
    grant: &Grant<FeedsEdit>,
    id: FeedId,
    cause: SyncCause,
    choose: impl Fn(&FeedView, SyncId) -> Option<BTreeSet<StayId>>,
) -> Result<SyncId, FeedError> {
    let organization = grant.organization_id();
    let feed = super::find(&mut app.db.read().await?, grant, id).await?;
    let found = answer::last(app, organization, &feed, SyncOutcome::Good).await?;
    let (last, answer) = found.ok_or(FeedError::Changed)?;
    db::retrying(|| async {
        let mut tx = app.db.begin().await?;
        let now = store::lock(&mut tx, grant.scope(), id).await?.ok_or(FeedError::NotFound)?;
        let chosen = Some(&now).filter(|now| now.syncs == feed.syncs).and_then(|now| choose(now, last));
        let confirmed_gone = chosen.ok_or(FeedError::Changed)?;
        let sync = Sync { id: SyncId::new(&app.env), cause, started_at: app.env.now(), confirmed_gone };
        conclude(&mut tx, app, grant, &now, &sync, &answer).await?;
        let action = if cause == SyncCause::Confirm { "feeds.answer.confirm" } else { "feeds.answer.apply" };
        audit::record(&mut tx, &app.env, grant, action, subject(id), &[]).await?;
        tx.commit().await?;
        Ok(sync.id)
    })
    .await
}

/// What a kept answer would decide now.
pub(super) async fn dry_run(
    app: &App,
    read: &mut Read,
    grant: &Grant<FeedsView>,
    id: FeedId,
    sync: SyncId,
) -> Result<(Lines, bool), FeedError> {
    let organization = grant.organization_id();
    let feed = super::find(read, grant, id).await?;
    let packed = syncs::body(read, organization, id, sync).await?.ok_or(FeedError::NotFound)?;
    let last = syncs::last_id(read, organization, id).await?;
    let calendar = answer::calendar_of(packed).await?.ok_or(FeedError::NotFound)?;
    let known = links::known(read, organization, id).await?;
    let mut plan = plan(&facts(app, &feed, BTreeSet::new()), &known, &calendar);
    leave_out_reflections(&mut plan, feed.channel, &exports::told_to(app, read, grant, &feed).await?);
    Ok((Lines::of(plan), last == Some(sync)))
}

/// What is decided about, and by whom.
struct Sync {
    id: SyncId,
    cause: SyncCause,
    started_at: Instant,
    confirmed_gone: BTreeSet<StayId>,
}

/// Decides about an answer, writes it, and what the feed is to know of it.
async fn conclude(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<FeedsEdit>,
    feed: &FeedView,
    sync: &Sync,
    answer: &Answer,
) -> Result<(), Fault> {
    let organization = grant.organization_id();
    let settled = match &answer.calendar {
        Some(calendar) if feed.channel_open => Some(settle_channel(tx, organization, feed, calendar).await?),
        _ => None,
    };
    let feed = settled.as_ref().unwrap_or(feed);
    let mut decided = match &answer.calendar {
        Some(calendar) => decide(tx, app, grant, feed, sync, calendar).await?,
        None => Decided { held: feed.held.clone(), ..Decided::default() },
    };
    let outcome = if decided.suspicious { SyncOutcome::Suspicious } else { answer.outcome };
    let good = answer.calendar.is_some();
    let newly_held = decided.held.as_ref().filter(|held| held.sync == sync.id);
    let by_person = matches!(sync.cause, SyncCause::Confirm | SyncCause::Replay);
    let number = feed.syncs.saturating_add(1);
    let view = SyncView {
        id: sync.id,
        feed_id: feed.id,
        number,
        cause: sync.cause,
        outcome,
        error: answer.error.clone(),
        http_status: answer.http_status,
        started_at: sync.started_at,
        finished_at: app.env.now(),
        notable: decided.changes || newly_held.is_some() || by_person || number == 1,
        counts: Counts::of(&decided.plan),
        size: answer.size,
        has_body: answer.body.is_some(),
    };
    let lines = answer::packed_lines(&Lines::of(std::mem::take(&mut decided.plan)))?;
    syncs::insert(tx, organization, &view, &lines, answer.body.as_deref()).await?;
    syncs::prune(tx, organization, feed.id, app.config.feeds.kept_bodies.get()).await?;
    // Applying a kept answer again is no fetch: it neither proves that the site answers nor puts the next fetch off.
    let failures = if by_person {
        feed.failures
    } else if good {
        0
    } else {
        feed.failures.saturating_add(1)
    };
    let aftermath = Aftermath {
        syncs: number,
        failures,
        error: if by_person { feed.last_error.as_deref() } else { answer.error.as_deref() },
        good_at: (good && !by_person).then(|| app.env.now()),
        etag: answer.etag.as_deref(),
        last_modified: answer.last_modified.as_deref(),
        held: decided.held.as_ref(),
        next_sync_at: if by_person { feed.next_sync_at } else { next_sync_at(app, failures, answer.retry_after) },
        started_at: sync.started_at,
        by_person,
    };
    store::end(tx, organization, feed.id, &aftermath).await?;
    if let Some(held) = newly_held {
        alerts::suspicious(tx, app, organization, feed, held).await?;
    }
    alerts::conflicts(tx, app, organization).await
}

/// The feed with the channel whose program wrote its first complete answer.
async fn settle_channel(
    tx: &mut Tx,
    organization: OrganizationId,
    feed: &FeedView,
    calendar: &Calendar,
) -> Result<FeedView, Fault> {
    let channel = calendar.prodid.as_deref().and_then(channel_of_author).unwrap_or(feed.channel);
    store::settle_channel(tx, organization, feed.id, channel).await?;
    Ok(FeedView { channel, channel_open: false, ..feed.clone() })
}

/// When to ask next: after the interval, which doubles with each failure, and not before the site wants.
fn next_sync_at(app: &App, failures: u32, retry_after: Option<Duration>) -> Instant {
    let config = &app.config.feeds;
    let doubled = config.interval.saturating_mul(1 << failures.saturating_sub(1).min(16));
    let pause = if failures == 0 { config.interval } else { doubled.max(retry_after.unwrap_or_default()) };
    let pause = pause.min(LONGEST_PAUSE.max(config.interval));
    let jitter = app.env.random_below(u64::try_from(config.jitter.as_millis()).unwrap_or(u64::MAX));
    let whole = pause.saturating_add(Duration::from_millis(jitter));
    app.env.now() + TimeDelta::from_std(whole).unwrap_or(LONGEST)
}

/// What was decided about a complete answer.
#[derive(Default)]
struct Decided {
    plan: SyncPlan,
    changes: bool,
    suspicious: bool,
    held: Option<Held>,
}

async fn decide(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<FeedsEdit>,
    feed: &FeedView,
    sync: &Sync,
    calendar: &Calendar,
) -> Result<Decided, Fault> {
    let known = links::known(tx, grant.organization_id(), feed.id).await?;
    let mut plan = plan(&facts(app, feed, sync.confirmed_gone.clone()), &known, calendar);
    leave_out_reflections(&mut plan, feed.channel, &exports::told_to(app, tx, grant, feed).await?);
    if sync.cause == SyncCause::Replay {
        leave_absent(&mut plan);
    }
    let changes = plan.actions().next().is_some();
    let held = plan.suspicion.as_ref().map(|suspicion| match &feed.held {
        Some(before) if before.ignored && before.covers(&suspicion.gone) => before.clone(),
        Some(before) if before.covers(&suspicion.gone) => Held { stays: suspicion.gone.clone(), ..before.clone() },
        _ => Held { sync: sync.id, stays: suspicion.gone.clone(), ignored: false },
    });
    apply(tx, app, grant, feed, &known, &mut plan).await?;
    Ok(Decided { suspicious: plan.suspicion.is_some(), plan, changes, held })
}

/// Takes out what follows from stays that are not listed.
fn leave_absent(plan: &mut SyncPlan) {
    for step in &mut plan.steps {
        let absent =
            matches!(step.action, Some(Action::MarkMissing { .. } | Action::Cancel { .. } | Action::Remove { .. }));
        if absent && step.decision.reason != Reason::CancelledByChannel {
            (step.action, step.decision.outcome) = (None, Outcome::Kept);
            step.decision.reason = Reason::NotFetched;
        }
    }
}

/// Writes the actions of a plan, and puts the ids of new stays into its lines.
async fn apply(
    tx: &mut Tx,
    app: &App,
    grant: &Grant<FeedsEdit>,
    feed: &FeedView,
    known: &[Known],
    plan: &mut SyncPlan,
) -> Result<(), Fault> {
    let organization = grant.organization_id();
    let mut links: BTreeMap<StayId, (Seen, u8)> = BTreeMap::new();
    let by_id: BTreeMap<StayId, &Known> = known.iter().map(|known| (known.stay, known)).collect();
    let mut changes = Vec::new();
    let mut removed = Vec::new();
    for (at, step) in plan.steps.iter().enumerate() {
        let Some(action) = &step.action else { continue };
        match action {
            Action::Update { stay, seen, .. } | Action::Revive { stay, seen, .. } => {
                links.insert(*stay, (seen.clone(), 0));
            }
            Action::MarkMissing { stay } => {
                links.extend(by_id.get(stay).map(|known| (*stay, (known.seen.clone(), 1))));
            }
            Action::Remove { stay } => removed.push(*stay),
            Action::Create { .. } | Action::Cancel { .. } => {}
        }
        changes.extend(change_of(feed, &by_id, action).map(|change| (at, change)));
    }
    links::forget(tx, organization, &removed).await?;
    let (places, changes): (Vec<usize>, Vec<ImportChange>) = changes.into_iter().unzip();
    let applied = stays::apply_import(tx, app, grant, &changes).await?;
    for (at, applied) in places.into_iter().zip(applied) {
        let Some(step) = plan.steps.get_mut(at) else { continue };
        match &step.action {
            Some(Action::Create { seen }) => {
                step.decision.stay = Some(applied.stay_id);
                links.insert(applied.stay_id, (seen.clone(), 0));
            }
            // A task or a person has to do with it: it was cancelled, and stays known.
            Some(Action::Remove { stay }) if applied.outcome != ImportOutcome::Removed => {
                step.decision.outcome = Outcome::Cancelled;
                links.extend(by_id.get(stay).map(|known| (*stay, (known.seen.clone(), known.missing))));
            }
            _ => {}
        }
    }
    links::remember(tx, organization, feed.id, &links).await?;
    Ok(())
}

/// What an action is to the stays themselves.
fn change_of(feed: &FeedView, known: &BTreeMap<StayId, &Known>, action: &Action) -> Option<ImportChange> {
    let update = |stay: StayId, seen: &Seen, change: &Change, revive| {
        let before = known.get(&stay).map(|known| &known.seen);
        ImportChange::Update(ImportUpdate {
            stay_id: stay,
            nights: change.nights,
            kind: change.kind.map(kind),
            pending: change.pending,
            to_review: change.to_review,
            guest_name: text(&seen.guest_name),
            guest_name_before: before.and_then(|seen| text(&seen.guest_name)),
            reservation_code: text(&seen.code),
            reservation_code_before: before.and_then(|seen| text(&seen.code)),
            revive,
        })
    };
    match action {
        Action::Create { seen } => Some(ImportChange::Create(ImportCreate {
            unit_id: feed.unit_id,
            feed_id: feed.id,
            channel: channel(feed.channel),
            kind: kind(seen.kind()),
            pending: seen.pending(),
            to_review: seen.to_review(),
            nights: seen.nights,
            guest_name: text(&seen.guest_name),
            reservation_code: text(&seen.code),
        })),
        Action::Update { stay, seen, change } => Some(update(*stay, seen, change, false)),
        Action::Revive { stay, seen, change } => Some(update(*stay, seen, change, true)),
        Action::MarkMissing { .. } => None,
        Action::Cancel { stay } => Some(ImportChange::Cancel(*stay)),
        Action::Remove { stay } => Some(ImportChange::Remove(*stay)),
    }
}

fn text(told: &Option<Box<str>>) -> Option<String> {
    told.as_deref().map(str::to_owned)
}

const fn kind(kind: Kind) -> StayKind {
    match kind {
        Kind::Reservation => StayKind::Reservation,
        Kind::Block => StayKind::Block,
    }
}

const fn channel(channel: FeedChannel) -> Channel {
    match channel {
        FeedChannel::Airbnb => Channel::Airbnb,
        FeedChannel::Vrbo => Channel::Vrbo,
        FeedChannel::BookingCom => Channel::BookingCom,
        FeedChannel::Other => Channel::Other,
    }
}

/// What planning needs to know of the feed.
fn facts(app: &App, feed: &FeedView, confirmed_gone: BTreeSet<StayId>) -> FeedFacts {
    FeedFacts {
        id: feed.id,
        channel: feed.channel,
        default_kind: feed.default_kind,
        end: feed.end,
        zone: feed.zone,
        today: feed.zone.date_of(app.env.now()),
        instance: instance_id(app).into(),
        confirmed_gone,
    }
}

/// The installation's id, by which its own events are known when they come back: derived from its keys, so it stays the same as long as they do.
pub(crate) fn instance_id(app: &App) -> String {
    let secret = app.keys.secret_for("feeds.instance");
    secret.iter().take(8).map(|byte| format!("{byte:02x}")).chain([".landlord".to_owned()]).collect()
}
