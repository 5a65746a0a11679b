//! What every operation of the document says without its handler having to: how it refuses.

use utoipa::openapi::{
    Content, ObjectBuilder, OpenApi, Ref, RefOr, Required, Response, Schema, Type,
    path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem},
};

/// Refusals, and the sentence that heads them.
const REFUSALS: [(&str, &str); 10] = [
    ("400", "The request could not be read"),
    ("401", "Nobody is signed in, or the token is over"),
    ("403", "The module is off, its trial is over, or the role does not allow this"),
    ("404", "No such row, or another organisation's"),
    ("409", "It exists already, or the same request is still being carried out"),
    ("412", "Somebody changed it since"),
    ("413", "The body is larger than 16 MiB"),
    ("415", "The content type is not one that is read here"),
    ("422", "Fields need another look"),
    ("429", "Too many requests; `Retry-After` says when to come back"),
];

/// Gives each refusal its problem, and each operation the refusals that it shares with its kind.
pub(super) fn complete(document: &mut OpenApi) {
    admit_nothing(document);
    for (path, item) in &mut document.paths.paths {
        // What answers with a secret is kept for nobody.
        let kept = !path.ends_with("/feed");
        if let Some(post) = item.post.as_mut().filter(|post| kept && post.security.is_none()) {
            post.parameters.get_or_insert_default().push(idempotency_key().into());
            post.responses.responses.entry("409".to_owned()).or_insert_with(|| RefOr::T(Response::new("")));
        }
        for operation in operations(item) {
            for status in shared(path, operation) {
                operation.responses.responses.entry(status.to_owned()).or_insert_with(|| RefOr::T(Response::new("")));
            }
            for (status, response) in &mut operation.responses.responses {
                if let RefOr::T(response) = response {
                    refuse(status, response);
                }
            }
        }
    }
}

/// A row that was added was nothing before, one that was removed is nothing afterwards. The macro loses that where a type
/// has a parameter.
fn admit_nothing(document: &mut OpenApi) {
    let schemas = document.components.iter_mut().flat_map(|components| &mut components.schemas);
    for (_, change) in schemas.filter(|(name, _)| name.starts_with("RowChange_")) {
        let RefOr::T(Schema::Object(change)) = change else { continue };
        for side in change.properties.values_mut() {
            if let RefOr::T(Schema::Object(side)) = side {
                side.schema_type = [Type::Object, Type::Null].into_iter().collect();
            }
        }
    }
}

fn idempotency_key() -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).max_length(Some(200));
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "The same key with the same request within 24 hours gives the same answer and does the work once.",
        ))
        .schema(Some(text))
        .example(Some("8e03978e-40d5-43dd-bc93-6894a57f9324".into()))
        .build()
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten()
}

/// What an operation refuses because of its kind.
fn shared(path: &str, operation: &Operation) -> Vec<&'static str> {
    let mut shared = vec!["429"];
    // Doors for strangers say so; the others need somebody.
    if operation.security.is_none() {
        shared.extend(["401", "403"]);
    }
    if path.contains('{') {
        shared.push("404");
    }
    let asks = |one: &RefOr<Parameter>| matches!(one, RefOr::T(one) if matches!(one.parameter_in, ParameterIn::Query));
    if operation.parameters.iter().flatten().any(asks) {
        shared.push("422");
    }
    if operation.request_body.is_some() {
        shared.extend(["400", "413", "415", "422"]);
    }
    shared
}

fn refuse(status: &str, response: &mut Response) {
    let Some((_, sentence)) = REFUSALS.iter().find(|(refusal, _)| *refusal == status) else {
        if response.description.is_empty() {
            "Done".clone_into(&mut response.description);
        }
        return;
    };
    if response.description.is_empty() {
        (*sentence).clone_into(&mut response.description);
    }
    let problem = Content::new(Some(Ref::from_schema_name("Problem")));
    response.content.insert("application/problem+json".to_owned(), problem.into());
}
