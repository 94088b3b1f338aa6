//! Storage of stays: the rows themselves. Claims are in `claims`, lists in `lists`, what is told outside in `published`.

pub(super) mod claims;
pub(super) mod lists;
pub(super) mod published;

use db::{DbError, Insert, Read, Row, Tx, sql};
use kernel::{Date, Env, Money, Nights, OrganizationId, Scope, StayId};

use super::model::{Decided, Guest, GuestCounts, InTheWay, Stay};
use crate::search::{self, SearchKind};

/// What every statement that answers whole stays begins with; [`stay`] reads it. Binds the scope.
macro_rules! select_stays {
    () => {
        concat!(
            "SELECT s.id, s.unit_id, un.name AS unit_name, un.property_id, p.name AS property_name, p.zone, s.kind, s.block_kind, \
             s.status, s.channel, s.reservation_code, s.check_in, s.check_out, s.guest_name, s.guest_email, s.guest_phone, s.adults, s.children, s.infants, \
             s.pets, s.amount_minor, s.currency, s.notes, s.needs_review, s.feed_id, s.kind_decided, s.dates_decided, s.status_decided, \
             s.version, s.created_at, s.updated_at, EXISTS (SELECT 1 FROM unit_night_wait w WHERE w.organization_id = $1 \
             AND w.stay_id = s.id) AS in_conflict, (SELECT sg.guest_id FROM stay_guest sg WHERE sg.organization_id = $1 \
             AND sg.stay_id = s.id AND sg.is_lead) AS guest_id \
             FROM stay s JOIN unit un ON un.organization_id = $1 AND un.id = s.unit_id \
             JOIN property p ON p.organization_id = $1 AND p.id = un.property_id WHERE s.organization_id = $1 AND ",
            $crate::access::property_scope!("un.property_id")
        )
    };
}
pub(super) use select_stays;

pub(super) fn nights(row: &Row) -> Result<Nights, DbError> {
    let (check_in, check_out) = (row.get("check_in")?, row.get("check_out")?);
    Nights::new(check_in, check_out).map_err(|error| DbError::Column(format!("check_out: {error}")))
}

