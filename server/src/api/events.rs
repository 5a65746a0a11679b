//! Live events of the organisation, as server-sent events.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::HeaderName,
    response::{
        IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use domain::projects::permission::ViewProjects;
use futures::{Stream, StreamExt};
use tokio_stream::wrappers::BroadcastStream;
use usecase::Services;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{Door, Permit};

/// Seconds between signs of life.
const PULSE: Duration = Duration::from_secs(15);

pub fn routes() -> OpenApiRouter<Door> {
    OpenApiRouter::new().routes(routes!(events))
}

/// Listen to what others change. Events: `projects.plan_changed` with the project, its new revision and what changed
/// (without what changed where it comes late, after the server was restarted: load again); `projects.commented`,
/// `projects.created`, `projects.deleted` and `projects.undeleted`. An event may come twice: go by the revision. There is also
/// `lagged` when events were missed and plans should be loaded again.
#[utoipa::path(get, path = "/events", tag = "events", responses((status = 200, body = String, content_type = "text/event-stream")))]
async fn events(permit: Permit<ViewProjects>, State(services): State<Services>) -> impl IntoResponse {
    let organization = permit.grant.organization();
    let stream = BroadcastStream::new(services.live().subscribe()).filter_map(move |event| async move {
        match event {
            // Whoever listens may see projects; what other rooms announce is not for every pair of ears.
            Ok(event) if event.organization == organization && event.name.starts_with("projects.") => {
                Some(Event::default().event(event.name).id(event.id).data(&*event.payload))
            }
            Ok(_) => None,
            Err(_) => Some(Event::default().event("lagged").data("{}")),
        }
    });
    let hello = futures::stream::once(async { Event::default().event("hello").data("{}") });
    let stream: std::pin::Pin<Box<dyn Stream<Item = Result<Event, Infallible>> + Send>> =
        Box::pin(hello.chain(stream).map(Ok));
    // A proxy that collects the answer would make live events late.
    (
        [(HeaderName::from_static("x-accel-buffering"), "no")],
        Sse::new(stream).keep_alive(KeepAlive::new().interval(PULSE)),
    )
}
