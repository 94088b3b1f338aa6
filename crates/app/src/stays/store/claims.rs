//! Who has which night of which unit.
//!
//! A stay claims its unit and every unit below it, never above. [`lock`] makes the writers of one property's claims take turns, so that
//! who waits and who is served cannot miss each other, and no two of them can wait for one another; the primary key of `unit_night`
//! decides even so.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use db::{DbError, Insert, Read, Row, Tx, sql};
use kernel::{Date, Nights, OrganizationId, PropertyId, StayId, UnitId};

use super::in_the_way;
use crate::stays::model::InTheWay;

/// A night of a unit. Claims are written in this order.
pub(crate) type Key = (UnitId, Date);

/// What a stay wants: these nights of its unit and of every unit below it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Demand {
    pub(crate) stay: StayId,
    pub(crate) unit: UnitId,
    pub(crate) nights: Nights,
}

/// The properties whose claims this transaction may write, until it ends.
#[derive(Debug)]
pub(crate) struct Locked {
    organization: OrganizationId,
    properties: BTreeSet<PropertyId>,
}

/// Waits for the other writers of these units' properties, always in the order of the properties.
pub(crate) async fn lock(
    tx: &mut Tx,
    organization: OrganizationId,
    units: impl IntoIterator<Item = UnitId>,
) -> Result<Locked, DbError> {
    let mut properties = BTreeSet::new();
    for unit in units.into_iter().collect::<BTreeSet<_>>() {
        properties.extend(
            sql!("SELECT property_id FROM unit WHERE organization_id = $1 AND id = $2")
                .bind(organization)
                .bind(unit)
                .fetch_optional(tx, |row| row.get::<PropertyId>("property_id"))
                .await?,
        );
    }
    for property in &properties {
        // An UPDATE that changes nothing is the row lock that both databases have.
        sql!("UPDATE unit SET created_at = created_at WHERE organization_id = $1 AND property_id = $2 AND parent_id IS NULL")
            .bind(organization)
            .bind(*property)
            .execute(tx)
            .await?;
    }
    Ok(Locked { organization, properties })
}

fn key(row: &Row) -> Result<Key, DbError> {
    Ok((row.get("unit_id")?, row.get("night")?))
}

/// The unit and every unit below it, in order.
async fn units_below(read: &mut Read, organization: OrganizationId, unit: UnitId) -> Result<Vec<UnitId>, DbError> {
    sql!(
        "WITH RECURSIVE below (id) AS (SELECT id FROM unit WHERE organization_id = $1 AND id = $2 \
         UNION SELECT un.id FROM unit un JOIN below b ON un.parent_id = b.id WHERE un.organization_id = $1) \
         SELECT id FROM below ORDER BY id"
    )
    .bind(organization)
    .bind(unit)
    .fetch_all(read, |row| row.get("id"))
    .await
}

/// Gives up what a stay has from a night on, and whatever it waits for. Answers the keys that became free.
pub(crate) async fn release(tx: &mut Tx, locked: &Locked, stay: StayId, from: Date) -> Result<Vec<Key>, DbError> {
    sql!("DELETE FROM unit_night_wait WHERE organization_id = $1 AND stay_id = $2")
        .bind(locked.organization)
        .bind(stay)
        .execute(tx)
        .await?;
    sql!("DELETE FROM unit_night WHERE organization_id = $1 AND stay_id = $2 AND night >= $3 RETURNING unit_id, night")
        .bind(locked.organization)
        .bind(stay)
        .bind(from)
        .returning(tx, key)
        .await
}

/// Claims all that a stay wants; the first stay in the way when one has any of it, and then the transaction must be dropped.
pub(crate) async fn claim_all(tx: &mut Tx, locked: &Locked, demand: Demand) -> Result<Option<InTheWay>, DbError> {
    let units = units_below(tx, locked.organization, demand.unit).await?;
    let mut claims = Insert::into("unit_night", ["organization_id", "unit_id", "night", "stay_id"]).skip_taken();
    for unit in &units {
        for night in demand.nights.iter() {
            claims.push(db::row![locked.organization, *unit, night, demand.stay]);
        }
    }
    let wanted = u64::try_from(units.len()).unwrap_or(u64::MAX).saturating_mul(u64::from(demand.nights.count()));
    if claims.execute(tx).await? == wanted {
        return Ok(None);
    }
    Ok(Some(
        holders(tx, locked.organization, demand)
            .await?
            .into_iter()
            .next()
            .ok_or_else(|| DbError::Column("unit_night: a night is taken by nobody".to_owned()))?,
    ))
}

