//! The chart alone, for measuring it from outside: `window.taktBench`. Open only where the server runs with `--bench`.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{home::NotFoundPage, kit::later};

/// `/bench/gantt`
#[component]
pub fn BenchPage() -> impl IntoView {
    if !open() {
        return view! { <NotFoundPage/> }.into_any();
    }
    view! {
        <Title text="Bench"/>
        <main class="page page-bench" id="main"><h1 class="sr-only">"Bench"</h1>{later(stage)}</main>
    }
    .into_any()
}

#[lazy]
fn stage() -> AnyView {
    #[cfg(feature = "hydrate")]
    {
        hooks::stage().into_any()
    }
    #[cfg(not(feature = "hydrate"))]
    ().into_any()
}

/// What the server said, and what it wrote on the document.
fn open() -> bool {
    #[cfg(feature = "hydrate")]
    {
        document().document_element().is_some_and(|root| root.has_attribute("data-bench"))
    }
    #[cfg(not(feature = "hydrate"))]
    {
        use_context::<crate::Site>().is_some_and(|site| site.bench)
    }
}

#[cfg(feature = "hydrate")]
mod hooks {
    use std::collections::HashMap;

    use domain::{
        CalendarId, Fault, LinkId, Minute, ProjectId, TaskId,
        projects::{
            document::{LinkRecord, PlanDocument},
            operation::{Operation, TaskDraft},
            plan::{ConstraintKind, LagUnit, LinkKind, TaskKind},
            view::NewProject,
        },
    };
    use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
    use leptos::prelude::*;
    use serde::Deserialize;
    use uuid::Uuid;
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};

    use crate::projects::part::gantt::{Gantt, GanttHandle};

    /// A plan as programs that measure give it; see docs/benchmarks.md.
    #[derive(Deserialize)]
    struct BenchPlan {
        start: Minute,
        tasks: Vec<BenchTask>,
        #[serde(default)]
        links: Vec<BenchLink>,
    }

    #[derive(Deserialize)]
    struct BenchTask {
        id: String,
        #[serde(default)]
        name: String,
        /// The summary above; it stands before its children.
        #[serde(default)]
        parent: Option<String>,
        #[serde(rename = "type", default)]
        kind: TaskKind,
        /// Working minutes; a day has 480.
        #[serde(default)]
        duration_minutes: i64,
        /// Not earlier than this.
        #[serde(default)]
        start: Option<Minute>,
        #[serde(default)]
        progress: u8,
    }

    #[derive(Deserialize)]
    struct BenchLink {
        from: String,
        to: String,
        #[serde(rename = "type", default)]
        kind: LinkKind,
        #[serde(default)]
        lag_minutes: i64,
    }

    type Ids = HashMap<String, TaskId>;

    fn uuid(number: usize) -> Uuid {
        Uuid::from_u128(number as u128 + 1)
    }

    /// A plan as `GET /api/v1/projects/{id}/plan` answers; its tasks are called by their ids.
    fn read_document(text: &str) -> Result<(PlanDocument, Ids), Fault> {
        let document: PlanDocument =
            serde_json::from_str(text).map_err(|error| Fault::field("plan", error.to_string()))?;
        let ids = document.tasks.iter().map(|task| (task.id.to_string(), task.id)).collect();
        Ok((document, ids))
    }

    fn read(text: &str) -> Result<(PlanDocument, Ids), Fault> {
        let plan: BenchPlan = serde_json::from_str(text).map_err(|error| Fault::field("plan", error.to_string()))?;
        let new = NewProject { name: "Bench".to_owned(), start: plan.start, ..NewProject::default() };
        let calendar = CalendarId(Uuid::from_u128(1 << 100));
        let mut document = PlanDocument::create(ProjectId(Uuid::nil()), calendar, "BENCH".to_owned(), new)?;
        let ids: Ids =
            plan.tasks.iter().enumerate().map(|(index, task)| (task.id.clone(), TaskId(uuid(index)))).collect();
        let id = |name: &String| {
            ids.get(name).copied().ok_or_else(|| Fault::field("plan", format!("there is no task {name}")))
        };
        let mut tasks = Vec::with_capacity(plan.tasks.len());
        for (index, task) in plan.tasks.into_iter().enumerate() {
            let parent = task.parent.as_ref().map(id).transpose()?;
            let draft = TaskDraft {
                name: if task.name.is_empty() { task.id } else { task.name },
                kind: task.kind,
                duration: task.duration_minutes,
                constraint: if task.start.is_some() {
                    ConstraintKind::StartNoEarlierThan
                } else {
                    ConstraintKind::default()
                },
                constraint_at: task.start,
                progress: task.progress,
                ..TaskDraft::default()
            };
            tasks.push(draft.record(TaskId(uuid(index)), parent, index as i64));
        }
        let links = plan.links.iter().enumerate().map(|(index, link)| {
            Ok(LinkRecord {
                id: LinkId(uuid(index)),
                predecessor_id: id(&link.from)?,
                successor_id: id(&link.to)?,
                kind: link.kind,
                lag_minutes: link.lag_minutes,
                lag_unit: LagUnit::Working,
                version: 1,
            })
        });
        let links = links.collect::<Result<Vec<_>, Fault>>()?;
        document = PlanDocument::assemble(document.head, document.calendars, tasks, links);
        Ok((document, ids))
    }

    /// The place of the chart, and the hooks on the window.
    pub(super) fn stage() -> impl IntoView {
        let shown = RwSignal::new(None::<GanttHandle>);
        let ids = StoredValue::new(Ids::new());
        Effect::new(move || {
            let hooks = Object::new();
            let set = |name: &str, value: &JsValue| {
                let _ = Reflect::set(&hooks, &name.into(), value);
            };
            for (name, read) in [("load", read as fn(&str) -> _), ("loadDocument", read_document)] {
                let owner = Owner::current();
                let load = Closure::<dyn Fn(JsValue) -> Promise>::new(move |plan: JsValue| {
                    let load = || load(&plan, read, shown, ids);
                    owner.as_ref().map_or_else(load, |owner| owner.with(load))
                });
                set(name, &load.into_js_value());
            }
            set(
                "barRect",
                &Closure::<dyn Fn(String) -> JsValue>::new(move |id: String| bar_rect(shown, ids, &id)).into_js_value(),
            );
            set(
                "start",
                &Closure::<dyn Fn(String) -> JsValue>::new(move |id: String| dated(shown, ids, &id, true))
                    .into_js_value(),
            );
            set(
                "finish",
                &Closure::<dyn Fn(String) -> JsValue>::new(move |id: String| dated(shown, ids, &id, false))
                    .into_js_value(),
            );
            set(
                "digest",
                &Closure::<dyn Fn() -> JsValue>::new(move || {
                    let handle = shown.get_untracked();
                    handle.map_or(JsValue::NULL, |handle| {
                        handle.read_dates(|model| format!("{:016x}", model.schedule().digest())).into()
                    })
                })
                .into_js_value(),
            );
            set(
                "reschedule",
                &Closure::<dyn Fn(u32) -> JsValue>::new(move |times| reschedule(shown, times)).into_js_value(),
            );
            let _ = Reflect::set(&window(), &"taktBench".into(), &hooks);
        });
        move || {
            shown.get().map(|handle| {
                let attempt = move |operations: Vec<Operation>| handle.apply_all(&operations);
                view! { <Gantt handle=handle can_edit=true attempt=attempt on_undo=|()| {} on_redo=|()| {}/> }
            })
        }
    }

    /// Shows a plan, given as an object or as JSON text; resolves in the frame behind the one that painted it.
    fn load(
        plan: &JsValue,
        read: fn(&str) -> Result<(PlanDocument, Ids), Fault>,
        shown: RwSignal<Option<GanttHandle>>,
        ids: StoredValue<Ids>,
    ) -> Promise {
        let text = plan.as_string().or_else(|| JSON::stringify(plan).ok()?.as_string()).unwrap_or_default();
        let made = read(&text).and_then(|(document, found)| {
            ids.set_value(found);
            let now = document.head.start;
            GanttHandle::new(document, now).ok_or_else(|| Fault::field("plan", "this plan cannot be scheduled"))
        });
        match made {
            Ok(handle) => {
                shown.set(Some(handle));
                Promise::new(&mut |resolve, _| when_drawn(handle, resolve))
            }
            Err(fault) => Promise::reject(&js_sys::Error::new(&fault.to_string()).into()),
        }
    }

    fn when_drawn(handle: GanttHandle, resolve: Function) {
        request_animation_frame(move || {
            if handle.is_drawn() {
                let _ = resolve.call0(&JsValue::NULL);
            } else {
                when_drawn(handle, resolve);
            }
        });
    }

    fn bar_rect(shown: RwSignal<Option<GanttHandle>>, ids: StoredValue<Ids>, id: &str) -> JsValue {
        let id = ids.with_value(|ids| ids.get(id).copied());
        let rect = id.zip(shown.get_untracked()).and_then(|(id, handle)| handle.bar_in_window(id));
        let Some((x, y, width, height)) = rect else { return JsValue::NULL };
        let object = Object::new();
        for (name, value) in [("x", x), ("y", y), ("left", x), ("top", y), ("width", width), ("height", height)] {
            let _ = Reflect::set(&object, &name.into(), &value.into());
        }
        object.into()
    }

    fn dated(shown: RwSignal<Option<GanttHandle>>, ids: StoredValue<Ids>, id: &str, start: bool) -> JsValue {
        let id = ids.with_value(|ids| ids.get(id).copied());
        let at = id.zip(shown.get_untracked()).and_then(|(id, handle)| {
            handle.read_dates(|model| {
                let slot = model.schedule().tasks.get(model.position(id)? as usize)?;
                Some(if start { slot.start } else { slot.finish })
            })
        });
        at.map_or(JsValue::NULL, |at| at.to_string().into())
    }

    /// Milliseconds of each of so many passes of the scheduler over the plan that is shown.
    fn reschedule(shown: RwSignal<Option<GanttHandle>>, times: u32) -> JsValue {
        let (Some(handle), Some(clock)) = (shown.get_untracked(), window().performance()) else { return JsValue::NULL };
        let spent = Array::new();
        handle.read_dates(|model| {
            for _ in 0..times {
                let from = clock.now();
                let _ = std::hint::black_box(model.scheduler().run());
                spent.push(&(clock.now() - from).into());
            }
        });
        spent.unchecked_into()
    }
}
