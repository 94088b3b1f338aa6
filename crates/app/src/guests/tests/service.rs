use db::{db_test, testing::TestDb};
use kernel::{Limit, PermissionName};

use super::*;
use crate::{stays::StayForm, testing::token_of};

#[db_test]
async fn who_books_with_the_same_address_or_number_is_the_same_person(db: TestDb) {
    let world = World::new(db).await;
    let unit = world.home.first.unit;
    let first = book(&world, &stay_form(unit, 5, "Ana López", "Ana@Example.com", "")).await;
    let again = book(&world, &stay_form(unit, 8, "A. Lopez", "ana@example.com", "+34 600 111 222")).await;
    let by_phone = book(&world, &stay_form(unit, 11, "Ana", "", "0034 600111222")).await;
    assert_eq!((first.guest_id, again.guest_id), (by_phone.guest_id, by_phone.guest_id));
    let nameless = book(&world, &stay_form(unit, 14, "Ana López", "", "")).await;
    assert_eq!(nameless.guest_id, None, "a name says nothing");

    let known = details(&world, first.guest_id.unwrap()).await;
    assert_eq!(known.guest.facts, facts("Ana López", "Ana@Example.com", "+34 600 111 222"));
    assert_eq!((known.bookings(), known.nights()), (3, 6));
    assert_eq!(known.revenue(), [kernel::Money::new(30_000, "EUR".parse().unwrap())]);
    stays::cancel(&world.app, &world.manager(), again.id, None).await.unwrap();
    assert_eq!(details(&world, first.guest_id.unwrap()).await.nights(), 4);
}

#[db_test]
async fn a_stay_may_be_given_to_a_known_person(db: TestDb) {
    let world = World::new(db).await;
    let bob = add(&world, "Bob", "bob@example.com", "").await;
    let form =
        StayForm { guest_id: bob.id.to_string(), ..stay_form(world.home.first.unit, 5, "", "", "+1 202 555 0100") };
    let stay = book(&world, &form).await;
    assert_eq!(stay.guest.name.as_deref(), Some("Bob"));
    assert_eq!(stay.guest.email.as_deref(), Some("bob@example.com"));
    assert_eq!(details(&world, bob.id).await.guest.facts.phone.as_deref(), Some("+1 202 555 0100"));

    let eva = add(&world, "Eva", "eva@example.com", "").await;
    let changed = edit_stay(&world, stay.id, |form| StayForm { guest_id: eva.id.to_string(), ..form }).await;
    assert_eq!((changed.guest_id, changed.guest.name.as_deref()), (Some(eva.id), Some("Eva")));
    assert_eq!(changed.guest.phone, None, "what was Bob's is not hers");
    assert!(details(&world, bob.id).await.stays.is_empty());

    let nobody = StayForm { guest_id: String::new(), guest_email: String::new(), ..StayForm::of(&changed) };
    let changed = edit_stay(&world, stay.id, |_| nobody).await;
    assert_eq!((changed.guest_id, changed.guest.name.as_deref()), (None, Some("Eva")));
    let foreign = add_foreign(&world).await;
    let form = StayForm { guest_id: foreign.to_string(), ..stay_form(world.home.first.unit, 9, "X", "", "") };
    let new = NewStay::parse(&form, "EUR".parse().unwrap()).unwrap();
    let refused = stays::book(&world.app, &world.manager(), &new).await;
    assert!(matches!(refused, Err(stays::StayError::Invalid(errors)) if errors.of("guest_id").is_some()));
}

async fn add_foreign(world: &World) -> kernel::GuestId {
    let grant = world.foreign_manager::<GuestsEdit>();
    super::super::add(&world.app, &grant, &facts("Foreign", "", "")).await.unwrap().id
}

