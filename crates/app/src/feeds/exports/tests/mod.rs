//! What is published, who reads it, and what comes back.

mod content;
mod echo;
mod http;
mod writing;

use std::net::{IpAddr, Ipv4Addr};

use kernel::{
    ExportId, Grant, UnitId,
    permissions::{FeedsEdit, FeedsView, StaysCreate},
};

use super::{ExportForm, ExportView, NewExport, Served, Visit};
use crate::{
    feeds::{FeedChannel, FeedError, exports},
    stays::{self, NewStay, Stay, StayForm},
    testing::World,
};

const VISIT: Visit<'static> = Visit {
    address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)),
    user_agent: "reader/1.0",
    by_browser: false,
    known: "",
    head_only: false,
};

async fn try_add(world: &World, unit: UnitId, channel: FeedChannel, feed_id: &str) -> Result<ExportId, FeedError> {
    let form = ExportForm {
        unit_id: unit.to_string(),
        channel: channel.to_string(),
        feed_id: feed_id.to_owned(),
        ..ExportForm::default()
    };
    exports::add(&world.app, &world.manager::<FeedsEdit>(), &NewExport::parse(&form)?).await
}

async fn add(world: &World, unit: UnitId, channel: FeedChannel) -> ExportId {
    try_add(world, unit, channel, "").await.unwrap()
}

async fn view(world: &World, id: ExportId) -> ExportView {
    exports::find(&mut world.db.read().await.unwrap(), &world.manager::<FeedsView>(), id).await.unwrap()
}

/// The secret in an export's address.
async fn token(world: &World, id: ExportId) -> String {
    let address = exports::address(&world.app, &world.manager(), &view(world, id).await).unwrap();
    let file = address.strip_prefix("http://127.0.0.1:8080/calendars/").expect("an address of ours");
    file.strip_suffix(".ics").unwrap().to_owned()
}

async fn visit(world: &World, id: ExportId, visit: &Visit<'_>) -> Served {
    exports::serve(&world.app, &token(world, id).await, visit).await.unwrap().expect("it is published")
}

/// What the channel reads.
async fn read(world: &World, id: ExportId) -> String {
    visit(world, id, &VISIT).await.text
}

/// What is listed, as `from/until`.
async fn listed(world: &World, id: ExportId) -> Vec<String> {
    let calendar = crate::feeds::ical::read(read(world, id).await.as_bytes()).unwrap();
    let day = |moment: Option<crate::feeds::ical::Moment>| moment.unwrap().date_in(kernel::Zone::UTC);
    calendar.events.iter().map(|event| format!("{}/{}", day(event.start), day(event.end))).collect()
}

/// Books nights by hand.
async fn book(world: &World, unit: UnitId, channel: &str, check_in: &str, check_out: &str) -> Stay {
    let form = StayForm {
        unit_id: unit.to_string(),
        kind: "reservation".to_owned(),
        channel: channel.to_owned(),
        check_in: check_in.to_owned(),
        check_out: check_out.to_owned(),
        guest_name: "Ana, “the” Guest".to_owned(),
        guest_email: "ana@guests.example".to_owned(),
        adults: "2".to_owned(),
        ..StayForm::default()
    };
    let new = NewStay::parse(&form, "EUR".parse().unwrap()).unwrap();
    let grant: Grant<StaysCreate> = world.manager();
    stays::book(&world.app, &grant, &new).await.unwrap()
}
