//! How often somebody may ask: a person in all, a stranger at the entrance. An account is watched over where its address
//! is read, in `usecase::identity`.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderName, HeaderValue, Method},
    middleware::Next,
    response::{IntoResponse, Response},
};
use usecase::{Caller, Standing};

use super::{Door, calendar, problem::Problem};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Where passwords are tried, accounts made and mails sent, by any of the addresses that lead there.
const ENTRANCE: [&str; 7] = [
    "/auth/register",
    "/auth/login",
    "/operator/login",
    "/fn/identity/register",
    "/fn/identity/login",
    "/fn/identity/forgot",
    "/fn/identity/reset",
];

/// Counts the request and refuses it where nothing is left.
pub async fn limit(State(door): State<Door>, request: Request, next: Next) -> Response {
    match standing(&door, &request) {
        Ok(standing) => dressed(next.run(request).await, standing),
        Err(standing) => dressed(Problem(standing.refusal()).into_response(), Some(standing)),
    }
}

fn standing(door: &Door, request: &Request) -> Result<Option<Standing>, Standing> {
    let limits = door.services.limits();
    let path = request.uri().path();
    if request.method() == Method::POST && ENTRANCE.iter().any(|entrance| path.ends_with(entrance)) {
        return limits.address(&address(request, door.services.settings().limits.proxies));
    }
    if path.starts_with(calendar::PLACE) {
        return limits.calendar(&address(request, door.services.settings().limits.proxies));
    }
    let person = request.extensions().get::<Caller>().and_then(|caller| caller.access().ok());
    person.map_or(Ok(None), |access| limits.person(access.user_id))
}

/// Where the request came from: the address that connected, or the one that the outermost of our proxies saw. What
/// stands further left in the header is written by strangers.
fn address(request: &Request, proxies: usize) -> String {
    let seen = || {
        let header = request.headers().get_all("x-forwarded-for").iter();
        let hops: Vec<&str> = header.filter_map(|hops| hops.to_str().ok()).flat_map(|hops| hops.split(',')).collect();
        let hop = hops.len().checked_sub(proxies).and_then(|place| hops.get(place))?;
        hop.trim().parse().ok()
    };
    let connected = || request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let address = if proxies == 0 { connected() } else { seen().or_else(connected) };
    address.map_or_else(|| "unknown".to_owned(), neighbourhood)
}

/// One household has a whole /64 of IPv6 addresses.
fn neighbourhood(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

fn dressed(mut response: Response, standing: Option<Standing>) -> Response {
    let Some(Standing { policy, quota, window, remaining, reset }) = standing else { return response };
    let headers = response.headers_mut();
    for (name, value) in [
        (POLICY, format!("\"{policy}\";q={quota};w={window}")),
        (LIMIT, format!("\"{policy}\";r={remaining};t={reset}")),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(hops: &str, proxies: usize) -> String {
        let connected = ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 80)));
        let request = Request::builder().header("x-forwarded-for", hops).extension(connected);
        address(&request.body(axum::body::Body::empty()).expect("a request"), proxies)
    }

    #[test]
    fn only_our_own_proxies_are_believed() {
        assert_eq!(from("6.6.6.6, 1.2.3.4", 0), "10.0.0.1");
        assert_eq!(from("6.6.6.6, 1.2.3.4", 1), "1.2.3.4");
        assert_eq!(from("6.6.6.6, 1.2.3.4, 10.0.0.2", 2), "1.2.3.4");
        assert_eq!(from("1.2.3.4", 2), "10.0.0.1");
        assert_eq!(from("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64");
    }
}
