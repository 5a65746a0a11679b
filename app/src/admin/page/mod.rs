//! The pages of the administration.

mod module_off;
mod modules;
mod people;
mod settings;

pub use module_off::{ModuleOff, ModuleOffPage, Refused, WhereOpen};
pub use modules::ModulesPage;
pub use people::PeoplePage;
pub use settings::SettingsPage;

use domain::Module;

use crate::kit::Icon;

/// The icon of a room.
const fn icon_of(module: Module) -> Icon {
    match module {
        Module::Projects => Icon::Gantt,
        Module::Press => Icon::Press,
        Module::Maintenance => Icon::Wrench,
        Module::Contracts => Icon::Contract,
        Module::Inventory => Icon::Package,
        Module::Pos => Icon::Cart,
        Module::Crm => Icon::Handshake,
        Module::Hr => Icon::Users,
        Module::Quality => Icon::Shield,
        Module::Costing => Icon::Coins,
        Module::Files => Icon::Folder,
        Module::Reports => Icon::Chart,
        Module::Notifications => Icon::Bell,
        Module::Admin | Module::Platform | Module::Monitoring => Icon::Settings,
    }
}
