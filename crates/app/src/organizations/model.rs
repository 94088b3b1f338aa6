//! What an organization is, and the rules of its form. No I/O.

use kernel::{Currency, FieldErrors, Language, OrganizationId, Zone, country};
use serde::{Deserialize, Serialize};

use crate::accounts::parse_name;

/// An organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its facts.
    pub facts: NewOrganization,
}

/// The facts of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrganization {
    /// Its name.
    pub name: String,
    /// Two-letter code of its country.
    pub country: String,
    /// The zone of its reports.
    pub zone: Zone,
    /// The currency of its amounts.
    pub currency: Currency,
    /// The language of what it sends to people whose language is not known.
    pub language: Language,
}

/// The facts of an organization as a form sends them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganizationForm {
    /// Its name.
    pub name: String,
    /// Two-letter code of its country.
    pub country: String,
    /// Its zone; empty: the country's.
    #[serde(default)]
    pub zone: String,
    /// Its currency; empty: the country's.
    #[serde(default)]
    pub currency: String,
    /// Its language.
    pub language: String,
}

impl NewOrganization {
    /// Checks every field; what is wrong with the name is noted at `name_field`.
    pub fn parse(errors: &mut FieldErrors, name_field: &'static str, form: &OrganizationForm) -> Option<Self> {
        let name = parse_name(errors, name_field, &form.name);
        let country = country::by_code(form.country.trim());
        match (form.country.trim(), country) {
            ("", _) => errors.add("country", "required"),
            (_, None) => errors.add("country", "unknown_choice"),
            _ => {}
        }
        // Without a country its own problem is enough.
        let zone = match form.zone.trim() {
            "" => country.and_then(|country| country.zones().first().copied()),
            text => errors.keep("zone", text.parse().map_err(|_| "unknown_zone")),
        };
        let currency = match form.currency.trim() {
            "" => country.and_then(country::Country::currency),
            text => errors.keep("currency", text.parse().map_err(|_| "unknown_choice")),
        };
        let language = errors.keep("language", form.language.parse().map_err(|_| "unknown_choice"));
        Some(Self {
            name: name?,
            country: country?.code().to_owned(),
            zone: zone?,
            currency: currency?,
            language: language?,
        })
    }
}

impl From<&NewOrganization> for OrganizationForm {
    fn from(facts: &NewOrganization) -> Self {
        Self {
            name: facts.name.clone(),
            country: facts.country.clone(),
            zone: facts.zone.to_string(),
            currency: facts.currency.to_string(),
            language: facts.language.to_string(),
        }
    }
}
