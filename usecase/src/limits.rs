//! How often somebody may ask.
//!
//! *Invariant:* counts are kept for a bounded number of keys, however many strangers knock.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use domain::{Fault, FaultKind, UserId};
use governor::{
    Quota, RateLimiter,
    clock::Clock as GovernorClock,
    middleware::StateInformationMiddleware,
    nanos::Nanos,
    state::{InMemoryState, NotKeyed, StateStore},
};
use moka::sync::Cache;

use crate::Clock;

/// Keys whose counts are kept at once. The one least asked for is forgotten first.
const KEYS: u64 = 100_000;

/// What the operator decides. Nought is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitSettings {
    /// Attempts to come in from one address, a minute.
    pub address_per_minute: u32,
    /// Attempts to come in to one account, a quarter of an hour.
    pub account_per_quarter: u32,
    /// Requests of one person, a minute.
    pub person_per_minute: u32,
    /// Calendars read from one address, a minute.
    pub calendar_per_minute: u32,
    /// Proxies in front that each add the address they saw to `X-Forwarded-For`.
    pub proxies: usize,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            address_per_minute: 60,
            account_per_quarter: 20,
            person_per_minute: 1_200,
            calendar_per_minute: 120,
            proxies: 0,
        }
    }
}

impl LimitSettings {
    /// No limits, for measuring.
    #[must_use]
    pub const fn none() -> Self {
        Self { address_per_minute: 0, account_per_quarter: 0, person_per_minute: 0, calendar_per_minute: 0, proxies: 0 }
    }
}

/// How much is left, as the `RateLimit` headers say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// `address`, `account`, `person` or `calendar`.
    pub policy: &'static str,
    pub quota: u32,
    /// Seconds in which the whole quota comes back.
    pub window: u64,
    pub remaining: u32,
    /// Seconds until the whole quota is back; where nothing remains, until the next request is answered.
    pub reset: u64,
}

impl Standing {
    /// The refusal where nothing is left.
    #[must_use]
    pub fn refusal(&self) -> Fault {
        let seconds = if self.reset == 1 { "a second".to_owned() } else { format!("{} seconds", self.reset) };
        let why = match self.policy {
            "person" => format!("You have sent more than {} requests in {} seconds", self.quota, self.window),
            "calendar" => "Many calendars were read from your address".to_owned(),
            _ => "There were many attempts to come in".to_owned(),
        };
        Fault::because(FaultKind::RateLimited, format!("{why}; try again in {seconds}.")).and_retry_after(self.reset)
    }
}

/// The limits of this process.
#[derive(Debug)]
pub struct Limits {
    address: Option<Limit>,
    account: Option<Limit>,
    person: Option<Limit>,
    calendar: Option<Limit>,
}

impl Limits {
    pub(crate) fn new(settings: &LimitSettings, clock: &Arc<dyn Clock>) -> Self {
        let limit = |policy, quota, minutes: u64| Limit::new(policy, quota, Duration::from_secs(60 * minutes), clock);
        Self {
            address: limit("address", settings.address_per_minute, 1),
            account: limit("account", settings.account_per_quarter, 15),
            person: limit("person", settings.person_per_minute, 1),
            calendar: limit("calendar", settings.calendar_per_minute, 1),
        }
    }

    /// Counts an attempt to come in from an address.
    ///
    /// # Errors
    /// How it stands where nothing is left.
    pub fn address(&self, address: &str) -> Result<Option<Standing>, Standing> {
        self.address.as_ref().map(|limit| limit.count(address)).transpose()
    }

    /// Counts a request of a person.
    ///
    /// # Errors
    /// How it stands where nothing is left.
    pub fn person(&self, person: UserId) -> Result<Option<Standing>, Standing> {
        self.person.as_ref().map(|limit| limit.count(&person.to_string())).transpose()
    }

    /// Counts a calendar that is read from an address.
    ///
    /// # Errors
    /// How it stands where nothing is left.
    pub fn calendar(&self, address: &str) -> Result<Option<Standing>, Standing> {
        self.calendar.as_ref().map(|limit| limit.count(address)).transpose()
    }

