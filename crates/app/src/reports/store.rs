//! Storage: what reports read. Sums only: a statement each for nights and for arrivals, whatever their number.

use db::{DbError, Query, Read, Row, sql};
use kernel::{Currency, Nights, PropertyId, Scope, Zone};

use super::{
    model::{House, NightCounts, StayCounts},
    period::Step,
};
use crate::{access::property_scope, stays::Channel};

/// The organization's currency and zone.
pub(super) async fn organization(read: &mut Read, scope: &Scope) -> Result<(Currency, Zone), DbError> {
    sql!("SELECT currency, zone FROM organization WHERE id = $1")
        .bind(scope.organization_id())
        .fetch_one(read, |row| Ok((row.get("currency")?, row.get("zone")?)))
        .await
}

/// Every property within the scope, archived ones too, by name. The first and the last taken night are each one look into the key of the
/// claims for each unit.
pub(super) async fn houses(read: &mut Read, scope: &Scope) -> Result<Vec<House>, DbError> {
    macro_rules! taken {
        ($which:literal) => {
            concat!(
                "(SELECT ",
                $which,
                "((SELECT ",
                $which,
                "(n.night) FROM unit_night n WHERE n.organization_id = $1 AND n.unit_id = u.id)) \
                 FROM unit u WHERE u.organization_id = $1 AND u.property_id = p.id)"
            )
        };
    }
    sql!(
        "SELECT p.id, p.name, p.colour, p.zone, p.created_at, p.archived_at, ",
        taken!("MIN"),
        " AS first_night, ",
        taken!("MAX"),
        " AS last_night FROM property p WHERE p.organization_id = $1 AND ",
        property_scope!("p.id"),
        " ORDER BY p.name_folded, p.id"
    )
    .query()
    .bind_scope(scope)
    .fetch_all(read, |row| {
        Ok(House {
            id: row.get("id")?,
            name: row.get("name")?,
            colour: row.get("colour")?,
            zone: row.get("zone")?,
            created_at: row.get("created_at")?,
            archived_at: row.get("archived_at")?,
            first_night: row.get("first_night")?,
            last_night: row.get("last_night")?,
        })
    })
    .await
}

/// What a row of sums is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Of {
    /// A property, in the period.
    Property(PropertyId),
    /// A channel, in the period.
    Channel(Channel),
    /// A step of the period, by its name.
    Step(String),
    /// All of the nights before the period.
    Before,
}

/// The name of the step that stands for all nights before the period.
const BEFORE: &str = "before";

fn of(row: &Row) -> Result<Of, DbError> {
    if let Some(property) = row.get("property_id")? {
        return Ok(Of::Property(property));
    }
    if let Some(channel) = row.get("channel")? {
        return Ok(Of::Channel(channel));
    }
    let step: String = row.get("step")?;
    Ok(if step == BEFORE { Of::Before } else { Of::Step(step) })
}

/// The sums of these columns of `facts` by property, by channel and by step: the rows are read once and added up three times.
macro_rules! sums {
    ($($column:literal),+) => {
        concat!(
            " SELECT property_id, NULL AS channel, NULL AS step",
            $(", CAST(COALESCE(SUM(", $column, "), 0) AS BIGINT) AS ", $column),+,
            " FROM facts WHERE step <> 'before' GROUP BY property_id UNION ALL SELECT NULL, channel, NULL",
            $(", CAST(COALESCE(SUM(", $column, "), 0) AS BIGINT)"),+,
            " FROM facts WHERE step <> 'before' GROUP BY channel UNION ALL SELECT NULL, NULL, step",
            $(", CAST(COALESCE(SUM(", $column, "), 0) AS BIGINT)"),+,
            " FROM facts GROUP BY step"
        )
    };
}

/// Whether the nights that a stay has are those of guests.
macro_rules! sold {
    ($stay:literal) => {
        concat!(
            "(",
            $stay,
            ".kind = 'reservation' AND ",
            $stay,
            ".status IN ('confirmed', 'checked_in', 'checked_out', 'no_show'))"
        )
    };
}

