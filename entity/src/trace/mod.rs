//! What happened: the audit chain, the outbox, and answers kept for repeated requests.

pub mod audit_entry;
pub mod audit_head;
pub mod idempotency_key;
pub mod outbox_event;
