//! What is known of getting into a property.

use kernel::{FieldErrors, Instant, text_enum, trimmed};
use serde::{Deserialize, Serialize};

use crate::config::Secret;

text_enum! {
    /// One fact.
    pub enum AccessFact {
        /// The name of the network; IEEE 802.11 gives it 32 bytes at most.
        WifiNetwork = "wifi_network",
        /// Its password.
        WifiPassword = "wifi_password",
        /// How to get from the street into the property.
        EntryInstructions = "entry_instructions",
        /// The code of the property's door.
        DoorCode = "door_code",
        /// The code of the gate or of the building.
        GateCode = "gate_code",
        /// The code of the box with the key.
        LockboxCode = "lockbox_code",
        /// Where keys are.
        KeyLocation = "key_location",
        /// The code of the alarm.
        AlarmCode = "alarm_code",
        /// What to do with the alarm.
        AlarmInstructions = "alarm_instructions",
        /// Where to park.
        Parking = "parking",
    }
}

text_enum! {
    /// What a fact is about.
    pub enum FactGroup {
        /// The network.
        Wifi = "wifi",
        /// Doors and keys.
        Entry = "entry",
        /// The alarm.
        Alarm = "alarm",
        /// Cars.
        Parking = "parking",
    }
}

db::stored_as_text!(AccessFact);

impl AccessFact {
    /// Whether it opens something, and is shown only when asked for.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        !matches!(self, Self::WifiNetwork | Self::Parking)
    }

    /// What it is about.
    #[must_use]
    pub const fn group(self) -> FactGroup {
        match self {
            Self::WifiNetwork | Self::WifiPassword => FactGroup::Wifi,
            Self::EntryInstructions | Self::DoorCode | Self::GateCode | Self::LockboxCode | Self::KeyLocation => {
                FactGroup::Entry
            }
            Self::AlarmCode | Self::AlarmInstructions => FactGroup::Alarm,
            Self::Parking => FactGroup::Parking,
        }
    }

    /// Whether it may have several lines.
    #[must_use]
    pub const fn is_long(self) -> bool {
        matches!(self, Self::EntryInstructions | Self::KeyLocation | Self::AlarmInstructions | Self::Parking)
    }

    /// The most characters.
    #[must_use]
    pub const fn longest(self) -> usize {
        match self {
            Self::WifiNetwork => 32,
            // 63 characters, or 64 digits of the key itself.
            Self::WifiPassword => 64,
            _ if self.is_long() => 2_000,
            _ => 40,
        }
    }

    /// What its value is sealed for. It must not change as long as values are stored.
    pub(super) fn purpose(self) -> String {
        format!("property_access.{self}")
    }

    fn parse(self, typed: &str) -> Result<Option<String>, usize> {
        let Some(value) = trimmed(typed) else { return Ok(None) };
        let value = if self.is_long() { value } else { value.replace('\n', " ") };
        let length = if self == Self::WifiNetwork { value.len() } else { value.chars().count() };
        if length > self.longest() { Err(self.longest()) } else { Ok(Some(value)) }
    }
}

/// What is told of a fact.
#[derive(Debug, Clone)]
pub enum FactValue {
    /// It is not known.
    Unset,
    /// It is known, and was not asked for.
    Hidden,
    /// The value.
    Shown(Secret<String>),
    /// It was sealed with a key that is gone.
    Unreadable,
}

impl FactValue {
    /// The value, where it is shown.
    #[must_use]
    pub fn shown(&self) -> Option<&str> {
        match self {
            Self::Shown(value) => Some(value.expose()),
            _ => None,
        }
    }
}

/// A fact of a property.
#[derive(Debug, Clone)]
pub struct FactView {
    /// Which.
    pub fact: AccessFact,
    /// What is told of it.
    pub value: FactValue,
    /// When it was last changed; none while it is not known.
    pub updated_at: Option<Instant>,
}

/// What is typed in the form, as it was received. It holds secrets: it has no `Debug`.
#[derive(Default, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "each is the fact of that name")]
pub struct AccessForm {
    pub wifi_network: String,
    pub wifi_password: String,
    pub entry_instructions: String,
    pub door_code: String,
    pub gate_code: String,
    pub lockbox_code: String,
    pub key_location: String,
    pub alarm_code: String,
    pub alarm_instructions: String,
    pub parking: String,
    /// The facts that are removed when their field is empty; others are kept then.
    pub clear: Vec<String>,
    /// `true` when the form shows the secrets.
    pub revealed: String,
}

impl AccessForm {
    /// What was typed for a fact.
    #[must_use]
    pub fn value(&self, fact: AccessFact) -> &str {
        match fact {
            AccessFact::WifiNetwork => &self.wifi_network,
            AccessFact::WifiPassword => &self.wifi_password,
            AccessFact::EntryInstructions => &self.entry_instructions,
            AccessFact::DoorCode => &self.door_code,
            AccessFact::GateCode => &self.gate_code,
            AccessFact::LockboxCode => &self.lockbox_code,
            AccessFact::KeyLocation => &self.key_location,
            AccessFact::AlarmCode => &self.alarm_code,
            AccessFact::AlarmInstructions => &self.alarm_instructions,
            AccessFact::Parking => &self.parking,
        }
    }
}

/// What becomes of a fact.
#[derive(Debug, Clone)]
pub enum Change {
    /// It gets this value.
    Set(Secret<String>),
    /// It is forgotten.
    Clear,
}

/// A change of some facts; the others keep their value.
#[derive(Debug, Clone)]
pub struct NewAccess(pub(super) Vec<(AccessFact, Change)>);

impl NewAccess {
    /// Reads a form.
    ///
    /// # Errors
    /// `too_long` at the field of a fact.
    pub fn parse(form: &AccessForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut changes = Vec::new();
        for fact in AccessFact::ALL {
            match fact.parse(form.value(*fact)) {
                Ok(Some(value)) => changes.push((*fact, Change::Set(Secret::new(value)))),
                Ok(None) if form.clear.iter().any(|name| name == fact.as_str()) => changes.push((*fact, Change::Clear)),
                Ok(None) => {}
                Err(longest) => errors.add_bound(fact.as_str(), "too_long", longest),
            }
        }
        errors.into_result().map(|()| Self(changes))
    }
}
