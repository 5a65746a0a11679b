//! argon2id on a bounded number of threads, so that a flood of log-ins does not slow the rest.

use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain::{Fault, FaultKind};
use tokio::sync::Semaphore;

use crate::fault::internal;

/// Log-ins that may wait for a thread; more are told to come back.
const QUEUE: usize = 64;

/// Hashes and checks passwords.
#[derive(Clone, Debug)]
pub(crate) struct PasswordPool {
    threads: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// Checked in place of an account that does not exist, so that both answers take the same time.
    decoy: Arc<std::sync::OnceLock<String>>,
}

impl Default for PasswordPool {
    /// Half the cores, at least one: each hash takes 19 MiB and some 20 ms.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            threads: Arc::new(Semaphore::new((cores / 2).max(1))),
            waiting: Arc::new(Semaphore::new(QUEUE)),
            decoy: Arc::default(),
        }
    }
}

impl PasswordPool {
    /// The hash to store.
    pub(crate) async fn hash(&self, password: &str) -> Result<String, Fault> {
        let password = password.to_owned();
        self.run(move || hash(&password)).await?
    }

    /// True where `password` belongs to `stored`. Without a stored hash it takes as long and is false.
    pub(crate) async fn verify(&self, password: &str, stored: Option<String>) -> Result<bool, Fault> {
        let password = password.to_owned();
        let decoy = Arc::clone(&self.decoy);
        self.run(move || {
            let known = stored.is_some();
            let stored = stored.unwrap_or_else(|| {
                decoy.get_or_init(|| hash("not the password of anybody").unwrap_or_default()).clone()
            });
            let fits = PasswordHash::new(&stored)
                .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok());
            known && fits
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
        let Ok(_place) = self.waiting.try_acquire() else {
            return Err(Fault::because(
                FaultKind::RateLimited,
                "Many people are signing in; try again in a few seconds.",
            ));
        };
        let _thread = self.threads.acquire().await.map_err(|error| internal("waiting for a password thread", error))?;
        tokio::task::spawn_blocking(work).await.map_err(|error| internal("hashing a password", error))
    }
}

fn hash(password: &str) -> Result<String, Fault> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| internal("hashing a password", error))
}
