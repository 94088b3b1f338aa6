//! Makes the demo's data: its people do what they would have done, on a clock that runs through the past weeks until now.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveTime, TimeDelta};
use jobs::Worker;
use kernel::{
    Actor, Date, Denied, Env, FixedClock, Grant, Instant, Limit, Permission, PropertyId, SeededRandomness, StayId,
    UnitId,
    permissions::{
        FeedsEdit, PropertiesCreate, PropertiesView, StaysCancel, StaysCreate, StaysEdit, StaysView, TasksComplete,
        TasksView,
    },
};

use super::{
    DemoError, ZONE, access, availability,
    calendars::{Calendars, SILENT_FOR, address},
    exports, facts, owners,
    people::{self, Team},
    photos,
    plan::{Entry, HOUSES, House, Want, day, entries},
    refused, today, units,
};
use crate::{
    App,
    feeds::{self, FeedForm, NewFeed},
    organizations::{NewOrganization, OrganizationForm},
    properties::{self, NewProperty},
    state::Parts,
    stays::{self, NewStay, Stay, StayFilter, StayForm, StayKind, StayStatus, StayTab},
    tasks::{self, TaskTab, TaskView},
};

/// Another seed makes other ids.
const SEED: u64 = 20_270_105;
/// How many days of history there are.
const DAYS: i64 = 55;

/// The house whose turnover of yesterday nobody did.
const FORGOTTEN: &str = "pine-cabin";

/// A house, built.
struct Built {
    house: &'static House,
    property: PropertyId,
    unit: UnitId,
    entries: Vec<Entry>,
}

/// Everything needed to let the past happen.
struct Past {
    app: App,
    clock: FixedClock,
    made_at: Instant,
    team: Team,
    houses: Vec<Built>,
}

/// Makes the data, as of now.
pub(super) async fn build(app: &App) -> Result<(), DemoError> {
    let made_at = app.env.now();
    let clock = FixedClock::at(made_at - TimeDelta::days(DAYS));
    let mut past = Past::begin(on_clock(app, &clock), clock, made_at).await?;
    past.add_feeds().await?;
    past.add_photos().await?;
    let today = today(made_at);
    for days in (1 - DAYS)..=0 {
        past.live(day(today, days)).await?;
    }
    past.finish(today).await
}

/// The same application at another time. Ids follow from the time and the seed; secrets of the installation do not.
fn on_clock(app: &App, clock: &FixedClock) -> App {
    let env = Env::new(clock.clone(), SeededRandomness::new(SEED));
    App::new(Parts {
        db: app.db.clone(),
        env: env.clone(),
        config: app.config.clone(),
        passwords: app.passwords.clone(),
        keys: app.keys.clone(),
        files: app.files.clone(),
        fetcher: Arc::new(Calendars::new(env, app.fetcher.clone())),
        mailer: app.mailer.clone(),
        public_url: app.public_url.clone(),
        draining: app.draining.clone(),
    })
}

pub(super) fn grant<P: Permission>(actor: &Actor) -> Result<Grant<P>, DemoError> {
    actor.grant().map_err(|denied: Denied| refused(denied))
}

impl Past {
    /// The organization, its people and houses.
    async fn begin(app: App, clock: FixedClock, made_at: Instant) -> Result<Self, DemoError> {
        let mut errors = kernel::FieldErrors::new();
        let form = OrganizationForm {
            name: "Casas del Viento".to_owned(),
            country: "ES".to_owned(),
            zone: ZONE.to_owned(),
            currency: "EUR".to_owned(),
            language: "en".to_owned(),
        };
        let organization = NewOrganization::parse(&mut errors, "name", &form).ok_or_else(|| refused(&errors))?;
        let team = people::make_team(&app, &organization).await?;
        let mut houses = Vec::new();
        for (house, entries) in HOUSES.iter().zip(entries(today(made_at))) {
            let new = NewProperty::parse(&house.form()).map_err(refused)?;
            let property =
                properties::create(&app, &grant::<PropertiesCreate>(&team.manager)?, &new).await.map_err(refused)?;
            team.attach(&app, property, house.attached).await?;
            facts::describe(&app, &team.manager, house.slug, property).await?;
            let seen = grant::<PropertiesView>(&team.manager)?;
            let view = properties::find(&mut app.db.read().await?, &seen, property).await.map_err(refused)?;
            houses.push(Built { house, property, unit: view.whole_unit, entries });
        }
        let named: Vec<_> = houses.iter().map(|built: &Built| (built.property, built.house.name)).collect();
        access::note(&app, &team.manager, &named).await?;
        if let Some(large) = houses.iter().find(|built| built.house.slug == "almond-villa") {
            units::add_rooms(&app, &team.manager, large.property).await?;
        }
        if let Some(owned) = houses.iter().find(|built| built.house.attached.0) {
            owners::share(&app, &team.manager, owned.property).await?;
        }
        Ok(Self { app, clock, made_at, team, houses })
    }

