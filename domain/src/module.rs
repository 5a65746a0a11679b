//! The rooms of the house: the only list of modules.

use serde::{Deserialize, Serialize};

use crate::Money;

/// A module. Its [`slug`](Module::slug) is the one spelling used for folders, routes, endpoints, permission codes,
/// table prefixes and navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Module {
    Projects,
    Press,
    Maintenance,
    Contracts,
    Inventory,
    Pos,
    Crm,
    Hr,
    Quality,
    Costing,
    Files,
    Reports,
    Notifications,
    Admin,
    Platform,
    Monitoring,
}

/// Who a room is for, and whether it is sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// An organisation subscribes to it, tries it, pauses it.
    Sold,
    /// Every organisation has it.
    AlwaysOn,
    /// Only the operator has it.
    Operator,
}

impl Module {
    /// Every room, in navigation order.
    pub const ALL: [Self; 16] = [
        Self::Projects,
        Self::Press,
        Self::Maintenance,
        Self::Contracts,
        Self::Inventory,
        Self::Pos,
        Self::Crm,
        Self::Hr,
        Self::Quality,
        Self::Costing,
        Self::Files,
        Self::Reports,
        Self::Notifications,
        Self::Admin,
        Self::Platform,
        Self::Monitoring,
    ];

    /// Rooms whose code exists in this version. Tests demand every layer of each of these.
    pub const BUILT: [Self; 2] = [Self::Projects, Self::Admin];

    /// The one spelling.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Projects => "projects",
            Self::Press => "press",
            Self::Maintenance => "maintenance",
            Self::Contracts => "contracts",
            Self::Inventory => "inventory",
            Self::Pos => "pos",
            Self::Crm => "crm",
            Self::Hr => "hr",
            Self::Quality => "quality",
            Self::Costing => "costing",
            Self::Files => "files",
            Self::Reports => "reports",
            Self::Notifications => "notifications",
            Self::Admin => "admin",
            Self::Platform => "platform",
            Self::Monitoring => "monitoring",
        }
    }

    /// The room with this slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|module| module.slug() == slug)
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Projects => "Projects",
            Self::Press => "Press production",
            Self::Maintenance => "Maintenance",
            Self::Contracts => "Contracts",
            Self::Inventory => "Inventory",
            Self::Pos => "Point of sale",
            Self::Crm => "Customers",
            Self::Hr => "People",
            Self::Quality => "Quality",
            Self::Costing => "Costing",
            Self::Files => "Files",
            Self::Reports => "Reports",
            Self::Notifications => "Notifications",
            Self::Admin => "Administration",
            Self::Platform => "Platform",
            Self::Monitoring => "Monitoring",
        }
    }

    /// One sentence for the page that offers it.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Projects => {
                "Plan work on a Gantt that reschedules itself, with calendars, links and a critical path."
            }
            Self::Press => "Norms, shift entry, efficiency and the daily plan of the press shop.",
            Self::Maintenance => "Tools, preventive schedules, work orders, MTBF and MTTR.",
            Self::Contracts => "Contracts from sale to archive, with acceptance in three levels.",
            Self::Inventory => "Items, warehouses, receipts, issues and stock value.",
            Self::Pos => "Sell at the counter, count the drawer, close the day.",
            Self::Crm => "Leads, deals and the forecast.",
            Self::Hr => "Employees, shifts, attendance and leave.",
            Self::Quality => "Inspections, defects and corrective actions.",
            Self::Costing => "What an order costs, planned and actual.",
            Self::Files => "Documents with versions and preview.",
            Self::Reports => "Figures on screen, in PDF and in Excel.",
            Self::Notifications => "What you should know, where you read it.",
            Self::Admin => "People, roles, modules and the audit log.",
            Self::Platform => "Organisations, plans and industries, for the operator.",
            Self::Monitoring => "Health, load and logs, for the operator.",
        }
    }

    /// Who it is for.
    #[must_use]
    pub const fn tier(self) -> Tier {
        match self {
            Self::Files | Self::Reports | Self::Notifications | Self::Admin => Tier::AlwaysOn,
            Self::Platform | Self::Monitoring => Tier::Operator,
            _ => Tier::Sold,
        }
    }

    /// List price for one organisation and month; the operator can override it in the registry.
    #[must_use]
    pub fn price_per_month(self) -> Money {
        let euros = match self {
            Self::Projects => 39,
            Self::Press => 59,
            Self::Maintenance => 35,
            Self::Contracts => 45,
            Self::Inventory => 29,
            Self::Pos | Self::Quality => 25,
            Self::Crm | Self::Costing => 29,
            Self::Hr => 19,
            _ => 0,
        };
        Money::new(euros * 100, "EUR")
    }

    /// Days that a new organisation may try it.
    #[must_use]
    pub const fn trial_days(self) -> u32 {
        30
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_room_is_found_by_its_slug() {
        for module in Module::ALL {
            assert_eq!(Module::from_slug(module.slug()), Some(module));
        }
        assert_eq!(Module::from_slug("nowhere"), None);
    }
}
