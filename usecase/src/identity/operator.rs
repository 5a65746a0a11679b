//! The people who run the installation.

use domain::{Fault, identity};
use entity::identity::operator;
use sea_orm::Set;
use uuid::Uuid;

use crate::{Services, db::RealmTx};

/// Creates a super-admin. Called from the console of the server only.
///
/// # Errors
/// `InvalidInput` for a weak password, `Conflict` for a known address.
pub async fn create_operator(services: &Services, email: &str, name: &str, password: &str) -> Result<(), Fault> {
    let email = email.trim().to_lowercase();
    let faults = [identity::check_email("email", &email), identity::check_password("password", password, &email)];
    Fault::collect(faults.into_iter().flatten().collect())?;
    let password_hash = services.passwords.hash(password).await?;
    let realm = RealmTx::begin(&services.database).await?;
    let row = operator::ActiveModel {
        id: Set(Uuid::now_v7()),
        email: Set(email),
        name: Set(name.to_owned()),
        password_hash: Set(password_hash),
        created_at: Set(services.now()),
    };
    realm.insert(row).await?;
    realm.commit().await
}
