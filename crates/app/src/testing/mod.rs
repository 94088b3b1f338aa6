//! The world that tests begin with: two organizations, a member of each role, properties with their units.
//!
//! Rows are written directly, so that a feature's tests do not depend on another feature's use cases.

mod http;

use std::{collections::BTreeSet, num::NonZeroUsize, sync::Arc};

use db::{Insert, testing::TestDb};
use url::Url;

use crate::{
    App, accounts::Passwords, config, fetcher::canned::CannedFetcher, files::Files, mail, secrets::KeyRing,
    state::Parts,
};
use kernel::{
    Actor, ActorKind, Date, Env, ExportId, FeedId, FileId, FixedClock, Grant, GuestId, Membership, MembershipId,
    OrganizationId, PartyId, Permission, PhotoId, PropertyId, Role, RuleId, StayId, UnitId, UserId, fold,
    instant_micros,
};

/// A property with its whole unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct House {
    pub(crate) property: PropertyId,
    pub(crate) unit: UnitId,
}

/// A user with a role.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) actor: Actor,
}

impl Member {
    pub(crate) fn user_id(&self) -> UserId {
        self.actor.user_id
    }
    /// The member's grant; panics when the role does not have the permission.
    pub(crate) fn grant<P: Permission>(&self) -> Grant<P> {
        self.actor.grant().expect("the role has the permission")
    }
}

/// An organization with its people.
#[derive(Debug, Clone)]
pub(crate) struct Tenant {
    pub(crate) organization: OrganizationId,
    pub(crate) manager: Member,
    /// Owns the first house and not the second.
    pub(crate) owner: Member,
    /// Works at the first house and not at the second.
    pub(crate) staff: Member,
    pub(crate) first: House,
    pub(crate) second: House,
}

impl Tenant {
    /// The feed that [`World::add_feed`] adds.
    pub(crate) const fn feed(&self) -> FeedId {
        FeedId::from_uuid(self.second.property.uuid())
    }

    /// The guest that [`World::add_guest`] adds.
    pub(crate) const fn guest(&self) -> GuestId {
        GuestId::from_uuid(self.second.property.uuid())
    }

    /// The photo that [`World::add_photo`] adds.
    pub(crate) const fn photo(&self) -> PhotoId {
        PhotoId::from_uuid(self.second.property.uuid())
    }

    /// The export that [`World::add_export`] adds.
    pub(crate) const fn export(&self) -> ExportId {
        ExportId::from_uuid(self.second.property.uuid())
    }

    /// The rule of availability that [`World::add_rule`] adds.
    pub(crate) const fn rule(&self) -> RuleId {
        RuleId::from_uuid(self.second.property.uuid())
    }
}

/// The fixture. The clock stands at 2027-01-04T09:00Z; houses are in Europe/Madrid, arrivals from 16:00, departures until 11:00.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) db: TestDb,
    pub(crate) env: Env,
    pub(crate) clock: FixedClock,
    /// Answers in place of other sites.
    pub(crate) sites: CannedFetcher,
    pub(crate) home: Tenant,
    pub(crate) foreign: Tenant,
}

impl World {
    pub(crate) async fn new(db: TestDb) -> Self {
        Self::with_settings(db, &[]).await
    }

    /// The same with other settings than the defaults.
    pub(crate) async fn with_settings(db: TestDb, settings: &[(&str, &str)]) -> Self {
        let (env, clock) = db::testing::test_env();
        let home = tenant(&db, &env, "Home").await;
        let foreign = tenant(&db, &env, "Foreign").await;
        let sites = CannedFetcher::default();
        let config = config::for_tests(settings);
        let public_url = Url::parse(config.public_url(config.server.listen).unwrap().origin()).unwrap();
        let app = App::new(Parts {
            db: (*db).clone(),
            env: env.clone(),
            passwords: Passwords::new(NonZeroUsize::MIN),
            mailer: mail::mailer(&config, &public_url).unwrap(),
            files: Files::in_memory(&config),
            config,
            keys: KeyRing::parse(["test:4FhWeuyIWWwOWDQb8RL+VQKbGYKOstIkG4RrGvaf5vI="]).unwrap(),
            fetcher: Arc::new(sites.clone()),
            public_url,
            draining: Default::default(),
        });
        Self { app, db, env, clock, sites, home, foreign }
    }

