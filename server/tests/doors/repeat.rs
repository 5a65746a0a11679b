//! A request that is sent again with its key does its work once.

use axum::http::header;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::house::House;

const PROJECTS: &str = "/api/v1/projects";

fn die() -> Value {
    json!({ "name": "Die", "start_date": "2026-01-05" })
}

async fn projects(house: &House, token: &str) -> usize {
    let (_, list) = house.ask("GET", PROJECTS, Some(token), Value::Null).await;
    list["projects"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn the_same_request_gives_the_same_answer_and_is_done_once() {
    for house in House::on_each().await {
        let token = house.organization("acme").await;
        let key = [("idempotency-key", "\"a-1\"")];
        let (first, made) = house.post(PROJECTS, &token, &key, &die()).await;
        assert_eq!(first.status, 201, "{made}");
        assert!(!first.headers.contains_key("idempotency-replayed"));
        let (again, same) = house.post(PROJECTS, &token, &key, &die()).await;
        assert_eq!((again.status, &same), (first.status, &made));
        for name in [header::ETAG, header::LOCATION, header::CONTENT_TYPE] {
            assert_eq!(again.headers.get(&name), first.headers.get(&name), "{name}");
        }
        assert_eq!(again.headers["idempotency-replayed"], "true");
        assert_eq!(projects(&house, &token).await, 1);

        let other = json!({ "name": "Another", "start_date": "2026-01-05" });
        let (refused, problem) = house.post(PROJECTS, &token, &key, &other).await;
        assert_eq!((refused.status.as_u16(), problem["code"].as_str()), (422, Some("idempotency-key-reused")));

        // The key is a person's own: somebody else's is another.
        let colleague = house.person(&token, "manager").await;
        assert_eq!(house.post(PROJECTS, &colleague, &key, &die()).await.0.status, 201);
        assert_eq!(projects(&house, &token).await, 2);
    }
}

#[tokio::test]
async fn what_was_refused_may_be_tried_again_and_what_is_old_is_forgotten() {
    for house in House::on_each().await {
        let token = house.organization("acme").await;
        let key = [("idempotency-key", "a-1")];
        let code = json!({ "name": "Die", "start_date": "2026-01-05", "code": "D-1" });
        assert_eq!(house.post(PROJECTS, &token, &[], &code).await.0.status, 201);
        assert_eq!(house.post(PROJECTS, &token, &key, &code).await.0.status, 409);
        // Nothing was done under the key, so it is free for another request.
        assert_eq!(house.post(PROJECTS, &token, &key, &die()).await.0.status, 201);
        house.clock.advance(TimeDelta::hours(25));
        let token = house.log_in("olga@acme.example").await;
        assert_eq!(usecase::repeat::forget_answers(&house.services).await.expect("forgetting"), 1);
        assert_eq!(house.post(PROJECTS, &token, &key, &die()).await.0.status, 201);
        assert_eq!(projects(&house, &token).await, 3);
        let (refused, problem) = house.post(PROJECTS, &token, &[("idempotency-key", "\"\"")], &die()).await;
        assert_eq!((refused.status.as_u16(), problem["code"].as_str()), (400, Some("bad-request")));
    }
}

#[tokio::test]
async fn requests_that_come_at_once_are_done_once() {
    for house in House::on_each().await {
        let token = house.organization("acme").await;
        let key = [("idempotency-key", "at-once")];
        let body = die();
        let ask = || house.post(PROJECTS, &token, &key, &body);
        let answers: [_; 4] = futures::join!(ask(), ask(), ask(), ask()).into();
        assert_eq!(projects(&house, &token).await, 1);
        for (head, answer) in answers {
            match head.status.as_u16() {
                201 => assert_eq!(answer["name"], "Die"),
                409 => {
                    assert_eq!(answer["code"], "request-in-progress");
                    assert_eq!(head.headers[header::RETRY_AFTER], "1");
                }
                other => panic!("{other}: {answer}"),
            }
        }
    }
}
