//! Who owns a property.
//!
//! - An owner is a party: a person or a company, with or without somebody who signs in. Shares are basis points; those of a property
//!   sum to 10,000, or it has no owner at all.
//! - All owners of a property are saved at once, so that no moment has other sums. Whoever is a party's user reaches the party's
//!   properties from then on, and no longer once it is removed: [`kernel::Scope`] looks at the same rows.
//! - An owner sees their own share and no other owner.
//!
//! Permissions: `owners.view`; `owners.edit`, which is for managers.

mod api;
mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::permissions::{OwnersEdit, OwnersView};
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub use model::{NewOwners, OwnerEntry, OwnerView, PartyKind, PartyView, Share, Who};
pub use service::{OwnersError, of_property, parties, save};

/// The routes of owners.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get("/properties/{id}/owners", allow::<OwnersView>(), pages::show)
        .post("/properties/{id}/owners", allow::<OwnersEdit>(), pages::save)
        .audit("owners.property.change")
        .api_get(
            "/api/v1/properties/{id}/owners",
            allow::<OwnersView>(),
            api::list,
            ApiDoc::new("List who owns which share of a property").answer::<Vec<api::OwnerBody>>(200),
        )
        .api_put(
            "/api/v1/properties/{id}/owners",
            allow::<OwnersEdit>(),
            api::replace,
            ApiDoc::new("Say who owns which share of a property, all owners at once")
                .request::<api::OwnersInput>()
                .answer::<Vec<api::OwnerBody>>(200),
        )
        .audit("owners.property.change")
        .api_get(
            "/api/v1/parties",
            allow::<OwnersEdit>(),
            api::parties,
            ApiDoc::new("List the people and companies that may own properties, by name, and the members who are none of them yet")
                .answer::<Vec<api::PartyBody>>(200),
        )
}