    /// Adds a confirmed reservation without claims or nights, where a test needs only that it is there.
    pub(crate) async fn add_stay(&self, house: House, check_in: &str, check_out: &str) -> StayId {
        let id = StayId::new(&self.env);
        let now = instant_micros(self.env.now());
        let (check_in, check_out): (Date, Date) = (check_in.parse().unwrap(), check_out.parse().unwrap());
        let mut tx = self.db.begin().await.unwrap();
        Insert::into(
            "stay",
            [
                "organization_id",
                "id",
                "unit_id",
                "kind",
                "status",
                "channel",
                "check_in",
                "check_out",
                "adults",
                "children",
                "infants",
                "pets",
                "created_at",
                "updated_at",
            ],
        )
        .rows([db::row![
            self.home.organization,
            id,
            house.unit,
            "reservation",
            "confirmed",
            "direct",
            check_in,
            check_out,
            2_i64,
            0_i64,
            0_i64,
            0_i64,
            now,
            now
        ]])
        .execute(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// Adds a feed to the tenant's second house, [`Tenant::feed`].
    pub(crate) async fn add_feed(&self, tenant: &Tenant) {
        let mut tx = self.db.begin().await.unwrap();
        let columns = [
            "organization_id",
            "id",
            "unit_id",
            "channel",
            "default_kind",
            "address_sealed",
            "address_hash",
            "created_at",
            "updated_at",
        ];
        let now = instant_micros(self.env.now());
        Insert::into("feed", columns)
            .rows([db::row![
                tenant.organization,
                tenant.feed(),
                tenant.second.unit,
                "airbnb",
                "reservation",
                vec![0_u8],
                vec![0_u8],
                now,
                now
            ]])
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Adds an export of the tenant's second house for Vrbo, [`Tenant::export`].
    pub(crate) async fn add_export(&self, tenant: &Tenant) {
        let columns =
            ["organization_id", "id", "unit_id", "channel", "token_sealed", "token_hash", "created_at", "updated_at"];
        let now = instant_micros(self.env.now());
        let sealed = self.app.keys.seal("export.token", b"a secret", &self.env).unwrap();
        let mut tx = self.db.begin().await.unwrap();
        Insert::into("feed_export", columns)
            .rows([db::row![
                tenant.organization,
                tenant.export(),
                tenant.second.unit,
                "vrbo",
                sealed,
                tenant.export().uuid().as_bytes().to_vec(),
                now,
                now
            ]])
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Adds a notice of no days for the tenant's second house, [`Tenant::rule`].
    pub(crate) async fn add_rule(&self, tenant: &Tenant) {
        let columns = [
            "organization_id",
            "id",
            "level",
            "property_id",
            "yearly",
            "priority",
            "notice_days",
            "created_at",
            "updated_at",
        ];
        let now = instant_micros(self.env.now());
        let (id, house) = (tenant.rule(), tenant.second.property);
        let mut tx = self.db.begin().await.unwrap();
        Insert::into("availability_rule", columns)
            .rows([db::row![tenant.organization, id, "property", house, false, 0_i64, 0_i64, now, now]])
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Adds a guest of the tenant, [`Tenant::guest`].
    pub(crate) async fn add_guest(&self, tenant: &Tenant) {
        let columns = ["organization_id", "id", "name", "name_folded", "search_text", "created_at", "updated_at"];
        let now = instant_micros(self.env.now());
        let mut tx = self.db.begin().await.unwrap();
        Insert::into("guest", columns)
            .rows([db::row![tenant.organization, tenant.guest(), "Ana", "ana", " ana", now, now]])
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Adds a photo 40 pixels wide to the tenant's second house, [`Tenant::photo`]. Its file has no bytes.
    pub(crate) async fn add_photo(&self, tenant: &Tenant) {
        let now = instant_micros(self.env.now());
        let (organization, photo) = (tenant.organization, tenant.photo());
        let file = FileId::from_uuid(photo.uuid());
        let mut tx = self.db.begin().await.unwrap();
        let columns = ["organization_id", "id", "state", "media_type", "sha256", "size_bytes", "created_at"];
        Insert::into("file", columns)
            .rows([db::row![organization, file, "stored", "image/jpeg", vec![0_u8], 0_i64, now]])
            .execute(&mut tx)
            .await
            .unwrap();
        let columns = [
            "organization_id",
            "id",
            "property_id",
            "position",
            "caption",
            "room",
            "source_sha256",
            "created_at",
            "updated_at",
        ];
        Insert::into("photo", columns)
            .rows([db::row![organization, photo, tenant.second.property, 1_i64, "", "", vec![0_u8], now, now]])
            .execute(&mut tx)
            .await
            .unwrap();
        Insert::into("photo_file", ["organization_id", "photo_id", "width", "height", "file_id"])
            .rows([db::row![organization, photo, 40_i64, 30_i64, file]])
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// The home manager's grant.
    pub(crate) fn manager<P: Permission>(&self) -> Grant<P> {
        self.home.manager.grant()
    }

    /// The other organization's manager's grant.
    pub(crate) fn foreign_manager<P: Permission>(&self) -> Grant<P> {
        self.foreign.manager.grant()
    }

    /// Adds a property with its whole unit to the home organization.
    pub(crate) async fn add_house(&self, name: &'static str) -> House {
        house(&self.db, &self.env, self.home.organization, name).await
    }

    /// Adds a unit below another.
    pub(crate) async fn add_unit(&self, house: House, parent: UnitId, name: &'static str) -> UnitId {
        let unit = UnitId::new(&self.env);
        let mut tx = self.db.begin().await.unwrap();
        Insert::into("unit", ["organization_id", "id", "property_id", "parent_id", "name", "created_at"])
            .rows([db::row![
                self.home.organization,
                unit,
                house.property,
                parent,
                name,
                instant_micros(self.env.now())
            ]])
            .execute(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        unit
    }
}

/// An API token's actor with these permissions of a member.
pub(crate) fn token_of(member: &Member, permissions: &[kernel::PermissionName]) -> Actor {
    Actor { kind: ActorKind::ApiToken(permissions.iter().copied().collect::<BTreeSet<_>>()), ..member.actor.clone() }
}

async fn tenant(db: &TestDb, env: &Env, label: &'static str) -> Tenant {
    let organization = OrganizationId::new(env);
    let now = instant_micros(env.now());
    let mut tx = db.begin().await.unwrap();
    Insert::into("organization", ["id", "name", "country", "zone", "currency", "language", "created_at", "updated_at"])
        .rows([db::row![organization, label, "ES", "Europe/Madrid", "EUR", "en", now, now]])
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let manager = member(db, env, organization, label, "Marta Manager", Role::Manager).await;
    let owner = member(db, env, organization, label, "Olga Owner", Role::Owner).await;
    let staff = member(db, env, organization, label, "Sam Staff", Role::Staff).await;
    let first = house(db, env, organization, "Beach house").await;
    let second = house(db, env, organization, "City flat").await;

    let party = PartyId::new(env);
    let mut tx = db.begin().await.unwrap();
    Insert::into("party", ["organization_id", "id", "name", "user_id", "created_at"])
        .rows([db::row![organization, party, "Olga Owner", owner.user_id(), now]])
        .execute(&mut tx)
        .await
        .unwrap();
    Insert::into("property_owner", ["organization_id", "property_id", "party_id", "share"])
        .rows([db::row![organization, first.property, party, 10_000_i64]])
        .execute(&mut tx)
        .await
        .unwrap();
    Insert::into("property_staff", ["organization_id", "property_id", "user_id"])
        .rows([db::row![organization, first.property, staff.user_id()]])
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    Tenant { organization, manager, owner, staff, first, second }
}

async fn member(
    db: &TestDb,
    env: &Env,
    organization: OrganizationId,
    label: &str,
    name: &'static str,
    role: Role,
) -> Member {
    let (user, id) = (UserId::new(env), MembershipId::new(env));
    let email = format!("{role}@{}.example", label.to_lowercase());
    let now = instant_micros(env.now());
    let mut tx = db.begin().await.unwrap();
    Insert::into(
        "app_user",
        ["id", "email", "email_folded", "name", "language", "email_verified_at", "created_at", "updated_at"],
    )
    .rows([db::row![user, &email, fold(&email), name, "en", now, now, now]])
    .execute(&mut tx)
    .await
    .unwrap();
    Insert::into("membership", ["organization_id", "id", "user_id", "role", "created_at"])
        .rows([db::row![organization, id, user, role, now]])
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let membership = Some(Membership { id, organization_id: organization, role });
    Member { actor: Actor { user_id: user, is_admin: false, membership, kind: ActorKind::Session } }
}

async fn house(db: &TestDb, env: &Env, organization: OrganizationId, name: &'static str) -> House {
    let (property, unit) = (PropertyId::new(env), UnitId::new(env));
    let now = instant_micros(env.now());
    let mut tx = db.begin().await.unwrap();
    Insert::into(
        "property",
        [
            "organization_id",
            "id",
            "name",
            "name_folded",
            "property_type",
            "status",
            "country",
            "zone",
            "check_in_time",
            "check_out_time",
            "bedrooms",
            "bathroom_halves",
            "capacity",
            "colour",
            "created_at",
            "updated_at",
        ],
    )
    .rows([db::row![
        organization,
        property,
        name,
        fold(name),
        "house",
        "active",
        "ES",
        "Europe/Madrid",
        960_i64,
        660_i64,
        2_i64,
        3_i64,
        4_i64,
        "teal",
        now,
        now
    ]])
    .execute(&mut tx)
    .await
    .unwrap();
    Insert::into("unit", ["organization_id", "id", "property_id", "created_at"])
        .rows([db::row![organization, unit, property, now]])
        .execute(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    House { property, unit }
}
