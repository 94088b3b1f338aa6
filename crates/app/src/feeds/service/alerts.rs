//! Telling the managers, once for each thing to know.

use db::Tx;
use kernel::{Fault, FeedId, Grant, Nights, OrganizationId, SystemReason, permissions::FeedsEdit};

use super::stale_since;
use crate::{
    App,
    feeds::{
        record::{FeedView, Held},
        store::{
            self,
            across::{self},
            links::{self, UntoldConflict},
        },
    },
    mail::{self, BookedStay, Conflict, FeedStale, FeedSuspicious, Mail, MailMessage},
};

/// Writes a mail to each manager.
async fn to_managers<M: MailMessage + Clone + Sync>(
    tx: &mut Tx,
    app: &App,
    organization: OrganizationId,
    key: &str,
    message: &M,
) -> Result<(), Fault> {
    for manager in across::managers(tx, organization).await? {
        let letter = Mail {
            organization: Some(organization),
            to: manager.email,
            language: manager.language,
            message: message.clone(),
            dedupe_key: format!("{key}:{}", manager.user),
        };
        mail::queue(app, tx, &letter).await?;
    }
    Ok(())
}

/// Tells that an answer waits for a person.
pub(super) async fn suspicious(
    tx: &mut Tx,
    app: &App,
    organization: OrganizationId,
    feed: &FeedView,
    held: &Held,
) -> Result<(), Fault> {
    let message = FeedSuspicious {
        property: feed.property_name.clone(),
        channel: feed.channel.as_str(),
        gone: held.stays.len(),
        path: format!("/feeds/{}", feed.id),
    };
    to_managers(tx, app, organization, &format!("feed_suspicious:{}", held.sync), &message).await
}

/// Tells that a feed is stale, if it is and nobody was told.
pub(super) async fn stale(tx: &mut Tx, app: &App, organization: OrganizationId, id: FeedId) -> Result<(), Fault> {
    let now = app.env.now();
    if !across::tell_stale(tx, organization, id, stale_since(app), now).await? {
        return Ok(());
    }
    let grant: Grant<FeedsEdit> = Grant::system(organization, SystemReason::Notification);
    let Some(feed) = store::find(tx, grant.scope(), id).await? else { return Ok(()) };
    let message = FeedStale {
        property: feed.property_name,
        channel: feed.channel.as_str(),
        last_good: feed.last_good_at,
        zone: feed.zone,
        path: format!("/feeds/{id}"),
    };
    to_managers(tx, app, organization, &format!("feed_stale:{id}:{}", now.timestamp_micros()), &message).await
}

/// Tells of each conflict that nobody was told of.
pub(super) async fn conflicts(tx: &mut Tx, app: &App, organization: OrganizationId) -> Result<(), Fault> {
    for conflict in links::untold_conflicts(tx, organization).await? {
        if !links::tell(tx, organization, &conflict, app.env.now()).await? {
            continue;
        }
        let Some(nights) = in_question(&conflict) else { continue };
        let booked = |channel: crate::stays::Channel, nights| BookedStay { channel: channel.as_str(), nights };
        let message = Conflict {
            property: conflict.property_name,
            nights,
            holds: booked(conflict.holds_channel, conflict.holds_nights),
            waits: booked(conflict.waits_channel, conflict.waits_nights),
            path: format!("/conflicts/{}", conflict.waits),
        };
        let key = format!("conflict:{}:{}", conflict.waits, conflict.holds);
        to_managers(tx, app, organization, &key, &message).await?;
    }
    Ok(())
}

/// The nights that both want.
fn in_question(conflict: &UntoldConflict) -> Option<Nights> {
    let (one, other) = (conflict.waits_nights, conflict.holds_nights);
    Nights::new(one.check_in().max(other.check_in()), one.check_out().min(other.check_out())).ok()
}
