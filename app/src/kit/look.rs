//! Light or dark, dense or for gloves: remembered in cookies, so that the server draws the page as it was left.

use leptos::prelude::*;

use super::browser;

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    /// Every theme, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The value of `data-theme` and of the cookie.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Auto => "As the system",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.code() == code).unwrap_or_default()
    }
}

/// How close things stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// For a mouse.
    #[default]
    Office,
    /// For a finger, or a glove.
    Floor,
}

impl Density {
    /// The value of `data-density` and of the cookie.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Floor => "floor",
        }
    }

    fn from_code(code: &str) -> Self {
        if code == "floor" { Self::Floor } else { Self::Office }
    }
}

/// How the page looks; a context of the whole application.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub theme: RwSignal<Theme>,
    pub density: RwSignal<Density>,
}

impl Look {
    /// The look as it was left.
    #[must_use]
    pub fn remembered() -> Self {
        Self {
            theme: RwSignal::new(Theme::from_code(&left("data-theme", "takt_theme"))),
            density: RwSignal::new(Density::from_code(&left("data-density", "takt_density"))),
        }
    }

    /// Lets charts follow when the system turns dark or light.
    #[cfg(feature = "hydrate")]
    pub fn follow_system(self) {
        browser::on_system_theme(move || self.theme.notify());
    }

    /// Changes the theme and remembers it.
    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        browser::remember_on_page("data-theme", "takt_theme", theme.code());
    }

    /// Changes the density and remembers it.
    pub fn set_density(self, density: Density) {
        self.density.set(density);
        browser::remember_on_page("data-density", "takt_density", density.code());
    }
}

/// In the browser the attribute is the truth.
#[cfg(feature = "hydrate")]
fn left(attribute: &str, _cookie: &str) -> String {
    browser::page_attribute(attribute).unwrap_or_default()
}

/// On the server the cookie is, and makes the attribute.
#[cfg(not(feature = "hydrate"))]
fn left(_attribute: &str, cookie: &str) -> String {
    cookie_value(cookie).unwrap_or_default()
}

#[cfg(all(feature = "ssr", not(feature = "hydrate")))]
fn cookie_value(name: &str) -> Option<String> {
    let parts = use_context::<http::request::Parts>()?;
    let cookies = parts.headers.get(http::header::COOKIE)?.to_str().ok()?;
    cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
fn cookie_value(_name: &str) -> Option<String> {
    None
}
