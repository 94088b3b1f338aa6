//! How one gets into a property: codes, keys, instructions, the Wi-Fi.
//!
//! - Every value is sealed at rest, each fact for a purpose of its own. What opens a door is shown only when it is asked for, and each
//!   time leaves an audit entry in the transaction that reads it: who, when, which facts, never their values.
//! - A form keeps what it does not show. An empty field clears a fact only when the form says so.
//! - A value whose key is gone is said to be unreadable; it stays until it is entered anew or removed.
//!
//! Permissions: `property_secrets.view` and `.edit`; owners have them at their properties. Managers see who looked (`logs.view`).

mod api;
mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;
mod wifi;

use kernel::permissions::{PropertySecretsEdit, PropertySecretsView};
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub use model::{AccessFact, AccessForm, Change, FactGroup, FactValue, FactView, NewAccess};
pub use service::{change, facts, looks, reveal};
pub use wifi::QrCode;

/// The routes of access facts.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get("/properties/{id}/access", allow::<PropertySecretsView>(), pages::page)
        .post("/properties/{id}/access/reveal", allow::<PropertySecretsView>(), pages::reveal)
        .audit(service::REVEALED)
        .get("/properties/{id}/access/edit", allow::<PropertySecretsEdit>(), pages::edit)
        .post("/properties/{id}/access/edit", allow::<PropertySecretsEdit>(), pages::update)
        .audit("property_access.facts.change")
        .post("/properties/{id}/access/edit/reveal", allow::<PropertySecretsEdit>(), pages::edit_revealed)
        .audit(service::REVEALED)
        .api_get(
            "/api/v1/properties/{id}/access",
            allow::<PropertySecretsView>(),
            api::get,
            ApiDoc::new("Read which access facts of a property are known; secrets are left out")
                .answer::<api::AccessBody>(200),
        )
        .api_patch(
            "/api/v1/properties/{id}/access",
            allow::<PropertySecretsEdit>(),
            api::change,
            ApiDoc::new("Change access facts of a property")
                .request::<api::AccessInput>()
                .answer::<api::AccessBody>(200),
        )
        .audit("property_access.facts.change")
        .api_post(
            "/api/v1/properties/{id}/access/reveal",
            allow::<PropertySecretsView>(),
            api::reveal,
            ApiDoc::new("Read access facts of a property with the secrets; leaves an audit entry")
                .answer::<api::AccessBody>(200)
                .secret(),
        )
        .audit(service::REVEALED)
}
