use db::{db_test, testing::TestDb};
use uuid::Uuid;

use super::*;
use crate::testing::World;

fn new_id(world: &World) -> Uuid {
    kernel::StayId::new(&world.env).uuid()
}

#[test]
fn words_are_folded_and_split_at_what_is_no_letter() {
    assert_eq!(
        text_of([Some("Zoë O'Brien-Núñez"), None, Some("HMABC12345\nzoe, 100%")]),
        " zoe o brien nunez hmabc12345 100"
    );
    assert_eq!(text_of([Some("  ~ ")]), "");
    assert_eq!(text_of([Some(&*"x".repeat(99))]).chars().count(), 41);
    let many: String = (0..999).map(|n| format!("w{n} ")).collect();
    assert_eq!(text_of([Some(&*many)]).split_whitespace().count(), MOST_WORDS);
}

#[test]
fn the_longest_words_of_a_search_count() {
    let search = Search::of("a Brien  zoë o'");
    assert_eq!(search.patterns(), ["% brien%", "% zoe%", "% a%"].map(|pattern| Some(pattern.to_owned())));
    let (from, below) = search.ranges().next().unwrap();
    assert_eq!(from, "brien");
    assert!((from..below).contains(&"brienzález".to_owned()));
    assert!(Search::of("% _ !").is_empty());
}

#[db_test]
async fn words_are_replaced_and_forgotten(db: TestDb) {
    let world = World::new(db).await;
    let (organization, id) = (world.home.organization, new_id(&world));
    let mut tx = world.db.begin().await.unwrap();
    let rare =
        async |tx: &mut db::Tx, q: &str| rarest(tx, organization, SearchKind::Stay, &Search::of(q)).await.unwrap();
    write(&mut tx, organization, SearchKind::Stay, id, " ana lopez").await.unwrap();
    write(&mut tx, organization, SearchKind::Stay, id, " ana perez").await.unwrap();
    let words: Vec<String> = db::sql!("SELECT word FROM search_word WHERE organization_id = $1 ORDER BY word")
        .bind(organization)
        .fetch_all(&mut tx, |row| row.get("word"))
        .await
        .unwrap();
    assert_eq!(words, ["ana", "perez"]);
    assert_eq!(rare(&mut tx, "per").await.unwrap().0, "per");
    for _ in 0..2_000 {
        write(&mut tx, organization, SearchKind::Stay, new_id(&world), " common").await.unwrap();
    }
    assert_eq!(rare(&mut tx, "comm").await, None);
    assert_eq!(rare(&mut tx, "common per").await.unwrap().0, "per", "the one that few have");
    remove(&mut tx, organization, id).await.unwrap();
    let left = db::sql!("SELECT word FROM search_word WHERE organization_id = $1 AND subject_id = $2")
        .bind(organization)
        .bind(id)
        .fetch_all(&mut tx, |_| Ok(()))
        .await
        .unwrap();
    assert!(left.is_empty());
}
