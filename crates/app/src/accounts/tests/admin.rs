use db::{Insert, db_test, sql, testing::TestDb};
use kernel::{MembershipId, PlatformGrant, permissions::AdminPanel};

use super::*;
use crate::{
    accounts::{
        AdminForm, CreateAdminError, Passwords, SetStatusError, UserStatus, create_admin, service::admin::StatusReason,
        set_status,
    },
    config::Secret,
    organizations,
};

async fn admin(world: &World) -> (UserId, PlatformGrant<AdminPanel>) {
    let form = AdminForm {
        name: "Ada Admin".into(),
        email: "ada@platform.example".into(),
        password: Secret::new(PASSWORD.into()),
        language: Language::English,
    };
    let id = create_admin(&world.db, &world.env, &world.app.passwords, &form).await.unwrap();
    let actor = kernel::Actor { user_id: id, is_admin: true, membership: None, kind: kernel::ActorKind::Session };
    (id, actor.platform_grant().unwrap())
}

#[db_test]
async fn the_operator_makes_an_admin_who_belongs_to_no_organization(db: TestDb) {
    let world = World::new(db).await;
    let (id, _) = admin(&world).await;
    let ada = account(&world.app, "ada@platform.example").await;
    assert!(ada.id == id && ada.is_admin && ada.email_verified_at.is_some());
    let form = |name: &str, email: &str, password: &str| AdminForm {
        name: name.into(),
        email: email.into(),
        password: Secret::new(password.into()),
        language: Language::English,
    };
    let passwords: &Passwords = &world.app.passwords;
    let taken = create_admin(&world.db, &world.env, passwords, &form("Eve", "ADA@platform.example", PASSWORD)).await;
    assert!(matches!(taken, Err(CreateAdminError::EmailTaken)));
    let wrong = create_admin(&world.db, &world.env, passwords, &form("", "x", "short")).await;
    let Err(CreateAdminError::Invalid(errors)) = wrong else { panic!("{wrong:?}") };
    assert_eq!(errors.iter().map(|e| e.field).collect::<Vec<_>>(), ["name", "email", "password"]);
}

#[db_test]
async fn a_disabled_user_is_locked_out_at_once_and_may_return(db: TestDb) {
    let world = World::new(db).await;
    let (_, grant) = admin(&world).await;
    let lena = lena(&world).await;
    // A second manager, so that the organization is not left alone.
    let mut tx = world.db.begin().await.unwrap();
    let organization: kernel::OrganizationId = sql!("SELECT organization_id FROM membership WHERE user_id = $1")
        .bind(lena.id)
        .fetch_one(&mut tx, |row| row.get("organization_id"))
        .await
        .unwrap();
    Insert::into("membership", ["organization_id", "id", "user_id", "role", "created_at"])
        .rows([db::row![organization, MembershipId::new(&world.env), world.home.manager.user_id(), "manager", 1_i64]])
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let jar = browser(&world.app, true).await;
    set_status(&world.app, &grant, lena.id, UserStatus::Disabled, StatusReason::Compromised).await.unwrap();
    assert!(!jar.is_signed_in(&world.app).await);
    assert!(matches!(try_password(&world.app, PASSWORD, &visitor("192.0.2.1")).await, Err(SignInError::Wrong)));
    let fields: String = sql!("SELECT fields FROM audit_entry WHERE action = 'accounts.user.disable'")
        .query()
        .fetch_one(&mut world.db.read().await.unwrap(), |row| row.get("fields"))
        .await
        .unwrap();
    assert_eq!(fields, "status,compromised");
    set_status(&world.app, &grant, lena.id, UserStatus::Active, StatusReason::Settled).await.unwrap();
    assert!(try_password(&world.app, PASSWORD, &visitor("192.0.2.1")).await.is_ok());
}

#[db_test]
async fn the_last_manager_oneself_and_nobody_cannot_be_disabled(db: TestDb) {
    let world = World::new(db).await;
    let (id, grant) = admin(&world).await;
    let disable = async |user| set_status(&world.app, &grant, user, UserStatus::Disabled, StatusReason::Left).await;
    assert!(matches!(disable(world.home.manager.user_id()).await, Err(SetStatusError::LastManager)));
    assert!(matches!(disable(id).await, Err(SetStatusError::Yourself)));
    assert!(matches!(disable(UserId::new(&world.env)).await, Err(SetStatusError::NotFound)));
    disable(world.home.staff.user_id()).await.unwrap();
    disable(world.home.staff.user_id()).await.unwrap();
}

#[db_test]
async fn of_two_managers_disabled_at_once_one_stays(db: TestDb) {
    let world = World::new(db).await;
    let (_, grant) = admin(&world).await;
    let (one, two) = (world.home.manager.user_id(), world.foreign.manager.user_id());
    let mut tx = world.db.begin().await.unwrap();
    for (organization, user) in [(world.home.organization, two), (world.foreign.organization, one)] {
        Insert::into("membership", ["organization_id", "id", "user_id", "role", "created_at"])
            .rows([db::row![organization, MembershipId::new(&world.env), user, "manager", 1_i64]])
            .execute(&mut tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let disable = |user| set_status(&world.app, &grant, user, UserStatus::Disabled, StatusReason::Left);
    let (first, second) = tokio::join!(disable(one), disable(two));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
}

#[db_test]
async fn an_admin_enters_an_organization_explicitly_and_leaves_an_entry_there(db: TestDb) {
    let world = World::new(db).await;
    let (_, _) = admin(&world).await;
    let form = SignInForm { email: "ada@platform.example".into(), password: PASSWORD.into(), ..SignInForm::default() };
    let jar = Jar::default().keep(sign_in(&world.app, &form, &visitor("192.0.2.1")).await.unwrap().cookies);
    let who = async |jar: &Jar| identify(&world.app, jar.session.as_deref(), None).await.unwrap().identity.unwrap();
    let before = who(&jar).await;
    assert!(before.actor.membership.is_none() && before.memberships.is_empty());
    let webkit::Via::Session { id, .. } = before.via else { panic!("a session") };

    let home = world.home.organization;
    let cookies = organizations::enter(&world.app, &before.actor, id, home).await.unwrap().unwrap();
    let old = jar.clone();
    let jar = jar.keep(cookies);
    assert!(!old.is_signed_in(&world.app).await, "the secret changes with the rights");
    let inside = who(&jar).await;
    assert_eq!(inside.organization().unwrap().organization_id, home);
    assert_eq!(inside.actor.membership.unwrap().role, kernel::Role::Manager);
    let entries = sql!("SELECT COUNT(*) AS n FROM audit_entry WHERE action = 'organizations.organization.enter'");
    assert_eq!(count(&world.app, entries).await, 1);

    let manager = &world.home.manager.actor;
    for id_of in [world.foreign.organization, kernel::OrganizationId::new(&world.env)] {
        assert!(organizations::enter(&world.app, manager, id, id_of).await.unwrap().is_none(), "no member, no admin");
    }
}
