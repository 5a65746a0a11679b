//! Proof that one may.

use std::{fmt, marker::PhantomData, sync::Arc};

use chrono::{DateTime, Utc};
use domain::{Fault, OrganizationId, UserId, access::Permission};

use super::{Access, Caller, Origin};
use crate::{
    Services,
    db::{OrgDb, OrgTx},
};

/// Proof that the caller may do `P` in one organisation, and the only door to its data.
pub struct Grant<P> {
    pass: Pass,
    permission: PhantomData<fn() -> P>,
}

/// A grant whose permission has been checked and is no longer of interest: for helpers that several verbs share.
#[derive(Clone)]
pub(crate) struct Pass {
    pub(crate) services: Services,
    pub(crate) access: Arc<Access>,
    pub(crate) origin: Origin,
}

impl<P: Permission> Grant<P> {
    pub(super) const fn new(services: Services, access: Arc<Access>, origin: Origin) -> Self {
        Self { pass: Pass { services, access, origin }, permission: PhantomData }
    }

    /// The organisation's rows.
    #[must_use]
    pub fn db(&self) -> OrgDb {
        self.pass.db()
    }

    /// The organisation.
    #[must_use]
    pub fn organization(&self) -> OrganizationId {
        self.pass.access.organization_id
    }

    /// The person.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.pass.access.user_id
    }

    /// The instant.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.pass.services.now()
    }

    /// The proof of another permission, where the same caller holds that, too: for verbs that do more for those who may.
    #[must_use]
    pub fn also<Q: Permission>(&self) -> Option<Grant<Q>> {
        let Pass { services, access, origin } = self.pass.clone();
        Caller::signed_in(services, access, origin).permit().ok()
    }

    pub(crate) const fn pass(&self) -> &Pass {
        &self.pass
    }
}

impl<P> fmt::Debug for Grant<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Grant for {}", self.pass.access.user_id)
    }
}

impl Pass {
    pub(crate) fn db(&self) -> OrgDb {
        OrgDb::new(self.services.database.clone(), self.access.organization_id)
    }

    pub(crate) async fn begin(&self) -> Result<OrgTx, Fault> {
        self.db().begin().await
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.services.now()
    }
}
