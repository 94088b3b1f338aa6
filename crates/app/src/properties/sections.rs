//! The pages of a property, which one bar connects.

use kernel::{PropertyId, text_enum};

use crate::ui::Page;

text_enum! {
    /// A page of a property. The order is that of the bar; a feature that has a page for a property adds its case.
    pub enum Section {
        /// What it is, and its calendars.
        Overview = "overview",
        /// Its stays and turnovers, a month at a time.
        Calendar = "calendar",
        /// Its photos.
        Photos = "photos",
        /// Rooms and beds.
        Rooms = "rooms",
        /// What guests find there.
        Amenities = "amenities",
        /// What guests may.
        Rules = "rules",
        /// How one gets in.
        Access = "access",
        /// When waste is collected.
        Waste = "waste",
        /// Who supplies it, and the accounts with them.
        Utilities = "utilities",
        /// What of it is also let by itself.
        Units = "units",
        /// Whose it is.
        Owners = "owners",
        /// When nights can be booked.
        Availability = "availability",
    }
}

impl Section {
    /// Where it is.
    #[must_use]
    pub fn href(self, property: &PropertyId) -> String {
        match self {
            Self::Overview => format!("/properties/{property}"),
            page => format!("/properties/{property}/{page}"),
        }
    }

    /// What one must be allowed to open it.
    #[must_use]
    pub const fn permission(self) -> &'static str {
        match self {
            Self::Overview | Self::Photos | Self::Rooms | Self::Amenities | Self::Rules | Self::Waste | Self::Units => {
                "properties.view"
            }
            Self::Access => "property_secrets.view",
            Self::Utilities => "properties.edit",
            Self::Owners => "owners.view",
            Self::Calendar => "stays.view",
            Self::Availability => "availability.view",
        }
    }

    /// Those that whoever looks at the page may open.
    #[must_use]
    pub fn open_to(page: &Page) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|section| page.may(section.permission())).collect()
    }
}
