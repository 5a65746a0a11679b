//! Organisations and people: registering, signing in, staying signed in.

mod entry;
mod feed;
mod operator;
mod password;
mod register;
mod reset;
mod session;
mod token;

pub use entry::{caller_of_session, caller_of_token, log_in, me, me_of};
pub(crate) use feed::caller_of_feed;
pub use operator::{Operator, create_operator, log_in_operator, operator_of_token, set_tenant_active, tenants};
pub(crate) use password::PasswordPool;
pub use register::register;
pub use reset::{reset_password, send_reset};
pub use session::{StoredSession, drop_session, load_session, purge_sessions, store_session};
pub(crate) use token::{TokenKeys, digest, secret};
pub use token::{TokenPair, issue, refresh, revoke};

use std::sync::Arc;

use crate::Access;

/// Somebody who has just proved who they are.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub(crate) access: Arc<Access>,
}

impl SignedIn {
    /// What a browser session remembers.
    #[must_use]
    pub fn user_id(&self) -> domain::UserId {
        self.access.user_id
    }
}
