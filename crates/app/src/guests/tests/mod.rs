mod http;
mod model;
mod service;

use kernel::{
    StayId, UnitId,
    permissions::{GuestsEdit, GuestsView, StaysCreate, StaysEdit, StaysView},
};

use super::*;
use crate::{
    stays::{self, ChangeStay, NewStay, Stay, StayForm},
    testing::World,
};

/// What a person types for a stay of some nights of January 2027.
pub(super) fn stay_form(unit: UnitId, from: u32, name: &str, email: &str, phone: &str) -> StayForm {
    StayForm {
        unit_id: unit.to_string(),
        kind: "reservation".into(),
        check_in: format!("2027-01-{from:02}"),
        check_out: format!("2027-01-{:02}", from + 2),
        guest_name: name.into(),
        guest_email: email.into(),
        guest_phone: phone.into(),
        adults: "2".into(),
        amount: "100".into(),
        ..StayForm::default()
    }
}

pub(super) async fn book(world: &World, form: &StayForm) -> Stay {
    let new = NewStay::parse(form, "EUR".parse().unwrap()).unwrap();
    stays::book(&world.app, &world.manager::<StaysCreate>(), &new).await.unwrap()
}

pub(super) async fn edit_stay(world: &World, id: StayId, edit: impl FnOnce(StayForm) -> StayForm) -> Stay {
    let stay = stays::find(&mut world.db.read().await.unwrap(), &world.manager::<StaysView>(), id).await.unwrap();
    let change = ChangeStay::parse(&edit(StayForm::of(&stay)), &stay, "EUR".parse().unwrap()).unwrap();
    stays::change(&world.app, &world.manager::<StaysEdit>(), id, &change).await.unwrap()
}

pub(super) fn facts(name: &str, email: &str, phone: &str) -> GuestFacts {
    let (name, email, phone) = (name.into(), email.into(), phone.into());
    GuestFacts::parse(&GuestForm { name, email, phone, ..GuestForm::default() }).unwrap()
}

pub(super) async fn add(world: &World, name: &str, email: &str, phone: &str) -> Guest {
    super::add(&world.app, &world.manager::<GuestsEdit>(), &facts(name, email, phone)).await.unwrap()
}

pub(super) async fn details(world: &World, id: kernel::GuestId) -> GuestDetails {
    let now = world.env.now();
    super::details(&mut world.db.read().await.unwrap(), &world.manager::<GuestsView>(), id, now).await.unwrap()
}

pub(super) async fn names(world: &World, typed: Option<&str>, doubles: bool) -> Vec<String> {
    let mut read = world.db.read().await.unwrap();
    let limit = kernel::Limit::default();
    let page = list(&mut read, &world.manager::<GuestsView>(), typed, doubles, None, limit).await.unwrap();
    page.items.into_iter().map(|row| row.guest.facts.name).collect()
}
