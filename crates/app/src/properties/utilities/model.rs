//! An account with a supplier, and what may be typed about it.

use kernel::{FieldErrors, UtilityId, text_enum, trimmed};
use serde::{Deserialize, Serialize};
use url::Url;

use super::super::input::{case, text};

text_enum! {
    /// What is supplied.
    pub enum UtilityKind {
        /// Current.
        Electricity = "electricity",
        /// Water and drains.
        Water = "water",
        /// Gas.
        Gas = "gas",
        /// Heat from elsewhere, or fuel.
        Heating = "heating",
        /// Going online.
        Internet = "internet",
        /// Calling.
        Telephone = "telephone",
        /// Taking waste away.
        Waste = "waste",
        /// Cover against damage.
        Insurance = "insurance",
        /// Whoever looks after the building.
        PropertyManagement = "property_management",
        /// Anything else.
        Other = "other",
    }
}

db::stored_as_text!(UtilityKind);

impl UtilityKind {
    /// The name of its icon.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Electricity => "plug",
            Self::Water => "droplets",
            Self::Gas | Self::Heating => "flame",
            Self::Internet => "wifi",
            Self::Telephone => "phone",
            Self::Waste => "trash-2",
            Self::Insurance => "shield",
            Self::PropertyManagement => "briefcase",
            Self::Other => "receipt",
        }
    }
}

/// An account as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UtilityForm {
    /// A [`UtilityKind`].
    pub kind: String,
    /// 1 to 120 characters.
    pub provider: String,
    /// At most 60 characters.
    pub account_number: String,
    /// At most 60 characters.
    pub meter_number: String,
    /// At most 32 characters.
    pub phone: String,
    /// A web address of at most 300 characters, with or without `https://`.
    pub website: String,
    /// At most 1,000 characters.
    pub notes: String,
}

/// An account that may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUtility {
    /// What is supplied.
    pub kind: UtilityKind,
    /// By whom.
    pub provider: String,
    /// The number of the contract or of the customer.
    pub account_number: Option<String>,
    /// The number on the meter.
    pub meter_number: Option<String>,
    /// Whom to call.
    pub phone: Option<String>,
    /// An address that begins with `http://` or `https://`.
    pub website: Option<String>,
    /// Whatever else there is to say.
    pub notes: Option<String>,
}

/// A web address that a link may lead to.
fn website(errors: &mut FieldErrors, input: &str) -> Option<String> {
    let typed = text(errors, "website", input, 300)?;
    let address = if typed.contains("://") { typed } else { format!("https://{typed}") };
    let url = Url::parse(&address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    errors.keep(
        "website",
        url.filter(|url| url.host_str().is_some_and(|host| host.contains('.'))).ok_or("address_malformed"),
    )?;
    Some(address)
}

impl NewUtility {
    /// Reads what was typed.
    ///
    /// # Errors
    /// A problem for each field that cannot be taken.
    pub fn parse(form: &UtilityForm) -> Result<Self, FieldErrors> {
        let mut e = FieldErrors::new();
        let kind = case(&mut e, "kind", &form.kind);
        let provider = text(&mut e, "provider", &form.provider, 120);
        if trimmed(&form.provider).is_none() {
            e.add("provider", "required");
        }
        let (account_number, meter_number) = (
            text(&mut e, "account_number", &form.account_number, 60),
            text(&mut e, "meter_number", &form.meter_number, 60),
        );
        let phone = text(&mut e, "phone", &form.phone, 32);
        let website = website(&mut e, &form.website);
        let notes = text(&mut e, "notes", &form.notes, 1_000);
        match kind.zip(provider) {
            Some((kind, provider)) if e.is_empty() => {
                Ok(Self { kind, provider, account_number, meter_number, phone, website, notes })
            }
            _ => Err(e),
        }
    }

    /// The same as it would be typed.
    #[must_use]
    pub fn to_form(&self) -> UtilityForm {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        UtilityForm {
            kind: self.kind.to_string(),
            provider: self.provider.clone(),
            account_number: text(&self.account_number),
            meter_number: text(&self.meter_number),
            phone: text(&self.phone),
            website: text(&self.website),
            notes: text(&self.notes),
        }
    }

    /// The names of the fields in which another version differs; for the audit trail.
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<&'static str> {
        let checks = [
            ("kind", self.kind != other.kind),
            ("provider", self.provider != other.provider),
            ("account_number", self.account_number != other.account_number),
            ("meter_number", self.meter_number != other.meter_number),
            ("phone", self.phone != other.phone),
            ("website", self.website != other.website),
            ("notes", self.notes != other.notes),
        ];
        checks.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
    }
}

/// A stored account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UtilityView {
    /// Its id.
    pub id: UtilityId,
    /// What was typed.
    pub facts: NewUtility,
}

/// The most accounts of a property.
pub const MOST_UTILITIES: usize = 60;
