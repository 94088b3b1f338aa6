//! Use cases of availability.

use std::collections::BTreeMap;

use db::{DbError, Read, Tx};
use kernel::{
    Date, Fault, FieldErrors, Grant, Instant, Nights, Permission, PropertyId, RuleId, StayId, UnitId,
    permissions::{AvailabilityEdit, AvailabilityView},
};
use webkit::WebError;

use super::{
    input::NewRule,
    model::{Facts, Reason},
    rules::{Level, Rule, RuleSet, Rules, earlier, later},
    store,
};
use crate::{App, audit, properties, stays};

/// The most seasons and dates, still to come, of one property, or of all of them together.
const MOST_DATED: i64 = 200;

/// Why rules could not be read or changed. Nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum AvailabilityError {
    /// There is no such rule, property or unit within the grant's scope.
    #[error("not found")]
    NotFound,
    /// Something about the input.
    #[error("the input is not valid")]
    Invalid(FieldErrors),
    /// Something broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<DbError> for AvailabilityError {
    fn from(error: DbError) -> Self {
        if error.violates(&store::ORGANIZATION_KEY) || error.violates(&store::PROPERTY_KEY) {
            Self::Invalid(FieldErrors::one("level", "rule_exists"))
        } else {
            Self::Fault(error.into())
        }
    }
}

impl From<FieldErrors> for AvailabilityError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl From<AvailabilityError> for WebError {
    fn from(error: AvailabilityError) -> Self {
        match error {
            AvailabilityError::NotFound => Self::not_found(),
            AvailabilityError::Invalid(errors) => Self::invalid(&errors),
            AvailabilityError::Fault(fault) => fault.into(),
        }
    }
}

fn subject(id: RuleId) -> audit::Subject {
    audit::Subject::new("availability_rule", id.uuid())
}

/// What decides of each of these units within the scope whether it is free for some nights. Three statements, however many units.
///
/// # Errors
/// When the database fails.
pub async fn facts<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    units: &[UnitId],
    nights: Nights,
) -> Result<BTreeMap<UnitId, Facts>, DbError> {
    let scope = grant.scope();
    let units = properties::units_of_ids(read, grant, units).await?;
    let properties = units.iter().map(|unit| unit.property_id).collect::<std::collections::BTreeSet<_>>();
    let all = store::of_properties(read, scope, properties, earlier(nights.check_in(), Rules::MOST_REACH)).await?;
    let rules = |property: PropertyId| Rules::of(property, &all);
    let reach = units.iter().map(|unit| rules(unit.property_id).reach()).max().unwrap_or_default();
    let (from, until) = (earlier(nights.check_in(), reach), later(nights.check_out(), reach));
    let ids: Vec<UnitId> = units.iter().map(|unit| unit.id).collect();
    let mut occupants: BTreeMap<UnitId, Vec<_>> = BTreeMap::new();
    for (unit, occupant) in stays::occupants(read, grant, &ids, from, until).await? {
        occupants.entry(unit).or_default().push(occupant);
    }
    let facts = units.into_iter().map(|unit| {
        let facts = Facts {
            rules: rules(unit.property_id),
            zone: unit.zone,
            check_in_time: unit.check_in_time,
            check_out_time: unit.check_out_time,
            archived: unit.archived,
            occupants: occupants.remove(&unit.id).unwrap_or_default(),
        };
        (unit.id, facts)
    });
    Ok(facts.collect())
}

/// Why a unit is not free for some nights, warnings among it; nothing when it is.
///
/// # Errors
/// [`AvailabilityError::NotFound`] for a unit outside the scope.
pub async fn reasons<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    unit: UnitId,
    nights: Nights,
    now: Instant,
) -> Result<Vec<Reason>, AvailabilityError> {
    let facts = facts(read, grant, &[unit], nights).await?.remove(&unit).ok_or(AvailabilityError::NotFound)?;
    Ok(facts.check(nights, now))
}

/// Those of these units within the scope that are in use and free for some nights. Three statements, however many units.
///
/// # Errors
/// When the database fails.
pub async fn free_units<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    units: &[UnitId],
    nights: Nights,
    now: Instant,
) -> Result<Vec<UnitId>, DbError> {
    let facts = facts(read, grant, units, nights).await?;
    let free = |facts: &Facts| !facts.archived && facts.check(nights, now).iter().all(Reason::is_warning);
    Ok(facts.into_iter().filter(|(_, facts)| free(facts)).map(|(unit, _)| unit).collect())
}

/// The rules that a booking by hand breaks, or would break, other than by stays in the way: those are decided by their nights. A stay
/// that is entered after it began breaks none of the rules about booking it in time.
///
/// # Errors
/// When the database fails.
pub(crate) async fn broken_by<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    stay: StayId,
    unit: UnitId,
    nights: Nights,
    now: Instant,
) -> Result<Vec<Reason>, DbError> {
    let Some(mut facts) = facts(read, grant, &[unit], nights).await?.remove(&unit) else { return Ok(Vec::new()) };
    facts.occupants.retain(|other| other.stay != stay);
    let mut reasons = facts.check(nights, now);
    reasons.retain(|reason| !matches!(reason, Reason::Taken { .. } | Reason::Past { .. }));
    Ok(reasons)
}

/// The rules of all properties that are not over, and with a property also its own.
///
/// # Errors
/// [`AvailabilityError::NotFound`] for a property outside the scope.
pub async fn rules(
    read: &mut Read,
    grant: &Grant<AvailabilityView>,
    property: Option<PropertyId>,
    today: Date,
) -> Result<Rules, AvailabilityError> {
    if let Some(property) = property {
        found(read, grant, property).await?;
    }
    let all = store::of_properties(read, grant.scope(), property, today).await?;
    Ok(Rules::of_all(all))
}

