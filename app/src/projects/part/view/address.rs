//! The look that the page's address holds. Nothing else keeps it, so that the address alone shows the same again.

use domain::{UserId, projects::look::PlanLook};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};

use crate::kit::{Session, encoded};

/// How the plan is looked at, and the way to look otherwise.
#[derive(Clone, Copy)]
pub struct Looked {
    pub look: Memo<PlanLook>,
    /// Whoever looks.
    pub me: Option<UserId>,
    go: Callback<(String, bool)>,
}

impl Looked {
    /// As the address says.
    pub fn new() -> Self {
        let query = use_query_map();
        let look = Memo::new(move |_| query.with(|query| PlanLook::read(|key| query.get_all(key).unwrap_or_default())));
        let (navigate, path) = (use_navigate(), use_location().pathname);
        let go = Callback::new(move |(query, replace): (String, bool)| {
            let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
            navigate(&format!("{}{query}", path.get_untracked()), options);
        });
        let me = untrack(|| expect_context::<Session>().me()).map(|me| me.user.id);
        Self { look, me, go }
    }

    /// Looks this way. What is typed leaves no steps in the history.
    pub fn show(self, look: &PlanLook, replace: bool) {
        if self.look.with_untracked(|now| now != look) {
            self.go.run((query(look), replace));
        }
    }

    /// Changes how the plan is looked at.
    pub fn change(self, change: impl FnOnce(&mut PlanLook)) {
        let mut look = self.look.get_untracked();
        change(&mut look);
        self.show(&look, true);
    }
}

fn query(look: &PlanLook) -> String {
    let pairs = look.pairs();
    let parts = pairs.iter().map(|(key, value)| format!("{key}={}", encoded(value))).collect::<Vec<_>>();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}
