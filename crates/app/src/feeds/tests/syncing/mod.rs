//! Feeds through the real use cases, jobs and databases.

mod conflicts;
mod decided;
mod failures;
mod http;
mod sequences;
mod suspicious;
mod upkeep;

use std::time::Duration;

use chrono::TimeDelta;
use db::sql;
use jobs::{Endings, Options, Registry, Worker};
use kernel::{
    FeedId, UnitId,
    permissions::{FeedsEdit, FeedsView, StaysView},
};

use super::{calendar, event, feed, nights};
use crate::{
    feeds::{self, FeedChannel, FeedForm, FeedView, Lines, NewFeed, Outcome, SyncOutcome, SyncView},
    stays::{self, Stay},
    testing::World,
};

pub(crate) const AIRBNB: &str = "https://www.airbnb.com/calendar/ical/1234.ics?s=secret";

/// What a person types to add a feed.
pub(crate) fn form(unit: UnitId, address: &str) -> FeedForm {
    FeedForm { unit_id: unit.to_string(), address: address.to_owned(), ..FeedForm::default() }
}

pub(crate) async fn add_to(world: &World, unit: UnitId, channel: FeedChannel, address: &str) -> FeedId {
    let form = FeedForm { channel: channel.to_string(), ..form(unit, address) };
    let new = NewFeed::parse(&form, &world.sites).unwrap();
    feeds::add(&world.app, &world.manager::<FeedsEdit>(), &new).await.unwrap()
}

/// Airbnb's feed at the first house, synced once with this answer.
pub(crate) async fn airbnb(world: &World, body: &[u8]) -> FeedId {
    let feed = add_to(world, world.home.first.unit, FeedChannel::Airbnb, AIRBNB).await;
    world.sites.body(AIRBNB, body);
    run_jobs(world).await;
    feed
}

/// Runs what is due, time passing before: what follows each other has ids in that order.
pub(crate) async fn run_jobs(world: &World) -> Endings {
    world.clock.advance(TimeDelta::seconds(1));
    let mut registry = Registry::new();
    feeds::handle_jobs(&mut registry);
    let seconds = Duration::from_secs;
    let options = Options { workers: 1, lease: seconds(60), poll: seconds(60), drain: seconds(1) };
    let worker = Worker::new(world.app.db.clone(), world.env.clone(), world.app.clone(), registry, options);
    worker.run_until_empty().await.unwrap()
}

/// Has the feed fetched because a person asked; what came of it.
pub(crate) async fn sync(world: &World, feed: FeedId) -> (SyncView, Lines) {
    feeds::sync_now(&world.app, &world.manager::<FeedsEdit>(), feed).await.unwrap();
    assert_eq!(run_jobs(world).await, Endings { done: 1, ..Endings::default() });
    last_sync(world, feed).await
}

/// The same with another answer of Airbnb's.
pub(crate) async fn sync_with(world: &World, feed: FeedId, body: &[u8]) -> (SyncView, Lines) {
    world.sites.body(AIRBNB, body);
    sync(world, feed).await
}

pub(crate) async fn syncs(world: &World, feed: FeedId) -> Vec<SyncView> {
    let mut read = world.db.read().await.unwrap();
    feeds::list_syncs(&mut read, &world.manager::<FeedsView>(), feed, None, 100).await.unwrap()
}

pub(crate) async fn last_sync(world: &World, feed: FeedId) -> (SyncView, Lines) {
    let last = syncs(world, feed).await.remove(0);
    let mut read = world.db.read().await.unwrap();
    feeds::find_sync(&mut read, &world.manager::<FeedsView>(), feed, last.id).await.unwrap()
}

pub(crate) async fn view(world: &World, feed: FeedId) -> FeedView {
    let mut read = world.db.read().await.unwrap();
    feeds::find(&mut read, &world.manager::<FeedsView>(), feed).await.unwrap()
}

fn outcomes(lines: &Lines) -> Vec<Outcome> {
    lines.decisions.iter().map(|decision| decision.outcome).collect()
}

/// All stays of the home organization, by arrival.
pub(crate) async fn all_stays(world: &World) -> Vec<Stay> {
    let mut read = world.db.read().await.unwrap();
    let filter = stays::StayFilter::of(stays::StayTab::All);
    let limit = kernel::Limit::new(100);
    let grant = world.manager::<StaysView>();
    let mut stays = stays::list(&mut read, &grant, &filter, None, limit, world.env.now()).await.unwrap().items;
    stays.sort_by_key(|stay| (stay.nights.check_in(), stay.id));
    stays
}

/// Live stays as `check_in/check_out kind`, by arrival.
pub(crate) async fn live(world: &World) -> Vec<String> {
    let stays = all_stays(world).await.into_iter().filter(|stay| stay.status.is_live());
    let line = |stay: Stay| {
        let more = match (stay.status, stay.needs_review, stay.in_conflict) {
            (stays::StayStatus::Pending, ..) => " pending",
            (_, true, _) => " to review",
            (_, _, true) => " in conflict",
            _ => "",
        };
        format!("{}/{} {}{more}", stay.nights.check_in(), stay.nights.check_out(), stay.kind)
    };
    stays.map(line).collect()
}

/// Turnovers as `due status`, by day; ` ?` for provisional ones.
async fn turnovers(world: &World) -> Vec<String> {
    let mut read = world.db.read().await.unwrap();
    sql!(
        "SELECT due_on, status, provisional FROM task WHERE organization_id = $1 AND kind = 'turnover' ORDER BY due_on, status"
    )
    .bind(world.home.organization)
    .fetch_all(&mut read, |row| {
        let (due, status): (kernel::Date, String) = (row.get("due_on")?, row.get("status")?);
        Ok(format!("{due} {status}{}", if row.get("provisional")? { " ?" } else { "" }))
    })
    .await
    .unwrap()
}

/// The kinds of the mails that were written to the home organization, in order.
pub(crate) async fn mails(world: &World) -> Vec<String> {
    let mut read = world.db.read().await.unwrap();
    sql!("SELECT kind FROM mail WHERE organization_id = $1 ORDER BY created_at, id")
        .bind(world.home.organization)
        .fetch_all(&mut read, |row| row.get("kind"))
        .await
        .unwrap()
}
