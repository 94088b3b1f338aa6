pub(crate) mod made;
mod pictures;
mod s3;
mod service;

use crate::testing::World;

/// Deletes what nothing refers to, as the job does.
pub(crate) async fn tidied(world: &World) {
    super::service::tidy(&world.app).await.unwrap();
}
