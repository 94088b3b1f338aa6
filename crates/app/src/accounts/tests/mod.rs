mod admin;
pub(crate) mod http;
mod model;
mod recover;
mod register;
mod sessions;
mod sign_in;

use kernel::{Language, OneTimeTokenId, UserId, fold};
use webkit::Cookie;

use super::{
    model::{Account, Hash, NewLandlord, RegisterForm, TokenPurpose, new_secret},
    service::{
        register::register,
        session::identify,
        sign_in::{SignInError, SignInForm, SignedIn, Visitor, sign_in},
    },
    store,
};
use crate::{App, testing::World};

pub(crate) const EMAIL: &str = "Lena@Landlord.example";
pub(crate) const PASSWORD: &str = "seven green parrots \u{1F99C}";

pub(super) fn form() -> RegisterForm {
    RegisterForm {
        name: "Lena O'Brien".to_owned(),
        email: EMAIL.to_owned(),
        password: PASSWORD.to_owned(),
        organization: "Harbour Stays".to_owned(),
        country: "ES".to_owned(),
        ..RegisterForm::default()
    }
}

/// Registers Lena, who manages Harbour Stays.
pub(crate) async fn lena(world: &World) -> Account {
    register(&world.app, &NewLandlord::parse(&form(), Language::English).unwrap()).await.unwrap();
    account(&world.app, EMAIL).await
}

pub(super) async fn account(app: &App, email: &str) -> Account {
    store::by_email(&mut app.db.read().await.unwrap(), &fold(email)).await.unwrap().unwrap()
}

pub(super) fn visitor(address: &str) -> Visitor {
    Visitor { address: address.to_owned(), user_agent: "Test".to_owned(), ..Visitor::default() }
}

pub(super) async fn try_password(app: &App, password: &str, visitor: &Visitor) -> Result<SignedIn, SignInError> {
    let form = SignInForm { email: EMAIL.to_owned(), password: password.to_owned(), ..SignInForm::default() };
    sign_in(app, &form, visitor).await
}

/// Signs Lena in; the cookies of her browser.
pub(super) async fn browser(app: &App, remember: bool) -> Jar {
    let form = SignInForm {
        email: EMAIL.to_owned(),
        password: PASSWORD.to_owned(),
        remember: remember.to_string(),
        ..SignInForm::default()
    };
    Jar::default().keep(sign_in(app, &form, &visitor("192.0.2.1")).await.unwrap().cookies)
}

/// The cookies that a browser keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Jar {
    pub(super) session: Option<String>,
    pub(super) remember: Option<String>,
    pub(super) device: Option<String>,
}

impl Jar {
    pub(super) fn keep(mut self, cookies: Vec<Cookie>) -> Self {
        for cookie in cookies {
            let value = (cookie.max_age != Some(0)).then_some(cookie.value);
            match cookie.name {
                "session" => self.session = value,
                "remember" => self.remember = value,
                "device" => self.device = value,
                other => panic!("an unknown cookie: {other}"),
            }
        }
        self
    }

    /// Asks for a page; whether somebody is signed in, and the cookies afterwards.
    pub(super) async fn visit(&self, app: &App) -> (Option<UserId>, Self) {
        let found = identify(app, self.session.as_deref(), self.remember.as_deref()).await.unwrap();
        (found.identity.map(|identity| identity.actor.user_id), self.clone().keep(found.cookies))
    }

    pub(super) async fn is_signed_in(&self, app: &App) -> bool {
        self.visit(app).await.0.is_some()
    }
}

/// A secret as a letter carries it.
pub(super) async fn secret(app: &App, user: UserId, purpose: TokenPurpose, email: &str) -> String {
    let (text, hash) = new_secret(&app.env);
    let now = app.env.now();
    let until = now + chrono::TimeDelta::from_std(purpose.lifetime()).unwrap();
    let mut tx = app.db.begin().await.unwrap();
    let id = OneTimeTokenId::new(&app.env);
    store::tokens::insert(&mut tx, id, user, purpose, (&hash, email), (now, until)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(hash, Hash::of(&text));
    text
}

/// The letters that wait to be written.
pub(super) async fn letters(app: &App) -> Vec<String> {
    let mut read = app.db.read().await.unwrap();
    let mut kinds: Vec<String> = db::sql!("SELECT kind FROM account_letter ORDER BY created_at, id")
        .query()
        .fetch_all(&mut read, |row| row.get("kind"))
        .await
        .unwrap();
    kinds.sort();
    kinds
}

pub(super) async fn count(app: &App, statement: &'static db::Statement) -> i64 {
    statement.query().fetch_one(&mut app.db.read().await.unwrap(), |row| row.get("n")).await.unwrap()
}