#[db_test]
async fn two_who_are_one_are_merged_and_taken_apart_again(db: TestDb) {
    let world = World::new(db).await;
    let (unit, grant) = (world.home.first.unit, world.manager::<GuestsEdit>());
    let kept = book(&world, &stay_form(unit, 5, "Ana", "ana@example.com", "")).await.guest_id.unwrap();
    let other = book(&world, &stay_form(unit, 8, "Anna", "anna@example.com", "+34 600 111 222")).await;
    let gone = other.guest_id.unwrap();
    let shared = book(&world, &stay_form(unit, 11, "Ana", "ana@example.com", "")).await;
    add_companion(&world.app, &grant, shared.id, &Companion::Known(gone)).await.unwrap();

    let mut read = world.db.read().await.unwrap();
    let preview = preview_merge(&mut read, &grant, kept, gone).await.unwrap();
    assert_eq!((preview.stays, preview.facts.phone.as_deref()), (2, Some("+34 600 111 222")));
    let same = preview_merge(&mut read, &grant, kept, kept).await;
    assert!(matches!(same, Err(GuestError::Invalid(_))));
    drop(read);
    let stale = merge(&world.app, &grant, kept, gone, Some(99)).await;
    assert!(matches!(stale, Err(GuestError::Stale)));
    merge(&world.app, &grant, kept, gone, Some(preview.kept.version)).await.unwrap();

    let both = details(&world, kept).await;
    assert_eq!((both.stays.len(), both.bookings(), both.merged.len()), (3, 3, 1));
    assert_eq!(names(&world, None, false).await, ["Ana"]);
    assert!(names(&world, Some("anna"), false).await.is_empty());
    let now = world.env.now();
    let found = super::super::details(&mut world.db.read().await.unwrap(), &world.manager(), gone, now).await;
    assert!(matches!(found, Err(GuestError::Merged(into)) if into == kept));
    let next = book(&world, &stay_form(unit, 20, "Anna", "anna@example.com", "")).await;
    assert_eq!(next.guest_id, Some(kept), "the address of before still names them");

    separate(&world.app, &grant, gone).await.unwrap();
    assert_eq!(details(&world, gone).await.stays.iter().map(|stay| stay.id).collect::<Vec<_>>(), [other.id]);
    assert_eq!(details(&world, kept).await.stays.len(), 3);
    assert_eq!(names(&world, Some("anna"), false).await, ["Anna"]);
    assert!(matches!(separate(&world.app, &grant, gone).await, Err(GuestError::NotFound)));
}

#[db_test]
async fn who_was_merged_before_follows_into_the_next(db: TestDb) {
    let world = World::new(db).await;
    let (unit, grant) = (world.home.first.unit, world.manager::<GuestsEdit>());
    let stay = book(&world, &stay_form(unit, 5, "A", "a@example.com", "")).await;
    let (a, b) = (stay.guest_id.unwrap(), add(&world, "B", "", "").await.id);
    let c = add(&world, "C", "", "").await.id;
    merge(&world.app, &grant, b, a, None).await.unwrap();
    merge(&world.app, &grant, c, b, None).await.unwrap();
    assert_eq!(details(&world, c).await.merged.len(), 2);
    assert_eq!(book(&world, &stay_form(unit, 8, "A", "a@example.com", "")).await.guest_id, Some(c));
    separate(&world.app, &grant, a).await.unwrap();
    assert_eq!(details(&world, a).await.stays.iter().map(|stay| stay.id).collect::<Vec<_>>(), [stay.id]);
    assert_eq!(details(&world, c).await.merged.len(), 1);
}

