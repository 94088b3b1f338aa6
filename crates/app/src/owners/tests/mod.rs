//! Owners: sums, access, and who sees whom.

use ::http::{Method, StatusCode};
use db::{db_test, testing::TestDb};
use kernel::{
    FieldErrors, PropertyId,
    permissions::{OwnersEdit, OwnersView, PropertiesView},
};
use serde_json::json;

use super::{NewOwners, OwnerEntry, OwnerView, OwnersError, Share, service};
use crate::{properties, testing::World};

fn somebody(name: &str, share: &str) -> OwnerEntry {
    OwnerEntry { name: name.into(), share: share.into(), ..OwnerEntry::default() }
}

fn known(owner: &OwnerView, share: &str) -> OwnerEntry {
    OwnerEntry { party_id: owner.party_id.to_string(), share: share.into(), ..OwnerEntry::default() }
}

async fn owners(world: &World, property: PropertyId) -> Vec<OwnerView> {
    let mut read = world.db.read().await.unwrap();
    service::of_property(&mut read, &world.manager::<OwnersView>(), property).await.unwrap()
}

async fn save(world: &World, property: PropertyId, entries: &[OwnerEntry]) -> Result<(), OwnersError> {
    let new = NewOwners::parse(entries).map_err(OwnersError::Invalid)?;
    service::save(&world.app, &world.manager::<OwnersEdit>(), property, &new).await
}

fn codes(errors: &FieldErrors) -> Vec<(&'static str, &'static str)> {
    errors.iter().map(|error| (error.field, error.code)).collect()
}

#[test]
fn percentages_are_read_without_rounding() {
    for (typed, points) in
        [("50", 5_000), ("33.34", 3_334), ("33,3 %", 3_330), (" 100 ", 10_000), ("0.01", 1), ("007", 700)]
    {
        assert_eq!(Share::parse(typed).map(Share::basis_points), Ok(points), "{typed}");
    }
    for typed in ["", "0", "0.00", "100.01", "101", "1000", "-5", "3.333", "1e2", ".5", "½", "5.", "1.2.3"] {
        let parsed = Share::parse(typed).map(Share::basis_points);
        assert_eq!(parsed, if typed == "5." { Ok(500) } else { Err("share_invalid") }, "{typed}");
    }
    assert_eq!(Share::parse("33,34").unwrap().to_string(), "33.34");
}

#[test]
fn shares_sum_to_all_or_there_are_none() {
    assert!(NewOwners::parse(&[]).is_ok());
    assert!(NewOwners::parse(&[somebody("A", "33.33"), somebody("B", "33.33"), somebody("C", "33.34")]).is_ok());
    let errors = NewOwners::parse(&[somebody("A", "33.33"), somebody("B", "66.66")]).unwrap_err();
    assert_eq!(errors.of("share").unwrap().bound.as_deref(), Some("99.99"));
    let wrong = [somebody(" ", "x"), OwnerEntry { party_id: "7".into(), share: "50".into(), ..OwnerEntry::default() }];
    let errors = NewOwners::parse(&wrong).unwrap_err();
    assert_eq!(codes(&errors), [("name", "required"), ("share", "share_invalid"), ("owners", "choice_unknown")]);
}

#[db_test]
async fn a_member_gains_and_loses_a_property_with_their_share(db: TestDb) {
    let world = World::new(db).await;
    let (first, second) = (world.home.first.property, world.home.second.property);
    let sees = async |property| {
        let mut read = world.db.read().await.unwrap();
        properties::find(&mut read, &world.home.owner.grant::<PropertiesView>(), property).await.is_ok()
    };
    assert!(sees(first).await && !sees(second).await);
    let olga = owners(&world, first).await.remove(0);
    save(&world, second, &[known(&olga, "25.5"), somebody("Inversiones Sol, S.L.", "74.5")]).await.unwrap();
    assert!(sees(second).await);
    let both = owners(&world, second).await;
    assert_eq!(both.iter().map(|owner| owner.share.basis_points()).collect::<Vec<_>>(), [7_450, 2_550]);
    save(&world, second, &[known(&both[0], "100")]).await.unwrap();
    assert!(!sees(second).await && sees(first).await);
    save(&world, second, &[]).await.unwrap();
    assert!(owners(&world, second).await.is_empty());
    let mut read = world.db.read().await.unwrap();
    let grant = world.manager::<OwnersEdit>();
    let history = crate::audit::history(&mut read, grant.scope(), second.uuid()).await.unwrap();
    assert_eq!(history.iter().filter(|entry| entry.action == "owners.property.change").count(), 3);
}

#[db_test]
async fn nothing_is_saved_of_what_is_wrong_and_what_is_the_same_leaves_no_trace(db: TestDb) {
    let world = World::new(db).await;
    let first = world.home.first.property;
    let olga = owners(&world, first).await;
    save(&world, first, &[known(&olga[0], "100.00")]).await.unwrap();
    let twice = save(&world, first, &[known(&olga[0], "50"), known(&olga[0], "50")]).await;
    assert!(
        matches!(&twice, Err(OwnersError::Invalid(errors)) if codes(errors) == [("owners", "owner_twice")]),
        "{twice:?}"
    );
    let unknown =
        OwnerEntry { user_id: world.home.staff.user_id().to_string(), share: "100".into(), ..OwnerEntry::default() };
    let staff = save(&world, first, &[unknown]).await;
    assert!(
        matches!(&staff, Err(OwnersError::Invalid(errors)) if codes(errors) == [("owners", "choice_unknown")]),
        "{staff:?}"
    );
    assert_eq!(owners(&world, first).await, olga);
    let foreign = service::save(&world.app, &world.foreign_manager(), first, &NewOwners::parse(&[]).unwrap()).await;
    assert!(matches!(foreign, Err(OwnersError::NotFound)));
    let mut read = world.db.read().await.unwrap();
    let grant = world.manager::<OwnersEdit>();
    assert!(crate::audit::history(&mut read, grant.scope(), first.uuid()).await.unwrap().is_empty());
}

