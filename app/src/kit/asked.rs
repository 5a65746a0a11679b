//! What a list is asked for, as it stands in the address.

use domain::PageRequest;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{query_signal_with_options, use_query_map},
};

/// `?search=…&status=…&sort=…` and the page that is shown. Another question begins on its first page.
#[derive(Clone, Copy)]
pub struct Asked {
    pub search: RwSignal<String>,
    pub status: RwSignal<String>,
    pub sort: RwSignal<Option<String>>,
    pub cursor: RwSignal<Option<String>>,
    pub page: Memo<PageRequest>,
}

impl Asked {
    /// Pages of `limit` rows, sorted by `sort` where the address says nothing else.
    pub fn new(limit: u32, sort: Option<&'static str>) -> Self {
        let (search, status, in_sort) = (in_address("search"), in_address("status"), in_address("sort"));
        let usual = sort;
        let sort = RwSignal::new(some(in_sort.get_untracked()));
        Effect::new(move |_| in_sort.set(sort.get().unwrap_or_default()));
        let cursor = RwSignal::new(None::<String>);
        Effect::watch(move || (search.get(), status.get(), sort.get()), move |_, _, _| cursor.set(None), false);
        let page = Memo::new(move |_| PageRequest {
            limit: Some(limit),
            cursor: cursor.get(),
            search: some(search.get()),
            status: some(status.get()),
            sort: sort.get().or_else(|| usual.map(str::to_owned)),
        });
        Self { search, status, sort, cursor, page }
    }
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// A signal that stands in the address under `key`, without a step in the history for each letter.
pub fn in_address(key: &'static str) -> RwSignal<String> {
    let value = RwSignal::new(use_query_map().with_untracked(|query| query.get(key)).unwrap_or_default());
    let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
    let (_, write) = query_signal_with_options::<String>(key, options);
    Effect::watch(
        move || value.get(),
        move |value, _, _| write.set(Some(value.clone()).filter(|value| !value.is_empty())),
        false,
    );
    value
}
