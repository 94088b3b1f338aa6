//! Access facts: what is stored, who sees it, and what is written down of that.

mod http;

use db::{db_test, testing::TestDb};
use kernel::{
    FieldErrors, Grant,
    permissions::{LogsView, PropertySecretsEdit, PropertySecretsView},
};

use super::{AccessFact, AccessForm, FactValue, FactView, NewAccess, service};
use crate::{App, properties::PropertyError, secrets::KeyRing, state::Parts, testing::World};

const CANARY: &str = "canary-7391";

fn everything() -> AccessForm {
    let said = |fact: &str| format!("{CANARY} {fact}");
    AccessForm {
        wifi_network: said("net"),
        wifi_password: said("wifi"),
        entry_instructions: said("entry\r\nSecond line"),
        door_code: said("door"),
        gate_code: said("gate"),
        lockbox_code: said("box"),
        key_location: said("key"),
        alarm_code: said("alarm"),
        alarm_instructions: said("how"),
        parking: said("parking"),
        ..AccessForm::default()
    }
}

async fn change(world: &World, form: &AccessForm) {
    let new = NewAccess::parse(form).unwrap();
    service::change(&world.app, &world.manager(), world.home.first.property, &new).await.unwrap();
}

async fn reveal(app: &App, world: &World) -> Vec<FactView> {
    service::reveal(app, &world.manager(), world.home.first.property).await.unwrap()
}

async fn looks(world: &World) -> Vec<crate::audit::AuditEntry> {
    let mut read = world.db.read().await.unwrap();
    service::looks(&mut read, &world.manager::<LogsView>(), world.home.first.property).await.unwrap()
}

fn value(views: &[FactView], fact: AccessFact) -> &FactValue {
    &views.iter().find(|view| view.fact == fact).unwrap().value
}

/// The same application with other keys.
fn with_keys(app: &App, keys: &str) -> App {
    App::new(Parts {
        db: app.db.clone(),
        env: app.env.clone(),
        config: app.config.clone(),
        passwords: app.passwords.clone(),
        keys: KeyRing::parse([keys]).unwrap(),
        files: app.files.clone(),
        fetcher: app.fetcher.clone(),
        mailer: app.mailer.clone(),
        public_url: app.public_url.clone(),
        draining: app.draining.clone(),
    })
}

#[db_test]
async fn no_table_holds_a_fact_in_clear(db: TestDb) {
    let world = World::new(db).await;
    change(&world, &everything()).await;
    let shown = reveal(&world.app, &world).await;
    assert!(shown.iter().all(|view| view.value.shown().is_some_and(|text| text.starts_with(CANARY))));
    assert_eq!(value(&shown, AccessFact::EntryInstructions).shown(), Some("canary-7391 entry\nSecond line"));
    let stored = db::testing::contents(&world.db).await;
    assert!(stored.contains("Beach house") && stored.contains("wifi_password"), "the dump sees what is stored");
    for hidden in [CANARY, "Second line"] {
        assert!(!stored.contains(hidden), "{hidden} is stored in clear");
    }
    let told = format!("{shown:?} {:?}", NewAccess::parse(&everything()).unwrap());
    assert!(!told.contains(CANARY), "{told}");
}

#[db_test]
async fn each_look_is_written_down_with_the_facts_seen_and_no_value(db: TestDb) {
    let world = World::new(db).await;
    assert!(reveal(&world.app, &world).await.iter().all(|view| matches!(view.value, FactValue::Unset)));
    assert!(looks(&world).await.is_empty(), "there was nothing to see");
    let only = AccessForm { door_code: "1234#".into(), parking: "Behind".into(), ..AccessForm::default() };
    change(&world, &only).await;
    let mut read = world.db.read().await.unwrap();
    let grant: Grant<PropertySecretsView> = world.manager();
    let hidden = service::facts(&world.app, &mut read, &grant, world.home.first.property).await.unwrap();
    assert!(matches!(value(&hidden, AccessFact::DoorCode), FactValue::Hidden));
    assert_eq!(value(&hidden, AccessFact::Parking).shown(), Some("Behind"));
    assert!(looks(&world).await.is_empty());
    drop(read);
    reveal(&world.app, &world).await;
    let entry = &looks(&world).await[0];
    assert_eq!(
        (entry.fields.as_slice(), entry.user_name.as_deref()),
        (["door_code".to_owned()].as_slice(), Some("Marta Manager"))
    );
}

