//! Money: minor units of a currency, never a float.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An exact amount in minor units (cents) of an ISO 4217 currency.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Money {
    /// Minor units; negative for a debt.
    pub minor: i64,
    /// ISO 4217 code, three capitals.
    pub currency: String,
}

impl Money {
    /// An amount of `minor` units of `currency`.
    #[must_use]
    pub fn new(minor: i64, currency: &str) -> Self {
        Self { minor, currency: currency.to_owned() }
    }
}

impl fmt::Display for Money {
    /// Two decimals: `39.00 EUR`. Currencies without two decimals come with the costing room.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minor < 0 { "-" } else { "" };
        let amount = self.minor.unsigned_abs();
        write!(f, "{sign}{}.{:02} {}", amount / 100, amount % 100, self.currency)
    }
}
