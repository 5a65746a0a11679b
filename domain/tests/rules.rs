//! Published answers and properties.

#[path = "rules"]
mod rules {
    mod clipboard;
    mod export;
    mod import;
    mod level;
    mod level_backward;
    mod level_properties;
    mod ms_project;
    mod operations;
    mod past;
    mod picture;
    mod published;
    mod schedule;
    mod staff_in_files;
    mod staffing;
    mod together;
    mod workload;
}
