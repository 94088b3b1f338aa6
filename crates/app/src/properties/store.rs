//! Storage of properties and units.

use db::{Constraint, DbError, Ids, Read, Row, Tx, sql, sql_of_ids};
use kernel::{Cursor, Date, Instant, Limit, OrganizationId, Page, PropertyId, Scope, UnitId, Zone, country, fold};

use super::{Area, AreaUnit, Bathrooms, NewProperty, Position, PropertyFilter, PropertyView, UnitView};
use crate::{access::property_scope, ui::PropertyColour};

/// An id that a property of the organization has already.
pub(super) const ID_TAKEN: Constraint = Constraint::unique("property_pkey", "property", &["organization_id", "id"]);

macro_rules! property_columns {
    () => {
        "p.id, p.name, p.property_type, p.status, p.address_line, p.address_extra, p.postal_code, p.city, p.region, p.country, \
         p.zone, p.check_in_time, p.check_out_time, p.bedrooms, p.bathroom_halves, p.capacity, p.colour, p.registration_number, \
         p.latitude, p.longitude, p.area, p.area_unit, p.notes, p.archived_at, p.created_at, p.updated_at, u.id AS whole_unit FROM property p JOIN unit u \
         ON u.organization_id = p.organization_id AND u.property_id = p.id AND u.parent_id IS NULL WHERE p.organization_id = $1"
    };
}

macro_rules! unit_columns {
    () => {
        "u.id, u.property_id, u.parent_id, u.name, p.name AS property_name, p.colour, p.zone, p.check_in_time, p.check_out_time, \
         COALESCE(u.capacity, p.capacity) AS capacity, u.capacity AS own_capacity, u.retired_at, p.archived_at FROM unit u JOIN property p ON p.organization_id = u.organization_id AND p.id = u.property_id \
         WHERE u.organization_id = $1"
    };
}

pub(super) async fn insert(
    tx: &mut Tx,
    organization: OrganizationId,
    id: PropertyId,
    unit: UnitId,
    facts: &NewProperty,
    now: Instant,
) -> Result<(), DbError> {
    sql!(
        "INSERT INTO property (organization_id, id, name, name_folded, property_type, status, address_line, address_extra, postal_code, \
         city, region, country, zone, check_in_time, check_out_time, bedrooms, bathroom_halves, capacity, colour, registration_number, \
         latitude, longitude, area, area_unit, notes, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
         $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $26)"
    )
    .bind(organization)
    .bind(id)
    .bind(&facts.name)
    .bind(fold(&facts.name))
    .bind(facts.property_type)
    .bind(facts.status)
    .bind(&facts.address_line)
    .bind(&facts.address_extra)
    .bind(&facts.postal_code)
    .bind(&facts.city)
    .bind(&facts.region)
    .bind(facts.country)
    .bind(facts.zone)
    .bind(facts.check_in_time)
    .bind(facts.check_out_time)
    .bind(facts.bedrooms)
    .bind(facts.bathrooms.halves())
    .bind(facts.capacity)
    .bind(facts.colour)
    .bind(&facts.registration_number)
    .bind(facts.position.map(Position::latitude))
    .bind(facts.position.map(Position::longitude))
    .bind(facts.area.map(|area| area.size))
    .bind(facts.area.map(|area| area.unit))
    .bind(&facts.notes)
    .bind(now)
    .execute(tx)
    .await?;
    sql!("INSERT INTO unit (organization_id, id, property_id, created_at) VALUES ($1, $2, $3, $4)")
        .bind(organization)
        .bind(unit)
        .bind(id)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// How many properties have each colour.
pub(super) async fn colours(read: &mut Read, scope: &Scope) -> Result<Vec<(PropertyColour, i64)>, DbError> {
    sql!("SELECT colour, count(*) AS n FROM property WHERE organization_id = $1 GROUP BY colour")
        .bind(scope.organization_id())
        .fetch_all(read, |row| Ok((row.get("colour")?, row.get("n")?)))
        .await
}

