//! Storage: what the dashboard reads of stays and calendars. Only lists with a limit and counts, each from an index.

use db::{DbError, Query, Read, Row, Statement, sql};
use kernel::{Instant, Scope, fold};

use super::model::{Part, Place, SHOWN, Setup, StaleFeed, StayToday, WaitingStay};
use crate::{
    access::property_scope,
    stays::GuestCounts,
    today::{Today, today_at},
};

macro_rules! today_of_stay {
    () => {
        today_at!("p.zone", "s.check_in", "$4", "$5", "$6", "$7", "$8")
    };
}

fn place(row: &Row) -> Result<Place, DbError> {
    Ok(Place { property_name: row.get("property_name")?, unit_name: row.get("unit_name")?, colour: row.get("colour")? })
}

fn stay_today(row: &Row) -> Result<(StayToday, i64), DbError> {
    let stay = StayToday {
        id: row.get("id")?,
        place: place(row)?,
        guest_name: row.get("guest_name")?,
        channel: row.get("channel")?,
        status: row.get("status")?,
        counts: GuestCounts {
            adults: row.get("adults")?,
            children: row.get("children")?,
            infants: row.get("infants")?,
            pets: row.get("pets")?,
        },
        time: row.get("time_of_day")?,
    };
    Ok((stay, row.get("total")?))
}

/// What the lists of today show of a stay; the same for both ways to find them.
macro_rules! stay_columns {
    ($time:literal) => {
        concat!(
            "SELECT s.id, s.guest_name, s.channel, s.status, s.adults, s.children, s.infants, s.pets, p.name AS property_name, \
             u.name AS unit_name, p.colour, ",
            $time,
            " AS time_of_day, "
        )
    };
}

/// Reservations whose `$column` is today at their property, the first by their ids, which an index gives in order.
macro_rules! stays_on {
    ($column:literal, $time:literal, $statuses:literal) => {
        sql!(
            stay_columns!($time),
            "COUNT(*) OVER () AS total FROM stay s JOIN unit u ON u.organization_id = $1 AND u.id = s.unit_id \
             JOIN property p ON p.organization_id = $1 AND p.id = u.property_id WHERE s.organization_id = $1 AND ",
            $column,
            " >= $9 AND ",
            $column,
            " <= $10 AND ",
            $column,
            " = ",
            today_of_stay!(),
            " AND s.kind = 'reservation' AND s.status IN (",
            $statuses,
            ") AND ",
            property_scope!("p.id"),
            " ORDER BY s.id LIMIT $11"
        )
    };
}

/// The same where the date is one for all: the others are counted without a look at their properties.
macro_rules! all_stays_on {
    ($column:literal, $time:literal, $statuses:literal) => {
        sql!(
            stay_columns!($time),
            "(SELECT COUNT(*) FROM stay s WHERE s.organization_id = $1 AND ",
            $column,
            " = $2 AND s.kind = 'reservation' AND s.status IN (",
            $statuses,
            ")) AS total FROM stay s JOIN unit u ON u.organization_id = $1 AND u.id = s.unit_id \
             JOIN property p ON p.organization_id = $1 AND p.id = u.property_id WHERE s.organization_id = $1 AND ",
            $column,
            " = $2 AND s.kind = 'reservation' AND s.status IN (",
            $statuses,
            ") ORDER BY s.id LIMIT $3"
        )
    };
}

/// Binds what [`stays_on!`] or [`all_stays_on!`] needs, and reads the first rows, by the names of their places.
async fn listed(
    read: &mut Read,
    scope: &Scope,
    today: &Today,
    (some, all): (&'static Statement, &'static Statement),
) -> Result<Part<StayToday>, DbError> {
    let query = match today.everywhere(scope) {
        Some(date) => all.bind(scope.organization_id()).bind(date),
        None => on_today(some.query().bind_scope(scope), today),
    };
    let mut part = Part::of(query.bind(SHOWN).fetch_all(read, stay_today).await?);
    part.rows.sort_by_cached_key(|stay| (fold(&stay.place.name()), stay.id));
    Ok(part)
}

fn on_today(query: Query, today: &Today) -> Query {
    today.bind(query).bind(today.first()).bind(today.last())
}

/// Reservations that arrive today, come or still to come.
pub(super) async fn arrivals(read: &mut Read, scope: &Scope, today: &Today) -> Result<Part<StayToday>, DbError> {
    let some = stays_on!("s.check_in", "p.check_in_time", "'pending', 'confirmed', 'checked_in'");
    let all = all_stays_on!("s.check_in", "p.check_in_time", "'pending', 'confirmed', 'checked_in'");
    listed(read, scope, today, (some, all)).await
}

/// Reservations that leave today, gone or still to go.
pub(super) async fn departures(read: &mut Read, scope: &Scope, today: &Today) -> Result<Part<StayToday>, DbError> {
    let some = stays_on!("s.check_out", "p.check_out_time", "'confirmed', 'checked_in', 'checked_out'");
    let all = all_stays_on!("s.check_out", "p.check_out_time", "'confirmed', 'checked_in', 'checked_out'");
    listed(read, scope, today, (some, all)).await
}

