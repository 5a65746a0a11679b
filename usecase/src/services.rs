//! What verbs need beside their grant: the database, the clock, the settings, the live bus.

use std::{ops::Deref, sync::Arc, time::Duration};

use domain::{Fault, UserId};
use moka::sync::Cache;

use crate::{
    Access, Clock, LimitSettings, Limits, Live,
    db::Database,
    identity::{PasswordPool, TokenKeys},
    projects::PlanCache,
};

/// What the operator decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Signs tokens; at least 32 bytes.
    pub secret: Vec<u8>,
    /// Minutes that an access token lives.
    pub access_minutes: i64,
    /// Days that a refresh token, and a browser session, lives.
    pub refresh_days: i64,
    /// `iss` of tokens.
    pub issuer: String,
    /// `aud` of tokens.
    pub audience: String,
    /// Where people reach the application, for links in mails: `http://localhost:3000`.
    pub base_url: String,
    /// Seconds that a changed role may take to reach another replica; this one knows at once.
    pub access_cache_seconds: u64,
    /// How often somebody may ask.
    pub limits: LimitSettings,
}

impl Settings {
    /// The defaults: 15 minutes, 7 days.
    #[must_use]
    pub fn new(secret: Vec<u8>) -> Self {
        Self {
            secret,
            access_minutes: 15,
            refresh_days: 7,
            issuer: "takt".to_owned(),
            audience: "takt-api".to_owned(),
            base_url: "http://localhost:3000".to_owned(),
            access_cache_seconds: 5,
            limits: LimitSettings::default(),
        }
    }
}

/// Sends mail.
pub trait Mailer: Send + Sync + 'static {
    /// Sends a plain text mail, or takes it for sending.
    fn send(&self, to: &str, subject: &str, body: &str);
}

/// Prints mail to the log, until the mail channel exists.
#[derive(Debug)]
pub struct TracingMailer;

impl Mailer for TracingMailer {
    fn send(&self, to: &str, subject: &str, body: &str) {
        tracing::info!(target: "takt::mail", to, subject, body, "mail");
    }
}

/// Shared by all verbs; cheap to clone.
#[derive(Clone)]
pub struct Services(Arc<Parts>);

/// The parts of [`Services`].
pub struct Parts {
    pub(crate) database: Database,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) settings: Settings,
    pub(crate) live: Live,
    pub(crate) limits: Limits,
    pub(crate) mailer: Arc<dyn Mailer>,
    pub(crate) passwords: PasswordPool,
    pub(crate) tokens: TokenKeys,
    pub(crate) access: Cache<UserId, Arc<Access>>,
    pub(crate) plans: PlanCache,
}

impl Deref for Services {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl std::fmt::Debug for Services {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Services")
    }
}

impl Services {
    /// Ties the parts together.
    #[must_use]
    pub fn new(database: Database, clock: Arc<dyn Clock>, mailer: Arc<dyn Mailer>, settings: Settings) -> Self {
        let tokens = TokenKeys::new(&settings);
        let limits = Limits::new(&settings.limits, &clock);
        let access = Cache::builder()
            .max_capacity(100_000)
            .time_to_live(Duration::from_secs(settings.access_cache_seconds))
            .build();
        Self(Arc::new(Parts {
            database,
            clock,
            mailer,
            tokens,
            limits,
            access,
            settings,
            live: Live::default(),
            passwords: PasswordPool::default(),
            plans: PlanCache::default(),
        }))
    }

    /// The live bus.
    #[must_use]
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// How often somebody may ask.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What the operator decided.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The instant.
    #[must_use]
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.clock.now()
    }

    /// Answers when the database does.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn ping(&self) -> Result<(), Fault> {
        self.database.ping().await
    }

    /// Names of schema steps that have not run.
    ///
    /// # Errors
    /// The database's error as a fault.
    pub async fn pending_steps(&self) -> Result<Vec<String>, Fault> {
        self.database.pending_steps().await
    }

    /// `sqlite` or `postgres`.
    #[must_use]
    pub fn database_kind(&self) -> &'static str {
        if self.database.backend() == sea_orm::DbBackend::Sqlite { "sqlite" } else { "postgres" }
    }

    /// Ends the pools in good order.
    pub async fn close(&self) {
        self.database.clone().close().await;
    }
}
