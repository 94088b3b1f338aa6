use super::*;

#[test]
fn one_number_is_dialled_alike_however_it_is_written() {
    for written in ["+34 600 111 222", "0034 600-111-222", "+34 (0)600.111.222", "+34/600/111/222"] {
        assert_eq!(dialled(written), "+34600111222", "{written}");
    }
    assert_eq!(dialled("600 111 222"), "600111222", "the country is not known");
}

#[test]
fn what_is_wrong_is_said_by_field() {
    let form = GuestForm {
        name: " ".into(),
        email: "nobody".into(),
        phone: "call me".into(),
        language: "tlh".into(),
        country: "ZZ".into(),
        notes: "x".repeat(4_001),
        version: String::new(),
    };
    let errors = GuestFacts::parse(&form).unwrap_err();
    let codes: Vec<_> = errors.iter().map(|error| (error.field, error.code)).collect();
    assert_eq!(
        codes,
        [
            ("name", "required"),
            ("email", "email_invalid"),
            ("phone", "phone_invalid"),
            ("language", "unknown_choice"),
            ("country", "country_unknown"),
            ("notes", "too_long")
        ]
    );
    let right = GuestForm { name: "Ana".into(), language: "es".into(), country: "ES".into(), ..GuestForm::default() };
    assert_eq!(GuestFacts::parse(&right).unwrap().to_form(), right);
}

#[test]
fn who_is_kept_wins_and_gets_what_they_lack() {
    let kept = GuestFacts { notes: Some("Quiet.".into()), ..facts("Ana", "ana@example.com", "") };
    let gone = GuestFacts { notes: Some("Dog.".into()), ..facts("Anna", "anna@example.com", "+34 600 111 222") };
    let both = kept.filled_from(&gone);
    assert_eq!((both.name.as_str(), both.email.as_deref()), ("Ana", Some("ana@example.com")));
    assert_eq!((both.phone, both.notes.as_deref()), (gone.phone.clone(), Some("Quiet.\n\nDog.")));
    assert_eq!(kept.filled_from(&kept), kept);
}
