//! Properties and their units.
//!
//! Every property has exactly one unit for the whole, made with it; units below it describe a house that is also let by the room. Stays,
//! feeds and tasks refer to units. A property is never deleted: it is archived, and can be brought back. It cannot be archived while
//! guests are still to come.
//!
//! Permissions: `properties.view`, `.create`, `.edit`, `.delete` (archive and bring back). Owners and staff reach the properties they own
//! or work at; a property that an owner adds is theirs.

mod model;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use model::{
    Bathrooms, NewProperty, PropertyFilter, PropertyForm, PropertyStatus, PropertyType, PropertyView, UnitView,
    proposed_zones,
};
pub use service::{PropertyError, archive, change, create, find, list, restore, unit, units, units_of};
