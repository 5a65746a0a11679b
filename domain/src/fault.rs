//! One error with many faces: problem+json for programs, a sentence for people, a message under its field.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why something was refused or failed. The kind is stable; programs may branch on its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// 400: the request could not be read.
    BadRequest,
    /// 401: nobody is signed in.
    NotSignedIn,
    /// 401: the session or token is over.
    SessionExpired,
    /// 401: address or password is wrong; never says which.
    WrongCredentials,
    /// 403: the organisation is suspended.
    OrganizationInactive,
    /// 403: the module is not subscribed, or switched off.
    ModuleInactive,
    /// 403: the trial of the module is over.
    TrialOver,
    /// 403: the role lacks the permission.
    NotPermitted,
    /// 404: no such row, or another tenant's.
    NotFound,
    /// 405: the path exists, the method does not.
    MethodNotAllowed,
    /// 409: it exists already.
    Conflict,
    /// 409: the same request, by its `Idempotency-Key`, is still being carried out.
    RequestInProgress,
    /// 412: somebody changed it since it was read.
    StaleVersion,
    /// 413: the body is over the limit.
    BodyTooLarge,
    /// 415: the content type is not one that is read here.
    UnsupportedMedia,
    /// 422: one or more fields hold what they cannot hold.
    InvalidInput,
    /// 422: links between tasks form a circle.
    DependencyCycle,
    /// 422: an `Idempotency-Key` came with another request before.
    IdempotencyKeyReused,
    /// 428: the change must name the version that it is based on.
    VersionRequired,
    /// 429: too many requests.
    RateLimited,
    /// 500: our fault.
    Internal,
    /// 503: not now.
    Unavailable,
}

impl FaultKind {
    /// Every kind, for documentation and tests.
    pub const ALL: [Self; 22] = [
        Self::BadRequest,
        Self::NotSignedIn,
        Self::SessionExpired,
        Self::WrongCredentials,
        Self::OrganizationInactive,
        Self::ModuleInactive,
        Self::TrialOver,
        Self::NotPermitted,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::RequestInProgress,
        Self::StaleVersion,
        Self::BodyTooLarge,
        Self::UnsupportedMedia,
        Self::InvalidInput,
        Self::DependencyCycle,
        Self::IdempotencyKeyReused,
        Self::VersionRequired,
        Self::RateLimited,
        Self::Internal,
        Self::Unavailable,
    ];

    /// HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::NotSignedIn | Self::SessionExpired | Self::WrongCredentials => 401,
            Self::OrganizationInactive | Self::ModuleInactive | Self::TrialOver | Self::NotPermitted => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict | Self::RequestInProgress => 409,
            Self::StaleVersion => 412,
            Self::BodyTooLarge => 413,
            Self::UnsupportedMedia => 415,
            Self::InvalidInput | Self::DependencyCycle | Self::IdempotencyKeyReused => 422,
            Self::VersionRequired => 428,
            Self::RateLimited => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// The stable code: `module-inactive`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::NotSignedIn => "not-signed-in",
            Self::SessionExpired => "session-expired",
            Self::WrongCredentials => "wrong-credentials",
            Self::OrganizationInactive => "organization-inactive",
            Self::ModuleInactive => "module-inactive",
            Self::TrialOver => "trial-over",
            Self::NotPermitted => "not-permitted",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::Conflict => "conflict",
            Self::RequestInProgress => "request-in-progress",
            Self::StaleVersion => "stale-version",
            Self::BodyTooLarge => "body-too-large",
            Self::UnsupportedMedia => "unsupported-media",
            Self::InvalidInput => "invalid-input",
            Self::DependencyCycle => "dependency-cycle",
            Self::IdempotencyKeyReused => "idempotency-key-reused",
            Self::VersionRequired => "version-required",
            Self::RateLimited => "rate-limited",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
        }
    }

    /// The short sentence that heads the problem.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "The request could not be read",
            Self::NotSignedIn => "Sign in first",
            Self::SessionExpired => "Your session is over; sign in again",
            Self::WrongCredentials => "Address or password is wrong",
            Self::OrganizationInactive => "This organisation is suspended",
            Self::ModuleInactive => "This module is not active",
            Self::TrialOver => "The trial of this module is over",
            Self::NotPermitted => "Your role does not allow this",
            Self::NotFound => "There is nothing here by that name",
            Self::MethodNotAllowed => "This address does not take that method",
            Self::Conflict => "That exists already",
            Self::RequestInProgress => "This request is still being carried out",
            Self::StaleVersion => "Somebody changed this since you opened it",
            Self::BodyTooLarge => "The request is larger than 16 MiB",
            Self::UnsupportedMedia => "This content type is not read here",
            Self::InvalidInput => "Some fields need another look",
            Self::DependencyCycle => "These links form a circle",
            Self::IdempotencyKeyReused => "This Idempotency-Key came with another request",
            Self::VersionRequired => "Say which version you are changing",
            Self::RateLimited => "Too many requests; wait a moment",
            Self::Internal => "Something went wrong on our side",
            Self::Unavailable => "Not available right now",
        }
    }
}

/// A message that belongs under one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldFault {
    /// The field as the request spells it; dots and indices for nested ones: `tasks[3].duration`.
    pub field: String,
    /// What is wrong and what would be right, in a sentence.
    pub message: String,
}

/// What was refused or failed. `detail` and `fields` are for the person who asked; what only the operator may read is
/// logged where the fault is born and never kept here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub kind: FaultKind,
    pub detail: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldFault>,
    /// Seconds after which it is worth trying again, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

impl Fault {
    /// A fault with its kind's own sentence.
    #[must_use]
    pub fn new(kind: FaultKind) -> Self {
        Self::because(kind, kind.title())
    }

    /// A fault with a sentence of its own.
    #[must_use]
    pub fn because(kind: FaultKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), fields: Vec::new(), retry_after: None }
    }

    /// One field holds what it cannot hold.
    #[must_use]
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(FaultKind::InvalidInput).and_field(field, message)
    }

    /// Adds a message for one more field.
    #[must_use]
    pub fn and_field(mut self, field: impl Into<String>, message: impl Into<String>) -> Self {
        self.fields.push(FieldFault { field: field.into(), message: message.into() });
        self
    }

    /// What a person is told where no field can say it: what is wrong with the fields, or what happened.
    #[must_use]
    pub fn said(&self) -> String {
        let fields = self.fields.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>();
        if fields.is_empty() { self.detail.clone() } else { fields.join(" ") }
    }

    /// Says after how many seconds it is worth trying again.
    #[must_use]
    pub const fn and_retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// No such row, or another tenant's: the answer is the same.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(FaultKind::NotFound)
    }

    /// `Ok` when no field was faulted, else one fault with all of them.
    ///
    /// # Errors
    /// Returns `InvalidInput` with every collected field.
    pub fn collect(fields: Vec<FieldFault>) -> Result<(), Self> {
        if fields.is_empty() { Ok(()) } else { Err(Self { fields, ..Self::new(FaultKind::InvalidInput) }) }
    }

    /// The message for `field`, where there is one.
    #[must_use]
    pub fn message_for(&self, field: &str) -> Option<&str> {
        self.fields.iter().find(|fault| fault.field == field).map(|fault| fault.message.as_str())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)?;
        for fault in self.fields.iter().filter(|fault| fault.message != self.detail) {
            write!(f, "; {}: {}", fault.field, fault.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_what_is_written_on_the_wire() {
        for kind in FaultKind::ALL {
            assert_eq!(serde_json::json!(kind), kind.code());
            assert!((400..600).contains(&kind.status()), "{kind:?}");
        }
    }
}
