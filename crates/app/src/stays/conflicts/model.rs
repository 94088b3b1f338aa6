//! Conflicts, the ways out of them and what follows.

use kernel::{FieldErrors, Instant, PropertyId, StayId, UnitId, trimmed};

use crate::{
    stays::{InTheWay, Stay},
    ui::PropertyColour,
};

/// The longest note, in characters.
const NOTE_MOST: usize = 500;

/// That a channel was asked for help with a stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ask {
    /// The stay that the channel sold.
    pub(crate) stay: StayId,
    /// Who asked; none when a program did.
    pub(crate) by: Option<String>,
    /// When.
    pub(crate) at: Instant,
    /// What was said.
    pub(crate) note: Option<String>,
}

/// A live stay that waits for nights of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conflict {
    /// The stay that waits; its id is the conflict's.
    pub(crate) stay: Stay,
    /// Who is in its way, by the first night. Empty once the conflict is solved.
    pub(crate) in_the_way: Vec<InTheWay>,
    /// Which channels were asked for help, the last first.
    pub(crate) asks: Vec<Ask>,
}

/// A conflict with all that its page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConflictDetails {
    /// The conflict.
    pub(crate) conflict: Conflict,
    /// The stay that waits, and after it those in its way.
    pub(crate) parties: Vec<Stay>,
}

/// How near a free place is to the one that a stay has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nearness {
    /// Another unit of the property.
    SameProperty,
    /// The same town.
    SameCity,
    /// Anywhere else.
    Elsewhere,
}

impl Nearness {
    /// The code of a text.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::SameProperty => "property",
            Self::SameCity => "city",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// A unit that is free for all nights of a stay and large enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FreePlace {
    /// The unit.
    pub(crate) unit_id: UnitId,
    /// Its property.
    pub(crate) property_id: PropertyId,
    /// The property's name.
    pub(crate) property_name: String,
    /// The unit's name; none for the whole property.
    pub(crate) unit_name: Option<String>,
    /// The property's colour.
    pub(crate) colour: PropertyColour,
    /// The property's town.
    pub(crate) city: Option<String>,
    /// Guests its property takes.
    pub(crate) capacity: u32,
    /// How near it is.
    pub(crate) nearness: Nearness,
}

/// One of the stays of a conflict, as it was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// The stay that waits.
    pub(crate) conflict: StayId,
    /// The stay that something is done with.
    pub(crate) stay: StayId,
    /// The version that was shown; whatever the present one is, if none.
    pub(crate) version: Option<i64>,
}

/// Whether something is done, or only what would follow is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Really {
    /// Do it.
    Do,
    /// Only look.
    Preview,
}

/// What follows from a way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The stay that something was done with, as it is then.
    pub(crate) stay: Stay,
    /// The stay that waited, as it is then.
    pub(crate) waiting: Stay,
    /// Who is still in its way.
    pub(crate) left: Vec<InTheWay>,
}

impl Outcome {
    /// Whether nobody waits any more.
    pub(crate) fn is_solved(&self) -> bool {
        self.left.is_empty()
    }
}

/// Reads a note that goes with an ask.
///
/// # Errors
/// `too_long` at `note`.
pub(super) fn parse_note(text: &str) -> Result<Option<String>, FieldErrors> {
    let note = trimmed(text);
    if note.as_deref().is_some_and(|note| note.chars().count() > NOTE_MOST) {
        let mut errors = FieldErrors::new();
        errors.add_bound("note", "too_long", NOTE_MOST);
        return Err(errors);
    }
    Ok(note)
}
