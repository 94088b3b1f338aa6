//! Lists of stays: pages, the timeline's window, conflicts.

use db::{DbError, Ids, Read, Row, sql, sql_of_ids};
use kernel::{Date, Limit, Nights, OrganizationId, Scope, StayId, UnitId};
use uuid::Uuid;

use super::{in_the_way, nights, select_stays, stay};
use crate::{
    access::property_scope,
    search::{self, Search, SearchKind, found_by_word},
    stays::model::{InTheWay, Stay, StayFilter, StayStatus, StayTab, WindowStay},
    today::{Today, today_at},
};

/// Today at the property `p`, in a statement that binds [`Today`] at these places.
macro_rules! today {
    ($ahead:literal, $after:literal, $behind:literal, $before:literal, $utc:literal) => {
        today_at!("p.zone", "s.check_in", $ahead, $after, $behind, $before, $utc)
    };
}

/// A part of the list as two statements: one that reads it in its order, and one that begins with a rare word, whose range it binds last.
macro_rules! list {
    ($order:literal, $after:literal, [$from:literal, $below:literal], $($condition:tt)+) => {
        (
            list!(@ "s.check_in", $order, $after, [" AND ", $($condition)+]),
            // An expression, so that no index serves the order.
            list!(@ "COALESCE(s.check_in, s.check_out)", $order, $after, [" AND ", found_by_word!("s.id", "'stay'", $from, $below), " AND ", $($condition)+])
        )
    };
    (@ $key:literal, $order:literal, $after:literal, [$($condition:tt)+]) => {
        sql!(
            select_stays!(), " AND (un.property_id = $4 OR $4 IS NULL) AND (", $key, ", s.id) ", $after, " ($5, $6) \
             AND (s.channel = $8 OR $8 IS NULL) AND (s.kind = $9 OR $9 IS NULL) AND (s.check_out >= $10 OR $10 IS NULL) \
             AND (s.check_in <= $11 OR $11 IS NULL) AND (s.search_text LIKE $12 OR $12 IS NULL) \
             AND (s.search_text LIKE $13 OR $13 IS NULL) AND (s.search_text LIKE $14 OR $14 IS NULL)",
            $($condition)+, " ORDER BY ", $key, " ", $order, ", s.id ", $order, " LIMIT $7"
        )
    };
}

macro_rules! listed_today {
    () => {
        today!("$15", "$16", "$17", "$18", "$19")
    };
}

/// The rows of a page, one more than the limit, in the tab's order; `after` is the arrival and the id of the last one seen.
pub(crate) async fn list(
    read: &mut Read,
    scope: &Scope,
    filter: &StayFilter,
    after: Option<(Date, Uuid)>,
    limit: Limit,
    today: &Today,
) -> Result<Vec<Stay>, DbError> {
    let search = filter.search.as_deref().map(Search::of);
    if search.as_ref().is_some_and(Search::is_empty) {
        return Ok(Vec::new());
    }
    let ((in_order, by_word), backwards, by_today) = match filter.tab {
        StayTab::Upcoming => (
            list!(
                "ASC",
                ">",
                ["$20", "$21"],
                "((s.status = 'confirmed' AND s.check_in >= ",
                listed_today!(),
                ") OR (s.status IN ('inquiry', 'hold', 'pending') AND s.check_out > ",
                listed_today!(),
                "))"
            ),
            false,
            true,
        ),
        StayTab::InHouse => (
            list!(
                "ASC",
                ">",
                ["$20", "$21"],
                "(s.status = 'checked_in' OR (s.status = 'confirmed' AND s.check_in < ",
                listed_today!(),
                " AND s.check_out > ",
                listed_today!(),
                "))"
            ),
            false,
            true,
        ),
        StayTab::Past => (
            list!(
                "DESC",
                "<",
                ["$20", "$21"],
                "(s.status IN ('checked_out', 'no_show') OR (s.status = 'confirmed' AND s.check_in < ",
                listed_today!(),
                " AND s.check_out <= ",
                listed_today!(),
                ") OR (s.status IN ('inquiry', 'hold', 'pending') AND s.check_out <= ",
                listed_today!(),
                "))"
            ),
            true,
            true,
        ),
        StayTab::Cancelled => {
            (list!("DESC", "<", ["$15", "$16"], "s.status IN ('cancelled', 'declined', 'expired')"), true, false)
        }
        StayTab::Conflicts => (
            list!(
                "ASC",
                ">",
                ["$15", "$16"],
                "EXISTS (SELECT 1 FROM unit_night_wait w WHERE w.organization_id = $1 AND w.stay_id = s.id)"
            ),
            false,
            false,
        ),
        StayTab::Review => (
            list!(
                "ASC",
                ">",
                ["$15", "$16"],
                "s.needs_review AND s.status IN ('hold', 'pending', 'confirmed', 'checked_in')"
            ),
            false,
            false,
        ),
        StayTab::All => (list!("DESC", "<", ["$15", "$16"], "1 = 1"), true, false),
    };
    // Before and after every date that a stay can have, in the order of both databases.
    let (year, outermost) = if backwards { (9999, Uuid::max()) } else { (1, Uuid::nil()) };
    let (date, id) = after.unwrap_or((Date::from_ymd_opt(year, 12, 31).unwrap_or_default(), outermost));
    let rare = match &search {
        Some(search) => search::rarest(read, scope.organization_id(), SearchKind::Stay, search).await?,
        None => None,
    };
    let [longest, second, third] = search::patterns(search.as_ref());
    let mut query = if rare.is_some() { by_word } else { in_order }
        .query()
        .bind_scope(scope)
        .bind(filter.property_id)
        .bind(date)
        .bind(id)
        .bind(limit.with_one_more())
        .bind(filter.channel)
        .bind(filter.kind)
        .bind(filter.from)
        .bind(filter.until)
        .bind(longest)
        .bind(second)
        .bind(third);
    if by_today {
        query = today.bind(query);
    }
    if let Some((from, below)) = rare {
        query = query.bind(from).bind(below);
    }
    query.fetch_all(read, stay).await
}

