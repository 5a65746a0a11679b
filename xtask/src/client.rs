//! From crates, style sheets and packages to the folder that the server serves.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Instant, UNIX_EPOCH},
};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::json;

use crate::{pack, sizes};

const TARGET: &str = "wasm32-unknown-unknown";

/// What every browser of the last years understands, and no more: with `--all-features` wasm-opt writes a module
/// that no browser loads.
const WASM_FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The oldest browsers that style sheets are written for.
const BROWSERS: &str = "chrome 123, firefox 120, safari 17.5";

const ECHARTS: &str = "node_modules/echarts/dist/echarts.common.min.js";

/// Where things are.
struct Places {
    /// Served.
    site: PathBuf,
    /// Cargo's.
    target: PathBuf,
    /// Between the two, of this clone alone: clones share cargo's.
    work: PathBuf,
}

impl Places {
    fn find() -> Result<Self> {
        let site = site();
        let target = PathBuf::from(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()));
        let clone = env::current_dir()?;
        let work = target.join("client").join(pack::hash(clone.as_os_str().as_encoded_bytes()));
        fs::create_dir_all(&work)?;
        Ok(Self { site, target, work })
    }
}

/// The folder that the server serves.
pub fn site() -> PathBuf {
    PathBuf::from(env::var_os("TAKT_SITE").unwrap_or_else(|| "site".into()))
}

/// Builds everything into the site folder.
pub fn build(release: bool) -> Result<()> {
    let places = Places::find()?;
    let wasm = compile(release, &places.target)?;
    let style = style(&places.work)?;
    let inputs = format!("site {}\n{}", places.site.display(), inputs(release, &wasm, &style)?);
    let stamp = places.work.join("inputs");
    if fs::read_to_string(&stamp).is_ok_and(|built| built == inputs) && places.site.join("manifest.json").exists() {
        println!("  The client is as it was.");
        return Ok(());
    }
    let parts = split(&wasm, &places.work)?;
    let bound = bind(&parts.join(MAIN), &parts)?;
    if release {
        for part in
            pack::files_below(&bound)?.iter().filter(|file| file.extension().is_some_and(|ending| ending == "wasm"))
        {
            optimise(part, &places.target)?;
        }
    }
    let _ = fs::remove_file(&stamp);
    said("pack", || pack_site(&places.site, &bound, &style, release))?;
    fs::write(&stamp, inputs)?;
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
            // Where functions call each other is written down, so that the client can be split along it.
            Command::new(cargo)
                .args(["rustc", "-p", "frontend", "--lib", "--target", TARGET, "--profile", profile])
                .args(["--crate-type", "cdylib", "--", "-C", "link-arg=--emit-relocs", "-C", "strip=none"])
                .status()?;
        ensure!(status.success(), "the client did not compile");
        let folder = if release { "wasm-release" } else { "debug" };
        Ok(target.join(TARGET).join(folder).join("frontend.wasm"))
    })
}

/// All that decides the site's content. Files by length and time: reading them takes as long as packing them.
fn inputs(release: bool, wasm: &Path, style: &[u8]) -> Result<String> {
    let mut seen = format!("release {release}\nstyle {}\n", pack::hash(style));
    let mut files =
        vec![env::current_exe()?, wasm.to_owned(), ECHARTS.into(), "node_modules/binaryen/package.json".into()];
    files.extend(pack::files_below(Path::new("public"))?);
    for file in files {
        let about =
            fs::metadata(&file).with_context(|| format!("{} is missing; scripts/setup brings it", file.display()))?;
        let written = about.modified()?.duration_since(UNIX_EPOCH)?.as_nanos();
        seen += &format!("{} {} {written}\n", file.display(), about.len());
    }
    Ok(seen)
}

/// The part that every page needs, and one for each function that is marked `#[lazy]`, with the script that loads them.
fn split(wasm: &Path, work: &Path) -> Result<PathBuf> {
    said("split", || {
        let into = work.join("parts");
        let _ = fs::remove_dir_all(&into);
        fs::create_dir_all(&into)?;
        let input = fs::read(wasm)?;
        let main = into.join(MAIN);
        let mut options = wasm_split_cli_support::Options::new(&input);
        options.output_dir = &into;
        options.main_out_path = &main;
        options.main_module = "./takt.js";
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("splitting the client: {error:?}"))?;
        let loader = into.join("__wasm_split.js");
        let script = fs::read_to_string(&loader)?;
        ensure!(script.contains(FETCH), "the loader of parts fetches otherwise than before");
        fs::write(&loader, script.replace(FETCH, "const src = again(") + AGAIN)?;
        Ok(into)
    })
}

