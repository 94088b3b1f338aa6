use db::{db_test, sql, testing::TestDb};

use super::*;
use crate::accounts::service::register::RegisterError;

#[db_test]
async fn a_landlord_gets_an_account_with_an_organization_to_manage(db: TestDb) {
    let world = World::new(db).await;
    let lena = lena(&world).await;
    assert_eq!((lena.email.as_str(), lena.name.as_str(), lena.email_verified_at), (EMAIL, "Lena O'Brien", None));
    assert!(!lena.is_admin);
    let mut read = world.db.read().await.unwrap();
    let (role, organization, party): (String, String, String) = sql!(
        "SELECT m.role, o.name AS organization, p.name AS party FROM membership m \
         JOIN organization o ON o.id = m.organization_id JOIN party p ON p.organization_id = o.id AND p.user_id = m.user_id \
         WHERE m.user_id = $1"
    )
    .bind(lena.id)
    .fetch_one(&mut read, |row| Ok((row.get("role")?, row.get("organization")?, row.get("party")?)))
    .await
    .unwrap();
    assert_eq!([role.as_str(), &organization, &party], ["manager", "Harbour Stays", "Lena O'Brien"]);
    let actions: Vec<String> = sql!("SELECT action FROM audit_entry WHERE user_id = $1 ORDER BY id")
        .bind(lena.id)
        .fetch_all(&mut read, |row| row.get("action"))
        .await
        .unwrap();
    assert_eq!(actions.len(), 2);
    assert_eq!(letters(&world.app).await, ["verify_email"]);
    assert_eq!(count(&world.app, sql!("SELECT COUNT(*) AS n FROM job WHERE kind = 'accounts.write_letter'")).await, 1);
}

#[db_test]
async fn an_address_with_an_account_gets_the_same_answer_after_the_same_hashing(db: TestDb) {
    let world = World::new(db).await;
    lena(&world).await;
    let before = (world.app.passwords.done(), count(&world.app, sql!("SELECT COUNT(*) AS n FROM app_user")).await);
    let again = RegisterForm { email: EMAIL.to_uppercase(), name: "Mallory".into(), ..form() };
    register(&world.app, &NewLandlord::parse(&again, Language::English).unwrap()).await.unwrap();
    let after = (world.app.passwords.done(), count(&world.app, sql!("SELECT COUNT(*) AS n FROM app_user")).await);
    assert_eq!(after, (before.0 + 1, before.1));
    assert_eq!(account(&world.app, EMAIL).await.name, "Lena O'Brien");
    assert_eq!(letters(&world.app).await, ["already_registered", "verify_email"]);
    assert_eq!(count(&world.app, sql!("SELECT COUNT(*) AS n FROM organization WHERE name = 'Harbour Stays'")).await, 1);
}

#[db_test]
async fn of_two_who_register_an_address_at_once_one_gets_it(db: TestDb) {
    let world = World::new(db).await;
    let landlord = NewLandlord::parse(&form(), Language::English).unwrap();
    let (one, two) = tokio::join!(register(&world.app, &landlord), register(&world.app, &landlord));
    assert!(one.is_ok() && two.is_ok());
    assert_eq!(letters(&world.app).await, ["already_registered", "verify_email"]);
}

#[db_test]
async fn a_closed_installation_registers_nobody(db: TestDb) {
    let world = World::with_settings(db, &[("accounts.registration", "closed")]).await;
    let refused = register(&world.app, &NewLandlord::parse(&form(), Language::English).unwrap()).await;
    assert!(matches!(refused, Err(RegisterError::Closed)));
    assert_eq!(world.app.passwords.done(), 0);
}

#[test]
fn letters_are_written_by_the_applications_workers() {
    let kinds = format!("{:?}", crate::jobs::registry());
    assert!(kinds.contains(<crate::accounts::WriteLetter as jobs::Job>::KIND), "{kinds}");
}
