//! Whether a page is shown on its own, or within the steps of adding a property.

use kernel::PropertyId;
use serde::Deserialize;

/// The query by which pages that belong to both know where they are.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(in crate::properties) struct Mode {
    /// Within the steps of adding a property.
    #[serde(default)]
    setup: bool,
}

impl Mode {
    /// Within the steps of adding a property.
    pub(super) const fn of_setup() -> Self {
        Self { setup: true }
    }

    /// The query to hand on; empty when the page is shown on its own.
    pub(in crate::properties) const fn query(self) -> &'static str {
        if self.setup { "?setup=true" } else { "" }
    }

    /// Where the rooms are.
    pub(in crate::properties) fn rooms(self, id: impl std::borrow::Borrow<PropertyId>) -> String {
        let id = id.borrow();
        if self.setup { format!("/properties/{id}/setup/rooms") } else { format!("/properties/{id}/rooms") }
    }

    /// Where the number of bedrooms is changed.
    pub(in crate::properties) fn size(self, id: impl std::borrow::Borrow<PropertyId>) -> String {
        let id = id.borrow();
        if self.setup { format!("/properties/{id}/setup/size") } else { format!("/properties/{id}/edit/size") }
    }
}
