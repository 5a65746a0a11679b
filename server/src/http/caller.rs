//! Who knocks at this door.

use app::server_side::{SESSION_USER, Tenant};
use axum::{
    extract::{FromRequestParts, Path, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{Fault, FaultKind, UserId, access::Permission};
use serde::de::DeserializeOwned;
use tower_sessions::Session;
use usecase::{Caller, Grant, Origin, Services, Via, identity};

use super::{Door, problem::Problem, request_id};

/// Finds out who knocks and tells whoever is behind: extractors, server functions and pages.
pub async fn identify(State(door): State<Door>, session: Session, mut request: Request, next: Next) -> Response {
    let tenant = tenant_of(request.headers());
    let token = bearer(request.headers()).map(str::to_owned);
    let id = request_id(request.extensions()).to_owned();
    match caller(&door.services, &session, token, id, tenant.as_deref()).await {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            request.extensions_mut().insert(Tenant(tenant));
            request.extensions_mut().insert(door.services.clone());
            next.run(request).await
        }
        Err(fault) => Problem(fault).into_response(),
    }
}

async fn caller(
    services: &Services,
    session: &Session,
    token: Option<String>,
    request_id: String,
    tenant: Option<&str>,
) -> Result<Caller, Fault> {
    let origin = |via| Origin { via, request_id };
    if let Some(token) = token {
        return identity::caller_of_token(services, &token, tenant, origin(Via::Token)).await;
    }
    let user: Option<UserId> = session.get(SESSION_USER).await.map_err(|error| {
        tracing::error!(%error, "reading a session");
        Fault::new(FaultKind::Internal)
    })?;
    match user {
        Some(user) => identity::caller_of_session(services, user, tenant, origin(Via::Session)).await,
        None => Ok(Caller::nobody(services.clone(), FaultKind::NotSignedIn, origin(Via::Session))),
    }
}

/// The token in `Authorization: Bearer …`.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// `acme` of `acme.localhost:3000` or `acme.takt.example`; none for a bare host, an IP address or a reserved name.
#[must_use]
pub fn tenant_of(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?.rsplit_once(':').map_or_else(
        || headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default(),
        |(host, _)| host,
    );
    let parts: Vec<&str> = host.split('.').collect();
    let local = parts.last() == Some(&"localhost");
    let enough = if local { parts.len() == 2 } else { parts.len() == 3 };
    let number = parts.iter().all(|part| part.chars().all(|letter| letter.is_ascii_digit()));
    let first = parts.first().copied().unwrap_or_default().to_lowercase();
    let named = enough && !number && !domain::identity::RESERVED_SLUGS.contains(&first.as_str());
    named.then_some(first)
}

/// How the request came, for verbs that need no caller.
#[derive(Debug)]
pub struct Knock {
    pub origin: Origin,
    pub tenant: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Knock {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let tenant = parts.extensions.get::<Tenant>().and_then(|tenant| tenant.0.clone());
        Ok(Self { origin: Origin { via: Via::Token, request_id: request_id(&parts.extensions).to_owned() }, tenant })
    }
}

/// Somebody, known or not.
#[derive(Debug)]
pub struct Someone(pub Caller);

impl<S: Send + Sync> FromRequestParts<S> for Someone {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Caller>().cloned().map(Self).ok_or_else(|| Problem(Fault::new(FaultKind::NotSignedIn)))
    }
}

/// Proof that whoever knocks may do `P`. A handler that takes it cannot forget the check.
#[derive(Debug)]
pub struct Permit<P: Permission> {
    pub grant: Grant<P>,
}

impl<P: Permission, S: Send + Sync> FromRequestParts<S> for Permit<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Someone(caller) = Someone::from_request_parts(parts, state).await?;
        Ok(Self { grant: caller.permit::<P>()? })
    }
}

/// Ids in a path. One that is no id at all names nothing, like one that is unknown.
#[derive(Debug)]
pub struct Row<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Row<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(id)| Self(id)).map_err(|_| Problem(Fault::not_found()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(host: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().expect("a host"));
        tenant_of(&headers)
    }

    #[test]
    fn the_subdomain_names_the_tenant() {
        assert_eq!(tenant("acme.localhost:3000").as_deref(), Some("acme"));
        assert_eq!(tenant("Acme.takt.example").as_deref(), Some("acme"));
        for bare in ["localhost:3000", "takt.example", "127.0.0.1:3000", "admin.localhost:3000", "[::1]:3000"] {
            assert_eq!(tenant(bare), None, "{bare}");
        }
    }
}