async fn found<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    property: PropertyId,
) -> Result<properties::PropertyView, AvailabilityError> {
    properties::find(read, grant, property).await.map_err(|error| match error {
        properties::PropertyError::Fault(fault) => fault.into(),
        _ => AvailabilityError::NotFound,
    })
}

/// One rule.
///
/// # Errors
/// [`AvailabilityError::NotFound`] outside the scope.
pub async fn find<P: Permission>(read: &mut Read, grant: &Grant<P>, id: RuleId) -> Result<Rule, AvailabilityError> {
    store::find(read, grant.scope(), id).await?.ok_or(AvailabilityError::NotFound)
}

/// What is said for a property, or for all of them, as a whole; none when nothing is.
///
/// # Errors
/// When the database fails.
pub async fn base<P: Permission>(
    read: &mut Read,
    grant: &Grant<P>,
    property: Option<PropertyId>,
) -> Result<Option<Rule>, AvailabilityError> {
    Ok(store::base(read, grant.scope(), property).await?)
}

/// The property must be there, and have room for one more season or dates.
async fn check_place(
    app: &App,
    tx: &mut Tx,
    grant: &Grant<AvailabilityEdit>,
    new: &NewRule,
) -> Result<(), AvailabilityError> {
    if let Some(property) = new.property_id {
        let property = found(tx, grant, property).await;
        property.map_err(|error| match error {
            AvailabilityError::NotFound => FieldErrors::one("property_id", "choice_unknown").into(),
            error => error,
        })?;
    }
    let today = app.env.now().date_naive();
    if new.span.is_some() && store::count_dated(tx, grant.scope(), new.property_id, today).await? >= MOST_DATED {
        let mut errors = FieldErrors::new();
        errors.add_bound("", "too_many_rules", MOST_DATED);
        return Err(errors.into());
    }
    Ok(())
}

/// Adds a rule.
///
/// # Errors
/// [`AvailabilityError::Invalid`] for a property that is not there (`property_id`), a second rule for a property or all of them (`level`), or
/// more seasons and dates than there may be.
pub async fn add(app: &App, grant: &Grant<AvailabilityEdit>, new: &NewRule) -> Result<RuleId, AvailabilityError> {
    let mut tx = app.db.begin().await?;
    check_place(app, &mut tx, grant, new).await?;
    let id = RuleId::new(&app.env);
    store::insert(&mut tx, grant.scope(), id, new, app.env.now()).await?;
    audit::record(&mut tx, &app.env, grant, "availability.rule.add", subject(id), &[]).await?;
    tx.commit().await?;
    Ok(id)
}

/// Writes a rule anew. It stays on its level.
///
/// # Errors
/// As [`add`], and [`AvailabilityError::NotFound`]; `level_fixed` for another level.
pub async fn change(
    app: &App,
    grant: &Grant<AvailabilityEdit>,
    id: RuleId,
    new: &NewRule,
) -> Result<(), AvailabilityError> {
    let mut tx = app.db.begin().await?;
    let before = find(&mut tx, grant, id).await?;
    if before.level != new.level {
        return Err(FieldErrors::one("level", "level_fixed").into());
    }
    let fields = changed_fields(&before, new);
    if fields.is_empty() {
        return Ok(());
    }
    if before.property_id != new.property_id {
        check_place(app, &mut tx, grant, new).await?;
    }
    store::update(&mut tx, grant.scope(), id, new, app.env.now()).await?;
    audit::record(&mut tx, &app.env, grant, "availability.rule.change", subject(id), &fields).await?;
    tx.commit().await?;
    Ok(())
}

/// Says something for a property, or for all of them, as a whole, in place of what was said before.
///
/// # Errors
/// As [`add`].
pub async fn say(app: &App, grant: &Grant<AvailabilityEdit>, new: &NewRule) -> Result<(), AvailabilityError> {
    let mut read = app.db.read().await?;
    let before = base(&mut read, grant, new.property_id).await?;
    drop(read);
    match before {
        Some(rule) if new.set == RuleSet::default() => remove(app, grant, rule.id).await,
        Some(rule) => change(app, grant, rule.id, new).await,
        None if new.set == RuleSet::default() => Ok(()),
        None => add(app, grant, new).await.map(|_| ()),
    }
}

/// Takes a rule away.
///
/// # Errors
/// [`AvailabilityError::NotFound`].
pub async fn remove(app: &App, grant: &Grant<AvailabilityEdit>, id: RuleId) -> Result<(), AvailabilityError> {
    let mut tx = app.db.begin().await?;
    find(&mut tx, grant, id).await?;
    store::remove(&mut tx, grant.scope(), id).await?;
    audit::record(&mut tx, &app.env, grant, "availability.rule.remove", subject(id), &[]).await?;
    tx.commit().await?;
    Ok(())
}

fn changed_fields(before: &Rule, after: &NewRule) -> Vec<&'static str> {
    let pairs = [
        ("property_id", before.property_id != after.property_id),
        ("name", before.name != after.name),
        ("span", before.span != after.span),
        ("priority", before.priority != after.priority),
        ("length", before.set.length != after.set.length),
        ("days", before.set.days != after.set.days),
        ("notice", before.set.notice != after.set.notice),
        ("window", before.set.window != after.set.window),
        ("turnover", before.set.turnover != after.set.turnover),
    ];
    pairs.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect()
}

/// Whether the level is one that has dates.
pub(super) const fn is_dated(level: Level) -> bool {
    matches!(level, Level::Season | Level::Date)
}
