//! Every door is tried: with no session, with an expired token, with the module off, after the trial, with a role that
//! may not, and with rows of another organisation. The doors are those of the OpenAPI document and of the registry of
//! server functions.

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use tower::ServiceExt;
use uuid::Uuid;

use crate::house::House;

struct Entry {
    method: String,
    path: String,
    room: String,
}

/// Doors that are for strangers. This list only shrinks.
const OPEN: [&str; 5] = [
    "/api/v1/auth/register",
    "/api/v1/auth/login",
    "/api/v1/auth/refresh",
    "/api/v1/auth/logout",
    "/api/v1/operator/login",
];

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
        .replace("{resource_id}", &Uuid::nil().to_string())
        .replace("{baseline_id}", &Uuid::nil().to_string())
        .replace("{view_id}", &Uuid::nil().to_string())
        .replace("{template_id}", &Uuid::nil().to_string())
}

/// A body that would be taken, so that the refusal is the gate's and not the reader's.
fn body(path: &str) -> Value {
    let nil = Uuid::nil();
    match path.rsplit('/').next().unwrap_or_default() {
        "operations" => json!({ "operations": [] }),
        "comments" => json!({ "body": "Hello" }),
        "links" => json!({ "predecessor_id": nil, "successor_id": nil }),
        "people" => json!({ "name": "P", "email": "p@x.example", "role": "employee", "password": "correct horse" }),
        "views" => json!({ "name": "Mine" }),
        "shared" => json!({ "shared": true }),
        "copy" | "template" => json!({ "name": "A" }),
        "from-template" => json!({ "template": "die", "name": "A", "start_date": "2026-01-05" }),
        "restore" => json!({ "at": "0" }),
        "progress" => json!({ "progress": 5 }),
        "projects" => json!({ "name": "A", "start_date": "2026-01-05" }),
        "tasks" => json!({ "name": "A" }),
        "baselines" => json!({ "name": "Agreed" }),
        _ if path.contains("/baselines/") => json!({ "name": "Agreed" }),
        _ if path.contains("/resources/") => json!({ "kind": "machine", "name": "Press 1" }),
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
    let sold = || entries().into_iter().filter(|entry| entry.room != "admin" && entry.room != "identity");
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
    let supplier = house.person(&token, "supplier").await;
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
    let id = house.project(&acme, "Die").await;
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

/// Rooms that every organisation has: they have no module to switch off. This list only shrinks.
const ALWAYS_ON: [&str; 1] = ["admin"];

/// Every server function that is not for strangers.
fn calls() -> Vec<&'static str> {
    let paths = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path);
    let calls: Vec<_> = paths.filter(|path| !OPEN_CALLS.contains(path)).collect();
    assert!(calls.len() > 10, "the registry lists the server functions: {calls:?}");
    calls
}

/// The same, of rooms that can be switched off.
fn sold_calls() -> impl Iterator<Item = &'static str> {
    calls().into_iter().filter(|path| !ALWAYS_ON.contains(&path.split('/').nth(2).unwrap_or_default()))
}

/// What every server function would take, so that the refusal is the gate's and not the reader's.
fn given(id: Uuid) -> Value {
    json!({
        "id": id, "task": Uuid::nil(), "patch": {}, "body": "Hello", "page": {}, "operations": [], "base": null, "step": null,
        "module": "press", "on": true, "new": { "name": "A", "start_date": "2026-01-05", "template": "die" }, "name": "A",
        "at": "0", "options": {}, "project": null, "version": 1, "baseline": Uuid::nil(), "back": false, "how": {},
        "mentions": [], "resource": { "id": Uuid::from_u128(77), "kind": "machine", "name": "A", "capacity": 100 },
        "asked": {}, "from": "2026-01-05", "to": "2026-01-05", "email": "a@b.de", "role": "employee", "password": "correct horse",
    })
}

