mod http;
mod model;
mod service;

use super::*;

/// What a person types for a small flat; every field is good.
pub(crate) fn good_form() -> PropertyForm {
    PropertyForm {
        name: "  Casa O'Brien ".into(),
        property_type: "apartment".into(),
        status: "active".into(),
        address_line: "Calle Mayor 1".into(),
        city: "Málaga".into(),
        country: "ES".into(),
        zone: String::new(),
        check_in_time: "16:00".into(),
        check_out_time: "11:00".into(),
        bedrooms: "2".into(),
        bathrooms: "1.5".into(),
        capacity: "4".into(),
        colour: "teal".into(),
        ..PropertyForm::default()
    }
}
