//! What feeds said of the stays that came from them, and the conflicts that people were told of.

use std::collections::BTreeMap;

use db::{DbError, Ids, Insert, Read, Row, Tx, sql, sql_of_ids};
use kernel::{Date, FeedId, Instant, Nights, OrganizationId, StayId};

use crate::{
    feeds::{Decided, Known, KnownState, Seen},
    stays::{Channel, StayStatus},
};

fn nights(row: &Row, from: &str, until: &str) -> Result<Nights, DbError> {
    let (check_in, check_out): (Date, Date) = (row.get(from)?, row.get(until)?);
    Nights::new(check_in, check_out).map_err(|error| DbError::Column(format!("{until}: {error}")))
}

/// The stays that came from a feed, ended and past ones too.
pub(crate) async fn known(read: &mut Read, organization: OrganizationId, feed: FeedId) -> Result<Vec<Known>, DbError> {
    sql!(
        "SELECT l.stay_id, l.uid, l.occurrence, l.code, l.phone_last4, l.guest_name, l.summary, l.class, l.check_in AS seen_in, \
         l.check_out AS seen_out, l.missing, s.check_in, s.check_out, s.status, s.kind_decided, s.dates_decided, s.status_decided \
         FROM feed_link l JOIN stay s ON s.organization_id = $1 AND s.id = l.stay_id \
         WHERE l.organization_id = $1 AND l.feed_id = $2 ORDER BY l.stay_id"
    )
    .bind(organization)
    .bind(feed)
    .fetch_all(read, |row| {
        let text = |name| row.get::<Option<String>>(name).map(|text| text.map(String::into_boxed_str));
        let status: StayStatus = row.get("status")?;
        let decided = Decided {
            // The dates of guests who have left do not change either.
            dates: row.get::<bool>("dates_decided")? || status == StayStatus::CheckedOut,
            kind: row.get("kind_decided")?,
            status: row.get("status_decided")?,
        };
        Ok(Known {
            stay: row.get("stay_id")?,
            seen: Seen {
                uid: row.get::<String>("uid")?.into(),
                occurrence: row.get("occurrence")?,
                code: text("code")?,
                phone_last4: text("phone_last4")?,
                guest_name: text("guest_name")?,
                summary: row.get::<String>("summary")?.into(),
                class: row.get("class")?,
                nights: nights(row, "seen_in", "seen_out")?,
            },
            nights: nights(row, "check_in", "check_out")?,
            state: state(status, decided.status),
            decided,
            missing: u8::try_from(row.get::<u32>("missing")?).unwrap_or(u8::MAX),
        })
    })
    .await
}

/// Whether a stay still counts, and if not, who ended it.
fn state(status: StayStatus, by_person: bool) -> KnownState {
    match status {
        StayStatus::Cancelled if !by_person => KnownState::EndedBySync,
        status if status.is_ended() => KnownState::EndedByPerson,
        _ => KnownState::Live,
    }
}

/// Forgets what was said of these stays.
pub(crate) async fn forget(tx: &mut Tx, organization: OrganizationId, stays: &[StayId]) -> Result<(), DbError> {
    sql_of_ids!(["DELETE FROM feed_link WHERE organization_id = $1 AND stay_id IN "] "$2" [])
        .bind(organization)
        .bind(stays.iter().copied().collect::<Ids>())
        .execute(tx)
        .await?;
    Ok(())
}

/// Remembers what a feed said, in place of what it said before, and in how many answers each stay was missing.
pub(crate) async fn remember(
    tx: &mut Tx,
    organization: OrganizationId,
    feed: FeedId,
    seen: &BTreeMap<StayId, (Seen, u8)>,
) -> Result<(), DbError> {
    forget(tx, organization, &seen.keys().copied().collect::<Vec<_>>()).await?;
    Insert::into(
        "feed_link",
        [
            "organization_id",
            "stay_id",
            "feed_id",
            "uid",
            "occurrence",
            "code",
            "phone_last4",
            "guest_name",
            "summary",
            "class",
            "check_in",
            "check_out",
            "missing",
        ],
    )
    .rows(seen.iter().map(|(stay, (seen, missing))| {
        db::row![
            organization,
            *stay,
            feed,
            &*seen.uid,
            seen.occurrence,
            seen.code.as_deref(),
            seen.phone_last4.as_deref(),
            seen.guest_name.as_deref(),
            &*seen.summary,
            seen.class,
            seen.nights.check_in(),
            seen.nights.check_out(),
            u32::from(*missing)
        ]
    }))
    .execute(tx)
    .await?;
    Ok(())
}

/// Two stays that want the same nights, and nobody was told.
#[derive(Debug)]
pub(crate) struct UntoldConflict {
    pub(crate) waits: StayId,
    pub(crate) waits_channel: Channel,
    pub(crate) waits_nights: Nights,
    pub(crate) holds: StayId,
    pub(crate) holds_channel: Channel,
    pub(crate) holds_nights: Nights,
    pub(crate) property_name: String,
}

/// The pairs of stays in conflict of which nobody was told, at most 100.
pub(crate) async fn untold_conflicts(
    read: &mut Read,
    organization: OrganizationId,
) -> Result<Vec<UntoldConflict>, DbError> {
    sql!(
        "SELECT DISTINCT w.stay_id AS waits, ws.channel AS waits_channel, ws.check_in AS waits_in, ws.check_out AS waits_out, \
         n.stay_id AS holds, hs.channel AS holds_channel, hs.check_in AS holds_in, hs.check_out AS holds_out, p.name AS property_name \
         FROM unit_night_wait w JOIN unit_night n ON n.organization_id = $1 AND n.unit_id = w.unit_id AND n.night = w.night \
         JOIN stay ws ON ws.organization_id = $1 AND ws.id = w.stay_id JOIN stay hs ON hs.organization_id = $1 AND hs.id = n.stay_id \
         JOIN unit un ON un.organization_id = $1 AND un.id = w.unit_id \
         JOIN property p ON p.organization_id = $1 AND p.id = un.property_id \
         WHERE w.organization_id = $1 AND NOT EXISTS (SELECT 1 FROM stay_conflict_told t WHERE t.organization_id = $1 \
         AND ((t.stay_id = w.stay_id AND t.other_stay_id = n.stay_id) OR (t.stay_id = n.stay_id AND t.other_stay_id = w.stay_id))) \
         ORDER BY w.stay_id, n.stay_id LIMIT 100"
    )
    .bind(organization)
    .fetch_all(read, |row| {
        Ok(UntoldConflict {
            waits: row.get("waits")?,
            waits_channel: row.get("waits_channel")?,
            waits_nights: nights(row, "waits_in", "waits_out")?,
            holds: row.get("holds")?,
            holds_channel: row.get("holds_channel")?,
            holds_nights: nights(row, "holds_in", "holds_out")?,
            property_name: row.get("property_name")?,
        })
    })
    .await
}

/// Notes that people were told of a conflict; `false` when they were before.
pub(crate) async fn tell(
    tx: &mut Tx,
    organization: OrganizationId,
    conflict: &UntoldConflict,
    now: Instant,
) -> Result<bool, DbError> {
    let written = Insert::into("stay_conflict_told", ["organization_id", "stay_id", "other_stay_id", "told_at"])
        .skip_taken()
        .rows([db::row![organization, conflict.waits, conflict.holds, now]])
        .execute(tx)
        .await?;
    Ok(written == 1)
}
