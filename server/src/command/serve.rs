//! `takt serve`

use std::{net::SocketAddr, process::ExitCode, time::Duration};

use anyhow::{Context, Result};
use clap::Args;
use leptos::config::LeptosOptions;
use tokio::net::TcpListener;
use usecase::Services;

use crate::{
    config::{DataArgs, IdentityArgs, LimitArgs},
    http::{self, Door, assets, metrics},
};

/// Seconds between clean-ups of what is over.
const CLEAN_EVERY: Duration = Duration::from_secs(600);

/// Pause between looks into the outbox.
const RELAY_EVERY: Duration = Duration::from_secs(1);
/// The longest pause while something cannot be published.
const RELAY_AT_LEAST: Duration = Duration::from_secs(60);

#[derive(Args, Debug)]
pub struct ServeArgs {
    /// Address to listen on.
    #[arg(long, env = "TAKT_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// Fill an empty database with demonstration data first.
    #[arg(long)]
    demo: bool,
    /// Pages for measuring, such as /bench/gantt, and no limits.
    #[arg(long, env = "TAKT_BENCH")]
    bench: bool,
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    identity: IdentityArgs,
    #[command(flatten)]
    limits: LimitArgs,
}

pub async fn run(args: ServeArgs) -> Result<ExitCode> {
    let mut settings = args.identity.settings(&args.data)?;
    settings.limits = args.limits.settings(args.bench);
    let secure_cookies = settings.base_url.starts_with("https://");
    let services = super::services(&args.data, settings).await?;
    if args.demo {
        super::demo::run(&services).await?;
    }
    let leptos = LeptosOptions::builder().output_name("takt").site_addr(args.addr).build();
    let site = assets::site().with_bench(args.bench);
    let door = Door { services: services.clone(), leptos, site, metrics: metrics::start() };
    let listener = TcpListener::bind(args.addr).await.with_context(|| format!("listening on {}", args.addr))?;
    let address = listener.local_addr()?;
    tracing::info!(%address, database = services.database_kind(), "Takt is serving");
    println!("Takt is serving at http://{}", shown(address));
    tokio::spawn(clean_up(services.clone()));
    tokio::spawn(relay(services.clone()));
    axum::serve(listener, http::router(door, secure_cookies).into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(stop_signal())
        .await
        .context("serving")?;
    services.close().await;
    Ok(ExitCode::SUCCESS)
}

/// An address that a browser on this machine can open.
fn shown(address: SocketAddr) -> String {
    if address.ip().is_unspecified() || address.ip().is_loopback() {
        format!("localhost:{}", address.port())
    } else {
        address.to_string()
    }
}

async fn clean_up(services: Services) {
    let mut pulse = tokio::time::interval(CLEAN_EVERY);
    loop {
        pulse.tick().await;
        match usecase::identity::purge_sessions(&services).await {
            Ok(gone) if gone > 0 => tracing::info!(gone, "forgot sessions that were over"),
            _ => {}
        }
        match usecase::relay::forget_published(&services).await {
            Ok(gone) if gone > 0 => tracing::info!(gone, "forgot announcements that were published a week ago"),
            _ => {}
        }
        match usecase::repeat::forget_answers(&services).await {
            Ok(gone) if gone > 0 => tracing::info!(gone, "forgot answers that were older than a day"),
            _ => {}
        }
    }
}

/// Publishes what the outbox holds, again and again; while something cannot be published, in growing pauses.
async fn relay(services: Services) {
    let mut pause = RELAY_EVERY;
    loop {
        tokio::time::sleep(pause).await;
        let well = match usecase::relay::relay(&services, services.live()).await {
            Ok(outbox) => {
                metrics::outbox(&outbox);
                outbox.held_up == 0
            }
            Err(fault) => {
                tracing::warn!(%fault, "the outbox cannot be read");
                false
            }
        };
        pause = if well { RELAY_EVERY } else { (pause * 2).min(RELAY_AT_LEAST) };
    }
}

/// Ends on Ctrl-C or on the service manager's word; live streams are cut after a moment.
async fn stop_signal() {
    let mut terminate = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => {
            tracing::warn!(%error, "no termination signal; Ctrl-C works");
            let _ = tokio::signal::ctrl_c().await;
            return;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
    tokio::spawn(async {
        tokio::time::sleep(Duration::from_secs(3)).await;
        // An open event stream never ends by itself; what was acknowledged is stored already.
        std::process::exit(0);
    });
}
