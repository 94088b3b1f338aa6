//! How one gets into the demo's houses. Every code is invented.

use kernel::{
    Actor, PropertyId,
    permissions::{PropertySecretsEdit, PropertySecretsView},
};

use super::{DemoError, refused};
use crate::{
    App,
    property_access::{self, AccessForm, NewAccess},
};

/// Notes the access facts of the houses, and looks at those of the first.
pub(super) async fn note(app: &App, manager: &Actor, houses: &[(PropertyId, &str)]) -> Result<(), DemoError> {
    let edit = manager.grant::<PropertySecretsEdit>().map_err(refused)?;
    for (place, (property, name)) in (1_u32..).zip(houses) {
        let new = NewAccess::parse(&form(place, name)).map_err(|errors| refused(&errors))?;
        property_access::change(app, &edit, *property, &new).await.map_err(refused)?;
    }
    if let Some((property, _)) = houses.first() {
        let view = manager.grant::<PropertySecretsView>().map_err(refused)?;
        property_access::reveal(app, &view, *property).await.map_err(refused)?;
    }
    Ok(())
}

/// A few houses have a lockbox, others a door with a code; one has an alarm.
fn form(place: u32, name: &str) -> AccessForm {
    let code = |factor: u32| format!("{:04}", (place * factor) % 10_000);
    let has_lockbox = place.is_multiple_of(2);
    AccessForm {
        wifi_network: name.chars().filter(char::is_ascii_alphanumeric).take(24).collect(),
        wifi_password: format!("buenviento-{}", code(2_731)),
        entry_instructions: if has_lockbox {
            "The lockbox hangs left of the door, behind the plant pot.\nOpen it with the code, take the key, and close it again."
                .to_owned()
        } else {
            "Wake the keypad with your palm, enter the code, and press #.\nThe door unlocks for five seconds."
                .to_owned()
        },
        door_code: if has_lockbox { String::new() } else { format!("{}#", code(1_913)) },
        lockbox_code: if has_lockbox { code(3_307) } else { String::new() },
        key_location: "A spare set is in the office, on the hook with the name of the house.".to_owned(),
        alarm_code: if place == 1 { code(4_409) } else { String::new() },
        alarm_instructions: if place == 1 {
            "Enter the code at the panel behind the door within 30 seconds.".to_owned()
        } else {
            String::new()
        },
        parking: if has_lockbox {
            "In the street, free of charge.".to_owned()
        } else {
            "In the yard, one car.".to_owned()
        },
        ..AccessForm::default()
    }
}
