//! Keys of requests that are sent again.

use chrono::TimeDelta;
use domain::{FaultKind, projects::view::NewProject};
use usecase::{
    Origin, Via, identity, projects,
    repeat::{self, KeptAnswer, Repeat},
};

use crate::{house::House, on_both};

on_both! {
    async fn whoever_died_over_a_request_loses_the_key_unless_the_work_was_done(house: &House) {
        let acme = house.organization("Acme").await;
        let user = acme.access().user_id;
        // Each request has an id of its own; a key names the request that claimed it first.
        let knock = async |request: &str| {
            let origin = Origin { via: Via::Token, request_id: request.to_owned() };
            identity::caller_of_session(&house.services, user, None, origin).await.expect("a caller")
        };
        let claim = async |key: &str| repeat::claim(&knock(key).await, key, "hash").await;
        assert!(matches!(claim("idle").await.expect("the first"), Repeat::First(_)));
        assert!(matches!(claim("done").await.expect("the first"), Repeat::First(_)));
        let told = claim("idle").await.expect_err("still being carried out");
        assert_eq!((told.kind, told.retry_after), (FaultKind::RequestInProgress, Some(1)));
        let new = NewProject { name: "Die".to_owned(), ..NewProject::default() };
        projects::create(&knock("done").await.permit().expect("an owner may"), new).await.expect("a project");
        house.clock.advance(TimeDelta::minutes(6));
        let Repeat::First(second) = claim("idle").await.expect("nobody carries it out any more") else { panic!("kept") };
        let answer = KeptAnswer {
            status: 201,
            content_type: Some("application/json".to_owned()),
            etag: Some("\"1\"".to_owned()),
            location: None,
            body: "{}".into(),
        };
        second.keep(&answer).await.expect("keeping");
        assert!(matches!(claim("idle").await.expect("kept"), Repeat::Again(kept) if kept == answer));

        let refused = claim("done").await.expect_err("the audit log has it");
        assert_eq!(refused.kind, FaultKind::Conflict);
    }
}
