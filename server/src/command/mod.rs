//! The command line.

mod demo;
mod doctor;
mod schedule;
mod serve;

use std::{process::ExitCode, sync::Arc};

use anyhow::{Context, Result, anyhow};
use clap::{Parser, Subcommand};
use usecase::{Services, Settings, SystemClock, TracingMailer, db::Database};

use crate::config::{DataArgs, IdentityArgs};

/// Takt: plan, make, maintain and sell, in one program.
#[derive(Parser, Debug)]
#[command(version, about, max_term_width = 100)]
pub struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Serve the application.
    Serve(serve::ServeArgs),
    /// Bring the database schema up to date.
    Migrate {
        #[command(flatten)]
        data: DataArgs,
    },
    /// Fill the database.
    Seed {
        /// Lively demonstration data: an organisation, its people and plans.
        #[arg(long)]
        demo: bool,
        #[command(flatten)]
        data: DataArgs,
        #[command(flatten)]
        identity: IdentityArgs,
    },
    /// Create an operator of this installation. The password is read from TAKT_PASSWORD or asked for.
    CreateSuperadmin {
        #[arg(long)]
        email: String,
        #[arg(long, default_value = "Operator")]
        name: String,
        #[command(flatten)]
        data: DataArgs,
        #[command(flatten)]
        identity: IdentityArgs,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Say what is well and what is not, and what to do about it.
    Doctor {
        #[command(flatten)]
        data: DataArgs,
        #[command(flatten)]
        identity: IdentityArgs,
    },
    /// Schedule a plan from an MS Project XML, CSV, Excel or PSPLIB file, without a server.
    Schedule(schedule::ScheduleArgs),
    /// Ask a running server whether it lives; for container health checks.
    Healthcheck {
        #[arg(long, default_value = "127.0.0.1:3000")]
        addr: String,
    },
}

/// Carries out what the command line says.
#[must_use]
pub fn main(command: Command) -> ExitCode {
    let done = match command.verb {
        Verb::Openapi => print_openapi(),
        Verb::Schedule(args) => schedule::run(&args),
        Verb::Healthcheck { addr } => doctor::healthcheck(&addr),
        verb => with_runtime(verb),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("takt: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn with_runtime(verb: Verb) -> Result<ExitCode> {
    crate::logging::start();
    // One provider for all of TLS; a second installation is none of our business.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting the runtime")?;
    runtime.block_on(async {
        match verb {
            Verb::Serve(args) => serve::run(args).await,
            Verb::Migrate { data } => {
                migrate(&data).await?;
                println!("The schema is up to date.");
                Ok(ExitCode::SUCCESS)
            }
            Verb::Seed { demo, data, identity } => {
                anyhow::ensure!(demo, "say what to fill it with: takt seed --demo");
                demo::run(&services(&data, identity.settings(&data)?).await?).await
            }
            Verb::CreateSuperadmin { email, name, data, identity } => {
                let services = services(&data, identity.settings(&data)?).await?;
                let password = std::env::var("TAKT_PASSWORD").or_else(|_| ask_password())?;
                usecase::identity::create_operator(&services, &email, &name, &password)
                    .await
                    .map_err(|fault| anyhow!("{fault}"))?;
                println!("{email} may now run this installation.");
                Ok(ExitCode::SUCCESS)
            }
            Verb::Doctor { data, identity } => doctor::run(&data, &identity).await,
            Verb::Openapi | Verb::Schedule(_) | Verb::Healthcheck { .. } => Ok(ExitCode::SUCCESS),
        }
    })
}

async fn migrate(data: &DataArgs) -> Result<()> {
    usecase::db::migrate(&data.url()?)
        .await
        .map_err(|_| anyhow!("the schema could not be brought up to date; the log says why"))
}

/// Brings the schema up to date and ties the parts together.
async fn services(data: &DataArgs, settings: Settings) -> Result<Services> {
    migrate(data).await?;
    let opened = Database::open(&data.url()?, data.connections).await;
    let database = opened.map_err(|_| anyhow!("the database cannot be opened; the log says why"))?;
    Ok(Services::new(database, Arc::new(SystemClock), Arc::new(TracingMailer), settings))
}

fn print_openapi() -> Result<ExitCode> {
    println!("{}", crate::api::document().to_pretty_json()?);
    Ok(ExitCode::SUCCESS)
}

fn ask_password() -> Result<String> {
    eprint!("Password: ");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
