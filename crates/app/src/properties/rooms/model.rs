//! What a room is, and what may be typed about it.

use std::collections::BTreeMap;

use kernel::{FieldErrors, RoomId, text_enum, trimmed};
use serde::{Deserialize, Serialize};

use super::super::input::{case, number, text};

text_enum! {
    /// What a room is for.
    pub enum RoomType {
        /// People sleep there.
        Bedroom = "bedroom",
        /// People sit there.
        LivingRoom = "living_room",
        /// People eat there.
        DiningRoom = "dining_room",
        /// People cook there.
        Kitchen = "kitchen",
        /// People wash there.
        Bathroom = "bathroom",
        /// People work there.
        Office = "office",
        /// Anything else.
        Other = "other",
    }
}

text_enum! {
    /// What one sleeps on.
    pub enum BedType {
        /// About 180 to 200 cm wide.
        King = "king",
        /// About 150 to 160 cm wide.
        Queen = "queen",
        /// About 135 to 140 cm wide.
        Full = "full",
        /// For one.
        Twin = "twin",
        /// Two, one above the other.
        Bunk = "bunk",
        /// A sofa that becomes a bed.
        Sofa = "sofa",
        /// A mattress with air in it.
        Air = "air",
        /// For a baby.
        Crib = "crib",
        /// Anything else.
        Other = "other",
    }
}

db::stored_as_text!(RoomType, BedType);

impl BedType {
    /// How many guests sleep on it: two on what is made for two, none in a cot, since a baby does not count towards the capacity.
    #[must_use]
    pub const fn sleeps(self) -> u32 {
        match self {
            Self::King | Self::Queen | Self::Full | Self::Bunk | Self::Sofa => 2,
            Self::Twin | Self::Air | Self::Other => 1,
            Self::Crib => 0,
        }
    }
}

/// The most beds of one type in a room.
const MOST_BEDS: u32 = 20;

/// A room as it is typed. The number of beds of a type is in the field with the type's name; empty is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomForm {
    /// A [`RoomType`].
    pub room_type: String,
    /// At most 80 characters.
    pub name: String,
    /// Furniture and whatever else there is to say, at most 1,000 characters.
    pub notes: String,
    /// 0 to 20 for each [`BedType`].
    #[serde(flatten)]
    pub beds: BTreeMap<String, String>,
}

/// A room that may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRoom {
    /// What it is for.
    pub room_type: RoomType,
    /// Its own name.
    pub name: Option<String>,
    /// Furniture and whatever else there is to say.
    pub notes: Option<String>,
    /// How many beds of each type; none that there are none of.
    pub beds: BTreeMap<BedType, u32>,
}

impl NewRoom {
    /// A room of a type of which nothing else is known.
    #[must_use]
    pub const fn of(room_type: RoomType) -> Self {
        Self { room_type, name: None, notes: None, beds: BTreeMap::new() }
    }

    /// Reads what was typed.
    ///
    /// # Errors
    /// A problem for each field that cannot be taken; beds of a type that there is not, as `beds`.
    pub fn parse(form: &RoomForm) -> Result<Self, FieldErrors> {
        let mut e = FieldErrors::new();
        let room_type = case(&mut e, "room_type", &form.room_type);
        let name = text(&mut e, "name", &form.name, 80);
        let notes = text(&mut e, "notes", &form.notes, 1_000);
        let mut beds = BTreeMap::new();
        for (name, input) in &form.beds {
            match name.parse::<BedType>() {
                Ok(bed) if trimmed(input).is_some() => {
                    let count = number(&mut e, bed.as_str(), input, 0, MOST_BEDS).filter(|count| *count > 0);
                    beds.extend(count.map(|count| (bed, count)));
                }
                Ok(_) => {}
                Err(_) => e.add("beds", "choice_unknown"),
            }
        }
        match room_type {
            Some(room_type) if e.is_empty() => Ok(Self { room_type, name, notes, beds }),
            _ => Err(e),
        }
    }

    /// The same as it would be typed.
    #[must_use]
    pub fn to_form(&self) -> RoomForm {
        RoomForm {
            room_type: self.room_type.to_string(),
            name: self.name.clone().unwrap_or_default(),
            notes: self.notes.clone().unwrap_or_default(),
            beds: self.beds.iter().map(|(bed, count)| (bed.to_string(), count.to_string())).collect(),
        }
    }

    /// How many guests sleep in it.
    #[must_use]
    pub fn sleeps(&self) -> u32 {
        self.beds.iter().map(|(bed, count)| bed.sleeps() * count).sum()
    }

    /// The names of the fields in which another version differs; for the audit trail.
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<&'static str> {
        let checks = [
            ("room_type", self.room_type != other.room_type),
            ("name", self.name != other.name),
            ("notes", self.notes != other.notes),
            ("beds", self.beds != other.beds),
        ];
        checks.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
    }
}

/// A stored room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomView {
    /// Its id.
    pub id: RoomId,
    /// What was typed.
    pub facts: NewRoom,
}

/// What the rooms of a property come to. All of it is derived, nothing stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sleeping {
    /// The rooms that are bedrooms.
    pub bedrooms: u32,
    /// The guests who find a place to sleep.
    pub places: u32,
    /// The cots for babies.
    pub cribs: u32,
}

impl Sleeping {
    /// Of these rooms.
    #[must_use]
    pub fn of(rooms: &[RoomView]) -> Self {
        rooms.iter().fold(Self::default(), |sum, room| Self {
            bedrooms: sum.bedrooms + u32::from(room.facts.room_type == RoomType::Bedroom),
            places: sum.places + room.facts.sleeps(),
            cribs: sum.cribs + room.facts.beds.get(&BedType::Crib).copied().unwrap_or(0),
        })
    }
}

/// The rooms to begin with: as many bedrooms and bathrooms as the property says, a kitchen and a living room.
#[must_use]
pub fn usual_rooms(bedrooms: u32, bathroom_halves: u32) -> Vec<NewRoom> {
    let many = |room_type, count: u32| (0..count).map(move |_| NewRoom::of(room_type));
    many(RoomType::Bedroom, bedrooms)
        .chain(many(RoomType::LivingRoom, 1))
        .chain(many(RoomType::Kitchen, 1))
        .chain(many(RoomType::Bathroom, bathroom_halves.div_ceil(2)))
        .take(MOST_ROOMS)
        .collect()
}

/// The most rooms of a property.
pub const MOST_ROOMS: usize = 60;
