//! A collection of waste, and what may be typed about it.

use kernel::{Date, FieldErrors, WasteId, text_enum};
use serde::{Deserialize, Serialize};

use super::{
    super::input::{case, text},
    schedule::{Schedule, Upcoming},
};

text_enum! {
    /// What is collected.
    pub enum WasteStream {
        /// What is left over.
        General = "general",
        /// Packaging, cans and the like.
        Recycling = "recycling",
        /// Paper and cardboard.
        Paper = "paper",
        /// Glass.
        Glass = "glass",
        /// Kitchen waste.
        Organic = "organic",
        /// Cuttings and leaves.
        Garden = "garden",
        /// Furniture and other large things.
        Bulky = "bulky",
        /// Anything else.
        Other = "other",
    }
}

db::stored_as_text!(WasteStream);

impl WasteStream {
    /// The name of its icon.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::General | Self::Other => "trash-2",
            Self::Recycling => "recycle",
            Self::Paper => "newspaper",
            Self::Glass => "wine",
            Self::Organic => "apple",
            Self::Garden => "leaf",
            Self::Bulky => "sofa",
        }
    }
}

/// A collection as it is typed. Which fields are read depends on `repeats`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WasteForm {
    /// A [`WasteStream`].
    pub stream: String,
    /// A [`super::Repeats`].
    pub repeats: String,
    /// A [`super::Day`].
    pub weekday: String,
    /// An [`super::Ordinal`].
    pub ordinal: String,
    /// 1 to 31.
    pub month_day: String,
    /// `YYYY-MM-DD`: a day of a collection every other week, or the first one by a rule of its own.
    pub start: String,
    /// The value of an `RRULE`.
    pub rule: String,
    /// Where the bin stands and whatever else there is to say, at most 500 characters.
    pub notes: String,
}

/// A collection that may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWaste {
    /// What is collected.
    pub stream: WasteStream,
    /// When.
    pub schedule: Schedule,
    /// Where the bin stands and whatever else there is to say.
    pub notes: Option<String>,
}

impl NewWaste {
    /// Reads what was typed.
    ///
    /// # Errors
    /// A problem for each field that cannot be taken.
    pub fn parse(form: &WasteForm) -> Result<Self, FieldErrors> {
        let mut e = FieldErrors::new();
        let stream = case(&mut e, "stream", &form.stream);
        let schedule = Schedule::parse(&mut e, form);
        let notes = text(&mut e, "notes", &form.notes, 500);
        match stream.zip(schedule) {
            Some((stream, schedule)) if e.is_empty() => Ok(Self { stream, schedule, notes }),
            _ => Err(e),
        }
    }

    /// The same as it would be typed.
    #[must_use]
    pub fn to_form(&self) -> WasteForm {
        let form = WasteForm {
            stream: self.stream.to_string(),
            repeats: self.schedule.repeats().to_string(),
            notes: self.notes.clone().unwrap_or_default(),
            ..WasteForm::default()
        };
        match &self.schedule {
            Schedule::Weekly(day) => WasteForm { weekday: day.to_string(), ..form },
            Schedule::Biweekly(date) => WasteForm { start: date.to_string(), ..form },
            Schedule::MonthlyWeekday(ordinal, day) => {
                WasteForm { ordinal: ordinal.to_string(), weekday: day.to_string(), ..form }
            }
            Schedule::MonthlyDay(day) => WasteForm { month_day: day.to_string(), ..form },
            Schedule::Custom { rule, start } => WasteForm { rule: rule.clone(), start: start.to_string(), ..form },
        }
    }

    /// The names of the fields in which another version differs; for the audit trail.
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<&'static str> {
        let checks = [
            ("stream", self.stream != other.stream),
            ("schedule", self.schedule != other.schedule),
            ("notes", self.notes != other.notes),
        ];
        checks.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
    }
}

/// A stored collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WasteView {
    /// Its id.
    pub id: WasteId,
    /// What was typed.
    pub facts: NewWaste,
}

impl WasteView {
    /// The next one, as seen from a day.
    #[must_use]
    pub fn upcoming(&self, today: Date) -> Option<Upcoming> {
        Upcoming::of(&self.facts.schedule, today)
    }
}

/// The most collections of a property.
pub const MOST_WASTE: usize = 30;
