//! What the houses of the demo are like: rooms, amenities, house rules and when waste is collected. All of it is invented.

use kernel::{
    Actor, PropertyId,
    permissions::{PropertiesEdit, PropertiesView},
};

use super::{DemoError, build::grant, refused};
use crate::{
    App,
    properties::{
        self, NewProperty, PropertyForm,
        amenities::{self, Amenities, AmenitiesForm},
        rooms::{self, NewRoom, RoomForm},
        rules::{self, HouseRules, RulesForm},
        utilities::{self, NewUtility, UtilityForm},
        waste::{self, NewWaste, WasteForm},
    },
};

/// A room: its type, its name, and its beds with their numbers.
type Room = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// What is known of a house.
struct Facts {
    slug: &'static str,
    position: &'static str,
    area: &'static str,
    rooms: &'static [Room],
    amenities: &'static [&'static str],
    pets: &'static str,
}

const HOUSES: [Facts; 4] = [
    Facts {
        slug: "lighthouse",
        position: "36.5312, -6.3050",
        area: "120",
        rooms: &[
            ("bedroom", "Sea room", &[("king", "1"), ("crib", "1")]),
            ("bedroom", "Blue room", &[("queen", "1")]),
            ("bedroom", "Bunk room", &[("bunk", "1")]),
            ("living_room", "", &[]),
            ("kitchen", "", &[]),
            ("bathroom", "", &[]),
            ("bathroom", "", &[]),
        ],
        amenities: &[
            "wifi",
            "kitchen",
            "washing_machine",
            "air_conditioning",
            "terrace",
            "beach_access",
            "smoke_alarm",
        ],
        pets: "on_request",
    },
    Facts {
        slug: "orange-court",
        position: "37.3826, -5.9963",
        area: "85",
        rooms: &[
            ("bedroom", "", &[("queen", "1")]),
            ("bedroom", "", &[("twin", "2")]),
            ("living_room", "", &[]),
            ("kitchen", "", &[]),
            ("bathroom", "", &[]),
        ],
        amenities: &["wifi", "workspace", "kitchen", "dishwasher", "air_conditioning", "lift", "balcony"],
        pets: "not_allowed",
    },
    Facts {
        slug: "almond-villa",
        position: "36.7549, -3.8745",
        area: "240",
        rooms: &[
            ("bedroom", "Almond room", &[("king", "1")]),
            ("bedroom", "Terrace room", &[("king", "1")]),
            ("bedroom", "", &[("twin", "2")]),
            ("bedroom", "", &[("full", "1")]),
            ("living_room", "", &[]),
            ("dining_room", "", &[]),
            ("kitchen", "", &[]),
            ("bathroom", "", &[]),
        ],
        amenities: &["wifi", "kitchen", "pool", "garden", "barbecue", "free_parking", "high_chair", "first_aid_kit"],
        pets: "allowed",
    },
    Facts {
        slug: "pine-cabin",
        position: "41.9292, -2.7651",
        area: "70",
        // One bedroom fewer than the property says: the page of rooms tells so.
        rooms: &[("bedroom", "", &[("queen", "1")]), ("living_room", "", &[("sofa", "1")]), ("kitchen", "", &[])],
        amenities: &["kitchen", "fireplace", "heating", "board_games", "free_parking"],
        pets: "allowed",
    },
];

/// Writes down what is known of a house; nothing of those about which nobody wrote anything yet.
pub(super) async fn describe(app: &App, manager: &Actor, slug: &str, id: PropertyId) -> Result<(), DemoError> {
    let Some(facts) = HOUSES.iter().find(|facts| facts.slug == slug) else { return Ok(()) };
    let edit = grant::<PropertiesEdit>(manager)?;
    let seen = grant::<PropertiesView>(manager)?;
    let known = properties::find(&mut app.db.read().await?, &seen, id).await.map_err(refused)?;
    let form =
        PropertyForm { position: facts.position.to_owned(), area: facts.area.to_owned(), ..known.facts.to_form() };
    let new = NewProperty::parse(&form).map_err(refused)?;
    properties::change(app, &edit, id, &new).await.map_err(refused)?;

    for (room_type, name, beds) in facts.rooms {
        let beds = beds.iter().map(|(bed, count)| ((*bed).to_owned(), (*count).to_owned())).collect();
        let room =
            RoomForm { room_type: (*room_type).to_owned(), name: (*name).to_owned(), beds, ..RoomForm::default() };
        rooms::add(app, &edit, id, NewRoom::parse(&room).map_err(refused)?).await.map_err(refused)?;
    }
    let amenities = facts.amenities.iter().map(|name| (*name).to_owned()).collect();
    let amenities = Amenities::parse(&AmenitiesForm { amenities, ..AmenitiesForm::default() }).map_err(refused)?;
    amenities::replace(app, &edit, id, &amenities).await.map_err(refused)?;
    let rules = RulesForm {
        pets: facts.pets.to_owned(),
        smoking: "outside".to_owned(),
        parties: "not_allowed".to_owned(),
        quiet_from: "23:00".to_owned(),
        quiet_until: "08:00".to_owned(),
        house_rules: "Please close the shutters when you go out in the afternoon.".to_owned(),
        ..RulesForm::default()
    };
    rules::replace(app, &edit, id, &HouseRules::parse(&rules).map_err(refused)?).await.map_err(refused)?;
    supply(app, &edit, id).await
}

/// When waste is collected, and who delivers the current.
async fn supply(app: &App, edit: &kernel::Grant<PropertiesEdit>, id: PropertyId) -> Result<(), DemoError> {
    let waste = |stream: &str, repeats: &str| WasteForm {
        stream: stream.to_owned(),
        repeats: repeats.to_owned(),
        ..WasteForm::default()
    };
    let collections = [
        WasteForm { weekday: "monday".to_owned(), ..waste("general", "weekly") },
        WasteForm { start: "2027-01-06".to_owned(), ..waste("recycling", "biweekly") },
        WasteForm { ordinal: "last".to_owned(), weekday: "friday".to_owned(), ..waste("glass", "monthly_weekday") },
        WasteForm { month_day: "31".to_owned(), notes: "Call ahead.".to_owned(), ..waste("bulky", "monthly_day") },
    ];
    for form in collections {
        waste::add(app, edit, id, NewWaste::parse(&form).map_err(refused)?).await.map_err(refused)?;
    }
    let utility = UtilityForm {
        kind: "electricity".to_owned(),
        provider: "Luz del Faro".to_owned(),
        account_number: "DEMO-004-2210".to_owned(),
        meter_number: "M 81 337".to_owned(),
        ..UtilityForm::default()
    };
    utilities::add(app, edit, id, NewUtility::parse(&utility).map_err(refused)?).await.map_err(refused)?;
    Ok(())
}