/// Gives every stay what is free of what it wants, and notes the rest as waited for. A night that was just released goes back to who had
/// it (`had`), if wanted; any other to the oldest that wants it, among these and those that waited before. Answers which of these now wait.
pub(crate) async fn claim_free(
    tx: &mut Tx,
    locked: &Locked,
    demands: &[Demand],
    had: &BTreeMap<Key, StayId>,
) -> Result<BTreeSet<StayId>, DbError> {
    let mut wanting: BTreeMap<Key, BTreeSet<StayId>> = BTreeMap::new();
    let mut below: BTreeMap<UnitId, Vec<UnitId>> = BTreeMap::new();
    for demand in demands {
        let units = match below.entry(demand.unit) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(units_below(tx, locked.organization, demand.unit).await?),
        };
        for unit in units.iter() {
            for night in demand.nights.iter() {
                wanting.entry((*unit, night)).or_default().insert(demand.stay);
            }
        }
    }
    assign(tx, locked, wanting, had).await
}

/// Gives what is free to the stays that wait for it, the oldest first.
pub(crate) async fn serve(tx: &mut Tx, locked: &Locked) -> Result<(), DbError> {
    assign(tx, locked, BTreeMap::new(), &BTreeMap::new()).await.map(drop)
}

/// Claims for a unit that was just added below others: what live stays of the units above have, it now belongs to.
pub(crate) async fn claim_new_unit(tx: &mut Tx, locked: &Locked, unit: UnitId) -> Result<(), DbError> {
    let had = sql!(
        "SELECT n.night, n.stay_id FROM unit un JOIN unit_night n ON n.organization_id = $1 AND n.unit_id = un.parent_id \
         JOIN stay s ON s.organization_id = $1 AND s.id = n.stay_id WHERE un.organization_id = $1 AND un.id = $2 \
         AND s.status IN ('hold', 'pending', 'confirmed', 'checked_in')"
    )
    .bind(locked.organization)
    .bind(unit)
    .fetch_all(tx, |row| Ok(((unit, row.get::<Date>("night")?), row.get::<StayId>("stay_id")?)))
    .await?;
    let waited = sql!(
        "SELECT w.night, w.stay_id FROM unit un JOIN unit_night_wait w ON w.organization_id = $1 AND w.unit_id = un.parent_id \
         WHERE un.organization_id = $1 AND un.id = $2"
    )
    .bind(locked.organization)
    .bind(unit)
    .fetch_all(tx, |row| Ok(((unit, row.get::<Date>("night")?), row.get::<StayId>("stay_id")?)))
    .await?;
    let mut wanting: BTreeMap<Key, BTreeSet<StayId>> = BTreeMap::new();
    for (key, stay) in had.iter().chain(&waited) {
        wanting.entry(*key).or_default().insert(*stay);
    }
    assign(tx, locked, wanting, &had.into_iter().collect()).await.map(drop)
}

async fn assign(
    tx: &mut Tx,
    locked: &Locked,
    mut wanting: BTreeMap<Key, BTreeSet<StayId>>,
    had: &BTreeMap<Key, StayId>,
) -> Result<BTreeSet<StayId>, DbError> {
    let organization = locked.organization;
    let waited = waiting_for_free(tx, locked).await?;
    for (key, stay) in &waited {
        wanting.entry(*key).or_default().insert(*stay);
    }
    let rows = wanting.iter().filter_map(|(key, stays)| {
        let winner = had.get(key).filter(|stay| stays.contains(stay)).or_else(|| stays.first())?;
        Some(db::row![organization, key.0, key.1, *winner])
    });
    let won: BTreeSet<(Key, StayId)> = Insert::into("unit_night", ["organization_id", "unit_id", "night", "stay_id"])
        .skip_taken()
        .rows(rows.collect::<Vec<_>>())
        .returning(tx, "unit_id, night, stay_id", |row| Ok((key(row)?, row.get("stay_id")?)))
        .await?
        .into_iter()
        .collect();
    for (key, stay) in waited.intersection(&won) {
        sql!("DELETE FROM unit_night_wait WHERE organization_id = $1 AND unit_id = $2 AND night = $3 AND stay_id = $4")
            .bind(organization)
            .bind(key.0)
            .bind(key.1)
            .bind(*stay)
            .execute(tx)
            .await?;
    }
    let lost: Vec<(Key, StayId)> = wanting
        .into_iter()
        .flat_map(|(key, stays)| stays.into_iter().map(move |stay| (key, stay)))
        .filter(|pair| !won.contains(pair) && !waited.contains(pair))
        .collect();
    Insert::into("unit_night_wait", ["organization_id", "unit_id", "night", "stay_id"])
        .rows(lost.iter().map(|(key, stay)| db::row![organization, key.0, key.1, *stay]))
        .execute(tx)
        .await?;
    Ok(lost.into_iter().map(|(_, stay)| stay).collect())
}

