//! What a person typed or decided survives every sync.

use db::{db_test, testing::TestDb};
use kernel::permissions::{StaysCancel, StaysEdit};

use super::*;
use crate::{
    feeds::Reason,
    stays::{ChangeStay, Decision, StayForm, StayKind, StayStatus},
};

#[db_test]
async fn names_counts_and_notes_stay_and_so_do_dates(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let [first, second, _] = all_stays(&world).await.try_into().unwrap();
    let change = |stay: &Stay, form: StayForm| {
        let change = ChangeStay::parse(&form, stay, "EUR".parse().unwrap()).unwrap();
        let (app, grant, id) = (world.app.clone(), world.manager::<StaysEdit>(), stay.id);
        async move { stays::change(&app, &grant, id, &change).await.unwrap() }
    };
    let typed = StayForm {
        guest_name: "Zoë".into(),
        adults: "2".into(),
        notes: "Late".into(),
        amount: "100".into(),
        ..StayForm::of(&first)
    };
    change(&first, typed).await;
    change(&second, StayForm { check_out: "2027-01-11".into(), ..StayForm::of(&second) }).await;

    let (_, lines) = sync_with(&world, feed, feed!("airbnb_moved.ics")).await;
    assert!(lines.decisions.iter().any(|line| matches!(line.reason, Reason::DatesByPerson { .. })), "{lines:?}");
    let after = all_stays(&world).await;
    let [moved, kept] = [first.id, second.id].map(|id| after.iter().find(|stay| stay.id == id).unwrap());
    assert_eq!(moved.nights, nights("2027-01-05", "2027-01-09"));
    assert_eq!((moved.guest.name.as_deref(), moved.counts.adults), (Some("Zoë"), 2));
    assert_eq!((moved.notes.as_deref(), moved.amount.map(|amount| amount.minor)), (Some("Late"), Some(10_000)));
    assert_eq!(kept.nights, nights("2027-01-08", "2027-01-11"));
}

#[db_test]
async fn what_a_person_ended_or_brought_back_stays_so(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let second = all_stays(&world).await[1].id;
    stays::cancel(&world.app, &world.manager::<StaysCancel>(), second, None).await.unwrap();
    let (_, lines) = sync(&world, feed).await;
    assert!(lines.decisions.iter().any(|line| line.reason == Reason::EndedByPerson));
    assert_eq!(live(&world).await.len(), 2);

    stays::reinstate(&world.app, &world.manager::<StaysEdit>(), second, None).await.unwrap();
    for _ in 0..3 {
        let (_, lines) = sync_with(&world, feed, feed!("airbnb_one_gone.ics")).await;
        assert!(lines.decisions.iter().any(|line| line.reason == Reason::StatusByPerson));
    }
    assert_eq!(live(&world).await.len(), 3);
}

#[db_test]
async fn what_a_person_said_of_an_unsure_event_is_not_asked_again(db: TestDb) {
    let world = World::new(db).await;
    let address = "https://ical.booking.com/v1/export?t=secret";
    let feed = add_to(&world, world.home.first.unit, FeedChannel::BookingCom, address).await;
    world.sites.body(address, feed!("booking_com.ics"));
    run_jobs(&world).await;
    let unsure = all_stays(&world).await[0].id;
    stays::decide_review(&world.app, &world.manager::<StaysEdit>(), unsure, None, Decision::Block).await.unwrap();
    assert_eq!(turnovers(&world).await, ["2027-03-05 cancelled ?"]);
    world.sites.body(address, feed!("booking_com_reissued.ics"));
    sync(&world, feed).await;
    let after = &all_stays(&world).await[0];
    assert_eq!((after.id, after.kind, after.status), (unsure, StayKind::Block, StayStatus::Confirmed));
    assert!(!after.needs_review);
}

#[db_test]
async fn the_channels_name_of_a_guest_is_followed_until_a_person_types_one(db: TestDb) {
    let world = World::new(db).await;
    let address = "https://www.vrbo.com/icalendar/secret.ics";
    let feed = add_to(&world, world.home.first.unit, FeedChannel::Vrbo, address).await;
    let named = async |name: &str| {
        let summary = if name.is_empty() { "Reserved".to_owned() } else { format!("Reserved - {name}") };
        world.sites.body(address, calendar(&event("a", "2027-02-01", "2027-02-05", &summary)));
        sync(&world, feed).await;
        all_stays(&world).await.remove(0)
    };
    let typed = async |stay: &Stay, name: &str| {
        let form = StayForm { guest_name: name.into(), ..StayForm::of(stay) };
        let change = ChangeStay::parse(&form, stay, "EUR".parse().unwrap()).unwrap();
        stays::change(&world.app, &world.manager::<StaysEdit>(), stay.id, &change).await.unwrap();
    };
    for name in ["Melany", ""] {
        assert_eq!(
            named(name).await.guest.name.as_deref(),
            Some("Melany"),
            "a channel that says less takes nothing back"
        );
    }
    let stay = named("Melanie").await;
    assert_eq!(stay.guest.name.as_deref(), Some("Melanie"));
    typed(&stay, "Melanie Dupont").await;
    let stay = named("Mel").await;
    assert_eq!(stay.guest.name.as_deref(), Some("Melanie Dupont"));
    typed(&stay, "").await;
    assert_eq!(named("Melanie").await.guest.name, None, "taken out is typed too");
}

#[db_test]
async fn the_nights_of_guests_who_have_left_do_not_change(db: TestDb) {
    let world = World::new(db).await;
    let feed = airbnb(&world, feed!("airbnb.ics")).await;
    let (grant, first) = (world.manager::<StaysEdit>(), all_stays(&world).await[0].id);
    stays::check_in(&world.app, &grant, first, None).await.unwrap();
    world.clock.advance(TimeDelta::days(4));
    stays::check_out(&world.app, &grant, first, None).await.unwrap();
    for _ in 0..2 {
        let (_, lines) = sync_with(&world, feed, feed!("airbnb_moved.ics")).await;
        let listed = nights("2027-01-05", "2027-01-09");
        assert!(lines.decisions.iter().any(|line| line.reason == Reason::DatesByPerson { listed }), "{lines:?}");
    }
    let stay = all_stays(&world).await.remove(0);
    assert_eq!((stay.status, stay.nights), (StayStatus::CheckedOut, nights("2027-01-04", "2027-01-08")));
}
