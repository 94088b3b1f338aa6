use db::{db_test, testing::TestDb};
use kernel::{
    Limit,
    permissions::{PropertiesCreate, PropertiesDelete, PropertiesEdit, PropertiesView},
};

use super::*;
use crate::testing::World;

fn names(page: &kernel::Page<PropertyView>) -> Vec<&str> {
    page.items.iter().map(|property| property.facts.name.as_str()).collect()
}

#[db_test]
async fn a_new_property_has_its_unit_and_is_found_by_its_own_organization_only(db: TestDb) {
    let world = World::new(db).await;
    let new = NewProperty::parse(&good_form()).unwrap();
    let id = create(&world.app, &world.manager::<PropertiesCreate>(), &new).await.unwrap();

    let mut read = world.db.read().await.unwrap();
    let grant = world.manager::<PropertiesView>();
    let found = find(&mut read, &grant, id).await.unwrap();
    assert_eq!(found.facts, new);
    let units = units_of(&mut read, &grant, id).await.unwrap();
    assert_eq!((units.len(), units[0].id, units[0].label().as_str()), (1, found.whole_unit, "Casa O'Brien"));
    let stranger = find(&mut read, &world.foreign_manager::<PropertiesView>(), id).await;
    assert!(matches!(stranger, Err(PropertyError::NotFound)));
}

#[db_test]
async fn members_see_the_properties_of_their_role(db: TestDb) {
    let world = World::new(db).await;
    let mut read = world.db.read().await.unwrap();
    for (member, expected) in [
        (&world.home.manager, vec!["Beach house", "City flat"]),
        (&world.home.owner, vec!["Beach house"]),
        (&world.home.staff, vec!["Beach house"]),
    ] {
        let grant = member.grant::<PropertiesView>();
        let page = list(&mut read, &grant, PropertyFilter::Current, None, Limit::default()).await.unwrap();
        assert_eq!(names(&page), expected);
        let hidden = find(&mut read, &grant, world.home.second.property).await.is_err();
        assert_eq!(hidden, expected.len() == 1);
    }
}

#[db_test]
async fn an_owner_changes_their_own_property_and_no_other(db: TestDb) {
    let world = World::new(db).await;
    let new = NewProperty::parse(&good_form()).unwrap();
    let grant = world.home.owner.grant::<PropertiesEdit>();
    change(&world.app, &grant, world.home.first.property, &new).await.unwrap();
    let refused = change(&world.app, &grant, world.home.second.property, &new).await;
    assert!(matches!(refused, Err(PropertyError::NotFound)));

    let added = create(&world.app, &world.home.owner.grant::<PropertiesCreate>(), &new).await.unwrap();
    let mut read = world.db.read().await.unwrap();
    assert_eq!(find(&mut read, &grant, added).await.unwrap().facts.name, "Casa O'Brien");
}

#[db_test]
async fn pages_continue_after_the_last_name_seen(db: TestDb) {
    let world = World::new(db).await;
    for name in ["Ático", "atico", "Zorro"] {
        world.add_house(name).await;
    }
    let grant = world.manager::<PropertiesView>();
    let mut read = world.db.read().await.unwrap();
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = list(&mut read, &grant, PropertyFilter::Current, after.as_ref(), Limit::new(2)).await.unwrap();
        seen.extend(page.items.iter().map(|property| property.facts.name.clone()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 5);
    assert_eq!((seen[2].as_str(), seen[4].as_str()), ("Beach house", "Zorro"));
}

#[db_test]
async fn a_property_with_guests_to_come_cannot_be_archived_and_one_without_comes_back(db: TestDb) {
    let world = World::new(db).await;
    let grant = world.manager::<PropertiesDelete>();
    world.add_stay(world.home.first, "2027-01-10", "2027-01-12").await;
    world.add_stay(world.home.second, "2027-01-01", "2027-01-04").await;

    let refused = archive(&world.app, &grant, world.home.first.property).await;
    assert!(matches!(refused, Err(PropertyError::StaysAhead(1))), "{refused:?}");
    archive(&world.app, &grant, world.home.second.property).await.unwrap();

    let view = world.manager::<PropertiesView>();
    let mut read = world.db.read().await.unwrap();
    let archived = list(&mut read, &view, PropertyFilter::Archived, None, Limit::default()).await.unwrap();
    assert_eq!(names(&archived), ["City flat"]);
    assert_eq!(units(&mut read, &view).await.unwrap().len(), 1);
    restore(&world.app, &grant, world.home.second.property).await.unwrap();
    assert_eq!(units(&mut read, &view).await.unwrap().len(), 2);
    assert!(matches!(
        restore(&world.app, &world.foreign_manager(), world.home.second.property).await,
        Err(PropertyError::NotFound)
    ));
}
