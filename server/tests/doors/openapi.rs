//! The document of the API says what the API does: every body has a schema, every reference leads somewhere, and real
//! answers look as described.

use serde_json::{Value, json};

use crate::house::House;

fn document() -> Value {
    serde_json::to_value(server::api::document()).expect("a document")
}

/// Every operation, as `get /api/v1/projects`.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let methods = paths.iter().flat_map(|(path, item)| {
        item.as_object()
            .expect("methods")
            .iter()
            .map(move |(method, operation)| (format!("{method} {path}"), operation))
    });
    methods.collect()
}

/// Every schema of a body that an operation takes or gives.
fn bodies(operation: &Value) -> Vec<(&str, &Value)> {
    let answers = operation["responses"].as_object().into_iter().flatten().map(|(_, answer)| answer);
    let contents = std::iter::once(&operation["requestBody"]).chain(answers).filter_map(|of| of["content"].as_object());
    contents.flatten().map(|(kind, content)| (kind.as_str(), &content["schema"])).collect()
}

/// The schema itself, where this is a reference to it.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let Some(address) = schema["$ref"].as_str() else { return schema };
    let found = document.pointer(address.trim_start_matches('#'));
    found.unwrap_or_else(|| panic!("{address} leads nowhere"))
}

/// Operations whose bodies are not described. This list stays empty.
const SHAPELESS: [&str; 0] = [];

#[test]
fn every_body_has_a_shape() {
    let document = document();
    for (name, operation) in operations(&document) {
        for (kind, schema) in bodies(operation) {
            let schema = resolved(&document, schema);
            let shaped =
                ["properties", "items", "allOf", "oneOf", "anyOf", "enum"].iter().any(|key| !schema[key].is_null());
            let plain = matches!(schema["type"].as_str(), Some("string" | "integer"));
            assert!(shaped || plain || SHAPELESS.contains(&name.as_str()), "{name} {kind}: {schema}");
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn walk(document: &Value, here: &Value) {
        resolved(document, here);
        match here {
            Value::Object(fields) => fields.values().for_each(|field| walk(document, field)),
            Value::Array(items) => items.iter().for_each(|item| walk(document, item)),
            _ => {}
        }
    }
    walk(&document(), &document());
}

#[test]
fn every_refusal_is_a_problem() {
    let document = document();
    for (name, operation) in operations(&document) {
        let answers = operation["responses"].as_object().expect("answers");
        assert!(answers.contains_key("429"), "{name}");
        for (status, answer) in answers.iter().filter(|(status, _)| status.starts_with('4')) {
            let schema = &answer["content"]["application/problem+json"]["schema"];
            assert_eq!(schema, &json!({ "$ref": "#/components/schemas/Problem" }), "{name} {status}");
            assert!(!answer["description"].as_str().unwrap_or_default().is_empty(), "{name} {status}");
        }
    }
}

/// Names of the fields that a schema describes, and of those that it demands, with the parts that it is made of.
fn fields<'a>(
    document: &'a Value,
    schema: &'a Value,
    known: &mut Vec<(&'a str, &'a Value)>,
    needed: &mut Vec<&'a str>,
) {
    let schema = resolved(document, schema);
    for part in schema["allOf"].as_array().into_iter().flatten() {
        fields(document, part, known, needed);
    }
    known.extend(schema["properties"].as_object().into_iter().flatten().map(|(name, field)| (name.as_str(), field)));
    needed.extend(schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str));
}

/// What of `answer` is not as `schema` says; empty where all is well.
fn differs(document: &Value, schema: &Value, answer: &Value, place: &str) -> Vec<String> {
    let schema = resolved(document, schema);
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[choice].as_array() {
            let fits = choices.iter().any(|one| differs(document, one, answer, place).is_empty());
            return if fits { Vec::new() } else { vec![format!("{place} is none of {schema}: {answer}")] };
        }
    }
    let kinds = match &schema["type"] {
        Value::String(kind) => vec![kind.as_str()],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = |kind: &str| match kind {
        "object" => answer.is_object(),
        "array" => answer.is_array(),
        "string" => answer.is_string(),
        "integer" => answer.is_i64() || answer.is_u64(),
        "number" => answer.is_number(),
        "boolean" => answer.is_boolean(),
        "null" => answer.is_null(),
        other => panic!("{place}: what is {other}?"),
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is(kind)) {
        return vec![format!("{place} is no {kinds:?}: {answer}")];
    }
    if let Some(words) = schema["enum"].as_array().filter(|words| !words.contains(answer)) {
        return vec![format!("{place} is none of {words:?}: {answer}")];
    }
    let mut wrong = Vec::new();
    if let Some(items) = answer.as_array().filter(|_| !schema["items"].is_null()) {
        for (index, item) in items.iter().enumerate() {
            wrong.extend(differs(document, &schema["items"], item, &format!("{place}[{index}]")));
        }
    }
    let (mut known, mut needed) = (Vec::new(), Vec::new());
    fields(document, schema, &mut known, &mut needed);
    if let Some(given) = answer.as_object().filter(|_| !known.is_empty()) {
        wrong.extend(
            needed.iter().filter(|name| !given.contains_key(**name)).map(|name| format!("{place}.{name} is missing")),
        );
        for (name, value) in given {
            match known.iter().find(|(known, _)| known == name) {
                Some((_, field)) => wrong.extend(differs(document, field, value, &format!("{place}.{name}"))),
                None => wrong.push(format!("{place}.{name} is not described")),
            }
        }
    }
    wrong
}

