//! Templates: plans to begin with.

use serde::{Deserialize, Serialize};

use super::{
    copy::{CopyProject, Keep},
    document::{PlanDocument, check_name},
    plan::TaskKind,
};
use crate::{Fault, Minute};

/// Longest description of a template, in characters.
const DESCRIPTION_MAX: usize = 500;
/// Longest category, in characters.
const CATEGORY_MAX: usize = 60;

/// A plan that others are made after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Template {
    /// The word of a built-in one, or the id of one's own.
    pub id: String,
    pub name: String,
    pub description: String,
    pub category: String,
    /// Comes with the program; nobody can delete it.
    pub built_in: bool,
    /// Tasks and milestones, without the rows that sum them up.
    pub tasks: u64,
    pub links: u64,
    /// Working days from start to finish.
    pub days: u64,
    /// Names of the rows at the top of the outline.
    pub phases: Vec<String>,
}

/// What a template is called and what it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTemplate {
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub category: String,
}

impl NewTemplate {
    /// Without blanks around.
    ///
    /// # Errors
    /// `InvalidInput` by field.
    pub fn checked(self) -> Result<Self, Fault> {
        let tidy = Self {
            name: self.name.trim().to_owned(),
            description: self.description.trim().to_owned(),
            category: self.category.trim().to_owned(),
        };
        check_name("name", &tidy.name, "template")?;
        for (field, text, most) in
            [("description", &tidy.description, DESCRIPTION_MAX), ("category", &tidy.category, CATEGORY_MAX)]
        {
            if text.chars().count() > most {
                return Err(Fault::field(field, format!("This has at most {most} characters.")));
            }
        }
        Ok(tidy)
    }
}

/// A project to be made of a template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({ "template": "die", "name": "Die 8", "start_date": "2026-09-07" }))
)]
pub struct FromTemplate {
    /// As the list of templates says.
    pub template: String,
    pub name: String,
    #[serde(default)]
    pub code: Option<String>,
    #[serde(rename = "start_date", alias = "start")]
    pub start: Minute,
    #[serde(default, rename = "target_end_date", alias = "target_end")]
    pub target_end: Option<Minute>,
}

impl FromTemplate {
    /// The same as a copy of the template's plan.
    #[must_use]
    pub fn copy(&self) -> CopyProject {
        CopyProject { name: self.name.clone(), code: self.code.clone(), start: Some(self.start), keep: Keep::default() }
    }
}

impl PlanDocument {
    /// What a list says about the plan as a template.
    ///
    /// # Errors
    /// What the scheduler refuses.
    pub fn as_template(&self, id: String, named: NewTemplate, built_in: bool) -> Result<Template, Fault> {
        let schedule = self.schedule()?;
        let day = self.calendar().minutes_per_day();
        let days = u64::try_from(schedule.length).unwrap_or(0).div_ceil(u64::try_from(day).unwrap_or(480).max(1));
        Ok(Template {
            id,
            name: named.name,
            description: named.description,
            category: named.category,
            built_in,
            tasks: self.tasks.iter().filter(|task| task.kind != TaskKind::Summary).count() as u64,
            links: self.links.len() as u64,
            days,
            phases: self.children(None).map(|task| task.name.clone()).collect(),
        })
    }
}