/// Whether a guest has the night at one of these other units (`o`) of the property. Only asked of rooms, and of blocks of a whole house.
macro_rules! guests_at {
    ($units:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM unit o JOIN unit_night m ON m.organization_id = $1 AND m.unit_id = o.id AND m.night = n.night \
             JOIN stay g ON g.organization_id = $1 AND g.id = m.stay_id AND g.unit_id = m.unit_id \
             WHERE o.organization_id = $1 AND o.property_id = u.property_id AND ",
            $units,
            " AND ",
            sold!("g"),
            ")"
        )
    };
}

/// The nights of a period and of the one before it, in one reading.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) nights: Nights,
    pub(super) before: Nights,
    /// Only this property.
    pub(super) property: Option<PropertyId>,
    pub(super) currency: Currency,
}

impl Span {
    /// Binds `$4` to `$8`: where the nights before begin, where the period begins and ends, the property, the currency.
    fn bind(&self, query: Query) -> Query {
        query
            .bind(self.before.check_in())
            .bind(self.nights.check_in())
            .bind(self.nights.check_out())
            .bind(self.property)
            .bind(self.currency)
    }
}

/// The nights that stays have, by property, channel and step. A stay's own unit is what it has; the claims below that only keep others
/// out. A house whose rooms are let counts as one guest night, that of its first room with guests.
///
/// The claims of each unit lie together by night, so they are read unit by unit; `CROSS JOIN` keeps SQLite to that order, which PostgreSQL
/// finds by itself. Prices are looked up only for stays that have an amount. Conditions begin with `kind`, which is never NULL, so that
/// what is behind them is not even tried for most stays.
pub(super) async fn nights(
    read: &mut Read,
    scope: &Scope,
    span: &Span,
    step: Step,
) -> Result<Vec<(Of, NightCounts)>, DbError> {
    let statement = sql!(
        "WITH facts AS (SELECT u.property_id, s.channel, \
         CASE WHEN n.night < $5 THEN 'before' ELSE substr(CAST(n.night AS TEXT), 1, CAST($9 AS INTEGER)) END AS step, \
         COUNT(*) FILTER (WHERE ",
        sold!("s"),
        ") AS sold, COUNT(*) FILTER (WHERE ",
        sold!("s"),
        " AND (u.parent_id IS NULL OR NOT ",
        guests_at!("CASE WHEN o.parent_id IS NULL OR o.id < u.id THEN 1 ELSE 0 END = 1"),
        ")) AS guest, COUNT(*) FILTER (WHERE s.kind = 'block' AND s.block_kind = 'owner_stay' AND u.parent_id IS NULL AND NOT ",
        guests_at!("o.id <> u.id"),
        ") AS owner, COUNT(*) FILTER (WHERE ((s.kind = 'block' AND s.block_kind <> 'owner_stay') \
         OR (s.kind = 'reservation' AND s.status IN ('hold', 'pending'))) AND u.parent_id IS NULL AND NOT ",
        guests_at!("o.id <> u.id"),
        ") AS held, COUNT(*) FILTER (WHERE p.price_minor > 0 AND p.currency = $8 AND ",
        sold!("s"),
        ") AS paid, SUM(p.price_minor) FILTER (WHERE p.currency = $8 AND ",
        sold!("s"),
        ") AS revenue FROM unit u CROSS JOIN unit_night n CROSS JOIN stay s LEFT JOIN stay_night p ON p.organization_id = $1 \
         AND p.stay_id = CASE WHEN s.amount_minor IS NOT NULL THEN s.id END AND p.night = n.night \
         WHERE u.organization_id = $1 AND (u.property_id = $7 OR $7 IS NULL) AND ",
        property_scope!("u.property_id"),
        " AND n.organization_id = $1 AND n.unit_id = u.id AND n.night >= $4 AND n.night < $6 \
         AND s.organization_id = $1 AND s.id = n.stay_id AND s.unit_id = n.unit_id GROUP BY u.property_id, s.channel, step)",
        sums!("guest", "owner", "held", "sold", "paid", "revenue")
    );
    span.bind(statement.query().bind_scope(scope))
        .bind(step.letters())
        .fetch_all(read, |row| {
            let counts = NightCounts {
                total: 0,
                guest: row.get("guest")?,
                owner: row.get("owner")?,
                held: row.get("held")?,
                sold: row.get("sold")?,
                paid: row.get("paid")?,
                revenue: row.get("revenue")?,
            };
            Ok((of(row)?, counts))
        })
        .await
}

