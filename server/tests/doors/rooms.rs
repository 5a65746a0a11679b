//! A room has one name in every layer: whoever knows the word finds the rule, the table, the verb, the page, the
//! endpoint, the style and the browser test.

use std::{collections::BTreeSet, fs, path::Path};

use domain::Module;

/// The layers, and what stands in them that is no room.
const LAYERS: [(&str, &[&str]); 8] = [
    // Values that every room uses, and who may do what.
    ("domain/src", &["access", "fault", "id", "industry", "lib", "minute", "module", "money", "page"]),
    // What every room leaves behind: audit, outbox, kept answers.
    ("entity/src", &["lib", "trace"]),
    ("migration/src", &["lib", "sql", "trace"]),
    // The gate, the database and what runs beside the verbs.
    ("usecase/src", &["clock", "db", "fault", "gate", "lib", "limits", "live", "relay", "repeat", "services", "trace"]),
    // Parts and the frame of all pages.
    ("app/src", &["kit", "lib", "server_side", "shell", "site"]),
    // What all rooms share: how they refuse, and the stream of what happens.
    ("server/src/api", &["document", "events", "mod"]),
    // Whether anything answers at all, and stories that cross rooms or are too long for the file of theirs.
    (
        "end2end/tests",
        &[
            "arithmetic",
            "crash",
            "import",
            "plan-columns",
            "plan-editing",
            "plan-files",
            "plan-hands",
            "plan-project",
            "plan-staff",
            "shown",
            "smoke",
            "views",
            "workload",
        ],
    ),
    ("style/rooms", &[]),
];

/// Rooms that are built beside the modules: the entrance and the first page.
const UNSOLD: [&str; 2] = ["home", "identity"];

/// Where a room has nothing of its own in a layer. This list only shrinks.
const ABSENT: [(&str, &str, &str); 7] = [
    ("entity/src", "admin", "it works on the tables of identity and trace"),
    ("migration/src", "admin", "it works on the tables of identity and trace"),
    ("entity/src", "home", "it shows what other rooms store"),
    ("migration/src", "home", "it shows what other rooms store"),
    ("server/src/api", "home", "the first page is for people"),
    ("end2end/tests", "admin", "its pages are walked through in identity and projects"),
    ("end2end/tests", "home", "it is the first page of the walk in identity"),
];

fn names(layer: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(layer);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().split('.').next().map(str::to_owned);
    entries.filter_map(|entry| name(entry.expect("an entry"))).collect()
}

#[test]
fn every_layer_has_the_same_rooms() {
    let rooms: BTreeSet<&str> = Module::BUILT.iter().map(|module| module.slug()).chain(UNSOLD).collect();
    for (layer, others) in LAYERS {
        let found = names(layer);
        for name in &found {
            let known = rooms.contains(name.as_str()) || others.contains(&name.as_str());
            assert!(known, "{layer}/{name} is no room: build it in Module::BUILT or say what it is");
        }
        for room in &rooms {
            let absent = ABSENT.iter().any(|(of, absent, _)| of == &layer && absent == room);
            assert_ne!(found.contains(*room), absent, "{layer} and the room {room}: there, or absent for a reason");
        }
    }
}

#[test]
fn every_call_and_operation_belongs_to_a_room() {
    let rooms: BTreeSet<&str> = Module::ALL.iter().map(|module| module.slug()).chain(UNSOLD).collect();
    for (path, _) in leptos::server_fn::axum::server_fn_paths() {
        let room = path.split('/').nth(2).unwrap_or_default();
        assert!(path.starts_with("/fn/") && rooms.contains(room), "{path}");
    }
    let document = serde_json::to_value(server::api::document()).expect("a document");
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for operation in methods.as_object().expect("methods").values() {
            let tag = operation["tags"][0].as_str().unwrap_or_default();
            // The stream carries the events of all rooms.
            assert!(rooms.contains(tag) || tag == "events", "{path}: {tag}");
        }
    }
}
