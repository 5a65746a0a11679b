//! Templates that come with the program: plans of press shops, as tables that [`super::table`] reads.

use std::sync::LazyLock;

use uuid::Uuid;

use crate::{
    Minute,
    projects::{document::PlanDocument, template::NewTemplate},
};

/// A template that nobody has to make.
#[derive(Debug)]
pub struct BuiltIn {
    /// By which a request names it.
    pub slug: &'static str,
    name: &'static str,
    description: &'static str,
    category: &'static str,
    pub plan: PlanDocument,
}

impl BuiltIn {
    /// What it is called and what it is for.
    #[must_use]
    pub fn named(&self) -> NewTemplate {
        NewTemplate {
            name: self.name.to_owned(),
            description: self.description.to_owned(),
            category: self.category.to_owned(),
        }
    }
}

/// Slug, name, what it is for, category and rows.
const TABLES: [(&str, &str, &str, &str, &str); 4] = [
    (
        "die",
        "Progressive die: design to approval",
        "From the order over strip layout, design, machining and try-out to the customer's approval.",
        "Tooling",
        include_str!("die.csv"),
    ),
    (
        "line",
        "Press line commissioning",
        "Foundation, pre-acceptance at the maker, erection, safety acceptance and ramp-up of a new press line.",
        "Investment",
        include_str!("line.csv"),
    ),
    (
        "shutdown",
        "Preventive maintenance shutdown",
        "A press taken out of production: parts and stock beforehand, work in hours, measured restart.",
        "Maintenance",
        include_str!("shutdown.csv"),
    ),
    (
        "ppap",
        "Customer order with PPAP",
        "A new part from the order to full approval: FMEA, control plans, tools, run at rate, submission.",
        "Customer order",
        include_str!("ppap.csv"),
    ),
];

/// Every built-in template, in the order of the list.
#[must_use]
pub fn built_in() -> &'static [BuiltIn] {
    static READ: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| TABLES.into_iter().filter_map(read).collect());
    &READ
}

/// Monday, 2026-01-05: a day to count from.
const START: Minute = Minute(20_458 * Minute::DAY + 8 * 60);

fn read(
    (slug, name, description, category, rows): (&'static str, &'static str, &'static str, &'static str, &str),
) -> Option<BuiltIn> {
    let draft = super::read("template.csv", rows.as_bytes()).ok()?.starting(START);
    let mut number = 0_u128;
    let plan = draft.document(|| {
        number += 1;
        Uuid::from_u128(number)
    });
    Some(BuiltIn { slug, name, description, category, plan: plan.ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_read_to_the_last_cell() {
        assert_eq!(built_in().len(), TABLES.len());
        for (slug, _, _, _, rows) in TABLES {
            let draft = super::super::read("template.csv", rows.as_bytes()).expect("a table");
            assert!(draft.problems.is_empty(), "{slug}: {:?}", draft.problems);
            // No row names a start: the plan starts when somebody says.
            assert_eq!(draft.notes.len(), 1, "{slug}: {:?}", draft.notes);
        }
    }

    #[test]
    fn each_has_a_length_that_a_shop_would_believe() {
        for (template, days) in built_in().iter().zip([70..110, 200..290, 20..40, 85..130]) {
            let found =
                template.plan.as_template(template.slug.to_owned(), template.named(), true).expect("a schedule");
            assert!(days.contains(&found.days), "{}: {} days", found.name, found.days);
            assert!(found.links > found.tasks / 2 && found.phases.len() >= 3, "{}", found.name);
            let schedule = template.plan.schedule().expect("a schedule");
            assert!(schedule.conflicts.is_empty(), "{}", found.name);
        }
    }
}
