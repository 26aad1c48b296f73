//! The repository's files as the tidy tests see them: tracked or about to be, never what a build made.

use std::fs;
use std::path::{Path, PathBuf};

/// One text file.
pub(crate) struct File {
    /// Its path from the repository's root, with `/` between the parts.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// The file's name without its extension.
    pub(crate) fn stem(&self) -> &str {
        Path::new(&self.path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default()
    }

    /// Whether all of the file is a test.
    pub(crate) fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }

    /// The text up to its inline tests, which house style puts last.
    pub(crate) fn without_inline_tests(&self) -> &str {
        let mut position = 0;
        let mut candidate = None;
        for line in self.text.split_inclusive('\n') {
            if line.starts_with("#[cfg(test)]") {
                candidate = Some(position);
            } else if line.starts_with("mod ") && line.trim_end().ends_with('{') {
                if let Some(start) = candidate {
                    return &self.text[..start];
                }
            } else if !line.starts_with("#[") {
                candidate = None;
            }
            position += line.len();
        }
        &self.text
    }

    /// What is compiled outside tests, line by line with its number; comments are left out.
    pub(crate) fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let text = if self.is_test() { "" } else { self.without_inline_tests() };
        (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// The repository's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root")
}

/// One file that has to be there.
pub(crate) fn file(path: &str) -> File {
    let text = fs::read_to_string(root().join(path))
        .unwrap_or_else(|error| panic!("`{path}` cannot be read: {error}"));
    File { path: path.to_owned(), text }
}

/// All files with this extension below a folder, or below the root if the folder is empty, in order.
pub(crate) fn files(folder: &str, extension: &str) -> Vec<File> {
    let mut found = Vec::new();
    collect(&root().join(folder), extension, &mut found);
    found.sort();
    found.iter().map(|path| file(&relative(path))).collect()
}

/// All our Rust sources.
pub(crate) fn sources() -> Vec<File> {
    let mut all = files("crates", "rs");
    all.extend(files("xtask", "rs"));
    assert!(!all.is_empty(), "no sources were found, so nothing would be checked");
    all
}

/// Fails with all offenders and what to do about them.
#[track_caller]
pub(crate) fn assert_none(offenders: &[String], what_to_do: &str) {
    assert!(offenders.is_empty(), "{what_to_do}\n  {}\n", offenders.join("\n  "));
}

fn collect(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("a folder of ours can be listed").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            let is_made = matches!(name, "target" | "node_modules" | "dist");
            if !is_made && !name.starts_with('.') {
                collect(&path, extension, found);
            }
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
}

fn relative(path: &Path) -> String {
    let path = path.strip_prefix(root()).expect("only files of the repository are collected");
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[test]
fn inline_tests_are_told_from_code() {
    let file = |text: &str| File { path: "crates/x/src/y.rs".to_owned(), text: text.to_owned() };
    assert_eq!(file("fn a() {}\n#[cfg(test)]\nmod tests {\n}\n").without_inline_tests(), "fn a() {}\n");
    assert_eq!(file("a\n#[cfg(test)]\n#[expect(x)]\nmod tests {\n}\n").without_inline_tests(), "a\n");
    let beside = "#[cfg(test)]\nmod tests;\nmod other {\n}\n";
    assert_eq!(file(beside).without_inline_tests(), beside);
}