/// How the loader asks for a part.
const FETCH: &str = "const src = fetch(";
/// Whoever has no connection waits for a part until there is one; whoever has an old program takes the new one.
const AGAIN: &str = "
async function again(url) {
    for (;;) {
        const answer = await fetch(url).catch(() => undefined);
        if (answer?.ok) return answer;
        if (answer?.status === 404) location.reload();
        await new Promise((done) => setTimeout(done, 1500));
    }
}
";

/// The first part, before wasm-bindgen.
const MAIN: &str = "main.wasm";

/// wasm-bindgen as a library: its version is the one in the lock file, whatever is installed.
fn bind(wasm: &Path, parts: &Path) -> Result<PathBuf> {
    said("wasm-bindgen", || {
        let into = parts.to_owned();
        wasm_bindgen_cli_support::Bindgen::new()
            .input_path(wasm)
            .out_name("takt")
            .web(true)?
            .omit_default_module_path(false)
            .typescript(false)
            // The parts share the table of functions with the first one.
            .keep_lld_exports(true)
            .generate(&into)?;
        ensure!(!into.join("snippets").exists(), "a crate brings JavaScript snippets, which are not packed yet");
        fs::remove_file(wasm)?;
        Ok(into)
    })
}

/// wasm-opt, unless it has seen these very bytes before.
fn optimise(wasm: &Path, target: &Path) -> Result<()> {
    said("wasm-opt", || {
        let mut arguments: Vec<OsString> = vec!["node_modules/binaryen/bin/wasm-opt".into(), "-Oz".into()];
        arguments.extend(WASM_FEATURES.map(OsString::from));
        let mut seen =
            fs::read("node_modules/binaryen/package.json").context("wasm-opt is missing; scripts/setup brings it")?;
        seen.extend(arguments.iter().flat_map(|argument| argument.as_encoded_bytes()));
        seen.extend(fs::read(wasm)?);
        let kept = target.join("client").join(format!("{}.wasm", pack::hash(&seen)));
        if !kept.exists() {
            let part = kept.with_extension("part");
            let status = Command::new("node")
                .args(&arguments)
                .arg("-o")
                .arg(&part)
                .arg(wasm)
                .status()
                .context("running node")?;
            ensure!(status.success(), "wasm-opt failed");
            fs::rename(&part, &kept)?;
        }
        fs::copy(&kept, wasm)?;
        Ok(())
    })
}

/// One style sheet from all, minified.
fn style(work: &Path) -> Result<Vec<u8>> {
    said("style", || {
        let into = work.join("takt.css");
        let status = Command::new(bundler()?)
            .args(["--bundle", "--minify", "--targets", BROWSERS, "style/main.css", "-o"])
            .arg(&into)
            .status()?;
        ensure!(status.success(), "the style sheets could not be bundled");
        Ok(fs::read(into)?)
    })
}

/// The bundler of style sheets: the package for this machine holds the program itself. There may be packages for
/// other machines beside it, and install scripts, which would choose among them, do not run.
fn bundler() -> Result<PathBuf> {
    fs::read_dir("node_modules")
        .context("the client's tools are missing; scripts/setup brings them")?
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("lightningcss-cli-"))
        .map(|entry| entry.path().join("lightningcss"))
        .find(|tool| Command::new(tool).arg("--version").output().is_ok_and(|done| done.status.success()))
        .context("no bundler of style sheets runs on this machine; scripts/setup brings it")
}

/// A new folder each time, so that nothing of an older build is left.
fn pack_site(site: &Path, bound: &Path, style: &[u8], release: bool) -> Result<()> {
    let _ = fs::remove_dir_all(site);
    fs::create_dir_all(site.join("pkg"))?;
    let client = pack::place_all(site, bound, release)?;
    let named = |file: &PathBuf| Some(format!("{client}/{}", file.file_name()?.to_str()?));
    let later = |name: &String| name.ends_with(".wasm") && !name.ends_with("/takt_bg.wasm");
    let parts: Vec<String> = pack::files_below(bound)?.iter().filter_map(named).filter(later).collect();
    let css = pack::place(site, "takt.css", style, release)?;
    let echarts = pack::place(site, "echarts.js", &fs::read(ECHARTS)?, release)?;
    let public = Path::new("public");
    for file in pack::files_below(public)? {
        let name = file.strip_prefix(public)?;
        let into = site.join(name);
        fs::create_dir_all(into.parent().context("a file is in a folder")?)?;
        fs::copy(&file, &into)?;
        if release && pack::shrinks(name) {
            pack::compress(&into)?;
        }
    }
    let manifest = json!({
        "js": format!("{client}/takt.js"),
        "wasm": format!("{client}/takt_bg.wasm"),
        "loader": format!("{client}/__wasm_split.js"),
        "parts": parts,
        "css": css,
        "echarts": echarts,
    });
    fs::write(site.join(sizes::MANIFEST), serde_json::to_vec_pretty(&manifest)?)?;
    Ok(())
}