#[db_test]
async fn what_the_form_does_not_show_is_kept_and_what_is_the_same_is_no_change(db: TestDb) {
    let world = World::new(db).await;
    change(&world, &everything()).await;
    let form = AccessForm {
        door_code: "9".into(),
        gate_code: format!("{CANARY} gate"),
        clear: vec!["alarm_code".into(), "gate_code".into()],
        ..AccessForm::default()
    };
    change(&world, &form).await;
    let shown = reveal(&world.app, &world).await;
    assert_eq!(value(&shown, AccessFact::DoorCode).shown(), Some("9"));
    assert!(matches!(value(&shown, AccessFact::AlarmCode), FactValue::Unset));
    assert!(value(&shown, AccessFact::GateCode).shown().is_some(), "typed beats cleared");
    let mut read = world.db.read().await.unwrap();
    let grant: Grant<PropertySecretsEdit> = world.manager();
    let history = crate::audit::history(&mut read, grant.scope(), world.home.first.property.uuid()).await.unwrap();
    let changes: Vec<_> = history.iter().filter(|entry| entry.action == "property_access.facts.change").collect();
    assert!(changes.iter().any(|entry| entry.fields == ["door_code", "alarm_code"]), "{changes:?}");
    assert_eq!(changes.len(), 2);
}

#[db_test]
async fn a_value_whose_key_is_gone_is_said_to_be_unreadable_and_can_be_entered_anew(db: TestDb) {
    let mut world = World::new(db).await;
    change(&world, &everything()).await;
    world.app = with_keys(&world.app, "new:yZ0c5l0d8O3tRr9c1m6mQ2f0a4pV7wXkJ8sT5uH1eBg=");
    let shown = reveal(&world.app, &world).await;
    assert!(shown.iter().all(|view| matches!(view.value, FactValue::Unreadable)));
    assert!(looks(&world).await.is_empty(), "nothing was seen");
    change(&world, &AccessForm { door_code: "77".into(), clear: vec!["parking".into()], ..AccessForm::default() })
        .await;
    let shown = reveal(&world.app, &world).await;
    assert_eq!(value(&shown, AccessFact::DoorCode).shown(), Some("77"));
    assert!(matches!(value(&shown, AccessFact::Parking), FactValue::Unset));
    assert!(matches!(value(&shown, AccessFact::GateCode), FactValue::Unreadable), "what nobody touched stays");
}

#[db_test]
async fn owners_see_their_own_and_nobody_else_sees_a_thing(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first.property, world.home.second.property);
    let owner = world.home.owner.grant::<PropertySecretsView>();
    assert!(service::reveal(&world.app, &owner, first).await.is_ok());
    assert!(matches!(service::reveal(&world.app, &owner, second).await, Err(PropertyError::NotFound)));
    let new = NewAccess::parse(&everything()).unwrap();
    let foreign = world.foreign_manager::<PropertySecretsEdit>();
    assert!(matches!(service::change(&world.app, &foreign, first, &new).await, Err(PropertyError::NotFound)));
}

#[test]
fn a_network_has_32_bytes_and_a_code_40_characters_on_one_line() {
    let errors = |form: &AccessForm| -> FieldErrors { NewAccess::parse(form).unwrap_err() };
    let long = AccessForm { wifi_network: "é".repeat(17), door_code: "1".repeat(41), ..AccessForm::default() };
    let found: Vec<_> = errors(&long).iter().map(|error| (error.field, error.bound.clone().unwrap())).collect();
    assert_eq!(found, [("wifi_network", "32".to_owned()), ("door_code", "40".to_owned())]);
    let fits = AccessForm { wifi_network: "é".repeat(16), door_code: "1\n2".into(), ..AccessForm::default() };
    assert_eq!(format!("{:?}", NewAccess::parse(&fits).unwrap().0[1].0), "DoorCode");
}
