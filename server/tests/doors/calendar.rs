//! The one door that opens by a secret in its address.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt;
use usecase::LimitSettings;

use crate::house::House;

async fn read(house: &House, path: &str, known: Option<&str>) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::get(path);
    if let Some(known) = known {
        request = request.header(header::IF_NONE_MATCH, known);
    }
    let request = request.body(Body::empty()).expect("a request");
    let (head, body) = house.doors.clone().oneshot(request).await.expect("an answer").into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body");
    (head.status, head.headers, String::from_utf8_lossy(&bytes).into_owned())
}

async fn link(house: &House, token: &str, path: &str) -> String {
    let (status, made) = house.ask("POST", path, Some(token), Value::Null).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    assert!(made["url"].as_str().expect("an address").starts_with("http://localhost:3000/calendar/"));
    made["path"].as_str().expect("a path").to_owned()
}

#[tokio::test]
async fn a_calendar_is_read_without_signing_in_and_only_when_it_changed() {
    for house in House::on_each().await {
        let token = house.organization("acme").await;
        let id = house.project(&token, "Die").await;
        let tasks = format!("/api/v1/projects/{id}/tasks");
        house.ask("POST", &tasks, Some(&token), json!({ "name": "Cut" })).await;
        let path = link(&house, &token, &format!("/api/v1/projects/{id}/feed")).await;
        let (status, headers, calendar) = read(&house, &path, None).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
        assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.contains("SUMMARY:Cut\r\n"));
        let etag = headers[header::ETAG].to_str().expect("text").to_owned();
        let (status, _, body) = read(&house, &path, Some(&etag)).await;
        assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""));
        assert_eq!(read(&house, &path, Some(&format!("\"other\", W/{etag}"))).await.0, StatusCode::NOT_MODIFIED);
        house.ask("POST", &tasks, Some(&token), json!({ "name": "Form" })).await;
        let (status, _, calendar) = read(&house, &path, Some(&etag)).await;
        assert!(status == StatusCode::OK && calendar.contains("SUMMARY:Form\r\n"));
    }
}

#[tokio::test]
async fn a_calendar_that_may_not_be_read_is_not_there() {
    let house = House::open().await;
    let token = house.organization("acme").await;
    let id = house.project(&token, "Die").await;
    let path = link(&house, &token, &format!("/api/v1/projects/{id}/feed")).await;
    let mine = link(&house, &token, "/api/v1/projects/feed").await;
    let refused = async |path: &str| {
        let (status, headers, body) = read(&house, path, None).await;
        assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json");
        let problem: Value = serde_json::from_str(&body).expect("a problem");
        (status.as_u16(), problem["code"].as_str().unwrap_or_default().to_owned(), problem["detail"].clone())
    };
    let unknown = refused("/calendar/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics").await;
    assert_eq!((unknown.0, unknown.1.as_str()), (404, "not-found"));
    assert_eq!(refused("/calendar/nothing").await, unknown);
    // One answer, whatever the reason.
    house.ask("PUT", "/api/v1/modules/projects", Some(&token), json!({ "enabled": false })).await;
    assert_eq!(refused(&path).await, unknown);
    assert_eq!(refused(&mine).await, unknown);
    house.ask("PUT", "/api/v1/modules/projects", Some(&token), json!({ "enabled": true })).await;
    assert_eq!(read(&house, &path, None).await.0, StatusCode::OK);
    house.ask("DELETE", &format!("/api/v1/projects/{id}"), Some(&token), Value::Null).await;
    assert_eq!(refused(&path).await, unknown);
    assert_eq!(read(&house, &mine, None).await.0, StatusCode::OK);
    assert_eq!(house.ask("DELETE", "/api/v1/projects/feed", Some(&token), Value::Null).await.0, StatusCode::NO_CONTENT);
    assert_eq!(refused(&mine).await, unknown);
}

#[tokio::test]
async fn the_answer_with_the_secret_is_kept_for_nobody() {
    let house = House::open().await;
    let token = house.organization("acme").await;
    let key = [("idempotency-key", "a-1")];
    let (_, first) = house.post("/api/v1/projects/feed", &token, &key, &Value::Null).await;
    let (again, second) = house.post("/api/v1/projects/feed", &token, &key, &Value::Null).await;
    assert!(!again.headers.contains_key("idempotency-replayed"));
    assert_ne!(first["path"], second["path"]);
    let document = serde_json::to_value(server::api::document()).expect("a document");
    let parameters = &document["paths"]["/api/v1/projects/feed"]["post"]["parameters"];
    assert!(!parameters.to_string().contains("Idempotency-Key"));
}

#[tokio::test]
async fn who_reads_too_often_waits() {
    let house = House::limited(LimitSettings { calendar_per_minute: 2, ..LimitSettings::none() }).await;
    for _ in 0..2 {
        assert_eq!(read(&house, "/calendar/guess.ics", None).await.0, StatusCode::NOT_FOUND);
    }
    let (status, headers, _) = read(&house, "/calendar/another.ics", None).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(headers.contains_key(header::RETRY_AFTER));
}