    /// Has the houses' calendars read from now on.
    async fn add_feeds(&self) -> Result<(), DemoError> {
        let edit = grant::<FeedsEdit>(&self.team.manager)?;
        for built in &self.houses {
            for channel in built.house.feeds {
                let form = FeedForm {
                    unit_id: built.unit.to_string(),
                    address: address(built.house, *channel, self.made_at),
                    channel: channel.to_string(),
                    ..FeedForm::default()
                };
                let new = NewFeed::parse(&form, self.app.fetcher.as_ref()).map_err(refused)?;
                feeds::add(&self.app, &edit, &new).await.map_err(refused)?;
            }
        }
        self.run_jobs().await
    }

    /// Shows what the houses look like.
    async fn add_photos(&self) -> Result<(), DemoError> {
        for built in &self.houses {
            photos::add(&self.app, &self.team.manager, built.property, built.house.slug).await?;
        }
        Ok(())
    }

    /// Lets a time of a day come; whether it is past.
    fn at(&self, date: Date, hour: u32) -> bool {
        let Some(time) = NaiveTime::from_hms_opt(hour, 0, 0) else { return false };
        let Ok(zone) = ZONE.parse::<kernel::Zone>() else { return false };
        let instant = zone.instant_of(date, time);
        let past = instant < self.made_at - TimeDelta::hours(1);
        if past {
            self.clock.set(instant);
        }
        past
    }

    /// Runs what is due by now, as a worker does: calendars are read, mails are sent.
    async fn run_jobs(&self) -> Result<(), DemoError> {
        let jobs = &self.app.config.jobs;
        let options = jobs::Options { workers: 1, lease: jobs.lease, poll: jobs.poll, drain: jobs.lease };
        let worker =
            Worker::new(self.app.db.clone(), self.app.env.clone(), self.app.clone(), crate::jobs::registry(), options);
        worker.run_schedules().await?;
        worker.run_until_empty().await?;
        Ok(())
    }

    /// A day: bookings come in, guests leave, houses are made ready, guests arrive.
    async fn live(&mut self, date: Date) -> Result<(), DemoError> {
        if self.at(date, 9) {
            self.book(date).await?;
            if date.ordinal0().is_multiple_of(5) {
                self.run_jobs().await?;
            }
        }
        if date == today(self.made_at) {
            // Who comes and goes on this day is left to whoever looks at the demo.
            return Ok(());
        }
        if self.at(date, 12) {
            self.let_leave(date).await?;
            self.make_ready(date).await?;
        }
        if self.at(date, 20) {
            self.let_arrive(date).await?;
        }
        Ok(())
    }

    /// The stays that are typed in on this day: those that no calendar brings.
    async fn book(&self, date: Date) -> Result<(), DemoError> {
        let first = day(today(self.made_at), 1 - DAYS);
        let grant = grant::<StaysCreate>(&self.team.manager)?;
        for built in &self.houses {
            let by_hand = built.entries.iter().filter(|entry| !is_imported(built.house, entry));
            for entry in by_hand.filter(|entry| entry.since.max(first) == date) {
                let currency = stays::currency(&mut self.app.db.read().await?, &grant).await?;
                let new = NewStay::parse(&form(built.unit, entry), currency).map_err(refused)?;
                stays::book(&self.app, &grant, &new).await.map_err(refused)?;
            }
        }
        Ok(())
    }

    async fn let_leave(&self, date: Date) -> Result<(), DemoError> {
        let edit = grant::<StaysEdit>(&self.team.manager)?;
        let leaves = |stay: &Stay| stay.nights.check_out() == date && stay.status == StayStatus::CheckedIn;
        for stay in self.around(date).await?.iter().filter(|stay| leaves(stay)) {
            stays::check_out(&self.app, &edit, stay.id, None).await.map_err(refused)?;
        }
        Ok(())
    }

    async fn let_arrive(&self, date: Date) -> Result<(), DemoError> {
        let edit = grant::<StaysEdit>(&self.team.manager)?;
        let arrives = |stay: &Stay| stay.nights.check_in() == date && stay.status == StayStatus::Confirmed;
        for stay in self.around(date).await?.iter().filter(|stay| arrives(stay)) {
            stays::check_in(&self.app, &edit, stay.id, None).await.map_err(refused)?;
        }
        Ok(())
    }

    /// The reservations that have to do with a day.
    async fn around(&self, date: Date) -> Result<Vec<Stay>, DemoError> {
        let seen = grant::<StaysView>(&self.team.manager)?;
        let kind = Some(StayKind::Reservation);
        let filter = StayFilter { kind, from: Some(date), until: Some(date), ..StayFilter::of(StayTab::All) };
        let (limit, now) = (Limit::new(Limit::MOST), self.app.env.now());
        let page = stays::list(&mut self.app.db.read().await?, &seen, &filter, None, limit, now).await;
        Ok(page.map_err(refused)?.items)
    }

