//! What browsers are told not to do.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
};
use tower::ServiceExt;

use crate::house::House;

async fn page(doors: &Router, path: &str) -> (HeaderMap, String) {
    let request = Request::get(path).header(header::ACCEPT, "text/html").body(Body::empty()).expect("a request");
    let answered = async {
        let (head, body) = doors.clone().oneshot(request).await.expect("an answer").into_parts();
        (head, to_bytes(body, usize::MAX).await.expect("a body"))
    };
    // A page that waits for something that never comes is named instead of holding everything up.
    let (head, bytes) = tokio::time::timeout(std::time::Duration::from_secs(60), answered)
        .await
        .unwrap_or_else(|_| panic!("{path} is not answered"));
    (head.headers, String::from_utf8_lossy(&bytes).into_owned())
}

/// Every opening tag of a script.
fn scripts(page: &str) -> Vec<&str> {
    page.split("<script").skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

fn between<'a>(text: &'a str, before: &str, after: char) -> &'a str {
    text.split(before).nth(1).and_then(|rest| rest.split(after).next()).unwrap_or_default()
}

#[tokio::test]
async fn a_page_runs_only_scripts_with_the_nonce_of_its_answer() {
    let house = House::open().await;
    let mut seen = Vec::new();
    for path in ["/login", "/register", "/no/such/page", "/login"] {
        let (headers, page) = page(&house.doors, path).await;
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
        let nonce = between(policy, "'nonce-", '\'');
        assert!(nonce.len() > 10, "{path}: {policy}");
        let scripts = scripts(&page);
        assert!(!scripts.is_empty(), "{path}");
        for script in scripts {
            assert_eq!(between(script, "nonce=\"", '"'), nonce, "{path}: {script}");
        }
        assert!(policy.contains("'wasm-unsafe-eval'") && !policy.contains("'unsafe-eval'"), "{policy}");
        assert!(!between(policy, "script-src", ';').contains("'unsafe-inline'"), "{policy}");
        seen.push(nonce.to_owned());
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 4, "a nonce is used once");
}

#[tokio::test]
async fn the_documentation_runs_its_own_files_only() {
    let house = House::open().await;
    let (headers, docs) = page(&house.doors, "/docs/").await;
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
    assert!(policy.starts_with("default-src 'self'") && !policy.contains("script-src"), "{policy}");
    let scripts = scripts(&docs);
    assert!(scripts.len() >= 3 && scripts.iter().all(|script| script.contains("src=")), "{scripts:?}");
    let (_, start) = page(&house.doors, "/docs/swagger-initializer.js").await;
    assert!(start.contains("/api/v1/openapi.json"), "{start}");
}

#[tokio::test]
async fn every_answer_says_what_it_must_not_be_used_for() {
    let house = House::open().await;
    for path in ["/login", "/docs/", "/api/v1/openapi.json", "/api/v1/projects", "/health", "/nothing.js"] {
        let (plain, _) = page(&house.doors, path).await;
        assert!(plain.contains_key(header::CONTENT_SECURITY_POLICY), "{path}");
        assert_eq!(plain[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert_eq!(plain[header::X_FRAME_OPTIONS], "DENY", "{path}");
        assert!(plain["permissions-policy"].to_str().expect("text").contains("camera=()"), "{path}");
        assert!(!plain.contains_key(header::STRICT_TRANSPORT_SECURITY), "{path}");
        let (secure, _) = page(&house.https, path).await;
        assert_eq!(secure[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000", "{path}");
    }
}
