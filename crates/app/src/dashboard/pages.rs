//! The dashboard's page.

use askama::Template;
use axum::{extract::State, response::Response};
use kernel::{Date, Fault, Instant};
use webkit::{SignedIn, Web, WebError};

use super::{
    model::{Overview, Part, StayToday},
    service,
};
use crate::{
    App,
    stays::GuestCounts,
    tasks::{TaskCounts, TaskStatus},
    ui::{Page, html},
};

#[derive(Template)]
#[template(path = "dashboard/templates/show.html")]
struct DashboardPage {
    page: Page,
    overview: Overview,
    /// The viewer's date.
    date: Date,
    now: Instant,
    has_organization: bool,
}

impl DashboardPage {
    fn count(&self, count: &i64) -> String {
        TaskCounts::text(*count, &self.page)
    }

    /// The two lists of stays, with the words of each.
    fn lists<'a>(&self, arrivals: &'a Part<StayToday>, departures: &'a Part<StayToday>) -> [List<'a>; 2] {
        [
            List {
                id: "arrivals",
                title: "dashboard-arrivals",
                none: "dashboard-arrivals-none",
                time: "dashboard-from",
                part: arrivals,
            },
            List {
                id: "departures",
                title: "dashboard-departures",
                none: "dashboard-departures-none",
                time: "dashboard-until",
                part: departures,
            },
        ]
    }
}

struct List<'a> {
    id: &'static str,
    title: &'static str,
    none: &'static str,
    time: &'static str,
    part: &'a Part<StayToday>,
}

pub(super) async fn show(State(app): State<App>, web: Web, SignedIn(identity): SignedIn) -> Result<Response, WebError> {
    let now = app.env.now();
    let mut read = app.db.read().await.map_err(Fault::from)?;
    let overview = service::overview(&mut read, &identity.actor, now, app.config.feeds.stale_after).await;
    html(&DashboardPage {
        page: Page::of(&web),
        overview: overview.map_err(Fault::from)?,
        date: identity.user.zone.date_of(now),
        now,
        has_organization: identity.actor.membership.is_some(),
    })
}
