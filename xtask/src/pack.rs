//! Files under names that change with their content, with compressed siblings.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

/// A file in its place.
pub struct Placed {
    /// `/pkg/takt.0123456789abcdef.js`
    pub address: String,
    pub size: Size,
}

/// Bytes on the disk and on the wire.
#[derive(Clone, Copy, Default)]
pub struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    pub fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }

    /// A row of a table, in kilobytes of 1,000.
    pub fn row(self, name: &str) -> String {
        let kb = |bytes: u64| format!("{}.{} KB", bytes / 1_000, bytes % 1_000 / 100);
        format!("| {name} | {} | {} | {} |\n", kb(self.raw), kb(self.gzip), kb(self.brotli))
    }
}

/// The first 16 digits of the content's SHA-256.
pub fn hash(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))[..16].to_owned()
}

/// Writes `content` under a name with its hash, compressed as well where `compress`.
pub fn place(site: &Path, name: &str, content: &[u8], compress: bool) -> Result<Placed> {
    let (stem, ending) = name.rsplit_once('.').context("a file has an ending")?;
    let address = format!("pkg/{stem}.{}.{ending}", hash(content));
    let path = site.join(&address);
    fs::write(&path, content)?;
    let mut size = Size { raw: content.len() as u64, ..Size::default() };
    if compress {
        // Node compresses both ways and is here already for the other tools.
        let script = "const fs=require('fs'),z=require('zlib'),f=process.argv[1],b=fs.readFileSync(f);\
            fs.writeFileSync(f+'.gz',z.gzipSync(b,{level:9}));\
            fs.writeFileSync(f+'.br',z.brotliCompressSync(b,{params:{[z.constants.BROTLI_PARAM_QUALITY]:11,[z.constants.BROTLI_PARAM_LGWIN]:24,[z.constants.BROTLI_PARAM_SIZE_HINT]:b.length}}))";
        let status = Command::new("node")
            .args(["-e", script])
            .arg(&path)
            .stdout(Stdio::null())
            .status()
            .context("running node")?;
        ensure!(status.success(), "{address} could not be compressed");
        let bytes = |suffix: &str| fs::metadata(site.join(format!("{address}{suffix}"))).map(|meta| meta.len());
        size = Size { gzip: bytes(".gz")?, brotli: bytes(".br")?, ..size };
    }
    Ok(Placed { address: format!("/{address}"), size })
}
