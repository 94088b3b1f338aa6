//! The calendars that the demo's landlord publishes, and the channels that read them.

use std::net::{IpAddr, Ipv4Addr};

use kernel::{Actor, UnitId, permissions::FeedsEdit};

use super::{DemoError, refused};
use crate::{
    App,
    feeds::exports::{self, ExportForm, NewExport, Visit},
    stays::Channel,
};

/// Publishes a calendar of each unit for each of its channels, which read them at once. The last one has not been given its address yet.
pub(super) async fn publish(app: &App, manager: &Actor, units: &[(UnitId, &[Channel])]) -> Result<(), DemoError> {
    let grant = manager.grant::<FeedsEdit>().map_err(refused)?;
    let wanted: Vec<(UnitId, Channel)> =
        units.iter().flat_map(|(unit, channels)| channels.iter().map(|channel| (*unit, *channel))).collect();
    for (place, (unit, channel)) in wanted.iter().enumerate() {
        let (unit_id, channel) = (unit.to_string(), channel.to_string());
        let user_agent = format!("calendar-reader/1.0 ({channel}; demo)");
        let new = NewExport::parse(&ExportForm { unit_id, channel, ..ExportForm::default() }).map_err(refused)?;
        let id = exports::add(app, &grant, &new).await.map_err(refused)?;
        if place + 1 == wanted.len() {
            break;
        }
        let export = exports::find(&mut app.db.read().await?, &grant, id).await.map_err(refused)?;
        let address = exports::address(app, &grant, &export).map_err(refused)?;
        let token = address.rsplit('/').next().unwrap_or_default().trim_end_matches(".ics");
        // An address of documentation, RFC 5737.
        let from = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 10));
        let visit = Visit { address: from, user_agent: &user_agent, by_browser: false, known: "", head_only: false };
        exports::serve(app, token, &visit).await?;
    }
    Ok(())
}
