//! What happened: the audit chain, the outbox, and answers kept for repeated requests.

pub(crate) mod m20261121_000002_trace;
pub(crate) mod m20261121_000011_repeated_requests;
