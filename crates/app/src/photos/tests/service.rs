use db::{db_test, testing::TestDb};
use kernel::{
    PhotoId, PropertyId,
    permissions::{PropertiesEdit, PropertiesView},
};

use crate::{
    files::{ReceivedFile, tests::made},
    photos::{Move, NewFacts, PhotoError, add, covers, list, place, put_in_order, remove, service},
    testing::{Member, World},
};

async fn add_one(world: &World, member: &Member, house: PropertyId, width: u32) -> Result<PhotoId, PhotoError> {
    let file = ReceivedFile::of_bytes(&made::jpeg(width, 30)).unwrap();
    let facts = NewFacts { caption: format!("{width} wide"), room: String::new() };
    add(&world.app, &member.grant::<PropertiesEdit>(), house, file, &facts).await
}

fn code(result: Result<PhotoId, PhotoError>) -> &'static str {
    match result {
        Err(PhotoError::Invalid(errors)) => errors.of("photo").unwrap().code,
        Err(PhotoError::NotFound) => "not_found",
        other => panic!("{other:?}"),
    }
}

async fn order(world: &World) -> Vec<PhotoId> {
    let mut read = world.db.read().await.unwrap();
    let grant = world.manager::<PropertiesView>();
    list(&mut read, &grant, world.home.first.property).await.unwrap().iter().map(|photo| photo.id).collect()
}

#[db_test]
async fn photos_are_kept_in_order_and_the_first_is_the_main_one(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first.property;
    let mut ids = Vec::new();
    for width in [40, 50, 1000] {
        ids.push(add_one(&world, &world.home.manager, house, width).await.unwrap());
    }
    assert_eq!(order(&world).await, ids);
    let edit = world.manager::<PropertiesEdit>();
    assert_eq!(place(&world.app, &edit, ids[2], Move::First).await.unwrap(), house);
    assert_eq!(order(&world).await, [ids[2], ids[0], ids[1]]);
    place(&world.app, &edit, ids[2], Move::Later).await.unwrap();
    assert_eq!(order(&world).await, [ids[0], ids[2], ids[1]]);
    put_in_order(&world.app, &edit, house, &[ids[1]]).await.unwrap();
    assert_eq!(order(&world).await, [ids[1], ids[0], ids[2]], "those not named come after");

    let mut read = world.db.read().await.unwrap();
    let view = world.manager::<PropertiesView>();
    let houses = [house, world.home.second.property, world.foreign.first.property];
    let (covers, queries) = db::count_queries(covers(&mut read, &view, &houses)).await;
    let covers = covers.unwrap();
    assert_eq!((covers.len(), covers[&house].id, covers[&house].width, queries), (1, ids[1], 50, 1));
    let photos = list(&mut read, &view, house).await.unwrap();
    let widths: Vec<Vec<u32>> = photos.iter().map(|p| p.sizes.iter().map(|size| size.width).collect()).collect();
    assert_eq!(widths, [vec![50], vec![40], vec![320, 800, 1000]]);
    assert_eq!(
        (photos[2].src(500), photos[2].src(5_000)),
        (format!("/photos/{}/800", ids[2]), format!("/photos/{}/1000", ids[2]))
    );
}

#[db_test]
async fn owners_change_photos_of_theirs_and_nobody_reaches_others(db: TestDb) {
    let world = World::new(db).await;
    let (home, foreign) = (&world.home, &world.foreign);
    let mine = add_one(&world, &home.owner, home.first.property, 40).await.unwrap();
    assert_eq!(code(add_one(&world, &home.owner, home.second.property, 40).await), "not_found");
    assert_eq!(code(add_one(&world, &foreign.manager, home.first.property, 40).await), "not_found");
    assert_eq!(world.app.files.everything().await.len(), 1, "nothing was written for those who may not");
    let second = add_one(&world, &home.manager, home.second.property, 40).await.unwrap();
    let owner = home.owner.grant::<PropertiesEdit>();
    assert!(matches!(remove(&world.app, &owner, second).await, Err(PhotoError::NotFound)));
    assert!(matches!(place(&world.app, &owner, second, Move::First).await, Err(PhotoError::NotFound)));
    let mut read = world.db.read().await.unwrap();
    for member in [&home.owner, &home.staff] {
        let view = member.grant::<PropertiesView>();
        assert!(service::file(&mut read, &view, mine, 40).await.is_ok());
        assert!(matches!(service::file(&mut read, &view, second, 40).await, Err(PhotoError::NotFound)));
    }
    let stranger = foreign.manager.grant::<PropertiesView>();
    assert!(matches!(service::find(&mut read, &stranger, mine).await, Err(PhotoError::NotFound)));
}

#[db_test]
async fn a_picture_comes_once_to_a_property_and_only_while_there_is_room(db: TestDb) {
    let world = World::with_settings(db, &[("files.quota", "20kB")]).await;
    let home = &world.home;
    add_one(&world, &home.manager, home.first.property, 40).await.unwrap();
    assert_eq!(code(add_one(&world, &home.manager, home.first.property, 40).await), "photo_twice");
    let first = add_one(&world, &home.manager, home.second.property, 40).await.unwrap();
    let mut last = Ok(first);
    for width in 400..430 {
        last = add_one(&world, &home.manager, home.second.property, width).await;
        if last.is_err() {
            break;
        }
    }
    assert_eq!(code(last), "file_quota");
    let edit = world.manager::<PropertiesEdit>();
    let kept = world.app.files.everything().await.len();
    remove(&world.app, &edit, first).await.unwrap();
    crate::files::tests::tidied(&world).await;
    assert_eq!(world.app.files.everything().await.len(), kept - 1);
    let svg = ReceivedFile::of_bytes(b"<svg/>").unwrap();
    let refused = add(&world.app, &edit, home.second.property, svg, &NewFacts::default()).await;
    assert_eq!(code(refused), "picture_kind");
}