/// How many reservations are there and sleep there tonight: those checked in, and those that came on an earlier day.
pub(super) async fn in_house(read: &mut Read, scope: &Scope, today: &Today) -> Result<i64, DbError> {
    let query = if let Some(date) = today.everywhere(scope) {
        sql!(
            "SELECT COUNT(*) AS n FROM stay_night n JOIN stay s ON s.organization_id = $1 AND s.id = n.stay_id \
             WHERE n.organization_id = $1 AND n.night = $2 AND s.kind = 'reservation' \
             AND (s.status = 'checked_in' OR (s.status = 'confirmed' AND s.check_in < $2))"
        )
        .bind(scope.organization_id())
        .bind(date)
    } else {
        let statement = sql!(
            "SELECT COUNT(*) AS n FROM stay_night n JOIN stay s ON s.organization_id = $1 AND s.id = n.stay_id \
             JOIN unit u ON u.organization_id = $1 AND u.id = s.unit_id \
             JOIN property p ON p.organization_id = $1 AND p.id = u.property_id \
             WHERE n.organization_id = $1 AND n.night >= $9 AND n.night <= $10 AND n.night = ",
            today_of_stay!(),
            " AND s.kind = 'reservation' AND (s.status = 'checked_in' OR (s.status = 'confirmed' AND s.check_in < n.night)) AND ",
            property_scope!("p.id")
        );
        on_today(statement.query().bind_scope(scope), today)
    };
    query.fetch_one(read, |row| row.get("n")).await
}

/// Live stays that wait for nights of another, by the first of these nights.
pub(super) async fn conflicts(read: &mut Read, scope: &Scope) -> Result<Part<WaitingStay>, DbError> {
    sql!(
        "SELECT s.id, s.guest_name, s.channel, p.name AS property_name, u.name AS unit_name, p.colour, w.first_night, w.nights, \
         COUNT(*) OVER () AS total FROM (SELECT stay_id, MIN(night) AS first_night, COUNT(DISTINCT night) AS nights \
         FROM unit_night_wait WHERE organization_id = $1 GROUP BY stay_id) w \
         JOIN stay s ON s.organization_id = $1 AND s.id = w.stay_id JOIN unit u ON u.organization_id = $1 AND u.id = s.unit_id \
         JOIN property p ON p.organization_id = $1 AND p.id = u.property_id WHERE ",
        property_scope!("p.id"),
        " ORDER BY w.first_night, s.id LIMIT $4"
    )
    .query()
    .bind_scope(scope)
    .bind(SHOWN)
    .fetch_all(read, |row| {
        let stay = WaitingStay {
            id: row.get("id")?,
            place: place(row)?,
            guest_name: row.get("guest_name")?,
            channel: row.get("channel")?,
            first_night: row.get("first_night")?,
            nights: row.get("nights")?,
        };
        Ok((stay, row.get("total")?))
    })
    .await
    .map(Part::of)
}

/// Calendars of properties in use that were last read whole before a moment; those that never were, since they were added.
pub(super) async fn stale_feeds(read: &mut Read, scope: &Scope, before: Instant) -> Result<Part<StaleFeed>, DbError> {
    sql!(
        "SELECT f.id, f.channel, f.name, f.last_good_at, p.name AS property_name, u.name AS unit_name, p.colour, p.zone, \
         COUNT(*) OVER () AS total FROM feed f JOIN unit u ON u.organization_id = $1 AND u.id = f.unit_id \
         JOIN property p ON p.organization_id = $1 AND p.id = u.property_id \
         WHERE f.organization_id = $1 AND f.removed_at IS NULL AND p.archived_at IS NULL \
         AND (f.last_good_at < $4 OR (f.last_good_at IS NULL AND f.created_at < $4)) AND ",
        property_scope!("p.id"),
        " ORDER BY f.last_good_at IS NOT NULL, f.last_good_at, f.id LIMIT $5"
    )
    .query()
    .bind_scope(scope)
    .bind(before)
    .bind(SHOWN)
    .fetch_all(read, |row| {
        let feed = StaleFeed {
            id: row.get("id")?,
            place: place(row)?,
            channel: row.get("channel")?,
            name: row.get("name")?,
            last_good_at: row.get("last_good_at")?,
            zone: row.get("zone")?,
        };
        Ok((feed, row.get("total")?))
    })
    .await
    .map(Part::of)
}

/// How far the account has come: whether there is any property in use, any calendar, any stay within the scope.
pub(super) async fn setup(read: &mut Read, scope: &Scope) -> Result<Setup, DbError> {
    sql!(
        "SELECT EXISTS (SELECT 1 FROM property p WHERE p.organization_id = $1 AND p.archived_at IS NULL AND ",
        property_scope!("p.id"),
        ") AS has_property, EXISTS (SELECT 1 FROM feed f JOIN unit u ON u.organization_id = $1 AND u.id = f.unit_id \
         WHERE f.organization_id = $1 AND f.removed_at IS NULL AND ",
        property_scope!("u.property_id"),
        ") AS has_feed, EXISTS (SELECT 1 FROM stay s JOIN unit u ON u.organization_id = $1 AND u.id = s.unit_id \
         WHERE s.organization_id = $1 AND ",
        property_scope!("u.property_id"),
        ") AS has_stay"
    )
    .query()
    .bind_scope(scope)
    .fetch_one(read, |row| {
        Ok(Setup {
            has_property: row.get("has_property")?,
            has_feed: row.get("has_feed")?,
            has_stay: row.get("has_stay")?,
        })
    })
    .await
}