pub(super) fn stay(row: &Row) -> Result<Stay, DbError> {
    let amount = match (row.get("amount_minor")?, row.get("currency")?) {
        (Some(minor), Some(currency)) => Some(Money::new(minor, currency)),
        _ => None,
    };
    Ok(Stay {
        id: row.get("id")?,
        unit_id: row.get("unit_id")?,
        unit_name: row.get("unit_name")?,
        property_id: row.get("property_id")?,
        property_name: row.get("property_name")?,
        zone: row.get("zone")?,
        kind: row.get("kind")?,
        block_kind: row.get("block_kind")?,
        status: row.get("status")?,
        channel: row.get("channel")?,
        reservation_code: row.get("reservation_code")?,
        nights: nights(row)?,
        guest: Guest { name: row.get("guest_name")?, email: row.get("guest_email")?, phone: row.get("guest_phone")? },
        guest_id: row.get("guest_id")?,
        counts: GuestCounts {
            adults: row.get("adults")?,
            children: row.get("children")?,
            infants: row.get("infants")?,
            pets: row.get("pets")?,
        },
        amount,
        notes: row.get("notes")?,
        needs_review: row.get("needs_review")?,
        feed_id: row.get("feed_id")?,
        decided: Decided {
            kind: row.get("kind_decided")?,
            dates: row.get("dates_decided")?,
            status: row.get("status_decided")?,
        },
        in_conflict: row.get("in_conflict")?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

/// Another stay, from columns of its own and `first_night` and `nights`.
pub(super) fn in_the_way(row: &Row) -> Result<InTheWay, DbError> {
    Ok(InTheWay {
        stay: row.get("id")?,
        kind: row.get("kind")?,
        guest_name: row.get("guest_name")?,
        channel: row.get("channel")?,
        nights: nights(row)?,
        first_night: row.get("first_night")?,
        count: row.get("nights")?,
    })
}

/// One stay within the scope.
pub(super) async fn find(read: &mut Read, scope: &Scope, id: StayId) -> Result<Option<Stay>, DbError> {
    sql!(select_stays!(), " AND s.id = $4").query().bind_scope(scope).bind(id).fetch_optional(read, stay).await
}

/// The organization's currency.
pub(super) async fn currency(read: &mut Read, scope: &Scope) -> Result<kernel::Currency, DbError> {
    sql!("SELECT currency FROM organization WHERE id = $1")
        .bind(scope.organization_id())
        .fetch_one(read, |row| row.get("currency"))
        .await
}

/// What a search looks in.
fn search_text(stay: &Stay) -> String {
    search::text_of([&stay.guest.name, &stay.reservation_code, &stay.notes].map(|text| text.as_deref()))
}

/// Writes a new stay, without its nights and claims.
pub(super) async fn insert(tx: &mut Tx, organization: OrganizationId, stay: &Stay) -> Result<(), DbError> {
    let search_text = search_text(stay);
    search::write(tx, organization, SearchKind::Stay, stay.id.uuid(), &search_text).await?;
    Insert::into(
        "stay",
        [
            "organization_id",
            "id",
            "unit_id",
            "kind",
            "block_kind",
            "status",
            "channel",
            "reservation_code",
            "check_in",
            "check_out",
            "guest_name",
            "search_text",
            "guest_email",
            "guest_phone",
            "adults",
            "children",
            "infants",
            "pets",
            "amount_minor",
            "currency",
            "notes",
            "needs_review",
            "feed_id",
            "kind_decided",
            "dates_decided",
            "status_decided",
            "version",
            "created_at",
            "updated_at",
        ],
    )
    .rows([db::row![
        organization,
        stay.id,
        stay.unit_id,
        stay.kind,
        stay.block_kind,
        stay.status,
        stay.channel,
        &stay.reservation_code,
        stay.nights.check_in(),
        stay.nights.check_out(),
        &stay.guest.name,
        search_text,
        &stay.guest.email,
        &stay.guest.phone,
        stay.counts.adults,
        stay.counts.children,
        stay.counts.infants,
        stay.counts.pets,
        stay.amount.map(|amount| amount.minor),
        stay.amount.map(|amount| amount.currency),
        &stay.notes,
        stay.needs_review,
        stay.feed_id,
        stay.decided.kind,
        stay.decided.dates,
        stay.decided.status,
        stay.version,
        stay.created_at,
        stay.updated_at,
    ]])
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes a changed stay over its earlier version; false when somebody else changed it since it was read. Counts the version.
pub(super) async fn update(
    tx: &mut Tx,
    env: &Env,
    organization: OrganizationId,
    stay: &mut Stay,
) -> Result<bool, DbError> {
    stay.updated_at = env.now();
    let search_text = search_text(stay);
    search::write(tx, organization, SearchKind::Stay, stay.id.uuid(), &search_text).await?;
    let written = sql!(
        "UPDATE stay SET unit_id = $4, kind = $5, block_kind = $6, status = $7, channel = $8, check_in = $9, check_out = $10, \
         guest_name = $11, search_text = $12, guest_email = $13, guest_phone = $14, adults = $15, children = $16, infants = $17, \
         pets = $18, amount_minor = $19, currency = $20, notes = $21, needs_review = $22, kind_decided = $23, dates_decided = $24, \
         status_decided = $25, updated_at = $26, reservation_code = $27, version = version + 1 WHERE organization_id = $1 AND id = $2 AND version = $3"
    )
    .bind(organization)
    .bind(stay.id)
    .bind(stay.version)
    .bind(stay.unit_id)
    .bind(stay.kind)
    .bind(stay.block_kind)
    .bind(stay.status)
    .bind(stay.channel)
    .bind(stay.nights.check_in())
    .bind(stay.nights.check_out())
    .bind(&stay.guest.name)
    .bind(search_text)
    .bind(&stay.guest.email)
    .bind(&stay.guest.phone)
    .bind(stay.counts.adults)
    .bind(stay.counts.children)
    .bind(stay.counts.infants)
    .bind(stay.counts.pets)
    .bind(stay.amount.map(|amount| amount.minor))
    .bind(stay.amount.map(|amount| amount.currency))
    .bind(&stay.notes)
    .bind(stay.needs_review)
    .bind(stay.decided.kind)
    .bind(stay.decided.dates)
    .bind(stay.decided.status)
    .bind(stay.updated_at)
    .bind(&stay.reservation_code)
    .execute(tx)
    .await?;
    stay.version += 1;
    Ok(written == 1)
}

/// Writes a row for each night with its part of the amount, in place of those that were there.
pub(super) async fn write_nights(tx: &mut Tx, organization: OrganizationId, stay: &Stay) -> Result<(), DbError> {
    sql!("DELETE FROM stay_night WHERE organization_id = $1 AND stay_id = $2")
        .bind(organization)
        .bind(stay.id)
        .execute(tx)
        .await?;
    let mut prices = stay.amount.map(|amount| amount.split(stay.nights.count())).unwrap_or_default().into_iter();
    let rows = stay.nights.iter().map(|night| {
        let price = prices.next();
        db::row![organization, stay.id, night, price.map(|price| price.minor), price.map(|price| price.currency)]
    });
    Insert::into("stay_night", ["organization_id", "stay_id", "night", "price_minor", "currency"])
        .rows(rows)
        .execute(tx)
        .await?;
    Ok(())
}

/// Hands the nights from a date on, with their prices, to another stay.
pub(super) async fn give_nights(
    tx: &mut Tx,
    organization: OrganizationId,
    from: StayId,
    to: StayId,
    at: Date,
) -> Result<(), DbError> {
    sql!("UPDATE stay_night SET stay_id = $3 WHERE organization_id = $1 AND stay_id = $2 AND night >= $4")
        .bind(organization)
        .bind(from)
        .bind(to)
        .bind(at)
        .execute(tx)
        .await
        .map(drop)
}

/// Writes the nights of a stay, with their prices, down for another too.
pub(super) async fn copy_nights(
    tx: &mut Tx,
    organization: OrganizationId,
    from: StayId,
    to: StayId,
) -> Result<(), DbError> {
    let priced: Vec<_> = priced_nights(tx, organization, from).await?;
    let rows = priced.into_iter().map(|(night, price)| {
        db::row![organization, to, night, price.map(|price| price.minor), price.map(|price| price.currency)]
    });
    Insert::into("stay_night", ["organization_id", "stay_id", "night", "price_minor", "currency"])
        .rows(rows)
        .execute(tx)
        .await
        .map(drop)
}

/// The nights of a stay with their prices.
pub(super) async fn priced_nights(
    read: &mut Read,
    organization: OrganizationId,
    id: StayId,
) -> Result<Vec<(Date, Option<Money>)>, DbError> {
    sql!(
        "SELECT night, price_minor, currency FROM stay_night WHERE organization_id = $1 AND stay_id = $2 ORDER BY night"
    )
    .bind(organization)
    .bind(id)
    .fetch_all(read, |row| {
        let price = match (row.get("price_minor")?, row.get("currency")?) {
            (Some(minor), Some(currency)) => Some(Money::new(minor, currency)),
            _ => None,
        };
        Ok((row.get("night")?, price))
    })
    .await
}

/// Removes a stay that nothing else refers to, after its claims were released; false when something does.
pub(super) async fn delete(tx: &mut Tx, organization: OrganizationId, id: StayId) -> Result<bool, DbError> {
    let referred = sql!(
        "SELECT 1 AS found FROM task WHERE organization_id = $1 AND stay_id = $2 \
         UNION ALL SELECT 1 FROM stay_guest WHERE organization_id = $1 AND stay_id = $2 LIMIT 1"
    )
    .bind(organization)
    .bind(id)
    .fetch_optional(tx, |_| Ok(()))
    .await?;
    if referred.is_some() {
        return Ok(false);
    }
    for statement in [
        sql!("DELETE FROM stay_conflict_told WHERE organization_id = $1 AND (stay_id = $2 OR other_stay_id = $2)"),
        sql!("DELETE FROM stay_channel_ask WHERE organization_id = $1 AND stay_id = $2"),
        sql!("DELETE FROM stay_night WHERE organization_id = $1 AND stay_id = $2"),
        sql!("DELETE FROM stay WHERE organization_id = $1 AND id = $2"),
    ] {
        statement.bind(organization).bind(id).execute(tx).await?;
    }
    search::remove(tx, organization, id.uuid()).await?;
    Ok(true)
}
