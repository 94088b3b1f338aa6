//! The people of the demo, and the organization that they work for.

use kernel::{
    Actor, ActorKind, Fault, Language, Membership, MembershipId, OrganizationId, PartyId, PropertyId, Role, UserId,
};

use super::{DemoError, SignIn, store};
use crate::{
    App,
    accounts::{self, AdminForm, CreateAdminError},
    config::Secret,
    organizations::{self, NewOrganization},
};

/// Somebody who can sign in.
pub(super) struct Person {
    role: &'static str,
    pub(super) email: &'static str,
    name: &'static str,
}

pub(super) const MANAGER: Person =
    Person { role: "manager", email: "manager@casasdelviento.example", name: "Marta Manager" };
const OWNER: Person = Person { role: "owner", email: "owner@casasdelviento.example", name: "Olga Owner" };
const STAFF: Person = Person { role: "staff", email: "staff@casasdelviento.example", name: "Sam Staff" };
pub(super) const ADMIN: Person = Person { role: "admin", email: "admin@platform.example", name: "Ada Admin" };
/// The admin last.
pub(super) const ALL: [Person; 4] = [MANAGER, OWNER, STAFF, ADMIN];

impl Person {
    pub(super) fn sign_in(&self, app: &App) -> SignIn {
        SignIn { role: self.role, email: self.email, password: self.password(app) }
    }

    /// Sixteen letters and digits that are not mistaken for one another, in groups of four.
    fn password(&self, app: &App) -> Secret<String> {
        const LETTERS: [char; 32] = [
            'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w',
            'x', 'y', 'z', '2', '3', '4', '5', '6', '7', '8', '9',
        ];
        let secret = app.keys.secret_for(&format!("demo.password.{}", self.role));
        let mut password = String::new();
        for (n, byte) in secret.iter().take(16).enumerate() {
            if n > 0 && n % 4 == 0 {
                password.push('-');
            }
            password.extend(LETTERS.get(usize::from(byte % 32)));
        }
        Secret::new(password)
    }
}

/// The organization with its members.
pub(super) struct Team {
    pub(super) organization: OrganizationId,
    pub(super) manager: Actor,
    pub(super) staff: Actor,
    owner: PartyId,
}

/// Makes the organization and its three members. Their addresses are taken as confirmed: nobody reads mail there.
pub(super) async fn make_team(app: &App, facts: &NewOrganization) -> Result<Team, DemoError> {
    let (env, now) = (&app.env, app.env.now());
    let mut users = Vec::new();
    for person in [&MANAGER, &OWNER, &STAFF] {
        users.push((UserId::new(env), person, app.passwords.hash(env, &person.password(app)).await?));
    }
    let mut tx = app.db.begin().await?;
    for (id, person, hash) in &users {
        store::insert_user(&mut tx, *id, (person.email, person.name), hash, facts.language, now).await?;
    }
    let [(manager, ..), (owner, ..), (staff, ..)] = users.as_slice() else {
        return Err(Fault::invariant("three members were made").into());
    };
    let organization = organizations::add_in(&mut tx, env, facts, (*manager, MANAGER.name)).await?;
    organizations::add_member_in(&mut tx, env, organization, *owner, Role::Owner).await?;
    let party = organizations::add_party_in(&mut tx, env, organization, (*owner, OWNER.name)).await?;
    organizations::add_member_in(&mut tx, env, organization, *staff, Role::Staff).await?;
    tx.commit().await?;
    let actor = |user_id, role| {
        let membership = Membership { id: MembershipId::new(env), organization_id: organization, role };
        Actor { user_id, is_admin: false, membership: Some(membership), kind: ActorKind::Session }
    };
    Ok(Team { organization, manager: actor(*manager, Role::Manager), staff: actor(*staff, Role::Staff), owner: party })
}

impl Team {
    /// Lets the owner own a property, and the staff work there.
    pub(super) async fn attach(
        &self,
        app: &App,
        property: PropertyId,
        (owned, staffed): (bool, bool),
    ) -> Result<(), DemoError> {
        let mut tx = app.db.begin().await?;
        if owned {
            store::insert_owner(&mut tx, self.organization, property, self.owner).await?;
        }
        if staffed {
            store::insert_staff(&mut tx, self.organization, property, self.staff.user_id).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// Makes the platform's admin.
pub(super) async fn make_admin(app: &App) -> Result<(), DemoError> {
    let form = AdminForm {
        name: ADMIN.name.to_owned(),
        email: ADMIN.email.to_owned(),
        password: ADMIN.password(app),
        language: Language::English,
    };
    match accounts::create_admin(&app.db, &app.env, &app.passwords, &form).await {
        Ok(_) => Ok(()),
        Err(CreateAdminError::Fault(fault)) => Err(fault.into()),
        Err(error) => Err(DemoError::Refused(error.to_string())),
    }
}
