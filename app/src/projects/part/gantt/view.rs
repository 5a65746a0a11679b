//! The component: rows in the page, bars on the canvas, hands on both.

use domain::{Fault, projects::operation::Operation};
#[cfg(feature = "hydrate")]
use leptos::ev;
use leptos::{
    ev::{MouseEvent, PointerEvent},
    prelude::*,
};

use super::{
    acts::Acts,
    chart::GanttHandle,
    choose::ColumnsDialog,
    chosen::Chosen,
    clipboard::Clipboard,
    columns::TableColumns,
    context::{ContextMenu, PlaceMenu},
    editor::{Cells, focus_table},
    link_card::LinkCard,
    load::LoadPanel,
    pointer::{asked, cancelled, moved, press, pressed_twice, release},
    split::Split,
    table::Table,
    toolbar::Toolbar,
};
#[cfg(feature = "hydrate")]
use super::{chart::HEAD, chart::ROW, palette::Palette};
use crate::kit::{Toaster, later, when_open};

/// The chart with its toolbar. What people do comes out as operations.
#[component]
pub fn Gantt(
    handle: GanttHandle,
    can_edit: bool,
    /// Does operations here and now, all or none, as one step; says why not where they are refused.
    #[prop(into)]
    attempt: Callback<Vec<Operation>, Result<(), Fault>>,
    #[prop(into)] on_undo: Callback<()>,
    #[prop(into)] on_redo: Callback<()>,
    /// Opens as near as the whole plan has room, rather than at the usual step.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    let table = RwSignal::new(None);
    handle.change(|chart| chart.can_edit = can_edit);
    #[cfg(feature = "hydrate")]
    if whole {
        super::remember::remember(handle, table);
    }
    on_browser(handle, whole);
    let acts = Acts { handle, can_edit, attempt, toaster: expect_context::<Toaster>(), on_undo, on_redo };
    let clipboard = Clipboard::new(acts);
    // One row more: that of a new task.
    let room = usize::from(can_edit);
    let extent = move || {
        handle.scaled.track();
        let rows = handle.read(|model| model.rows().len()) + room;
        handle.read_dates(|_| format!("--rows:{rows};--time:{:.0}px", handle.width()))
    };
    Effect::new(move || {
        if let Some(word) = handle.hands.word.get() {
            handle.hands.word.set(None);
            acts.toaster.say(word);
        }
    });
    // Keys act on what was pressed, wherever the focus was.
    let pressed = move |event: PointerEvent| {
        press(handle, can_edit, &event);
        focus_table(handle);
    };
    let menu = move |event: MouseEvent| asked(handle, &event);
    view! {
        <section class="gantt" aria-label="Plan" style=move || table.get().map(|width| format!("--table-chosen:{width}px"))>
            <Toolbar acts/>
            <div class="gantt-body" node_ref=handle.body on:scroll=move |_| handle.scrolled() on:focusin=move |_| clipboard.learn_names()>
                <div class="gantt-extent" style=extent>
                    <div class="gantt-window" style=move || handle.columns.style()>
                        <Table acts clipboard/>
                        <Cells acts/>
                        <Split width=table/>
                        <canvas
                            class="gantt-canvas"
                            aria-hidden="true"
                            node_ref=handle.canvas
                            on:pointerdown=pressed
                            on:mousedown=|event| event.prevent_default()
                            on:pointermove=move |event| {
                                moved(handle, &event);
                                rest(handle, Some(&event));
                            }
                            on:pointerleave=move |_| rest(handle, None)
                            on:pointerup=move |event| release(handle, &event, &|operations| acts.all(operations))
                            on:pointercancel=move |_| cancelled(handle)
                            on:dblclick=move |event| pressed_twice(handle, &event)
                            on:contextmenu=menu
                        ></canvas>
                    </div>
                </div>
            </div>
            <Show when=move || handle.load.get()>{later(move || load(handle))}</Show>
            <Chosen acts/>
            <ContextMenu acts clipboard/>
            <PlaceMenu acts clipboard/>
            <LinkCard acts/>
            {when_open(move || handle.columns.choosing.get(), move || columns_dialog(handle.columns))}
            <p class="sr-only" aria-live="polite">{move || handle.said.get()}</p>
        </section>
    }
    .into_any()
}

