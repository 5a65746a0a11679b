//! Figures for the operator, in Prometheus' format.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use usecase::relay::Outbox;

/// Seconds, from half a millisecond to ten seconds.
const BUCKETS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0];

/// Starts counting. A second start, as in tests, makes its own recorder that counts nothing.
#[must_use]
pub fn start() -> PrometheusHandle {
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("seconds".to_owned()), &BUCKETS)
        .unwrap_or_else(|_| PrometheusBuilder::new())
        .build_recorder();
    let handle = recorder.handle();
    let _ = metrics::set_global_recorder(recorder);
    handle
}

/// Counts a request under the pattern of its path: ids and tenants never become labels.
pub async fn count(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().as_str().to_owned();
    let path =
        request.extensions().get::<MatchedPath>().map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let response = next.run(request).await;
    let labels = [("method", method), ("path", path), ("status", response.status().as_u16().to_string())];
    metrics::counter!("takt_http_requests_total", &labels).increment(1);
    metrics::histogram!("takt_http_request_seconds", &labels).record(started.elapsed().as_secs_f64());
    response
}

/// How far the outbox is behind.
#[expect(clippy::cast_precision_loss, reason = "figures for a chart")]
pub fn outbox(outbox: &Outbox) {
    metrics::counter!("takt_outbox_published_total").increment(outbox.published);
    metrics::gauge!("takt_outbox_held_up").set(outbox.held_up as f64);
    metrics::gauge!("takt_outbox_waiting").set(outbox.waiting as f64);
    metrics::gauge!("takt_outbox_lag_seconds").set(outbox.lag_seconds as f64);
}

/// `GET /metrics`
pub async fn show(State(handle): State<PrometheusHandle>) -> impl IntoResponse {
    handle.run_upkeep();
    ([("content-type", "text/plain; version=0.0.4")], handle.render())
}
