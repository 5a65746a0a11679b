//! Industry templates: which modules a new organisation starts with.

use serde::{Deserialize, Serialize};

use crate::Module;

/// What an organisation makes. Decides the modules it starts with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Industry {
    /// Any manufacturer.
    #[default]
    Manufacturing,
    /// Presses, dies, strokes.
    PressShop,
    /// Dies and moulds made to order.
    ToolMaking,
    /// Sells over the counter.
    Retail,
    /// Sells its people's time.
    Services,
}

impl Industry {
    /// Every industry, in the order of the registration form.
    pub const ALL: [Self; 5] = [Self::Manufacturing, Self::PressShop, Self::ToolMaking, Self::Retail, Self::Services];

    /// The spelling in the API and the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Manufacturing => "manufacturing",
            Self::PressShop => "press_shop",
            Self::ToolMaking => "tool_making",
            Self::Retail => "retail",
            Self::Services => "services",
        }
    }

    /// The industry with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|industry| industry.code() == code)
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Manufacturing => "Manufacturing",
            Self::PressShop => "Press shop",
            Self::ToolMaking => "Tool and die making",
            Self::Retail => "Retail and wholesale",
            Self::Services => "Services",
        }
    }

    /// The modules that a new organisation of this industry tries. Projects are in each: every trade plans.
    #[must_use]
    pub const fn modules(self) -> &'static [Module] {
        match self {
            Self::Manufacturing => &[
                Module::Projects,
                Module::Press,
                Module::Maintenance,
                Module::Contracts,
                Module::Inventory,
                Module::Quality,
            ],
            Self::PressShop => &[Module::Projects, Module::Press, Module::Maintenance, Module::Inventory],
            Self::ToolMaking => &[Module::Projects, Module::Maintenance, Module::Contracts, Module::Costing],
            Self::Retail => &[Module::Projects, Module::Inventory, Module::Pos, Module::Crm],
            Self::Services => &[Module::Projects, Module::Contracts, Module::Crm, Module::Hr],
        }
    }
}
