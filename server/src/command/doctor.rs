//! `takt doctor` and `takt healthcheck`

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::ExitCode,
    time::Duration,
};

use anyhow::{Context, Result};

use crate::{
    config::{DataArgs, IdentityArgs},
    http::assets,
};

/// Tries each thing that a server needs and says what to do where one is missing.
pub async fn run(data: &DataArgs, identity: &IdentityArgs) -> Result<ExitCode> {
    let mut well = true;
    let mut report = |name: &str, state: Result<String, String>| match state {
        Ok(found) => println!("  ok    {name}: {found}"),
        Err(advice) => {
            well = false;
            println!("  FAIL  {name}: {advice}");
        }
    };
    let url = data.url();
    report(
        "data folder",
        url.as_ref().map(|_| data.data_dir.display().to_string()).map_err(|error| format!("{error:#}")),
    );
    let settings = identity.settings(data);
    report("signing key", settings.as_ref().map(|_| "present".to_owned()).map_err(|error| format!("{error:#}")));
    let site = assets::site();
    let client =
        if site.wasm.is_empty() { Err("missing; build it with `make demo`".to_owned()) } else { Ok(site.wasm) };
    report("client", client);
    if let (Ok(_), Ok(settings)) = (url, settings) {
        match super::services(data, settings).await {
            Ok(services) => {
                report("database", Ok(services.database_kind().to_owned()));
                let pending = services.pending_steps().await.map_err(|fault| fault.to_string());
                report("schema", pending.map(|steps| format!("{} steps missing", steps.len())));
                services.close().await;
            }
            Err(error) => report("database", Err(format!("{error:#}"))),
        }
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `GET /health` in a few lines, so that a container needs no other program.
pub fn healthcheck(addr: &str) -> Result<ExitCode> {
    let mut stream = TcpStream::connect(addr).with_context(|| format!("nobody listens on {addr}"))?;
    stream.set_read_timeout(Some(Duration::from_secs(3)))?;
    write!(stream, "GET /health HTTP/1.0\r\nHost: {addr}\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let well = answer.starts_with("HTTP/1.0 200") || answer.starts_with("HTTP/1.1 200");
    println!("{}", if well { "ok" } else { "not well" });
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