/// The stays of these units that a timeline shows: those that count and touch the nights. A no-show shows the night it keeps.
pub(crate) async fn window(
    read: &mut Read,
    scope: &Scope,
    span: Nights,
    units: &[UnitId],
) -> Result<Vec<WindowStay>, DbError> {
    sql_of_ids!(
        ["SELECT s.id, s.unit_id, s.kind, s.status, s.channel, s.check_in, s.check_out, s.guest_name, s.needs_review, \
          EXISTS (SELECT 1 FROM unit_night_wait w WHERE w.organization_id = $1 AND w.stay_id = s.id) AS in_conflict \
          FROM stay s JOIN unit un ON un.organization_id = $1 AND un.id = s.unit_id WHERE s.organization_id = $1 AND ",
         property_scope!("un.property_id"),
         " AND s.check_out > $4 AND s.check_in < $5 \
          AND s.status IN ('hold', 'pending', 'confirmed', 'checked_in', 'checked_out', 'no_show') AND s.unit_id IN "] "$6" []
    )
    .query()
    .bind_scope(scope)
    .bind(span.check_in())
    .bind(span.check_out())
    .bind(units.iter().copied().collect::<Ids>())
    .fetch_all(read, window_stay)
    .await
}

fn window_stay(row: &Row) -> Result<WindowStay, DbError> {
    let (status, mut nights) = (row.get("status")?, nights(row)?);
    if status == StayStatus::NoShow {
        let next = nights.check_in().succ_opt().unwrap_or_else(|| nights.check_out());
        nights = Nights::new(nights.check_in(), next).unwrap_or(nights);
    }
    Ok(WindowStay {
        id: row.get("id")?,
        unit_id: row.get("unit_id")?,
        kind: row.get("kind")?,
        status,
        channel: row.get("channel")?,
        nights,
        guest_name: row.get("guest_name")?,
        needs_review: row.get("needs_review")?,
        in_conflict: row.get("in_conflict")?,
    })
}

/// How many live stays wait for nights of another, and how many a person should say something of.
pub(crate) async fn counts(read: &mut Read, scope: &Scope) -> Result<(i64, i64), DbError> {
    sql!(
        "SELECT (SELECT COUNT(DISTINCT w.stay_id) FROM unit_night_wait w JOIN unit un ON un.organization_id = $1 AND un.id = w.unit_id \
         WHERE w.organization_id = $1 AND ",
        property_scope!("un.property_id"),
        ") AS conflicts, (SELECT COUNT(*) FROM stay s JOIN unit un ON un.organization_id = $1 AND un.id = s.unit_id \
         WHERE s.organization_id = $1 AND s.needs_review AND s.status IN ('hold', 'pending', 'confirmed', 'checked_in') AND ",
        property_scope!("un.property_id"),
        ") AS reviews"
    )
    .query()
    .bind_scope(scope)
    .fetch_one(read, |row| Ok((row.get("conflicts")?, row.get("reviews")?)))
    .await
}

/// Who has the nights that these stays wait for, as pairs of the one that waits and the one in its way, by the first night.
pub(crate) async fn waiting(
    read: &mut Read,
    organization: OrganizationId,
    waiters: &[StayId],
) -> Result<Vec<(StayId, InTheWay)>, DbError> {
    sql_of_ids!(
        ["SELECT w.stay_id AS waiter, s.id, s.kind, s.guest_name, s.channel, s.check_in, s.check_out, MIN(w.night) AS first_night, \
          COUNT(DISTINCT w.night) AS nights FROM unit_night_wait w JOIN unit_night n ON n.organization_id = $1 \
          AND n.unit_id = w.unit_id AND n.night = w.night JOIN stay s ON s.organization_id = $1 AND s.id = n.stay_id \
          WHERE w.organization_id = $1 AND w.stay_id IN "] "$2"
        [" GROUP BY w.stay_id, s.organization_id, s.id ORDER BY MIN(w.night), w.stay_id, s.id"]
    )
    .bind(organization)
    .bind(waiters.iter().copied().collect::<Ids>())
    .fetch_all(read, |row| Ok((row.get("waiter")?, in_the_way(row)?)))
    .await
}

/// These stays, as far as they are within the scope, in no order.
pub(crate) async fn of_ids(read: &mut Read, scope: &Scope, ids: &[StayId]) -> Result<Vec<Stay>, DbError> {
    sql_of_ids!([select_stays!(), " AND s.id IN "] "$4" [])
        .query()
        .bind_scope(scope)
        .bind(ids.iter().copied().collect::<Ids>())
        .fetch_all(read, stay)
        .await
}
