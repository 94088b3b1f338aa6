//! What house rules are, and what may be typed about them.

use chrono::NaiveTime;
use kernel::{FieldErrors, text_enum};
use serde::{Deserialize, Serialize};

use super::super::input::{clock, optional_case, optional_number, optional_time, text};

text_enum! {
    /// Whether guests may.
    pub enum Allowance {
        /// They may.
        Allowed = "allowed",
        /// They ask first.
        OnRequest = "on_request",
        /// They may not.
        NotAllowed = "not_allowed",
    }
}

text_enum! {
    /// Where guests may smoke.
    pub enum Smoking {
        /// Everywhere.
        Allowed = "allowed",
        /// Outside only.
        Outside = "outside",
        /// Nowhere.
        NotAllowed = "not_allowed",
    }
}

db::stored_as_text!(Allowance, Smoking);

/// House rules as they are chosen and typed. An empty field says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RulesForm {
    /// An [`Allowance`].
    pub pets: String,
    /// A [`Smoking`].
    pub smoking: String,
    /// An [`Allowance`].
    pub parties: String,
    /// An [`Allowance`].
    pub children: String,
    /// The age of who books, 1 to 99.
    pub minimum_age: String,
    /// `HH:MM`; together with the end.
    pub quiet_from: String,
    /// `HH:MM`; together with the beginning.
    pub quiet_until: String,
    /// At most 4,000 characters.
    pub house_rules: String,
}

/// The house rules of a property; `None` where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HouseRules {
    /// Whether guests may bring animals.
    pub pets: Option<Allowance>,
    /// Where guests may smoke.
    pub smoking: Option<Smoking>,
    /// Whether guests may have a party.
    pub parties: Option<Allowance>,
    /// Whether guests may bring children.
    pub children: Option<Allowance>,
    /// How old who books must be.
    pub minimum_age: Option<u32>,
    /// From when until when it is to be quiet, in the property's zone; across midnight when the end is not after the beginning.
    pub quiet: Option<(NaiveTime, NaiveTime)>,
    /// Whatever else there is to say.
    pub text: Option<String>,
}

impl HouseRules {
    /// Reads what was chosen and typed.
    ///
    /// # Errors
    /// A problem for each field that cannot be taken.
    pub fn parse(form: &RulesForm) -> Result<Self, FieldErrors> {
        let mut e = FieldErrors::new();
        let rules = Self {
            pets: optional_case(&mut e, "pets", &form.pets),
            smoking: optional_case(&mut e, "smoking", &form.smoking),
            parties: optional_case(&mut e, "parties", &form.parties),
            children: optional_case(&mut e, "children", &form.children),
            minimum_age: optional_number(&mut e, "minimum_age", &form.minimum_age, 1, 99),
            quiet: quiet(&mut e, form),
            text: text(&mut e, "house_rules", &form.house_rules, 4_000),
        };
        e.into_result().map(|()| rules)
    }

    /// The same as it would be chosen and typed.
    #[must_use]
    pub fn to_form(&self) -> RulesForm {
        let case = |case: Option<&'static str>| case.unwrap_or_default().to_owned();
        RulesForm {
            pets: case(self.pets.map(Allowance::as_str)),
            smoking: case(self.smoking.map(Smoking::as_str)),
            parties: case(self.parties.map(Allowance::as_str)),
            children: case(self.children.map(Allowance::as_str)),
            minimum_age: self.minimum_age.map(|age| age.to_string()).unwrap_or_default(),
            quiet_from: self.quiet.map(|(from, _)| clock(from)).unwrap_or_default(),
            quiet_until: self.quiet.map(|(_, until)| clock(until)).unwrap_or_default(),
            house_rules: self.text.clone().unwrap_or_default(),
        }
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The names of the fields in which another version differs; for the audit trail.
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<&'static str> {
        let checks = [
            ("pets", self.pets != other.pets),
            ("smoking", self.smoking != other.smoking),
            ("parties", self.parties != other.parties),
            ("children", self.children != other.children),
            ("minimum_age", self.minimum_age != other.minimum_age),
            ("quiet_hours", self.quiet != other.quiet),
            ("house_rules", self.text != other.text),
        ];
        checks.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
    }
}

/// Quiet hours have both a beginning and an end, or neither.
fn quiet(e: &mut FieldErrors, form: &RulesForm) -> Option<(NaiveTime, NaiveTime)> {
    let from = optional_time(e, "quiet_from", &form.quiet_from);
    let until = optional_time(e, "quiet_until", &form.quiet_until);
    let typed = [("quiet_from", &form.quiet_from), ("quiet_until", &form.quiet_until)];
    if typed.iter().any(|(_, input)| !input.trim().is_empty()) {
        typed.iter().filter(|(_, input)| input.trim().is_empty()).for_each(|(field, _)| e.add(field, "required"));
    }
    from.zip(until)
}
