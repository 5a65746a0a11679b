//! Who asks too often is told when to come back.

use axum::http::header;
use chrono::TimeDelta;
use serde_json::{Value, json};
use usecase::LimitSettings;

use crate::house::House;

const LOGIN: &str = "/api/v1/auth/login";

fn olga(password: &str) -> Value {
    json!({ "email": "olga@acme.example", "password": password })
}

#[tokio::test]
async fn guessing_a_password_ends_after_a_few_attempts_by_every_door() {
    let house = House::limited(LimitSettings { account_per_quarter: 4, ..LimitSettings::none() }).await;
    house.organization("acme").await;
    for _ in 0..3 {
        assert_eq!(house.ask("POST", LOGIN, None, olga("wrong horse")).await.0.as_u16(), 401);
    }
    let (head, problem) = house.post(LOGIN, "", &[], &olga("correct horse")).await;
    assert_eq!((head.status.as_u16(), problem["code"].as_str()), (429, Some("rate-limited")));
    assert_eq!(head.headers[header::RETRY_AFTER], "225");
    assert_eq!(problem["detail"], "There were many attempts to come in; try again in 225 seconds.");
    let (head, fault) = house.post("/fn/identity/login", "", &[], &json!({ "given": olga("correct horse") })).await;
    assert_eq!((head.status.as_u16(), fault["kind"].as_str()), (429, Some("rate-limited")));
    assert_eq!(head.headers[header::RETRY_AFTER], "225");
    let (status, _) = house.ask("POST", "/fn/identity/forgot", None, json!({ "email": "Olga@acme.example " })).await;
    assert_eq!(status.as_u16(), 429);
    let other = json!({ "email": "nobody@acme.example", "password": "correct horse" });
    assert_eq!(house.ask("POST", LOGIN, None, other).await.0.as_u16(), 401, "another account is not touched");
    house.clock.advance(TimeDelta::seconds(225));
    assert_eq!(house.ask("POST", LOGIN, None, olga("correct horse")).await.0.as_u16(), 200);
}

#[tokio::test]
async fn an_address_that_tries_everybody_is_told_to_wait() {
    let house = House::limited(LimitSettings { address_per_minute: 3, proxies: 1, ..LimitSettings::none() }).await;
    let from = async |address: &str, email: &str| {
        let body = json!({ "email": email, "password": "correct horse" });
        house.post(LOGIN, "", &[("x-forwarded-for", address)], &body).await.0
    };
    for email in ["a@x.example", "b@x.example", "c@x.example"] {
        assert_eq!(from("1.2.3.4", email).await.status, 401);
    }
    let refused = from("1.2.3.4", "d@x.example").await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.headers["ratelimit-policy"], "\"address\";q=3;w=60");
    assert_eq!(refused.headers["ratelimit"], "\"address\";r=0;t=20");
    assert_eq!(refused.headers[header::RETRY_AFTER], "20");
    assert_eq!(from("1.2.3.5", "d@x.example").await.status, 401);
}

#[tokio::test]
async fn a_person_has_a_limit_over_all_doors() {
    let house = House::limited(LimitSettings { person_per_minute: 3, ..LimitSettings::none() }).await;
    let token = house.organization("acme").await;
    let (head, _) = house.post("/fn/projects/list", &token, &[], &json!({ "page": {} })).await;
    assert_eq!(head.status, 200);
    assert_eq!(head.headers["ratelimit"], "\"person\";r=2;t=20");
    for _ in 0..2 {
        assert_eq!(house.ask("GET", "/api/v1/projects", Some(&token), Value::Null).await.0.as_u16(), 200);
    }
    let (status, problem) = house.ask("GET", "/api/v1/projects", Some(&token), Value::Null).await;
    assert_eq!((status.as_u16(), problem["code"].as_str()), (429, Some("rate-limited")));
    let said = "You have sent more than 3 requests in 60 seconds; try again in 20 seconds.";
    assert_eq!(problem["detail"], said);
    house.clock.advance(TimeDelta::minutes(1));
    assert_eq!(house.ask("GET", "/api/v1/projects", Some(&token), Value::Null).await.0.as_u16(), 200);
}
