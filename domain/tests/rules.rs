//! Published answers and properties.

#[path = "rules"]
mod rules {
    mod export;
    mod import;
    mod level;
    mod operations;
    mod published;
    mod schedule;
    mod together;
}