/// Makes the party of an owner the only owner of a property; nothing when the user is no party there.
pub(super) async fn own(tx: &mut Tx, scope: &Scope, property: PropertyId) -> Result<(), DbError> {
    sql!(
        "INSERT INTO property_owner (organization_id, property_id, party_id, share) \
         SELECT organization_id, $2, id, 10000 FROM party WHERE organization_id = $1 AND user_id = $3"
    )
    .bind(scope.organization_id())
    .bind(property)
    .bind(scope.rows().user_id())
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn update(
    tx: &mut Tx,
    scope: &Scope,
    id: PropertyId,
    facts: &NewProperty,
    now: Instant,
) -> Result<bool, DbError> {
    let changed = sql!(
        "UPDATE property SET name = $5, name_folded = $6, property_type = $7, status = $8, address_line = $9, address_extra = $10, \
         postal_code = $11, city = $12, region = $13, country = $14, zone = $15, check_in_time = $16, check_out_time = $17, \
         bedrooms = $18, bathroom_halves = $19, capacity = $20, colour = $21, registration_number = $22, latitude = $23, longitude = $24, area = $25, \
         area_unit = $26, notes = $27, updated_at = $28 \
         WHERE organization_id = $1 AND id = $4 AND ",
        property_scope!("property.id")
    )
    .query()
    .bind_scope(scope)
    .bind(id)
    .bind(&facts.name)
    .bind(fold(&facts.name))
    .bind(facts.property_type)
    .bind(facts.status)
    .bind(&facts.address_line)
    .bind(&facts.address_extra)
    .bind(&facts.postal_code)
    .bind(&facts.city)
    .bind(&facts.region)
    .bind(facts.country)
    .bind(facts.zone)
    .bind(facts.check_in_time)
    .bind(facts.check_out_time)
    .bind(facts.bedrooms)
    .bind(facts.bathrooms.halves())
    .bind(facts.capacity)
    .bind(facts.colour)
    .bind(&facts.registration_number)
    .bind(facts.position.map(Position::latitude))
    .bind(facts.position.map(Position::longitude))
    .bind(facts.area.map(|area| area.size))
    .bind(facts.area.map(|area| area.unit))
    .bind(&facts.notes)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(changed > 0)
}

/// Notes that a part of a property changes; whether it is within the scope. Other changes of it wait for the transaction's end.
pub(super) async fn touch(tx: &mut Tx, scope: &Scope, id: PropertyId, now: Instant) -> Result<bool, DbError> {
    let changed = sql!(
        "UPDATE property SET updated_at = $5 WHERE organization_id = $1 AND id = $4 AND ",
        property_scope!("property.id")
    )
    .query()
    .bind_scope(scope)
    .bind(id)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(changed > 0)
}

/// Archives (`Some`) or brings back (`None`).
pub(super) async fn set_archived(
    tx: &mut Tx,
    scope: &Scope,
    id: PropertyId,
    archived_at: Option<Instant>,
    now: Instant,
) -> Result<bool, DbError> {
    let changed = sql!(
        "UPDATE property SET archived_at = $5, updated_at = $6 WHERE organization_id = $1 AND id = $4 AND ",
        property_scope!("property.id")
    )
    .query()
    .bind_scope(scope)
    .bind(id)
    .bind(archived_at)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(changed > 0)
}

/// How many live stays of a property end after a day.
pub(super) async fn stays_ending_after(
    read: &mut Read,
    scope: &Scope,
    id: PropertyId,
    day: Date,
) -> Result<i64, DbError> {
    sql!(
        "SELECT count(*) AS n FROM stay s JOIN unit u ON u.organization_id = s.organization_id AND u.id = s.unit_id \
         WHERE s.organization_id = $1 AND u.property_id = $2 AND s.check_out > $3 \
         AND s.status IN ('hold', 'pending', 'confirmed', 'checked_in')"
    )
    .bind(scope.organization_id())
    .bind(id)
    .bind(day)
    .fetch_one(read, |row| row.get("n"))
    .await
}

pub(super) async fn find(read: &mut Read, scope: &Scope, id: PropertyId) -> Result<Option<PropertyView>, DbError> {
    sql!("SELECT ", property_columns!(), " AND p.id = $4 AND ", property_scope!("p.id"))
        .query()
        .bind_scope(scope)
        .bind(id)
        .fetch_optional(read, property)
        .await
}

pub(super) async fn list(
    read: &mut Read,
    scope: &Scope,
    filter: PropertyFilter,
    after: Option<&Cursor>,
    limit: Limit,
) -> Result<Page<PropertyView>, DbError> {
    let (name, id) = after.and_then(Cursor::open).unzip();
    let rows = sql!(
        "SELECT ",
        property_columns!(),
        " AND (p.archived_at IS NOT NULL) = $4 AND (CAST($5 AS TEXT) IS NULL OR (p.name_folded, p.id) > ($5, $6)) AND ",
        property_scope!("p.id"),
        " ORDER BY p.name_folded, p.id LIMIT $7"
    )
    .query()
    .bind_scope(scope)
    .bind(filter == PropertyFilter::Archived)
    .bind(name)
    .bind(id)
    .bind(limit.with_one_more())
    .fetch_all(read, property)
    .await?;
    Ok(Page::from_rows(rows, limit, |row| (fold(&row.facts.name), row.id.uuid())))
}

pub(super) async fn units(read: &mut Read, scope: &Scope) -> Result<Vec<UnitView>, DbError> {
    sql!(
        "SELECT ",
        unit_columns!(),
        " AND p.archived_at IS NULL AND u.retired_at IS NULL AND ",
        property_scope!("p.id"),
        " ORDER BY p.name_folded, p.id, u.parent_id IS NOT NULL, u.name, u.id LIMIT 5000"
    )
    .query()
    .bind_scope(scope)
    .fetch_all(read, unit_view)
    .await
}

pub(super) async fn units_of(read: &mut Read, scope: &Scope, property: PropertyId) -> Result<Vec<UnitView>, DbError> {
    sql!(
        "SELECT ",
        unit_columns!(),
        " AND u.property_id = $4 AND ",
        property_scope!("p.id"),
        " ORDER BY u.parent_id IS NOT NULL, u.name, u.id"
    )
    .query()
    .bind_scope(scope)
    .bind(property)
    .fetch_all(read, unit_view)
    .await
}

pub(super) async fn units_of_ids(read: &mut Read, scope: &Scope, ids: &[UnitId]) -> Result<Vec<UnitView>, DbError> {
    sql_of_ids!(["SELECT ", unit_columns!(), " AND ", property_scope!("p.id"), " AND u.id IN "] "$4" [""])
        .query()
        .bind_scope(scope)
        .bind(ids.iter().copied().collect::<Ids>())
        .fetch_all(read, unit_view)
        .await
}

pub(super) async fn unit(read: &mut Read, scope: &Scope, id: UnitId) -> Result<Option<UnitView>, DbError> {
    sql!("SELECT ", unit_columns!(), " AND u.id = $4 AND ", property_scope!("p.id"))
        .query()
        .bind_scope(scope)
        .bind(id)
        .fetch_optional(read, unit_view)
        .await
}

/// The zones that the organization's properties are in, each once.
pub(super) async fn zones(read: &mut Read, scope: &Scope) -> Result<Vec<Zone>, DbError> {
    sql!("SELECT DISTINCT zone FROM property WHERE organization_id = $1")
        .bind(scope.organization_id())
        .fetch_all(read, |row| row.get("zone"))
        .await
}

fn property(row: &Row) -> Result<PropertyView, DbError> {
    let code: String = row.get("country")?;
    let halves: u32 = row.get("bathroom_halves")?;
    let (latitude, longitude): (Option<i64>, Option<i64>) = (row.get("latitude")?, row.get("longitude")?);
    let (size, unit): (Option<u32>, Option<AreaUnit>) = (row.get("area")?, row.get("area_unit")?);
    Ok(PropertyView {
        id: row.get("id")?,
        whole_unit: row.get("whole_unit")?,
        facts: NewProperty {
            name: row.get("name")?,
            property_type: row.get("property_type")?,
            status: row.get("status")?,
            address_line: row.get("address_line")?,
            address_extra: row.get("address_extra")?,
            postal_code: row.get("postal_code")?,
            city: row.get("city")?,
            region: row.get("region")?,
            country: country::by_code(&code).map_or("", country::Country::code),
            zone: row.get("zone")?,
            check_in_time: row.get("check_in_time")?,
            check_out_time: row.get("check_out_time")?,
            bedrooms: row.get("bedrooms")?,
            bathrooms: Bathrooms::from_halves(halves)
                .ok_or_else(|| DbError::Column(format!("bathroom_halves: {halves} is out of range")))?,
            capacity: row.get("capacity")?,
            colour: row.get("colour")?,
            registration_number: row.get("registration_number")?,
            position: latitude
                .zip(longitude)
                .and_then(|(latitude, longitude)| Position::from_micro(latitude, longitude)),
            area: size.zip(unit).map(|(size, unit)| Area { size, unit }),
            notes: row.get("notes")?,
        },
        archived_at: row.get("archived_at")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

fn unit_view(row: &Row) -> Result<UnitView, DbError> {
    let retired_at = row.get::<Option<Instant>>("retired_at")?;
    Ok(UnitView {
        id: row.get("id")?,
        property_id: row.get("property_id")?,
        parent_id: row.get("parent_id")?,
        name: row.get("name")?,
        property_name: row.get("property_name")?,
        colour: row.get("colour")?,
        zone: row.get("zone")?,
        check_in_time: row.get("check_in_time")?,
        check_out_time: row.get("check_out_time")?,
        capacity: row.get("capacity")?,
        own_capacity: row.get("own_capacity")?,
        retired_at,
        archived: retired_at.is_some() || row.get::<Option<Instant>>("archived_at")?.is_some(),
    })
}