    /// Counts an attempt to come in to an account, before its password is looked at.
    ///
    /// # Errors
    /// `RateLimited`, with the seconds to wait.
    pub(crate) fn account(&self, email: &str) -> Result<(), Fault> {
        let counted = self.account.as_ref().map(|limit| limit.count(email)).transpose();
        counted.map(drop).map_err(|standing| standing.refusal())
    }
}

type Limiter = RateLimiter<String, Counts, HouseClock, StateInformationMiddleware>;

#[derive(Debug)]
struct Limit {
    policy: &'static str,
    quota: u32,
    window: Duration,
    clock: HouseClock,
    limiter: Limiter,
}

impl Limit {
    fn new(policy: &'static str, quota: u32, window: Duration, clock: &Arc<dyn Clock>) -> Option<Self> {
        let burst = NonZeroU32::new(quota)?;
        let clock = HouseClock(Arc::clone(clock));
        // A count is worth keeping until its quota is back; afterwards no count says the same.
        let counts = Counts(Cache::builder().max_capacity(KEYS).time_to_idle(window).build());
        let limiter = Limiter::new(Quota::with_period(window / quota)?.allow_burst(burst), counts, clock.clone());
        Some(Self { policy, quota, window, clock, limiter })
    }

    fn count(&self, key: &str) -> Result<Standing, Standing> {
        let standing = |remaining: u32, reset: Duration| Standing {
            policy: self.policy,
            quota: self.quota,
            window: self.window.as_secs(),
            remaining,
            reset: (reset.as_millis().div_ceil(1_000)).max(1).try_into().unwrap_or(u64::MAX),
        };
        match self.limiter.check_key(&key.to_owned()) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                Ok(standing(remaining, self.window / self.quota * self.quota.saturating_sub(remaining)))
            }
            Err(until) => Err(standing(0, until.wait_time_from(self.clock.now()))),
        }
    }
}

/// The house's clock, so that tests decide how long a minute is.
#[derive(Clone)]
struct HouseClock(Arc<dyn Clock>);

impl std::fmt::Debug for HouseClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HouseClock")
    }
}

impl GovernorClock for HouseClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let nanos = self.0.now().timestamp_nanos_opt().unwrap_or_default();
        u64::try_from(nanos).unwrap_or_default().into()
    }
}

/// Counts by key, of the keys that were asked for last.
#[derive(Debug)]
struct Counts(Cache<String, Arc<InMemoryState>>);

impl StateStore for Counts {
    type Key = String;

    fn measure_and_replace<T, F, E>(&self, key: &String, f: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        self.0.get_with_by_ref(key, Arc::default).measure_and_replace(&NotKeyed::NonKey, f)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;
    use crate::FixedClock;

    #[test]
    fn a_quota_is_used_up_and_comes_back_bit_by_bit() {
        let clock = Arc::new(FixedClock::at(DateTime::from_timestamp(1_795_248_000, 0).expect("an instant")));
        let settings = LimitSettings { address_per_minute: 3, ..LimitSettings::none() };
        let limits = Limits::new(&settings, &(Arc::clone(&clock) as Arc<dyn Clock>));
        let left = |address: &str| limits.address(address).map(|standing| standing.expect("a limit").remaining);
        assert_eq!([left("a"), left("a"), left("a")], [Ok(2), Ok(1), Ok(0)]);
        let refused = left("a").expect_err("used up");
        assert_eq!((refused.remaining, refused.reset, refused.window), (0, 20, 60));
        assert_eq!(refused.refusal().detail, "There were many attempts to come in; try again in 20 seconds.");
        assert_eq!(left("b"), Ok(2), "another address has its own");
        clock.advance(TimeDelta::seconds(20));
        assert_eq!(left("a"), Ok(0));
        assert!(left("a").is_err());
        assert_eq!(limits.person(UserId(uuid::Uuid::nil())), Ok(None), "nought is no limit");
    }

    #[test]
    fn however_many_knock_the_counts_are_bounded() {
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(DateTime::UNIX_EPOCH));
        let counts = Cache::builder().max_capacity(100).build();
        let quota = Quota::per_minute(NonZeroU32::MIN);
        let limiter = Limiter::new(quota, Counts(counts.clone()), HouseClock(clock));
        for stranger in 0..5_000 {
            let _ = limiter.check_key(&stranger.to_string());
        }
        counts.run_pending_tasks();
        assert!(counts.entry_count() <= 100, "{}", counts.entry_count());
    }
}
