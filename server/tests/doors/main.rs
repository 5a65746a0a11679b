//! Every door is tried: with no session, with an expired token, with the module off, after the trial, with a role that
//! may not, and with rows of another organisation. The doors are those of the OpenAPI document and of the registry of
//! server functions, so a new one is tried without anybody thinking of it.

use std::sync::Arc;

use app::Site;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use chrono::{DateTime, TimeDelta, Utc};
use leptos::config::LeptosOptions;
use serde_json::{Value, json};
use server::http::{Door, metrics, router};
use tower::ServiceExt;
use usecase::{Clock, FixedClock, Services, Settings, TracingMailer, db};
use uuid::Uuid;

struct House {
    doors: Router,
    clock: Arc<FixedClock>,
    folder: std::path::PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl House {
    async fn open() -> Self {
        let folder = std::env::temp_dir().join(format!("takt-doors-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let url = format!("sqlite://{}", folder.join("doors.sqlite3").display());
        db::migrate(&url).await.expect("the schema");
        let clock = Arc::new(FixedClock::at(DateTime::<Utc>::from_timestamp(1_795_248_000, 0).expect("an instant")));
        let settings = Settings::new(b"a secret of a test, long enough to sign".to_vec());
        let database = db::Database::open(&url, 4).await.expect("a database");
        let services = Services::new(database, Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(TracingMailer), settings);
        let leptos = LeptosOptions::builder().output_name("takt").build();
        let door = Door { services, leptos, site: Site::default(), metrics: metrics::start() };
        Self { doors: router(door, false), clock, folder }
    }

    async fn ask(&self, method: &str, path: &str, token: Option<&str>, body: Value) -> (StatusCode, Value) {
        let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = if method == Method::GET.as_str() { Body::empty() } else { Body::from(body.to_string()) };
        let request = request.body(body).expect("a request");
        let answer = self.doors.clone().oneshot(request).await.expect("an answer");
        let status = answer.status();
        // A stream of events has no end; its head is enough.
        if answer
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
        {
            return (status, Value::Null);
        }
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// A token of the owner of a new organisation.
    async fn organization(&self, name: &str) -> String {
        let body = json!({
            "organization_name": name, "owner_name": "Olga", "owner_email": format!("olga@{name}.example"),
            "owner_password": "correct horse", "industry": "press_shop",
        });
        let (status, welcome) = self.ask("POST", "/api/v1/auth/register", None, body).await;
        assert_eq!(status, StatusCode::CREATED, "{welcome}");
        welcome["access_token"].as_str().expect("a token").to_owned()
    }

    async fn log_in(&self, email: &str) -> String {
        let body = json!({ "email": email, "password": "correct horse" });
        let (_, welcome) = self.ask("POST", "/api/v1/auth/login", None, body).await;
        welcome["access_token"].as_str().expect("a token").to_owned()
    }
}

struct Entry {
    method: String,
    path: String,
    room: String,
}

/// Doors that are for strangers. This list only shrinks.
const OPEN: [&str; 4] = ["/api/v1/auth/register", "/api/v1/auth/login", "/api/v1/auth/refresh", "/api/v1/auth/logout"];

/// Every operation of the document that is not for strangers.
fn entries() -> Vec<Entry> {
    let document = serde_json::to_value(server::api::document()).expect("a document");
    let mut entries = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            if !OPEN.contains(&path.as_str()) && operation["tags"].is_array() {
                let room = operation["tags"][0].as_str().unwrap_or_default().to_owned();
                entries.push(Entry { method: method.to_uppercase(), path: path.clone(), room });
            }
        }
    }
    assert!(entries.len() > 25, "the document lists the API: {}", entries.len());
    entries
}

/// The path with its ids filled in.
fn filled(path: &str, project: Uuid) -> String {
    path.replace("/projects/{id}", &format!("/projects/{project}"))
        .replace("{module}", "press")
        .replace("{id}", &Uuid::nil().to_string())
        .replace("{task_id}", &Uuid::nil().to_string())
        .replace("{link_id}", &Uuid::nil().to_string())
}

/// A body that would be taken, so that the refusal is the gate's and not the reader's.
fn body(path: &str) -> Value {
    let nil = Uuid::nil();
    match path.rsplit('/').next().unwrap_or_default() {
        "operations" => json!({ "operations": [] }),
        "comments" => json!({ "body": "Hello" }),
        "links" => json!({ "predecessor_id": nil, "successor_id": nil }),
        "people" => json!({ "name": "P", "email": "p@x.example", "role": "employee", "password": "correct horse" }),
        "progress" => json!({ "progress": 5 }),
        "projects" => json!({ "name": "A", "start_date": "2026-01-05" }),
        "tasks" => json!({ "name": "A" }),
        _ if path.contains("/modules/") => json!({ "enabled": true }),
        _ if path.contains("/people/") => json!({ "role": "employee" }),
        _ => json!({}),
    }
}

fn with_file(path: &str) -> String {
    match path.rsplit('/').next() {
        Some("import") => format!("{path}?filename=plan.csv"),
        Some("export") => format!("{path}?format=csv"),
        _ => path.to_owned(),
    }
}

#[tokio::test]
async fn nobody_comes_in_without_a_token_or_with_one_that_is_over() {
    let house = House::open().await;
    let token = house.organization("acme").await;
    house.clock.advance(TimeDelta::minutes(16));
    for entry in entries() {
        let path = with_file(&filled(&entry.path, Uuid::nil()));
        for (knock, code) in
            [(None, "not-signed-in"), (Some(token.as_str()), "session-expired"), (Some("x.y.z"), "not-signed-in")]
        {
            let (status, problem) = house.ask(&entry.method, &path, knock, body(&path)).await;
            assert_eq!(
                (status, problem["code"].as_str()),
                (StatusCode::UNAUTHORIZED, Some(code)),
                "{} {path}",
                entry.method
            );
        }
    }
}

#[tokio::test]
async fn a_module_that_is_off_or_over_answers_403_everywhere() {
    let house = House::open().await;
    let token = house.organization("acme").await;
    let (status, _) = house.ask("PUT", "/api/v1/modules/projects", Some(&token), json!({ "enabled": false })).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let sold = || entries().into_iter().filter(|entry| entry.room != "admin" && entry.room != "auth");
    for entry in sold() {
        let path = with_file(&filled(&entry.path, Uuid::nil()));
        let (status, problem) = house.ask(&entry.method, &path, Some(&token), body(&path)).await;
        assert_eq!(
            (status, problem["code"].as_str()),
            (StatusCode::FORBIDDEN, Some("module-inactive")),
            "{} {path}",
            entry.method
        );
    }
    house.ask("PUT", "/api/v1/modules/projects", Some(&token), json!({ "enabled": true })).await;
    house.clock.advance(TimeDelta::days(30));
    let token = house.log_in("olga@acme.example").await;
    for entry in sold() {
        let path = with_file(&filled(&entry.path, Uuid::nil()));
        let (status, problem) = house.ask(&entry.method, &path, Some(&token), body(&path)).await;
        assert_eq!(
            (status, problem["code"].as_str()),
            (StatusCode::FORBIDDEN, Some("trial-over")),
            "{} {path}",
            entry.method
        );
    }
}

#[tokio::test]
async fn a_role_without_permissions_is_refused_everywhere() {
    let house = House::open().await;
    let token = house.organization("acme").await;
    let person = json!({ "name": "Sam", "email": "sam@acme.example", "role": "supplier", "password": "correct horse" });
    assert_eq!(house.ask("POST", "/api/v1/people", Some(&token), person).await.0, StatusCode::CREATED);
    let supplier = house.log_in("sam@acme.example").await;
    // Everybody may ask who they are themselves.
    for entry in entries().into_iter().filter(|entry| entry.path != "/api/v1/auth/me") {
        let path = with_file(&filled(&entry.path, Uuid::nil()));
        let (status, problem) = house.ask(&entry.method, &path, Some(&supplier), body(&path)).await;
        assert_eq!(
            (status, problem["code"].as_str()),
            (StatusCode::FORBIDDEN, Some("not-permitted")),
            "{} {path}",
            entry.method
        );
    }
}

#[tokio::test]
async fn rows_of_another_organisation_do_not_exist() {
    let house = House::open().await;
    let acme = house.organization("acme").await;
    let borg = house.organization("borg").await;
    let (status, project) =
        house.ask("POST", "/api/v1/projects", Some(&acme), json!({ "name": "Die", "start_date": "2026-01-05" })).await;
    assert_eq!(status, StatusCode::CREATED, "{project}");
    let id: Uuid = project["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let mut tried = 0;
    for entry in entries().into_iter().filter(|entry| entry.path.contains("{id}")) {
        let path = with_file(&filled(&entry.path, id));
        let (status, problem) = house.ask(&entry.method, &path, Some(&borg), body(&path)).await;
        assert_eq!(
            (status, problem["code"].as_str()),
            (StatusCode::NOT_FOUND, Some("not-found")),
            "{} {path}",
            entry.method
        );
        tried += 1;
    }
    assert!(tried > 15, "{tried}");
    assert_eq!(house.ask("GET", &format!("/api/v1/projects/{id}"), Some(&acme), Value::Null).await.0, StatusCode::OK);
    let (_, list) = house.ask("GET", "/api/v1/projects", Some(&borg), Value::Null).await;
    assert_eq!(list["projects"], json!([]));
}

/// Server functions for strangers. This list only shrinks.
const OPEN_CALLS: [&str; 6] = [
    "/fn/identity/register",
    "/fn/identity/login",
    "/fn/identity/logout",
    "/fn/identity/forgot",
    "/fn/identity/reset",
    "/fn/identity/me",
];

#[tokio::test]
async fn no_server_function_answers_a_stranger() {
    let house = House::open().await;
    let mut tried = 0;
    let calls: Vec<String> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    for path in calls.iter().filter(|path| !OPEN_CALLS.contains(&path.as_str())) {
        let nil = Uuid::nil();
        let body = json!({
            "id": nil, "task": nil, "body": "Hello", "page": {}, "operations": [], "base": null, "step": null, "module": "press", "on": true,
            "new": { "name": "A", "start_date": "2026-01-05" }, "name": "A", "email": "a@b.de", "role": "employee", "password": "correct horse",
        });
        let (status, problem) = house.ask("POST", path, None, body).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}: {problem}");
        tried += 1;
    }
    assert!(tried > 10, "{tried} of {calls:?}");
}

#[tokio::test]
async fn bad_requests_are_told_what_is_wrong() {
    let house = House::open().await;
    let token = house.organization("acme").await;
    let post = async |path: &str, body: &str| {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::from(body.to_owned()))
            .expect("a request");
        let answer = house.doors.clone().oneshot(request).await.expect("an answer");
        let status = answer.status().as_u16();
        let kind = answer.headers()[header::CONTENT_TYPE].to_str().expect("a type").to_owned();
        assert_eq!(kind, "application/problem+json");
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
        let problem: Value = serde_json::from_slice(&bytes).expect("a problem");
        (
            status,
            problem["code"].as_str().unwrap_or_default().to_owned(),
            problem["errors"][0]["field"].as_str().unwrap_or_default().to_owned(),
        )
    };
    let said = |status: u16, code: &str, field: &str| (status, code.to_owned(), field.to_owned());
    let projects = "/api/v1/projects";
    assert_eq!(post(projects, "{").await, said(400, "bad-request", ""));
    assert_eq!(post(projects, "{}").await, said(422, "invalid-input", "name"));
    assert_eq!(post(projects, r#"{"name": 5}"#).await, said(422, "invalid-input", "name"));
    assert_eq!(
        post(projects, r#"{"name": "A", "start_date": "soon"}"#).await,
        said(422, "invalid-input", "start_date")
    );
    let turned = r#"{"name": "A", "start_date": "2026-02-01", "target_end_date": "2026-01-01"}"#;
    assert_eq!(post(projects, turned).await, said(422, "invalid-input", "target_end_date"));
    let huge = format!(r#"{{"name": "{}"}}"#, "x".repeat(17 * 1024 * 1024));
    assert_eq!(post(projects, &huge).await.0, 413);
    assert_eq!(post("/api/v1/projects/not-an-id/tasks", r#"{"name": "A"}"#).await, said(404, "not-found", ""));
}
