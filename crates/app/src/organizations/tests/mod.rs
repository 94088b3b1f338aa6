use db::{db_test, sql, testing::TestDb};
use http::StatusCode;
use kernel::{OrganizationId, Role, permissions::OrganizationEdit};

use super::*;
use crate::{
    accounts::tests::{
        PASSWORD,
        http::{sign_in_as, visitor_of, world},
    },
    testing::World,
};

fn form() -> OrganizationForm {
    OrganizationForm {
        name: "Casa O'Neill".into(),
        country: "PT".into(),
        zone: "Europe/Lisbon".into(),
        currency: "EUR".into(),
        language: "es".into(),
    }
}

async fn problems(world: &World, form: OrganizationForm) -> Vec<(&'static str, &'static str)> {
    match edit(&world.app, &world.manager(), &form).await {
        Err(EditError::Invalid(errors)) => errors.iter().map(|error| (error.field, error.code)).collect(),
        other => panic!("{other:?}"),
    }
}

#[db_test]
async fn a_manager_changes_the_facts_of_their_own_organization(db: TestDb) {
    let world = World::new(db).await;
    edit(&world.app, &world.manager(), &form()).await.unwrap();
    let mut read = world.db.read().await.unwrap();
    let manager = world.manager::<OrganizationEdit>();
    let organization = find(&mut read, &manager).await.unwrap();
    assert_eq!(OrganizationForm::from(&organization.facts).name, "Casa O'Neill");
    assert!(is_currency_open(&mut read, &manager).await.unwrap());
    let foreign = find(&mut read, &world.foreign_manager::<OrganizationEdit>()).await.unwrap();
    drop(read);
    assert_eq!(foreign.facts.name, "Foreign");
    let entries = async || -> Vec<String> {
        sql!("SELECT fields FROM audit_entry WHERE organization_id = $1 AND action = 'organizations.organization.edit'")
            .bind(world.home.organization)
            .fetch_all(&mut world.db.read().await.unwrap(), |row| row.get("fields"))
            .await
            .unwrap()
    };
    assert_eq!(entries().await, ["name,country,zone,language"]);
    edit(&world.app, &world.manager(), &form()).await.unwrap();
    assert_eq!(entries().await.len(), 1, "nothing changed, nothing to tell");
}

#[db_test]
async fn every_field_says_what_is_wrong_with_it(db: TestDb) {
    let world = World::new(db).await;
    for (wrong, field, code) in [
        (OrganizationForm { name: " ".into(), ..form() }, "name", "required"),
        (OrganizationForm { name: "x".repeat(121), ..form() }, "name", "too_long"),
        (OrganizationForm { country: "".into(), ..form() }, "country", "required"),
        (OrganizationForm { country: "pt".into(), ..form() }, "country", "unknown_choice"),
        (OrganizationForm { zone: "Lisbon".into(), ..form() }, "zone", "unknown_zone"),
        (OrganizationForm { currency: "EURO".into(), ..form() }, "currency", "unknown_choice"),
        (OrganizationForm { language: "".into(), ..form() }, "language", "unknown_choice"),
    ] {
        assert_eq!(problems(&world, wrong).await, [(field, code)]);
    }
}

#[db_test]
async fn the_currency_is_fixed_once_an_amount_is_written(db: TestDb) {
    let world = World::new(db).await;
    let dollars = OrganizationForm { currency: "USD".into(), ..form() };
    edit(&world.app, &world.manager(), &dollars).await.unwrap();
    let stay = world.add_stay(world.home.first, "2027-02-01", "2027-02-03").await;
    edit(&world.app, &world.manager(), &form()).await.unwrap();
    let mut tx = world.db.begin().await.unwrap();
    sql!("UPDATE stay SET amount_minor = 100, currency = 'EUR' WHERE organization_id = $1 AND id = $2")
        .bind(world.home.organization)
        .bind(stay)
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(problems(&world, dollars).await, [("currency", "currency_fixed")]);
    edit(&world.app, &world.manager(), &OrganizationForm { name: "Other".into(), ..form() }).await.unwrap();
    assert!(!is_currency_open(&mut world.db.read().await.unwrap(), &world.manager()).await.unwrap());
}

#[test]
fn only_managers_change_it() {
    for role in Role::ALL {
        let may = kernel::permissions_of(*role).contains(&<OrganizationEdit as kernel::Permission>::NAME);
        assert_eq!(may, *role == Role::Manager);
    }
}

#[db_test]
async fn a_member_of_two_organizations_goes_from_one_to_the_other(db: TestDb) {
    let world = world(db).await;
    let lena = crate::accounts::tests::lena(&world).await;
    world.clock.advance(chrono::TimeDelta::minutes(1));
    let mut tx = world.db.begin().await.unwrap();
    let id = kernel::MembershipId::new(&world.env);
    store::insert_member(&mut tx, world.home.organization, id, lena.id, Role::Staff, world.env.now()).await.unwrap();
    tx.commit().await.unwrap();

    let mut client = visitor_of(&world);
    sign_in_as(&mut client, lena.email.as_str(), PASSWORD).await;
    let page = client.get("/organization").await;
    assert!(page.status == StatusCode::OK && page.body.contains("Harbour Stays") && page.body.contains("Home"));
    for foreign in [world.foreign.organization, OrganizationId::new(&world.env)] {
        let refused = client.post(&format!("/organizations/{foreign}/enter"), &[]).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
    let entered = client.post(&format!("/organizations/{}/enter", world.home.organization), &[]).await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/dashboard"));
    assert_eq!(client.get("/organization").await.status, StatusCode::FORBIDDEN, "staff there");

    // The form of another tab still belongs to the organization that it was opened in.
    let stale = client.post("/profile", &[("name", "Lena"), ("language", "en"), ("zone", "")]).await;
    assert_eq!(stale.status, StatusCode::SEE_OTHER, "{}", stale.body);
}

#[db_test]
async fn the_page_keeps_what_was_typed(db: TestDb) {
    let world = world(db).await;
    let lena = crate::accounts::tests::lena(&world).await;
    let mut client = visitor_of(&world);
    sign_in_as(&mut client, lena.email.as_str(), PASSWORD).await;
    client.get("/organization").await;
    let fields =
        |name| [("name", name), ("country", "PT"), ("zone", "Europe/Lisbon"), ("currency", "EUR"), ("language", "en")];
    let long = "x".repeat(121);
    let refused = client.post("/organization", &fields(&long)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(&long) && refused.body.contains("At most 120 characters."));
    assert_eq!(client.post("/organization", &fields("Porto Stays")).await.status, StatusCode::SEE_OTHER);
    assert!(client.get("/organization").await.body.contains("Porto Stays"));
}