#[db_test]
async fn a_member_who_is_no_party_becomes_one_and_a_party_without_a_user_can_be_renamed(db: TestDb) {
    let world = World::new(db).await;
    let second = world.home.second.property;
    let marta = world.home.manager.user_id();
    let member = OwnerEntry { user_id: marta.to_string(), share: "60".into(), ..OwnerEntry::default() };
    save(&world, second, &[member, somebody("Pepe Lopez", "40")]).await.unwrap();
    let both = owners(&world, second).await;
    assert_eq!((both[0].name.as_str(), both[0].user_id), ("Marta Manager", Some(marta)));
    let mut entries = [known(&both[0], "60"), known(&both[1], "40")];
    (entries[0].name, entries[1].name) = ("Somebody else".into(), "Pepe López".into());
    save(&world, second, &entries).await.unwrap();
    let names: Vec<_> = owners(&world, second).await.into_iter().map(|owner| owner.name).collect();
    assert_eq!(names, ["Marta Manager", "Pepe López"], "who signs in names themselves");
}

#[db_test]
async fn the_form_saves_all_at_once_and_is_shown_again_with_what_was_typed(db: TestDb) {
    let world = World::new(db).await;
    let path = format!("/properties/{}/owners", world.home.first.property);
    let mut browser = world.site().browser(&world.home.manager);
    let page = browser.get(&path).await.body;
    assert!(page.contains("Olga Owner") && page.contains("value=\"100.00\""), "{page}");
    assert!(page.contains("Marta Manager, a member"), "{page}");
    let olga = owners(&world, world.home.first.property).await[0].party_id.to_string();
    let mut sent =
        vec![("party_id", olga.as_str()), ("name", ""), ("share", "60"), ("new_who", "new"), ("new_name", "Sol <b>")];
    sent.extend([("new_kind", "company"), ("new_share", "30")]);
    let again = browser.post(&path, &sent).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["sum to 90.00 instead", "value=\"60\"", "value=\"30\"", "Sol &#60;b&#62;"] {
        assert!(again.body.contains(part), "{part}\n{}", again.body);
    }
    sent.pop();
    sent.push(("new_share", "40"));
    assert_eq!(browser.post(&path, &sent).await.status, StatusCode::SEE_OTHER);
    assert_eq!(owners(&world, world.home.first.property).await.len(), 2);
    let sol = owners(&world, world.home.first.property).await[1].party_id.to_string();
    let sent = [
        ("party_id", olga.as_str()),
        ("name", ""),
        ("share", "100"),
        ("party_id", sol.as_str()),
        ("name", "Sol"),
        ("share", "40"),
        ("remove", sol.as_str()),
    ];
    assert_eq!(browser.post(&path, &sent).await.status, StatusCode::SEE_OTHER);
    assert_eq!(owners(&world, world.home.first.property).await.len(), 1);
}

#[db_test]
async fn an_owner_sees_their_own_share_and_no_other_owner(db: TestDb) {
    let world = World::new(db).await;
    let first = world.home.first.property;
    let olga = owners(&world, first).await.remove(0);
    save(&world, first, &[known(&olga, "33.34"), somebody("Hidden Partner", "66.66")]).await.unwrap();
    let mut owner = world.site().browser(&world.home.owner);
    let path = format!("/properties/{first}/owners");
    let page = owner.get(&path).await.body;
    assert!(page.contains("33.34 %") && !page.contains("Hidden Partner") && !page.contains("name=\"share\""), "{page}");
    assert_eq!(owner.post(&path, &[]).await.status, StatusCode::FORBIDDEN);
    let mut api = world.site().api(&world.home.owner, &[]);
    let listed = api.get(&format!("/api/v1{path}")).await.json();
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["share"]), (1, &json!("33.34")), "{listed}");
    let other = format!("/api/v1/properties/{}/owners", world.home.second.property);
    assert_eq!(api.get(&other).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        api.json(Method::PUT, &format!("/api/v1{path}"), &json!({ "owners": [] })).await.status,
        StatusCode::FORBIDDEN
    );
}

#[db_test]
async fn programs_replace_owners(db: TestDb) {
    let world = World::new(db).await;
    let path = format!("/api/v1/properties/{}/owners", world.home.second.property);
    let mut api = world.site().api(&world.home.manager, &[]);
    let parties = api.get("/api/v1/parties").await.json();
    assert_eq!(parties[0]["name"], "Olga Owner", "{parties}");
    assert!(parties[1]["party_id"].is_null() && parties[1]["name"] == "Marta Manager", "{parties}");
    let body = json!({ "owners": [
        { "party_id": parties[0]["party_id"], "share": "50" },
        { "name": "Sol, S.L.", "kind": "company", "share": "50" },
    ] });
    let saved = api.json(Method::PUT, &path, &body).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    assert_eq!(saved.json().as_array().unwrap().len(), 2);
    let wrong = json!({ "owners": [{ "party_id": parties[0]["party_id"], "share": "99" }] });
    let refused = api.json(Method::PUT, &path, &wrong).await.json();
    assert_eq!(
        (&refused["errors"][0]["code"], &refused["errors"][0]["bound"]),
        (&json!("shares_sum"), &json!("99.00")),
        "{refused}"
    );
}
