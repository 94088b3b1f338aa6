//! Storage of rules.

use db::{Constraint, DbError, Ids, Insert, Read, Row, Tx, sql, sql_of_ids};
use kernel::{Date, Instant, PropertyId, RuleId, Scope};

use super::{
    input::NewRule,
    rules::{Days, Length, Level, Notice, Rule, RuleSet, Span, Turnover, Weekdays, Window},
};
use crate::access::property_scope;

/// All properties have one rule together.
pub(super) const ORGANIZATION_KEY: Constraint =
    Constraint::unique("availability_rule_organization_key", "availability_rule", &["organization_id"]);
/// A property has one rule of its own.
pub(super) const PROPERTY_KEY: Constraint =
    Constraint::unique("availability_rule_property_key", "availability_rule", &["organization_id", "property_id"]);

/// What every statement that answers rules begins with; [`rule`] reads it.
macro_rules! select_rules {
    () => {
        "SELECT r.id, r.level, r.property_id, p.name AS property_name, r.name, r.first_day, r.last_day, r.yearly, r.priority, \
         r.min_nights, r.max_nights, r.stay_through, r.keep_gaps, r.gap_min_nights, r.no_arrival, r.no_departure, r.notice_days, \
         r.notice_until, r.window_limited, r.window_days, r.preparation_nights, r.cleaning_minutes, r.tight, r.updated_at \
         FROM availability_rule r LEFT JOIN property p ON p.organization_id = $1 AND p.id = r.property_id WHERE r.organization_id = $1 AND "
    };
}

fn weekdays(row: &Row, column: &str) -> Result<Weekdays, DbError> {
    let bits: u32 = row.get(column)?;
    Weekdays::from_bits(bits).ok_or_else(|| DbError::Column(format!("{column}: {bits} are no days of the week")))
}

fn set(row: &Row) -> Result<RuleSet, DbError> {
    let length = match row.get("min_nights")? {
        None => None,
        Some(min) => Some(Length {
            min,
            max: row.get("max_nights")?,
            stay_through: row.get("stay_through")?,
            keep_gaps: row.get("keep_gaps")?,
            gap_min: row.get("gap_min_nights")?,
        }),
    };
    let days = match row.get::<Option<u32>>("no_arrival")? {
        None => None,
        Some(_) => {
            Some(Days { no_arrival: weekdays(row, "no_arrival")?, no_departure: weekdays(row, "no_departure")? })
        }
    };
    let notice = match row.get("notice_days")? {
        None => None,
        Some(days) => Some(Notice { days, until: row.get("notice_until")? }),
    };
    let window = match row.get("window_limited")? {
        None => None,
        Some(true) => Some(Window { days: Some(row.get("window_days")?) }),
        Some(false) => Some(Window { days: None }),
    };
    let turnover = match row.get("preparation_nights")? {
        None => None,
        Some(preparation) => {
            Some(Turnover { preparation, cleaning: row.get("cleaning_minutes")?, tight: row.get("tight")? })
        }
    };
    Ok(RuleSet { length, days, notice, window, turnover })
}

fn rule(row: &Row) -> Result<Rule, DbError> {
    let span = match (row.get("first_day")?, row.get("last_day")?) {
        (Some(first), Some(last)) => Some(Span { first, last, yearly: row.get("yearly")? }),
        _ => None,
    };
    Ok(Rule {
        id: row.get("id")?,
        level: row.get("level")?,
        property_id: row.get("property_id")?,
        property_name: row.get("property_name")?,
        name: row.get("name")?,
        span,
        priority: row.get("priority")?,
        set: set(row)?,
        updated_at: row.get("updated_at")?,
    })
}

/// The rules of all properties, and those of these, that apply on a day or later. The caller has shown that the properties are within the
/// scope.
pub(super) async fn of_properties(
    read: &mut Read,
    scope: &Scope,
    properties: impl IntoIterator<Item = PropertyId>,
    from: Date,
) -> Result<Vec<Rule>, DbError> {
    sql_of_ids!(
        [select_rules!(), "(r.last_day IS NULL OR r.yearly OR r.last_day >= $2) AND (r.property_id IS NULL OR r.property_id IN "]
        "$3"
        [")"]
    )
    .bind(scope.organization_id())
    .bind(from)
    .bind(properties.into_iter().collect::<Ids>())
    .fetch_all(read, rule)
    .await
}

/// One rule: of all properties, or of one within the scope.
pub(super) async fn find(read: &mut Read, scope: &Scope, id: RuleId) -> Result<Option<Rule>, DbError> {
    sql!(select_rules!(), "r.id = $4 AND (r.property_id IS NULL OR ", property_scope!("r.property_id"), ")")
        .query()
        .bind_scope(scope)
        .bind(id)
        .fetch_optional(read, rule)
        .await
}

