//! Published answers and properties.

#[path = "rules"]
mod rules {
    mod operations;
    mod published;
    mod schedule;
    mod together;
}
