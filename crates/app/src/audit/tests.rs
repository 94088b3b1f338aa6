use db::{db_test, testing::TestDb};
use kernel::permissions::StaysEdit;

use super::*;
use crate::testing::World;

#[db_test]
async fn the_history_of_a_row_is_newest_first_and_stays_in_its_organization(db: TestDb) {
    let world = World::new(db).await;
    let (grant, other) = (world.manager::<StaysEdit>(), world.foreign_manager::<StaysEdit>());
    let row = world.env.new_uuid();
    let mut tx = world.db.begin().await.unwrap();
    for (grant, action) in [(&grant, "stays.stay.book"), (&grant, "stays.stay.change"), (&other, "stays.stay.cancel")] {
        world.clock.advance(chrono::TimeDelta::seconds(1));
        record(&mut tx, &world.env, grant, action, Subject::new("stay", row), &["check_in", "notes"]).await.unwrap();
    }
    tx.commit().await.unwrap();

    let mut read = world.db.read().await.unwrap();
    let history = history(&mut read, grant.scope(), row).await.unwrap();
    let actions: Vec<&str> = history.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["stays.stay.change", "stays.stay.book"]);
    assert_eq!(history[0].fields, ["check_in", "notes"]);
    assert_eq!(history[0].user_name.as_deref(), Some("Marta Manager"));
}

#[db_test]
async fn an_entry_of_a_dropped_transaction_does_not_exist(db: TestDb) {
    let world = World::new(db).await;
    let grant = world.manager::<StaysEdit>();
    let row = world.env.new_uuid();
    let mut tx = world.db.begin().await.unwrap();
    record(&mut tx, &world.env, &grant, "stays.stay.book", Subject::new("stay", row), &[]).await.unwrap();
    drop(tx);
    let mut read = world.db.read().await.unwrap();
    assert_eq!(history(&mut read, grant.scope(), row).await.unwrap(), []);
}
