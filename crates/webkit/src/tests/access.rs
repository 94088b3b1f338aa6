use http::StatusCode;
use kernel::permissions::{AdminPanel, StaysCreate, StaysView};

use super::client;
use crate::{
    Access, Allowed, AllowedPlatform, ApiDoc, CacheClass, CsrfClass, LimitClass, MaybeSignedIn, RouteEntry, Routes,
    SignedIn, allow, platform, public, testing::Client,
};

fn routes() -> Routes<()> {
    Routes::new()
        .get("/", public("says what this is"), async |MaybeSignedIn(who): MaybeSignedIn| match who {
            Some(identity) => format!("hello {}", identity.user.name),
            None => "hello".to_owned(),
        })
        .get("/profile", Access::SignedIn, async |SignedIn(who): SignedIn| who.user.name.clone())
        .get("/stays", allow::<StaysView>(), async |Allowed(grant): Allowed<StaysView>| {
            format!("{}", grant.organization_id())
        })
        // The handler forgot to ask; the declaration does not.
        .get("/forgetful", allow::<StaysCreate>(), async || "done")
        .get("/liar", allow::<StaysView>(), async |_: Allowed<StaysCreate>| "done")
        .get("/admin", platform::<AdminPanel>(), async |_: AllowedPlatform<AdminPanel>| "panel")
        .api_get("/api/v1/stays", allow::<StaysView>(), async |_: Allowed<StaysView>| "[]", ApiDoc::new("List stays"))
}

fn as_user(name: &str) -> Client {
    client(routes()).signed_in(name)
}

#[tokio::test]
async fn a_visitor_is_led_to_the_sign_in_page_and_back() {
    let mut visitor = client(routes());
    assert_eq!(visitor.get("/").await.body, "hello");
    let answer = visitor.get("/stays?from=2027-01-04&unit=1").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/sign-in?next=%2Fstays%3Ffrom%3D2027-01-04%26unit%3D1");
    for path in ["/profile", "/forgetful", "/liar", "/admin"] {
        assert_eq!(visitor.get(path).await.status, StatusCode::SEE_OTHER, "{path}");
    }
}

#[tokio::test]
async fn htmx_is_led_there_too_and_swaps_nothing() {
    let mut visitor = client(routes())
        .with("hx-request", "true")
        .with("hx-request-type", "partial")
        .with("hx-current-url", "http://127.0.0.1:8080/calendar?month=2027-01");
    let answer = visitor.get("/stays").await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::UNAUTHORIZED, ""));
    assert_eq!(answer.header("hx-redirect"), "/sign-in?next=%2Fcalendar%3Fmonth%3D2027-01");
    let mut elsewhere = visitor.with("hx-current-url", "http://evil.example/stays");
    assert_eq!(elsewhere.get("/stays").await.header("hx-redirect"), "/sign-in");
}

#[tokio::test]
async fn the_declaration_is_enforced_even_where_a_handler_forgot() {
    assert_eq!(as_user("manager").get("/forgetful").await.body, "done");
    for path in ["/forgetful", "/stays", "/admin", "/liar"] {
        assert_eq!(as_user("staff").get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(as_user("newcomer").get("/stays").await.status, StatusCode::FORBIDDEN);
    assert_eq!(as_user("newcomer").get("/profile").await.body, "newcomer");
    assert_eq!(as_user("manager").get("/").await.body, "hello manager");
    assert!(as_user("manager").get("/stays").await.body.ends_with("000000000001"));
}

#[tokio::test]
async fn an_admin_opens_the_platform_but_no_organization() {
    assert_eq!(as_user("admin").get("/admin").await.body, "panel");
    assert_eq!(as_user("admin").get("/stays").await.status, StatusCode::FORBIDDEN);
    assert_eq!(as_user("manager").get("/admin").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_handler_with_another_grant_than_declared_is_a_fault() {
    assert_eq!(as_user("manager").get("/liar").await.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn tokens_open_the_api_and_sessions_open_pages_and_never_the_other_way() {
    assert_eq!(client(routes()).bearer("manager").get("/api/v1/stays").await.body, "[]");
    assert_eq!(client(routes()).bearer("narrow").get("/api/v1/stays").await.status, StatusCode::FORBIDDEN);
    let answer = as_user("manager").get("/api/v1/stays").await;
    assert_eq!((answer.status, answer.header("www-authenticate")), (StatusCode::UNAUTHORIZED, "Bearer"));
    assert_eq!(answer.json()["code"], "sign_in_required");
    assert_eq!(client(routes()).bearer("manager").get("/stays").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_dead_session_is_nobody_and_its_cookie_goes() {
    let mut browser = as_user("ended");
    assert_eq!(browser.get("/stays").await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.cookie_value("session"), None);
}

#[test]
fn a_declaration_that_contradicts_itself_is_told() {
    assert!(routes().entries().iter().all(|entry| entry.problems().is_empty()));
    let wrong = Routes::<()>::new()
        .get("/a", public(""), async || "")
        .get("/b", allow::<StaysView>(), async || "")
        .cache(CacheClass::Assets)
        .get("/c", allow::<AdminPanel>(), async || "")
        .get("/d", platform::<StaysView>(), async || "")
        .get("/e", public("x"), async || "")
        .audit("read")
        .post("/f", public("x"), async || "")
        .without_csrf("")
        .post("/g", public("x"), async || "")
        .cache(CacheClass::PublicShort)
        .get("/api/v1/h", allow::<StaysView>(), async || "")
        .post("/api/v1/i", allow::<StaysView>(), async || "")
        .without_csrf("why");
    for entry in wrong.entries() {
        assert!(!entry.problems().is_empty(), "{} {}", entry.method, entry.path);
    }
}

#[test]
fn defaults_follow_from_path_and_method() {
    let entries = Routes::<()>::new()
        .get("/a", public("x"), async || "")
        .post("/a", public("x"), async || "")
        .limit(LimitClass::Credentials)
        .api_delete("/api/v1/a", allow::<StaysView>(), async || "", ApiDoc::new("x"))
        .entries();
    let facts = |entry: &RouteEntry| (entry.method.to_string(), entry.csrf, entry.limit);
    assert_eq!(facts(&entries[0]), ("GET".into(), CsrfClass::Safe, LimitClass::Pages));
    assert_eq!(facts(&entries[1]), ("POST".into(), CsrfClass::Form, LimitClass::Credentials));
    assert_eq!(facts(&entries[2]), ("DELETE".into(), CsrfClass::Api, LimitClass::Api));
}
