//! What is being tried out, and what it would come to.

use domain::Minute;
use leptos::prelude::*;

use super::{
    fork::Outcome,
    gantt::{GanttHandle, hours},
    sync::PlanSync,
};
use crate::kit::{Button, ButtonKind, Glyph, Icon, Size, day};

/// Says, while something is tried, that nothing is stored, and compares it with the stored plan.
#[component]
pub fn WhatIf(sync: PlanSync, handle: GanttHandle) -> impl IntoView {
    let shown = move || {
        let steps = sync.trying.get()?;
        let before = sync.before()?;
        let after = handle.read_dates(|model| model.outcome());
        Some(view! { <Compared sync before after steps/> })
    };
    view! { <div role="status">{shown}</div> }.into_any()
}

#[component]
fn Compared(sync: PlanSync, before: Outcome, after: Outcome, steps: usize) -> impl IntoView {
    let tried = match steps {
        0 => "Try anything: nothing is stored until you apply it.".to_owned(),
        1 => "1 step tried, not stored.".to_owned(),
        many => format!("{many} steps tried, not stored."),
    };
    // What moves: the finish, or the start of a plan that counts backward. A later start is a better one.
    let (end, was, is) =
        if after.backward { ("Start", before.start, after.start) } else { ("Finish", before.finish, after.finish) };
    let (sooner, later) = if after.backward { (is > was, is < was) } else { (is < was, is > was) };
    let moved = match (is.0 - was.0) / Minute::DAY {
        0 => day(is),
        days => format!("{} → {} ({days:+} d)", day(was), day(is)),
    };
    let overload = if before.overload == after.overload {
        hours(after.overload)
    } else {
        format!("{} → {}", hours(before.overload), hours(after.overload))
    };
    let late =
        if before.late == after.late { after.late.to_string() } else { format!("{} → {}", before.late, after.late) };
    let mark = |better: bool, worse: bool| {
        if better {
            "better"
        } else if worse {
            "worse"
        } else {
            "same"
        }
    };
    view! {
        <section class="what-if" aria-label="What if">
            <p class="what-if-title"><Glyph icon=Icon::Question/><strong>"What if"</strong><span>{tried}</span></p>
            <dl>
                <div data-turn=mark(sooner, later)>
                    <dt>{end}</dt><dd>{moved}</dd>
                </div>
                <div data-turn=mark(after.overload < before.overload, after.overload > before.overload)>
                    <dt>"Asked too much"</dt><dd>{overload}</dd>
                </div>
                <div data-turn=mark(after.late < before.late, after.late > before.late)>
                    <dt>"Behind a deadline"</dt><dd>{late}</dd>
                </div>
            </dl>
            <div class="what-if-acts">
                <Button size=Size::Small on_press=move || sync.discard_fork()>"Discard"</Button>
                <Button size=Size::Small kind=ButtonKind::Primary disabled=Signal::derive(move || steps == 0) on_press=move || sync.apply_fork()>
                    "Apply"
                </Button>
            </div>
        </section>
    }
    .into_any()
}
