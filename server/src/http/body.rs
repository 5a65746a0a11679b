//! JSON bodies, with errors that name the place.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::header,
};
use domain::{Fault, FaultKind};
use serde::de::DeserializeOwned;

use super::problem::Problem;

/// A JSON body. What cannot be read is refused with the field, or with line and column where it is no JSON at all.
#[derive(Debug)]
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.is_empty() && !kind.split(';').next().unwrap_or_default().trim().ends_with("json") {
            let detail = format!("Send application/json; this is {kind}.");
            return Err(Fault::because(FaultKind::UnsupportedMedia, detail).into());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|refused| {
            let kind = if refused.status() == 413 { FaultKind::BodyTooLarge } else { FaultKind::BadRequest };
            Problem(Fault::new(kind))
        })?;
        Ok(Self(parse(&bytes)?))
    }
}

/// Reads JSON and names the field that does not fit.
///
/// # Errors
/// `BadRequest` where it is no JSON, `InvalidInput` with the field where it is another shape.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let cause = error.inner();
        if cause.is_data() {
            let field = missing_field(&cause.to_string())
                .map_or(path.clone(), |name| if path == "." { name.to_owned() } else { format!("{path}.{name}") });
            return Fault::field(field, sentence(&cause.to_string()));
        }
        Fault::because(FaultKind::BadRequest, format!("This is not JSON: {cause}."))
    })?;
    reader.end().map_err(|error| Fault::because(FaultKind::BadRequest, format!("This is not JSON: {error}.")))?;
    Ok(value)
}

fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.split('`').next()
}

/// serde's words, without the place, as a sentence.
fn sentence(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or(message);
    if missing_field(message).is_some() {
        return "This field is needed.".to_owned();
    }
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}
