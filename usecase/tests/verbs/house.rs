//! A whole house for a test: a database of its own, a clock that stands still, and people.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use domain::{Industry, identity::Registration};
use usecase::{Access, Caller, Clock, FixedClock, Mailer, Origin, Services, Settings, Via, admin, db, identity};
use uuid::Uuid;

/// Saturday, 2026-11-21 08:00 UTC.
pub fn morning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_248_000, 0).expect("a valid instant")
}

#[derive(Default)]
pub struct Letters(pub Mutex<Vec<(String, String)>>);

impl Mailer for Letters {
    fn send(&self, to: &str, _: &str, body: &str) {
        self.0.lock().expect("no panic while sending").push((to.to_owned(), body.to_owned()));
    }
}

pub struct House {
    pub services: Services,
    pub clock: Arc<FixedClock>,
    pub letters: Arc<Letters>,
    url: String,
    _folder: Option<Folder>,
}

struct Folder(std::path::PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl House {
    async fn at(url: String, folder: Option<Folder>) -> Self {
        db::migrate(&url).await.expect("the schema");
        let database = db::Database::open(&url, 4).await.expect("a database");
        let clock = Arc::new(FixedClock::at(morning()));
        let letters = Arc::new(Letters::default());
        let settings = Settings::new(b"a secret of a test, long enough to sign".to_vec());
        let services = Services::new(
            database,
            Arc::clone(&clock) as Arc<dyn Clock>,
            Arc::clone(&letters) as Arc<dyn Mailer>,
            settings,
        );
        Self { services, clock, letters, url, _folder: folder }
    }

    pub async fn on_sqlite() -> Self {
        let folder = std::env::temp_dir().join(format!("takt-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self::at(format!("sqlite://{}", folder.join("test.sqlite3").display()), Some(Folder(folder))).await
    }

    /// `None`, said aloud, where no server is named.
    pub async fn on_postgres() -> Option<Self> {
        let Ok(server) = std::env::var("TAKT_TEST_POSTGRES") else {
            eprintln!("TAKT_TEST_POSTGRES is not set: this test ran on SQLite only");
            return None;
        };
        let name = format!("takt_{}", Uuid::now_v7().simple());
        let admin = sea_orm::Database::connect(&server).await.expect("the PostgreSQL server");
        sea_orm::ConnectionTrait::execute_unprepared(&admin, &format!("create database {name}"))
            .await
            .expect("a database");
        admin.close().await.expect("closing");
        let (base, _) = server.rsplit_once('/').expect("a database in the URL");
        Some(Self::at(format!("{base}/{name}"), None).await)
    }

    /// The services after the process was killed and started again: all that was in memory is gone.
    pub async fn restarted(&self) -> Services {
        let database = db::Database::open(&self.url, 4).await.expect("a database");
        let settings = Settings::new(b"a secret of a test, long enough to sign".to_vec());
        Services::new(database, Arc::clone(&self.clock) as _, Arc::clone(&self.letters) as _, settings)
    }

    /// Where the database is, for tests that look behind the gate.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub async fn organization(&self, name: &str) -> Organization<'_> {
        let slug = domain::identity::slug_of(name);
        let given = Registration {
            organization_name: name.to_owned(),
            owner_name: format!("Olga of {name}"),
            owner_email: format!("olga@{slug}.example"),
            owner_password: "correct horse".to_owned(),
            industry: Some(Industry::PressShop),
        };
        let owner = identity::register(&self.services, &given, &origin()).await.expect("a new organisation");
        let owner = self.caller(owner.user_id()).await;
        Organization { house: self, owner, slug }
    }

    pub async fn caller(&self, user: domain::UserId) -> Caller {
        identity::caller_of_session(&self.services, user, None, origin()).await.expect("a caller")
    }
}

pub fn origin() -> Origin {
    Origin { via: Via::Session, request_id: "test".to_owned() }
}

pub struct Organization<'a> {
    house: &'a House,
    pub owner: Caller,
    pub slug: String,
}

impl Organization<'_> {
    /// Somebody with a role, such as `employee`.
    pub async fn person(&self, role: &str) -> Caller {
        let grant = self.owner.permit().expect("an owner may");
        let email = format!("{role}-{}@{}.example", Uuid::now_v7().simple(), self.slug);
        let id = admin::add_person(&grant, "Paul", &email, role, "correct horse").await.expect("a person");
        self.house.caller(id).await
    }

    pub fn access(&self) -> &Arc<Access> {
        self.owner.access().expect("signed in")
    }
}

/// Writes a test for each database.
#[macro_export]
macro_rules! on_both {
    ($(async fn $name:ident($house:ident: &House) $body:block)+) => {$(
        mod $name {
            use super::*;
            async fn story($house: &House) $body

            #[tokio::test]
            async fn sqlite() {
                story(&House::on_sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(house) = House::on_postgres().await {
                    story(&house).await;
                }
            }
        }
    )+};
}
