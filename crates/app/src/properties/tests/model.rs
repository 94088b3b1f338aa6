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
