//! Units below a whole.

use kernel::{Date, FieldErrors, StayId, UnitId, trimmed};
use serde::{Deserialize, Serialize};

use crate::properties::UnitView;

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;
/// As many as a property takes at most.
const MOST_GUESTS: u32 = 500;

/// What is typed of a unit, as it was received.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UnitForm {
    /// Its name.
    pub name: String,
    /// The unit above it; only for a new one. Empty: the whole.
    pub parent_id: String,
    /// Guests at most; empty: as many as the property.
    pub capacity: String,
}

/// What is known of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFacts {
    /// Its name.
    pub name: String,
    /// Guests at most; none: as many as the property.
    pub capacity: Option<u32>,
}

/// A unit to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// What is known of it.
    pub facts: UnitFacts,
    /// The unit above it; none: the whole.
    pub parent_id: Option<UnitId>,
}

impl UnitFacts {
    /// Reads what was typed.
    ///
    /// # Errors
    /// At `name` (`required`, `too_long`) and `capacity` (`number_invalid`, `too_small`, `too_large`).
    pub fn parse(form: &UnitForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let facts = Self::read(&mut errors, form);
        errors.into_result().map(|()| facts)
    }

    fn read(errors: &mut FieldErrors, form: &UnitForm) -> Self {
        let name = trimmed(&form.name).map(|name| name.replace('\n', " "));
        match &name {
            None => errors.add("name", "required"),
            Some(name) if name.chars().count() > LONGEST_NAME => errors.add_bound("name", "too_long", LONGEST_NAME),
            Some(_) => {}
        }
        let capacity = match form.capacity.trim() {
            "" => None,
            typed => match typed.parse::<u32>() {
                Ok(0) => {
                    errors.add_bound("capacity", "too_small", 1);
                    None
                }
                Ok(guests) if guests > MOST_GUESTS => {
                    errors.add("capacity", "too_large");
                    None
                }
                Ok(guests) => Some(guests),
                Err(_) => {
                    errors.add("capacity", "number_invalid");
                    None
                }
            },
        };
        Self { name: name.unwrap_or_default(), capacity }
    }
}

impl NewUnit {
    /// Reads what was typed.
    ///
    /// # Errors
    /// As [`UnitFacts::parse`], and `choice_unknown` at `parent_id`.
    pub fn parse(form: &UnitForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let facts = UnitFacts::read(&mut errors, form);
        let parent_id = match form.parent_id.as_str() {
            "" => None,
            typed => errors.keep("parent_id", typed.parse().map_err(|_| "choice_unknown")),
        };
        errors.into_result().map(|()| Self { facts, parent_id })
    }
}

/// A stay that is still to end at a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StayAhead {
    /// The stay.
    pub id: StayId,
    /// Its first day.
    pub check_in: Date,
    /// The day it ends.
    pub check_out: Date,
}

/// Why a unit cannot be retired yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InTheWay {
    /// Units below it that are in use, by name.
    pub below: Vec<(UnitId, String)>,
    /// The next live stays at the unit itself that are still to end.
    pub stays: Vec<StayAhead>,
    /// Imported and published calendars: where each is, and what it is called.
    pub calendars: Vec<(String, String)>,
}

impl InTheWay {
    /// Whether nothing is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.below.is_empty() && self.stays.is_empty() && self.calendars.is_empty()
    }
}

/// Units with how deep each is below the whole: the whole first, each unit before those below it, siblings in the order given.
#[must_use]
pub fn tree(units: Vec<UnitView>) -> Vec<(usize, UnitView)> {
    let mut open: Vec<(usize, UnitView)> = Vec::new();
    let mut rest = units;
    let mut ordered = Vec::new();
    let mut take =
        |parent: Option<UnitId>| -> Vec<UnitView> { rest.extract_if(.., |unit| unit.parent_id == parent).collect() };
    open.extend(take(None).into_iter().rev().map(|unit| (0, unit)));
    while let Some((depth, unit)) = open.pop() {
        open.extend(take(Some(unit.id)).into_iter().rev().map(|below| (depth + 1, below)));
        ordered.push((depth, unit));
    }
    ordered
}
