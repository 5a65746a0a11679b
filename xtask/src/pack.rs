//! Files under names that change with their content, with compressed siblings.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

/// Node compresses both ways and is here already for the other tools.
const COMPRESS: &str = "const fs=require('fs'),z=require('zlib'),f=process.argv[1],b=fs.readFileSync(f),k=z.constants;\
    fs.writeFileSync(f+'.gz',z.gzipSync(b,{level:9}));\
    fs.writeFileSync(f+'.br',z.brotliCompressSync(b,{params:{[k.BROTLI_PARAM_QUALITY]:11,[k.BROTLI_PARAM_LGWIN]:24,[k.BROTLI_PARAM_SIZE_HINT]:b.length}}))";

/// The first 16 digits of the content's SHA-256.
pub fn hash(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))[..16].to_owned()
}

/// Writes `content` under a name with its hash, compressed as well where `release`. Answers with its address:
/// `/pkg/takt.0123456789abcdef.js`.
pub fn place(site: &Path, name: &str, content: &[u8], release: bool) -> Result<String> {
    let (stem, ending) = name.rsplit_once('.').context("a file has an ending")?;
    let address = format!("/pkg/{stem}.{}.{ending}", hash(content));
    let path = site.join(&address[1..]);
    fs::write(&path, content)?;
    if release {
        compress(&path)?;
    }
    Ok(address)
}

/// Writes the files of a folder, which know each other by name, into a folder that is named by their content. Answers
/// with its address: `/pkg/0123456789abcdef`.
pub fn place_all(site: &Path, from: &Path, release: bool) -> Result<String> {
    let files = files_below(from)?;
    let mut all = Vec::new();
    for file in &files {
        all.extend(file.strip_prefix(from)?.as_os_str().as_encoded_bytes());
        all.extend(fs::read(file)?);
    }
    let address = format!("/pkg/{}", hash(&all));
    let into = site.join(&address[1..]);
    fs::create_dir_all(&into)?;
    for file in files {
        let place = into.join(file.strip_prefix(from)?);
        fs::copy(&file, &place)?;
        if release {
            compress(&place)?;
        }
    }
    Ok(address)
}

/// True where compression makes a file smaller: pictures and fonts are compressed already.
pub fn shrinks(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["js", "mjs", "css", "svg", "json", "wasm", "txt", "webmanifest"].contains(&ending)
}

/// Writes the siblings `.gz` and `.br`.
pub fn compress(file: &Path) -> Result<()> {
    let status =
        Command::new("node").args(["-e", COMPRESS]).arg(file).stdout(Stdio::null()).status().context("running node")?;
    ensure!(status.success(), "{} could not be compressed", file.display());
    Ok(())
}

/// Every file below a folder, in a settled order.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}
