//! Plans as they were once agreed.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::{date, elements, task, text_of};
use crate::{
    Minute,
    projects::exchange::{draft::BaselineDraft, notation},
};

/// Baselines by their numbers, while rows are read.
#[derive(Default)]
pub(super) struct Agreed<'a> {
    /// Ours, in the order of the numbers.
    pub(super) names: &'a str,
    rows: BTreeMap<usize, Vec<(usize, Minute, Minute, i64)>>,
}

impl Agreed<'_> {
    pub(super) fn read(&mut self, node: Node<'_, '_>, row: usize) {
        for baseline in elements(node).filter(|element| element.tag_name().name() == "Baseline") {
            let at = |name: &str| date(baseline, name, 0).ok().flatten();
            let number = text_of(baseline, "Number").and_then(|number| number.parse().ok());
            let minutes = text_of(baseline, "Duration").and_then(|text| task::minutes(text).ok());
            if let (Some(number), Some(start), Some(finish)) = (number, at("Start"), at("Finish")) {
                let minutes = minutes.map_or(0, |(minutes, _)| minutes);
                self.rows.entry(number).or_default().push((row, start, finish, minutes));
            }
        }
    }

    /// MS Project calls them Baseline, Baseline 1 and so on.
    pub(super) fn drafts(self) -> Vec<BaselineDraft> {
        let names = notation::read_needs(self.names);
        let usual = |number: usize| if number == 0 { "Baseline".to_owned() } else { format!("Baseline {number}") };
        let name = |number: usize| names.get(number).map_or_else(|| usual(number), |(name, _)| name.clone());
        self.rows.into_iter().map(|(number, rows)| BaselineDraft { name: name(number), rows }).collect()
    }
}