/// The rule that is said for a property, or for all of them: neither a season nor dates.
pub(super) async fn base(
    read: &mut Read,
    scope: &Scope,
    property: Option<PropertyId>,
) -> Result<Option<Rule>, DbError> {
    sql!(
        select_rules!(),
        "((CAST($4 AS TEXT) = 'organization' AND r.level = 'organization') OR (r.level = 'property' AND r.property_id = $5 AND ",
        property_scope!("r.property_id"),
        "))"
    )
    .query()
    .bind_scope(scope)
    .bind(property.map_or(Level::Organization, |_| Level::Property))
    .bind(property)
    .fetch_optional(read, rule)
    .await
}

/// How many seasons and dates a property has, or all of them together, that are not over by a day.
pub(super) async fn count_dated(
    read: &mut Read,
    scope: &Scope,
    property: Option<PropertyId>,
    from: Date,
) -> Result<i64, DbError> {
    sql!(
        "SELECT COUNT(*) AS count FROM availability_rule WHERE organization_id = $1 AND (property_id = $2 OR (property_id IS NULL \
         AND $2 IS NULL)) AND level IN ('season', 'date') AND (yearly OR last_day >= $3)"
    )
    .bind(scope.organization_id())
    .bind(property)
    .bind(from)
    .fetch_one(read, |row| row.get("count"))
    .await
}

pub(super) async fn insert(tx: &mut Tx, scope: &Scope, id: RuleId, new: &NewRule, now: Instant) -> Result<(), DbError> {
    let (span, set) = (new.span, &new.set);
    Insert::into(
        "availability_rule",
        [
            "organization_id",
            "id",
            "level",
            "property_id",
            "name",
            "first_day",
            "last_day",
            "yearly",
            "priority",
            "min_nights",
            "max_nights",
            "stay_through",
            "keep_gaps",
            "gap_min_nights",
            "no_arrival",
            "no_departure",
            "notice_days",
            "notice_until",
            "window_limited",
            "window_days",
            "preparation_nights",
            "cleaning_minutes",
            "tight",
            "created_at",
            "updated_at",
        ],
    )
    .rows([db::row![
        scope.organization_id(),
        id,
        new.level,
        new.property_id,
        &new.name,
        span.map(|span| span.first),
        span.map(|span| span.last),
        span.is_some_and(|span| span.yearly),
        new.priority,
        set.length.map(|length| length.min),
        set.length.and_then(|length| length.max),
        set.length.map(|length| length.stay_through),
        set.length.map(|length| length.keep_gaps),
        set.length.and_then(|length| length.gap_min),
        set.days.map(|days| days.no_arrival.bits()),
        set.days.map(|days| days.no_departure.bits()),
        set.notice.map(|notice| notice.days),
        set.notice.and_then(|notice| notice.until),
        set.window.map(|window| window.days.is_some()),
        set.window.and_then(|window| window.days),
        set.turnover.map(|turnover| turnover.preparation),
        set.turnover.and_then(|turnover| turnover.cleaning),
        set.turnover.map(|turnover| turnover.tight),
        now,
        now
    ]])
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes a rule over what it was; it stays on its level.
pub(super) async fn update(tx: &mut Tx, scope: &Scope, id: RuleId, new: &NewRule, now: Instant) -> Result<(), DbError> {
    let (span, set) = (new.span, &new.set);
    sql!(
        "UPDATE availability_rule SET property_id = $3, name = $4, first_day = $5, last_day = $6, yearly = $7, priority = $8, \
         min_nights = $9, max_nights = $10, stay_through = $11, keep_gaps = $12, gap_min_nights = $13, no_arrival = $14, \
         no_departure = $15, notice_days = $16, notice_until = $17, window_limited = $18, window_days = $19, preparation_nights = $20, \
         cleaning_minutes = $21, tight = $22, updated_at = $23 WHERE organization_id = $1 AND id = $2"
    )
    .bind(scope.organization_id())
    .bind(id)
    .bind(new.property_id)
    .bind(&new.name)
    .bind(span.map(|span| span.first))
    .bind(span.map(|span| span.last))
    .bind(span.is_some_and(|span| span.yearly))
    .bind(new.priority)
    .bind(set.length.map(|length| length.min))
    .bind(set.length.and_then(|length| length.max))
    .bind(set.length.map(|length| length.stay_through))
    .bind(set.length.map(|length| length.keep_gaps))
    .bind(set.length.and_then(|length| length.gap_min))
    .bind(set.days.map(|days| days.no_arrival.bits()))
    .bind(set.days.map(|days| days.no_departure.bits()))
    .bind(set.notice.map(|notice| notice.days))
    .bind(set.notice.and_then(|notice| notice.until))
    .bind(set.window.map(|window| window.days.is_some()))
    .bind(set.window.and_then(|window| window.days))
    .bind(set.turnover.map(|turnover| turnover.preparation))
    .bind(set.turnover.and_then(|turnover| turnover.cleaning))
    .bind(set.turnover.map(|turnover| turnover.tight))
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn remove(tx: &mut Tx, scope: &Scope, id: RuleId) -> Result<(), DbError> {
    sql!("DELETE FROM availability_rule WHERE organization_id = $1 AND id = $2")
        .bind(scope.organization_id())
        .bind(id)
        .execute(tx)
        .await?;
    Ok(())
}
