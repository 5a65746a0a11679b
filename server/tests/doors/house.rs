//! A whole house with its doors, a clock that stands still, and people.

use std::sync::Arc;

use app::Site;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header, response::Parts},
};
use chrono::{DateTime, Utc};
use leptos::config::LeptosOptions;
use serde_json::{Value, json};
use server::http::{Door, metrics, router};
use tower::ServiceExt;
use usecase::{Clock, FixedClock, LimitSettings, Services, Settings, TracingMailer, db};
use uuid::Uuid;

pub struct House {
    pub doors: Router,
    /// The same, reached by https.
    pub https: Router,
    pub clock: Arc<FixedClock>,
    pub services: Services,
    _folder: Option<Folder>,
}

struct Folder(std::path::PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl House {
    pub async fn open() -> Self {
        Self::limited(LimitSettings::default()).await
    }

    /// One on SQLite, and one on PostgreSQL where a server is named.
    pub async fn on_each() -> Vec<Self> {
        let mut houses = vec![Self::open().await];
        let Ok(server) = std::env::var("TAKT_TEST_POSTGRES") else {
            eprintln!("TAKT_TEST_POSTGRES is not set: this test ran on SQLite only");
            return houses;
        };
        let name = format!("takt_{}", Uuid::now_v7().simple());
        let admin = sea_orm::Database::connect(&server).await.expect("the PostgreSQL server");
        let create = format!("create database {name}");
        sea_orm::ConnectionTrait::execute_unprepared(&admin, &create).await.expect("a database");
        admin.close().await.expect("closing");
        let (base, _) = server.rsplit_once('/').expect("a database in the URL");
        houses.push(Self::at(format!("{base}/{name}"), None).await);
        houses
    }

    /// One with these limits.
    pub async fn limited(limits: LimitSettings) -> Self {
        let folder = std::env::temp_dir().join(format!("takt-doors-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self::with(format!("sqlite://{}", folder.join("doors.sqlite3").display()), Some(Folder(folder)), limits).await
    }

    async fn at(url: String, folder: Option<Folder>) -> Self {
        Self::with(url, folder, LimitSettings::default()).await
    }

    async fn with(url: String, folder: Option<Folder>, limits: LimitSettings) -> Self {
        db::migrate(&url).await.expect("the schema");
        let clock = Arc::new(FixedClock::at(DateTime::<Utc>::from_timestamp(1_795_248_000, 0).expect("an instant")));
        let mut settings = Settings::new(b"a secret of a test, long enough to sign".to_vec());
        settings.limits = limits;
        let database = db::Database::open(&url, 4).await.expect("a database");
        let services = Services::new(database, Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(TracingMailer), settings);
        let leptos = LeptosOptions::builder().output_name("takt").build();
        let door = Door { services: services.clone(), leptos, site: Site::default(), metrics: metrics::start() };
        Self { https: router(door.clone(), true), doors: router(door, false), clock, services, _folder: folder }
    }

    /// The whole answer to a POST with these headers.
    pub async fn post(&self, path: &str, token: &str, headers: &[(&str, &str)], body: &Value) -> (Parts, Value) {
        let mut request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_string())).expect("a request");
        let (head, body) = self.doors.clone().oneshot(request).await.expect("an answer").into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        (head, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    pub async fn ask(&self, method: &str, path: &str, token: Option<&str>, body: Value) -> (StatusCode, Value) {
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
    pub async fn organization(&self, name: &str) -> String {
        let body = json!({
            "organization_name": name, "owner_name": "Olga", "owner_email": format!("olga@{name}.example"),
            "owner_password": "correct horse", "industry": "press_shop",
        });
        let (status, welcome) = self.ask("POST", "/api/v1/auth/register", None, body).await;
        assert_eq!(status, StatusCode::CREATED, "{welcome}");
        welcome["access_token"].as_str().expect("a token").to_owned()
    }

    pub async fn log_in(&self, email: &str) -> String {
        let body = json!({ "email": email, "password": "correct horse" });
        let (_, welcome) = self.ask("POST", "/api/v1/auth/login", None, body).await;
        welcome["access_token"].as_str().expect("a token").to_owned()
    }

    /// A token of somebody with a role, such as `supplier`.
    pub async fn person(&self, token: &str, role: &str) -> String {
        let email = format!("{role}-{}@x.example", Uuid::now_v7().simple());
        let person = json!({ "name": "Sam", "email": email, "role": role, "password": "correct horse" });
        let (status, problem) = self.ask("POST", "/api/v1/people", Some(token), person).await;
        assert_eq!(status, StatusCode::CREATED, "{problem}");
        self.log_in(&email).await
    }

    /// The id of a new project.
    pub async fn project(&self, token: &str, name: &str) -> Uuid {
        let body = json!({ "name": name, "start_date": "2026-01-05" });
        let (status, project) = self.ask("POST", "/api/v1/projects", Some(token), body).await;
        assert_eq!(status, StatusCode::CREATED, "{project}");
        project["id"].as_str().and_then(|id| id.parse().ok()).expect("an id")
    }
}