/// Both databases count days from 1970, each in its own way.
macro_rules! arrivals {
    ($day:literal) => {
        concat!(
            "WITH seen AS (SELECT u.property_id, s.channel, s.status, \
             CASE WHEN s.check_in < $5 THEN 'before' ELSE '' END AS step, \
             CASE WHEN s.currency = $8 THEN s.amount_minor ELSE 0 END AS value, \
             CASE WHEN s.status NOT IN ('no_show', 'cancelled') AND (f.id IS NULL OR s.created_at >= f.created_at + 86400000000) \
             THEN ",
            $day,
            " - (s.created_at + $9) / 86400000000 END AS lead \
             FROM stay s JOIN unit u ON u.organization_id = $1 AND u.id = s.unit_id \
             LEFT JOIN feed f ON f.organization_id = $1 AND f.id = s.feed_id \
             WHERE s.organization_id = $1 AND s.check_in >= $4 AND s.check_in < $6 AND s.kind = 'reservation' \
             AND s.status IN ('confirmed', 'checked_in', 'checked_out', 'no_show', 'cancelled') \
             AND (u.property_id = $7 OR $7 IS NULL) AND ",
            property_scope!("u.property_id"),
            "), facts AS (SELECT property_id, channel, step, \
             COUNT(*) FILTER (WHERE status NOT IN ('no_show', 'cancelled')) AS arrivals, \
             COUNT(*) FILTER (WHERE lead >= 0) AS lead_known, SUM(lead) FILTER (WHERE lead >= 0) AS lead_days, \
             COUNT(*) AS bookings, COUNT(*) FILTER (WHERE status = 'cancelled') AS cancelled, SUM(value) AS booked_value, \
             SUM(value) FILTER (WHERE status = 'cancelled') AS cancelled_value FROM seen GROUP BY property_id, channel, step)",
            sums!("arrivals", "lead_known", "lead_days", "bookings", "cancelled", "booked_value", "cancelled_value")
        )
    };
}

/// The reservations that begin in the period, by property and channel, and those of the nights before. The date of a booking is the one
/// where the clock is `offset` microseconds ahead of UTC; a booking after its arrival, a history that was typed in, has no lead.
pub(super) async fn arrivals(
    read: &mut Read,
    scope: &Scope,
    span: &Span,
    offset: i64,
) -> Result<Vec<(Of, StayCounts)>, DbError> {
    let statement = sql!(
        sqlite: arrivals!("CAST(julianday(s.check_in) - 2440587.5 AS INTEGER)"),
        postgres: arrivals!("(s.check_in - DATE '1970-01-01')"),
    );
    span.bind(statement.query().bind_scope(scope))
        .bind(offset)
        .fetch_all(read, |row| {
            let counts = StayCounts {
                arrivals: row.get("arrivals")?,
                lead_known: row.get("lead_known")?,
                lead_days: row.get("lead_days")?,
                bookings: row.get("bookings")?,
                cancelled: row.get("cancelled")?,
                booked_value: row.get("booked_value")?,
                cancelled_value: row.get("cancelled_value")?,
            };
            Ok((of(row)?, counts))
        })
        .await
}
