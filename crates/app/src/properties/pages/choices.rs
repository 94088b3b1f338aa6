//! What the selects of a property's forms offer.

use super::super::{AreaUnit, PropertyStatus, PropertyType};
use crate::{
    accounts,
    ui::{Choice, Page},
};

/// In the page's language.
pub(super) struct Choices {
    pub(super) types: Vec<Choice>,
    pub(super) statuses: Vec<Choice>,
    pub(super) countries: Vec<Choice>,
    pub(super) zones: Vec<Choice>,
    pub(super) area_units: Vec<Choice>,
}

impl Choices {
    pub(super) fn of(page: &Page) -> Self {
        Self {
            types: page.choices("property-type", PropertyType::ALL.iter().map(|case| case.as_str())),
            statuses: page.choices("property-status", PropertyStatus::ALL.iter().map(|case| case.as_str())),
            countries: accounts::countries(page),
            zones: accounts::zones(),
            area_units: page.choices("area-unit", AreaUnit::ALL.iter().map(|case| case.as_str())),
        }
    }
}
