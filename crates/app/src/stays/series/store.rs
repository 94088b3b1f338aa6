//! Storage of series. Their blocks are stays.

use std::collections::BTreeMap;

use db::{DbError, Ids, Insert, Read, Row, Tx, sql, sql_of_ids};
use kernel::{BlockSeriesId, Date, Instant, OrganizationId, Scope, StayId, UnitId};

use super::model::{ChangeSeries, End, NewSeries, Rule, Series, weekday_code, weekdays_of};
use crate::{
    access::property_scope,
    stays::{Stay, store},
};

/// Writes a new series.
pub(super) async fn insert(
    tx: &mut Tx,
    organization: OrganizationId,
    id: BlockSeriesId,
    new: &NewSeries,
    now: Instant,
) -> Result<(), DbError> {
    let rule = &new.rule;
    let weekdays = rule.weekdays.iter().map(|day| weekday_code(*day)).collect::<Vec<_>>().join(",");
    let (until, times) = match rule.end {
        End::Until(date) => (Some(date), None),
        End::Times(times) => (None, Some(times)),
    };
    let columns = [
        "organization_id",
        "id",
        "unit_id",
        "block_kind",
        "repeats",
        "every",
        "weekdays",
        "first_day",
        "nights",
        "until_day",
        "times",
        "notes",
        "version",
        "created_at",
        "updated_at",
    ];
    Insert::into("block_series", columns)
        .rows([db::row![
            organization,
            id,
            new.unit_id,
            new.block_kind,
            rule.repeats,
            rule.every,
            weekdays,
            rule.first_day,
            rule.nights,
            until,
            times,
            &new.notes,
            1_i64,
            now,
            now
        ]])
        .execute(tx)
        .await?;
    Ok(())
}

/// Notes that these stays are of a series.
pub(super) async fn assign(
    tx: &mut Tx,
    organization: OrganizationId,
    id: BlockSeriesId,
    stays: &[StayId],
) -> Result<(), DbError> {
    sql_of_ids!(["UPDATE stay SET series_id = $2 WHERE organization_id = $1 AND id IN "] "$3" [])
        .bind(organization)
        .bind(id)
        .bind(stays.iter().copied().collect::<Ids>())
        .execute(tx)
        .await?;
    Ok(())
}

/// Writes new facts; false when somebody else changed the series since it was read.
pub(super) async fn update(
    tx: &mut Tx,
    organization: OrganizationId,
    id: BlockSeriesId,
    change: &ChangeSeries,
    now: Instant,
) -> Result<bool, DbError> {
    let written = sql!(
        "UPDATE block_series SET block_kind = $4, nights = $5, notes = $6, updated_at = $7, version = version + 1 \
         WHERE organization_id = $1 AND id = $2 AND version = $3"
    )
    .bind(organization)
    .bind(id)
    .bind(change.version)
    .bind(change.block_kind)
    .bind(change.nights)
    .bind(&change.notes)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(written == 1)
}

fn series(row: &Row) -> Result<Series, DbError> {
    let end = match (row.get("until_day")?, row.get("times")?) {
        (Some(date), _) => End::Until(date),
        (None, Some(times)) => End::Times(times),
        (None, None) => return Err(DbError::Column("block_series: it has no end".to_owned())),
    };
    let weekdays: String = row.get("weekdays")?;
    Ok(Series {
        id: row.get("id")?,
        unit_id: row.get("unit_id")?,
        unit_name: row.get("unit_name")?,
        property_name: row.get("property_name")?,
        block_kind: row.get("block_kind")?,
        rule: Rule {
            repeats: row.get("repeats")?,
            every: row.get("every")?,
            weekdays: weekdays_of(&weekdays),
            first_day: row.get("first_day")?,
            nights: row.get("nights")?,
            end,
        },
        notes: row.get("notes")?,
        version: row.get("version")?,
    })
}

/// A series within the scope.
pub(super) async fn find(read: &mut Read, scope: &Scope, id: BlockSeriesId) -> Result<Option<Series>, DbError> {
    sql!(
        "SELECT b.id, b.unit_id, un.name AS unit_name, p.name AS property_name, b.block_kind, b.repeats, b.every, b.weekdays, \
         b.first_day, b.nights, b.until_day, b.times, b.notes, b.version FROM block_series b \
         JOIN unit un ON un.organization_id = $1 AND un.id = b.unit_id \
         JOIN property p ON p.organization_id = $1 AND p.id = un.property_id WHERE b.organization_id = $1 AND b.id = $4 AND ",
        property_scope!("un.property_id")
    )
    .query()
    .bind_scope(scope)
    .bind(id)
    .fetch_optional(read, series)
    .await
}

/// The blocks of a series, by their first night.
pub(super) async fn stays(read: &mut Read, scope: &Scope, id: BlockSeriesId) -> Result<Vec<Stay>, DbError> {
    sql!(store::select_stays!(), " AND s.series_id = $4 ORDER BY s.check_in, s.id")
        .query()
        .bind_scope(scope)
        .bind(id)
        .fetch_all(read, store::stay)
        .await
}

/// The series of a stay.
pub(super) async fn of_stay(
    read: &mut Read,
    organization: OrganizationId,
    stay: StayId,
) -> Result<Option<BlockSeriesId>, DbError> {
    sql!("SELECT series_id FROM stay WHERE organization_id = $1 AND id = $2")
        .bind(organization)
        .bind(stay)
        .fetch_optional(read, |row| row.get::<Option<BlockSeriesId>>("series_id"))
        .await
        .map(Option::flatten)
}

/// Who has which night, from one day up to another, of a unit or any unit below it: one of them for each night.
pub(super) async fn taken(
    read: &mut Read,
    organization: OrganizationId,
    unit: UnitId,
    (from, to): (Date, Date),
) -> Result<BTreeMap<Date, StayId>, DbError> {
    let nights = sql!(
        "WITH RECURSIVE below (id) AS (SELECT id FROM unit WHERE organization_id = $1 AND id = $2 \
         UNION SELECT un.id FROM unit un JOIN below b ON un.parent_id = b.id WHERE un.organization_id = $1) \
         SELECT n.night, n.stay_id FROM below b CROSS JOIN unit_night n \
         WHERE n.organization_id = $1 AND n.unit_id = b.id AND n.night >= $3 AND n.night < $4"
    )
    .bind(organization)
    .bind(unit)
    .bind(from)
    .bind(to)
    .fetch_all(read, |row| Ok((row.get("night")?, row.get("stay_id")?)))
    .await?;
    Ok(nights.into_iter().collect())
}