#[tokio::test]
async fn real_answers_look_as_described() {
    let house = House::open().await;
    let token = house.organization("acme").await;
    let id = house.project(&token, "Die").await;
    let at = |rest: &str| format!("/api/v1/projects/{id}{rest}");
    let (_, first) = house.ask("POST", &at("/tasks"), Some(&token), json!({ "name": "Cut" })).await;
    let (_, second) =
        house.ask("POST", &at("/tasks"), Some(&token), json!({ "name": "Form", "deadline": "2026-01-05" })).await;
    let first = first["id"].as_str().expect("an id").to_owned();
    let pair = json!({ "predecessor_id": first, "successor_id": second["id"] });
    let document = document();
    let mut tried = 0;
    let mut check = async |method: &str, path: &str, pattern: &str, body: Value| {
        let (status, answer) = house.ask(method, path, Some(&token), body).await;
        let operation = &document["paths"][format!("/api/v1{pattern}")][method.to_lowercase()];
        let described = &operation["responses"][status.as_str()]["content"];
        let kind = if status.is_success() { "application/json" } else { "application/problem+json" };
        let schema = &described[kind]["schema"];
        assert!(!schema.is_null(), "{method} {pattern} {status} is not described: {answer}");
        let wrong = differs(&document, schema, &answer, "answer");
        assert!(wrong.is_empty(), "{method} {pattern}: {wrong:#?}");
        tried += 1;
        answer
    };
    check("POST", &at("/links"), "/projects/{id}/links", pair.clone()).await;
    check("POST", &at("/links"), "/projects/{id}/links", pair).await;
    let comment = json!({ "body": "Hello" });
    check("POST", &at(&format!("/tasks/{first}/comments")), "/projects/{id}/tasks/{task_id}/comments", comment).await;
    let rename = json!({ "operations": [{ "op": "edit_project", "patch": { "name": "Die 2" } }] });
    check("POST", &at("/operations"), "/projects/{id}/operations", rename).await;
    check("POST", &at("/undo"), "/projects/{id}/undo", json!({})).await;
    check("PATCH", &at(""), "/projects/{id}", json!({ "status": "active", "target_end_date": null })).await;
    check("PATCH", &at(&format!("/tasks/{first}")), "/projects/{id}/tasks/{task_id}", json!({ "progress": 10 })).await;
    check("POST", "/api/v1/projects", "/projects", json!({ "name": "" })).await;
    check("POST", "/api/v1/projects/import?filename=a.csv&preview=true", "/projects/import", Value::Null).await;
    check("POST", &at("/restore"), "/projects/{id}/restore", json!({ "at": "1" })).await;
    check("POST", &at("/copy"), "/projects/{id}/copy", json!({ "name": "Die 3" })).await;
    check("POST", &at("/template"), "/projects/{id}/template", json!({ "name": "Die" })).await;
    check("POST", &at("/feed"), "/projects/{id}/feed", Value::Null).await;
    let after = json!({ "template": "ppap", "name": "Order 1", "start_date": "2026-01-05" });
    check("POST", "/api/v1/projects/from-template", "/projects/from-template", after).await;
    check("GET", &at("/plan?at=1"), "/projects/{id}/plan", Value::Null).await;
    check("GET", &at("/plan?at=99"), "/projects/{id}/plan", Value::Null).await;
    for path in ["/projects/feed", "/projects/templates"] {
        check("GET", &format!("/api/v1{path}"), path, Value::Null).await;
    }
    for rest in ["", "/plan", "/tasks", "/links", "/schedule", "/activity", "/feed"] {
        check("GET", &at(rest), &format!("/projects/{{id}}{rest}"), Value::Null).await;
    }
    for one in ["", "/comments"] {
        let pattern = format!("/projects/{{id}}/tasks/{{task_id}}{one}");
        check("GET", &at(&format!("/tasks/{first}{one}")), &pattern, Value::Null).await;
    }
    let press = "00000000-0000-7000-8000-000000000001";
    let machine = json!({ "kind": "machine", "name": "Press" });
    check("PUT", &format!("/api/v1/resources/{press}"), "/resources/{resource_id}", machine).await;
    let needs = json!({ "assignments": [{ "resource_id": press, "units": 100 }] });
    check("PATCH", &at(&format!("/tasks/{first}")), "/projects/{id}/tasks/{task_id}", needs).await;
    let days = "from=2026-01-01&to=2026-01-31";
    for given in [days, "from=2026-01-01&to=2027-12-31", "step=year", "kind=tool", "over=perhaps"] {
        let path = format!("/api/v1/projects/resources/load?{given}");
        check("GET", &path, "/projects/resources/load", Value::Null).await;
    }
    let parts = format!("/api/v1/projects/resources/{press}/load?{days}");
    let parts = check("GET", &parts, "/projects/resources/{resource_id}/load", Value::Null).await;
    assert_eq!(parts["items"][0]["task_name"], "Cut");
    for path in ["/projects", "/auth/me", "/modules", "/people", "/audit", "/audit/check"] {
        check("GET", &format!("/api/v1{path}"), path, Value::Null).await;
    }
    assert!(tried > 20, "{tried}");
}

#[test]
fn every_example_looks_as_described() {
    let document = document();
    let mut tried = 0;
    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        if let Some(example) = schema.get("example") {
            assert_eq!(differs(&document, schema, example, name), Vec::<String>::new());
            tried += 1;
        }
    }
    assert!(tried >= 4, "{tried}");
}

#[test]
fn lists_say_what_they_take() {
    let document = document();
    for (name, operation) in operations(&document).into_iter().filter(|(name, _)| name.starts_with("get ")) {
        let paged = bodies(operation).iter().any(|(_, schema)| {
            let schema = resolved(&document, schema);
            !schema["properties"]["next_cursor"].is_null()
        });
        let takes =
            |wanted: &str| operation["parameters"].as_array().into_iter().flatten().any(|one| one["name"] == wanted);
        assert_eq!(paged, takes("cursor"), "{name}");
    }
}
