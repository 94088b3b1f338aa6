//! The demo's data, on both databases.

use db::{db_test, testing::TestDb};
use kernel::{
    Grant, Limit, OrganizationId, SystemReason,
    permissions::{FeedsView, StaysView, TasksView},
};

use super::{DemoError, build, people, prepare};
use crate::{
    App, feeds,
    stays::{self, StayFilter, StayTab},
    tasks::{self, TaskTab},
    testing::World,
};

async fn organization(app: &App) -> OrganizationId {
    let found = sql_organizations(app).await;
    assert_eq!(found.len(), 3, "the two of the test, and the demo's");
    found[2]
}

async fn sql_organizations(app: &App) -> Vec<OrganizationId> {
    db::sql!("SELECT id FROM organization ORDER BY created_at DESC, id")
        .query()
        .fetch_all(&mut app.db.read().await.unwrap(), |row| row.get("id"))
        .await
        .unwrap()
}

/// Every stay as a line, by arrival.
async fn stays_of(app: &App) -> Vec<String> {
    let grant = Grant::<StaysView>::system(organization(app).await, SystemReason::Demo);
    let (mut lines, mut after) = (Vec::new(), None);
    loop {
        let filter = StayFilter::of(StayTab::All);
        let mut read = app.db.read().await.unwrap();
        let limit = Limit::new(Limit::MOST);
        let page = stays::list(&mut read, &grant, &filter, after.as_ref(), limit, app.env.now()).await.unwrap();
        lines.extend(page.items.iter().map(|stay| {
            let name = stay.guest.name.as_deref().unwrap_or("-");
            let nights = (stay.nights.check_in(), stay.nights.check_out());
            format!("{} {}..{} {} {} {name}", stay.property_name, nights.0, nights.1, stay.channel, stay.status)
        }));
        after = page.next;
        if after.is_none() {
            return lines;
        }
    }
}

#[db_test]
async fn it_shows_something_of_everything(db: TestDb) {
    let world = World::new(db).await;
    build::build(&world.app).await.unwrap();
    let lines = stays_of(&world.app).await;
    assert!(lines.len() > 60, "{}", lines.join("\n"));
    for status in ["confirmed", "checked_in", "checked_out", "cancelled"] {
        assert!(lines.iter().any(|line| line.contains(status)), "{status}\n{}", lines.join("\n"));
    }
    let organization = organization(&world.app).await;
    let mut read = world.app.db.read().await.unwrap();
    let now = world.app.env.now();
    let seen_stays = Grant::<StaysView>::system(organization, SystemReason::Demo);
    for tab in [StayTab::Upcoming, StayTab::InHouse] {
        let filter = StayFilter::of(tab);
        let page = stays::list(&mut read, &seen_stays, &filter, None, Limit::default(), now).await.unwrap();
        assert!(!page.items.is_empty(), "{tab}");
    }
    let seen = Grant::<TasksView>::system(organization, SystemReason::Demo);
    for tab in TaskTab::ALL {
        let limit = Limit::new(Limit::MOST);
        let tasks = tasks::list(&mut read, &seen, now, *tab, None, None, limit).await.unwrap();
        assert!(!tasks.items.is_empty(), "{tab}");
    }
    let counts = stays::counts(&mut read, &seen_stays).await.unwrap();
    assert_eq!(counts, (1, 1), "a conflict, and a stay to review");
    let seen = Grant::<FeedsView>::system(organization, SystemReason::Demo);
    let stale = feeds::stale(&world.app, &mut read, &seen).await.unwrap();
    assert_eq!(stale.iter().map(|feed| feed.property_name.as_str()).collect::<Vec<_>>(), ["Lava Cottage"]);
}

#[db_test]
async fn it_keeps_away_from_other_data(db: TestDb) {
    let world = World::new(db).await;
    assert!(matches!(prepare(&world.app).await, Err(DemoError::OtherData)));
    let accounts = super::store::users(&mut world.app.db.read().await.unwrap()).await.unwrap();
    assert!(!accounts.iter().any(|email| email == people::ADMIN.email));
}
