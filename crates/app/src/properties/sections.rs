//! The pages of a property, which one bar connects.

use kernel::{PropertyId, text_enum};

use crate::ui::Page;

text_enum! {
    /// A page of a property. The order is that of the bar; a feature that has a page for a property adds its case.
    pub enum Section {
        /// What it is, and its calendars.
        Overview = "overview",
        /// How one gets in.
        Access = "access",
        /// Whose it is.
        Owners = "owners",
    }
}

impl Section {
    /// Where it is.
    #[must_use]
    pub fn href(self, property: &PropertyId) -> String {
        match self {
            Self::Overview => format!("/properties/{property}"),
            Self::Access => format!("/properties/{property}/access"),
            Self::Owners => format!("/properties/{property}/owners"),
        }
    }

    /// What one must be allowed to open it.
    #[must_use]
    pub const fn permission(self) -> &'static str {
        match self {
            Self::Overview => "properties.view",
            Self::Access => "property_secrets.view",
            Self::Owners => "owners.view",
        }
    }

    /// Those that whoever looks at the page may open.
    #[must_use]
    pub fn open_to(page: &Page) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|section| page.may(section.permission())).collect()
    }
}
