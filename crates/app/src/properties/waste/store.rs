//! Storage of collections of waste.

use db::{DbError, Read, Row, Tx, sql};
use kernel::{OrganizationId, PropertyId, Scope, WasteId};

use super::{
    model::{NewWaste, WasteView},
    schedule::{Repeats, Schedule},
};
use crate::access::property_scope;

/// The collections of a property within the scope, by what is collected.
pub(super) async fn list(read: &mut Read, scope: &Scope, property: PropertyId) -> Result<Vec<WasteView>, DbError> {
    sql!(
        "SELECT id, stream, repeats, weekday, ordinal, month_day, start_date, rule, notes FROM property_waste \
         WHERE organization_id = $1 AND property_id = $4 AND ",
        property_scope!("property_waste.property_id"),
        " ORDER BY stream, id"
    )
    .query()
    .bind_scope(scope)
    .bind(property)
    .fetch_all(read, waste)
    .await
}

fn waste(row: &Row) -> Result<WasteView, DbError> {
    let schedule = match row.get("repeats")? {
        Repeats::Weekly => Schedule::Weekly(row.get("weekday")?),
        Repeats::Biweekly => Schedule::Biweekly(row.get("start_date")?),
        Repeats::MonthlyWeekday => Schedule::MonthlyWeekday(row.get("ordinal")?, row.get("weekday")?),
        Repeats::MonthlyDay => Schedule::MonthlyDay(row.get("month_day")?),
        Repeats::Custom => Schedule::Custom { rule: row.get("rule")?, start: row.get("start_date")? },
    };
    Ok(WasteView {
        id: row.get("id")?,
        facts: NewWaste { stream: row.get("stream")?, schedule, notes: row.get("notes")? },
    })
}

/// The columns of a schedule: day of the week, ordinal, day of the month, date and rule, as far as it has them.
macro_rules! bind_schedule {
    ($query:expr, $facts:expr) => {{
        let (mut weekday, mut ordinal, mut month_day, mut start, mut rule) = (None, None, None, None, None);
        match &$facts.schedule {
            Schedule::Weekly(day) => weekday = Some(*day),
            Schedule::Biweekly(date) => start = Some(*date),
            Schedule::MonthlyWeekday(which, day) => (ordinal, weekday) = (Some(*which), Some(*day)),
            Schedule::MonthlyDay(day) => month_day = Some(*day),
            Schedule::Custom { rule: own, start: date } => (rule, start) = (Some(own), Some(*date)),
        }
        $query
            .bind($facts.stream)
            .bind($facts.schedule.repeats())
            .bind(weekday)
            .bind(ordinal)
            .bind(month_day)
            .bind(start)
            .bind(rule)
            .bind(&$facts.notes)
    }};
}

/// Adds a collection.
pub(super) async fn insert(
    tx: &mut Tx,
    organization: OrganizationId,
    property: PropertyId,
    waste: &WasteView,
) -> Result<(), DbError> {
    let query = sql!(
        "INSERT INTO property_waste (organization_id, id, property_id, stream, repeats, weekday, ordinal, month_day, start_date, rule, \
         notes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    )
    .bind(organization)
    .bind(waste.id)
    .bind(property);
    bind_schedule!(query, waste.facts).execute(tx).await?;
    Ok(())
}

/// Replaces what is known of a collection.
pub(super) async fn update(
    tx: &mut Tx,
    organization: OrganizationId,
    id: WasteId,
    facts: &NewWaste,
) -> Result<(), DbError> {
    let query = sql!(
        "UPDATE property_waste SET stream = $3, repeats = $4, weekday = $5, ordinal = $6, month_day = $7, start_date = $8, rule = $9, \
         notes = $10 WHERE organization_id = $1 AND id = $2"
    )
    .bind(organization)
    .bind(id);
    bind_schedule!(query, facts).execute(tx).await?;
    Ok(())
}

/// Removes a collection.
pub(super) async fn remove(tx: &mut Tx, organization: OrganizationId, id: WasteId) -> Result<(), DbError> {
    sql!("DELETE FROM property_waste WHERE organization_id = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .execute(tx)
        .await?;
    Ok(())
}
