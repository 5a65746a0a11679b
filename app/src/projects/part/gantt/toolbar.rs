//! The tools above the chart.

use leptos::prelude::*;

use super::{
    acts::{Acts, Beside},
    chart::ColourBy,
    scale::Zoom,
};
use crate::kit::{Button, Icon, IconButton, Menu, MenuItem, MenuLine, Size};

#[component]
pub fn Toolbar(acts: Acts) -> impl IntoView {
    let Acts { handle, can_edit, on_undo, on_redo, .. } = acts;
    // Pinching and the wheel zoom as well: the pressed step is the one whose units are shown.
    let zoom = Memo::new(move |_| {
        handle.structure();
        handle.scaled.track();
        handle.with(|chart| chart.scale.zoom())
    });
    let shown = handle.with(|chart| (chart.critical, chart.progress_line, chart.colour_by));
    let (critical, line, colours) = (RwSignal::new(shown.0), RwSignal::new(shown.1), RwSignal::new(shown.2));
    let show_line = move || {
        line.update(|shown| *shown = !*shown);
        handle.show_progress_line(line.get_untracked());
    };
    let colour = move |by: ColourBy| {
        colours.set(by);
        handle.colour_by(by);
    };
    let add = Callback::new(move |()| acts.add(Beside::Below));
    let edit = can_edit.then(|| {
        view! {
            <Button size=Size::Small icon=Icon::Plus on_press=add>"Task"</Button>
            <IconButton icon=Icon::Undo label="Undo (Ctrl+Z)" size=Size::Small on_press=on_undo/>
            <IconButton icon=Icon::Redo label="Redo (Ctrl+Shift+Z)" size=Size::Small on_press=on_redo/>
            <IconButton icon=Icon::Outdent label="Outdent (Alt+Shift+Left)" size=Size::Small on_press=move || acts.outdent()/>
            <IconButton icon=Icon::Indent label="Indent (Alt+Shift+Right)" size=Size::Small on_press=move || acts.indent()/>
        }
    });
    view! {
        <div class="gantt-tools" role="toolbar" aria-label="Chart">
            {edit}
            <span class="grow"></span>
            <Button size=Size::Small on_press=move || handle.scroll_to(handle.with(|chart| chart.now))>"Today"</Button>
            <IconButton icon=Icon::Fit label="Show the whole plan (0)" size=Size::Small on_press=move || handle.fit()/>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=critical
                    on:change:target=move |event| {
                        critical.set(event.target().checked());
                        handle.change(|chart| chart.critical = critical.get_untracked());
                        handle.refresh();
                    }
                />
                "Critical path"
            </label>
            <Menu id="chart-shows" label="Show" icon=Icon::Eye>
                <MenuItem checked=Signal::derive(move || handle.load.get()) on_press=move || handle.load.update(|shown| *shown = !*shown)>"Load of people and machines"</MenuItem>
                <MenuItem checked=line on_press=show_line>"Progress line"</MenuItem>
                <MenuLine/>
                <MenuItem checked=Signal::derive(move || colours.get() == ColourBy::Status) on_press=move || colour(ColourBy::Status)>"Colours by status"</MenuItem>
                <MenuItem checked=Signal::derive(move || colours.get() == ColourBy::Department) on_press=move || colour(ColourBy::Department)>"Colours by department"</MenuItem>
            </Menu>
            <Button size=Size::Small icon=Icon::Columns on_press=move || handle.columns.choosing.set(true)>"Columns"</Button>
            <div class="segments" role="group" aria-label="Zoom">
                {Zoom::ALL
                    .map(|each| {
                        view! {
                            <button type="button" aria-pressed=move || (zoom.get() == each).to_string() on:click=move |_| handle.zoom_to(each.day_width())>
                                {each.title()}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </div>
    }
    .into_any()
}
