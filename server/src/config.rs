//! What the operator decides: flags, then environment, then defaults.

use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;
use rand::RngCore;
use usecase::{LimitSettings, Settings};

/// Where data lives.
#[derive(Args, Clone, Debug)]
pub struct DataArgs {
    /// Folder for the database, files and the signing key.
    #[arg(long, env = "TAKT_DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// `postgres://…` or `sqlite://…`; a SQLite file in the data folder when absent.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Connections to the database.
    #[arg(long, env = "TAKT_DATABASE_CONNECTIONS", default_value_t = 8)]
    pub connections: u32,
}

/// How tokens and links are made.
#[derive(Args, Clone, Debug)]
pub struct IdentityArgs {
    /// Key that signs tokens and cookies, at least 32 characters; made and kept in the data folder when absent.
    #[arg(long, env = "JWT_SECRET_KEY", hide_env_values = true)]
    pub secret: Option<String>,
    /// Minutes that an access token lives.
    #[arg(long, env = "TAKT_ACCESS_MINUTES", default_value_t = 15)]
    pub access_minutes: i64,
    /// Days that a refresh token or browser session lives.
    #[arg(long, env = "TAKT_REFRESH_DAYS", default_value_t = 7)]
    pub refresh_days: i64,
    /// Where people reach Takt, for links in mails and for subdomains.
    #[arg(long, env = "TAKT_BASE_URL", default_value = "http://localhost:3000")]
    pub base_url: String,
}

/// How often somebody may ask. Nought is no limit.
#[derive(Args, Clone, Debug)]
pub struct LimitArgs {
    /// Attempts to come in from one address, a minute.
    #[arg(long, env = "TAKT_LIMIT_ADDRESS", default_value_t = LimitSettings::default().address_per_minute)]
    pub limit_address: u32,
    /// Attempts to come in to one account, a quarter of an hour.
    #[arg(long, env = "TAKT_LIMIT_ACCOUNT", default_value_t = LimitSettings::default().account_per_quarter)]
    pub limit_account: u32,
    /// Requests of one person, a minute.
    #[arg(long, env = "TAKT_LIMIT_PERSON", default_value_t = LimitSettings::default().person_per_minute)]
    pub limit_person: u32,
    /// Calendars read from one address, a minute.
    #[arg(long, env = "TAKT_LIMIT_CALENDAR", default_value_t = LimitSettings::default().calendar_per_minute)]
    pub limit_calendar: u32,
    /// Proxies in front that each add the address they saw to X-Forwarded-For.
    #[arg(long, env = "TAKT_PROXIES", default_value_t = 0)]
    pub proxies: usize,
}

impl LimitArgs {
    /// Settings of the use-cases; none while measuring.
    #[must_use]
    pub fn settings(&self, bench: bool) -> LimitSettings {
        if bench {
            return LimitSettings::none();
        }
        LimitSettings {
            address_per_minute: self.limit_address,
            account_per_quarter: self.limit_account,
            person_per_minute: self.limit_person,
            calendar_per_minute: self.limit_calendar,
            proxies: self.proxies,
        }
    }
}

impl DataArgs {
    /// The URL, with the data folder made where it is needed.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn url(&self) -> Result<String> {
        if let Some(url) = self.database_url.as_deref().filter(|url| !url.is_empty()) {
            ensure!(
                ["postgres://", "postgresql://", "sqlite:"].iter().any(|scheme| url.starts_with(scheme)),
                "DATABASE_URL starts with postgres:// or sqlite://"
            );
            return Ok(url.to_owned());
        }
        self.make_folder()?;
        Ok(format!("sqlite://{}", self.data_dir.join("takt.sqlite3").display()))
    }

    fn make_folder(&self) -> Result<()> {
        fs::create_dir_all(&self.data_dir)
            .with_context(|| format!("making the data folder {}", self.data_dir.display()))
    }
}

impl IdentityArgs {
    /// Settings of the use-cases.
    ///
    /// # Errors
    /// When the key is too short or cannot be kept.
    pub fn settings(&self, data: &DataArgs) -> Result<Settings> {
        let secret = match self.secret.as_deref().filter(|secret| !secret.is_empty()) {
            Some(secret) => secret.as_bytes().to_vec(),
            None => kept_secret(data)?,
        };
        ensure!(secret.len() >= 32, "JWT_SECRET_KEY has {} characters; it takes at least 32", secret.len());
        ensure!(self.access_minutes > 0 && self.refresh_days > 0, "token lives are longer than nothing");
        let mut settings = Settings::new(secret);
        settings.access_minutes = self.access_minutes;
        settings.refresh_days = self.refresh_days;
        settings.base_url = self.base_url.trim_end_matches('/').to_owned();
        Ok(settings)
    }
}

/// The key in the data folder, made at the first start and readable only by its owner.
fn kept_secret(data: &DataArgs) -> Result<Vec<u8>> {
    data.make_folder()?;
    let path = data.data_dir.join("signing.key");
    if let Ok(kept) = fs::read_to_string(&path) {
        return Ok(kept.trim().as_bytes().to_vec());
    }
    let mut bytes = [0_u8; 48];
    rand::rng().fill_bytes(&mut bytes);
    let secret = hex::encode(bytes);
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .with_context(|| format!("keeping the signing key in {}", path.display()))?;
    file.write_all(secret.as_bytes())?;
    file.sync_all()?;
    Ok(secret.into_bytes())
}
