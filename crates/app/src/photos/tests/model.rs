use kernel::PhotoId;
use uuid::Uuid;

use crate::photos::{Move, NewFacts, PhotoForm, model::moved};

fn ids(numbers: &[u128]) -> Vec<PhotoId> {
    numbers.iter().map(|n| PhotoId::from_uuid(Uuid::from_u128(*n))).collect()
}

#[test]
fn a_photo_moves_by_one_or_to_the_beginning() {
    let from = ids(&[1, 2, 3, 4]);
    for (id, to, expected) in [
        (3, Move::Earlier, [1, 3, 2, 4]),
        (3, Move::Later, [1, 2, 4, 3]),
        (3, Move::First, [3, 1, 2, 4]),
        (1, Move::Earlier, [1, 2, 3, 4]),
        (1, Move::First, [1, 2, 3, 4]),
        (4, Move::Later, [1, 2, 3, 4]),
        (9, Move::First, [1, 2, 3, 4]),
    ] {
        assert_eq!(moved(from.clone(), ids(&[id])[0], to), ids(&expected), "{id} {to}");
    }
}

#[test]
fn words_are_trimmed_and_bounded() {
    let form = |caption: &str, room: &str| PhotoForm { caption: caption.into(), room: room.into() };
    let facts = NewFacts::parse(&form("  The bay \n", "")).unwrap();
    assert_eq!((facts.caption.as_str(), facts.room.as_str()), ("The bay", ""));
    let errors = NewFacts::parse(&form(&"ñ".repeat(201), &"x".repeat(81))).unwrap_err();
    let said: Vec<_> = errors.iter().map(|e| (e.field, e.code, e.bound.as_deref())).collect();
    assert_eq!(said, [("caption", "too_long", Some("200")), ("room", "too_long", Some("80"))]);
}
