use kernel::{Currency, StayId, UnitId};

use super::*;

fn unit() -> UnitId {
    UnitId::from_uuid(uuid::Uuid::from_u128(7))
}

fn euro() -> Currency {
    "EUR".parse().unwrap()
}

fn problems(change: impl FnOnce(&mut StayForm)) -> Vec<(&'static str, &'static str)> {
    let mut form = form(unit(), 5, 8);
    change(&mut form);
    let errors = NewStay::parse(&form, euro()).err().unwrap_or_default();
    errors.iter().map(|error| (error.field, error.code)).collect()
}

#[test]
fn each_bad_field_is_named_with_its_reason() {
    assert_eq!(problems(|_| ()), []);
    assert_eq!(problems(|f| f.unit_id = "x".into()), [("unit_id", "unknown_choice")]);
    assert_eq!(problems(|f| f.unit_id = String::new()), [("unit_id", "required")]);
    assert_eq!(problems(|f| f.kind = "holiday".into()), [("kind", "unknown_choice")]);
    assert_eq!(problems(|f| f.channel = "fax".into()), [("channel", "unknown_choice")]);
    assert_eq!(problems(|f| f.check_in = "5 Jan".into()), [("check_in", "date_invalid")]);
    assert_eq!(problems(|f| f.check_out = String::new()), [("check_out", "required")]);
    assert_eq!(problems(|f| f.check_out = f.check_in.clone()), [("check_out", "check_out_not_after")]);
    assert_eq!(problems(|f| f.check_out = "2031-01-05".into()), [("check_out", "stay_too_long")]);
    assert_eq!(problems(|f| f.check_in = "1027-01-05".into()), [("check_in", "date_out_of_range")]);
    assert_eq!(problems(|f| f.guest_name = "x".repeat(201)), [("guest_name", "too_long")]);
    assert_eq!(problems(|f| f.guest_email = "zoe@".into()), [("guest_email", "email_invalid")]);
    assert_eq!(problems(|f| f.guest_phone = "call me".into()), [("guest_phone", "phone_invalid")]);
    assert_eq!(problems(|f| f.notes = "x".repeat(4_001)), [("notes", "too_long")]);
    assert_eq!(problems(|f| f.adults = "0".into()), [("adults", "adult_required")]);
    assert_eq!(problems(|f| f.adults = "two".into()), [("adults", "not_a_number")]);
    assert_eq!(problems(|f| f.children = "-1".into()), [("children", "negative")]);
    assert_eq!(problems(|f| f.pets = "51".into()), [("pets", "too_large")]);
    assert_eq!(problems(|f| f.amount = "-1".into()), [("amount", "negative")]);
    assert_eq!(problems(|f| f.amount = "1.999".into()), [("amount", "too_many_decimals")]);
    let both = problems(|f| (f.adults, f.check_in) = ("x".into(), "y".into()));
    assert_eq!(both, [("check_in", "date_invalid"), ("adults", "not_a_number")]);
}

#[test]
fn a_block_has_a_reason_and_neither_guests_nor_an_amount() {
    let block = new(&StayForm { kind: "block".into(), ..form(unit(), 5, 8) });
    assert_eq!((block.block_kind, block.guest.name, block.amount), (Some(BlockKind::Other), None, None));
    assert_eq!(block.counts, GuestCounts::default());
}

#[test]
fn text_is_kept_as_typed() {
    let stay = new(&StayForm { notes: "  O'Brien:\n2 cots ".into(), ..form(unit(), 5, 8) });
    assert_eq!(stay.guest.name.as_deref(), Some("Zoë O'Brien"));
    assert_eq!(stay.notes.as_deref(), Some("O'Brien:\n2 cots"));
    assert_eq!((stay.channel, stay.amount.map(|amount| amount.minor)), (Channel::Direct, Some(10_000)));
    assert_eq!(StayId::from_uuid(uuid::Uuid::nil()).to_string().len(), 36);
}
