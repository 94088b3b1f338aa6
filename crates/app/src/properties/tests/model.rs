use proptest::prelude::*;

use super::*;

fn problems(change: impl FnOnce(&mut PropertyForm)) -> Vec<(&'static str, &'static str)> {
    let mut form = good_form();
    change(&mut form);
    let errors = NewProperty::parse(&form).err().unwrap_or_default();
    errors.iter().map(|error| (error.field, error.code)).collect()
}

#[test]
fn a_name_is_kept_as_typed_and_the_zone_is_proposed_from_the_country() {
    let property = NewProperty::parse(&good_form()).unwrap();
    assert_eq!((property.name.as_str(), property.zone.name()), ("Casa O'Brien", "Europe/Madrid"));
    assert_eq!((property.bathrooms.halves(), property.bathrooms.to_string().as_str()), (3, "1.5"));
}

#[test]
fn what_is_stored_is_shown_as_it_would_be_typed() {
    let property = NewProperty::parse(&good_form()).unwrap();
    assert_eq!(NewProperty::parse(&property.to_form()).unwrap(), property);
    assert_eq!(property.changed_fields(&property), Vec::<&str>::new());
}

#[test]
fn each_bad_field_is_named_with_its_reason() {
    assert_eq!(problems(|_| ()), []);
    assert_eq!(problems(|f| f.name = " \u{0} ".into()), [("name", "required")]);
    assert_eq!(problems(|f| f.name = "x".repeat(121)), [("name", "too_long")]);
    assert_eq!(problems(|f| f.country = "Spain".into()), [("country", "country_unknown")]);
    assert_eq!(problems(|f| f.zone = "Europe/Atlantis".into()), [("zone", "zone_unknown")]);
    assert_eq!(problems(|f| f.check_in_time = "25:00".into()), [("check_in_time", "time_invalid")]);
    assert_eq!(problems(|f| f.bedrooms = "-1".into()), [("bedrooms", "too_small")]);
    assert_eq!(problems(|f| f.bedrooms = "two".into()), [("bedrooms", "number_invalid")]);
    assert_eq!(problems(|f| f.bathrooms = "1.25".into()), [("bathrooms", "half_steps")]);
    assert_eq!(problems(|f| f.capacity = "0".into()), [("capacity", "too_small")]);
    assert_eq!(problems(|f| f.capacity = "501".into()), [("capacity", "too_large")]);
    assert_eq!(problems(|f| f.colour = "#ff0000".into()), [("colour", "choice_unknown")]);
    assert_eq!(problems(|f| f.property_type = String::new()), [("property_type", "required")]);
}

#[test]
fn an_empty_form_names_every_required_field_at_once() {
    let errors = NewProperty::parse(&PropertyForm::default()).unwrap_err();
    let fields: Vec<&str> = errors.iter().map(|error| error.field).collect();
    assert!(fields.contains(&"name") && fields.contains(&"country") && fields.contains(&"capacity"), "{fields:?}");
}

#[test]
fn an_area_has_the_unit_of_its_country_until_another_is_chosen() {
    let area = |country: &str, unit: &str| {
        let form = PropertyForm { country: country.into(), area: "90".into(), area_unit: unit.into(), ..good_form() };
        NewProperty::parse(&form).unwrap().area.unwrap()
    };
    assert_eq!(area("ES", "").unit, AreaUnit::SquareMetres);
    assert_eq!(area("US", "").unit, AreaUnit::SquareFeet);
    assert_eq!(area("US", "m2"), Area { size: 90, unit: AreaUnit::SquareMetres });
    assert_eq!(problems(|f| f.area = "0".into()), [("area", "too_small")]);
    assert_eq!(problems(|f| f.area_unit = "acre".into()), [("area_unit", "choice_unknown")]);
}

#[test]
fn positions_are_read_as_people_type_and_paste_them() {
    let read = |text: &str| {
        let form = PropertyForm { position: text.into(), ..good_form() };
        NewProperty::parse(&form).map(|property| property.position.unwrap().to_string())
    };
    for text in [
        "36.5298, -6.2924",
        " 36.5298,-6.2924 ",
        "36.52980000 -6.29240000",
        "36,5298; -6,2924",
        "36,5298, -6,2924",
        "36,5298 \u{2212}6,2924",
        "+36.5298° -6.2924°",
        "geo:36.5298,-6.2924;u=35",
        "https://www.openstreetmap.org/?mlat=36.5298&mlon=-6.2924#map=17/1/2",
        "https://www.openstreetmap.org/#map=17/36.5298/-6.2924&layers=N",
        "https://www.google.com/maps?q=36.5298%2C-6.2924",
        "https://www.google.com/maps/place/Casa/@36.1,-6.1,17z/data=!3m1!4b1!3d36.5298!4d-6.2924",
        "https://www.google.com/maps/@36.5298,-6.2924,17z",
        "https://maps.apple.com/?ll=36.5298,-6.2924&q=Casa",
    ] {
        assert_eq!(read(text).as_deref(), Ok("36.5298, -6.2924"), "{text}");
    }
    for text in ["Cádiz", "36.5", "36.5,", "1e1, 2", "36.5, -6.2, 7", "https://maps.example/x", "0x1, 2", "1.2.3, 4"] {
        assert_eq!(problems(|f| f.position = text.into()), [("position", "position_invalid")], "{text}");
    }
    for text in ["90.0000006, 0", "-91, 0", "0, 180.000001", "0, -999"] {
        assert_eq!(problems(|f| f.position = text.into()), [("position", "position_out_of_range")], "{text}");
    }
    assert_eq!(read("-0.0000004, 0.9999996").as_deref(), Ok("0, 1"), "rounded to a tenth of a metre");
}

proptest! {
    #[test]
    fn a_position_is_shown_as_it_may_be_typed_again(
        latitude in -90_000_000_i64..=90_000_000,
        longitude in -180_000_000_i64..=180_000_000,
    ) {
        let position = Position::from_micro(latitude, longitude).unwrap();
        for text in [position.to_string(), position.map_link()] {
            let read = NewProperty::parse(&PropertyForm { position: text, ..good_form() }).unwrap().position;
            prop_assert_eq!(read, Some(position));
        }
    }

    #[test]
    fn no_text_breaks_the_reading_of_a_position(text in "\\PC{0,60}") {
        let _ = NewProperty::parse(&PropertyForm { position: text, ..good_form() });
    }
}
