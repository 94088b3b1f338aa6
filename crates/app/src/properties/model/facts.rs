//! What may be typed about a property, and what is made of it.

use chrono::NaiveTime;
use kernel::{FieldErrors, Zone, country, text_enum};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    super::input::{case, clock, number, text, time_of_day},
    Area, AreaUnit, Bathrooms, Position, PropertyStatus, PropertyType,
};
use crate::ui::PropertyColour;

text_enum! {
    /// A part of what is known of a property, with a form of its own.
    pub enum Part {
        /// What it is.
        What = "what",
        /// Where it is.
        Where = "where",
        /// How large it is.
        Size = "size",
        /// When guests come and go.
        Times = "times",
        /// What managers and owners keep in mind.
        Notes = "notes",
    }
}

impl Part {
    /// The fields of the part.
    #[must_use]
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::What => &["name", "property_type", "status", "colour", "registration_number"],
            Self::Where => {
                &["country", "zone", "address_line", "address_extra", "postal_code", "city", "region", "position"]
            }
            Self::Size => &["capacity", "bedrooms", "bathrooms", "area", "area_unit"],
            Self::Times => &["check_in_time", "check_out_time"],
            Self::Notes => &["notes"],
        }
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
    /// A [`Position`], as numbers or as a link to a map.
    pub position: String,
    /// 1 to 100,000; empty when it is not known.
    pub area: String,
    /// An [`AreaUnit`]; empty takes the one that is usual in the country.
    pub area_unit: String,
    /// For those who may change the property, at most 4,000 characters.
    pub notes: String,
}

impl PropertyForm {
    /// What a new property is like until somebody says otherwise.
    #[must_use]
    pub fn usual() -> Self {
        Self {
            property_type: PropertyType::Apartment.to_string(),
            status: PropertyStatus::Active.to_string(),
            check_in_time: "16:00".to_owned(),
            check_out_time: "11:00".to_owned(),
            bedrooms: "1".to_owned(),
            bathrooms: "1".to_owned(),
            capacity: "2".to_owned(),
            colour: PropertyColour::Teal.to_string(),
            ..Self::default()
        }
    }

    /// The same, with these fields as they were typed.
    #[must_use]
    pub fn with_fields(self, fields: &[&str], typed: &Self) -> Self {
        let values = (serde_json::to_value(&self), serde_json::to_value(typed));
        let (Ok(Value::Object(mut form)), Ok(Value::Object(mut typed))) = values else { return self };
        for field in fields {
            form.extend(typed.remove_entry(*field));
        }
        serde_json::from_value(Value::Object(form)).unwrap_or(self)
    }
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
    /// Where it is on a map.
    pub position: Option<Position>,
    /// How large it is.
    pub area: Option<Area>,
    /// For those who may change the property.
    pub notes: Option<String>,
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
        let position = Position::parse(&mut e, "position", &form.position);
        let area = Area::parse(&mut e, form, country.map(country::Country::code));
        let notes = text(&mut e, "notes", &form.notes, 4_000);
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
                position,
                area,
                notes,
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
            position: self.position.map(|position| position.to_string()).unwrap_or_default(),
            area: self.area.map(|area| area.size.to_string()).unwrap_or_default(),
            area_unit: self.area.map_or_else(|| AreaUnit::usual_in(self.country), |area| area.unit).to_string(),
            notes: text(&self.notes),
        }
    }

    /// The names of the fields in which another version differs; for the audit trail.
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<&'static str> {
        let checks: [(&'static str, bool); 20] = [
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
            ("position", self.position != other.position),
            ("area", self.area != other.area),
            ("notes", self.notes != other.notes),
        ];
        checks.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
    }
}
