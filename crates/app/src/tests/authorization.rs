//! Every declared route, by every kind of caller. A new route is covered by being declared.

use db::{db_test, testing::TestDb};
use http::{Method, StatusCode};
use kernel::{PermissionName, Role, permissions_of};
use serde_json::json;
use uuid::Uuid;
use webkit::{Access, RouteEntry, testing::Client};

use crate::{
    routes::routes,
    testing::{Member, Tenant, World},
};

/// The path with its parameters filled in: ids of this tenant where there is a row to name, ids of nothing elsewhere.
fn filled(entry: &RouteEntry, tenant: &Tenant) -> String {
    let id = match entry.path.trim_start_matches("/api/v1").split('/').nth(1) {
        Some("properties") => tenant.second.property.to_string(),
        Some("units") => tenant.second.unit.to_string(),
        Some("feeds") => tenant.feed().to_string(),
        Some("exports") => tenant.export().to_string(),
        Some("photos") => tenant.photo().to_string(),
        Some("availability") => tenant.rule().to_string(),
        Some("guests") => tenant.guest().to_string(),
        Some("members") => {
            tenant.owner.actor.membership.map(|membership| membership.id.to_string()).unwrap_or_default()
        }
        _ => Uuid::from_u128(1).to_string(),
    };
    entry
        .path
        .split('/')
        .map(|part| match part {
            "{width}" => "40",
            part if part.starts_with('{') => id.as_str(),
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}

async fn call(client: &mut Client, entry: &RouteEntry, path: &str) -> StatusCode {
    if entry.method == Method::GET {
        client.get(path).await.status
    } else if entry.path.starts_with("/api/") {
        client.json(entry.method.clone(), path, &json!({})).await.status
    } else {
        client.post(path, &[]).await.status
    }
}

fn is_api(entry: &RouteEntry) -> bool {
    entry.path.starts_with("/api/")
}

fn client_of(world: &World, entry: &RouteEntry, member: &Member) -> Client {
    if is_api(entry) { world.site().api(member, &[]) } else { world.site().browser(member) }
}

#[test]
fn no_declaration_contradicts_itself() {
    let problems: Vec<String> = routes().entries().iter().flat_map(RouteEntry::problems).collect();
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn what_each_role_may_do() {
    let rows = PermissionName::ALL.iter().map(|permission| {
        let marks = Role::ALL.iter().map(|role| if permissions_of(*role).contains(permission) { "x" } else { "." });
        format!("{:<20} {}", permission.as_str(), marks.collect::<Vec<_>>().join("       "))
    });
    let table = format!("{:<20} {}\n{}", "", "manager owner   staff", rows.collect::<Vec<_>>().join("\n"));
    insta::assert_snapshot!(table);
}

#[test]
fn routes_that_need_no_sign_in() {
    let mut open: Vec<String> = routes()
        .entries()
        .iter()
        .filter_map(|entry| match entry.access {
            Access::Public(why) => Some(format!("{} {}: {why}", entry.method, entry.path)),
            _ => None,
        })
        .collect();
    open.sort();
    insta::assert_snapshot!(open.join("\n"));
}

#[test]
fn every_change_names_its_audit_entry_or_says_why_not() {
    // Signing in and out, and what only concerns how pages look, is seen in sessions and preferences themselves.
    const WITHOUT: [&str; 4] = ["/theme", "/dev/", "/sign-", "/organization"];
    let silent: Vec<String> = routes()
        .entries()
        .iter()
        .filter(|entry| !entry.method.is_safe() && entry.audit.is_none() && !matches!(entry.access, Access::Public(_)))
        .filter(|entry| !WITHOUT.iter().any(|prefix| entry.path.starts_with(prefix)))
        .map(|entry| format!("{} {}", entry.method, entry.path))
        .collect();
    assert_eq!(silent, Vec::<String>::new());
}

#[db_test]
async fn nobody_gets_anywhere_without_signing_in(db: TestDb) {
    // One address asks at more routes than a limit lets it.
    let world = World::with_settings(
        db,
        &[("limits.api_per_minute", "0"), ("limits.pages_per_minute", "0"), ("limits.credentials_per_minute", "0")],
    )
    .await;
    let site = world.site();
    for entry in routes().entries() {
        if matches!(entry.access, Access::Public(_)) {
            continue;
        }
        let status = call(&mut site.anonymous(), &entry, &filled(&entry, &world.home)).await;
        let expected = match (is_api(&entry), entry.method.is_safe()) {
            (true, _) => vec![StatusCode::UNAUTHORIZED],
            (false, true) => vec![StatusCode::SEE_OTHER],
            // A form that comes from nowhere is refused for that first.
            (false, false) => vec![StatusCode::SEE_OTHER, StatusCode::FORBIDDEN],
        };
        assert!(expected.contains(&status), "{} {} answered {status}", entry.method, entry.path);
    }
}

#[db_test]
async fn a_role_without_the_permission_is_refused(db: TestDb) {
    let world = World::new(db).await;
    world.add_feed(&world.home).await;
    world.add_export(&world.home).await;
    world.add_photo(&world.home).await;
    world.add_rule(&world.home).await;
    world.add_guest(&world.home).await;
    for entry in routes().entries() {
        let permission = match entry.access {
            Access::Permission(permission) | Access::Platform(permission) => permission,
            Access::Public(_) | Access::SignedIn => continue,
        };
        for (role, member) in
            [(Role::Manager, &world.home.manager), (Role::Owner, &world.home.owner), (Role::Staff, &world.home.staff)]
        {
            let may = permissions_of(role).contains(&permission);
            let status = call(&mut client_of(&world, &entry, member), &entry, &filled(&entry, &world.home)).await;
            let safe_or_api = entry.method.is_safe() || is_api(&entry);
            if !may {
                assert_eq!(status, StatusCode::FORBIDDEN, "{role} at {} {}", entry.method, entry.path);
            } else if safe_or_api {
                assert_ne!(status, StatusCode::FORBIDDEN, "{role} at {} {}", entry.method, entry.path);
                assert!(!status.is_server_error(), "{role} at {} {}: {status}", entry.method, entry.path);
            }
        }
    }
}

#[db_test]
async fn a_row_of_another_organization_does_not_exist(db: TestDb) {
    let world = World::new(db).await;
    world.add_feed(&world.foreign).await;
    world.add_export(&world.foreign).await;
    world.add_photo(&world.foreign).await;
    world.add_rule(&world.foreign).await;
    world.add_guest(&world.foreign).await;
    let by_id = |entry: &RouteEntry| {
        let of_organization = matches!(entry.access, Access::Permission(_));
        of_organization && entry.path.contains("{id}") && (entry.method.is_safe() || is_api(entry))
    };
    for entry in routes().entries().iter().filter(|entry| by_id(entry)) {
        let path = filled(entry, &world.foreign);
        let status = call(&mut client_of(&world, entry, &world.home.manager), entry, &path).await;
        // A body that could not be read says nothing about the row.
        assert!(
            status == StatusCode::NOT_FOUND || status == StatusCode::UNPROCESSABLE_ENTITY,
            "{} {} answered {status} for a foreign row",
            entry.method,
            entry.path
        );
    }
}