/// The mouse is over the canvas, or no longer.
fn rest(handle: GanttHandle, event: Option<&PointerEvent>) {
    #[cfg(feature = "hydrate")]
    match event {
        Some(event) => super::tip::moved(handle, event),
        None => super::tip::left(handle),
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (handle, event);
}

#[lazy]
fn load(handle: GanttHandle) -> AnyView {
    view! { <LoadPanel handle/> }.into_any()
}

#[lazy]
fn columns_dialog(columns: TableColumns) -> AnyView {
    view! { <ColumnsDialog columns/> }.into_any()
}

/// Colours, size and first drawing; again when the theme or the window changes.
fn on_browser(handle: GanttHandle, whole: bool) {
    #[cfg(feature = "hydrate")]
    {
        let colours = move || {
            handle.change(|chart| chart.palette = Palette::read());
            handle.resized.update(|count| *count = count.wrapping_add(1));
            handle.paint_soon();
        };
        let theme = window_event_listener(ev::Custom::<web_sys::Event>::new("takt-look"), move |_| colours());
        let watched = StoredValue::new_local(watch(handle, whole));
        let paper = StoredValue::new_local(on_paper(handle));
        on_cleanup(move || {
            theme.remove();
            watched.with_value(|watched| watched.observer.disconnect());
            paper.with_value(|paper| paper.iter().for_each(|(query, _)| query.set_onchange(None)));
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (handle, whole);
}

/// A page that is printed has other colours and another size than the window, and no frame comes before it is on paper: the
/// canvas is drawn on the spot, and again afterwards.
#[cfg(feature = "hydrate")]
fn on_paper(handle: GanttHandle) -> Option<(web_sys::MediaQueryList, wasm_bindgen::closure::Closure<dyn Fn()>)> {
    use wasm_bindgen::{JsCast, closure::Closure};
    let query = window().match_media("print").ok().flatten()?;
    let turned = Closure::<dyn Fn()>::new(move || {
        handle.change(|chart| chart.palette = Palette::read());
        handle.paint();
    });
    query.set_onchange(Some(turned.as_ref().unchecked_ref()));
    Some((query, turned))
}

/// What the browser calls back, kept as long as the chart.
#[cfg(feature = "hydrate")]
struct Watched {
    observer: web_sys::ResizeObserver,
    _resized: wasm_bindgen::closure::Closure<dyn Fn()>,
    _touched: wasm_bindgen::closure::Closure<dyn Fn(web_sys::TouchEvent)>,
    _wheeled: wasm_bindgen::closure::Closure<dyn Fn(web_sys::WheelEvent)>,
}

/// A canvas that changes its size is empty until it is drawn again: when a panel opens, when the window changes. Fingers
/// and the wheel are listened to here, since only a listener that says so may keep the browser from scrolling.
#[cfg(feature = "hydrate")]
fn watch(handle: GanttHandle, whole: bool) -> Watched {
    use wasm_bindgen::{JsCast, closure::Closure};
    let resized = Closure::<dyn Fn()>::new(move || {
        if let Some(body) = handle.body.get_untracked() {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows of a window")]
            let room = ((f64::from(body.client_height()) - HEAD).max(0.0) / ROW).ceil() as usize + 1;
            if handle.room.get_untracked() != room {
                handle.room.set(room);
            }
        }
        handle.resized.update(|count| *count = count.wrapping_add(1));
        handle.paint_soon();
    });
    let touched = Closure::<dyn Fn(web_sys::TouchEvent)>::new(move |event| super::pointer::touched(handle, &event));
    let wheeled = Closure::<dyn Fn(web_sys::WheelEvent)>::new(move |event| super::pointer::wheel(handle, &event));
    let observer = web_sys::ResizeObserver::new(resized.as_ref().unchecked_ref())
        .expect("every browser that runs WebAssembly has it");
    let watched = observer.clone();
    let (on_touch, on_wheel) = (touched.as_ref().clone(), wheeled.as_ref().clone());
    Effect::new(move || {
        if let Some(canvas) = handle.canvas.get() {
            watched.observe(&canvas);
            if whole {
                handle.first_look();
            }
            let active = web_sys::AddEventListenerOptions::new();
            active.set_passive(false);
            for (name, listener) in [("touchmove", &on_touch), ("wheel", &on_wheel)] {
                let listener = listener.unchecked_ref();
                let _ = canvas.add_event_listener_with_callback_and_add_event_listener_options(name, listener, &active);
            }
            handle.paint_soon();
        }
    });
    Watched { observer, _resized: resized, _touched: touched, _wheeled: wheeled }
}