    /// The turnovers of the day, one of which somebody forgot.
    async fn make_ready(&self, date: Date) -> Result<(), DemoError> {
        let forgotten = (date == day(today(self.made_at), -1)).then_some(FORGOTTEN);
        for task in self.turnovers(TaskTab::Today).await? {
            let house = self.houses.iter().find(|built| built.property == task.property_id);
            if house.map(|built| built.house.slug) != forgotten {
                self.work(&task, true).await?;
            }
        }
        Ok(())
    }

    async fn turnovers(&self, tab: TaskTab) -> Result<Vec<TaskView>, DemoError> {
        let seen = grant::<TasksView>(&self.team.manager)?;
        let now = self.app.env.now();
        let limit = Limit::new(Limit::MOST);
        Ok(tasks::list(&mut self.app.db.read().await?, &seen, now, tab, None, None, limit).await?.items)
    }

    /// Starts a task and perhaps completes it two hours later: the staff where they work, the manager elsewhere.
    async fn work(&self, task: &TaskView, to_the_end: bool) -> Result<(), DemoError> {
        let staffed = |built: &Built| built.property == task.property_id && built.house.attached.1;
        let who = if self.houses.iter().any(staffed) { &self.team.staff } else { &self.team.manager };
        let complete = grant::<TasksComplete>(who)?;
        tasks::start(&self.app, &complete, task.id).await.map_err(refused)?;
        if to_the_end {
            self.clock.advance(TimeDelta::minutes(100));
            tasks::complete(&self.app, &complete, task.id).await.map_err(refused)?;
        }
        Ok(())
    }

    /// The last hours: one direct guest called off, and the first turnover of the day has begun.
    async fn finish(self, today: Date) -> Result<(), DemoError> {
        self.clock.set(self.made_at - SILENT_FOR);
        self.run_jobs().await?;
        self.clock.set(self.made_at - TimeDelta::minutes(50));
        if let Some(stay) = self.a_direct_stay(today).await? {
            stays::cancel(&self.app, &grant::<StaysCancel>(&self.team.manager)?, stay, None).await.map_err(refused)?;
        }
        let units: Vec<_> = self.houses.iter().map(|built| (built.unit, built.house.feeds)).collect();
        exports::publish(&self.app, &self.team.manager, &units).await?;
        if let Some(built) = self.houses.first() {
            availability::say(&self.app, &self.team.manager, built.property, today).await?;
        }
        self.clock.set(self.made_at - TimeDelta::minutes(30));
        if let Some(task) = self.turnovers(TaskTab::Today).await?.first() {
            self.work(task, false).await?;
        }
        self.clock.set(self.made_at - TimeDelta::minutes(5));
        self.run_jobs().await
    }

    /// The stay that is furthest away of those that were booked directly.
    async fn a_direct_stay(&self, today: Date) -> Result<Option<StayId>, DemoError> {
        let seen = grant::<StaysView>(&self.team.manager)?;
        let filter = stays::StayFilter::of(stays::StayTab::Upcoming);
        let limit = Limit::new(Limit::MOST);
        let page = stays::list(&mut self.app.db.read().await?, &seen, &filter, None, limit, self.app.env.now())
            .await
            .map_err(refused)?;
        let soon = day(today, 20);
        let mut direct = page.items.iter().filter(|stay| {
            stay.channel == stays::Channel::Direct
                && stay.kind == stays::StayKind::Reservation
                && stay.nights.check_in() > soon
        });
        Ok(direct.next_back().map(|stay| stay.id))
    }
}

/// Whether a calendar brings an entry; the others are typed in.
fn is_imported(house: &House, entry: &Entry) -> bool {
    house.feeds.contains(&entry.channel)
}

fn form(unit: UnitId, entry: &Entry) -> StayForm {
    let base = StayForm {
        unit_id: unit.to_string(),
        check_in: entry.nights.check_in().to_string(),
        check_out: entry.nights.check_out().to_string(),
        ..StayForm::default()
    };
    if let Want::Block(kind) = entry.want {
        return StayForm { kind: "block".to_owned(), block_kind: kind.to_string(), ..base };
    }
    let mailbox = kernel::fold(&entry.guest).replace(' ', ".");
    StayForm {
        kind: "reservation".to_owned(),
        channel: entry.channel.to_string(),
        guest_name: entry.guest.clone(),
        guest_email: format!("{mailbox}@guests.example"),
        adults: entry.adults.to_string(),
        children: entry.children.to_string(),
        pets: entry.pets.to_string(),
        amount: format!("{}.{:02}", entry.amount / 100, entry.amount % 100),
        ..base
    }
}
