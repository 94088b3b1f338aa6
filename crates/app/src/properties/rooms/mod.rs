//! The rooms of a property and the beds in them.
//!
//! Rooms have an order: the one in which somebody walks through the house. How many guests find a place to sleep follows from the beds and is
//! never stored; where it contradicts what the property says of itself, the page says so.

mod api;
mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::permissions::{PropertiesEdit, PropertiesView};
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub use model::{BedType, MOST_ROOMS, NewRoom, RoomForm, RoomType, RoomView, Sleeping};
pub(crate) use pages::{room_beds, room_name};
pub use service::{add, add_usual, change, find_room, list, move_to, remove};

/// The routes of rooms.
pub(super) fn routes() -> Routes<App> {
    Routes::new()
        .get("/properties/{id}/rooms", allow::<PropertiesView>(), pages::list)
        .post("/properties/{id}/rooms/usual", allow::<PropertiesEdit>(), pages::add_usual)
        .audit("properties.room.add")
        .get("/properties/{id}/rooms/new", allow::<PropertiesEdit>(), pages::new)
        .post("/properties/{id}/rooms/new", allow::<PropertiesEdit>(), pages::create)
        .audit("properties.room.add")
        .get("/properties/{id}/rooms/{room}/edit", allow::<PropertiesEdit>(), pages::edit)
        .post("/properties/{id}/rooms/{room}/edit", allow::<PropertiesEdit>(), pages::update)
        .audit("properties.room.change")
        .post("/properties/{id}/rooms/{room}/move", allow::<PropertiesEdit>(), pages::move_to)
        .audit("properties.room.move")
        .get("/properties/{id}/rooms/{room}/remove", allow::<PropertiesEdit>(), pages::ask_remove)
        .post("/properties/{id}/rooms/{room}/remove", allow::<PropertiesEdit>(), pages::remove)
        .audit("properties.room.remove")
        .merge(api_routes())
}

fn api_routes() -> Routes<App> {
    Routes::new()
        .api_get(
            "/api/v1/properties/{id}/rooms",
            allow::<PropertiesView>(),
            api::list,
            ApiDoc::new("List a property's rooms in their order").answer::<Vec<api::RoomBody>>(200),
        )
        .api_post(
            "/api/v1/properties/{id}/rooms",
            allow::<PropertiesEdit>(),
            api::create,
            ApiDoc::new("Add a room behind the others").request::<api::RoomInput>().answer::<api::RoomBody>(201),
        )
        .audit("properties.room.add")
        .api_patch(
            "/api/v1/properties/{id}/rooms/{room}",
            allow::<PropertiesEdit>(),
            api::change,
            ApiDoc::new("Change some of a room, or its place").request::<api::RoomInput>().answer::<api::RoomBody>(200),
        )
        .audit("properties.room.change")
        .api_delete(
            "/api/v1/properties/{id}/rooms/{room}",
            allow::<PropertiesEdit>(),
            api::remove,
            ApiDoc::new("Remove a room with its beds").status(204),
        )
        .audit("properties.room.remove")
}
