//! The amenities that there are, and what may be typed about them.

use std::collections::BTreeSet;

use kernel::{FieldErrors, text_enum};
use serde::{Deserialize, Serialize};

use super::super::input::{case, text};

text_enum! {
    /// Where an amenity is looked for.
    pub enum AmenityGroup {
        /// Working and going online.
        Work = "work",
        /// Cooking and eating.
        Kitchen = "kitchen",
        /// Washing.
        Bathroom = "bathroom",
        /// Sleeping and doing the laundry.
        Bedroom = "bedroom",
        /// Heat and cold.
        Climate = "climate",
        /// Passing the time.
        Entertainment = "entertainment",
        /// With children.
        Families = "families",
        /// Being safe.
        Safety = "safety",
        /// In the open.
        Outdoors = "outdoors",
        /// Coming and going.
        Access = "access",
        /// What somebody does for guests.
        Services = "services",
    }
}

/// The amenities with their groups, in the order in which they are shown.
macro_rules! amenities {
    ($($group:ident { $($case:ident = $text:literal),+ $(,)? })+) => {
        text_enum! {
            /// Something that guests look for. Its text says what it is.
            pub enum Amenity {
                $($(#[allow(missing_docs, reason = "the name says it, and the texts say it to people")] $case = $text),+),+
            }
        }

        impl Amenity {
            /// Where it is looked for.
            #[must_use]
            pub const fn group(self) -> AmenityGroup {
                match self { $($(Self::$case)|+ => AmenityGroup::$group),+ }
            }
        }
    };
}

amenities! {
    Work { Wifi = "wifi", Workspace = "workspace" }
    Kitchen {
        Kitchen = "kitchen",
        Refrigerator = "refrigerator",
        Freezer = "freezer",
        Oven = "oven",
        Stove = "stove",
        Microwave = "microwave",
        Dishwasher = "dishwasher",
        CoffeeMaker = "coffee_maker",
        Kettle = "kettle",
        Toaster = "toaster",
        Cookware = "cookware",
        Dishes = "dishes",
        DiningTable = "dining_table",
    }
    Bathroom {
        HotWater = "hot_water",
        Shower = "shower",
        Bathtub = "bathtub",
        Bidet = "bidet",
        HairDryer = "hair_dryer",
        Shampoo = "shampoo",
        Towels = "towels",
    }
    Bedroom {
        BedLinen = "bed_linen",
        Wardrobe = "wardrobe",
        Hangers = "hangers",
        BlackoutCurtains = "blackout_curtains",
        WashingMachine = "washing_machine",
        Dryer = "dryer",
        DryingRack = "drying_rack",
        Iron = "iron",
    }
    Climate {
        Heating = "heating",
        AirConditioning = "air_conditioning",
        CeilingFan = "ceiling_fan",
        Fireplace = "fireplace",
    }
    Entertainment {
        Tv = "tv",
        Streaming = "streaming",
        SoundSystem = "sound_system",
        Books = "books",
        BoardGames = "board_games",
    }
    Families { Crib = "crib", HighChair = "high_chair", StairGate = "stair_gate", Toys = "toys" }
    Safety {
        SmokeAlarm = "smoke_alarm",
        CarbonMonoxideAlarm = "carbon_monoxide_alarm",
        FireExtinguisher = "fire_extinguisher",
        FirstAidKit = "first_aid_kit",
        Safe = "safe",
        OutdoorCameras = "outdoor_cameras",
    }
    Outdoors {
        Pool = "pool",
        HotTub = "hot_tub",
        Sauna = "sauna",
        Garden = "garden",
        Terrace = "terrace",
        Balcony = "balcony",
        Barbecue = "barbecue",
        OutdoorFurniture = "outdoor_furniture",
        BeachAccess = "beach_access",
        Bicycles = "bicycles",
    }
    Access {
        FreeParking = "free_parking",
        StreetParking = "street_parking",
        Garage = "garage",
        EvCharger = "ev_charger",
        Lift = "lift",
        StepFreeAccess = "step_free_access",
        WheelchairAccessible = "wheelchair_accessible",
        SelfCheckIn = "self_check_in",
        LuggageStorage = "luggage_storage",
    }
    Services { Breakfast = "breakfast", CleaningDuringStay = "cleaning_during_stay" }
}

db::stored_as_text!(Amenity);

/// Amenities as they are ticked and typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AmenitiesForm {
    /// Each an [`Amenity`].
    pub amenities: Vec<String>,
    /// What is not among them, at most 1,000 characters.
    pub others: String,
}

/// The amenities of a property.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Amenities {
    /// Those that are known.
    pub known: BTreeSet<Amenity>,
    /// What is not among them.
    pub others: Option<String>,
}

impl Amenities {
    /// Reads what was ticked and typed.
    ///
    /// # Errors
    /// A problem for each field that cannot be taken.
    pub fn parse(form: &AmenitiesForm) -> Result<Self, FieldErrors> {
        let mut e = FieldErrors::new();
        let known = form.amenities.iter().filter_map(|name| case(&mut e, "amenities", name)).collect();
        let others = text(&mut e, "others", &form.others, 1_000);
        e.into_result().map(|()| Self { known, others })
    }

    /// The same as it would be ticked and typed.
    #[must_use]
    pub fn to_form(&self) -> AmenitiesForm {
        AmenitiesForm {
            amenities: self.known.iter().map(ToString::to_string).collect(),
            others: self.others.clone().unwrap_or_default(),
        }
    }

    /// Those of a group.
    #[must_use]
    pub fn of(&self, group: AmenityGroup) -> Vec<Amenity> {
        self.known.iter().copied().filter(|amenity| amenity.group() == group).collect()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty() && self.others.is_none()
    }

    /// The names of the fields in which another version differs; for the audit trail.
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<&'static str> {
        let checks = [("amenities", self.known != other.known), ("others", self.others != other.others)];
        checks.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
    }
}

impl AmenityGroup {
    /// Every amenity of the group.
    #[must_use]
    pub fn all(self) -> Vec<Amenity> {
        Amenity::ALL.iter().copied().filter(|amenity| amenity.group() == self).collect()
    }
}
