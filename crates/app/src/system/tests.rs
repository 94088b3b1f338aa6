use db::{db_test, testing::TestDb};
use http::StatusCode;

use crate::testing::World;

#[db_test]
async fn a_process_that_ends_lives_but_is_not_ready(db: TestDb) {
    let world = World::new(db).await;
    let mut anyone = world.site().anonymous();
    assert_eq!(anyone.get("/health/live").await.status, StatusCode::OK);
    assert_eq!(anyone.get("/health/ready").await.status, StatusCode::OK);
    world.app.draining.cancel();
    assert_eq!(anyone.get("/health/live").await.status, StatusCode::OK);
    assert_eq!(anyone.get("/health/ready").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[db_test]
async fn a_process_without_its_database_lives_but_is_not_ready(db: TestDb) {
    let world = World::new(db).await;
    world.app.db.close().await;
    let mut anyone = world.site().anonymous();
    assert_eq!(anyone.get("/health/live").await.status, StatusCode::OK);
    assert_eq!(anyone.get("/health/ready").await.status, StatusCode::SERVICE_UNAVAILABLE);
}
