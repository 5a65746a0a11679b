//! Who knocks.

use std::sync::Arc;

use domain::{Fault, FaultKind, access::Permission};

use super::{Access, Grant, Pass};
use crate::Services;

/// How somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A browser session.
    Session,
    /// A bearer token.
    Token,
    /// A calendar link.
    Feed,
    /// The command line on the server itself.
    Console,
}

impl Via {
    /// The word in the audit log.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Session => "browser",
            Self::Token => "api",
            Self::Feed => "calendar",
            Self::Console => "console",
        }
    }
}

/// From where, for the audit log.
#[derive(Clone, Debug)]
pub struct Origin {
    pub via: Via,
    pub request_id: String,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.via.word(), self.request_id)
    }
}

/// Somebody at the door, known or not.
#[derive(Clone, Debug)]
pub struct Caller {
    services: Services,
    who: Result<Arc<Access>, FaultKind>,
    origin: Origin,
}

impl Caller {
    /// Somebody who is signed in.
    #[must_use]
    pub(crate) const fn signed_in(services: Services, access: Arc<Access>, origin: Origin) -> Self {
        Self { services, who: Ok(access), origin }
    }

    /// Nobody. `why` is `NotSignedIn`, or `SessionExpired` where somebody was.
    #[must_use]
    pub const fn nobody(services: Services, why: FaultKind, origin: Origin) -> Self {
        Self { services, who: Err(why), origin }
    }

    /// The person, where there is one.
    ///
    /// # Errors
    /// `NotSignedIn` or `SessionExpired`.
    pub fn access(&self) -> Result<&Arc<Access>, Fault> {
        self.who.as_ref().map_err(|kind| Fault::new(*kind))
    }

    /// Checks, in this order: signed in, organisation active, module subscribed or in trial and switched on, role holds
    /// the permission. This is the only maker of a [`Grant`].
    ///
    /// # Errors
    /// The first check that fails.
    pub fn permit<P: Permission>(&self) -> Result<Grant<P>, Fault> {
        let access = self.access()?;
        if !access.organization_active {
            return Err(Fault::new(FaultKind::OrganizationInactive));
        }
        access.module_state(P::MODULE, self.services.now()).check(P::MODULE)?;
        if !access.permissions.contains(P::CODE) {
            return Err(Fault::because(
                FaultKind::NotPermitted,
                format!("The role {} does not hold the permission {}.", access.role_name, P::CODE),
            ));
        }
        Ok(Grant::new(self.services.clone(), Arc::clone(access), self.origin.clone()))
    }

    /// For what belongs to the person and to no room, such as answers kept for repeated requests.
    ///
    /// # Errors
    /// `NotSignedIn`, `SessionExpired` or `OrganizationInactive`.
    pub(crate) fn pass(&self) -> Result<Pass, Fault> {
        let access = self.access()?;
        if !access.organization_active {
            return Err(Fault::new(FaultKind::OrganizationInactive));
        }
        Ok(Pass { services: self.services.clone(), access: Arc::clone(access), origin: self.origin.clone() })
    }

    /// The services behind the door.
    #[must_use]
    pub const fn services(&self) -> &Services {
        &self.services
    }
}
