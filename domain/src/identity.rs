//! Who somebody is: what forms send, what pages show, and the rules that both sides check.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Fault, FieldFault, Industry, Module, OrganizationId, UserId, access::ModuleState};

/// Names that no organisation can have as its subdomain.
pub const RESERVED_SLUGS: [&str; 8] = ["admin", "api", "www", "app", "docs", "mail", "static", "status"];

/// Shortest password.
pub const PASSWORD_MIN: usize = 8;
/// Longest password, so that hashing stays bounded.
pub const PASSWORD_MAX: usize = 200;

/// A new organisation and its owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "organization_name": "Nordlicht Pressworks", "owner_name": "Dana Demo", "owner_email": "dana@nordlicht.example",
        "owner_password": "correct horse", "industry": "press_shop",
    }))
)]
pub struct Registration {
    pub organization_name: String,
    pub owner_name: String,
    pub owner_email: String,
    pub owner_password: String,
    #[serde(default)]
    pub industry: Option<Industry>,
}

impl Registration {
    /// # Errors
    /// `InvalidInput` with a message for every field that needs another look.
    pub fn check(&self) -> Result<(), Fault> {
        let faults = [
            check_name("organization_name", &self.organization_name, "the organisation"),
            check_name("owner_name", &self.owner_name, "the person"),
            check_email("owner_email", &self.owner_email),
            check_password("owner_password", &self.owner_password, &self.owner_email),
        ];
        Fault::collect(faults.into_iter().flatten().collect())
    }
}

/// Address and password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({ "email": "dana@nordlicht.example", "password": "correct horse" }))
)]
pub struct Credentials {
    pub email: String,
    pub password: String,
}

/// Who is signed in, and what that means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    pub user: UserView,
    pub organization: OrganizationView,
    pub modules: Vec<ModuleView>,
    /// Codes: `projects.view`.
    pub permissions: Vec<String>,
}

impl Me {
    /// True where the role holds the permission `code` and its module is open.
    #[must_use]
    pub fn may(&self, code: &str, module: Module) -> bool {
        self.module(module).is_open() && self.permissions.iter().any(|held| held == code)
    }

    /// How a module stands.
    #[must_use]
    pub fn module(&self, module: Module) -> ModuleState {
        self.modules.iter().find(|view| view.module == module).map_or(ModuleState::Absent, |view| view.state)
    }
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserView {
    pub id: UserId,
    pub name: String,
    pub email: String,
    /// The code of the role: `owner`.
    pub role: String,
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganizationView {
    pub id: OrganizationId,
    pub name: String,
    /// The subdomain.
    pub slug: String,
    pub industry: String,
}

/// A module as an organisation has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModuleView {
    pub module: Module,
    pub title: String,
    pub state: ModuleState,
    pub trial_ends_at: Option<DateTime<Utc>>,
}

/// The subdomain that fits a name: small letters, digits and hyphens, at most 40; `organization` where nothing is left.
#[must_use]
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            'ä' => slug.push_str("ae"),
            'ö' => slug.push_str("oe"),
            'ü' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            letter if letter.is_ascii_alphanumeric() => slug.push(letter),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(40);
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "organization".to_owned() } else { slug.to_owned() }
}

/// What is wrong with a name of 1 to 120 characters.
#[must_use]
pub fn check_name(field: &str, name: &str, of: &str) -> Option<FieldFault> {
    let length = name.trim().chars().count();
    let message = match length {
        0 => format!("Give {of} a name."),
        1..=120 => return None,
        _ => format!("{length} characters are too many; 120 is the limit."),
    };
    Some(FieldFault { field: field.to_owned(), message })
}

/// What is wrong with an e-mail address.
#[must_use]
pub fn check_email(field: &str, email: &str) -> Option<FieldFault> {
    let email = email.trim();
    let shaped = email.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && local.len() <= 64
            && !host.starts_with('.')
            && !host.ends_with('.')
            && host.contains('.')
            && host.chars().all(|letter| letter.is_alphanumeric() || letter == '.' || letter == '-')
    });
    let plain = !email.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    (!(shaped && plain && email.len() <= 254)).then(|| FieldFault {
        field: field.to_owned(),
        message: if email.is_empty() {
            "An e-mail address is needed.".to_owned()
        } else {
            format!("'{email}' is not an e-mail address such as anna@example.com.")
        },
    })
}

/// What is wrong with a new password.
#[must_use]
pub fn check_password(field: &str, password: &str, email: &str) -> Option<FieldFault> {
    let length = password.chars().count();
    let message = if length < PASSWORD_MIN {
        format!("At least {PASSWORD_MIN} characters; this has {length}.")
    } else if length > PASSWORD_MAX {
        format!("At most {PASSWORD_MAX} characters; this has {length}.")
    } else if !email.is_empty() && password.eq_ignore_ascii_case(email.trim()) {
        "The password must not be the address itself.".to_owned()
    } else {
        return None;
    };
    Some(FieldFault { field: field.to_owned(), message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_field_is_named_at_once() {
        let empty = Registration::default().check().expect_err("nothing is filled in");
        let fields: Vec<_> = empty.fields.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["organization_name", "owner_name", "owner_email", "owner_password"]);
    }

    #[test]
    fn a_name_becomes_a_subdomain() {
        assert_eq!(slug_of("Müller & Söhne GmbH"), "mueller-soehne-gmbh");
        assert_eq!(slug_of("  ***  "), "organization");
    }

    #[test]
    fn addresses_are_told_from_other_text() {
        for good in ["a@b.de", "anna.b+c@press-shop.example"] {
            assert_eq!(check_email("email", good), None);
        }
        for bad in ["", "anna", "anna@", "@b.de", "a b@c.de", "a@b"] {
            assert!(check_email("email", bad).is_some(), "{bad}");
        }
    }
}
