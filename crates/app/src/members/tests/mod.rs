mod joining;
mod managing;

use db::sql;
use webkit::testing::Client;

use crate::{accounts::tests::http::visitor_of, testing::World};

/// Sends an invitation as the manager does; the path of the link in its letter.
async fn invited(world: &World, fields: &[(&str, &str)]) -> String {
    let mut browser = world.site().browser(&world.home.manager);
    browser.get("/members/invite").await;
    let answer = browser.post("/members/invite", fields).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/members"), "{}", answer.body);
    link(world).await
}

/// The path of the link in the last invitation's letter.
async fn link(world: &World) -> String {
    let text: String =
        sql!("SELECT body_text FROM mail WHERE organization_id = $1 AND kind = 'invitation' ORDER BY id DESC LIMIT 1")
            .bind(world.home.organization)
            .fetch_one(&mut world.db.read().await.unwrap(), |row| row.get("body_text"))
            .await
            .unwrap();
    let path = text.split("http://127.0.0.1:8080").find(|part| part.starts_with("/invitations/")).unwrap();
    path.split_whitespace().next().unwrap().to_owned()
}

const NEW: [(&str, &str); 3] =
    [("name", "Cleo Cleaner"), ("password", "seven green parrots \u{1F99C}"), ("remember", "true")];

/// Opens the link with a new browser and joins without an account.
async fn joined(world: &World, path: &str) -> Client {
    let mut browser = visitor_of(world);
    browser.get(path).await;
    let answer = browser.post(path, &NEW).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/dashboard"), "{}", answer.body);
    browser
}
