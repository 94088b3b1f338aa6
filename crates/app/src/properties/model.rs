//! What a property is, and what may be typed about it.

use chrono::NaiveTime;
use kernel::{FieldErrors, Instant, PropertyId, UnitId, Zone, country, text_enum};
use serde::{Deserialize, Serialize};

use super::input::{case, clock, number, text, time_of_day};
use crate::ui::PropertyColour;

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

db::stored_as_text!(PropertyType, PropertyStatus, PropertyColour);

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

/// A property as it is typed, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PropertyForm {
    /// 1 to 120 characters.
    pub name: String,
    /// A [`PropertyType`].
    pub property_type: String,
    /// A [`PropertyStatus`].
    pub status: String,
    /// Street and number, at most 200 characters.
    pub address_line: String,
    /// Floor, door, at most 200 characters.
    pub address_extra: String,
    /// At most 20 characters.
    pub postal_code: String,
    /// At most 100 characters.
    pub city: String,
    /// At most 100 characters.
    pub region: String,
    /// A two-letter code.
    pub country: String,
    /// An IANA zone; empty takes the country's first.
    pub zone: String,
    /// `HH:MM`.
    pub check_in_time: String,
    /// `HH:MM`.
    pub check_out_time: String,
    /// 0 to 100.
    pub bedrooms: String,
    /// 0 to 100, in steps of a half.
    pub bathrooms: String,
    /// Guests, 1 to 500.
    pub capacity: String,
    /// A [`PropertyColour`].
    pub colour: String,
    /// The number under which authorities know it, at most 60 characters.
    pub registration_number: String,
}

/// A property that may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProperty {
    /// Its name.
    pub name: String,
    /// What it is.
    pub property_type: PropertyType,
    /// Whether it is let.
    pub status: PropertyStatus,
    /// Street and number.
    pub address_line: Option<String>,
    /// Floor, door.
    pub address_extra: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Region.
    pub region: Option<String>,
    /// Two-letter code.
    pub country: &'static str,
    /// Where its days begin.
    pub zone: Zone,
    /// Guests may arrive from.
    pub check_in_time: NaiveTime,
    /// Guests leave until.
    pub check_out_time: NaiveTime,
    /// Bedrooms.
    pub bedrooms: u32,
    /// Bathrooms.
    pub bathrooms: Bathrooms,
    /// Guests it takes.
    pub capacity: u32,
    /// By which people recognise it.
    pub colour: PropertyColour,
    /// The number under which authorities know it.
    pub registration_number: Option<String>,
}

impl NewProperty {
    /// Reads what was typed.
    ///
    /// # Errors
    /// A problem for each field that cannot be taken.
    pub fn parse(form: &PropertyForm) -> Result<Self, FieldErrors> {
        let mut e = FieldErrors::new();
        let name = text(&mut e, "name", &form.name, 120);
        if name.is_none() {
            e.add("name", "required");
        }
        let country = country::by_code(form.country.trim());
        if country.is_none() {
            e.add("country", if form.country.trim().is_empty() { "required" } else { "country_unknown" });
        }
        let zone = match (form.zone.trim(), country) {
            ("", Some(country)) => country.zones().into_iter().next(),
            ("", None) => None,
            (name, _) => e.keep("zone", name.parse::<Zone>().map_err(|_| "zone_unknown")),
        };
        let property = (
            case(&mut e, "property_type", &form.property_type),
            case(&mut e, "status", &form.status),
            time_of_day(&mut e, "check_in_time", &form.check_in_time),
            time_of_day(&mut e, "check_out_time", &form.check_out_time),
            number(&mut e, "bedrooms", &form.bedrooms, 0, 100),
            e.keep("bathrooms", Bathrooms::parse(&form.bathrooms)),
            number(&mut e, "capacity", &form.capacity, 1, 500),
            case(&mut e, "colour", &form.colour),
        );
        let texts = (
            text(&mut e, "address_line", &form.address_line, 200),
            text(&mut e, "address_extra", &form.address_extra, 200),
            text(&mut e, "postal_code", &form.postal_code, 20),
            text(&mut e, "city", &form.city, 100),
            text(&mut e, "region", &form.region, 100),
            text(&mut e, "registration_number", &form.registration_number, 60),
        );
        match (property, name, country, zone) {
            (
                (
                    Some(property_type),
                    Some(status),
                    Some(arrive),
                    Some(leave),
                    Some(bedrooms),
                    Some(bathrooms),
                    Some(capacity),
                    Some(colour),
                ),
                Some(name),
                Some(country),
                Some(zone),
            ) if e.is_empty() => Ok(Self {
                name,
                property_type,
                status,
                address_line: texts.0,
                address_extra: texts.1,
                postal_code: texts.2,
                city: texts.3,
                region: texts.4,
                country: country.code(),
                zone,
                check_in_time: arrive,
                check_out_time: leave,
                bedrooms,
                bathrooms,
                capacity,
                colour,
                registration_number: texts.5,
            }),
            _ => Err(e),
        }
    }

    /// The same as it would be typed.
    #[must_use]
    pub fn to_form(&self) -> PropertyForm {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        PropertyForm {
            name: self.name.clone(),
            property_type: self.property_type.to_string(),
            status: self.status.to_string(),
            address_line: text(&self.address_line),
            address_extra: text(&self.address_extra),
            postal_code: text(&self.postal_code),
            city: text(&self.city),
            region: text(&self.region),
            country: self.country.to_owned(),
            zone: self.zone.to_string(),
            check_in_time: clock(self.check_in_time),
            check_out_time: clock(self.check_out_time),
            bedrooms: self.bedrooms.to_string(),
            bathrooms: self.bathrooms.to_string(),
            capacity: self.capacity.to_string(),
            colour: self.colour.to_string(),
            registration_number: text(&self.registration_number),
        }
    }

    /// The names of the fields in which another version differs; for the audit trail.
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<&'static str> {
        let checks: [(&'static str, bool); 17] = [
            ("name", self.name != other.name),
            ("property_type", self.property_type != other.property_type),
            ("status", self.status != other.status),
            ("address_line", self.address_line != other.address_line),
            ("address_extra", self.address_extra != other.address_extra),
            ("postal_code", self.postal_code != other.postal_code),
            ("city", self.city != other.city),
            ("region", self.region != other.region),
            ("country", self.country != other.country),
            ("zone", self.zone != other.zone),
            ("check_in_time", self.check_in_time != other.check_in_time),
            ("check_out_time", self.check_out_time != other.check_out_time),
            ("bedrooms", self.bedrooms != other.bedrooms),
            ("bathrooms", self.bathrooms != other.bathrooms),
            ("capacity", self.capacity != other.capacity),
            ("colour", self.colour != other.colour),
            ("registration_number", self.registration_number != other.registration_number),
        ];
        checks.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
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
