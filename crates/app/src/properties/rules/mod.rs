//! The house rules of a property: what guests may, when it is quiet, and whatever else there is to say.

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

pub use model::{Allowance, HouseRules, RulesForm, Smoking};
pub(super) use pages::RuleChoices;
pub use service::{find, replace};

/// The routes of house rules.
pub(super) fn routes() -> Routes<App> {
    Routes::new()
        .get("/properties/{id}/rules", allow::<PropertiesView>(), pages::show)
        .post("/properties/{id}/rules", allow::<PropertiesEdit>(), pages::update)
        .audit("properties.rules.change")
        .api_get(
            "/api/v1/properties/{id}/rules",
            allow::<PropertiesView>(),
            api::get,
            ApiDoc::new("Read a property's house rules").answer::<api::RulesBody>(200),
        )
        .api_put(
            "/api/v1/properties/{id}/rules",
            allow::<PropertiesEdit>(),
            api::replace,
            ApiDoc::new("Replace a property's house rules; what is left out says nothing")
                .request::<api::RulesInput>()
                .answer::<api::RulesBody>(200),
        )
        .audit("properties.rules.change")
}
