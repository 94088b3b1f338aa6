//! Use cases of units.

use db::{DbError, Read, Tx};
use kernel::{Fault, FieldErrors, Grant, Permission, PropertyId, UnitId, fold, permissions::PropertiesEdit};
use webkit::WebError;

use super::{InTheWay, NewUnit, UnitFacts, store};
use crate::{
    App, audit,
    feeds::{self, exports},
    properties::{self, PropertyError, UnitView},
    stays,
};

/// Why a unit was not changed.
#[derive(Debug, thiserror::Error)]
pub enum UnitError {
    /// There is none within the grant's scope.
    #[error("no such unit")]
    NotFound,
    /// Fields are wrong.
    #[error("invalid")]
    Invalid(FieldErrors),
    /// It is the unit for the whole, which has no name and stays.
    #[error("the whole cannot be changed")]
    Whole,
    /// It cannot be retired yet.
    #[error("something is still ahead")]
    InTheWay(InTheWay),
    /// The unit above it is retired, or the property is archived.
    #[error("what it belongs to is out of use")]
    AboveOutOfUse,
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for UnitError {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<PropertyError> for UnitError {
    fn from(error: PropertyError) -> Self {
        match error {
            PropertyError::Fault(fault) => Self::Fault(fault),
            _ => Self::NotFound,
        }
    }
}

impl From<UnitError> for WebError {
    fn from(error: UnitError) -> Self {
        match error {
            UnitError::NotFound => Self::not_found(),
            UnitError::Invalid(errors) => errors.into(),
            UnitError::Whole => Self::conflict("whole_unit"),
            UnitError::InTheWay(_) => Self::conflict("unit_in_use"),
            UnitError::AboveOutOfUse => Self::conflict("above_out_of_use"),
            UnitError::Fault(fault) => fault.into(),
        }
    }
}

fn subject(id: UnitId) -> audit::Subject {
    audit::Subject::new("unit", id.uuid())
}

/// A unit below a whole, within the scope.
///
/// # Errors
/// [`UnitError::NotFound`] outside it, [`UnitError::Whole`] for the unit of a whole property.
pub async fn find<P: Permission>(read: &mut Read, grant: &Grant<P>, id: UnitId) -> Result<UnitView, UnitError> {
    let unit = properties::unit(read, grant, id).await?.ok_or(UnitError::NotFound)?;
    if unit.parent_id.is_none() { Err(UnitError::Whole) } else { Ok(unit) }
}

/// The other units of its property must have other names, retired ones too: history names them.
fn check_name(units: &[UnitView], id: Option<UnitId>, name: &str) -> Result<(), UnitError> {
    let same = |unit: &&UnitView| Some(unit.id) != id && unit.name.as_deref().map(fold) == Some(fold(name));
    match units.iter().find(same) {
        Some(_) => Err(UnitError::Invalid(FieldErrors::one("name", "name_taken"))),
        None => Ok(()),
    }
}

/// Adds a unit. It belongs to the live stays of the units above it from now on.
///
/// # Errors
/// [`UnitError::NotFound`] for a property outside the scope; [`UnitError::Invalid`] for a name that another unit has, or a unit above
/// that is not there or out of use; [`UnitError::AboveOutOfUse`] in an archived property.
pub async fn add(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    property: PropertyId,
    new: &NewUnit,
) -> Result<UnitId, UnitError> {
    let mut tx = app.db.begin().await?;
    let found = properties::find(&mut tx, grant, property).await?;
    if found.archived_at.is_some() {
        return Err(UnitError::AboveOutOfUse);
    }
    store::lock(&mut tx, grant.scope(), property).await?;
    let units = properties::units_of(&mut tx, grant, property).await?;
    check_name(&units, None, &new.facts.name)?;
    let parent = new.parent_id.unwrap_or(found.whole_unit);
    if !units.iter().any(|unit| unit.id == parent && !unit.archived) {
        return Err(UnitError::Invalid(FieldErrors::one("parent_id", "choice_unknown")));
    }
    let id = UnitId::new(&app.env);
    store::insert(&mut tx, grant.scope(), (id, property, parent), &new.facts, app.env.now()).await?;
    stays::claim_for_new_unit(&mut tx, grant.scope(), id).await?;
    audit::record(&mut tx, &app.env, grant, "units.unit.add", subject(id), &[]).await?;
    tx.commit().await?;
    Ok(id)
}

/// A unit below a whole with the others of its property, nobody else of which is changed until the transaction ends.
async fn locked(
    tx: &mut Tx,
    grant: &Grant<PropertiesEdit>,
    id: UnitId,
) -> Result<(UnitView, Vec<UnitView>), UnitError> {
    let property = find(tx, grant, id).await?.property_id;
    store::lock(tx, grant.scope(), property).await?;
    let unit = find(tx, grant, id).await?;
    Ok((unit, properties::units_of(tx, grant, property).await?))
}

/// Changes a unit's name or how many guests it takes.
///
/// # Errors
/// As [`find`]; [`UnitError::Invalid`] for a name that another unit has.
pub async fn change(
    app: &App,
    grant: &Grant<PropertiesEdit>,
    id: UnitId,
    facts: &UnitFacts,
) -> Result<UnitView, UnitError> {
    let mut tx = app.db.begin().await?;
    let (before, units) = locked(&mut tx, grant, id).await?;
    check_name(&units, Some(id), &facts.name)?;
    let changes = [
        ("name", before.name.as_deref() != Some(facts.name.as_str())),
        ("capacity", before.own_capacity != facts.capacity),
    ];
    let fields: Vec<&str> = changes.into_iter().filter_map(|(field, changed)| changed.then_some(field)).collect();
    if fields.is_empty() {
        return Ok(before);
    }
    store::update(&mut tx, grant.scope(), id, facts).await?;
    audit::record(&mut tx, &app.env, grant, "units.unit.change", subject(id), &fields).await?;
    let after = find(&mut tx, grant, id).await?;
    tx.commit().await?;
    Ok(after)
}

/// What keeps a unit from being retired.
///
/// # Errors
/// When the database fails.
pub async fn in_the_way(
    app: &App,
    read: &mut Read,
    grant: &Grant<PropertiesEdit>,
    unit: &UnitView,
) -> Result<InTheWay, UnitError> {
    let units = properties::units_of(read, grant, unit.property_id).await?;
    let below = units.into_iter().filter(|other| other.parent_id == Some(unit.id) && !other.archived);
    let today = unit.zone.date_of(app.env.now());
    let mut found = InTheWay {
        below: below.map(|other| (other.id, other.name.unwrap_or_default())).collect(),
        stays: store::stays_ahead(read, grant.scope(), unit.id, today).await?,
        calendars: Vec::new(),
    };
    if let Ok(grant) = grant.also() {
        for feed in feeds::of_property(read, &grant, unit.property_id).await? {
            if feed.unit_id == unit.id {
                found.calendars.push((format!("/feeds/{}", feed.id), feed.name.unwrap_or(feed.address_host)));
            }
        }
        for export in exports::of_property(read, &grant, unit.property_id).await? {
            if export.unit_id == unit.id {
                let name = export.name.unwrap_or_else(|| export.channel.to_string());
                found.calendars.push((format!("/exports/{}", export.id), name));
            }
        }
    }
    Ok(found)
}

/// Takes a unit out of use.
///
/// # Errors
/// As [`find`]; [`UnitError::InTheWay`].
pub async fn retire(app: &App, grant: &Grant<PropertiesEdit>, id: UnitId) -> Result<UnitView, UnitError> {
    let mut tx = app.db.begin().await?;
    let (unit, _) = locked(&mut tx, grant, id).await?;
    if unit.retired_at.is_some() {
        return Ok(unit);
    }
    let found = in_the_way(app, &mut tx, grant, &unit).await?;
    if !found.is_empty() {
        return Err(UnitError::InTheWay(found));
    }
    store::set_retired(&mut tx, grant.scope(), id, Some(app.env.now())).await?;
    audit::record(&mut tx, &app.env, grant, "units.unit.retire", subject(id), &["retired_at"]).await?;
    let after = find(&mut tx, grant, id).await?;
    tx.commit().await?;
    Ok(after)
}

/// Brings a retired unit back.
///
/// # Errors
/// As [`find`]; [`UnitError::AboveOutOfUse`] below a retired unit.
pub async fn restore(app: &App, grant: &Grant<PropertiesEdit>, id: UnitId) -> Result<UnitView, UnitError> {
    let mut tx = app.db.begin().await?;
    let (unit, units) = locked(&mut tx, grant, id).await?;
    if unit.retired_at.is_none() {
        return Ok(unit);
    }
    if units.iter().any(|above| Some(above.id) == unit.parent_id && above.retired_at.is_some()) {
        return Err(UnitError::AboveOutOfUse);
    }
    store::set_retired(&mut tx, grant.scope(), id, None).await?;
    audit::record(&mut tx, &app.env, grant, "units.unit.restore", subject(id), &["retired_at"]).await?;
    let after = find(&mut tx, grant, id).await?;
    tx.commit().await?;
    Ok(after)
}
