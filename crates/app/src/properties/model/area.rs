//! How large a property is.

use kernel::{FieldErrors, text_enum, trimmed};

use super::{
    super::input::{case, optional_number},
    PropertyForm,
};

text_enum! {
    /// In which unit an area was measured.
    pub enum AreaUnit {
        /// Square metres.
        SquareMetres = "m2",
        /// Square feet.
        SquareFeet = "ft2",
    }
}

impl AreaUnit {
    /// The unit in which people of a country speak of houses.
    #[must_use]
    pub fn usual_in(country: &str) -> Self {
        if ["US", "CA", "LR", "MM"].contains(&country) { Self::SquareFeet } else { Self::SquareMetres }
    }
}

/// An area as it was measured: it is never converted, so that nobody reads another number than they typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// 1 to 100,000.
    pub size: u32,
    /// Of what.
    pub unit: AreaUnit,
}

impl Area {
    /// Reads what was typed; none when nothing was.
    pub(super) fn parse(errors: &mut FieldErrors, form: &PropertyForm, country: Option<&str>) -> Option<Self> {
        let size = optional_number(errors, "area", &form.area, 1, 100_000);
        let unit = match trimmed(&form.area_unit) {
            Some(unit) => case(errors, "area_unit", &unit),
            None => Some(AreaUnit::usual_in(country.unwrap_or_default())),
        };
        size.zip(unit).map(|(size, unit)| Self { size, unit })
    }
}
