//! `cargo xtask assets`: the panel's style sheet and scripts, made by npm's tools from what is locked there.
//!
//! The outcome lies in `crates/fleet-web/assets/dist/`, which git ignores and the panel embeds.
//! Two stamps, each a hash over its inputs, keep a second run from doing anything.
//! They lie in `node_modules/`, because all of `dist/` ends up in the program.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::{refuse_arguments, shell, workspace};

/// Scripts of others, as `npm run build` puts them there; the image's build runs it as well.
const SCRIPTS: [&str; 2] = ["htmx.min.js", "hx-sse.min.js"];
const STYLE_SHEET: &str = "app.css";
const INSTALLED: &str = "node_modules/.installed-stamp";
const BUILT: &str = "node_modules/.built-stamp";

/// Makes the assets and says what there is.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    refuse_arguments("assets", arguments)?;
    build().with_context(without_them)?;
    let dist = workspace::panel_assets().join("dist");
    for file in files_below(&dist, None)? {
        let size = fs::metadata(&file)?.len();
        eprintln!("{size:>8} bytes  {}", file.strip_prefix(workspace::root()).unwrap_or(&file).display());
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes the assets if they are missing or older than what they are made of.
pub(crate) fn build() -> Result<()> {
    let assets = workspace::panel_assets();
    let own_scripts = own_scripts(&assets)?;
    let wanted = fingerprint(&inputs(&assets, &own_scripts)?)?;
    let names = outputs(&own_scripts);
    let dist = assets.join("dist");
    if is_stamped(&assets.join(BUILT), &wanted) && names.iter().all(|name| dist.join(name).is_file()) {
        return Ok(());
    }

    install(&assets)?;
    eprintln!("building the panel's assets");
    fs::create_dir_all(&dist)?;
    npm(&assets, &["run", "--silent", "build"])?;
    remove_others(&dist, &names)?;
    fs::write(assets.join(BUILT), wanted)?;
    Ok(())
}

/// What it means that the assets could not be made.
pub(crate) fn without_them() -> String {
    if workspace::panel_assets().join("dist").join(STYLE_SHEET).is_file() {
        "the panel keeps the assets of an earlier build".to_owned()
    } else {
        "the panel will be unstyled and will not update by itself".to_owned()
    }
}

/// Installs exactly what is locked, unless that was done before.
fn install(assets: &Path) -> Result<()> {
    let locked = fingerprint(&[assets.join("package.json"), assets.join("package-lock.json")])?;
    let stamp = assets.join(INSTALLED);
    if is_stamped(&stamp, &locked) {
        return Ok(());
    }
    eprintln!("installing what the panel's assets are made with");
    npm(assets, &["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"])?;
    fs::write(stamp, locked)?;
    Ok(())
}

fn npm(assets: &Path, arguments: &[&str]) -> Result<()> {
    shell::run(Command::new("npm").args(arguments).current_dir(assets)).map_err(|error| {
        if shell::is_missing(&error) {
            anyhow::anyhow!(
                "npm is not installed; it comes with Node, of which version 20 or newer is needed"
            )
        } else {
            error
        }
    })
}

/// Everything that decides what the assets look like.
fn inputs(assets: &Path, own_scripts: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let panel = assets.parent().expect("the assets lie in the panel's crate");
    let mut inputs: Vec<_> =
        ["package.json", "package-lock.json", "input.css"].iter().map(|name| assets.join(name)).collect();
    inputs.extend(files_below(&assets.join("styles"), Some("css"))?);
    inputs.extend_from_slice(own_scripts);
    inputs.extend(files_below(&panel.join("templates"), None)?);
    inputs.extend(files_below(&panel.join("src"), Some("rs"))?);
    Ok(inputs)
}

/// The names of what is made, our own scripts last.
fn outputs(own_scripts: &[PathBuf]) -> Vec<String> {
    let made = [STYLE_SHEET].into_iter().chain(SCRIPTS).map(str::to_owned);
    let own = own_scripts.iter().filter_map(|script| script.file_name());
    made.chain(own.map(|name| name.to_string_lossy().into_owned())).collect()
}

/// Scripts of ours lie beside the style sheet and are served as they are.
fn own_scripts(assets: &Path) -> Result<Vec<PathBuf>> {
    let mut scripts = Vec::new();
    for entry in fs::read_dir(assets)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            scripts.push(path);
        }
    }
    scripts.sort();
    Ok(scripts)
}

/// Removes what an earlier build left and nobody asks for any more.
fn remove_others(dist: &Path, names: &[String]) -> Result<()> {
    for file in files_below(dist, None)? {
        let is_wanted = names.iter().any(|name| dist.join(name) == file);
        if !is_wanted {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

/// All files below a folder, in order; none if there is no such folder.
fn files_below(folder: &Path, extension: Option<&str>) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path, extension)?);
        } else if extension.is_none_or(|wanted| path.extension().is_some_and(|found| found == wanted)) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A hash over the files' places and contents.
///
/// The hasher may change with the toolchain; all that follows is one build too many.
fn fingerprint(files: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        fs::read(file).with_context(|| format!("`{}` could not be read", file.display()))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn is_stamped(stamp: &Path, wanted: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|found| found == wanted)
}
