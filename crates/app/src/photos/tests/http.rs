use axum::body::Body;
use db::{db_test, testing::TestDb};
use http::{Method, Request, StatusCode};
use image::ImageFormat;
use serde_json::{Value, json};
use webkit::testing::{Answer, Client};

use crate::{
    files::tests::made,
    testing::{House, World},
};

fn part(name: &str, file: Option<(&str, &str)>, content: &[u8]) -> Vec<u8> {
    let file = file.map_or(String::new(), |(name, kind)| format!("; filename=\"{name}\"\r\nContent-Type: {kind}"));
    let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

async fn send(client: &mut Client, path: &str, parts: &[Vec<u8>]) -> Answer {
    let body = [parts.concat(), b"--edge--\r\n".to_vec()].concat();
    let request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=edge");
    client.send(request.body(Body::from(body)).unwrap()).await
}

fn page_of(house: House) -> String {
    format!("/properties/{}/photos", house.property)
}

/// Sends files as the form of the page does.
async fn upload(browser: &mut Client, house: House, files: &[(&str, &str, Vec<u8>)]) -> Answer {
    let token = browser.get(&page_of(house)).await.csrf_token().unwrap();
    let mut parts = vec![part("csrf_token", None, token.as_bytes())];
    parts.extend(files.iter().map(|(name, kind, bytes)| part("photo", Some((name, kind)), bytes)));
    send(browser, &page_of(house), &parts).await
}

#[db_test]
async fn photos_are_added_shown_put_in_order_and_deleted(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let mut browser = world.site().browser(&world.home.manager);
    let empty = browser.get(&page_of(house)).await;
    assert!(empty.body.contains("No photos yet") && empty.body.contains("multipart/form-data"));

    let files = [("a.jpg", "image/jpeg", made::jpeg(900, 600)), ("b.png", "image/png", made::transparent_png(50, 40))];
    let added = upload(&mut browser, house, &files).await;
    assert_eq!(
        (added.status, added.header("location")),
        (StatusCode::SEE_OTHER, page_of(house).as_str()),
        "{}",
        added.body
    );
    let page = browser.get(&page_of(house)).await.body;
    assert!(page.contains("2 photos were added.") && page.contains("srcset=\"/photos/"), "{page}");
    let ids: Vec<String> = page.split("data-photo=\"").skip(1).map(|rest| rest[..36].to_owned()).collect();
    assert_eq!(ids.len(), 2);

    let moved = browser.post(&format!("/photos/{}/move", ids[1]), &[("to", "first")]).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER);
    let page = browser.get(&page_of(house)).await.body;
    assert!(page.find(&ids[1]) < page.find(&ids[0]));
    let order = [("photo", ids[0].as_str()), ("photo", ids[1].as_str())];
    let saved = browser.post(&format!("{}/order", page_of(house)), &order).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert!(browser.get("/properties").await.body.contains(&format!("/photos/{}/320", ids[0])));
    assert!(
        browser.get(&format!("/properties/{}", house.property)).await.body.contains(&format!("/photos/{}/800", ids[0]))
    );

    browser.get(&format!("/photos/{}/edit", ids[0])).await;
    let long = "x".repeat(201);
    let refused = browser.post(&format!("/photos/{}/edit", ids[0]), &[("caption", &long), ("room", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(&long) && refused.body.contains("caption-error"));
    browser.post(&format!("/photos/{}/edit", ids[0]), &[("caption", "Bay & <beach>"), ("room", "Terrace")]).await;
    let page = browser.get(&page_of(house)).await.body;
    assert!(page.contains("alt=\"Bay &#38; &#60;beach&#62;\"") && page.contains("Terrace"), "{page}");

    let asked = browser.get(&format!("/photos/{}/delete", ids[0])).await;
    assert!(asked.body.contains("Delete this photo?"));
    assert_eq!(browser.post(&format!("/photos/{}/delete", ids[0]), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(!browser.get(&page_of(house)).await.body.contains(&ids[0]));
    crate::files::tests::tidied(&world).await;
    assert_eq!(world.app.files.everything().await.len(), 1);
}

#[db_test]
async fn a_picture_is_answered_so_that_nothing_in_it_can_act_and_is_asked_for_once(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let mut browser = world.site().browser(&world.home.manager);
    upload(&mut browser, house, &[("a.jpg", "image/jpeg", made::jpeg(300, 200))]).await;
    let page = browser.get(&page_of(house)).await.body;
    let id = page.split("data-photo=\"").nth(1).unwrap()[..36].to_owned();
    let path = format!("/photos/{id}/300");
    let answer = browser.get(&path).await;
    assert_eq!(answer.status, StatusCode::OK);
    for (name, expected) in [
        ("content-type", "image/jpeg"),
        ("content-disposition", "inline"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "private, max-age=31536000, immutable"),
    ] {
        assert_eq!(answer.header(name), expected, "{name}");
    }
    let again = Request::get(&path).header("if-none-match", answer.header("etag")).body(Body::empty()).unwrap();
    let again = browser.send(again).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again.header("cache-control"), "private, max-age=31536000, immutable");
    assert_eq!(browser.get(&format!("/photos/{id}/301")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get(&format!("/photos/{id}/-1")).await.status, StatusCode::NOT_FOUND);

    assert_eq!(world.site().browser(&world.home.staff).get(&path).await.status, StatusCode::OK);
    let stranger = world.site().browser(&world.foreign.manager).get(&path).await;
    assert_eq!((stranger.status, stranger.header("cache-control")), (StatusCode::NOT_FOUND, "no-store"));
    assert_eq!(world.site().anonymous().get(&path).await.status, StatusCode::SEE_OTHER);
    let seen = world.site().browser(&world.home.staff).get(&page_of(house)).await.body;
    assert!(!seen.contains("multipart/form-data") && !seen.contains("/move") && !seen.contains("/edit"), "{seen}");
}

#[db_test]
async fn each_file_is_judged_by_itself_and_by_what_it_is(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let mut browser = world.site().browser(&world.home.manager);
    let svg = b"<svg onload=alert(1)>".to_vec();
    let files = [
        ("evil.jpg.html", "text/html", made::jpeg(60, 40)),
        ("harmless.jpg", "image/jpeg", svg),
        ("\u{202e}gpj.exe", "application/octet-stream", made::jpeg(61, 40)),
        ("../../../etc/passwd", "image/png", made::jpeg(62, 40)),
        ("nul\\0.png", "image/svg+xml", made::in_format(&made::flag(63, 40), ImageFormat::Png)),
        ("broken.jpg", "image/jpeg", made::jpeg(64, 40)[..200].to_vec()),
        ("<script>alert(1)</script>.pdf", "application/pdf", b"%PDF-1.7".to_vec()),
        ("huge.png", "image/png", made::png_header(60_000, 60_000, 8, 6, b"")),
    ];
    let answer = upload(&mut browser, house, &files).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("harmless.jpg") && answer.body.contains("HEIC"), "{}", answer.body);
    assert!(answer.body.contains("broken.jpg") && answer.body.contains("damaged"));
    assert!(answer.body.contains("huge.png") && answer.body.contains("40 megapixels"));
    assert!(!answer.body.contains("<script>alert(1)"));
    assert_eq!(answer.body.matches("data-photo=\"").count(), 4, "the others were taken");
    for (name, bytes) in world.app.files.everything().await {
        assert_eq!(bytes[..3], [0xff, 0xd8, 0xff]);
        let (organization, id) = name.split_once('/').unwrap();
        assert_eq!(organization, world.home.organization.to_string());
        assert!(id.parse::<uuid::Uuid>().is_ok(), "{name}");
    }
    let none = upload(&mut browser, house, &[("", "application/octet-stream", Vec::new())]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.body.contains("Choose at least one photo."));
}

#[db_test]
async fn a_script_is_told_in_json_and_a_foreign_property_is_not_there(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let mut browser = world.site().browser(&world.home.manager).with("accept", "application/json");
    let token = world.site().browser(&world.home.manager).get(&page_of(house)).await.csrf_token().unwrap();
    let csrf = part("csrf_token", None, token.as_bytes());
    let good = [csrf.clone(), part("photo", Some(("a.jpg", "image/jpeg")), &made::jpeg(60, 40))];
    let answer = send(&mut browser, &page_of(house), &good).await;
    assert_eq!((answer.status, answer.json()), (StatusCode::OK, json!({ "added": 1, "problems": [] })));
    let twice = send(&mut browser, &page_of(house), &good).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(twice.json()["problems"], json!([{ "file": "a.jpg", "message": "This photo is there already." }]));
    assert_eq!(send(&mut browser, &page_of(world.foreign.first), &good).await.status, StatusCode::NOT_FOUND);
    let unknown = [csrf, part("property_id", None, b"x")];
    assert_eq!(send(&mut browser, &page_of(house), &unknown).await.status, StatusCode::BAD_REQUEST);
}

#[db_test]
async fn the_api_adds_lists_changes_orders_and_deletes(db: TestDb) {
    let world = World::new(db).await;
    let house = world.home.first;
    let path = format!("/api/v1{}", page_of(house));
    let mut api = world.site().api(&world.home.manager, &[]);
    let whole =
        |bytes: Vec<u8>| Request::post(&path).header("content-type", "image/jpeg").body(Body::from(bytes)).unwrap();
    let first = api.send(whole(made::jpeg(900, 600))).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    let first = first.json();
    let widths: Vec<&Value> = first["sizes"].as_array().unwrap().iter().map(|size| &size["width"]).collect();
    assert_eq!(widths, [320, 800, 900]);
    let parts = [part("caption", None, "La playa".as_bytes()), part("photo", Some(("b", "x/y")), &made::jpeg(50, 50))];
    let second = send(&mut api, &path, &parts).await.json();
    assert_eq!((&second["caption"], &second["room"]), (&json!("La playa"), &json!("")));
    let refused = api.send(whole(b"GIF87a".to_vec())).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["errors"][0]["code"], "picture_unreadable", "{}", refused.body);

    let order = json!({ "order": [second["id"], first["id"]] });
    let ordered = api.json(Method::PUT, &format!("{path}/order"), &order).await;
    assert_eq!(ordered.json()[0]["id"], second["id"], "{}", ordered.body);
    let one = format!("/api/v1/photos/{}", first["id"].as_str().unwrap());
    let changed = api.json(Method::PATCH, &one, &json!({ "room": "Kitchen" })).await.json();
    assert_eq!((&changed["room"], &changed["caption"]), (&json!("Kitchen"), &json!("")));
    let listed = api.get(&path).await.json();
    assert_eq!(listed.as_array().unwrap().len(), 2);
    let picture = api.get(first["sizes"][0]["path"].as_str().unwrap()).await;
    assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, "image/jpeg"));
    assert_eq!(api.json(Method::DELETE, &one, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.json(Method::DELETE, &one, &json!({})).await.status, StatusCode::NOT_FOUND);
}
