//! The API's description, for programs (`/api/v1/openapi.json`) and for people (`/developers`). Both are drawn from the routes.

mod pages;

use webkit::{ApiDoc, CacheClass, Routes, public};

use crate::App;

/// The routes of the description.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get("/developers", public("describes the API; holds no data"), pages::show)
        .api_get(
            "/api/v1/openapi.json",
            public("describes the API; holds no data"),
            pages::openapi_json,
            ApiDoc::new("This description, in OpenAPI 3.1").status(200),
        )
        .cache(CacheClass::PublicShort)
}
