use chrono::TimeDelta;
use db::{db_test, testing::TestDb};

use super::*;
use crate::testing::World;

fn key(world: &World, name: &str, request: u8) -> IdempotencyKey {
    IdempotencyKey {
        user_id: world.home.manager.user_id(),
        organization_id: Some(world.home.organization),
        route: "/api/v1/properties",
        key: name.to_owned(),
        request_hash: [request; 32],
    }
}

fn answer() -> StoredAnswer {
    StoredAnswer { status: 201, content_type: Some("application/json".into()), location: None, body: b"{}".to_vec() }
}

#[db_test]
async fn a_key_runs_once_and_then_repeats_its_answer_for_a_day(db: TestDb) {
    let world = World::new(db).await;
    let kept = KeptAnswers::new(world.app.clone());
    let first = key(&world, "a", 1);
    assert_eq!(kept.begin(&first).await.unwrap(), Begin::New);
    assert_eq!(kept.begin(&first).await.unwrap(), Begin::Running);
    kept.finish(&first, &answer()).await.unwrap();
    assert_eq!(kept.begin(&first).await.unwrap(), Begin::Replay(answer()));
    assert_eq!(kept.begin(&key(&world, "a", 2)).await.unwrap(), Begin::Mismatch);

    world.clock.advance(TimeDelta::hours(24));
    assert_eq!(kept.begin(&first).await.unwrap(), Begin::New);
}

#[db_test]
async fn a_refused_request_may_be_tried_again_and_an_abandoned_one_after_five_minutes(db: TestDb) {
    let world = World::new(db).await;
    let kept = KeptAnswers::new(world.app.clone());
    let refused = key(&world, "refused", 1);
    assert_eq!(kept.begin(&refused).await.unwrap(), Begin::New);
    kept.abandon(&refused).await.unwrap();
    assert_eq!(kept.begin(&refused).await.unwrap(), Begin::New);
    world.clock.advance(TimeDelta::minutes(6));
    assert_eq!(kept.begin(&refused).await.unwrap(), Begin::New);
}

#[db_test]
async fn keys_of_two_users_never_meet(db: TestDb) {
    let world = World::new(db).await;
    let kept = KeptAnswers::new(world.app.clone());
    let mine = key(&world, "same", 1);
    let theirs = IdempotencyKey { user_id: world.home.owner.user_id(), ..mine.clone() };
    assert_eq!(kept.begin(&mine).await.unwrap(), Begin::New);
    assert_eq!(kept.begin(&theirs).await.unwrap(), Begin::New);
    world.clock.advance(TimeDelta::hours(25));
    assert_eq!(sweep(&world.app).await.unwrap(), 2);
}
