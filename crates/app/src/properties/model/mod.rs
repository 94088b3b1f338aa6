//! What a property is. What may be typed about it is in `facts`.

mod area;
mod facts;
mod position;

use chrono::NaiveTime;
use kernel::{Instant, PropertyId, UnitId, Zone, country, text_enum};

use crate::ui::PropertyColour;

pub use area::{Area, AreaUnit};
pub use facts::{NewProperty, Part, PropertyForm};
pub use position::Position;

text_enum! {
    /// What kind of building it is.
    pub enum PropertyType {
        /// A house.
        House = "house",
        /// A suite.
        Suite = "suite",
        /// An apartment.
        Apartment = "apartment",
        /// A condominium.
        Condo = "condo",
        /// A townhouse.
        Townhouse = "townhouse",
        /// One half of a duplex.
        Duplex = "duplex",
        /// A cabin.
        Cabin = "cabin",
        /// A cottage.
        Cottage = "cottage",
        /// A villa.
        Villa = "villa",
        /// A loft.
        Loft = "loft",
        /// A studio.
        Studio = "studio",
        /// A guesthouse.
        Guesthouse = "guesthouse",
        /// A tiny house.
        TinyHouse = "tiny_house",
        /// A boat.
        Boat = "boat",
        /// A recreational vehicle.
        Rv = "rv",
        /// A tree house.
        TreeHouse = "tree_house",
        /// A farm.
        FarmStay = "farm_stay",
        /// A castle.
        Castle = "castle",
        /// Anything else.
        Other = "other",
    }
}

text_enum! {
    /// Whether a property is let.
    pub enum PropertyStatus {
        /// It is let.
        Active = "active",
        /// It is not let for now.
        Inactive = "inactive",
        /// Work is done on it.
        Maintenance = "maintenance",
    }
}

db::stored_as_text!(PropertyType, PropertyStatus, PropertyColour, AreaUnit);

/// A number of bathrooms in halves, 0 to 100: a toilet without a bath counts one half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bathrooms(u32);

impl Bathrooms {
    /// From a number of halves, at most 200.
    #[must_use]
    pub fn from_halves(halves: u32) -> Option<Self> {
        (halves <= 200).then_some(Self(halves))
    }
    /// The number of halves.
    #[must_use]
    pub const fn halves(self) -> u32 {
        self.0
    }
    fn parse(text: &str) -> Result<Self, &'static str> {
        let (whole, half) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), "0"));
        let half = match half {
            "5" | "50" => 1,
            "0" | "00" => 0,
            _ => return Err("half_steps"),
        };
        let whole: u32 = whole.parse().map_err(|_| "number_invalid")?;
        whole.checked_mul(2).and_then(|halves| Self::from_halves(halves + half)).ok_or("too_large")
    }
}

impl std::fmt::Display for Bathrooms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.0 / 2, if self.0 % 2 == 1 { ".5" } else { "" })
    }
}

/// The zones to propose for a country, the usual one first.
#[must_use]
pub fn proposed_zones(code: &str) -> Vec<Zone> {
    country::zones_of(code)
}

/// A stored property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyView {
    /// Its id.
    pub id: PropertyId,
    /// Its unit for the whole.
    pub whole_unit: UnitId,
    /// What was typed.
    pub facts: NewProperty,
    /// When it was archived, if it is.
    pub archived_at: Option<Instant>,
    /// When it was added.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl PropertyView {
    /// City and country code, as far as they are known, for a list.
    #[must_use]
    pub fn place(&self) -> String {
        self.facts
            .city
            .as_ref()
            .map_or_else(|| self.facts.country.to_owned(), |city| format!("{city}, {}", self.facts.country))
    }
}

impl PropertyView {
    /// The address as an envelope shows it, a line each.
    #[must_use]
    pub fn address_lines(&self, country: &str) -> Vec<String> {
        let facts = &self.facts;
        let town = [&facts.postal_code, &facts.city].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        let lines = [facts.address_line.clone(), facts.address_extra.clone(), Some(town), facts.region.clone()];
        lines.into_iter().flatten().filter(|line| !line.is_empty()).chain([country.to_owned()]).collect()
    }
}

/// A unit with what others need to know of its property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitView {
    /// Its id.
    pub id: UnitId,
    /// Its property.
    pub property_id: PropertyId,
    /// The unit above it; none for the whole.
    pub parent_id: Option<UnitId>,
    /// Its own name; the whole has none.
    pub name: Option<String>,
    /// Its property's name.
    pub property_name: String,
    /// Its property's colour.
    pub colour: PropertyColour,
    /// Where its days begin.
    pub zone: Zone,
    /// Guests may arrive from.
    pub check_in_time: NaiveTime,
    /// Guests leave until.
    pub check_out_time: NaiveTime,
    /// Guests it takes: its own number, or else its property's.
    pub capacity: u32,
    /// Its own number, if it has one.
    pub own_capacity: Option<u32>,
    /// When it was taken out of use, if it was.
    pub retired_at: Option<Instant>,
    /// Whether it is out of use: retired, or its property archived.
    pub archived: bool,
}

/// `Property`, or `Property · unit` where the unit is not the whole.
#[must_use]
pub fn place_name(property: &str, unit: Option<&str>) -> String {
    unit.map_or_else(|| property.to_owned(), |unit| format!("{property} · {unit}"))
}

impl UnitView {
    /// As [`place_name`].
    #[must_use]
    pub fn label(&self) -> String {
        place_name(&self.property_name, self.name.as_deref())
    }
}

text_enum! {
    /// Which properties a list shows.
    pub enum PropertyFilter {
        /// Those in use.
        Current = "current",
        /// Those that are archived.
        Archived = "archived",
    }
}
