//! The doors, tried from outside. Every door of the OpenAPI document and of the registry of server functions is knocked
//! at in every way that must be refused, so a new one is tried without anybody thinking of it.

mod calendar;
mod gate;
mod house;
mod limits;
mod openapi;
mod repeat;
mod rooms;
mod security;
