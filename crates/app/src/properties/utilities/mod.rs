//! Who supplies a property, and the accounts with them.
//!
//! Account and meter numbers say enough to speak to a supplier in the landlord's name, so all of it is for those who may change the property
//! (`properties.edit`), and the audit trail names fields, never values.

mod api;
mod model;
mod pages;
mod service;
mod store;
#[cfg(test)]
mod tests;

use kernel::permissions::PropertiesEdit;
use webkit::{ApiDoc, Routes, allow};

use crate::App;

pub use model::{MOST_UTILITIES, NewUtility, UtilityForm, UtilityKind, UtilityView};
pub use service::{add, change, find, list, remove};

/// The routes of accounts with suppliers.
pub(super) fn routes() -> Routes<App> {
    Routes::new()
        .get("/properties/{id}/utilities", allow::<PropertiesEdit>(), pages::list)
        .get("/properties/{id}/utilities/new", allow::<PropertiesEdit>(), pages::new)
        .post("/properties/{id}/utilities/new", allow::<PropertiesEdit>(), pages::create)
        .audit("properties.utility.add")
        .get("/properties/{id}/utilities/{utility}/edit", allow::<PropertiesEdit>(), pages::edit)
        .post("/properties/{id}/utilities/{utility}/edit", allow::<PropertiesEdit>(), pages::update)
        .audit("properties.utility.change")
        .get("/properties/{id}/utilities/{utility}/remove", allow::<PropertiesEdit>(), pages::ask_remove)
        .post("/properties/{id}/utilities/{utility}/remove", allow::<PropertiesEdit>(), pages::remove)
        .audit("properties.utility.remove")
        .merge(api_routes())
}

fn api_routes() -> Routes<App> {
    Routes::new()
        .api_get(
            "/api/v1/properties/{id}/utilities",
            allow::<PropertiesEdit>(),
            api::list,
            ApiDoc::new("List a property's accounts with suppliers").answer::<Vec<api::UtilityBody>>(200),
        )
        .api_post(
            "/api/v1/properties/{id}/utilities",
            allow::<PropertiesEdit>(),
            api::create,
            ApiDoc::new("Add an account with a supplier")
                .request::<api::UtilityInput>()
                .answer::<api::UtilityBody>(201),
        )
        .audit("properties.utility.add")
        .api_patch(
            "/api/v1/properties/{id}/utilities/{utility}",
            allow::<PropertiesEdit>(),
            api::change,
            ApiDoc::new("Change some of an account with a supplier")
                .request::<api::UtilityInput>()
                .answer::<api::UtilityBody>(200),
        )
        .audit("properties.utility.change")
        .api_delete(
            "/api/v1/properties/{id}/utilities/{utility}",
            allow::<PropertiesEdit>(),
            api::remove,
            ApiDoc::new("Remove an account with a supplier").status(204),
        )
        .audit("properties.utility.remove")
}
