//! Signing in, and who knocks afterwards.

use std::sync::Arc;

use domain::{
    Fault, FaultKind, Module, Tier, UserId,
    identity::{Credentials, Me, ModuleView, OrganizationView, UserView},
};
use entity::identity::user;
use sea_orm::ColumnTrait;

use super::{SignedIn, token};
use crate::{Access, Caller, Origin, Services, db::RealmTx};

/// Checks address and password. Where the request came by a subdomain, the person must belong to that organisation.
/// An unknown address and a wrong password give the same answer after the same time.
///
/// # Errors
/// `WrongCredentials`; `RateLimited` when it was tried too often, or too many people sign in at once.
pub async fn log_in(services: &Services, given: &Credentials, tenant: Option<&str>) -> Result<SignedIn, Fault> {
    let email = given.email.trim().to_lowercase();
    services.limits.account(&email)?;
    let tx = RealmTx::snapshot(&services.database).await?;
    let person =
        tx.one::<user::Entity>(user::Column::Email.eq(email)).await?.filter(|person| person.status == "active");
    tx.commit().await?;
    let id = person.as_ref().map(|person| UserId(person.id));
    let fits = services.passwords.verify(&given.password, person.map(|person| person.password_hash)).await?;
    let wrong = || Fault::new(FaultKind::WrongCredentials);
    let id = id.filter(|_| fits).ok_or_else(wrong)?;
    let access = Access::of(services, id).await?.ok_or_else(wrong)?;
    if tenant.is_some_and(|slug| slug != access.organization_slug) {
        return Err(wrong());
    }
    Ok(SignedIn { access })
}

/// The caller behind a bearer token.
///
/// # Errors
/// The database's error as a fault. A bad token is no error here: it makes a caller who is nobody.
pub async fn caller_of_token(
    services: &Services,
    token: &str,
    tenant: Option<&str>,
    origin: Origin,
) -> Result<Caller, Fault> {
    match token::read(services, token) {
        Ok(user) => caller_of_session(services, user, tenant, origin).await,
        Err(kind) => Ok(Caller::nobody(services.clone(), kind, origin)),
    }
}

/// The caller behind a browser session (or a token that has been read).
///
/// # Errors
/// The database's error as a fault.
pub async fn caller_of_session(
    services: &Services,
    user: UserId,
    tenant: Option<&str>,
    origin: Origin,
) -> Result<Caller, Fault> {
    let access = Access::of(services, user).await?;
    Ok(match access.filter(|access| tenant.is_none_or(|slug| slug == access.organization_slug)) {
        Some(access) => Caller::signed_in(services.clone(), access, origin),
        None => Caller::nobody(services.clone(), FaultKind::NotSignedIn, origin),
    })
}

/// What the client must know about the one who is signed in.
///
/// # Errors
/// `NotSignedIn` or `SessionExpired`.
pub fn me(caller: &Caller) -> Result<Me, Fault> {
    let services = caller.services();
    Ok(view(services, caller.access()?))
}

/// The same, of somebody who has just signed in.
#[must_use]
pub fn me_of(services: &Services, who: &SignedIn) -> Me {
    view(services, &who.access)
}

fn view(services: &Services, access: &Arc<Access>) -> Me {
    let now = services.now();
    let trial_end = |module: Module| {
        access
            .subscriptions
            .iter()
            .find(|subscription| subscription.module == module)
            .and_then(|found| found.trial_ends_at)
    };
    Me {
        user: UserView {
            id: access.user_id,
            name: access.user_name.clone(),
            email: access.email.clone(),
            role: access.role.clone(),
        },
        organization: OrganizationView {
            id: access.organization_id,
            name: access.organization_name.clone(),
            slug: access.organization_slug.clone(),
            industry: access.industry.clone(),
        },
        modules: Module::ALL
            .into_iter()
            .filter(|module| module.tier() != Tier::Operator)
            .map(|module| ModuleView {
                module,
                title: module.title().to_owned(),
                state: access.module_state(module, now),
                trial_ends_at: trial_end(module),
            })
            .collect(),
        permissions: access.permissions.iter().cloned().collect(),
    }
}