/// Status and kind of the answer of a server function.
async fn call(house: &House, path: &str, token: Option<&str>, body: Value) -> (u16, String) {
    let (status, fault) = house.ask("POST", path, token, body).await;
    (status.as_u16(), fault["kind"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn no_server_function_answers_a_stranger_or_a_token_that_is_over() {
    let house = House::open().await;
    let token = house.organization("acme").await;
    house.clock.advance(TimeDelta::minutes(16));
    for path in calls() {
        for (knock, kind) in
            [(None, "not-signed-in"), (Some(token.as_str()), "session-expired"), (Some("x.y.z"), "not-signed-in")]
        {
            assert_eq!(call(&house, path, knock, given(Uuid::nil())).await, (401, kind.to_owned()), "{path}");
        }
    }
}

#[tokio::test]
async fn no_server_function_answers_where_the_module_is_off_or_over() {
    let house = House::open().await;
    let token = house.organization("acme").await;
    let switch = async |on: bool| {
        let body = json!({ "enabled": on });
        assert_eq!(house.ask("PUT", "/api/v1/modules/projects", Some(&token), body).await.0, StatusCode::NO_CONTENT);
    };
    switch(false).await;
    for path in sold_calls() {
        let answer = call(&house, path, Some(&token), given(Uuid::nil())).await;
        assert_eq!(answer, (403, "module-inactive".to_owned()), "{path}");
    }
    switch(true).await;
    house.clock.advance(TimeDelta::days(30));
    let token = house.log_in("olga@acme.example").await;
    for path in sold_calls() {
        let answer = call(&house, path, Some(&token), given(Uuid::nil())).await;
        assert_eq!(answer, (403, "trial-over".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn no_server_function_answers_a_role_that_may_not() {
    let house = House::open().await;
    let token = house.organization("acme").await;
    let supplier = house.person(&token, "supplier").await;
    for path in calls() {
        let answer = call(&house, path, Some(&supplier), given(Uuid::nil())).await;
        assert_eq!(answer, (403, "not-permitted".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn no_server_function_shows_rows_of_another_organisation() {
    let house = House::open().await;
    let acme = house.organization("acme").await;
    let borg = house.organization("borg").await;
    let id = house.project(&acme, "Die").await;
    let mut tried = 0;
    for path in calls() {
        // A call that names a row says so itself, by missing the id.
        let mut without = given(id);
        without.as_object_mut().expect("fields").remove("id");
        let (status, fault) = house.ask("POST", path, Some(&borg), without).await;
        if status != StatusCode::BAD_REQUEST {
            continue;
        }
        assert!(fault["detail"].as_str().is_some_and(|why| why.contains("missing field `id`")), "{path}: {fault}");
        assert_eq!(call(&house, path, Some(&borg), given(id)).await, (404, "not-found".to_owned()), "{path}");
        tried += 1;
    }
    assert!(tried >= 4, "{tried}");
    assert_eq!(house.ask("POST", "/fn/projects/head", Some(&acme), given(id)).await.0, StatusCode::OK);
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
    let get = async |path: &str| {
        let (status, problem) = house.ask("GET", path, Some(&token), Value::Null).await;
        let field = problem["errors"][0]["field"].as_str().unwrap_or_default().to_owned();
        (status.as_u16(), problem["code"].as_str().unwrap_or_default().to_owned(), field)
    };
    let load = "/api/v1/projects/resources/load";
    for (given, field) in [
        ("from=soon", "from"),
        ("from=2026-01-02&to=2026-01-01", "to"),
        ("from=2026-01-01&to=2027-02-05", "to"),
        ("from=1901-01-01", "from"),
        ("step=year", "step"),
        ("kind=tool", "kind"),
        ("over=perhaps", "over"),
        ("limit=201", "limit"),
        ("cursor=x", "cursor"),
    ] {
        assert_eq!(get(&format!("{load}?{given}")).await, said(422, "invalid-input", field), "{given}");
    }
    let parts = |id: &str| format!("/api/v1/projects/resources/{id}/load");
    assert_eq!(get(&parts(&Uuid::nil().to_string())).await, said(422, "invalid-input", "from"));
    assert_eq!(get(&format!("{}?from=2026-01-05", parts(&Uuid::nil().to_string()))).await, said(404, "not-found", ""));
    assert_eq!(get(&parts("not-an-id")).await, said(404, "not-found", ""));
    let turned = r#"{"name": "A", "start_date": "2026-02-01", "target_end_date": "2026-01-01"}"#;
    assert_eq!(post(projects, turned).await, said(422, "invalid-input", "target_end_date"));
    let huge = format!(r#"{{"name": "{}"}}"#, "x".repeat(17 * 1024 * 1024));
    assert_eq!(post(projects, &huge).await.0, 413);
    assert_eq!(post("/api/v1/projects/not-an-id/tasks", r#"{"name": "A"}"#).await, said(404, "not-found", ""));
}
