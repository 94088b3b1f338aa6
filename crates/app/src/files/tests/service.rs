use chrono::TimeDelta;
use db::{db_test, sql, testing::TestDb};
use kernel::permissions::PropertiesEdit;

use crate::{
    config,
    files::{Content, Files, FilesError, release, service::tidy, settle, storage::Storage, write},
    testing::World,
};

fn content(bytes: &[u8]) -> Content {
    Content { media_type: "image/jpeg", bytes: bytes.to_vec() }
}

async fn states(world: &World) -> Vec<String> {
    let mut read = world.db.read().await.unwrap();
    sql!("SELECT state FROM file WHERE organization_id = $1 ORDER BY id")
        .bind(world.home.organization)
        .fetch_all(&mut read, |row| row.get("state"))
        .await
        .unwrap()
}

#[db_test]
async fn a_file_is_stored_only_with_what_refers_to_it_and_goes_with_it(db: TestDb) {
    let world = World::new(db).await;
    let grant = world.manager::<PropertiesEdit>();
    let ids = write(&world.app, &grant, [content(b"one"), content(b"two")]).await.unwrap();
    assert_eq!(states(&world).await, ["pending", "pending"]);
    assert_eq!(world.app.files.everything().await.len(), 2);

    let mut tx = world.db.begin().await.unwrap();
    settle(&mut tx, &grant, &ids[..1]).await.unwrap();
    tx.commit().await.unwrap();
    tidy(&world.app).await.unwrap();
    assert_eq!(world.app.files.everything().await.len(), 2, "it may still be referred to");
    world.clock.advance(TimeDelta::minutes(61));
    tidy(&world.app).await.unwrap();
    assert_eq!(states(&world).await, ["stored"], "what a crash left is gone");
    assert_eq!(world.app.files.everything().await.len(), 1);

    let mut tx = world.db.begin().await.unwrap();
    assert!(settle(&mut tx, &grant, &ids[1..]).await.is_err(), "too late");
    drop(tx);
    let mut tx = world.db.begin().await.unwrap();
    release(&mut tx, &world.env, &grant, &ids[..1]).await.unwrap();
    drop(tx);
    tidy(&world.app).await.unwrap();
    assert_eq!(states(&world).await, ["stored"], "the transaction was given up, not the file");
    let mut tx = world.db.begin().await.unwrap();
    release(&mut tx, &world.env, &grant, &ids[..1]).await.unwrap();
    tx.commit().await.unwrap();
    tidy(&world.app).await.unwrap();
    assert!(states(&world).await.is_empty());
    assert!(world.app.files.everything().await.is_empty());
}

#[db_test]
async fn an_organization_keeps_no_more_than_its_quota(db: TestDb) {
    let world = World::with_settings(db, &[("files.quota", "1kB")]).await;
    let grant = world.manager::<PropertiesEdit>();
    write(&world.app, &grant, [content(&[0; 600])]).await.unwrap();
    let more = write(&world.app, &grant, [content(&[0; 401])]).await;
    assert!(matches!(more, Err(FilesError::Quota)));
    write(&world.app, &world.foreign_manager::<PropertiesEdit>(), [content(&[0; 600])]).await.unwrap();
    write(&world.app, &grant, [content(&[0; 400])]).await.unwrap();
}

#[tokio::test]
async fn the_folder_is_made_for_nobody_else_and_names_are_ids() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let config = config::for_tests(&[("data.dir", folder.path().join("data").to_str().unwrap())]);
    let storage = Storage::open(&config.data, &config.files).unwrap();
    let (organization, id) =
        (kernel::OrganizationId::from_uuid(uuid::Uuid::nil()), kernel::FileId::from_uuid(uuid::Uuid::nil()));
    storage.put(organization, id, b"bytes".to_vec()).await.unwrap();
    let files = folder.path().join("data/files");
    assert_eq!(std::fs::metadata(&files).unwrap().permissions().mode() & 0o777, 0o700);
    let path = files.join(organization.to_string()).join(id.to_string());
    assert_eq!(std::fs::read(&path).unwrap(), b"bytes");
    assert_eq!(storage.everything().await.len(), 1);
    storage.delete(organization, id).await.unwrap();
    assert!(!path.exists());
    assert!(!format!("{:?}", Files::open(&config).unwrap()).is_empty());
}