#[db_test]
async fn guests_are_found_by_name_address_and_number(db: TestDb) {
    let world = World::new(db).await;
    add(&world, "Zoë O'Brien", "zoe@example.com", "+34 600 111 222").await;
    add(&world, "Ana", "ana@example.org", "+34 600 111 333").await;
    add(&world, "Ana B", "", "+34600111333").await;
    assert_eq!(names(&world, Some("brien zoe"), false).await, ["Zoë O'Brien"]);
    for number in ["600111222", "+34 600 111 222", "34600111222", "600 111 22"] {
        assert_eq!(names(&world, Some(number), false).await, ["Zoë O'Brien"], "{number}");
    }
    assert_eq!(names(&world, Some("example.org"), false).await, ["Ana"]);
    assert_eq!(names(&world, None, false).await.len(), 3);
    assert_eq!(names(&world, None, true).await, ["Ana", "Ana B"], "both have one number");
    assert_eq!(names(&world, Some("ana"), true).await.len(), 2);
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let (mut read, grant) = (world.db.read().await.unwrap(), world.manager::<GuestsView>());
        let page = list(&mut read, &grant, None, false, after.as_ref(), Limit::new(1)).await.unwrap();
        seen.extend(page.items.into_iter().map(|row| row.guest.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 3);
}

#[db_test]
async fn contact_data_is_for_who_may_see_it(db: TestDb) {
    let world = World::new(db).await;
    let ana = add(&world, "Ana", "ana@example.com", "+34 600 111 222").await;
    let actor = token_of(&world.home.manager, &[PermissionName::GuestsView, PermissionName::GuestsEdit]);
    let (view, edit) = (actor.grant::<GuestsView>().unwrap(), actor.grant::<GuestsEdit>().unwrap());
    let mut read = world.db.read().await.unwrap();
    let seen = super::super::details(&mut read, &view, ana.id, world.env.now()).await.unwrap();
    assert_eq!((seen.guest.facts.email, seen.guest.facts.phone), (None, None));
    let page = list(&mut read, &view, None, false, None, Limit::default()).await.unwrap();
    assert_eq!(page.items[0].guest.facts.email, None);
    drop(read);
    super::super::change(&world.app, &edit, ana.id, 1, &facts("Ana María", "", "")).await.unwrap();
    let kept = details(&world, ana.id).await.guest.facts;
    assert_eq!(kept, facts("Ana María", "ana@example.com", "+34 600 111 222"));
}

#[db_test]
async fn stays_of_before_get_their_people(db: TestDb) {
    let world = World::new(db).await;
    let mut ids = Vec::new();
    for (from, until, email) in [
        ("2027-01-05", "2027-01-07", Some("ana@example.com")),
        ("2027-01-08", "2027-01-10", Some("ANA@example.com")),
        ("2027-01-11", "2027-01-13", None),
    ] {
        let id = world.add_stay(world.home.first, from, until).await;
        let mut tx = world.db.begin().await.unwrap();
        db::sql!("UPDATE stay SET guest_name = 'Ana', guest_email = $3 WHERE organization_id = $1 AND id = $2")
            .bind(world.home.organization)
            .bind(id)
            .bind(email)
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        ids.push(id);
    }
    for _ in 0..2 {
        super::super::service::link_stays(&world.app).await.unwrap();
    }
    assert_eq!(names(&world, None, false).await, ["Ana"]);
    let mut read = world.db.read().await.unwrap();
    let mut people = Vec::new();
    for id in ids {
        people.push(stays::find(&mut read, &world.manager::<StaysView>(), id).await.unwrap().guest_id);
    }
    assert!(people[0].is_some() && people[0] == people[1] && people[2].is_none());
}

#[db_test]
async fn who_comes_along_is_part_of_the_stay(db: TestDb) {
    let world = World::new(db).await;
    let grant = world.manager::<GuestsEdit>();
    let stay = book(&world, &stay_form(world.home.first.unit, 5, "Ana", "ana@example.com", "")).await;
    let leo = add_companion(&world.app, &grant, stay.id, &Companion::Named("Leo".into())).await.unwrap();
    let twice = add_companion(&world.app, &grant, stay.id, &Companion::Known(leo.id)).await;
    assert!(matches!(twice, Err(GuestError::Invalid(errors)) if errors.of("guest_id").is_some()));
    let mut read = world.db.read().await.unwrap();
    let there = of_stay(&mut read, &world.manager(), stay.id).await.unwrap();
    assert_eq!(
        there.iter().map(|of| (of.guest.id, of.is_lead)).collect::<Vec<_>>(),
        [(stay.guest_id.unwrap(), true), (leo.id, false)]
    );
    drop(read);
    assert_eq!(details(&world, leo.id).await.nights(), 0, "they did not book it");
    let lead = remove_companion(&world.app, &grant, stay.id, stay.guest_id.unwrap()).await;
    assert!(matches!(lead, Err(GuestError::NotFound)));
    remove_companion(&world.app, &grant, stay.id, leo.id).await.unwrap();
    let foreign = world.foreign_manager::<GuestsEdit>();
    let refused = add_companion(&world.app, &foreign, stay.id, &Companion::Named("X".into())).await;
    assert!(matches!(refused, Err(GuestError::NotFound)));
}
