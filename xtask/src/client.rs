//! From crates, style sheets and packages to the folder that the server serves.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::pack::{self, Size};

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds everything into `site/`.
pub fn build(release: bool, record: bool) -> Result<()> {
    let site = PathBuf::from(env::var_os("TAKT_SITE").unwrap_or_else(|| "site".into()));
    let target = PathBuf::from(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()));
    let wasm = compile(release, &target)?;
    let bound = bind(&wasm, &target)?;
    if release {
        optimise(&bound.join("takt_bg.wasm"), &target)?;
    }
    // A new folder, so that nothing of an older build is left.
    let _ = fs::remove_dir_all(&site);
    fs::create_dir_all(site.join("pkg"))?;
    let style = style(&target)?;
    let wasm = pack::place(&site, "takt.wasm", &fs::read(bound.join("takt_bg.wasm"))?, release)?;
    let js = pack::place(&site, "takt.js", &fs::read(bound.join("takt.js"))?, release)?;
    let css = pack::place(&site, "takt.css", &style, release)?;
    let echarts =
        pack::place(&site, "echarts.js", &fs::read("node_modules/echarts/dist/echarts.common.min.js")?, release)?;
    let manifest = json!({ "js": js.address, "wasm": wasm.address, "css": css.address, "echarts": echarts.address });
    fs::write(site.join("manifest.json"), serde_json::to_vec_pretty(&manifest)?)?;
    for file in fs::read_dir("public")?.flatten() {
        fs::copy(file.path(), site.join(file.file_name()))?;
    }
    if release {
        report(
            &[("WebAssembly", &wasm), ("JavaScript", &js), ("Style", &css), ("Charts, loaded when shown", &echarts)],
            record,
        )?;
    }
    Ok(())
}

fn said<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let from = Instant::now();
    let done = work()?;
    println!("  {what}: {:.1} s", from.elapsed().as_secs_f32());
    Ok(done)
}

fn compile(release: bool, target: &Path) -> Result<PathBuf> {
    let profile = if release { "wasm-release" } else { "dev" };
    said("cargo", || {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status =
            Command::new(cargo).args(["build", "-p", "frontend", "--target", TARGET, "--profile", profile]).status()?;
        ensure!(status.success(), "the client did not compile");
        let folder = if release { "wasm-release" } else { "debug" };
        Ok(target.join(TARGET).join(folder).join("frontend.wasm"))
    })
}

/// wasm-bindgen as a library: its version is the one in the lock file, whatever is installed.
fn bind(wasm: &Path, target: &Path) -> Result<PathBuf> {
    said("wasm-bindgen", || {
        let into = target.join("client");
        let _ = fs::remove_dir_all(&into);
        fs::create_dir_all(&into)?;
        wasm_bindgen_cli_support::Bindgen::new()
            .input_path(wasm)
            .out_name("takt")
            .web(true)?
            .omit_default_module_path(false)
            .typescript(false)
            .generate(&into)?;
        ensure!(!into.join("snippets").exists(), "a crate brings JavaScript snippets, which are not packed yet");
        Ok(into)
    })
}

/// wasm-opt, unless it has seen these very bytes before.
fn optimise(wasm: &Path, target: &Path) -> Result<()> {
    said("wasm-opt", || {
        let before = fs::read(wasm)?;
        let kept = target.join(format!("optimised-{}.wasm", pack::hash(&before)));
        if !kept.exists() {
            let tool = "node_modules/binaryen/bin/wasm-opt";
            let status = Command::new("node")
                .arg(tool)
                .args(["-Oz", "--all-features", "-o"])
                .arg(&kept)
                .arg(wasm)
                .status()
                .context("running wasm-opt; scripts/setup installs it")?;
            ensure!(status.success(), "wasm-opt failed");
        }
        fs::copy(&kept, wasm)?;
        Ok(())
    })
}

/// One style sheet from all, minified.
fn style(target: &Path) -> Result<Vec<u8>> {
    said("style", || {
        let into = target.join("takt.css");
        // The package for this machine holds the program itself; install scripts, which would link it, do not run.
        let tool = fs::read_dir("node_modules")?
            .flatten()
            .find(|entry| entry.file_name().to_string_lossy().starts_with("lightningcss-cli-"))
            .context("the bundler of style sheets is missing; scripts/setup installs it")?;
        let status = Command::new(tool.path().join("lightningcss"))
            .args(["--bundle", "--minify", "--targets", "chrome 123, firefox 120, safari 17.5", "style/main.css", "-o"])
            .arg(&into)
            .status()?;
        ensure!(status.success(), "the style sheets could not be bundled");
        Ok(fs::read(into)?)
    })
}

/// The sizes that a first visit pays for.
fn report(files: &[(&str, &pack::Placed)], record: bool) -> Result<()> {
    let mut table = String::from("| File | Raw | gzip | Brotli |\n|---|---:|---:|---:|\n");
    let mut first = Size::default();
    for (name, file) in files {
        table += &file.size.row(name);
        if !name.starts_with("Charts") {
            first = first.plus(file.size);
        }
    }
    table += &first.row("**First load**");
    println!("{table}");
    if record {
        let path = "docs/benchmarks.md";
        let text = fs::read_to_string(path).with_context(|| format!("reading {path}"))?;
        let marks = ("<!-- client-sizes -->\n", "<!-- /client-sizes -->");
        let (head, rest) = text.split_once(marks.0).context("the mark client-sizes is missing")?;
        let (_, tail) = rest.split_once(marks.1).context("the end of client-sizes is missing")?;
        fs::write(path, format!("{head}{}{table}{}{tail}", marks.0, marks.1))?;
    }
    Ok(())
}
