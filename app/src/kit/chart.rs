//! Charts: described with charming, drawn by echarts, which is loaded with the first chart. The same figures stand in a
//! table for those who cannot see it, and for browsers without scripts.

use charming::Chart as Drawing;
use domain::projects::document::TaskStatus;
use leptos::{html, prelude::*};

#[cfg(feature = "hydrate")]
use super::Look;

/// What the chart shows, as a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// The colours of the page as it looks now.
#[derive(Clone, Debug, Default)]
pub struct Ink {
    pub text: String,
    pub muted: String,
    pub line: String,
    pub surface: String,
    pub accent: String,
    /// In the order of [`TaskStatus::ALL`].
    pub status: [String; 6],
}

impl Ink {
    /// The colour of a status.
    #[must_use]
    pub fn of(&self, status: TaskStatus) -> String {
        TaskStatus::ALL.iter().position(|known| *known == status).map(|at| self.status[at].clone()).unwrap_or_default()
    }
}

/// A chart. `draw` describes it in the page's colours and runs in the browser only.
#[component]
pub fn Chart(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// What it shows, in a few words.
    #[prop(into)]
    label: String,
    #[prop(into)] figures: Signal<Figures>,
    #[prop(into)] draw: Callback<(Ink,), Drawing>,
    /// In pixels.
    #[prop(default = 240)]
    height: u16,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    #[cfg(feature = "hydrate")]
    live::keep_drawn(id.clone(), node, figures, draw, expect_context::<Look>());
    #[cfg(not(feature = "hydrate"))]
    let _ = draw;
    let name = label.clone();
    view! {
        <figure class="chart" aria-label=name>
            <div class="chart-canvas" id=id role="img" aria-label=label style:block-size=format!("{height}px") node_ref=node></div>
            <details class="chart-figures">
                <summary>"Figures"</summary>
                {move || view! { <FigureTable figures=figures.get()/> }}
            </details>
        </figure>
    }
}

#[component]
fn FigureTable(figures: Figures) -> impl IntoView {
    let row = |cells: Vec<String>| view! { <tr>{cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> };
    view! {
        <table class="table">
            <thead>
                <tr>{figures.head.into_iter().map(|cell| view! { <th scope="col">{cell}</th> }).collect_view()}</tr>
            </thead>
            <tbody>{figures.rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

#[cfg(feature = "hydrate")]
mod live {
    //! The part that needs a browser.

    use charming::{
        Chart as Drawing,
        renderer::wasm_renderer::{ChartResize, Echarts, WasmRenderer},
    };
    use leptos::{html, prelude::*, task::spawn_local, wasm_bindgen::JsCast};
    use wasm_bindgen::{JsValue, closure::Closure, prelude::wasm_bindgen};
    use wasm_bindgen_futures::JsFuture;

    use super::{Figures, Ink, Look, TaskStatus};
    use crate::kit::browser::page_attribute;

    #[wasm_bindgen]
    extern "C" {
        /// charming draws but does not let go; this does.
        #[wasm_bindgen(method)]
        fn dispose(this: &Disposable);
        type Disposable;
    }

    /// Draws, and draws again when the figures or the colours change, until the page lets go of it.
    pub fn keep_drawn(
        id: String,
        node: NodeRef<html::Div>,
        figures: Signal<Figures>,
        draw: Callback<(Ink,), Drawing>,
        look: Look,
    ) {
        let drawn: StoredValue<Option<Echarts>, LocalStorage> = StoredValue::new_local(None);
        let observer: StoredValue<Option<web_sys::ResizeObserver>, LocalStorage> = StoredValue::new_local(None);
        let ready = RwSignal::new(false);
        spawn_local(async move {
            if load_once().await.is_ok() {
                let _ = ready.try_set(true);
            }
        });
        Effect::new(move |_| {
            figures.track();
            look.theme.track();
            let (true, Some(element)) = (ready.get(), node.get()) else { return };
            let drawing = draw.run((ink(&element),));
            if drawn.with_value(Option::is_none) {
                drawn.set_value(WasmRenderer::new_opt(None, None).render(&id, &drawing).ok());
                observer.set_value(watch_size(&element, drawn));
            } else {
                drawn.with_value(|drawn| drawn.iter().for_each(|drawn| WasmRenderer::update(drawn, &drawing)));
            }
        });
        on_cleanup(move || {
            if let Some(observer) = observer.try_update_value(Option::take).flatten() {
                observer.disconnect();
            }
            if let Some(drawn) = drawn.try_update_value(Option::take).flatten() {
                JsValue::from(drawn).unchecked_into::<Disposable>().dispose();
            }
        });
    }

    fn watch_size(
        element: &web_sys::Element,
        drawn: StoredValue<Option<Echarts>, LocalStorage>,
    ) -> Option<web_sys::ResizeObserver> {
        let watched = element.clone();
        let resize = Closure::<dyn Fn()>::new(move || {
            let (width, height) = (watched.client_width(), watched.client_height());
            let size = ChartResize::new(width.unsigned_abs(), height.unsigned_abs(), true, None);
            let _ =
                drawn.try_with_value(|drawn| drawn.iter().for_each(|drawn| WasmRenderer::resize_chart(drawn, size)));
        });
        let observer = web_sys::ResizeObserver::new(resize.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        // Lives as long as the page; a chart's closure is small and its observer is disconnected with the chart.
        resize.forget();
        Some(observer)
    }

    fn ink(element: &web_sys::Element) -> Ink {
        let style = web_sys::window().and_then(|window| window.get_computed_style(element).ok().flatten());
        let token = |name: &str| {
            let value = style.as_ref().and_then(|style| style.get_property_value(name).ok()).unwrap_or_default();
            value.trim().to_owned()
        };
        Ink {
            text: token("--chart-text"),
            muted: token("--chart-muted"),
            line: token("--chart-line"),
            surface: token("--chart-surface"),
            accent: token("--chart-accent"),
            status: TaskStatus::ALL.map(|status| token(&format!("--status-{}", status.code().replace('_', "-")))),
        }
    }

    /// Loads echarts with the first chart, and never again.
    async fn load_once() -> Result<(), JsValue> {
        thread_local! {
            static LOADING: std::cell::RefCell<Option<js_sys::Promise>> = const { std::cell::RefCell::new(None) };
        }
        let loading = LOADING.with(|loading| loading.borrow_mut().get_or_insert_with(load).clone());
        JsFuture::from(loading).await.map(|_| ())
    }

    fn load() -> js_sys::Promise {
        js_sys::Promise::new(&mut |loaded, failed| {
            let append = || -> Result<(), JsValue> {
                let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
                let script = document.create_element("script")?;
                script.set_attribute("src", &page_attribute("data-echarts").unwrap_or_default())?;
                script.add_event_listener_with_callback("load", &loaded)?;
                script.add_event_listener_with_callback("error", &failed)?;
                document.body().ok_or("no body")?.append_child(&script)?;
                Ok(())
            };
            if let Err(error) = append() {
                let _ = failed.call1(&JsValue::NULL, &error);
            }
        })
    }
}