/// What stays wait for at the locked properties although it is free.
async fn waiting_for_free(tx: &mut Tx, locked: &Locked) -> Result<BTreeSet<(Key, StayId)>, DbError> {
    let mut found = BTreeSet::new();
    for property in &locked.properties {
        found.extend(
            sql!(
                "SELECT w.unit_id, w.night, w.stay_id FROM unit un JOIN unit_night_wait w ON w.organization_id = $1 \
                 AND w.unit_id = un.id WHERE un.organization_id = $1 AND un.property_id = $2 AND NOT EXISTS (SELECT 1 \
                 FROM unit_night n WHERE n.organization_id = $1 AND n.unit_id = w.unit_id AND n.night = w.night)"
            )
            .bind(locked.organization)
            .bind(*property)
            .fetch_all(tx, |row| Ok((key(row)?, row.get("stay_id")?)))
            .await?,
        );
    }
    Ok(found)
}

/// The other stays that have something of what a stay wants, by the first night that both want. The joins are taken in this order: for
/// the grouping, SQLite would begin with all stays of the organization.
pub(crate) async fn holders(
    read: &mut Read,
    organization: OrganizationId,
    demand: Demand,
) -> Result<Vec<InTheWay>, DbError> {
    sql!(
        "WITH RECURSIVE below (id) AS (SELECT id FROM unit WHERE organization_id = $1 AND id = $2 \
         UNION SELECT un.id FROM unit un JOIN below b ON un.parent_id = b.id WHERE un.organization_id = $1) \
         SELECT s.id, s.kind, s.guest_name, s.channel, s.check_in, s.check_out, MIN(n.night) AS first_night, \
         COUNT(DISTINCT n.night) AS nights FROM below b CROSS JOIN unit_night n CROSS JOIN stay s \
         WHERE n.organization_id = $1 AND n.unit_id = b.id AND n.night >= $3 AND n.night < $4 AND n.stay_id <> $5 \
         AND s.organization_id = $1 AND s.id = n.stay_id \
         GROUP BY s.organization_id, s.id ORDER BY MIN(n.night), s.id"
    )
    .bind(organization)
    .bind(demand.unit)
    .bind(demand.nights.check_in())
    .bind(demand.nights.check_out())
    .bind(demand.stay)
    .fetch_all(read, in_the_way)
    .await
}

/// The live stays that wait for nights which a stay has, by the first of them.
pub(crate) async fn wanted_by(
    read: &mut Read,
    organization: OrganizationId,
    holder: StayId,
) -> Result<Vec<InTheWay>, DbError> {
    sql!(
        "SELECT s.id, s.kind, s.guest_name, s.channel, s.check_in, s.check_out, MIN(n.night) AS first_night, \
         COUNT(DISTINCT n.night) AS nights FROM unit_night n JOIN unit_night_wait w ON w.organization_id = $1 \
         AND w.unit_id = n.unit_id AND w.night = n.night JOIN stay s ON s.organization_id = $1 AND s.id = w.stay_id \
         WHERE n.organization_id = $1 AND n.stay_id = $2 GROUP BY s.organization_id, s.id ORDER BY MIN(n.night), s.id"
    )
    .bind(organization)
    .bind(holder)
    .fetch_all(read, in_the_way)
    .await
}
