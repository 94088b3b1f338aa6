//! A house of the demo that is also let by the room.

use kernel::{Actor, PropertyId, permissions::PropertiesEdit};

use super::{DemoError, refused};
use crate::{
    App,
    units::{self, NewUnit, UnitForm},
};

/// Adds two rooms, one of which was let for a while only.
pub(super) async fn add_rooms(app: &App, manager: &Actor, property: PropertyId) -> Result<(), DemoError> {
    let grant = manager.grant::<PropertiesEdit>().map_err(refused)?;
    for (name, in_use) in [("Garden studio", true), ("Roof room", false)] {
        let form = UnitForm { name: name.to_owned(), capacity: "2".to_owned(), ..UnitForm::default() };
        let new = NewUnit::parse(&form).map_err(|errors| refused(&errors))?;
        let unit = units::add(app, &grant, property, &new).await.map_err(refused)?;
        if !in_use {
            units::retire(app, &grant, unit).await.map_err(refused)?;
        }
    }
    Ok(())
}
